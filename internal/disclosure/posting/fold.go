package posting

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// Seen is the state of a check-in; one that says that the sheet is gone is a matter too, unless another is waiting already.
type Seen struct {
	matter.Progress
	CheckIn
	Act    int64
	At     int64 // when it was recorded, unix ms
	On     calendar.Date
	Person int64 // 0 for who was not logged in
	Rehung *Rehang
}

func foldCheckIn(s *Seen, st *journal.Step, b *CheckIn) error {
	s.CheckIn, s.Act, s.At, s.On, s.Person = *b, st.N, st.Recorded, st.Effective, st.By.Person
	if Answer(b.Answer) == There || b.Case != 0 {
		return nil
	}
	return s.Open(Procedure, st, b.Unit, "《"+b.Title+"》"+complaint(Answer(b.Answer)), StepRehang)
}

// complaint says in a title what is wrong with a sheet.
func complaint(a Answer) string {
	if a == Differs {
		return "贴的和登记的不一样"
	}
	return "不在公开栏上"
}

func foldRehang(s *Seen, st *journal.Step, b *Rehang) error {
	if s.Procedure == "" {
		return fmt.Errorf("这次核实没有反映问题，不用补挂")
	}
	s.Rehung = b
	return s.Close(Procedure, st, StepRehang, word(rehangs, b.Done), b.Note)
}

// List is the state of a signed list.
type List struct {
	SignOff
	Act int64
	At  int64
}

func foldSignOff(l *List, st *journal.Step, b *SignOff) error {
	l.SignOff, l.Act, l.At = *b, st.N, st.Recorded
	return nil
}

// Sealed is the state of a heartbeat.
type Sealed struct {
	Heartbeat
	At int64
}

func foldDay(d *Sealed, st *journal.Step, b *Heartbeat) error {
	d.Heartbeat, d.At = *b, st.Recorded
	return nil
}
