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

// datesVerdicts asks what the constitution of the time says about a member's dates. A date that is not known is asked about
// only where the others need it.
func datesVerdicts(birth, admitted, full calendar.Date, local law.Settings) []law.Verdict {
	var out []law.Verdict
	if admitted != "" {
		out = append(out, constitution.Age.Judge(constitution.Admission{Birth: known(birth)}, admitted, local))
	}
	if full != "" {
		out = append(out, fullVerdicts(admitted, full, local)...)
	}
	return out
}

// entryVerdicts asks about the dates of an entry, and how long someone who is still on probation has been so on a day.
func entryVerdicts(e Enter, birth, on calendar.Date, local law.Settings) []law.Verdict {
	out := datesVerdicts(birth, e.Admitted, e.Full, local)
	if e.Category == Probationary && e.Full == "" && e.Admitted != "" {
		out = append(out, constitution.Extension.Judge(constitution.Conversion{Admitted: known(e.Admitted), Still: true}, on, local))
	}
	return out
}

// fullVerdicts asks about the day of becoming a full member.
func fullVerdicts(admitted, full calendar.Date, local law.Settings) []law.Verdict {
	c := constitution.Conversion{Admitted: known(admitted)}
	return []law.Verdict{constitution.Probation.Judge(c, full, local), constitution.Extension.Judge(c, full, local)}
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

// enterRules judges an entry as a correction would have it read: by its own dates and by the person's birthday.
func enterRules(ctx context.Context, w *journal.Writer, r journal.Reading[Enter]) ([]law.Verdict, error) {
	birth, err := birthday(ctx, w, r.Body.Person)
	if err != nil {
		return nil, err
	}
	verdicts, err := judged(ctx, w, *r.Body, birth, r.Effective)
	if err != nil || r.Body.Full != "" {
		return verdicts, err
	}
	m, ok, err := journal.State[Member](ctx, w, r.Act)
	if err != nil || !ok || m.Full == "" {
		return verdicts, err
	}
	more, err := judged(ctx, w, Enter{Category: Full, How: Opening, Admitted: r.Body.Admitted, Full: m.Full}, "", w.Today()) // full by a later act
	for _, v := range more {
		if v.Rule == constitution.Extension.ID || v.Rule == constitution.Probation[0].ID {
			verdicts = append(verdicts, v)
		}
	}
	return verdicts, err
}

// changeRules judges a change as a correction would have it read, together with what the membership says elsewhere.
func changeRules(ctx context.Context, w *journal.Writer, r journal.Reading[Change]) ([]law.Verdict, error) {
	m, err := state(ctx, w, r.On[0])
	if err != nil {
		return nil, err
	}
	birth, err := birthday(ctx, w, m.Person)
	if err != nil {
		return nil, err
	}
	e, dated := m.with(*r.Body)
	if !dated {
		return nil, nil
	}
	own := Enter{Category: Full, How: Opening, Admitted: dayOf(r.Body.Admitted), Full: dayOf(r.Body.Full)}
	if x := wrongEntry(own, birth, r.Effective); x != nil {
		return nil, x.refusal()
	}
	return judged(ctx, w, e, birth, w.Today()) // the other dates may be those of later acts
}

func dayOf(d *calendar.Date) calendar.Date {
	if d == nil {
		return ""
	}
	return *d
}

// fullRules judges the day of becoming a full member when a correction moves it.
func fullRules(ctx context.Context, w *journal.Writer, r journal.Reading[TurnFull]) ([]law.Verdict, error) {
	m, err := state(ctx, w, r.On[0])
	if err != nil {
		return nil, err
	}
	if x := wrongDates("", m.Admitted, r.Effective, r.Effective); x != nil {
		x.field = "effective"
		return nil, x.refusal()
	}
	local, err := org.Settings(ctx, w, w.Town)
	return kept(fullVerdicts(m.Admitted, r.Effective, local.Entered(r.Effective))), err
}

// judged holds dates together and asks the rules about them.
func judged(ctx context.Context, w *journal.Writer, e Enter, birth, on calendar.Date) ([]law.Verdict, error) {
	if x := wrongEntry(e, birth, on); x != nil {
		return nil, x.refusal()
	}
	local, err := org.Settings(ctx, w, w.Town)
	return kept(entryVerdicts(e, birth, on, local.Entered(on))), err
}

// birthday is when a person was born, "" when it is not known or erased.
func birthday(ctx context.Context, w *journal.Writer, person int64) (calendar.Date, error) {
	p, ok, err := journal.State[people.Person](ctx, w, person)
	if err != nil || !ok || p.Erased {
		return "", err
	}
	return p.Birth, nil
}
