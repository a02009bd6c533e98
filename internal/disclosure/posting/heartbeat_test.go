package posting

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db/dbtest"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

func (y *town) daily() {
	y.Helper()
	if err := Daily(y.Ctx, y.J, y.Code); err != nil {
		y.Fatal(err)
	}
}

// beat reads the heartbeat of a day; ok is false when there is none.
func (y *town) beat(day calendar.Date) (h Heartbeat, ok bool) {
	y.Helper()
	n, err := sealedOn(y.Ctx, y.DB, y.Code, day)
	if err != nil {
		y.Fatal(err)
	}
	if n < 0 {
		return h, false
	}
	a, err := y.J.Open(y.Ctx, y.Code, n) // anyone may read it
	if err != nil {
		y.Fatal(err)
	}
	var env journal.Envelope
	if err := json.Unmarshal([]byte(a.Payload), &env); err != nil {
		y.Fatal(err)
	}
	if err := json.Unmarshal(env.Body, &h); err != nil {
		y.Fatal(err)
	}
	if !env.By.System {
		y.Errorf("recorded by %+v", env.By)
	}
	return h, true
}

func TestOneHeartbeatADayWhateverTheClockDoes(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		first := y.J.Today()
		y.daily()
		if _, ok := y.beat(first); ok || y.Size() == 0 {
			t.Error("a town that published nothing has a heartbeat")
		}
		id := y.hung("防汛值班安排")
		y.daily()
		size := y.Size()
		y.daily()
		if y.Size() != size {
			t.Error("two heartbeats on one day")
		}
		h, _ := y.beat(first)
		if len(h.Shown) != 1 || h.Shown[0].Notice != id || h.Shown[0].Act != y.row(id).PublishAct || len(h.Shown[0].Print) != 16 || h.Older.Count != 0 {
			t.Errorf("%+v", h)
		}
		// Two days are missed, and stay so.
		third := y.later(3)
		y.daily()
		for _, day := range []calendar.Date{first.AddDays(1), first.AddDays(2)} {
			if _, ok := y.beat(day); ok {
				t.Errorf("%s is made up for", day)
			}
		}
		if _, ok := y.beat(third); !ok {
			t.Error("no heartbeat today")
		}
		// The clock is set back: the day that the record has reached stays the day.
		size = y.Size()
		y.Set(first.AddDays(1))
		y.daily()
		if y.Size() != size {
			t.Error("a heartbeat is recorded on a day that is over")
		}
		y.Set(third.AddDays(1))
		y.daily()
		r := y.report(id)
		if got := fmt.Sprint(r.Days[0].Online, r.Days[1].Online, r.Days[2].Online, r.Days[3].Online, r.Days[4].Online); got != "true false false true true" {
			t.Error(got)
		}
		// When its days are over it is no more listed, and still counted.
		y.later(30)
		y.daily()
		h, _ = y.beat(y.J.Today())
		if len(h.Shown) != 0 || h.Older.Count != 1 || h.Older.Hash == "" {
			t.Errorf("%+v", h)
		}
	})
}

func TestTwoServersMakeOneHeartbeat(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.hung("防汛值班安排")
		y.later(1)
		size := y.Size()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := Daily(context.Background(), y.J, y.Code); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := y.Size() - size; n != 1 {
			t.Errorf("%d heartbeats", n)
		}
	})
}

func TestAHeartbeatNamesWhatIsNotWhole(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t)) // left damaged
	good, bad, gone := y.hung("甲"), y.hung("乙"), y.hung("丙")
	y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
		_, err := w.Erase(ctx, journal.Erasure{Targets: []int64{y.row(gone).PublishAct}, Basis: "《个人信息保护法》第四十七条"})
		return err
	})
	if _, err := y.DB.Exec(y.Ctx, `UPDATE journal_act SET payload = REPLACE(payload, '内容。', '内客。') WHERE town = $1 AND n = $2`, y.Code, y.row(bad).PublishAct); err != nil {
		t.Fatal(err)
	}
	y.later(1)
	y.daily()
	h, _ := y.beat(y.J.Today())
	if len(h.Shown) != 1 || h.Shown[0].Notice != good || len(h.Broken) != 1 || h.Broken[0].Notice != bad || len(h.Erased) != 1 || h.Erased[0].Notice != gone {
		t.Errorf("%+v", h)
	}
	if d := y.report(bad).Days[1]; d.Online || !d.Spoiled {
		t.Errorf("%+v", d)
	}
}

// Ten villages with 40 notices a year each, hanging 15 days, publish at most a few dozen at a time; a whole year's notices put up
// on one day still fit.
func TestAHeartbeatStaysSmall(t *testing.T) {
	h := Heartbeat{Day: "2036-12-31", More: 1_000_000, Older: Older{1_000_000, strings.Repeat("a", 64)}}
	s := Shown{9_999_999, 99_999_999, "0123456789abcdef"}
	for range listMost {
		h.Shown = append(h.Shown, s)
	}
	for range brokenMost {
		h.Broken = append(h.Broken, s)
	}
	b, err := json.Marshal(h)
	if err != nil || len(b) > 60<<10 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	for _, c := range []struct {
		n    disclosure.Row
		want bool
	}{
		{disclosure.Row{Published: "2026-11-23"}, true},
		{disclosure.Row{Published: "2026-11-01"}, false},
		{disclosure.Row{Published: "2026-10-01", Posted: "2026-11-20"}, true},
		{disclosure.Row{Published: "2026-10-01", Posted: "2026-10-01", Last: "2026-12-01"}, true},
		{disclosure.Row{Published: "2026-11-01", Posted: "2026-11-01", Last: "2026-11-16"}, false},
		{disclosure.Row{Published: "2026-11-20", Posted: "2026-11-20", TakenDown: "2026-11-21"}, false},
	} {
		if got := listed(c.n, "2026-11-23"); got != c.want {
			t.Errorf("%+v: %v", c.n, got)
		}
	}
}
