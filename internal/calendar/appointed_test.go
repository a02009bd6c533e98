package calendar

import (
	"strings"
	"testing"
)

// An appointed day moves off days of rest as the State Council's notice of the year has them, and the arithmetic is told.
func TestAppointedDaysMoveOffHolidays(t *testing.T) {
	for _, c := range []struct {
		day, due Date
		says     string
	}{
		{"2026-10-15", "2026-10-15", "即2026年10月15日（星期四）"},
		{"2025-10-03", "2025-10-09", "顺延至2025年10月9日"}, // National Day and Mid-Autumn together, 1 to 8 October 2025
		{"2026-10-03", "2026-10-08", "顺延至2026年10月8日"}, // 1 to 7 October 2026
		{"2026-02-14", "2026-02-14", "（星期六）"},         // worked in exchange for the Spring Festival
		{"2026-02-16", "2026-02-24", "春节放假，顺延"},
		{"2027-01-03", "2027-01-04", "以国务院办公厅通知为准"},
		{"", "", "无法推算"},
	} {
		r := Appointed(c.day, "应在这一天以前")
		if r.Due != c.due || !strings.Contains(r.Text(), c.says) {
			t.Errorf("%s: %s, %s", c.day, r.Due, r.Text())
		}
	}
}
