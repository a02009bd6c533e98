package member

import (
	"cmp"
	"slices"

	"cunju/internal/db"
	"cunju/internal/journal"
)

var (
	spans = db.Table{Name: "member_span", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date},
		{Name: "person", Type: db.Int}, {Name: "branch", Type: db.Int}, {Name: "category", Type: db.Text}, {Name: "admitted", Type: db.Date}, {Name: "act", Type: db.Int}},
		// The first index holds all that a roster of a past day takes from here: twenty thousand rows are read without a look-up each.
		Indexes: []db.Index{{Name: "member_span_roster", Columns: []string{"town", "branch", "from_day", "to_day", "category", "person", "admitted"}}, {Name: "member_span_person", Columns: []string{"town", "person"}}}}
	records = db.Table{Name: "member_record", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "person", Type: db.Int}, {Name: "branch", Type: db.Int}, // the last one
		{Name: "category", Type: db.Text}, {Name: "admitted", Type: db.Date}, {Name: "full_day", Type: db.Date}, {Name: "floating", Type: db.Bool},
		{Name: "lost", Type: db.Bool}, {Name: "ended", Type: db.Text}, {Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}},
		Indexes: []db.Index{{Name: "member_record_person", Columns: []string{"town", "person"}}}}
	fields = db.Table{Name: "member_field", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "field", Type: db.Text}, {Name: "value", Type: db.Text}}}
)

// Slice is what member brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "member", Version: 2, Derived: []journal.Derived{rosterTable(), countTables()}, Types: []*journal.Type{
		journal.Define(journal.Entity[Member]{Name: "member.member", Tables: []*db.Table{&spans, &records, &fields}, Print: printMember,
			Folds: []journal.Fold[Member]{
				journal.Creates(KindEnter, foldEnter), journal.On(KindFull, foldFull), journal.On(KindMove, foldMove),
				journal.On(KindLeave, foldLeave), journal.On(KindFloat, foldFloat), journal.On(KindChange, foldChange)}}),
	}}
}

func printMember(id int64, m *Member) journal.Print {
	last := m.Now()
	p := journal.Print{Life: m.Life, Uses: []journal.Use{{Entity: m.Person, Act: m.Act, Span: m.Life}}}
	for _, s := range m.Spans {
		p.Rows = append(p.Rows, journal.Row{Table: &spans, Values: []any{id, string(s.From), string(s.To), m.Person, s.Branch, string(s.Category), string(m.Admitted), s.Act}})
		p.Uses = append(p.Uses, journal.Use{Entity: s.Branch, Act: s.Act, Span: s.Span})
	}
	p.Rows = append(p.Rows, journal.Row{Table: &records, Values: []any{id, m.Person, last.Branch, string(last.Category), string(m.Admitted),
		string(m.Full), flag(m.Floating), flag(m.Lost), string(m.Ended), string(m.Life.From), string(m.Life.To)}})
	keys := make([]string, 0, len(m.Record))
	for k := range m.Record {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare)
	for _, k := range keys {
		p.Rows = append(p.Rows, journal.Row{Table: &fields, Values: []any{id, k, m.Record[k]}})
	}
	return p
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
