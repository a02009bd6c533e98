package catalogue

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/calendar"
	"cunju/internal/law/notice"
	"cunju/internal/law/rulebook"
)

// The last day follows the law's calendar, and an appointed day moves off days of rest by the State Council's notices, not past the
// law's own.
func TestDeadlines(t *testing.T) {
	for _, c := range []struct {
		name string
		it   Item
		to   calendar.Date
		due  calendar.Date
	}{
		{"quarter, no day", Item{Rhythm: Quarterly}, "2026-09-30", "2026-12-31"},
		{"the 15th", Item{Rhythm: Quarterly, Month: 1, Day: 15}, "2026-09-30", "2026-10-15"},
		{"National Day 2026", Item{Rhythm: Quarterly, Month: 1, Day: 5}, "2026-09-30", "2026-10-08"},
		{"National Day and Mid-Autumn 2025", Item{Rhythm: Monthly, Month: 1, Day: 6}, "2025-09-30", "2025-10-09"},
		{"Spring Festival 2026", Item{Rhythm: Monthly, Month: 1, Day: 15}, "2026-01-31", "2026-02-24"},
		{"a Saturday that is worked", Item{Rhythm: Monthly, Month: 1, Day: 14}, "2026-01-31", "2026-02-14"},
		{"not past the law's", Item{Rhythm: Monthly, Month: 1, Day: 31}, "2026-04-30", "2026-05-31"},
		{"a month of 28 days", Item{Rhythm: Monthly, Month: 1, Day: 31}, "2026-01-31", "2026-02-28"},
		{"year", Item{Rhythm: Yearly}, "2025-12-31", "2026-12-31"},
		{"year, by January, a Saturday", Item{Rhythm: Yearly, Month: 1, Day: 31}, "2025-12-31", "2026-02-02"},
	} {
		if r := c.it.Deadline(c.to); r.Due != c.due || r.Text() == "" {
			t.Errorf("%s: %s, want %s: %s", c.name, r.Due, c.due, r.Text())
		}
	}
	if r := (Item{Before: 10}).By("2026-03-20"); r.Due != "2026-03-10" {
		t.Errorf("ten days before a meeting: %s", r.Due)
	}
	if r := (Item{Within: 5}).By("2026-03-20"); r.Due != "2026-03-25" {
		t.Errorf("within five days: %s", r.Due)
	}
	for _, c := range []struct {
		body notice.Body
		code string
		text string
	}{
		{notice.Village, "major", "法律要求随时公布，没有规定天数"},
		{notice.Village, "audit", "法律要求公布，没有规定天数；离任审计的结果要在下一次选举以前公布"},
		{notice.Community, CodeFinance, "法律要求及时公布，没有规定天数"},
		{notice.Collective, "land-money", "法律要求公布，没有规定天数"},
		{notice.Party, "party-elections", "《中国共产党党务公开条例（试行）》要求公开，没有规定天数"},
	} {
		it, _ := find(Defaults(c.body), c.code)
		if r := it.By("2026-03-20"); r.Due != "" || r.Text() != "事项发生于2026年3月20日，"+c.text+"。" {
			t.Errorf("%s %s: %q %s", c.body, c.code, r.Due, r.Text())
		}
	}
}

// Whatever the unit's life and the day, its periods join without gap or overlap, are over, lie in its life, and are the same when the
// clock runs every day as when it makes up for an outage.
func TestPeriodsJoinHoweverTheClockRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string, most int) calendar.Date {
			return calendar.Date("2026-01-01").AddDays(rapid.IntRange(0, most).Draw(t, name))
		}
		change := day("change", 900)
		slow := rapid.SampledFrom([]Rhythm{Quarterly, Yearly}).Draw(t, "rhythm")
		items := func(on calendar.Date) []Item {
			it := Item{Code: "x", Rhythm: slow, Since: "2026-01-01"}
			if on >= change {
				it.Rhythm = Monthly
			}
			return []Item{it}
		}
		u := life{From: day("from", 400), To: calendar.Forever, Entered: day("entered", 500)}
		if rapid.Bool().Draw(t, "ends") {
			u.To = u.From.AddDays(rapid.IntRange(1, 900).Draw(t, "life"))
		}
		today := day("today", 1200)
		all := plans(items, "x", u, "", today)
		for i, p := range all {
			if p.To >= today || p.To >= u.To || p.From < u.From || p.From > p.To {
				t.Fatalf("period %s to %s of %+v on %s", p.From, p.To, u, today)
			}
			if i > 0 && all[i-1].To.AddDays(1) != p.From {
				t.Fatalf("%s to %s follows %s", p.From, p.To, all[i-1].To)
			}
		}
		var daily []plan
		var last calendar.Date
		for d := calendar.Date("2026-01-01"); d <= today; d = d.AddDays(1) {
			for _, p := range plans(items, "x", u, last, d) {
				daily, last = append(daily, p), p.To
			}
		}
		if !slices.EqualFunc(all, daily, func(a, b plan) bool { return a.span == b.span && a.it.Rhythm == b.it.Rhythm }) {
			t.Fatalf("at once %d periods, day by day %d", len(all), len(daily))
		}
	})
}

// A span is covered by parts in any order, and by one that names no days.
func TestCovered(t *testing.T) {
	q := span{"2026-07-01", "2026-09-30"}
	jul, aug, sep := span{"2026-07-01", "2026-07-31"}, span{"2026-08-01", "2026-08-31"}, span{"2026-09-01", "2026-09-30"}
	for name, c := range map[string]struct {
		parts []span
		want  bool
	}{"none": {nil, false}, "three months": {[]span{sep, jul, aug}, true}, "one lacks": {[]span{jul, sep}, false}, "half a year": {[]span{{"2026-07-01", "2026-12-31"}}, true},
		"overlapping": {[]span{{"2026-06-01", "2026-08-15"}, {"2026-08-10", "2026-09-30"}}, true}, "a day lacks": {[]span{{"2026-07-02", "2026-09-30"}}, false}, "no days named": {[]span{{}}, true}} {
		if got := covered(q, c.parts); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Every national item cites rules that exist, with a source, and says all that a clerk needs.
func TestDefaultsAreComplete(t *testing.T) {
	known := map[string]bool{}
	for _, e := range rulebook.All() {
		known[e.ID] = true
	}
	for _, body := range Bodies {
		codes := map[string]bool{}
		for _, it := range Defaults(body) {
			if codes[it.Code] || it.Title == "" || it.Basis == "" || it.Office == "" || it.Subject == "" || subjectTitle[it.Subject] == "" || !it.Since.Valid() ||
				it.Rhythm.Chinese() == "" || it.Scope.Chinese() == "" || it.Form.Chinese() == "" || it.Class.Chinese() == "" {
				t.Errorf("%s: %+v", body, it)
			}
			codes[it.Code] = true
			for _, id := range it.Rules {
				if !known[id] {
					t.Errorf("%s rests on %s, which is no rule", it.Code, id)
				}
			}
		}
	}
	for _, i := range []notice.Item{notice.Decisions, notice.Relief, notice.Assistance, notice.Consultation, notice.Common, notice.Facilities, notice.Projects, notice.Funds} {
		if !Known(string(i)) {
			t.Errorf("the code %s of published notices is not known any more", i)
		}
	}
	if Known("gossip") || Known("local-x") || !Known("local-12") || CodeOf("", "collective", false) != CodeFinance || CodeOf("common", "village", true) != "common" {
		t.Error("codes")
	}
}

// What a clock that ran ahead had recorded makes nothing late before its date.
func TestNothingIsLateBeforeItsDate(t *testing.T) {
	d := Due{Kept: stateOpen, Day: "2026-12-31", Lapsed: "2026-12-31", Long: "2027-02-01"}
	for _, c := range []struct {
		today calendar.Date
		state State
		words string
	}{
		{"2026-12-10", Waiting, "还有 21 天"},
		{"2026-12-31", Waiting, "今天到期"},
		{"2027-01-01", Overdue, "逾期未公开，已超 1 天"},
		{"2027-02-01", LongOverdue, "长期逾期，已超 32 天"},
	} {
		if s, w := d.State(c.today), d.Words(c.today); s != c.state || w != c.words {
			t.Errorf("%s: %s %s, want %s %s", c.today, s, w, c.state, c.words)
		}
	}
}
