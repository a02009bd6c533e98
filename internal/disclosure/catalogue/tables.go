package catalogue

import (
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

var (
	changes = db.Table{Name: "disclosure_item", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "over_unit", Type: db.Int}, {Name: "body", Type: db.Text},
		{Name: "item", Type: db.Text}, {Name: "subject", Type: db.Text}, {Name: "title", Type: db.Text}, {Name: "detail", Type: db.Text},
		{Name: "scope", Type: db.Text}, {Name: "form", Type: db.Text}, {Name: "rhythm", Type: db.Text}, {Name: "month", Type: db.Int},
		{Name: "day_of_month", Type: db.Int}, {Name: "within", Type: db.Int}, {Name: "days", Type: db.Int}, {Name: "office", Type: db.Text},
		{Name: "from_day", Type: db.Date}, {Name: "until", Type: db.Date}, {Name: "citation", Type: db.Text}, {Name: "recorded", Type: db.Date}}}
	dues = db.Table{Name: "disclosure_due", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "unit", Type: db.Int}, {Name: "item", Type: db.Text},
		{Name: "subject", Type: db.Text}, {Name: "title", Type: db.Text}, {Name: "scope", Type: db.Text}, {Name: "form", Type: db.Text},
		{Name: "office", Type: db.Text}, {Name: "period_from", Type: db.Date}, {Name: "period_to", Type: db.Date}, {Name: "arose", Type: db.Int},
		{Name: "due", Type: db.Date}, {Name: "reckoning", Type: db.Text}, {Name: "basis", Type: db.Text}, {Name: "state", Type: db.Text},
		{Name: "lapsed", Type: db.Date}, {Name: "long_overdue", Type: db.Date}, {Name: "closed", Type: db.Date}, {Name: "late", Type: db.Int},
		{Name: "notice", Type: db.Int}, {Name: "publish_act", Type: db.Int}, {Name: "reason", Type: db.Text}, {Name: "opened", Type: db.Date}},
		Indexes: []db.Index{{Name: "disclosure_due_unit", Columns: []string{"town", "unit", "item", "period_to"}},
			{Name: "disclosure_due_state", Columns: []string{"town", "state", "due"}}}}
)

// Types are what the catalogue brings to the journal. They belong to the slice of the parent package: no notice is published without
// asking what it was due for.
func Types() []*journal.Type {
	return []*journal.Type{
		journal.Define(journal.Entity[Local]{Name: "disclosure.item", Tables: []*db.Table{&changes}, Print: printLocal,
			Folds: []journal.Fold[Local]{journal.Creates(KindChange, foldChange), journal.On(KindEnd, foldEnd)}}),
		journal.Define(journal.Entity[DueItem]{Name: "disclosure.due", Tables: []*db.Table{&dues}, Print: printDue,
			Folds: []journal.Fold[DueItem]{
				journal.Creates(KindDue, foldOpen(false)), journal.Creates(KindDueWithin, foldOpen(false)),
				journal.Creates(KindArose, foldOpen(true)), journal.Creates(KindAroseWithin, foldOpen(true)),
				journal.On(KindMet, foldMet), journal.On(KindMetWithin, foldMet), journal.On(KindNone, foldNone), journal.On(KindNoneWithin, foldNone),
				journal.On(KindLong, foldLong), journal.On(KindLongWithin, foldLong), journal.On(KindCeased, foldCease), journal.On(KindCeasedWithin, foldCease),
				matter.FoldLapsed(due)}}),
	}
}

func printLocal(id int64, l *Local) journal.Print {
	life := journal.Span{From: l.From, To: calendar.Forever}
	return journal.Print{Life: life, Uses: []journal.Use{{Entity: l.Over, Act: id, Span: journal.Span{From: l.From, To: l.From.AddDays(1)}}},
		Rows: []journal.Row{{Table: &changes, Values: []any{id, l.Over, l.Body, l.Item, l.Subject, l.Title, l.Detail, l.Scope, l.Form, l.Rhythm, l.Month, l.Day,
			l.Within, l.Days, l.Office, string(l.From), string(l.Until), l.Citation, string(l.Recorded)}}}}
}

// The states of a due item in its table; what time adds is said by [Due.State].
const (
	stateOpen   = "open"
	stateMet    = "met"
	stateNone   = "none"
	stateCeased = "ceased"
)

func (d *DueItem) state() string {
	switch {
	case d.Whole:
		return stateMet
	case d.Ceased:
		return stateCeased
	case d.Closed != "":
		return stateNone
	}
	return stateOpen
}

// printDue prints a due item. It needs its unit on the first day of its period, when the obligation arose: a unit that ended later,
// and whose end is entered late, does not stumble over what was due from it.
func printDue(id int64, d *DueItem) journal.Print {
	w := d.What
	arose := int64(0)
	if d.By {
		arose = 1
	}
	notice, publish := int64(-1), int64(-1)
	if n := len(d.Parts); n > 0 {
		notice, publish = d.Parts[n-1].Notice, d.Parts[n-1].Act
	}
	needed := w.From
	if d.By || needed == "" {
		needed = d.Opened
	}
	return journal.Print{Life: journal.Span{From: d.Opened, To: calendar.Forever},
		Uses: []journal.Use{{Entity: w.Unit, Act: d.Act, Span: journal.Span{From: needed, To: needed.AddDays(1)}}},
		Rows: append(d.Progress.Print(id), journal.Row{Table: &dues, Values: []any{id, w.Unit, w.Item, w.Subject, w.Title, w.Scope, w.Form, w.Office,
			string(w.From), string(w.To), arose, string(w.Due), w.Reckoning, w.Basis, d.state(), string(d.Lapsed), string(d.Long), string(d.Closed),
			d.Late, notice, publish, d.Nothing, string(d.Opened)}})}
}
