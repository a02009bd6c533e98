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

func foldSubmit(n *Notice, st *journal.Step, b *Submit) error {
	if err := n.Advance(Procedure, st, StepSubmit, StepCheck, ""); err != nil {
		return err
	}
	n.Clock(b.Due, b.Reckoning)
	return nil
}

func foldCheck(n *Notice, st *journal.Step, b *Check) error {
	if !b.Agree {
		return n.Advance(Procedure, st, StepCheck, StepSubmit, "退回："+b.Note)
	}
	n.Checked = seen(st, b.Note)
	return n.Advance(Procedure, st, StepCheck, StepApprove, b.Note)
}

func foldApprove(n *Notice, st *journal.Step, b *Approve) error {
	if !b.Agree {
		n.Checked = nil
		return n.Advance(Procedure, st, StepApprove, StepSubmit, "退回："+b.Note)
	}
	n.Approved = seen(st, b.Note)
	return n.Advance(Procedure, st, StepApprove, StepPublish, b.Note)
}

func foldPublish(n *Notice, st *journal.Step, b *Publish) error {
	if n.Checked == nil || n.Approved == nil {
		return fmt.Errorf("尚未审查和审批")
	}
	n.Number, n.Published = b.Number, seen(st, "")
	return n.Advance(Procedure, st, StepPublish, StepPost, "")
}

func foldPost(n *Notice, st *journal.Step, b *Post) error {
	n.Posted, n.Place, n.Term = seen(st, b.Place), b.Place, b.term(n.Body, st.Effective)
	return n.Advance(Procedure, st, StepPost, StepTakeDown, b.Place)
}

func foldTakeDown(n *Notice, st *journal.Step, b *TakeDown) error {
	n.TakenDown = st.Effective
	return n.Close(Procedure, st, StepTakeDown, "期满撤下", b.Reason)
}

func foldWithdraw(n *Notice, st *journal.Step, b *Withdraw) error {
	if n.Published != nil {
		return fmt.Errorf("已经公布的事项不能撤回，只能另行公布更正")
	}
	return n.Abandon(st, "撤回："+b.Reason)
}
