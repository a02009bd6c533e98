package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/matter"
	"cunju/internal/org"
)

// A statutory date that passes goes on record by itself, once.
func TestLapsesAreRecordedBySystem(t *testing.T) {
	data := peopled(t)
	now := time.Now()
	h := openTown(t, data, options{clock: func() time.Time { return now }})
	defer h.close()
	ctx := t.Context()
	act := func(person int64, do func(ctx context.Context, w *journal.Writer) error) {
		t.Helper()
		if _, err := h.journal.Record(ctx, h.town, journal.Request{By: journal.By{Person: person}, Decide: do}); err != nil {
			t.Fatal(err)
		}
	}
	found, err := org.ByName(ctx, h.db, h.town, "文峰村", h.journal.Today())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	day := h.journal.Today()
	var unit, id int64
	act(1, func(ctx context.Context, w *journal.Writer) (err error) {
		unit, err = journal.Add(ctx, w, org.KindEstablish, day, nil,
			org.Establish{Kind: "villagers-committee", Name: "文峰村村民委员会", Parents: map[org.Line]int64{org.Area: found[0].ID}})
		return err
	})
	act(1, func(ctx context.Context, w *journal.Writer) error { // the committee must answer within five days
		_, err := org.Adopt(ctx, w, law.SetSetting{Key: law.CheckDays.Name, Value: 5, Level: law.Town, From: day, Citation: "文峰街道公开办法"}, day)
		return err
	})
	act(1, func(ctx context.Context, w *journal.Writer) (err error) {
		if id, err = disclosure.Begin(ctx, w, unit, disclosure.Content{Subject: "village", Item: "common", Title: "防汛值班安排", Text: "值班表"}, 0, day); err != nil {
			return err
		}
		_, err = disclosure.Hand(ctx, w, id, day)
		return err
	})
	m, err := matter.Find(ctx, h.db, h.town, id)
	if err != nil {
		t.Fatal(err)
	}
	if m.Due == "" {
		t.Fatalf("no clock runs for the next step %q", m.Next)
	}
	size := func() int64 {
		n, err := journal.Size(ctx, h.db, h.town)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := size()
	if err := h.lapse(ctx); err != nil || size() != before {
		t.Errorf("a date that has not passed was recorded as passed: %v", err)
	}
	now = now.AddDate(1, 0, 0)
	for range 2 {
		if err := h.lapse(ctx); err != nil {
			t.Fatal(err)
		}
	}
	acts, err := journal.Acts(ctx, h.db, h.town, id)
	if err != nil || len(acts) != 3 { // drafted, submitted, lapsed
		t.Fatalf("%d acts, want 3: %v", len(acts), err)
	}
	a := acts[2]
	if a.Kind != matter.KindLapsed.Name || !a.By.System || a.Effective != m.Due.AddDays(1) {
		t.Errorf("%+v, %v", a, err)
	}
	if m, err = matter.Find(ctx, h.db, h.town, id); err != nil || m.Lapsed == "" || m.Lapsed != m.Due {
		t.Errorf("%+v, %v", m, err)
	}
}

// The demonstration may be looked at as of a later day, never of an earlier one.
func TestDemoClock(t *testing.T) {
	now := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	for day, want := range map[string]string{"2026-12-20": "", "2026-11-20": "", "2026-11-19": "已经过去", "明天": "读不懂", "2026-02-30": "读不懂"} {
		clock, err := (&demoCommand{Today: day}).clock(now)
		switch {
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v", day, err)
		case want == "" && err != nil:
			t.Errorf("%s: %v", day, err)
		case want == "":
			if got, want := clock().Sub(time.Now()).Round(time.Hour), time.Duration(calendar.Days("2026-11-20", calendar.Date(day)))*24*time.Hour; got != want {
				t.Errorf("%s is %v ahead, not %v", day, got, want)
			}
		}
	}
}
