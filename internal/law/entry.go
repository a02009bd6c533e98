package law

import (
	"fmt"

	"cunju/internal/calendar"
)

// Entry is a rule with the type of its facts erased, for lists of rules.
type Entry struct {
	Info
	Cases []EntryCase
	judge func(any, calendar.Date, Settings) Verdict
}

// EntryCase is a worked case with the type of its facts erased.
type EntryCase struct {
	Name  string
	On    calendar.Date
	Facts any
	Local []Setting
	Want  Outcome
}

// Entry erases the type of the rule's facts.
func (r Rule[F]) Entry() Entry {
	e := Entry{Info: r.Info, judge: func(facts any, on calendar.Date, s Settings) Verdict {
		f, ok := facts.(F)
		if !ok {
			panic(fmt.Sprintf("rule %s asked with facts of type %T", r.ID, facts))
		}
		return r.Judge(f, on, s)
	}}
	for _, c := range r.Cases {
		e.Cases = append(e.Cases, EntryCase{c.Name, c.On, c.Facts, c.Local, c.Want})
	}
	return e
}

// Entries erases the type of the facts of all editions.
func (v Versions[F]) Entries() []Entry {
	var entries []Entry
	for _, r := range v {
		entries = append(entries, r.Entry())
	}
	return entries
}

// Judge asks the rule about facts of its own type.
func (e Entry) Judge(facts any, on calendar.Date, s Settings) Verdict { return e.judge(facts, on, s) }

// Run judges a worked case.
func (e Entry) Run(c EntryCase) Verdict { return e.judge(c.Facts, c.On, NewSettings(c.Local...)) }
