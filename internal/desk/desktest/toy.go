package desktest

import (
	"context"
	"fmt"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
)

// thing is a unit or a person of the toy town: a name, and the unit that it belongs to.
type thing struct {
	Name  string
	Under int64
}

var (
	kindUnit   = journal.Kind[thing]{Name: "toy.unit/1", Title: "设立"}
	kindPerson = journal.Kind[thing]{Name: "toy.person/1", Title: "登记"}
)

// ToySlice knows units and persons under the type names that the desk asks for, and nothing else of them.
func ToySlice() journal.Slice {
	print := func(_ int64, t *thing) journal.Print {
		p := journal.Print{Life: journal.Span{From: "2000-01-01", To: calendar.Forever}}
		if t.Under >= 0 {
			p.Uses = []journal.Use{{Entity: t.Under, Span: p.Life}}
		}
		return p
	}
	fold := func(t *thing, _ *journal.Step, b *thing) error { *t = *b; return nil }
	return journal.Slice{Name: "toy", Version: 1, Types: []*journal.Type{
		journal.Define(journal.Entity[thing]{Name: "org.unit", Print: print, Folds: []journal.Fold[thing]{journal.Creates(kindUnit, fold)}}),
		journal.Define(journal.Entity[thing]{Name: "people.person", Print: print, Folds: []journal.Fold[thing]{journal.Creates(kindPerson, fold)}})}}
}

// Toy is a site for packages that stand below the spine: a street (number 0) with two villages, and persons in them whose
// offices the test hands out.
type Toy struct {
	*Site
	Street, East, West int64
	names              map[int64]string
	under              map[int64]int64
	offices            map[int64][]access.Office
}

// NewToy builds a toy town on a fresh database.
func NewToy(y *journaltest.Town) *Toy {
	t := &Toy{names: map[int64]string{}, under: map[int64]int64{}, offices: map[int64][]access.Office{}}
	t.Site = New(y, func(_ context.Context, person int64) (access.Actor, error) {
		return access.Actor{Person: person, Offices: t.offices[person]}, nil
	})
	name := func(_ context.Context, _ db.Querier, id int64) (string, error) { return t.names[id], nil }
	t.House.Name, t.House.Person = name, name
	t.House.Target = func(_ context.Context, _ db.Querier, unit int64, _ calendar.Date) (access.Target, error) {
		return access.Target{Unit: unit, Path: t.path(unit)}, nil
	}
	t.House.Targets = func(_ context.Context, _ db.Querier, units []int64, _ calendar.Date) (map[int64]access.Target, error) {
		m := map[int64]access.Target{}
		for _, u := range units {
			m[u] = access.Target{Unit: u, Path: t.path(u)}
		}
		return m, nil
	}
	names := func(_ context.Context, _ db.Querier, _ string, ids []int64) (map[int64]string, error) {
		m := map[int64]string{}
		for _, id := range ids {
			m[id] = t.names[id]
		}
		return m, nil
	}
	href := func(id int64) string { return fmt.Sprintf("/desk/toys/%d", id) }
	t.House.Entities = map[string]desk.Entity{"org.unit": {Title: "组织", Href: href, Names: names}, "people.person": {Title: "人员", Person: true, Href: href, Names: names}}
	t.Street = t.add(func(ctx context.Context, w *journal.Writer) (int64, error) {
		return journal.Add(ctx, w, kindUnit, "2003-06-18", nil, thing{"文峰街道", -1})
	}, "文峰街道", -1)
	t.East, t.West = t.unit("文峰村"), t.unit("渡江村")
	return t
}

func (t *Toy) path(unit int64) []int64 {
	out := []int64{unit}
	for u := t.under[unit]; u >= 0 && !slices.Contains(out, u); u = t.under[u] {
		out = append(out, u)
	}
	return out
}

func (t *Toy) add(do func(context.Context, *journal.Writer) (int64, error), name string, under int64) int64 {
	t.Helper()
	id := t.Must(func(ctx context.Context, w *journal.Writer) error { _, err := do(ctx, w); return err })
	t.names[id], t.under[id] = name, under
	return id
}

func (t *Toy) unit(name string) int64 {
	return t.add(func(ctx context.Context, w *journal.Writer) (int64, error) {
		return journal.Add(ctx, w, kindUnit, "2003-06-18", nil, thing{name, t.Street})
	}, name, t.Street)
}

// Someone registers a person of a unit, who holds offices of these roles there.
func (t *Toy) Someone(name string, unit int64, roles ...string) int64 {
	t.Helper()
	id := t.add(func(ctx context.Context, w *journal.Writer) (int64, error) {
		return journal.Add(ctx, w, kindPerson, "2003-06-18", nil, thing{name, unit})
	}, name, unit)
	for i, code := range roles {
		r, ok := access.RoleOf(code)
		if !ok {
			t.Fatalf("no role %s", code)
		}
		t.offices[id] = append(t.offices[id], access.Office{ID: id*10 + int64(i), Unit: unit, Area: unit, Role: code, Line: r.Line, Power: r.Power,
			Title: fmt.Sprintf("%s%s", t.names[unit], r.Post), Path: t.path(unit)})
	}
	return id
}
