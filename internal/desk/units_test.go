package desk_test

import (
	"context"
	"slices"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
)

// A stay ties a person to a unit for a time, as a membership or a household does.
type stay struct {
	Person, Unit int64
	Span         journal.Span
}

var kindStay = journal.Kind[stay]{Name: "stay.begin/1", Title: "入住"}

// kindTell is for everybody to read.
var kindTell = journal.Kind[closing]{Name: "stay.tell/1", Title: "公布入住", Public: true}

func staySlice() journal.Slice {
	return journal.Slice{Name: "stay", Version: 1, Types: []*journal.Type{journal.Define(journal.Entity[stay]{Name: "stay.stay",
		Print: func(_ int64, s *stay) journal.Print {
			return journal.Print{Life: s.Span, Uses: []journal.Use{{Entity: s.Person, Span: s.Span}, {Entity: s.Unit, Span: s.Span}}}
		},
		Folds: []journal.Fold[stay]{journal.Creates(kindStay, func(s *stay, _ *journal.Step, b *stay) error { *s = *b; return nil }),
			journal.On(kindTell, func(*stay, *journal.Step, *closing) error { return nil })}})}}
}

func TestUnitsOfToday(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := desktest.NewToy(journaltest.New(t, d, desktest.ToySlice(), staySlice()))
		someone := y.Someone("王建国", -1)
		stays := func(unit int64, from, to calendar.Date) int64 {
			span := journal.Span{From: from, To: to}
			return y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := journal.Add(ctx, w, kindStay, span.From, nil, stay{someone, unit, span})
				return err
			})
		}
		holds := func(what string, id int64, want ...int64) {
			t.Helper()
			if got, err := y.House.Units(y.Ctx, id); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v (%v)", what, got, want, err)
			}
		}
		holds("nobody's", someone, y.Street)
		before := stays(y.East, "2010-01-01", "2020-01-01")
		holds("where he lived last", someone, y.East)
		stays(y.West, "2020-01-01", calendar.Forever)
		holds("where he lives now", someone, y.West)
		holds("what is over", before, y.East)
		stays(y.Street, "2027-01-01", calendar.Forever)
		holds("where he will live", someone, y.West)
	})
}
