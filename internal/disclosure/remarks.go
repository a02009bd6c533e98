package disclosure

import (
	"fmt"

	"cunju/internal/law/notice"
)

// remarks tell, in words without persons, what is out of the ordinary about how a notice came about and how it stands: all of it
// comes from public acts, save how far the confirmation of an urgent one is.
func (s said) remarks(row Row) []string {
	var out []string
	if s.Opinions > 0 {
		out = append(out, fmt.Sprintf("监督委员会审查时提出意见 %d 条，起草单位都答复以后才公布。", s.Opinions))
	}
	if s.Meeting != nil {
		out = append(out, "两委联席会议确认："+s.Meeting.text()+"。")
	}
	if u := s.Urgent; u != nil {
		out = append(out, "紧急公开："+u.Reason)
		switch row.Confirm {
		case Awaiting:
			out = append(out, "先行公布，等待监督审查和联席会议确认，应在"+u.Due.Chinese()+"以前补办。")
		case Confirmed:
			out = append(out, "已经补办监督审查和确认。")
		case Alone:
			out = append(out, "已经补办监督审查和审批，没有登记联席会议。")
		case Refused:
			out = append(out, "事后没有得到确认，应当公布更正；请以更正为准。")
		}
	}
	if s.Scope() != ScopePublic {
		out = append(out, "本公示只向"+s.Scope().Chinese()+"公开，请不要转到公开栏或者网上。")
	}
	if c := s.Cover; c != nil {
		out = append(out, fmt.Sprintf("%s，依《个人信息保护法》第四十七条（%s）遮盖了 %d 处，标为“%s”：%s", row.Covered.Chinese(), groundTitle(c.Ground), len(c.Places), cover, c.Reason))
	}
	return out
}

// approval names the step of the approver: two committees that should have met and did not are not passed over.
func (s said) approval(row Row) string {
	if jointly(notice.Body(row.Body)) && s.Meeting == nil && s.Urgent == nil {
		return "审批（没有登记联席会议）"
	}
	return "审批"
}

// Scope is for whom the notice is, never "".
func (s said) Scope() Scope { return s.Content.Reach() }
