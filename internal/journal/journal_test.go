package journal

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"cunju/internal/ledger"
)

func TestRecordFoldsPostsAndSeals(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		y.must(put(id, "2026-02-01", 5))
		y.must(put(id, "2026-03-01", -2))
		if got := y.balls(id); got != 3 {
			y.Fatalf("balls = %d", got)
		}
		if got, _ := ledger.Balance(y.ctx, y.j.DB, toyTown, "ball", "0/balls", "2026-02-28"); got != 5 {
			y.Fatalf("balance on 2026-02-28 = %d", got)
		}
		mv, err := ledger.Movements(y.ctx, y.j.DB, toyTown, "ball", "0", "2025-12-31", "2026-12-31")
		if err != nil || len(mv) != 1 || mv[0] != (ledger.Movement{Contra: "world", In: 5, Out: 2}) {
			y.Fatalf("movements = %+v, %v", mv, err)
		}
		s, ok, err := StateOf[box](y.ctx, y.j.DB, y.j.book, toyTown, id, AsOf("2026-02-15"))
		if err != nil || !ok || s.balls != 5 {
			y.Fatalf("as of 2026-02-15: %+v %v %v", s, ok, err)
		}
		y.sound()
	})
}

func TestLateEntryFallsIntoItsPlaceOrIsRefused(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		y.must(put(id, "2026-03-01", 5))
		out := y.must(put(id, "2026-05-01", -5)).First
		y.must(put(id, "2026-02-01", 1))
		if y.balls(id) != 1 {
			y.Fatalf("balls = %d", y.balls(id))
		}
		_, err := y.do(put(id, "2026-04-01", -3))
		var r *Refusal
		if !errors.As(err, &r) || r.Act != out || !strings.Contains(r.Message, "放球") {
			y.Fatalf("want a refusal that names act %d, got %v", out, err)
		}
		if _, err := y.do(put(id, "2025-12-31", 1)); err == nil || !strings.Contains(err.Error(), "早于设立") {
			y.Fatalf("before it was opened: %v", err)
		}
		y.sound()
	})
}

func TestCorrectionAndVoid(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		in := y.must(put(id, "2026-02-01", 50)).First
		out := y.must(put(id, "2026-03-01", -4)).First
		fix := y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: in, Body: []byte(`{"n":5}`), Reason: "多写了一个零"})
			return err
		}).First
		if y.balls(id) != 1 {
			y.Fatalf("balls = %d", y.balls(id))
		}
		// As it was known before the correction, it was 46.
		s, _, err := StateOf[box](y.ctx, y.j.DB, y.j.book, toyTown, id, At{Known: fix - 1})
		if err != nil || s.balls != 46 {
			y.Fatalf("as known before: %+v %v", s, err)
		}
		_, err = y.do(func(ctx context.Context, w *Writer) error {
			_, err := w.Void(ctx, Voiding{Target: in, Reason: "录错"})
			return err
		})
		var r *Refusal
		if !errors.As(err, &r) || r.Act != out {
			y.Fatalf("voiding the balls that were taken out later: %v", err)
		}
		if _, err = y.do(func(ctx context.Context, w *Writer) error {
			_, err := w.Correct(ctx, Correction{Target: fix, Reason: "x"})
			return err
		}); err == nil {
			y.Fatal("a correction was corrected")
		}
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Void(ctx, Voiding{Target: out, Reason: "录错"})
			return err
		})
		if y.balls(id) != 5 {
			y.Fatalf("balls = %d", y.balls(id))
		}
		y.sound()
	})
}

func TestTheGroundOfALaterActIsKept(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		tagged := y.must(func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kHang, "2026-02-01", nil, hangTag{id, "2026-06-01"})
			return err
		}).First
		shut := func(on string) error {
			_, err := y.do(func(ctx context.Context, w *Writer) error {
				_, err := Add(ctx, w, kClose, "2026-05-01", []int64{id}, closeBox{})
				return err
			})
			return err
		}
		var r *Refusal
		if err := shut("2026-05-01"); !errors.As(err, &r) || r.Act != tagged {
			y.Fatalf("closing under a tag: %v", err)
		}
		_, err := y.do(func(ctx context.Context, w *Writer) error {
			_, err := w.Void(ctx, Voiding{Target: id, Reason: "录错"})
			return err
		})
		if !errors.As(err, &r) || r.Act != tagged {
			y.Fatalf("voiding what a tag needs: %v", err)
		}
		// Shortening the tag and closing the box in one request is fine: grounds are checked at its end.
		y.must(func(ctx context.Context, w *Writer) error {
			if _, err := Add(ctx, w, kClose, "2026-05-01", []int64{id}, closeBox{}); err != nil {
				return err
			}
			_, err := w.Correct(ctx, Correction{Target: tagged, Body: []byte(`{"box":0,"till":"2026-05-01"}`), Reason: "早摘"})
			return err
		})
		y.sound()
	})
}

func TestAllOrNothingAndRehearsal(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		batch := func(last int64) func(context.Context, *Writer) error {
			return func(ctx context.Context, w *Writer) error {
				for _, n := range []int64{3, 4, last} {
					if err := put(id, "2026-02-01", n)(ctx, w); err != nil {
						return err
					}
				}
				return nil
			}
		}
		if _, err := y.do(batch(-100)); err == nil {
			y.Fatal("a batch with a bad act was recorded")
		}
		r, err := y.j.Rehearse(y.ctx, toyTown, Request{Decide: batch(1)})
		if err != nil || len(r.Acts) != 3 {
			y.Fatalf("rehearsal: %+v %v", r, err)
		}
		if n, _ := Size(y.ctx, y.j.DB, toyTown); n != 1 || y.balls(id) != 0 {
			y.Fatalf("rehearsal left traces: size %d, balls %d", n, y.balls(id))
		}
		y.must(batch(1))
		if y.balls(id) != 8 {
			y.Fatalf("balls = %d", y.balls(id))
		}
		if _, err := y.do(func(context.Context, *Writer) error { panic("bang") }); err == nil {
			y.Fatal("a panic was recorded")
		}
		y.sound()
	})
}

func TestTheSameFormTwice(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		form := Request{Key: "k1", Input: []byte("n=5"), Decide: put(id, "2026-02-01", 5)}
		var wg sync.WaitGroup
		var mu sync.Mutex
		firsts, repeats := map[int64]bool{}, 0
		for range 8 {
			wg.Go(func() {
				r, err := y.j.Record(y.ctx, toyTown, form)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					y.Error(err)
				}
				firsts[r.First] = true
				if r.Repeated {
					repeats++
				}
			})
		}
		wg.Wait()
		if y.balls(id) != 5 || len(firsts) != 1 || repeats != 7 {
			y.Fatalf("balls %d, receipts %v, repeats %d", y.balls(id), firsts, repeats)
		}
		form.Input = []byte("n=6")
		var c *Conflict
		if _, err := y.j.Record(y.ctx, toyTown, form); !errors.As(err, &c) || !c.Reused {
			y.Fatalf("same key, other form: %v", err)
		}
		_, err := y.j.Record(y.ctx, toyTown, Request{Seen: map[int64]int64{id: id}, Decide: put(id, "2026-02-02", 1)})
		if !errors.As(err, &c) || len(c.Since) != 1 {
			y.Fatalf("a change that was not seen: %v", err)
		}
		y.sound()
	})
}

func TestEraseKeepsTheTree(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		secret := y.must(put(id, "2026-02-01", 5)).First
		before, _ := Size(y.ctx, y.j.DB, toyTown)
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Erase(ctx, Erasure{Targets: []int64{secret}, Basis: "个人信息保护法 第四十七条"})
			return err
		})
		a, err := Read(y.ctx, y.j.DB, toyTown, secret)
		if err != nil || !a.Erased || len(a.Body) != 0 {
			y.Fatalf("erased act: %+v %v", a, err)
		}
		rep, err := y.j.Verify(y.ctx, toyTown, nil, nil)
		if err != nil || !rep.OK() || rep.Erased != 1 || rep.Size != before+1 {
			y.Fatalf("verify after erasure: %+v %v", rep, err)
		}
		y.sound()
	})
}

func TestRebuildPrintsTheSame(t *testing.T) {
	each(t, func(y *toy) {
		a, b := y.open("甲箱", "2026-01-01"), y.open("乙箱", "2025-06-01")
		y.must(put(a, "2026-02-01", 5))
		y.must(put(b, "2026-01-15", 7))
		y.must(put(a, "2026-01-20", 2))
		if _, err := y.j.DB.Exec(y.ctx, `UPDATE toy_box SET balls = 99 WHERE town = $1`, toyTown); err != nil {
			y.Fatal(err)
		}
		if _, diffs, err := y.j.CheckProjections(y.ctx, toyTown, nil); err != nil || len(diffs) != 1 || diffs[0].Table != "toy_box" {
			y.Fatalf("a changed row was not noticed: %+v %v", diffs, err)
		}
		n, err := y.j.Rebuild(y.ctx, toyTown, nil)
		if err != nil || n != 5 {
			y.Fatalf("rebuild: %d %v", n, err)
		}
		y.sound()
	})
}
