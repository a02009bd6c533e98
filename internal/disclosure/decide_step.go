package disclosure

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/practice"
	"cunju/internal/org"
)

// Reply answers an opinion of the supervision committee, so that the joint meeting knows both.
func Reply(ctx context.Context, w *journal.Writer, id int64, text string, on calendar.Date) (int64, error) {
	return journal.Add(ctx, w, KindAnswer, on, []int64{id}, Answer{text})
}

// Hurry publishes a draft at once, with the reason why it cannot wait; check and confirmation follow within the local term.
// Who publishes is not who wrote it, and only what is for everyone can be so urgent.
func Hurry(ctx context.Context, w *journal.Writer, id int64, reason string, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	switch {
	case n.Next != StepSubmit:
		return 0, journal.Refuse("《%s》已经提交审查，请按顺序办理；要紧急公开的，先请审查人退回。", n.Title)
	case n.Content.Reach() != ScopePublic:
		return 0, journal.Refuse("只向一部分人公开的事项不能紧急公开。没有公布，请先提交审查。")
	case n.unanswered() > 0:
		return 0, journal.Refuse("《%s》还有没有答复的监督意见，不能紧急公开。请先答复并重新提交审查。", n.Title)
	}
	if err := public("urgent", "紧急的原因", reason); err != nil {
		return 0, err
	}
	p, local, err := n.paper(ctx, w, on)
	if err != nil {
		return 0, err
	}
	by, setting := practice.ConfirmBy(on, local.On(on))
	p.Checked, p.Approved = -1, -1
	p.Urgent = &Urgent{Reason: reason, Due: by.Due, Reckoning: by.Text(), Setting: setting}
	if setting == 0 { // only a town's own term opens this way round an order that it adopted
		steps := practice.Steps{Body: n.Body, Checked: law.Some(calendar.Date("")), Confirmed: law.Some(calendar.Date(""))}
		if err := journal.Judge(practice.Order.Judge(steps, on, local)); err != nil {
			return 0, err
		}
	}
	ended, err := n.Content.ended(ctx, w, w.Town, n.Unit, on)
	if err != nil {
		return 0, err
	}
	return n.release(ctx, w, id, p, local, on, append(ended, fourEyes(n, w.By().Person, on), n.Content.privacy(on))...)
}

// Settle records the confirmation of what was published as urgent, or its refusal, which a correction must follow. Neither the
// author nor the examiner settles it, nor whoever published it.
func Settle(ctx context.Context, w *journal.Writer, id int64, c Confirm, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Urgent == nil {
		return 0, journal.Refuse("《%s》不是紧急公开的事项，不用事后确认。", n.Title)
	}
	if c.Meeting != nil && n.Published != nil && c.Meeting.Day < n.Published.On {
		return 0, journal.RefuseField("met", "联席会议（%s）早于公布（%s），不是事后确认。没有登记，请核对日期。", c.Meeting.Day.Chinese(), n.Published.On.Chinese())
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	verdicts := n.apart(w.By().Person, on)
	if c.Agree && n.Checked != nil {
		order, err := n.order(ctx, w, c.Meeting, on)
		if err != nil {
			return 0, err
		}
		if order.Outcome == law.Refuse { // else it would say that the publication followed
			verdicts = append(verdicts, order)
		}
	}
	if c.Agree {
		verdicts = append(verdicts, n.joint(c.Meeting, on))
	}
	if n.Published != nil {
		confirmed := on
		if c.Agree && c.Meeting != nil && n.Checked != nil {
			confirmed = max(c.Meeting.Day, n.Checked.On) // these confirmed; this act only enters it
		}
		late := practice.Urgency{Body: n.Body, Published: law.Some(n.Published.On), Confirmed: law.Some(confirmed), Due: law.Some(n.Urgent.Due)}
		verdicts = append(verdicts, practice.ConfirmedInTime.Judge(late, on, local.For(n.Unit)))
	}
	return journal.Add(ctx, w, KindConfirm, on, []int64{id}, c, verdicts...)
}

// apart asks that who decides neither wrote nor examined the notice, nor published it as urgent.
func (n *Notice) apart(person int64, on calendar.Date) []law.Verdict {
	verdicts := []law.Verdict{fourEyes(n, person, on)}
	if n.Urgent != nil && n.Published != nil {
		verdicts = append(verdicts, control.FourEyes.Judge(control.Hands{Author: law.Some(n.Published.Person), Approver: law.Some(person)}, on, law.Settings{}))
	}
	if n.Checked != nil { // else the fold says that the check is still to come
		review := control.Review{Examiner: law.Some(n.Checked.Person), Approver: law.Some(person)}
		verdicts = append(verdicts, control.ExamineApart.Judge(review, on, law.Settings{}))
	}
	return verdicts
}

// Archive records where the papers of a notice are kept, after it was taken down.
func Archive(ctx context.Context, w *journal.Writer, id int64, f Filed, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Next != StepFile {
		return 0, journal.Refuse("《%s》还没有期满撤下，不能归档。", n.Title)
	}
	same, err := byFileNumber(ctx, w, w.Town, n.Unit, f.Number)
	if err != nil {
		return 0, err
	}
	if same != "" {
		return 0, journal.RefuseField("number", "档号“%s”已经用在《%s》上，请换一个。", f.Number, same)
	}
	return journal.Add(ctx, w, KindFile, on, []int64{id}, f)
}
