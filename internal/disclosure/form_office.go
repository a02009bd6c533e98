package disclosure

import (
	"context"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web/ui"
)

// officeForm is the paper on which villages and streets exchange a finance table: its lines as the office's columns have them, what was
// left before and is left now, what is meant to be done next, the three reviews, and the signatures of representatives. What the
// acts know fills it; what nobody recorded stays blank, to be written by hand.
type officeForm struct {
	Title   string
	Unit    string
	Number  string
	Period  string
	Span    string // what a period is called: 月, or 期 for any other than a month
	Money   []formSum
	Lines   []formLine
	Hangs   string // since when and until when it is posted
	Reviews []formReview
}

// formSum is a balance or a total.
type formSum struct {
	Label string
	Fen   int64
}

// formCopies are whose the three copies of the form are.
var formCopies = []string{"村（居）民委员会", "村（居）务监督委员会", "街道（乡镇）"}

// formLine is a line of the table in the office's columns; opinions as they stood in the office's own sheet.
type formLine struct {
	Line
	Words string // the amount in capital characters
}

// formReview is one of the three reviews; empty where it is still to come.
type formReview struct {
	Step    string
	Office  string
	On      calendar.Date
	Opinion string
}

// formHeads are the columns of the office's form.
var formHeads = []string{"序号", "收支项目", "收入金额", "支出金额", "金额大写", "资金来源", "使用部门", "负责人", "审核意见"}

// form fills the office's form. office names who did an act.
func (n *Notice) form(unit, hangs string, office func(act int64) string) officeForm {
	c, f := n.Content, n.Content.Finance
	o := officeForm{Title: c.Title, Unit: unit, Number: n.Number, Period: period(c.From, c.To), Span: "期", Hangs: hangs}
	if c.From != "" && c.From == c.From.MonthStart() && c.To == c.From.MonthEnd() {
		o.Span = "月"
	}
	in, out := f.Sums()
	o.Money = []formSum{{"上" + o.Span + "余额", f.Opening}, {"本" + o.Span + "收入", in}, {"本" + o.Span + "支出", out}, {"本" + o.Span + "余额", f.Closing}}
	for _, l := range f.Lines {
		o.Lines = append(o.Lines, formLine{l, ui.Capital(l.In + l.Out)})
	}
	drafted := formReview{"一审　编制核对", office(n.Act), n.Life.From, ""}
	checked, confirmed := formReview{Step: "二审　监督审查"}, formReview{Step: "三审　两委联席会议"}
	if !jointly(n.Body) {
		confirmed.Step = "三审　集体审批"
	}
	if s := n.Checked; s != nil {
		checked.Office, checked.On, checked.Opinion = office(s.Act), s.On, verdictWith("同意公开", s.Note)
	}
	switch {
	case n.Refused != nil:
		confirmed.Office, confirmed.On, confirmed.Opinion = office(n.Refused.Act), n.Refused.On, verdictWith("不予确认", n.Refused.Note)
	case n.Approved != nil:
		confirmed.Office, confirmed.On, confirmed.Opinion = office(n.Approved.Act), n.Approved.On, verdictWith("同意公开", n.Approved.Note)
	}
	if n.Meeting != nil {
		confirmed.Opinion = strings.TrimSuffix(confirmed.Opinion, "。") + "。会议：" + n.Meeting.text()
	}
	o.Reviews = []formReview{drafted, checked, confirmed}
	return o
}

// verdictWith is what was decided, with what was said to it.
func verdictWith(what, said string) string {
	said = strings.TrimSpace(said)
	switch {
	case said == "":
		return what
	case strings.Contains(said, what) && !strings.Contains(said, "不"+what):
		return said
	}
	return what + "：" + said
}

// filled is the office's form of a finance notice, as far as its acts know.
func (p *Pages) filled(ctx context.Context, id int64, n *Notice, unit string) (officeForm, error) {
	row, err := Find(ctx, p.DB, p.Town, id)
	if err != nil {
		return officeForm{}, err
	}
	up := strings.TrimPrefix(strings.Join(hangs(row.Posted, row.Last), ""), "公示起止：")
	names := map[int64]string{}
	for _, act := range []int64{n.Act, actOf(n.Checked), actOf(n.Approved), actOf(n.Refused)} {
		if act < 0 {
			continue
		}
		a, err := journal.Read(ctx, p.DB, p.Town, act)
		if err != nil && db.Kind(err) != db.NotFound {
			return officeForm{}, err
		}
		if names[act], err = p.OfficeName(ctx, a.By, a.Effective); err != nil {
			return officeForm{}, err
		}
	}
	return n.form(unit, up, func(act int64) string { return names[act] }), nil
}

// actOf is the act of a step, −1 before it.
func actOf(s *Seen) int64 {
	if s == nil {
		return -1
	}
	return s.Act
}
