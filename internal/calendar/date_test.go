package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func anyDate(t *rapid.T, label string) Date {
	n := rapid.IntRange(0, 365*299).Draw(t, label)
	return Date("1900-01-01").AddDays(n)
}

func TestOfRefusesImpossibleDays(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    Date
	}{
		{2024, 2, 29, "2024-02-29"}, {2023, 2, 29, ""}, {2026, 4, 31, ""}, {2026, 13, 1, ""},
		{2026, 0, 1, ""}, {2026, 1, 0, ""}, {0, 1, 1, ""}, {9999, 12, 31, Forever},
	} {
		if got := Of(c.y, c.m, c.d); got != c.want {
			t.Errorf("Of(%d, %d, %d) = %q, want %q", c.y, c.m, c.d, got, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	for d, want := range map[Date]bool{
		"2026-11-23": true, "": false, "2026-02-30": false, "2026-1-01": false, "2026/11/23": false, "20261123": false, "+026-11-23": false, Forever: true,
	} {
		if d.Valid() != want {
			t.Errorf("%q.Valid() = %v", d, !want)
		}
	}
}

func TestMonthsEndAsTheCodeSays(t *testing.T) {
	for _, c := range []struct {
		from Date
		n    int
		want Date
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-08-31", 6, "2027-02-28"},
		{"2026-11-30", 1, "2026-12-30"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-03-31", -1, "2026-02-28"},
		{"", 1, ""}, {Forever, 1, Forever},
	} {
		if got := c.from.AddMonths(c.n); got != c.want {
			t.Errorf("%s.AddMonths(%d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestQuarters(t *testing.T) {
	for _, c := range []struct{ d, start, end Date }{
		{"2026-01-01", "2026-01-01", "2026-03-31"}, {"2026-05-17", "2026-04-01", "2026-06-30"},
		{"2026-09-30", "2026-07-01", "2026-09-30"}, {"2026-12-31", "2026-10-01", "2026-12-31"},
	} {
		if c.d.QuarterStart() != c.start || c.d.QuarterEnd() != c.end {
			t.Errorf("%s: %s to %s", c.d, c.d.QuarterStart(), c.d.QuarterEnd())
		}
	}
	if Date("").QuarterEnd() != "" || Date("").MonthEnd() != "" || Date("").QuarterStart() != "" {
		t.Error("an unknown day has no quarter")
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		birth, on Date
		want      int
	}{
		{"2008-11-23", "2026-11-22", 17}, {"2008-11-23", "2026-11-23", 18}, {"2008-02-29", "2026-02-28", 18},
		{"2008-02-29", "2026-02-27", 17}, {"2026-01-01", "2026-01-01", 0}, {"2026-01-02", "2026-01-01", -1}, {"", "2026-01-01", -1},
	} {
		if got := Age(c.birth, c.on); got != c.want {
			t.Errorf("Age(%s, %s) = %d, want %d", c.birth, c.on, got, c.want)
		}
	}
}

func TestUnknownIsNeitherBeforeNorAfter(t *testing.T) {
	if Date("").Before("2026-01-01") || Date("").After("2026-01-01") || Date("2026-01-01").Before("") || Date("2026-01-01").After("") {
		t.Error("an unknown day has no place in time")
	}
	if !Date("2026-01-01").Before("2026-01-02") || !Date("2026-01-02").After("2026-01-01") || Date("2026-01-01").Before("2026-01-01") {
		t.Error("order of days")
	}
}

func TestTodayIsBeijingTime(t *testing.T) {
	at := func(s string) func() time.Time {
		instant, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return func() time.Time { return instant }
	}
	if got := Today(at("2026-11-22T15:59:59Z")); got != "2026-11-22" {
		t.Errorf("a second before midnight in Beijing is %s", got)
	}
	if got := Today(at("2026-11-22T16:00:00Z")); got != "2026-11-23" {
		t.Errorf("midnight in Beijing is %s", got)
	}
}

func TestChinese(t *testing.T) {
	for d, want := range map[Date]string{"2026-11-03": "2026年11月3日", "": "日期不明", Forever: "长期", "damaged": "damaged"} {
		if got := d.Chinese(); got != want {
			t.Errorf("%q reads %q, want %q", d, got, want)
		}
	}
	if got := Date("2026-11-23").ChineseWeekday(); got != "星期一" {
		t.Errorf("2026-11-23 is %s", got)
	}
}

func TestDatesMoveThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		if !a.Valid() {
			t.Fatalf("%s is not valid", a)
		}
		if got := a.AddDays(Days(a, b)); got != b {
			t.Fatalf("%s and %d days is %s, not %s", a, Days(a, b), got, b)
		}
		if (a < b) != (Days(a, b) > 0) {
			t.Fatalf("order of text and order of time differ for %s, %s", a, b)
		}
		n := rapid.IntRange(0, 600).Draw(t, "months")
		moved := a.AddMonths(n)
		if !moved.Valid() || moved.Day() > a.Day() || (moved.Year()*12+moved.Month())-(a.Year()*12+a.Month()) != n {
			t.Fatalf("%s and %d months is %s", a, n, moved)
		}
		if age := Age(a, b); b >= a && (a.AddYears(age) > b || a.AddYears(age+1) <= b) {
			t.Fatalf("born %s is %d on %s", a, age, b)
		}
	})
}

func TestInstants(t *testing.T) {
	ms := time.Date(2026, 11, 23, 23, 5, 59, 0, time.UTC).UnixMilli() // the next morning in Beijing
	for got, want := range map[string]string{Instant(ms): "2026-11-24 07:05", Clock(ms): "07:05", InstantChinese(ms): "2026年11月24日07时05分"} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
