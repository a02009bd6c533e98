package posting

import (
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

var (
	evidences = db.Table{Name: "posting_evidence", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "line", Type: db.Int}, {Name: "notice", Type: db.Int}, {Name: "day", Type: db.Date},
		{Name: "at", Type: db.Int}, {Name: "witness", Type: db.Text}, {Name: "answer", Type: db.Text}, {Name: "side", Type: db.Text},
		{Name: "code", Type: db.Int}, {Name: "person", Type: db.Int}, {Name: "mark", Type: db.Text}, {Name: "sheet", Type: db.Int}},
		Indexes: []db.Index{{Name: "posting_evidence_notice", Columns: []string{"town", "notice", "day"}}}}
	changes = db.Table{Name: "posting_change", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "act", Type: db.Int}, {Name: "notice", Type: db.Int}, {Name: "day", Type: db.Date}, {Name: "sort", Type: db.Text}},
		Indexes: []db.Index{{Name: "posting_change_notice", Columns: []string{"town", "notice"}}}}
	heartbeats = db.Table{Name: "posting_heartbeat", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "day", Type: db.Date}, {Name: "at", Type: db.Int}, {Name: "shown", Type: db.Int},
		{Name: "broken", Type: db.Int}, {Name: "erased", Type: db.Int}, {Name: "older", Type: db.Int}},
		Indexes: []db.Index{{Name: "posting_heartbeat_day", Columns: []string{"town", "day"}}}}
)

// Slice is what posting brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "posting", Version: 2, Shared: []*db.Table{&evidences, &changes}, Types: []*journal.Type{
		journal.Define(journal.Entity[Seen]{Name: "disclosure.checkin", Print: printSeen,
			Folds: []journal.Fold[Seen]{journal.Creates(KindCheckIn, foldCheckIn), journal.On(KindRehang, foldRehang)}}),
		journal.Define(journal.Entity[Renewal]{Name: "disclosure.renewal", Print: printRenewal,
			Folds: []journal.Fold[Renewal]{journal.Creates(KindOutdated, foldOutdated), journal.On(KindRehang, foldRenewed)}}),
		journal.Define(journal.Entity[List]{Name: "disclosure.signoff", Print: printList, Folds: []journal.Fold[List]{journal.Creates(KindSignOff, foldSignOff)}}),
		journal.Define(journal.Entity[Sealed]{Name: "disclosure.day", Tables: []*db.Table{&heartbeats}, Print: printDay,
			Folds: []journal.Fold[Sealed]{journal.Creates(KindDay, foldDay)}}),
	}}
}

// What changed about a sheet on the board.
const (
	changeCovered = "covered"
	changeHung    = "hung"
)

// change is one row of what changed.
func change(id, act, notice int64, day calendar.Date, sort string) journal.Row {
	return journal.Row{Table: &changes, Values: []any{id, act, notice, string(day), sort}}
}

func (h Hung) rows(id, notice int64) []journal.Row {
	if h.Act == 0 {
		return nil
	}
	return []journal.Row{change(id, h.Act, notice, h.On, changeHung)}
}

func printRenewal(id int64, r *Renewal) journal.Print {
	p := journal.Print{Life: journal.Span{From: r.On, To: calendar.Forever}, Uses: needs(r.Act, r.Notice, r.Outdated.Unit, r.On),
		Rows: append(r.Hung.rows(id, r.Notice), change(id, r.Cover, r.Notice, r.On, changeCovered))}
	if r.Procedure != "" {
		p.Rows = append(p.Rows, r.Progress.Print(id)...)
	}
	return p
}

// row is one row of evidence.
func row(id, line, notice int64, day calendar.Date, at int64, w Witness, a Answer, side string, code bool, person int64, mark string, sheet int64) journal.Row {
	scanned := int64(0)
	if code {
		scanned = 1
	}
	return journal.Row{Table: &evidences, Values: []any{id, line, notice, string(day), at, string(w), string(a), side, scanned, person, mark, sheet}}
}

// needs are the notice and the unit that evidence of a day speaks of.
func needs(act, notice, unit int64, day calendar.Date) []journal.Use {
	span := journal.Span{From: day, To: day.AddDays(1)}
	return []journal.Use{{Entity: notice, Act: act, Span: span}, {Entity: unit, Act: act, Span: span}}
}

func printSeen(id int64, s *Seen) journal.Print {
	p := journal.Print{Life: journal.Span{From: s.On, To: calendar.Forever}, Uses: needs(s.Act, s.Notice, s.CheckIn.Unit, s.On),
		Rows: []journal.Row{row(id, 0, s.Notice, s.On, s.At, Witness(s.Witness), Answer(s.Answer), "", s.Code, s.Person, s.Mark, s.Sheet)}}
	p.Rows = append(p.Rows, s.Hung.rows(id, s.Notice)...)
	if s.Procedure != "" {
		p.Rows = append(p.Rows, s.Progress.Print(id)...)
	}
	return p
}

func printList(id int64, l *List) journal.Print {
	first := l.Rows[0].Day
	p := journal.Print{}
	for i, r := range l.Rows {
		p.Rows = append(p.Rows, row(id, int64(i), l.Notice, r.Day, l.At, Paper, There, l.Side, false, 0, r.By, 0))
		first = min(first, r.Day)
	}
	p.Life, p.Uses = journal.Span{From: first, To: calendar.Forever}, needs(l.Act, l.Notice, l.Unit, first)
	return p
}

func printDay(id int64, d *Sealed) journal.Print {
	p := journal.Print{Life: journal.Span{From: d.Day, To: calendar.Forever}, Rows: []journal.Row{{Table: &heartbeats,
		Values: []any{id, string(d.Day), d.At, int64(len(d.Shown)), int64(len(d.Broken)), int64(len(d.Erased)), int64(d.Older.Count)}}}}
	line := int64(0)
	for _, part := range []struct {
		list   []Shown
		answer Answer
	}{{d.Shown, There}, {d.Erased, There}, {d.Broken, Differs}} {
		for _, s := range part.list {
			p.Rows = append(p.Rows, row(id, line, s.Notice, d.Day, d.At, Online, part.answer, "", false, 0, "", 0))
			line++
		}
	}
	return p
}
