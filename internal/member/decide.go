package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/constitution"
	"cunju/internal/org"
	"cunju/internal/people"
)

// Join records that a person is on a branch's roster from a day on: newly admitted, come from elsewhere, or found there when
// the register was handed over.
func Join(ctx context.Context, w *journal.Writer, e Enter, on calendar.Date) (int64, error) {
	if e.How == Admitted && e.Admitted == "" {
		e.Admitted = on
	}
	p, ok, err := journal.State[people.Person](ctx, w, e.Person)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, journal.RefuseField("person", "没有第 %d 号人员。请先登记人员。", e.Person)
	}
	if err := w.Flush(ctx); err != nil { // the tables must show whom this request has entered
		return 0, err
	}
	others, err := lastingFrom(ctx, w, w.Town, e.Person, on)
	if err != nil {
		return 0, err
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	return join(ctx, w, local, e, on, p.Birth, len(others) > 0)
}

// join is Join once the person and the local terms are known: others says that the person is on another roster.
func join(ctx context.Context, w *journal.Writer, local law.Settings, e Enter, on calendar.Date, birth calendar.Date, others bool) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	if x := wrongEntry(e, birth, on); x != nil {
		return 0, x.refusal()
	}
	branch, err := isBranch(ctx, w, e.Branch, on)
	if err != nil {
		return 0, err
	}
	verdicts := append(entryVerdicts(e, birth, on, local.Entered(on)),
		constitution.OneBranch.Judge(constitution.Belonging{Branch: law.Some(branch), Other: law.Some(others)}, on, local))
	return journal.Add(ctx, w, KindEnter, on, nil, e, kept(verdicts)...)
}

func isBranch(ctx context.Context, w *journal.Writer, unit int64, on calendar.Date) (bool, error) {
	u, ok, err := journal.State[org.Unit](ctx, w, unit)
	if err != nil {
		return false, err
	}
	if !ok || !u.Life.Has(on) {
		return false, journal.RefuseField("branch", "%s没有第 %d 号党支部，请改选支部。", on.Chinese(), unit)
	}
	k, _ := org.KindOf(u.Kind)
	return k.Branch, nil
}

// state returns a membership, or a refusal when there is none.
func state(ctx context.Context, w *journal.Writer, id int64) (*Member, error) {
	m, ok, err := journal.State[Member](ctx, w, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, journal.Refuse("没有第 %d 号党籍。", id)
	}
	return m, nil
}

// Confirm records that a probationary member becomes a full one.
func Confirm(ctx context.Context, w *journal.Writer, id int64, t TurnFull, on calendar.Date) (int64, error) {
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	return confirm(ctx, w, local, id, t, on)
}

func confirm(ctx context.Context, w *journal.Writer, local law.Settings, id int64, t TurnFull, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	m, err := state(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if x := wrongDates("", m.Admitted, on, on); x != nil {
		x.field = "on"
		return 0, x.refusal()
	}
	return journal.Add(ctx, w, KindFull, on, []int64{id}, t, fullVerdicts(m.Admitted, on, local.Entered(on))...)
}

// Transfer records that a member goes to another branch of the town.
func Transfer(ctx context.Context, w *journal.Writer, id int64, m Move, on calendar.Date) (int64, error) {
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	return transfer(ctx, w, local, id, m, on)
}

func transfer(ctx context.Context, w *journal.Writer, local law.Settings, id int64, m Move, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	branch, err := isBranch(ctx, w, m.Branch, on)
	if err != nil {
		return 0, err
	}
	v := constitution.OneBranch.Judge(constitution.Belonging{Branch: law.Some(branch), Other: law.Some(false)}, on, local)
	return journal.Add(ctx, w, KindMove, on, []int64{id}, m, v)
}

// Depart records that a member leaves the town's rosters: gone elsewhere, dead, or out of the Party.
func Depart(ctx context.Context, w *journal.Writer, id int64, l Leave, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	switch {
	case l.How == Out && l.To == "":
		return 0, journal.RefuseField("to", "请填写组织关系转往哪个党组织。")
	case l.How == Left && l.Reason == "":
		return 0, journal.RefuseField("reason", "请写明出党的决定和批准文件。")
	}
	return journal.Add(ctx, w, KindLeave, on, []int64{id}, l)
}

// Travel records that a member went away for work, or came back.
func Travel(ctx context.Context, w *journal.Writer, id int64, f Float, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	if f.Away && f.Place == "" {
		return 0, journal.RefuseField("place", "请填写外出地点。")
	}
	return journal.Add(ctx, w, KindFloat, on, []int64{id}, f)
}

// Amend records other values of roster columns. New dates are judged as if they were entered for the first time.
func Amend(ctx context.Context, w *journal.Writer, id int64, c Change, on calendar.Date) (int64, error) {
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	return amend(ctx, w, local, id, c, on)
}

func amend(ctx context.Context, w *journal.Writer, local law.Settings, id int64, c Change, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	m, err := state(ctx, w, id)
	if err != nil {
		return 0, err
	}
	var verdicts []law.Verdict
	if e, dated := m.with(c); dated {
		p, _, err := journal.State[people.Person](ctx, w, m.Person)
		if err != nil {
			return 0, err
		}
		if x := wrongEntry(e, p.Birth, on); x != nil {
			return 0, x.refusal()
		}
		if c.Admitted != nil || c.Full != nil {
			verdicts = kept(entryVerdicts(e, p.Birth, on, local.Entered(on)))
		}
	}
	return journal.Add(ctx, w, KindChange, on, []int64{id}, c, verdicts...)
}
