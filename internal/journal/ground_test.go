package journal

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cunju/internal/calendar"
)

func hang(box int64, from, till calendar.Date) func(context.Context, *Writer) error {
	return func(ctx context.Context, w *Writer) error {
		_, err := Add(ctx, w, kHang, from, nil, hangTag{box, till})
		return err
	}
}

// What one entity needs of another holds across requests, late entries, corrections and batches, and the act in the way is
// named by a number that exists.
func TestUsesAndLives(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-03-01")
		refused := func(what string, act int64, word string, f func(context.Context, *Writer) error) {
			y.Helper()
			before, _ := Size(y.ctx, y.j.DB, toyTown)
			var r *Refusal
			_, err := y.do(f)
			if !errors.As(err, &r) || r.Act != act || !strings.Contains(r.Message, word) {
				y.Errorf("%s: want a refusal that names %d and says %q, got %v", what, act, word, err)
			}
			if after, _ := Size(y.ctx, y.j.DB, toyTown); after != before {
				y.Errorf("%s: recorded", what)
			}
		}
		refused("before the box was there", -1, "还没有设立", hang(id, "2026-02-01", "2026-05-01"))
		refused("on no box", -1, "不存在", hang(99, "2026-04-01", "2026-05-01"))
		tag := y.must(hang(id, "2026-04-01", "2026-06-01")).First
		refused("the box set up later", tag, "就不能成立", func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: id, Effective: "2026-04-02", Reason: "日期写错"})
			return err
		})
		refused("the box closed under the tag", tag, "挂牌", func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kClose, "2026-05-31", []int64{id}, closeBox{})
			return err
		})
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: id, Effective: "2026-04-01", Reason: "日期写错"})
			return err
		})
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kClose, "2026-06-01", []int64{id}, closeBox{})
			return err
		})
		refused("after the box was closed", -1, "终止", hang(id, "2026-05-01", "2026-07-01"))
		refused("a tag corrected beyond it", tag, "终止", func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: tag, Body: []byte(`{"box":0,"till":"2026-06-02"}`), Reason: "x"})
			return err
		})
		// In one batch the order does not matter, and what contradicts itself names nothing that will not exist.
		refused("a batch that closes its own ground", -1, "终止", func(ctx context.Context, w *Writer) error {
			b, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"乙箱"})
			if err != nil {
				return err
			}
			if err := hang(b, "2026-02-01", "2026-09-01")(ctx, w); err != nil {
				return err
			}
			_, err = Add(ctx, w, kClose, "2026-08-01", []int64{b}, closeBox{})
			return err
		})
		y.must(func(ctx context.Context, w *Writer) error { // the tag first, its box after it
			b := w.Next() + 1
			if err := hang(b, "2026-02-01", "2026-09-01")(ctx, w); err != nil {
				return err
			}
			_, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"丙箱"})
			return err
		})
		y.sound()
	})
}

// Two that do not fit together come at the same moment: the later one is told of the earlier, which is kept.
func TestGroundTakenAtTheSameMoment(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		held, release := make(chan bool), make(chan bool)
		gate := &job{ctx: y.ctx, done: make(chan answer, 1), req: Request{Decide: func(context.Context, *Writer) error { close(held); <-release; return nil }}}
		var jobs []*job
		for i, f := range []func(context.Context, *Writer) error{
			nil, // the gate
			hang(id, "2026-02-01", "2026-09-01"),
			func(ctx context.Context, w *Writer) error {
				_, err := Add(ctx, w, kClose, "2026-08-01", []int64{id}, closeBox{})
				return err
			},
			put(id, "2026-03-01", 1),
		} {
			jb := gate
			if i > 0 {
				jb = &job{ctx: y.ctx, done: make(chan answer, 1), req: Request{Decide: f}}
				jobs = append(jobs, jb)
			}
			if err := y.j.enqueue(toyTown, jb); err != nil {
				y.Fatal(err)
			}
			if i == 0 {
				<-held
			}
		}
		close(release)
		tag := <-jobs[0].done
		closed := <-jobs[1].done
		ball := <-jobs[2].done
		var r *Refusal
		if tag.err != nil || !errors.As(closed.err, &r) || r.Act != tag.receipt.First || ball.err != nil || ball.receipt.First != tag.receipt.First+1 {
			y.Fatalf("tag %+v, close %+v, ball %+v", tag, closed, ball)
		}
		y.sound()
	})
}

// A late entry before the entity's creation, and a correction that moves an act before it, are refused.
func TestNothingBeforeTheBeginning(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-03-01")
		ball := y.must(put(id, "2026-04-01", 1)).First
		var r *Refusal
		for what, f := range map[string]func(context.Context, *Writer) error{
			"a late entry": put(id, "2026-02-01", 1),
			"a correction of the ball": func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: ball, Effective: "2026-02-01", Reason: "x"})
				return err
			},
			"a correction of the box": func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: id, Effective: "2026-05-01", Reason: "x"})
				return err
			},
			"an impossible day": put(id, "2026-02-30", 1),
			"a correction to an impossible day": func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: ball, Effective: "2026-13-01", Reason: "x"})
				return err
			},
			"a correction to another form": func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: ball, Body: []byte(`{"n":"five"}`), Reason: "x"})
				return err
			},
			"a correction without a reason": func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: ball, Effective: "2026-04-02"})
				return err
			},
			"a ball into a tag": func(ctx context.Context, w *Writer) error {
				if err := hang(id, "2026-03-01", "2026-04-01")(ctx, w); err != nil {
					return err
				}
				return put(w.Next()-1, "2026-04-01", 1)(ctx, w)
			},
		} {
			if _, err := y.do(f); !errors.As(err, &r) || r.Message == "" {
				y.Errorf("%s: %v", what, err)
			}
		}
		// Corrections build on each other; one after a void brings the act back.
		for _, c := range []Correction{{Target: ball, Body: []byte(`{"n":4}`), Reason: "数目"}, {Target: ball, Effective: "2026-05-01", Reason: "日期"}} {
			y.must(func(ctx context.Context, w *Writer) error { _, err := w.Correct(ctx, c); return err })
		}
		if got := y.balls(id); got != 4 {
			y.Fatalf("balls = %d", got)
		}
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Void(ctx, Voiding{Target: ball, Reason: "x"})
			return err
		})
		if got := y.balls(id); got != 0 {
			y.Fatalf("balls = %d", got)
		}
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: ball, Reason: "撤销错了"})
			return err
		})
		s, ok, err := StateOf[box](y.ctx, y.j.DB, y.j.book, toyTown, id, AsOf("2026-04-30"))
		if err != nil || !ok || s.balls != 0 || y.balls(id) != 4 {
			y.Fatalf("on 2026-04-30: %+v %v %v; now %d", s, ok, err, y.balls(id))
		}
		y.sound()
	})
}

// Load is only quicker: states are the same, also of what does not exist.
func TestLoadMany(t *testing.T) {
	each(t, func(y *toy) {
		r := y.must(func(ctx context.Context, w *Writer) error {
			for i := range 300 {
				id, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"箱"})
				if err != nil {
					return err
				}
				if err := put(id, "2026-02-01", int64(i))(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		y.must(func(ctx context.Context, w *Writer) error {
			ids := []int64{-1, 9999, 4, 4}
			for id := r.First; id <= r.Last; id += 2 {
				ids = append(ids, id)
			}
			if err := w.Load(ctx, ids...); err != nil {
				return err
			}
			for i, id := range ids[4:] {
				if s, ok, err := State[box](ctx, w, id); err != nil || !ok || s.balls != int64(i) {
					y.Errorf("box %d: %+v %v %v", id, s, ok, err)
				}
			}
			for _, id := range ids[:2] {
				if _, ok, err := State[box](ctx, w, id); ok || err != nil {
					y.Errorf("box %d exists: %v", id, err)
				}
			}
			return nil
		})
	})
}
