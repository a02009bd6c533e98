package journal

import (
	"context"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// Slices that contradict each other are found when the program starts.
func TestBookRefusesContradictions(t *testing.T) {
	twice := toySlice()
	twice.Types = append(twice.Types, twice.Types[0])
	makes := toySlice()
	makes.Types = append(makes.Types, Define(Entity[box]{Name: "toy.other", Folds: []Fold[box]{
		Creates(kOpen, func(*box, *Step, *openBox) error { return nil })}, Print: func(int64, *box) Print { return Print{} }}))
	forms := toySlice()
	forms.Types = append(forms.Types, Define(Entity[box]{Name: "toy.other", Folds: []Fold[box]{
		On(Kind[openBox]{Name: kPut.Name}, func(*box, *Step, *openBox) error { return nil })}, Print: func(int64, *box) Print { return Print{} }}))
	tables := toySlice()
	tables.Derived = append(tables.Derived, Derived{Tables: []*db.Table{&boxes}})
	for want, s := range map[string]Slice{"declared twice": twice, "creates two types": makes, "two forms": forms, "table toy_box": tables} {
		if _, err := NewBook(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error that says %q, got %v", want, err)
		}
	}
}

// A slice that prints into a table which is not its own, and an act about nothing, are errors of the program: nothing is kept.
func TestErrorsOfTheProgram(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	s := toySlice()
	stray := totals
	s.Types[0].print = func(int64, any) Print { return Print{Rows: []Row{{&stray, []any{"x", 0, 0}}}} }
	b, err := NewBook(s)
	if err != nil {
		t.Fatal(err)
	}
	j, err := Open(y.ctx, y.j.DB, b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if _, err := j.Record(y.ctx, toyTown, pair("")); err == nil || !strings.Contains(err.Error(), "does not declare") {
		t.Errorf("printed into another's table: %v", err)
	}
	if _, err := y.do(func(ctx context.Context, w *Writer) error {
		_, err := Add(ctx, w, kPut, "2026-01-01", nil, putBalls{1})
		return err
	}); err == nil || !strings.Contains(err.Error(), "about nothing") {
		t.Errorf("an act about nothing: %v", err)
	}
	if _, err := y.do(func(ctx context.Context, w *Writer) error {
		_, err := Add(ctx, w, Kind[putBalls]{Name: "toy.unknown/1"}, "2026-01-01", []int64{0}, putBalls{1})
		return err
	}); err == nil || !strings.Contains(err.Error(), "not in the book") {
		t.Errorf("an unknown kind: %v", err)
	}
	if n, _ := Size(y.ctx, y.j.DB, toyTown); n != 0 {
		t.Errorf("%d acts", n)
	}
}
