package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// A full disk refuses what does not fit, keeps what was there, and when there is room again the town goes on.
func TestDiskFull(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	limit := func(pages string) {
		y.Helper()
		if err := y.j.DB.Update(y.ctx, func(tx *db.Tx) error {
			_, err := db.One[int64](y.ctx, tx, "PRAGMA max_page_count = "+pages)
			return err
		}); err != nil {
			y.Fatal(err)
		}
	}
	id := y.open("甲箱", "2026-01-01")
	pages, err := db.One[int64](y.ctx, y.j.DB, "PRAGMA page_count")
	if err != nil {
		y.Fatal(err)
	}
	limit(fmt.Sprint(pages + 20))
	kept := int64(1)
	var full *Unavailable
	for full == nil {
		_, err := y.do(func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{strings.Repeat("箱", 500)})
			return err
		})
		switch {
		case err == nil:
			kept++
		case !errors.As(err, &full) || db.Kind(err) != db.DiskFull:
			y.Fatalf("on a full disk: %v", err)
		}
	}
	if n, _ := Size(y.ctx, y.j.DB, toyTown); n != kept {
		y.Fatalf("%d acts, %d acknowledged", n, kept)
	}
	limit("1000000")
	y.must(put(id, "2026-02-01", 1))
	y.sound()
}

// The server ends connections in the middle of everything: each caller has a receipt, or an error after which the same form
// again gives exactly one act.
func TestServerEndsConnections(t *testing.T) {
	y := newToy(t, dbtest.Postgres(t))
	ctx, cancel := context.WithCancel(y.ctx)
	defer cancel()
	var killer sync.WaitGroup
	killer.Go(func() {
		defer cancel()
		for ended := 0; ended < 30; { // however slow the machine is
			time.Sleep(10 * time.Millisecond)
			pids, _ := db.All[bool](y.ctx, y.j.DB, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid() AND state IN ('active', 'idle in transaction')`)
			ended += len(pids)
		}
	})
	var broken, recorded atomic.Int64
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				for done := false; !done; {
					_, err := y.j.Record(y.ctx, toyTown, pair(fmt.Sprintf("%d-%d", g, i)))
					var u *Unavailable
					switch {
					case err == nil:
						done = true
						recorded.Add(1)
					case errors.As(err, &u):
						broken.Add(1)
					default:
						y.Errorf("request %d-%d: %v", g, i, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	killer.Wait()
	if broken.Load() == 0 {
		y.Error("no connection was ended in time; the test shows nothing")
	}
	for range 20 { // whoever reads finds the last ended connections too
		if _, err := Size(y.ctx, y.j.DB, toyTown); err == nil {
			break
		}
	}
	y.whole()
	if n, _ := Size(y.ctx, y.j.DB, toyTown); n != 2*recorded.Load() {
		y.Errorf("%d acts, %d requests acknowledged", n, recorded.Load())
	}
	t.Logf("%d requests recorded, %d answered with an error first", recorded.Load(), broken.Load())
}

// Two servers on one database write one history.
func TestTwoServers(t *testing.T) {
	each(t, func(y *toy) {
		other, err := openToy(y.j.DB, Options{})
		if err != nil {
			y.Fatal(err)
		}
		defer other.Close()
		var wg sync.WaitGroup
		var mu sync.Mutex
		taken := map[int64]bool{}
		for g := range 8 {
			j := []*Journal{y.j, other}[g%2]
			wg.Go(func() {
				for i := range 20 {
					key := fmt.Sprintf("%d-%d", g/2, i) // each form is submitted to both
					r, err := j.Record(y.ctx, toyTown, pair(key))
					if err != nil {
						y.Error(err)
						return
					}
					mu.Lock()
					taken[r.First] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(taken) != 80 {
			y.Errorf("%d receipts, want 80", len(taken))
		}
		y.whole()
	})
}

// Recording, rehearsing, reading and signing at once, in two towns of one database.
func TestAllAtOnce(t *testing.T) {
	each(t, func(y *toy) {
		second := *y
		second.town = "321002004"
		if err := y.j.Found(y.ctx, second.town, "toy.example/second"); err != nil {
			y.Fatal(err)
		}
		key := newKey(t, "toy.example/log")
		var wg sync.WaitGroup
		var recorded, rehearsed atomic.Int64
		for g := range 6 {
			town := []string{y.town, second.town}[g%2]
			wg.Go(func() {
				for i := range 15 {
					req := pair(fmt.Sprintf("%s-%d-%d", town, g, i))
					if r, err := y.j.Rehearse(y.ctx, town, req); err != nil || len(r.Acts) != 2 {
						y.Errorf("rehearsal %+v %v", r, err)
					}
					rehearsed.Add(1)
					if _, err := y.j.Record(y.ctx, town, req); err != nil {
						y.Error(err)
					}
					recorded.Add(2)
				}
			})
		}
		wg.Go(func() {
			for range 10 {
				if _, err := y.j.Sign(y.ctx, y.town, key); err != nil {
					y.Error(err)
				}
				if rep, err := y.j.Verify(y.ctx, y.town, key.verifier, nil); err != nil || !rep.OK() {
					y.Errorf("verify under load: %+v %v", rep, err)
				}
			}
		})
		wg.Wait()
		a, _ := Size(y.ctx, y.j.DB, y.town)
		b, _ := Size(y.ctx, y.j.DB, second.town)
		if a+b != recorded.Load() || rehearsed.Load() != 90 {
			y.Errorf("%d + %d acts, %d recorded", a, b, recorded.Load())
		}
		y.sound()
		second.sound()
	})
}

// A journal that was closed, a town that does not exist, a caller who is gone: each is told so.
func TestWhatCannotBeRecorded(t *testing.T) {
	each(t, func(y *toy) {
		var refusal *Refusal
		if _, err := y.j.Record(y.ctx, "999999999", pair("")); !errors.As(err, &refusal) || !strings.Contains(refusal.Message, "999999999") {
			y.Errorf("a town without a journal: %v", err)
		}
		if err := y.j.Found(y.ctx, toyTown, "toy.example/again"); !errors.As(err, &refusal) {
			y.Errorf("founded twice: %v", err)
		}
		gone, cancel := context.WithCancel(y.ctx)
		cancel()
		if _, err := y.j.Record(gone, toyTown, pair("")); !errors.Is(err, context.Canceled) {
			y.Errorf("a caller who is gone: %v", err)
		}
		y.j.Close()
		var u *Unavailable
		if _, err := y.j.Record(y.ctx, toyTown, pair("")); !errors.As(err, &u) || u.Unknown {
			y.Errorf("a closed journal: %v", err)
		}
		if n, _ := Size(y.ctx, y.j.DB, toyTown); n != 0 {
			y.Errorf("%d acts", n)
		}
	})
}

// A program whose folds have changed reads and rebuilds, but does not record on tables that another version printed.
func TestStaleTablesAreNotWrittenTo(t *testing.T) {
	each(t, func(y *toy) {
		const second = "321002004"
		id := y.open("甲箱", "2026-01-01")
		if err := y.j.Found(y.ctx, second, "toy.example/second"); err != nil {
			y.Fatal(err)
		}
		if _, err := y.j.Record(y.ctx, second, pair("")); err != nil {
			y.Fatal(err)
		}
		newer := toySlice()
		newer.Version++
		wider := boxes // the new version has a column more
		wider.Columns = append(slices.Clone(boxes.Columns), db.Column{Name: "empty", Type: db.Bool})
		wider.Indexes = []db.Index{{Name: "toy_box_empty", Columns: []string{"town", "empty", "id"}}}
		newer.Types[0].tables = []*db.Table{&wider}
		narrow := newer.Types[0].print
		newer.Types[0].print = func(id int64, s any) Print {
			p := narrow(id, s)
			p.Rows[0] = Row{&wider, append(p.Rows[0].Values, 0)}
			return p
		}
		b, err := NewBook(newer)
		if err != nil {
			y.Fatal(err)
		}
		var stale *Stale
		j, err := Open(y.ctx, y.j.DB, b, Options{})
		if !errors.As(err, &stale) || !slices.Equal(stale.Towns, []string{toyTown, second}) {
			y.Fatalf("opened with other code: %v", err)
		}
		defer j.Close()
		if _, err := j.Record(y.ctx, toyTown, Request{Decide: put(id, "2026-02-01", 1)}); !errors.As(err, &stale) {
			y.Fatalf("recorded on stale tables: %v", err)
		}
		if err := j.Found(y.ctx, "321002005", "toy.example/third"); !errors.As(err, &stale) {
			y.Fatalf("a town was founded on stale tables: %v", err)
		}
		if n, err := j.Rebuild(y.ctx, toyTown, nil); err != nil || n != 1 {
			y.Fatalf("rebuild: %d %v", n, err)
		}
		if _, err := j.Record(y.ctx, toyTown, Request{Decide: put(id, "2026-02-01", 1)}); err != nil {
			y.Fatal(err)
		}
		if _, err := j.Record(y.ctx, second, pair("")); !errors.As(err, &stale) {
			y.Fatalf("recorded for the town that is still stale: %v", err)
		}
		for range 2 { // the second time beside a town that is fresh
			if n, err := j.Rebuild(y.ctx, second, nil); err != nil || n == 0 {
				y.Fatalf("rebuild of the second town: %d %v", n, err)
			}
		}
		if n, err := db.One[int64](y.ctx, y.j.DB, `SELECT count(*) FROM toy_box WHERE empty = 0 AND town <> ''`); err != nil || n < 2 {
			y.Errorf("%d boxes of both towns, %v", n, err)
		}
		if _, err := openToy(y.j.DB, Options{}); !errors.As(err, &stale) {
			y.Fatalf("the older program opened: %v", err)
		}
		again := *y
		again.j = j
		again.sound()
	})
}
