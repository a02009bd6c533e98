package journal

import (
	"context"
	"fmt"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// A slice as small as can be: boxes that hold balls, and tags that hang on a box for a time.

type openBox struct {
	Name string `json:"name"`
}
type putBalls struct {
	N int64 `json:"n"`
}
type closeBox struct{}
type hangTag struct {
	Box  int64         `json:"box"`
	Till calendar.Date `json:"till"`
}

var (
	kOpen  = Kind[openBox]{Name: "toy.open/1", Title: "开箱", Public: true}
	kPut   = Kind[putBalls]{Name: "toy.put/1", Title: "放球"}
	kClose = Kind[closeBox]{Name: "toy.close/1", Title: "封箱"}
	kHang  = Kind[hangTag]{Name: "toy.hang/1", Title: "挂牌"}
)

type box struct {
	name     string
	balls    int64
	from, to calendar.Date
}

type tag struct {
	box  int64
	act  int64
	span Span
}

var boxes = db.Table{Name: "toy_box", Key: 2, Columns: []db.Column{{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "name", Type: db.Text}, {Name: "balls", Type: db.Int}}}

// totals is derived from the boxes' rows rather than from one box.
var totals = db.Table{Name: "toy_total", Key: 2, Columns: []db.Column{{Name: "town", Type: db.Text}, {Name: "name", Type: db.Text}, {Name: "boxes", Type: db.Int}, {Name: "balls", Type: db.Int}}}

func countBoxes(ctx context.Context, tx *db.Tx, town string, _ map[string][]int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM toy_total WHERE town = $1`, town); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO toy_total (town, name, boxes, balls)
		SELECT town, name, count(*), CAST(SUM(balls) AS BIGINT) FROM toy_box WHERE town = $1 GROUP BY town, name`, town)
	return err
}

func toySlice() Slice {
	return Slice{Name: "toy", Version: 1, Derived: []Derived{
		{Name: "totals", Watches: []string{"toy.box"}, Tables: []*db.Table{&totals}, Refresh: countBoxes},
	}, Types: []*Type{
		Define(Entity[box]{Name: "toy.box", Tables: []*db.Table{&boxes}, Folds: []Fold[box]{
			Creates(kOpen, func(s *box, st *Step, b *openBox) error {
				s.name, s.from, s.to = b.Name, st.Effective, "9999-12-31"
				return nil
			}),
			On(kPut, func(s *box, st *Step, b *putBalls) error {
				if s.to != calendar.Forever {
					return fmt.Errorf("箱子已封")
				}
				if s.balls += b.N; s.balls < 0 {
					return fmt.Errorf("箱里没有那么多球")
				}
				st.Move("world", fmt.Sprintf("%d/balls", st.Entity), "ball", b.N)
				return nil
			}),
			On(kClose, func(s *box, st *Step, _ *closeBox) error { s.to = st.Effective; return nil }),
		}, Print: func(id int64, s *box) Print {
			return Print{Rows: []Row{{&boxes, []any{id, s.name, s.balls}}}, Life: Span{s.from, s.to}}
		}}),
		Define(Entity[tag]{Name: "toy.tag", Folds: []Fold[tag]{
			Creates(kHang, func(s *tag, st *Step, b *hangTag) error {
				*s = tag{b.Box, st.N, Span{st.Effective, b.Till}}
				return nil
			}),
		}, Print: func(id int64, s *tag) Print {
			return Print{Life: s.span, Uses: []Use{{s.box, s.act, s.span}}}
		}}),
	}}
}

const toyTown = "321002003"

// toy is a journal of the toy slice with a clock that moves one second a request.
type toy struct {
	*testing.T
	j    *Journal
	ctx  context.Context
	town string
}

// openToy opens a journal of the toy slice.
func openToy(d *db.DB, opt Options) (*Journal, error) {
	b, err := NewBook(toySlice())
	if err != nil {
		return nil, err
	}
	return Open(context.Background(), d, b, opt)
}

func newToy(t *testing.T, d *db.DB) *toy {
	t.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	j, err := openToy(d, Options{Clock: func() time.Time { now = now.Add(time.Second); return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	if err := j.Found(context.Background(), toyTown, "toy.example/log"); err != nil {
		t.Fatal(err)
	}
	return &toy{t, j, context.Background(), toyTown}
}

func (y *toy) do(f func(ctx context.Context, w *Writer) error) (Receipt, error) {
	return y.j.Record(y.ctx, y.town, Request{Decide: f})
}

func (y *toy) must(f func(ctx context.Context, w *Writer) error) Receipt {
	y.Helper()
	r, err := y.do(f)
	if err != nil {
		y.Fatal(err)
	}
	return r
}

func (y *toy) open(name string, on calendar.Date) int64 {
	y.Helper()
	return y.must(func(ctx context.Context, w *Writer) error {
		_, err := Add(ctx, w, kOpen, on, nil, openBox{name})
		return err
	}).First
}

func put(id int64, on calendar.Date, n int64) func(context.Context, *Writer) error {
	return func(ctx context.Context, w *Writer) error {
		_, err := Add(ctx, w, kPut, on, []int64{id}, putBalls{n})
		return err
	}
}

// sound holds every promise against the database: the log verifies, and a reprint equals the live tables.
func (y *toy) sound() {
	y.Helper()
	rep, err := y.j.Verify(y.ctx, y.town, nil, nil)
	if err != nil {
		y.Fatal(err)
	}
	if !rep.OK() {
		y.Fatalf("verify: %+v", rep.Faults)
	}
	_, diffs, err := y.j.CheckProjections(y.ctx, y.town, nil)
	if err != nil {
		y.Fatal(err)
	}
	if len(diffs) > 0 {
		y.Fatalf("projections differ: %+v", diffs)
	}
}

func (y *toy) balls(id int64) int64 {
	y.Helper()
	n, err := db.One[int64](y.ctx, y.j.DB, `SELECT balls FROM toy_box WHERE town = $1 AND id = $2`, y.town, id)
	if err != nil {
		y.Fatal(err)
	}
	return n
}

func each(t *testing.T, f func(y *toy)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newToy(t, d)) })
}
