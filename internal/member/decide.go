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
	return join(ctx, w, e, on, p.Birth, len(others) > 0)
}

// join is Join once the person is known: others says that the person is on another roster.
func join(ctx context.Context, w *journal.Writer, e Enter, on calendar.Date, birth calendar.Date, others bool) (int64, error) {
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
	verdicts := append(datesVerdicts(birth, e.Admitted, e.Full),
		constitution.OneBranch.Judge(constitution.Belonging{Branch: law.Some(branch), Other: law.Some(others)}, on, law.Settings{}))
	return journal.Add(ctx, w, KindEnter, on, nil, e, kept(verdicts)...)
}

// enterRules holds the dates of an entry together, for a correction of it; the person's age is judged when the person is at hand.
func enterRules(e *Enter, on calendar.Date) ([]law.Verdict, error) {
	if x := wrongEntry(*e, "", on); x != nil {
		return nil, x.refusal()
	}
	if e.Full == "" {
		return nil, nil
	}
	return kept(fullVerdicts(e.Admitted, e.Full)), nil
}

// datesVerdicts asks what the constitution of the time says about a member's dates. A date that is not known is asked about
// only where the others need it.
func datesVerdicts(birth, admitted, full calendar.Date) []law.Verdict {
	var out []law.Verdict
	if admitted != "" {
		out = append(out, constitution.Age.Judge(constitution.Admission{Birth: known(birth)}, admitted, law.Settings{}))
	}
	if full != "" {
		out = append(out, fullVerdicts(admitted, full)...)
	}
	return out
}

// fullVerdicts asks about the day of becoming a full member.
func fullVerdicts(admitted, full calendar.Date) []law.Verdict {
	c := constitution.Conversion{Admitted: known(admitted)}
	return []law.Verdict{constitution.Probation.Judge(c, full, law.Settings{}), constitution.Extension.Judge(c, full, law.Settings{})}
}

func known(d calendar.Date) law.Opt[calendar.Date] {
	if d == "" {
		return law.Opt[calendar.Date]{}
	}
	return law.Some(d)
}

// kept are the verdicts worth keeping in an act: refusals, warnings and what could not be decided. Ten thousand times "passed"
// in an import would say nothing.
func kept(vs []law.Verdict) []law.Verdict {
	out := vs[:0]
	for _, v := range vs {
		if v.Outcome == law.Refuse || v.Outcome == law.Warn || v.Outcome == law.Undecided {
			out = append(out, v)
		}
	}
	return out
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
	return journal.Add(ctx, w, KindFull, on, []int64{id}, t, fullVerdicts(m.Admitted, on)...)
}

// Transfer records that a member goes to another branch of the town.
func Transfer(ctx context.Context, w *journal.Writer, id int64, m Move, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	branch, err := isBranch(ctx, w, m.Branch, on)
	if err != nil {
		return 0, err
	}
	v := constitution.OneBranch.Judge(constitution.Belonging{Branch: law.Some(branch), Other: law.Some(false)}, on, law.Settings{})
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
			verdicts = kept(datesVerdicts(p.Birth, e.Admitted, e.Full))
		}
	}
	return journal.Add(ctx, w, KindChange, on, []int64{id}, c, verdicts...)
}

// with is the entry that a membership would have with a change; dated says that its dates or its years are to be judged again.
func (m *Member) with(c Change) (e Enter, dated bool) {
	e = Enter{Category: m.Now().Category, How: Opening, Admitted: m.Admitted, Full: m.Full, Record: map[string]string{offsetKey: m.Record[offsetKey]}}
	if c.Admitted != nil {
		e.Admitted, dated = *c.Admitted, true
	}
	if c.Full != nil {
		e.Full, dated = *c.Full, true
	}
	if n, ok := c.Record[offsetKey]; ok {
		e.Record[offsetKey], dated = n, true
	}
	return e, dated
}

// changeRules holds what a corrected change says against itself; what it does not say stands elsewhere.
func changeRules(c *Change, on calendar.Date) ([]law.Verdict, error) {
	var admitted, full calendar.Date
	if c.Admitted != nil {
		admitted = *c.Admitted
	}
	if c.Full != nil {
		full = *c.Full
	}
	x := wrongDates("", admitted, full, on)
	if x == nil {
		x = wrongOffset(Full, c.Record[offsetKey], "", full, on)
	}
	if x != nil {
		return nil, x.refusal()
	}
	return nil, nil
}
