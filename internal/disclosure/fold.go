package disclosure

import (
	"fmt"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/matter"
)

// Notice is the state of a notice.
type Notice struct {
	matter.Progress
	Unit      int64
	Body      notice.Body
	Content   Content
	Replaces  int64
	Author    int64   // person who wrote the content as it stands
	Authors   []int64 // everyone who wrote a version of it
	Number    string
	Life      journal.Span
	Act       int64
	Checked   *Seen
	Approved  *Seen
	Published *Seen
	Posted    *Seen
	Place     string
	Term      notice.Term // by when it must hang, as its posting states it
	TakenDown calendar.Date

	Opinions []Opinion // of the supervision committee, oldest first
	Urgent   *Urgent   // published first; nil for the ordinary way
	Refused  *Seen     // confirmation of what was urgent, refused
	Meeting  *Held
	Filed    *Filed
	ShownAct int64         // holds the content as it is shown: the publication or the last covering
	Covered  calendar.Date // day of the last covering
	Removed  []string      // hashes of files that coverings took out
	Proposal *Proposed     // to cover parts, open
}

// Opinion is what the supervision committee said to a draft, and what the drafter's side answered.
type Opinion struct {
	Text   string
	Said   Seen
	Answer string
	By     *Seen // who answered; nil while it is open
}

// Proposed is an open proposal to cover parts of a notice.
type Proposed struct {
	Proposal
	Seen
}

// unanswered counts the opinions that still wait for the drafter's side.
func (n *Notice) unanswered() (open int) {
	for _, o := range n.Opinions {
		if o.By == nil {
			open++
		}
	}
	return open
}

// procedure is the way that the notice goes.
func (n *Notice) procedure() *matter.Procedure {
	if n.Urgent != nil {
		return UrgentProcedure
	}
	return Procedure
}

// Seen is who did a step, when, by which act.
type Seen struct {
	Act    int64
	Person int64
	On     calendar.Date
	Note   string
}

func seen(st *journal.Step, note string) *Seen { return &Seen{st.N, st.By.Person, st.Effective, note} }

func progress(n *Notice) *matter.Progress { return &n.Progress }

func foldDraft(n *Notice, st *journal.Step, b *Draft) error {
	n.Unit, n.Body, n.Content, n.Replaces, n.Author, n.Act = b.Unit, notice.Body(b.Body), b.Content, b.Replaces, st.By.Person, st.N
	n.Authors = []int64{st.By.Person}
	n.Life = journal.Span{From: st.Effective, To: calendar.Forever}
	return n.Open(Procedure, st, b.Unit, b.Content.Title, StepSubmit)
}

func foldRevise(n *Notice, st *journal.Step, b *Revise) error {
	if n.Next != StepSubmit {
		return fmt.Errorf("已经提交，不能再改草稿")
	}
	n.Content, n.Title, n.Author = b.Content, b.Content.Title, st.By.Person
	if !slices.Contains(n.Authors, st.By.Person) {
		n.Authors = append(n.Authors, st.By.Person)
	}
	return nil
}

func foldVouch(n *Notice, st *journal.Step, b *Vouch) error {
	if n.Next != StepSubmit {
		return fmt.Errorf("已经提交，不能再改凭证")
	}
	n.Content.Vouchers = b.apply(n.Content.Vouchers)
	if !slices.Contains(n.Authors, st.By.Person) {
		n.Authors = append(n.Authors, st.By.Person)
	}
	return nil
}

func foldSubmit(n *Notice, st *journal.Step, b *Submit) error {
	if err := n.Advance(n.procedure(), st, StepSubmit, StepCheck, ""); err != nil {
		return err
	}
	n.answered(st, b.Answer)
	n.Clock(b.Due, b.Reckoning)
	return nil
}

// answered closes the opinions that wait for an answer. A draft that was sent back before answers were recorded goes on without.
func (n *Notice) answered(st *journal.Step, text string) {
	for i := range n.Opinions {
		if o := &n.Opinions[i]; o.By == nil {
			o.Answer, o.By = text, seen(st, "")
		}
	}
}

func foldCheck(n *Notice, st *journal.Step, b *Check) error {
	p := n.procedure()
	if !b.Agree || b.Answer {
		n.Opinions = append(n.Opinions, Opinion{Text: b.Note, Said: *seen(st, b.Note)})
	}
	switch {
	case !b.Agree && n.Urgent != nil:
		return n.refuse(st, StepCheck, b.Note)
	case !b.Agree:
		return n.Advance(p, st, StepCheck, StepSubmit, "退回："+b.Note)
	}
	n.Checked = seen(st, b.Note)
	if b.Answer {
		return n.onward(p, st, StepCheck, StepAnswer, "同意，意见须先答复："+b.Note)
	}
	return n.onward(p, st, StepCheck, StepApprove, b.Note)
}

// onward is [matter.Progress.Advance] that keeps the clock of what was published as urgent: it runs until it is confirmed.
func (n *Notice) onward(p *matter.Procedure, st *journal.Step, step, next, note string) error {
	lapsed := n.Lapsed
	if err := n.Advance(p, st, step, next, note); err != nil {
		return err
	}
	if n.Urgent != nil && (next == StepAnswer || next == StepApprove || next == StepCheck) {
		n.Clock(n.Urgent.Due, n.Urgent.Reckoning)
		n.Lapsed = lapsed
	}
	return nil
}

// refuse notes that what was published as urgent was not confirmed: a correction has to follow.
func (n *Notice) refuse(st *journal.Step, step, note string) error {
	n.Refused = seen(st, note)
	return n.Advance(n.procedure(), st, step, StepCorrect, "不予确认："+note)
}

func foldAnswer(n *Notice, st *journal.Step, b *Answer) error {
	n.answered(st, b.Text)
	return n.onward(n.procedure(), st, StepAnswer, StepApprove, b.Text)
}

func foldApprove(n *Notice, st *journal.Step, b *Approve) error {
	if n.Urgent != nil {
		return fmt.Errorf("紧急公开的事项，请办“事后确认”")
	}
	if !b.Agree {
		n.Checked = nil
		return n.Advance(Procedure, st, StepApprove, StepSubmit, "退回："+b.Note)
	}
	n.Approved, n.Meeting = seen(st, b.Note), b.Meeting.held()
	return n.Advance(Procedure, st, StepApprove, StepPublish, b.Note)
}

func foldConfirm(n *Notice, st *journal.Step, b *Confirm) error {
	if n.Urgent == nil {
		return fmt.Errorf("不是紧急公开的事项，不用事后确认")
	}
	n.Meeting = b.Meeting
	if !b.Agree {
		return n.refuse(st, StepApprove, b.Note)
	}
	n.Approved = seen(st, b.Note)
	return n.Advance(n.procedure(), st, StepApprove, n.afterwards(), b.Note)
}

// afterwards is what is left to do of an urgent notice when its confirmation is settled.
func (n *Notice) afterwards() string {
	if n.Posted == nil {
		return StepPost
	}
	return StepTakeDown
}

func foldCorrected(n *Notice, st *journal.Step, b *Corrected) error {
	return n.Advance(n.procedure(), st, StepCorrect, n.afterwards(), "")
}

func foldPublish(n *Notice, st *journal.Step, b *Publish) error {
	if b.Urgent == nil && (n.Checked == nil || n.Approved == nil) {
		return fmt.Errorf("尚未审查和审批")
	}
	n.Number, n.Published, n.ShownAct = b.Number, seen(st, ""), st.N
	if b.Urgent == nil {
		return n.Advance(Procedure, st, StepPublish, StepPost, "")
	}
	if n.Next != StepSubmit {
		return fmt.Errorf("已经提交审查，按顺序办理，不能再紧急公开")
	}
	n.Urgent, n.Procedure, n.Next = b.Urgent, UrgentProcedure.Code, StepPublish
	return n.onward(UrgentProcedure, st, StepPublish, StepCheck, b.Urgent.Reason)
}

func foldPost(n *Notice, st *journal.Step, b *Post) error {
	n.Posted, n.Place, n.Term = seen(st, b.Place), b.Place, b.term(n.Body, st.Effective)
	if n.Urgent != nil && n.Next != StepPost { // hangs at once, while the confirmation is under way
		if n.Published == nil || n.Closed != "" {
			return fmt.Errorf("现在不能登记张贴")
		}
		n.Done = append(n.Done, matter.Done{Step: StepPost, Act: st.N, On: st.Effective, Person: st.By.Person, Note: b.Place})
		return nil
	}
	return n.Advance(n.procedure(), st, StepPost, StepTakeDown, b.Place)
}

func foldTakeDown(n *Notice, st *journal.Step, b *TakeDown) error {
	n.TakenDown = st.Effective
	if b.File {
		return n.Advance(n.procedure(), st, StepTakeDown, StepFile, b.Reason)
	}
	return n.Close(n.procedure(), st, StepTakeDown, "期满撤下", b.Reason)
}

func foldFile(n *Notice, st *journal.Step, b *Filed) error {
	n.Filed = b
	return n.Close(n.procedure(), st, StepFile, "已归档", b.Number)
}

func foldWithdraw(n *Notice, st *journal.Step, b *Withdraw) error {
	if n.Published != nil {
		return fmt.Errorf("已经公布的事项不能撤回，只能另行公布更正")
	}
	return n.Abandon(st, "撤回："+b.Reason)
}

func foldPropose(n *Notice, st *journal.Step, b *Proposal) error {
	if n.Published == nil {
		return fmt.Errorf("还没有公布，直接修改草稿即可")
	}
	if n.Proposal != nil {
		return fmt.Errorf("已经有一件遮盖提议在等决定")
	}
	n.Proposal = &Proposed{*b, *seen(st, "")}
	return nil
}

func foldRedact(n *Notice, st *journal.Step, b *Redact) error {
	if n.Published == nil {
		return fmt.Errorf("还没有公布")
	}
	n.Content, n.Title, n.ShownAct, n.Covered = b.Publish.Content, b.Publish.Content.Title, st.N, st.Effective
	n.Removed = append(n.Removed, b.Removed...)
	if n.Urgent != nil && b.Publish.Urgent != nil {
		n.Urgent = b.Publish.Urgent
	}
	if b.Proposal != 0 {
		n.Proposal = nil
	}
	return nil
}

func foldKeep(n *Notice, st *journal.Step, b *Keep) error {
	if n.Proposal == nil {
		return fmt.Errorf("没有等待决定的遮盖提议")
	}
	n.Proposal = nil
	return nil
}
