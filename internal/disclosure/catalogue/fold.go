package catalogue

import (
	"fmt"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// Local is the state of a local change of the catalogue.
type Local struct {
	Change
	Recorded calendar.Date // the day on which it was entered
}

// recordedOn is the day on which an act was entered.
func recordedOn(st *journal.Step) calendar.Date { return calendar.On(time.UnixMilli(st.Recorded)) }

func foldChange(l *Local, st *journal.Step, b *Change) error {
	l.Change, l.Recorded = *b, recordedOn(st)
	return nil
}

func foldEnd(l *Local, _ *journal.Step, b *End) error {
	if l.Until != "" && l.Until <= b.Last {
		return fmt.Errorf("它在%s已经失效", l.Until.Chinese())
	}
	if b.Last < l.From.AddDays(-1) {
		return fmt.Errorf("它自%s起才生效", l.From.Chinese())
	}
	l.Until = b.Last.AddDays(1)
	return nil
}

// DueItem is the state of a due item.
type DueItem struct {
	matter.Progress
	What    Open
	By      bool // entered by an office, not by the calendar
	Parts   []Met
	Whole   bool
	Nothing string        // statement that there was nothing
	Long    calendar.Date // first day on which it was long overdue
	Ceased  bool
	Late    int64
	Act     int64
}

func due(d *DueItem) *matter.Progress { return &d.Progress }

// procedureOf is the way of a due item: Party affairs wait for other offices.
func procedureOf(subject string) *matter.Procedure {
	if subject == "party" {
		return PartyProcedure
	}
	return Procedure
}

func foldOpen(by bool) func(*DueItem, *journal.Step, *Open) error {
	return func(d *DueItem, st *journal.Step, b *Open) error {
		d.What, d.By, d.Act = *b, by, st.N
		if err := d.Progress.Open(procedureOf(b.Subject), st, b.Unit, b.Title, StepPublish); err != nil {
			return err
		}
		d.Clock(b.Due, b.Reckoning)
		return nil
	}
}

func foldMet(d *DueItem, st *journal.Step, b *Met) error {
	if d.Closed != "" {
		return fmt.Errorf("此事项已于%s办结", d.Closed.Chinese())
	}
	d.Parts = append(d.Parts, *b)
	if !b.Whole {
		return nil
	}
	d.Whole, d.Late = true, b.Late
	outcome := "按时公布"
	switch {
	case b.Late > 0:
		outcome = fmt.Sprintf("公布，迟了 %d 天", b.Late)
	case d.What.Due == "":
		outcome = "公布"
	}
	return d.Close(procedureOf(d.What.Subject), st, StepPublish, outcome, "")
}

func foldNone(d *DueItem, st *journal.Step, b *None) error {
	d.Nothing = b.Reason
	return d.Close(procedureOf(d.What.Subject), st, StepPublish, "说明本期无此事项", b.Reason)
}

func foldLong(d *DueItem, st *journal.Step, b *Long) error {
	if d.Closed == "" && d.Lapsed == b.Due {
		d.Long = st.Effective
	}
	return nil
}

func foldCease(d *DueItem, st *journal.Step, b *Cease) error {
	d.Ceased = true
	return d.Abandon(st, b.Reason)
}
