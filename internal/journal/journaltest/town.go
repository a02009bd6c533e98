package journaltest

import (
	"context"
	"errors"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/ledger"
)

// Code is the division code of the town under test, and Day the day on which its clock starts.
const (
	Code               = "321002003"
	Day  calendar.Date = "2026-11-23"
)

// Audit looks for what does not agree in a town; empty means sound.
type Audit func(ctx context.Context, q db.Querier, town string) ([]ledger.Imbalance, error)

// Decide is what a request wants recorded.
type Decide func(ctx context.Context, w *journal.Writer) error

// Town is a journal under test.
type Town struct {
	testing.TB
	Ctx  context.Context
	Code string
	DB   *db.DB
	J    *journal.Journal
	By   journal.By // who makes the requests from here on; the zero value is the system

	now    time.Time
	audits []Audit
}

// New founds a town with a fresh journal of the slices in a database that holds nothing yet.
func New(t testing.TB, d *db.DB, slices ...journal.Slice) *Town {
	t.Helper()
	b, err := journal.NewBook(slices...)
	if err != nil {
		t.Fatal(err)
	}
	y := &Town{TB: t, Ctx: context.Background(), Code: Code, DB: d, By: journal.By{System: true}}
	y.Set(Day)
	y.J, err = journal.Open(y.Ctx, d, b, journal.Options{Clock: func() time.Time { y.now = y.now.Add(time.Second); return y.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(y.J.Close)
	if err := y.J.Found(y.Ctx, y.Code, "test.example/"+y.Code); err != nil {
		t.Fatal(err)
	}
	return y
}

// Set moves the clock to nine in the morning, in China, of a day.
func (y *Town) Set(day calendar.Date) {
	y.now = time.Date(day.Year(), time.Month(day.Month()), day.Day(), 1, 0, 0, 0, time.UTC)
}

// Also adds an audit to those that [Town.Sound] runs.
func (y *Town) Also(a ...Audit) { y.audits = append(y.audits, a...) }

// Do records a request.
func (y *Town) Do(f Decide) (journal.Receipt, error) {
	return y.J.Record(y.Ctx, y.Code, journal.Request{By: y.By, Decide: f})
}

// Must records a request that may not fail and returns the number of its first act.
func (y *Town) Must(f Decide) int64 {
	y.Helper()
	r, err := y.Do(f)
	if err != nil {
		y.Fatal(err)
	}
	return r.First
}

// Refused records a request that must be refused and returns the refusal. Nothing of it may have been written.
func (y *Town) Refused(f Decide) *journal.Refusal {
	y.Helper()
	before := y.Size()
	_, err := y.Do(f)
	var r *journal.Refusal
	if !errors.As(err, &r) {
		y.Fatalf("not refused: %v", err)
	}
	if after := y.Size(); after != before {
		y.Fatalf("refused, yet %d acts were recorded", after-before)
	}
	return r
}

// Size is the number of acts recorded.
func (y *Town) Size() int64 {
	y.Helper()
	n, err := journal.Size(y.Ctx, y.DB, y.Code)
	if err != nil {
		y.Fatal(err)
	}
	return n
}

// Sound holds every promise of the record against the database.
func (y *Town) Sound() {
	y.Helper()
	rep, err := y.J.Verify(y.Ctx, y.Code, nil, nil)
	if err != nil {
		y.Fatal(err)
	}
	if !rep.OK() {
		y.Errorf("verify: %+v", rep.Faults)
	}
	_, diffs, err := y.J.CheckProjections(y.Ctx, y.Code, nil)
	if err != nil {
		y.Fatal(err)
	}
	if len(diffs) > 0 {
		y.Errorf("a reprint differs from the live tables: %+v", diffs)
	}
	for _, audit := range append([]Audit{ledger.Audit}, y.audits...) {
		bad, err := audit(y.Ctx, y.DB, y.Code)
		if err != nil {
			y.Fatal(err)
		}
		if len(bad) > 0 {
			y.Errorf("audit: %+v", bad)
		}
	}
}
