package bench

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

type found struct {
	Name string `json:"name"`
}

// enter is as long as a roster line: some 400 bytes sealed.
type enter struct {
	Unit     int64         `json:"unit"`
	Name     string        `json:"name"`
	Sex      string        `json:"sex"`
	Born     calendar.Date `json:"born"`
	Nation   string        `json:"nation"`
	School   string        `json:"school"`
	Work     string        `json:"work"`
	Category string        `json:"category"`
	Since    calendar.Date `json:"since"`
	Note     string        `json:"note,omitempty"`
}

type change struct {
	Category string `json:"category"`
}

var (
	kFound  = journal.Kind[found]{Name: "bench.found/1", Title: "设立"}
	kEnter  = journal.Kind[enter]{Name: "bench.enter/1", Title: "登记"}
	kChange = journal.Kind[change]{Name: "bench.change/1", Title: "变更类别"}
)

var (
	units = db.Table{Name: "bench_unit", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "name", Type: db.Text}}}
	residents = db.Table{Name: "bench_resident", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "unit", Type: db.Int}, {Name: "name", Type: db.Text},
		{Name: "born", Type: db.Date}, {Name: "category", Type: db.Text}, {Name: "since", Type: db.Date}},
		Indexes: []db.Index{{Name: "bench_resident_unit", Columns: []string{"town", "unit", "name", "id"}}}}
)

type unit struct {
	name string
	from calendar.Date
}

type resident struct {
	enter
	act  int64
	from calendar.Date
}

func account(unit int64, category string) string { return fmt.Sprintf("%d/%s", unit, category) }

func slice() journal.Slice {
	return journal.Slice{Name: "bench", Version: 1, Types: []*journal.Type{
		journal.Define(journal.Entity[unit]{Name: "bench.unit", Tables: []*db.Table{&units}, Folds: []journal.Fold[unit]{
			journal.Creates(kFound, func(s *unit, st *journal.Step, b *found) error {
				s.name, s.from = b.Name, st.Effective
				return nil
			}),
		}, Print: func(id int64, s *unit) journal.Print {
			return journal.Print{Rows: []journal.Row{{Table: &units, Values: []any{id, s.name}}}, Life: journal.Span{From: s.from, To: calendar.Forever}}
		}}),
		journal.Define(journal.Entity[resident]{Name: "bench.resident", Tables: []*db.Table{&residents}, Folds: []journal.Fold[resident]{
			journal.Creates(kEnter, func(s *resident, st *journal.Step, b *enter) error {
				*s = resident{*b, st.N, st.Effective}
				st.Move("outside", account(b.Unit, b.Category), "head", 1)
				return nil
			}),
			journal.On(kChange, func(s *resident, st *journal.Step, b *change) error {
				st.Move(account(s.Unit, s.Category), account(s.Unit, b.Category), "head", 1)
				s.Category = b.Category
				return nil
			}),
		}, Print: func(id int64, s *resident) journal.Print {
			life := journal.Span{From: s.from, To: calendar.Forever}
			return journal.Print{
				Rows: []journal.Row{{Table: &residents, Values: []any{id, s.Unit, s.Name, s.Born, s.Category, s.Since}}},
				Life: life, Uses: []journal.Use{{Entity: s.Unit, Act: s.act, Span: life}}}
		}}),
	}}
}
