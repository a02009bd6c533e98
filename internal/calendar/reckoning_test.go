package calendar

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestReckonings(t *testing.T) {
	for _, c := range []struct {
		name        string
		got         Reckoning
		due         Date
		provisional bool
		steps       []string
	}{
		{"fifteen days", Deadline("2026-01-05", 15), "2026-01-20", false,
			[]string{"自2026年1月5日起算，当日不计，第15日为2026年1月20日（星期二）"}},
		{"ends on a Saturday", Deadline("2026-03-06", 15), "2026-03-23", false,
			[]string{"自2026年3月6日起算，当日不计，第15日为2026年3月21日（星期六）", "遇星期六，顺延至2026年3月23日（星期一）"}},
		{"ends in the spring festival", Deadline("2026-02-01", 15), "2026-02-24", false,
			[]string{"自2026年2月1日起算，当日不计，第15日为2026年2月16日（星期一）", "遇春节放假，顺延至2026年2月24日（星期二）"}},
		{"ends on a worked Sunday", Deadline("2025-12-20", 15), "2026-01-04", false,
			[]string{"自2025年12月20日起算，当日不计，第15日为2026年1月4日（星期日）"}},
		{"five working days over a make-up Saturday", WorkdayDeadline("2026-02-12", 5), "2026-02-26", false,
			[]string{"自2026年2月12日起算，当日不计，第5个工作日为2026年2月26日（星期四）", "其间扣除休息日、节假日9天，调休上班日计入"}},
		{"working days within one week", WorkdayDeadline("2026-11-23", 4), "2026-11-27", false,
			[]string{"自2026年11月23日起算，当日不计，第4个工作日为2026年11月27日（星期五）"}},
		{"a year without a notice", Deadline("2026-12-25", 15), "2027-01-11", true,
			[]string{"自2026年12月25日起算，当日不计，第15日为2027年1月9日（星期六）", "遇星期六，顺延至2027年1月11日（星期一）",
				"其中有年份的放假安排尚未收录，暂按周一至周五为工作日、元旦和劳动节国庆节的法定日子放假计算，以国务院办公厅通知为准"}},
		{"ends on New Year's Day of a year without a notice", Deadline("2026-12-17", 15), "2027-01-04", true,
			[]string{"自2026年12月17日起算，当日不计，第15日为2027年1月1日（星期五）", "遇元旦放假，顺延至2027年1月4日（星期一）",
				"其中有年份的放假安排尚未收录，暂按周一至周五为工作日、元旦和劳动节国庆节的法定日子放假计算，以国务院办公厅通知为准"}},
		{"sixty days end on the last of November, case G11", Deadline("2023-10-01", 60), "2023-11-30", true,
			[]string{"自2023年10月1日起算，当日不计，第60日为2023年11月30日（星期四）",
				"其中有年份的放假安排尚未收录，暂按周一至周五为工作日、元旦和劳动节国庆节的法定日子放假计算，以国务院办公厅通知为准"}},
		{"thirty days, case I15", Deadline("2020-10-28", 30), "2020-11-27", true,
			[]string{"自2020年10月28日起算，当日不计，第30日为2020年11月27日（星期五）",
				"其中有年份的放假安排尚未收录，暂按周一至周五为工作日、元旦和劳动节国庆节的法定日子放假计算，以国务院办公厅通知为准"}},
		{"one month", MonthDeadline("2026-03-10", 1), "2026-04-10", false,
			[]string{"自2026年3月10日起1个月，对应日为2026年4月10日（星期五）"}},
		{"a month without the day", MonthDeadline("2026-03-31", 1), "2026-04-30", false,
			[]string{"自2026年3月31日起1个月，该月没有31日，取月末日为2026年4月30日（星期四）"}},
		{"twenty days before polling", Before("2026-11-23", 20), "2026-11-03", false,
			[]string{"2026年11月23日之前20日为2026年11月3日（星期二），最迟当日完成", "提前量不因休息日缩短"}},
		{"no start", Deadline("", 15), "", false, []string{"起算日期不明，无法推算"}},
		{"no start for months", MonthDeadline("", 1), "", false, []string{"起算日期不明，无法推算"}},
		{"no start for working days", WorkdayDeadline(Forever, 3), "", false, []string{"起算日期不明，无法推算"}},
		{"no day to count back from", Before("", 20), "", false, []string{"起算日期不明，无法推算"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.got.Due != c.due || c.got.Provisional != c.provisional {
				t.Errorf("due %s provisional %v, want %s %v", c.got.Due, c.got.Provisional, c.due, c.provisional)
			}
			if got, want := c.got.Text(), strings.Join(c.steps, "；")+"。"; got != want {
				t.Errorf("steps\n %s\nwant\n %s", got, want)
			}
		})
	}
}

func TestWorkdaysBackAndUnknown(t *testing.T) {
	if got, known := AddWorkdays("2026-02-26", -5); got != "2026-02-12" || !known {
		t.Errorf("five working days back is %s, %v", got, known)
	}
	if got, known := AddWorkdays("2026-02-26", 0); got != "2026-02-26" || !known {
		t.Errorf("no working days on is %s, %v", got, known)
	}
	for _, d := range []Date{"", Forever, "2026-02-30"} {
		if got, known := AddWorkdays(d, 3); got != d || known {
			t.Errorf("AddWorkdays(%q) = %q, %v", d, got, known)
		}
		if got, known := NextWorkday(d); got != d || known {
			t.Errorf("NextWorkday(%q) = %q, %v", d, got, known)
		}
		if n, known := WorkdaysBetween("2026-01-01", d); n != 0 || known {
			t.Errorf("WorkdaysBetween(…, %q) = %d, %v", d, n, known)
		}
	}
}

func TestWorkdaysCountThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := Date("2024-01-01").AddDays(rapid.IntRange(0, 1000).Draw(t, "start"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		end, _ := AddWorkdays(start, n)
		if workday, _ := IsWorkday(end); !workday {
			t.Fatalf("%d working days after %s is %s, a day of rest", n, start, end)
		}
		if got, _ := WorkdaysBetween(start, end); got != n {
			t.Fatalf("%s to %s has %d working days, not %d", start, end, got, n)
		}
		r := Deadline(start, n)
		if workday, _ := IsWorkday(r.Due); !workday || r.Due < start.AddDays(n) {
			t.Fatalf("%d days from %s ends %s", n, start, r.Due)
		}
		if rest, _ := WorkdaysBetween(start.AddDays(n-1), r.Due); rest != 1 {
			t.Fatalf("%d days from %s ends %s, not on the first working day", n, start, r.Due)
		}
	})
}
