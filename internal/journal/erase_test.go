package journal

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func (y *toy) erase(targets ...int64) error {
	_, err := y.do(func(ctx context.Context, w *Writer) error {
		_, err := w.Erase(ctx, Erasure{Targets: targets, Basis: "个人信息保护法 第四十七条"})
		return err
	})
	return err
}

// What the law takes is the contents. Who acted, about what and when stays, also what corrections said of the date and that an
// act was void: an erased act does not come back to life.
func TestErasureKeepsThePlace(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		moved := y.must(put(id, "2026-02-01", 5)).First
		voided := y.must(put(id, "2026-02-01", 7)).First
		y.must(func(ctx context.Context, w *Writer) error {
			if _, err := w.Correct(ctx, Correction{Target: moved, Effective: "2026-04-01", Body: []byte(`{"n":6,"张三":"不在格式内"}`), Reason: "张三的球"}); err != nil {
				return err
			}
			_, err := w.Void(ctx, Voiding{Target: voided, Reason: "张三录错"})
			return err
		})
		if got := y.balls(id); got != 6 {
			y.Fatalf("balls = %d", got)
		}
		if err := y.erase(moved, voided); err != nil {
			y.Fatal(err)
		}
		acts, err := Acts(y.ctx, y.j.DB, toyTown, id)
		if err != nil {
			y.Fatal(err)
		}
		for _, a := range acts {
			if strings.Contains(string(a.Body), "张三") {
				y.Errorf("act %d still says %s", a.N, a.Body)
			}
			if a.N >= moved && a.N < 5 && (!a.Erased || len(a.On) != 1 || a.On[0] != id) {
				y.Errorf("act %d: %+v", a.N, a)
			}
		}
		// The void act stays void, and the other holds from the corrected day: before it there is nothing to fold.
		fixes := correctionsIn(acts, -1)
		if !fixes[voided].void || fixes[moved].effective != "2026-04-01" || fixes[moved].void {
			y.Fatalf("after the erasure acts read %+v", fixes)
		}
		if got := y.balls(id); got != 0 {
			y.Fatalf("balls = %d", got)
		}
		y.sound()

		// Its date can still be corrected, its contents cannot be written again, and it can only be erased once.
		var r *Refusal
		fix := func(c Correction) error {
			_, err := y.do(func(ctx context.Context, w *Writer) error { _, err := w.Correct(ctx, c); return err })
			return err
		}
		if err := fix(Correction{Target: moved, Body: []byte(`{"n":1}`), Reason: "再写"}); !errors.As(err, &r) {
			y.Errorf("contents written again: %v", err)
		}
		if err := fix(Correction{Target: moved, Effective: "2026-05-01", Reason: "日期"}); err != nil {
			y.Error(err)
		}
		if err := y.erase(moved); !errors.As(err, &r) {
			y.Errorf("erased twice: %v", err)
		}
		if err := y.erase(); !errors.As(err, &r) {
			y.Errorf("nothing erased: %v", err)
		}
		y.sound()
	})
}

// Contents that a later act stands on are not taken away under it.
func TestErasureUnderALaterAct(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		in := y.must(put(id, "2026-02-01", 5)).First
		out := y.must(put(id, "2026-03-01", -5)).First
		var r *Refusal
		if err := y.erase(in); !errors.As(err, &r) || r.Act != out {
			y.Fatalf("want a refusal that names act %d, got %v", out, err)
		}
		if a, err := Read(y.ctx, y.j.DB, toyTown, in); err != nil || a.Erased {
			y.Fatalf("a refused erasure took the contents: %+v %v", a, err)
		}
		if got := y.balls(id); got != 0 {
			y.Fatalf("balls = %d", got)
		}
		y.sound()
		if err := y.erase(in, out); err != nil {
			y.Fatal(err)
		}
		y.sound()
	})
}
