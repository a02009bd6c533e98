package member_test

import (
	"context"
	"encoding/json"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// Today's numbers follow whatever is put right: a voided entry, a category that was written wrong, an act that comes late.
func TestCountsFollowCorrections(t *testing.T) {
	each(t, func(y *membertest.Town) {
		void := func(n int64) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Void(ctx, journal.Voiding{Target: n, Reason: "登记错误"})
				return err
			}
		}
		correct := func(n int64, body any) journaltest.Decide {
			raw, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Correct(ctx, journal.Correction{Target: n, Body: raw, Reason: "类别填写错误"})
				return err
			}
		}
		holds := func(what string, first, second int64) {
			t.Helper()
			counts, err := member.Counts(y.Ctx, y.DB, y.Code)
			if err != nil {
				t.Fatal(err)
			}
			for unit, want := range map[int64]int64{y.First: first, y.Second: second, y.General: first + second, y.Street: first + second} {
				full, prob, err := member.Count(y.Ctx, y.DB, y.Code, unit, y.J.Today())
				if err != nil || counts[unit] != want || full+prob != want {
					t.Errorf("%s: unit %d counts %d, the ledger %d and %d, want %d (%v)", what, unit, counts[unit], full, prob, want, err)
				}
			}
			y.Sound()
		}
		joins := func(name string, branch int64) (member.Enter, int64) {
			e := member.Enter{Person: y.Person(name, "男", "1984-10-28"), Branch: branch, Category: member.Full, How: member.Opening, Admitted: "2010-07-01", Full: "2011-07-01"}
			return e, y.Must(enter(e, "2025-05-31"))
		}
		_, stays := joins("丁晓峰", y.First)
		e, wrong := joins("郭晨", y.First)
		_, mistaken := joins("朱建军", y.Second)
		holds("three entered", 2, 1)
		y.Must(void(mistaken))
		holds("an entry voided", 2, 0)
		elsewhere := e
		elsewhere.Branch = y.Second
		y.Refused(correct(wrong, elsewhere)) // a correction moves nobody: that is a transfer, or a new entry
		fresh := e
		fresh.Category, fresh.Full = member.Probationary, ""
		y.Must(correct(wrong, fresh))
		holds("a category corrected", 2, 0)
		y.Must(func(ctx context.Context, w *journal.Writer) error { // the correction is not the last act of its request
			if err := correct(wrong, e)(ctx, w); err != nil {
				return err
			}
			_, err := member.Travel(ctx, w, wrong, member.Float{Away: true, Place: "苏州市"}, "2026-08-10")
			return err
		})
		holds("corrected back, and an act after it", 2, 0)

		moved := y.Must(act(member.Transfer, stays, member.Move{Branch: y.Second}, "2026-06-01"))
		holds("moved", 1, 1)
		y.Must(act(member.Transfer, wrong, member.Move{Branch: y.Second}, "2026-09-01"))
		third := y.Unit("party-branch", "中共文峰街道文峰村第三支部委员会", "文峰村第三党支部", map[org.Line]int64{org.Party: y.General})
		y.Must(act(member.Transfer, wrong, member.Move{Branch: third}, calendar.Date("2026-03-01"))) // late: before the move that is known
		holds("a late move", 0, 2)
		y.Must(void(moved))
		holds("a move voided", 1, 1)
	})
}
