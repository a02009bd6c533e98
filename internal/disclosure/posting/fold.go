package posting

import (
	"fmt"
	"regexp"

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
	Hung   Hung
}

func foldCheckIn(s *Seen, st *journal.Step, b *CheckIn) error {
	s.CheckIn, s.Act, s.At, s.On, s.Person = *b, st.N, st.Recorded, st.Effective, st.By.Person
	if Answer(b.Answer) == There || b.Case != 0 {
		return nil
	}
	return s.Open(Procedure, st, b.Unit, name(b.Title, b.Notice)+complaint(Answer(b.Answer)), StepRehang)
}

// numbered is the number of a notice.
var numbered = regexp.MustCompile(`〔\d+〕\d+号$`)

// name is how a task names a notice: by its number, never by its title, which may be covered one day.
func name(number string, notice int64) string {
	if !numbered.MatchString(number) {
		return fmt.Sprintf("第 %d 号公示", notice)
	}
	return number
}

// Renewal is the state of a sheet that has to be exchanged, because its notice was covered.
type Renewal struct {
	matter.Progress
	Outdated
	Act    int64
	On     calendar.Date
	Rehung *Rehang
	Hung   Hung
}

// Hung is when a new sheet was recorded as hung; its act is 0 while none is.
type Hung struct {
	Act int64
	On  calendar.Date
}

func hung(st *journal.Step, b *Rehang) (h Hung) {
	if b.Done == HungAgain {
		h = Hung{st.N, st.Effective}
	}
	return h
}

func foldOutdated(r *Renewal, st *journal.Step, b *Outdated) error {
	r.Outdated, r.Act, r.On = *b, st.N, st.Effective
	if b.Case != 0 {
		return nil
	}
	return r.Open(Renewals, st, b.Unit, "换下旧纸："+name(b.Number, b.Notice), StepRenew)
}

func foldRenewed(r *Renewal, st *journal.Step, b *Rehang) error {
	if r.Procedure == "" {
		return fmt.Errorf("这次换纸并在另一件待办里，请到那里登记")
	}
	r.Rehung, r.Hung = b, hung(st, b)
	return r.Close(Renewals, st, StepRenew, word(rehangs, b.Done), b.Note)
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
	s.Rehung, s.Hung = b, hung(st, b)
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
