package disclosure

import (
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Meeting is the joint meeting of the two committees that decided on a notice. Frozen.
type Meeting struct {
	Day      calendar.Date `json:"day" title:"会议日期"`
	Chair    string        `json:"chair" title:"主持人"`
	Expected int64         `json:"expected" title:"应到人数"`
	Attended int64         `json:"attended" title:"实到人数"`
	Decision string        `json:"decision,omitempty" title:"决定" as:"long"`
}

// Held is what the public learns of a joint meeting: no persons. Frozen.
type Held struct {
	Day      calendar.Date `json:"day" title:"会议日期"`
	Expected int64         `json:"expected" title:"应到人数"`
	Attended int64         `json:"attended" title:"实到人数"`
}

// Urgent says why a notice was published before it was checked and confirmed, and by when that must be made good. Frozen.
type Urgent struct {
	Reason    string        `json:"reason" title:"紧急的原因" as:"long"`
	Due       calendar.Date `json:"due" title:"最迟确认日期"`
	Reckoning string        `json:"reckoning" title:"期限怎么算的" as:"long"`
	Setting   int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"` // the act that set the local term
}

// Answer is what the drafter's side says to an opinion of the supervision committee. Frozen.
type Answer struct {
	Text string `json:"text" title:"答复" as:"long"`
}

// Confirm is the decision, after the fact, on what was published as urgent. Everyone may read it. Frozen.
type Confirm struct {
	Agree   bool   `json:"agree" title:"同意"`
	Note    string `json:"note,omitempty" title:"意见" as:"long"`
	Meeting *Held  `json:"meeting,omitempty" title:"两委联席会议"`
}

// Corrected says that the correction, which a refused confirmation asked for, was published. Frozen.
type Corrected struct {
	By int64 `json:"by" title:"更正的公示" ref:"disclosure.notice"`
}

// Filed says where the papers of a notice are kept and what they are (DS-12). Frozen.
type Filed struct {
	Number string   `json:"number" title:"档号"`
	Place  string   `json:"place" title:"存放处"`
	Volume string   `json:"volume,omitempty" title:"卷册"`
	Holds  []string `json:"holds" title:"卷内材料" list:"disclosure.filed"`
	Note   string   `json:"note,omitempty" title:"备注"`
}

// held is what the public learns of a meeting, nil for none.
func (m *Meeting) held() *Held {
	if m == nil {
		return nil
	}
	return &Held{m.Day, m.Expected, m.Attended}
}

// text says of a meeting when it was and how many came.
func (h *Held) text() string {
	return h.Day.Chinese() + "，应到 " + strconv.FormatInt(h.Expected, 10) + " 人，实到 " + strconv.FormatInt(h.Attended, 10) + " 人"
}

func (h *Held) check() error {
	switch {
	case h == nil:
		return nil
	case !h.Day.Valid():
		return journal.RefuseField("met", "请填写联席会议的日期。")
	case h.Expected <= 0 || h.Attended <= 0:
		return journal.RefuseField("attended", "请填写联席会议应到和实到的人数。")
	case h.Attended > h.Expected:
		return journal.RefuseField("attended", "实到 %d 人，多于应到 %d 人，请核对。", h.Attended, h.Expected)
	}
	return nil
}

func checkCheck(c *Check) error {
	if c.Agree && c.Answer {
		return public("note", "要答复的意见", c.Note)
	}
	return noteIfNot(c.Agree, c.Note)
}

func checkApprove(a *Approve) error {
	if a.Meeting != nil {
		if err := filled("chair", "主持人", a.Meeting.Chair); err != nil {
			return err
		}
		if err := Plain("decision", "决定", a.Meeting.Decision); err != nil {
			return err
		}
		if err := a.Meeting.held().check(); err != nil {
			return err
		}
	}
	return noteIfNot(a.Agree, a.Note)
}

func checkConfirm(c *Confirm) error {
	if err := c.Meeting.check(); err != nil {
		return err
	}
	if c.Note != "" || !c.Agree {
		return public("note", "意见", c.Note)
	}
	return nil
}

// Papers are what belongs into the file of a notice (DS-12, 《村民委员会组织法》第三十九条).
var papers = []struct{ Code, Title string }{
	{"notice", "公示原件"}, {"vouchers", "凭证复印件"}, {"check", "监督审查表"}, {"minutes", "联席会议记录"}, {"photos", "张贴照片"}, {"questions", "询问和答复"}, {"other", "其他材料"},
}

func paper(code string) string {
	for _, p := range papers {
		if p.Code == code {
			return p.Title
		}
	}
	return code
}

func checkFiled(f *Filed) error {
	for _, x := range []struct{ field, label, text string }{{"number", "档号", f.Number}, {"store", "存放处", f.Place}} {
		if err := public(x.field, x.label, x.text); err != nil {
			return err
		}
	}
	if !slices.Contains(f.Holds, "notice") {
		return journal.RefuseField("holds", "卷内至少要有公示原件。")
	}
	for _, h := range f.Holds {
		if paper(h) == h {
			return journal.RefuseField("holds", "请从列出的材料中选择。")
		}
	}
	if strings.TrimSpace(f.Note) != "" {
		return public("note", "备注", f.Note)
	}
	return nil
}
