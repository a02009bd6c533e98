package disclosure

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/law"
)

func each(t *testing.T, f func(t *testing.T, y *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		f(t, y)
		y.Sound()
	})
}

func TestTheWholeLifeOfANotice(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		if r := y.row(id); r.Next != StepSubmit || r.Number != "" || r.Published != "" || r.PublishAct != -1 || r.Income != 68_600_00 {
			t.Fatalf("draft %+v", r)
		}
		for i, step := range []struct {
			person int64
			f      func(int64) func(context.Context, *journal.Writer) error
			next   string
		}{
			{y.Accountant, func(id int64) func(context.Context, *journal.Writer) error { return hand(id) }, StepCheck},
			{y.Watch, func(id int64) func(context.Context, *journal.Writer) error { return examine(id, Check{Agree: true}) }, StepApprove},
			{y.Secretary, func(id int64) func(context.Context, *journal.Writer) error { return decide(id, Approve{Agree: true}) }, StepPublish},
			{y.Director, func(id int64) func(context.Context, *journal.Writer) error { return release(id) }, StepPost},
			{y.Director, func(id int64) func(context.Context, *journal.Writer) error { return hang(id) }, StepTakeDown},
		} {
			y.by(step.person, step.f(id))
			if r := y.row(id); r.Next != step.next {
				t.Fatalf("after step %d: %+v", i, r)
			}
		}
		r := y.row(id)
		if r.Number != "文峰村村委会公开〔2026〕1号" || r.Published != "2026-11-23" || r.Posted != "2026-11-23" {
			t.Fatalf("published %+v", r)
		}
		// Posted on Monday 2026-11-23: that day is not counted, the fifteenth is Tuesday 2026-12-08, a working day.
		y.Set("2026-12-08")
		no := y.Refused(remove(id))
		if len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "DS-03-days" || no.Verdicts[0].Outcome != law.Refuse {
			t.Fatalf("taken down on the last day: %+v", no)
		}
		wantIn(t, no.Verdicts[0].Text(), "2026年12月8日", "2026年12月9日起可以撤下")
		y.Set("2026-12-09")
		y.by(y.Secretary, remove(id))
		if r := y.row(id); r.Next != StepFile || r.TakenDown != "2026-12-09" || r.State() != "待归档" {
			t.Fatalf("taken down %+v", r)
		}
		y.by(y.Accountant, archive(id, "WF-2026-001"))
		if r := y.row(id); r.Next != "" || r.State() != "已归档" || r.FileNumber != "WF-2026-001" || r.Filed != "2026-12-09" {
			t.Fatalf("filed %+v", r)
		}
		for _, late := range []func(context.Context, *journal.Writer) error{hand(id), hang(id), remove(id)} {
			y.Refused(late)
		}
	})
}

func TestNobodyChecksOrApprovesWhatHeWrote(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Secretary, october(), 0)
		y.by(y.Secretary, hand(id))
		y.As(y.Secretary)
		y.Refused(examine(id, Check{Agree: true}))
		y.by(y.Watch, examine(id, Check{Agree: false, Note: "租金少记一笔"}))
		// Another rewrites it: the secretary wrote a version all the same.
		y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := Rewrite(ctx, w, id, october(), w.Today())
			return err
		})
		if no := y.Refused(hand(id)); no.Field != "reply" {
			t.Fatalf("an opinion without an answer: %+v", no)
		}
		y.by(y.Accountant, handAnswering(id, "租金已补记"))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		for _, who := range []int64{y.Secretary, y.Accountant} {
			y.As(who)
			if no := y.Refused(decide(id, Approve{Agree: true})); len(no.Verdicts) == 0 {
				t.Fatalf("person %d approves his own: %+v", who, no)
			}
		}
		y.by(y.Director, decide(id, Approve{Agree: true}))
	})
}

func TestWhoExaminedANoticeDoesNotApproveIt(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(id))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		for _, a := range []Approve{{Agree: true}, {Agree: false, Note: "附上合同"}} {
			no := y.Refused(decide(id, a))
			if len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "IC-04" || no.Verdicts[0].Outcome != law.Refuse {
				t.Fatalf("examined and approved by one person: %+v", no)
			}
			wantIn(t, no.Verdicts[0].Text(), "审查和审批是同一人", "请另一位有审批职权的人审批")
		}
		if r := y.row(id); r.Next != StepApprove {
			t.Fatalf("%+v", r)
		}
		// Another approves; when it was sent back and another examined it anew, the first examiner has no part in it any more.
		y.by(y.Secretary, decide(id, Approve{Agree: false, Note: "附上合同"}))
		y.by(y.Accountant, hand(id))
		y.by(y.Secretary, examine(id, Check{Agree: true}))
		y.As(y.Secretary)
		y.Refused(decide(id, Approve{Agree: true}))
		y.by(y.Watch, decide(id, Approve{Agree: true}))
	})
}

func TestObjectionsSendBackAndEveryStepHasItsPlace(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		y.As(y.Watch)
		y.Refused(examine(id, Check{Agree: true})) // not submitted yet
		y.Refused(release(id))
		y.by(y.Accountant, hand(id))
		y.As(y.Watch)
		if no := y.Refused(examine(id, Check{Agree: false})); no.Field != "note" {
			t.Fatalf("an objection without a reason: %+v", no)
		}
		y.Refused(release(id)) // publishing without check
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.Refused(release(id)) // publishing without approval
		y.by(y.Secretary, decide(id, Approve{Agree: false, Note: "附上合同"}))
		if r := y.row(id); r.Next != StepSubmit {
			t.Fatalf("sent back: %+v", r)
		}
		y.by(y.Accountant, hand(id))
		y.As(y.Accountant)
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Rewrite(ctx, w, id, october(), w.Today())
			return err
		}) // submitted drafts stand still
		y.As(y.Secretary)
		y.Refused(decide(id, Approve{Agree: true})) // must be checked again
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.by(y.Secretary, decide(id, Approve{Agree: true}))
		y.by(y.Director, release(id))
		y.As(y.Accountant)
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := GiveUp(ctx, w, id, "不发了", w.Today())
			return err
		})
	})
}

func TestWithdrawnDraftsAreOver(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := GiveUp(ctx, w, id, "重复", w.Today())
			return err
		})
		if r := y.row(id); r.Next != "" || r.State() != "已撤回" {
			t.Fatalf("%+v", r)
		}
		y.Refused(hand(id))
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := GiveUp(ctx, w, id, "再撤", w.Today())
			return err
		})
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Rewrite(ctx, w, id, october(), w.Today())
			return err
		})
	})
}

func TestCorrectionsFormAChainWithOneEnd(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		first := y.out(october(), 0)
		fixed := october()
		fixed.Title, fixed.Text = "文峰村2026年10月财务收支公开表（更正）", "原公示租金来源写错，现更正。"
		second := y.out(fixed, first)
		y.As(y.Accountant)
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.Committee, fixed, first, w.Today())
			return err
		})
		third := y.begin(y.Accountant, fixed, second)
		y.Refused(func(ctx context.Context, w *journal.Writer) error { // of a draft
			_, err := Begin(ctx, w, y.Committee, fixed, third, w.Today())
			return err
		})
		if id, err := Replacement(y.Ctx, y.DB, y.Code, first); err != nil || id != second {
			t.Fatalf("%d is replaced by %d, %v", first, id, err)
		}
		if id, err := Replacement(y.Ctx, y.DB, y.Code, second); err != nil || id != -1 {
			t.Fatalf("a draft replaces already: %d, %v", id, err)
		}
		// Two drafts may compete to correct the same notice; only one is published.
		fourth := y.begin(y.Accountant, fixed, second)
		for i, id := range []int64{third, fourth} {
			y.by(y.Accountant, hand(id))
			y.by(y.Watch, examine(id, Check{Agree: true}))
			y.by(y.Secretary, decide(id, Approve{Agree: true}))
			y.As(y.Director)
			if i == 0 {
				y.Must(release(id))
			} else {
				y.Refused(release(id))
			}
		}
	})
}

func TestNumbersRunByUnitAndYear(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.Set("2026-12-29")
		for i := range 3 {
			id := y.out(october(), 0)
			if got, want := y.row(id).Number, fmt.Sprintf("文峰村村委会公开〔2026〕%d号", i+1); got != want {
				t.Fatalf("%s, want %s", got, want)
			}
		}
		y.Set("2027-01-02")
		last := y.out(october(), 0)
		if got := y.row(last).Number; got != "文峰村村委会公开〔2027〕1号" {
			t.Fatal(got)
		}
		// What was published stays: neither its content nor its number can be corrected or voided, by whoever may correct acts.
		y.Set("2027-01-03")
		y.out(october(), 0)
		acts, err := journal.Acts(y.Ctx, y.DB, y.Code, last)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range acts {
			y.Refused(func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Void(ctx, journal.Voiding{Target: a.N, Reason: "误点"})
				return err
			})
			y.Refused(func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Correct(ctx, journal.Correction{Target: a.N, Body: a.Body, Reason: "改"})
				return err
			})
		}
		if got := y.row(y.out(october(), 0)).Number; got != "文峰村村委会公开〔2027〕3号" {
			t.Fatal(got)
		}
	})
}

func TestLatePublicationIsRecordedWithAWarning(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.set(law.MonthlyMoney, 1)
		y.Set("2027-01-20")
		y.out(october(), 0)
		y.Set("2027-03-05") // nothing in February
		late := y.out(october(), 0)
		acts, err := journal.Acts(y.Ctx, y.DB, y.Code, late)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, a := range acts {
			for _, v := range a.Verdicts {
				if v.Rule == "DS-02" {
					found = v.Outcome == law.Warn
					wantIn(t, v.Text(), "2027年2月28日", "已迟5日")
				}
			}
		}
		if !found {
			t.Fatal("no warning stands in the act")
		}
	})
}

func TestPersonalNumbersDoNotGetOut(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := october()
		c.Finance.Lines[1].Note = "电话13812345678"
		y.As(y.Accountant)
		begin := func(c Content) func(context.Context, *journal.Writer) error {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Begin(ctx, w, y.Committee, c, 0, w.Today())
				return err
			}
		}
		no := y.Refused(begin(c))
		if len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "DS-18" {
			t.Fatalf("%+v", no)
		}
		if m := no.Error(); len(m) > 0 && containsDigits(m, "13812345678") {
			t.Fatal("the refusal repeats the number")
		}
		y.Must(begin(c.Masked()))
		c.Consent = true
		y.Must(begin(c))
	})
}

func containsDigits(s, digits string) bool {
	for i := 0; i+len(digits) <= len(s); i++ {
		if s[i:i+len(digits)] == digits {
			return true
		}
	}
	return false
}

func TestUnitsPublishOnlyWhatIsTheirs(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.As(y.Accountant)
		c := october()
		c.Subject = "party"
		if no := y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.Committee, c, 0, w.Today())
			return err
		}); no.Field != "subject" {
			t.Fatalf("%+v", no)
		}
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.Village, october(), 0, w.Today()) // a place publishes nothing
			return err
		})
	})
}

func TestLateEntryOfPostingFallsIntoItsPlace(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(id))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.by(y.Secretary, decide(id, Approve{Agree: true}))
		y.by(y.Director, release(id))
		y.Set("2026-11-26")
		y.As(y.Director)
		put := func(on calendar.Date) func(context.Context, *journal.Writer) error {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Hang(ctx, w, id, "公开栏", on)
				return err
			}
		}
		y.Refused(put("2026-11-22")) // before it was published
		y.Must(put("2026-11-24"))
		if r := y.row(id); r.Posted != "2026-11-24" {
			t.Fatalf("%+v", r)
		}
	})
}
