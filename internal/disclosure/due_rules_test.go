package disclosure

import (
	"context"
	"testing"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
)

// widen records a local change of the catalogue from today on, as the street's clerk.
func (y *town) widen(c catalogue.Change) int64 {
	y.Helper()
	y.As(y.Clerk)
	c.From, c.Citation = y.J.Today(), "文峰街道三务公开目录"
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := catalogue.Widen(ctx, w, c, w.Today())
		return err
	})
}

// A local item that says nothing of days gives none: its sheet hangs as the law says, and where the law is silent it may come down the
// same day.
func TestALocalItemWithoutDaysGivesNone(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		add := func(title string, days int64) string {
			y.widen(catalogue.Change{Over: y.Collective, Body: "collective", Subject: "collective", Title: title, Scope: "public", Form: "text", Rhythm: "at-once", Days: days, Office: "理事会"})
			list, err := catalogue.Of(y.Ctx, y.DB, y.Code, y.Collective, y.J.Today())
			if err != nil {
				t.Fatal(err)
			}
			return list[len(list)-1].Code
		}
		free := y.publishedIn(y.Collective, Content{Subject: "collective", Item: add("农机出借", 0), Title: "农机出借", Text: "两台。"})
		if r := y.row(free); r.Last != "" || r.Reckoning != "" {
			t.Errorf("hangs until %s: %s", r.Last, r.Reckoning)
		}
		y.by(y.Secretary, remove(free))
		held := y.publishedIn(y.Collective, Content{Subject: "collective", Item: add("农机折旧", 10), Title: "农机折旧", Text: "两台。"})
		if r := y.row(held); r.Last != "2026-12-03" {
			t.Errorf("hangs until %s: %s", r.Last, r.Reckoning)
		}
		y.Refused(remove(held))
	})
}
