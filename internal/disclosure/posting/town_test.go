package posting

import (
	"context"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/matter"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// town is a street with a village whose notices hang, and a neighbour.
type town struct {
	*membertest.Town
	neighbour int64 // a committee of another village
	outsider  int64 // who watches over that village

	long string // what notices say beside their one sentence
}

func newTown(t testing.TB, d *db.DB) *town {
	y := &town{Town: membertest.New(t, d, matter.Slice(), disclosure.Slice(), Slice())}
	second := y.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: y.Street})
	y.neighbour = y.Unit("villagers-committee", "渡江村村民委员会", "", map[org.Line]int64{org.Area: second})
	watch := y.Unit("supervision-committee", "渡江村村务监督委员会", "", map[org.Line]int64{org.Area: second})
	y.outsider = y.Person("吴国栋", "男", "1966-07-23")
	y.Office(watch, "supervision-head", y.outsider, membertest.Seated)
	return y
}

// each runs a scenario on both engines; what it leaves must be sound.
func each(t *testing.T, f func(*testing.T, *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		f(t, y)
		y.Sound()
	})
}

func (y *town) by(person int64, f journaltest.Decide) int64 {
	y.Helper()
	y.As(person)
	return y.Must(f)
}

// published brings a notice as far as publication.
func (y *town) published(title string) int64 {
	y.Helper()
	var id int64
	y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) (err error) {
		id, err = disclosure.Begin(ctx, w, y.Committee, disclosure.Content{Subject: "village", Item: "common", Title: title, Text: "内容。" + y.long}, 0, w.Today())
		return err
	})
	y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Hand(ctx, w, id, w.Today())
		return err
	})
	y.by(y.Watch, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true}, w.Today())
		return err
	})
	y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Decide(ctx, w, id, disclosure.Approve{Agree: true}, w.Today())
		return err
	})
	y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Release(ctx, w, id, w.Today())
		return err
	})
	return id
}

// hung brings a notice onto the physical board.
func (y *town) hung(title string) int64 {
	y.Helper()
	id := y.published(title)
	y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Hang(ctx, w, id, "村委会门前公开栏", w.Today())
		return err
	})
	return id
}

func (y *town) down(id int64) {
	y.Helper()
	y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Remove(ctx, w, id, "张贴期满", w.Today())
		return err
	})
}

// says lets someone say what he sees; 0 is nobody who is known.
func says(c CheckIn) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error { _, _, err := Look(ctx, w, c); return err }
}

func (y *town) see(person int64, c CheckIn) int64 {
	y.Helper()
	return y.by(person, says(c))
}

func (y *town) row(id int64) disclosure.Row {
	y.Helper()
	r, err := disclosure.Find(y.Ctx, y.DB, y.Code, id)
	if err != nil {
		y.Fatal(err)
	}
	return r
}

func (y *town) report(id int64) Report {
	y.Helper()
	r, err := Of(y.Ctx, y.DB, y.Code, y.row(id), y.J.Today())
	if err != nil {
		y.Fatal(err)
	}
	return r
}

// later moves the clock by days.
func (y *town) later(n int) calendar.Date {
	day := y.J.Today().AddDays(n)
	y.Set(day)
	return day
}

// notice is a row as the codes of paper need it.
func notice(id int64, last calendar.Date) disclosure.Row { return disclosure.Row{ID: id, Last: last} }
