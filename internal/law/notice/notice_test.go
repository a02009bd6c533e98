package notice

import (
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"pgregory.net/rapid"
)

func local(key law.Key, value int64) law.Settings {
	return law.NewSettings(law.Setting{SetSetting: law.SetSetting{Key: key.Name, Value: value, Level: law.Town, From: "2024-01-01", Citation: "街道办法"}, Act: 9})
}

func TestDueSaysHowItWasReckoned(t *testing.T) {
	for _, c := range []struct {
		name    string
		facts   Rhythm
		s       law.Settings
		on, due calendar.Date
		setting int64
		text    string
	}{
		{"quarter", Rhythm{Class: Ordinary, Published: law.Some(calendar.Date("2026-03-28"))}, law.Settings{}, "2026-05-01", "2026-06-30", 0,
			"一般事项上次于2026年3月28日公布，属2026年第一季度；下一次属2026年第二季度，最迟2026年6月30日；按自然月、自然季度计算，不因休息日顺延。"},
		{"over the year", Rhythm{Class: Money, Published: law.Some(calendar.Date("2025-12-31"))}, local(law.MonthlyMoney, 1), "2026-01-10", "2026-01-31", 9,
			"财务收支上次于2025年12月31日公布，属2025年12月；下一次属2026年1月，最迟2026年1月31日；按自然月、自然季度计算，不因休息日顺延。"},
		{"never", Rhythm{Class: Ordinary, Published: law.Some(calendar.Date(""))}, law.Settings{}, "2026-05-01", "2026-06-30", 0,
			"一般事项还没有公布过；下一次属2026年第二季度，最迟2026年6月30日；按自然月、自然季度计算，不因休息日顺延。"},
		{"yearly", Rhythm{Class: Yearly, Published: law.Some(calendar.Date("2025-03-28"))}, law.Settings{}, "2026-05-01", "2026-12-31", 0,
			"年度事项上次于2025年3月28日公布，属2025年；下一次属2026年，最迟2026年12月31日；按自然月、自然季度计算，不因休息日顺延。"},
		{"at once", Rhythm{Class: Major, Arose: law.Some(calendar.Date("2026-05-08"))}, law.Settings{}, "2026-05-09", "", 0,
			"事项发生于2026年5月8日，法律要求随时公布，没有规定天数。"},
		{"within local days", Rhythm{Class: Major, Arose: law.Some(calendar.Date("2026-05-08"))}, local(law.MajorDays, 5), "2026-05-09", "2026-05-13", 9,
			"事项发生于2026年5月8日，本地规定5日内公布，当日不计，最迟2026年5月13日。"},
	} {
		due, setting := Due(c.facts, c.s.On(c.on))
		if due.Due != c.due || setting != c.setting || due.Text() != c.text {
			t.Errorf("%s: %s by act %d: %s", c.name, due.Due, setting, due.Text())
		}
	}
}

// Where neither law nor a local term gives days, nothing is late: what is out is told with the days it took, what is not is pointed out.
func TestWithoutDaysNothingIsLate(t *testing.T) {
	arose := law.Some(calendar.Date("2026-05-08"))
	for _, c := range []struct {
		name      string
		published calendar.Date
		s         law.Settings
		want      law.Outcome
		given     string
	}{
		{"out the same day", "2026-05-08", law.Settings{}, law.Pass, "没有规定天数。"},
		{"out sixty days on", "2026-07-07", law.Settings{}, law.Pass, "没有规定天数。2026年7月7日公布，隔了60日。"},
		{"not out", "", law.Settings{}, law.Warn, "没有规定天数。至2026年7月10日已过63日，还没有公布。"},
		{"only out before it happened", "2026-05-01", law.Settings{}, law.Warn, "还没有公布。"},
		{"out after the local days", "2026-05-20", local(law.MajorDays, 5), law.Warn, "至2026年5月20日已迟7日。"},
	} {
		f := Rhythm{Body: Village, Class: Major, Arose: arose, Published: law.Some(c.published)}
		for _, got := range []law.Finding{Keep(f, c.s.On("2026-07-10")), Promptly(f, c.s.On("2026-07-10"), law.MajorDays)} {
			if got.Outcome != c.want || !strings.HasSuffix(got.Given, c.given) || strings.Contains(got.Given, "迟") != (c.name == "out after the local days") {
				t.Errorf("%s: %+v", c.name, got)
			}
		}
	}
}

func TestLastDayFollowsTheStricterTerm(t *testing.T) {
	last, setting := LastDay("2026-01-05", local(law.PostingDays, 20).On("2026-01-05"))
	if last.Due != "2026-01-26" || setting != 9 {
		t.Errorf("last day %s by act %d", last.Due, setting)
	}
	last, setting = LastDay("2026-01-05", local(law.PostingDays, 10).On("2026-01-05"))
	if last.Due != "2026-01-20" || setting != 0 {
		t.Errorf("a looser term moved the last day to %s by act %d", last.Due, setting)
	}
}

func TestNoticesComeDownOnlyAfterTheirLastDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		posted := calendar.Date("2026-01-01").AddDays(rapid.IntRange(0, 330).Draw(t, "posted"))
		removed := posted.AddDays(rapid.IntRange(0, 60).Draw(t, "days"))
		term := rapid.Int64Range(1, 40).Draw(t, "term")
		s := local(law.PostingDays, term).On(removed)
		last, _ := LastDay(posted, s)
		f := Stay(Posting{Posted: law.Some(posted), Removed: law.Some(removed)}, "2026-01-01", s)
		if want := removed > last.Due; (f.Outcome == law.Pass) != want {
			t.Fatalf("posted %s, removed %s, last day %s: %s", posted, removed, last.Due, f.Outcome)
		}
		if f.Outcome == law.Pass && calendar.Days(posted, removed) <= 15 {
			t.Fatalf("posted %s came down on %s, before fifteen full days", posted, removed)
		}
	})
}

func TestPublishingOnTheDueDayIsNeverLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := calendar.Date("2026-01-01").AddDays(rapid.IntRange(0, 300).Draw(t, "first"))
		class := rapid.SampledFrom([]Class{Ordinary, Money}).Draw(t, "class")
		s := local(law.MonthlyMoney, rapid.Int64Range(0, 1).Draw(t, "monthly"))
		f := Rhythm{Body: Village, Class: class, Published: law.Some(first)}
		due, _ := Due(f, s.On(first))
		if got := Keep(f, s.On(due.Due)).Outcome; got != law.Pass {
			t.Fatalf("published %s, on the due day %s: %s", first, due.Due, got)
		}
		if got := Keep(f, s.On(due.Due.AddDays(1))).Outcome; got != law.Warn {
			t.Fatalf("published %s, a day after %s: %s", first, due.Due, got)
		}
	})
}

func TestNames(t *testing.T) {
	for _, name := range []string{Village.Chinese(), Community.Chinese(), Collective.Chinese(), Party.Chinese(), Ordinary.Chinese(), Money.Chinese(), Major.Chinese(), Yearly.Chinese()} {
		if name == "" {
			t.Error("a value without a Chinese name")
		}
	}
	for _, i := range []Item{Decisions, Relief, Assistance, Consultation, Common, Facilities, Projects, Funds} {
		if i.Chinese() == "" {
			t.Errorf("%s has no Chinese name", i)
		}
	}
	for _, i := range []AuditItem{AuditAccounts, AuditDebts, AuditGrants, AuditTenders, AuditFunds, AuditAsked} {
		if i.Chinese() == "" {
			t.Errorf("%s has no Chinese name", i)
		}
	}
}
