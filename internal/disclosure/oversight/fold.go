package oversight

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// The sorts of cases.
const (
	SortQuestion  = "question"
	SortFinding   = "finding"
	SortAudit     = "audit"
	SortComplaint = "complaint"
	SortOrder     = "order"
)

// begun is what every case knows of its beginning.
type begun struct {
	Act  int64
	Life journal.Span
}

func begin(st *journal.Step) begun {
	return begun{st.N, journal.Span{From: st.Effective, To: calendar.Forever}}
}

// Question is the state of a question.
type Question struct {
	matter.Progress
	Ask
	begun
	Words    string        // of the answer
	Answered calendar.Date // "" while it waits
	By       int64         // the act that answered
	Public   bool          // that act is public
	Doubted  calendar.Date // "" unless the asker said that he is not satisfied
	Doubt    string
}

func foldAsk(q *Question, st *journal.Step, b *Ask) error {
	q.Ask, q.begun = *b, begin(st)
	if err := q.Open(Questions, st, b.Unit, "询问："+b.Title, StepAnswer); err != nil {
		return err
	}
	q.Clock(b.Due, b.Reckoning)
	return nil
}

func (q *Question) answered(st *journal.Step, text string, public bool) error {
	q.Words, q.Answered, q.By, q.Public = text, st.Effective, st.N, public
	return q.Close(Questions, st, StepAnswer, "已答复", "")
}

func foldReply(q *Question, st *journal.Step, b *Reply) error {
	if q.Private {
		return fmt.Errorf("提问人要求不公开，只能单独答复")
	}
	text := b.Answer
	if st.Erased {
		text = lost(q.Notice)
	}
	return q.answered(st, text, true)
}

func foldAnswer(q *Question, st *journal.Step, b *Answer) error { return q.answered(st, b.Text, false) }

func foldDoubt(q *Question, st *journal.Step, b *Doubt) error {
	switch {
	case q.Answered == "":
		return fmt.Errorf("还没有答复，谈不上满意不满意；到期不答复的，系统会自动记录逾期")
	case q.Doubted != "":
		return fmt.Errorf("已于%s表示过不满意，监督委员会正在处理，不用再提", q.Doubted.Chinese())
	}
	q.Doubted, q.Doubt = st.Effective, b.Text
	return nil
}

// Found is the state of a finding.
type Found struct {
	matter.Progress
	Finding
	begun
	Said    []Said
	Summary int64 // the public act that tells of it, 0 for none
}

// Said is one thing that was written in the course of a case.
type Said struct {
	Act  int64
	On   calendar.Date
	What string // of the step
	Text string
}

func say(st *journal.Step, what, text string) Said { return Said{st.N, st.Effective, what, text} }

func foldFinding(f *Found, st *journal.Step, b *Finding) error {
	f.Finding, f.begun = *b, begin(st)
	first := StepRespond
	if b.Due == "" {
		first = StepLook
	}
	if err := f.Open(Findings, st, b.Unit, "监督发现："+b.Title, first); err != nil {
		return err
	}
	f.Clock(b.Due, b.Reckoning)
	return nil
}

func foldLook(f *Found, st *journal.Step, b *Look) error {
	f.Said = append(f.Said, say(st, "监督委员会", b.Text))
	if !b.Take {
		return f.Close(Findings, st, StepLook, "监督委员会认为答复适当，已说明理由", "")
	}
	if err := f.Advance(Findings, st, StepLook, StepRespond, ""); err != nil {
		return err
	}
	f.Clock(b.Due, b.Reckoning)
	return nil
}

func foldRespond(f *Found, st *journal.Step, b *Respond) error {
	f.Said = append(f.Said, say(st, "单位回应", b.Text))
	return f.Advance(Findings, st, StepRespond, StepSettle, "")
}

func foldSettle(f *Found, st *journal.Step, b *Settle) error {
	f.Said = append(f.Said, say(st, "监督委员会查核", b.Text))
	switch b.Result {
	case Done:
		return f.Close(Findings, st, StepSettle, "已查核办结", "")
	case Up:
		return f.Advance(Findings, st, StepSettle, StepStreet, "转交街道")
	}
	if err := f.Advance(Findings, st, StepSettle, StepRespond, "要求再次回应"); err != nil {
		return err
	}
	f.Clock(b.Due, b.Reckoning)
	return nil
}

func foldStreet(f *Found, st *journal.Step, b *Street) error {
	f.Said = append(f.Said, say(st, "街道处理", b.Text))
	return f.Close(Findings, st, StepStreet, "街道已处理", "")
}

func foldSummary(f *Found, st *journal.Step, b *Summary) error {
	switch {
	case f.Closed == "":
		return fmt.Errorf("还没有办结，办结以后才能公开")
	case f.Summary != 0:
		return fmt.Errorf("已经公开过（第 %d 号）", f.Summary)
	}
	f.Summary = st.N
	return nil
}

// Asked is the state of a request for audit.
type Asked struct {
	matter.Progress
	Call
	begun
	Said   []Said
	On     calendar.Date // of the report
	Notice int64         // that published the result
}

func foldCall(a *Asked, st *journal.Step, b *Call) error {
	a.Call, a.begun = *b, begin(st)
	return a.Open(Audits, st, b.Unit, "要求审计："+b.Title, StepAccept)
}

func foldAccept(a *Asked, st *journal.Step, b *Accept) error {
	a.Said = append(a.Said, say(st, "街道受理", b.Text))
	if !b.Agree {
		return a.Close(Audits, st, StepAccept, "没有受理，已说明理由", "")
	}
	return a.Advance(Audits, st, StepAccept, StepArrange, "")
}

func foldArrange(a *Asked, st *journal.Step, b *Arrange) error {
	a.Said = append(a.Said, say(st, "安排审计", b.Auditor+"，"+b.Begin.Chinese()+"开始。"+b.Text))
	return a.Advance(Audits, st, StepArrange, StepReport, "")
}

func foldReport(a *Asked, st *journal.Step, b *Report) error {
	a.On = b.On
	a.Said = append(a.Said, say(st, "审计报告", b.Number+"，"+b.On.Chinese()+"。"+b.Text))
	return a.Advance(Audits, st, StepReport, StepPublish, "")
}

func foldOutcome(a *Asked, st *journal.Step, b *Outcome) error {
	a.Notice = b.Notice
	return a.Close(Audits, st, StepPublish, "审计结果已公布", "")
}

// Complaint is the state of a complaint. Its matter belongs to the street.
type Complaint struct {
	matter.Progress
	Complain
	begun
	Said  []Said
	Order int64 // entity of the order, 0 for none
	Words string
}

func foldComplain(c *Complaint, st *journal.Step, b *Complain) error {
	c.Complain, c.begun = *b, begin(st)
	if err := c.Open(Complaints, st, street, "村民反映", StepExamine); err != nil {
		return err
	}
	c.Clock(b.Due, b.Reckoning)
	return nil
}

func foldExamine(c *Complaint, st *journal.Step, b *Examine) error {
	c.Said = append(c.Said, say(st, "查核", b.Text))
	next := StepTell
	if b.Found {
		next = StepOrder
	}
	return c.on(st, StepExamine, next)
}

// on goes on under the one clock of a complaint.
func (c *Complaint) on(st *journal.Step, step, next string) error {
	due, reckoning := c.Progress.Due, c.Progress.Reckoning
	lapsed := c.Lapsed
	if err := c.Advance(Complaints, st, step, next, ""); err != nil {
		return err
	}
	c.Clock(due, reckoning)
	c.Lapsed = lapsed
	return nil
}

func foldInstruct(c *Complaint, st *journal.Step, b *Instruct) error {
	c.Order = b.Order
	return c.on(st, StepOrder, StepCarried)
}

func foldCarried(c *Complaint, st *journal.Step, _ *Carried) error {
	return c.on(st, StepCarried, StepTell)
}

func foldTell(c *Complaint, st *journal.Step, b *Tell) error {
	c.Words = b.Text
	return c.Close(Complaints, st, StepTell, "已答复反映人", "")
}

// Ordered is the state of an order.
type Ordered struct {
	matter.Progress
	Order
	begun
	Said   []Said
	Mended int64 // the notice that mends it, 0 for none
}

func foldOrder(o *Ordered, st *journal.Step, b *Order) error {
	o.Order, o.begun = *b, begin(st)
	if err := o.Open(Orders, st, b.Unit, "责令改正："+b.Title, StepCarry); err != nil {
		return err
	}
	o.due()
	return nil
}

func (o *Ordered) due() { o.Clock(o.Order.Due, "街道责令的改正期限。") }

func foldCarry(o *Ordered, st *journal.Step, b *Carry) error {
	o.Mended = b.Notice
	o.Said = append(o.Said, say(st, "改正情况", b.Text))
	return o.Advance(Orders, st, StepCarry, StepConfirm, "")
}

func foldConfirm(o *Ordered, st *journal.Step, b *Confirm) error {
	o.Said = append(o.Said, say(st, "街道核实", b.Text))
	if b.Agree {
		return o.Close(Orders, st, StepConfirm, "已改正", "")
	}
	if err := o.Advance(Orders, st, StepConfirm, StepCarry, "还没有改好"); err != nil {
		return err
	}
	o.due()
	return nil
}
