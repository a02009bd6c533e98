package org

import (
	"cmp"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

var (
	units = db.Table{Name: "org_unit", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "kind", Type: db.Text}, {Name: "code", Type: db.Text},
		{Name: "name", Type: db.Text}, {Name: "short", Type: db.Text}, {Name: "contact", Type: db.Text},
		{Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}},
		Indexes: []db.Index{{Name: "org_unit_code", Columns: []string{"town", "code"}}}}
	names = db.Table{Name: "org_name", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date},
		{Name: "name", Type: db.Text}, {Name: "short", Type: db.Text}},
		Indexes: []db.Index{{Name: "org_name_name", Columns: []string{"town", "name"}}, {Name: "org_name_short", Columns: []string{"town", "short"}}}}
	parents = db.Table{Name: "org_parent", Key: 4, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "line", Type: db.Text}, {Name: "from_day", Type: db.Date},
		{Name: "to_day", Type: db.Date}, {Name: "parent", Type: db.Int}, {Name: "act", Type: db.Int}}}
	offices = db.Table{Name: "org_office", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "unit", Type: db.Int}, {Name: "role", Type: db.Text},
		{Name: "person", Type: db.Int}, {Name: "title", Type: db.Text}, {Name: "duty", Type: db.Text}, {Name: "from_day", Type: db.Date},
		{Name: "to_day", Type: db.Date}, {Name: "until", Type: db.Date}},
		Indexes: []db.Index{{Name: "org_office_person", Columns: []string{"town", "person"}}, {Name: "org_office_unit", Columns: []string{"town", "unit"}}}}
	settings = db.Table{Name: "org_setting", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "key", Type: db.Text}, {Name: "value", Type: db.Int},
		{Name: "level", Type: db.Text}, {Name: "unit", Type: db.Int}, {Name: "from_day", Type: db.Date}, {Name: "until", Type: db.Date},
		{Name: "citation", Type: db.Text}}}
)

// Slice is what org brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "org", Version: 2, Derived: []journal.Derived{closureTable()}, Types: []*journal.Type{
		journal.Define(journal.Entity[Unit]{Name: "org.unit", Tables: []*db.Table{&units, &names, &parents}, Print: printUnit,
			Folds: []journal.Fold[Unit]{
				journal.Creates(KindEstablish, foldEstablish), journal.On(KindRename, foldRename),
				journal.On(KindAttach, foldAttach), journal.On(KindDissolve, foldDissolve)}}),
		journal.Define(journal.Entity[Office]{Name: "org.office", Tables: []*db.Table{&offices}, Print: printOffice,
			Folds: []journal.Fold[Office]{journal.Creates(KindAppoint, foldAppoint), journal.On(KindLeave, foldLeave)}}),
		journal.Define(journal.Entity[Setting]{Name: "org.setting", Tables: []*db.Table{&settings}, Print: printSetting,
			Folds: []journal.Fold[Setting]{journal.Creates(KindSetting, foldSetting)}}),
	}}
}

func printUnit(id int64, u *Unit) journal.Print {
	last := u.Name()
	p := journal.Print{Life: u.Life, Rows: []journal.Row{{Table: &units, Values: []any{
		id, u.Kind, u.Code, last.Name, last.Short, u.Contact, string(u.Life.From), string(u.Life.To)}}}}
	for _, n := range u.Names {
		p.Rows = append(p.Rows, journal.Row{Table: &names, Values: []any{id, string(n.From), string(n.To), n.Name, n.Short}})
	}
	for _, s := range u.Parents {
		p.Rows = append(p.Rows, journal.Row{Table: &parents, Values: []any{id, string(s.Line), string(s.From), string(s.To), s.Parent, s.Act}})
		p.Uses = append(p.Uses, journal.Use{Entity: s.Parent, Act: s.Act, Span: s.Span})
	}
	slices.SortFunc(p.Uses, func(a, b journal.Use) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Act, b.Act), cmp.Compare(a.Span.From, b.Span.From), cmp.Compare(b.Span.To, a.Span.To))
	})
	p.Uses = slices.CompactFunc(p.Uses, func(a, b journal.Use) bool { // under one parent on two lines: one need, the longer
		return a.Entity == b.Entity && a.Act == b.Act && a.Span.From == b.Span.From
	})
	return p
}

func printOffice(id int64, o *Office) journal.Print {
	return journal.Print{Life: o.Span,
		Rows: []journal.Row{{Table: &offices, Values: []any{id, o.Unit, o.Role, o.Person, o.Title, o.Duty, string(o.Span.From), string(o.Span.To), string(o.Until)}}},
		Uses: []journal.Use{{Entity: o.Unit, Act: o.Act, Span: o.Span}, {Entity: o.Person, Act: o.Act, Span: o.Span}}}
}

func printSetting(id int64, s *Setting) journal.Print {
	to := s.Until
	if to == "" {
		to = calendar.Forever
	}
	return journal.Print{Life: journal.Span{From: s.From, To: to}, Rows: []journal.Row{{Table: &settings, Values: []any{
		id, s.Key, s.Value, string(s.Level), s.Unit, string(s.From), string(s.Until), s.Citation}}}}
}
