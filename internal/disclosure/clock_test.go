package disclosure

import (
	"context"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/notice"
	"cunju/internal/matter"
)

// Where the street has set a term for the supervision committee's answer, its clock runs, a last day of rest moves it, the system records
// once that it ran out, and the late answer keeps its warning.
func TestTheTermForCheckingRunsAndLapses(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.set(law.CheckDays, 5)
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(id))
		const due calendar.Date = "2026-11-30" // handed on Monday 2026-11-23, which is not counted
		m, err := matter.Find(y.Ctx, y.DB, y.Code, id)
		if err != nil || m.Due != due || m.Reckoning == "" {
			t.Fatalf("due %q (%s), want %s: %v", m.Due, m.Reckoning, due, err)
		}
		overdue := func(on calendar.Date) int {
			rows, err := matter.Overdue(y.Ctx, y.DB, y.Code, on, 10)
			if err != nil {
				t.Fatal(err)
			}
			return len(rows)
		}
		if n := overdue(due); n != 0 {
			t.Fatalf("%d overdue on the last day", n)
		}
		y.Set(due.AddDays(1))
		if n := overdue(due.AddDays(1)); n != 1 {
			t.Fatalf("%d overdue the day after", n)
		}
		y.By = journal.By{System: true}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, matter.KindLapsed, w.Today(), []int64{id}, matter.Lapse{Step: m.Next, Due: m.Due})
			return err
		})
		if n := overdue(due.AddDays(1)); n != 0 {
			t.Fatalf("%d overdue after the lapse is on record", n)
		}
		act, err := journal.Read(y.Ctx, y.DB, y.Code, y.by(y.Watch, examine(id, Check{Agree: true})))
		if err != nil || len(act.Verdicts) != 2 || act.Verdicts[1].Rule != "DS-06-answer" || act.Verdicts[1].Outcome != law.Warn {
			t.Fatalf("a late answer: %+v %v", act.Verdicts, err)
		}
	})
}

// A posting's last day is reckoned by what was in force and known when it was recorded: a term that is recorded later and holds
// from before moves neither a running posting nor one that is over, and a rebuild prints the same.
func TestLaterTermsDoNotMoveAPosting(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		const last calendar.Date = "2026-12-08" // fifteen days after Monday 2026-11-23
		over, running := y.out(october(), 0), y.out(october(), 0)
		y.Set("2026-12-09")
		y.by(y.Secretary, remove(over))
		y.set(law.PostingDays, 30) // from 2026-01-01
		later := y.out(october(), 0)
		for id, want := range map[int64]calendar.Date{over: last, running: last, later: "2027-01-08"} {
			if r := y.row(id); r.Last != want || r.Reckoning == "" {
				t.Errorf("notice %d hangs until %q (%s), want %s", id, r.Last, r.Reckoning, want)
			}
		}
		if y.Sound(); y.row(running).Last != last {
			t.Error("a rebuild moved the last day")
		}
		y.Refused(remove(later))
		y.by(y.Secretary, remove(running))
	})
}

// A posting that states no last day was recorded before postings stated it; the law's own days hold, where it was in force.
func TestPostingsThatStateNoTermHangForTheLawsDays(t *testing.T) {
	for _, c := range []struct {
		body   notice.Body
		posted calendar.Date
		last   calendar.Date
	}{{notice.Village, "2026-11-23", "2026-12-08"}, {notice.Community, "2026-11-23", "2026-12-08"}, {notice.Village, "2025-12-31", ""}, {notice.Party, "2026-11-23", ""}} {
		if got := (&Post{Place: "公开栏"}).term(c.body, c.posted); got.Last != c.last || (got.Text == "") != (c.last == "") {
			t.Errorf("%s of %s hangs until %q (%s), want %q", c.posted, c.body, got.Last, got.Text, c.last)
		}
	}
}
