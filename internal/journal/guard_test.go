package journal

import (
	"context"
	"errors"
	"testing"

	"cunju/internal/law"
)

// heavy is what another slice knows of balls: three are many, five too many.
func heavy(_ context.Context, _ *Writer, r Reading[putBalls]) ([]law.Verdict, error) {
	v := law.Verdict{Rule: "TC-05", Version: 1, Outcome: law.Pass, On: r.Effective}
	switch {
	case r.Body.N >= 5:
		v.Outcome = law.Refuse
	case r.Body.N >= 3:
		v.Outcome = law.Warn
	default:
		return nil, nil
	}
	return []law.Verdict{v}, nil
}

func TestGuardsJudgeActsAndCorrections(t *testing.T) {
	each(t, func(y *toy) {
		Guard(y.j.book, kPut, heavy)
		n := y.must(func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kOpen, "2026-01-05", nil, openBox{"甲"})
			return err
		}).First
		put := func(balls int64) func(context.Context, *Writer) error {
			return func(ctx context.Context, w *Writer) error {
				_, err := Add(ctx, w, kPut, "2026-01-06", []int64{n}, putBalls{balls})
				return err
			}
		}
		refused := func(err error) bool {
			var r *Refusal
			return errors.As(err, &r) && len(r.Verdicts) == 1 && r.Verdicts[0].Rule == "TC-05"
		}
		if _, err := y.do(put(5)); !refused(err) {
			y.Errorf("five balls: %v", err)
		}
		light := y.must(put(2)).First
		correct := func(body string) func(context.Context, *Writer) error {
			return func(ctx context.Context, w *Writer) error {
				_, err := w.Correct(ctx, Correction{Target: light, Body: []byte(body), Reason: "数错了"})
				return err
			}
		}
		if _, err := y.do(correct(`{"n":6}`)); !refused(err) {
			y.Errorf("corrected to six balls: %v", err)
		}
		a, err := Read(y.ctx, y.j.DB, y.town, y.must(correct(`{"n":3}`)).First)
		if err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Outcome != law.Warn {
			y.Errorf("the correction keeps %+v, %v", a.Verdicts, err)
		}
	})
}
