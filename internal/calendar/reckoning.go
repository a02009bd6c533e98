package calendar

import (
	"fmt"
	"strings"
)

// Reckoning is a date together with how it was found. Its steps are plain
// Chinese sentences that pages print below the date.
type Reckoning struct {
	Due         Date     `json:"due"`
	Steps       []string `json:"steps"`
	Provisional bool     `json:"provisional,omitempty"` // a year without a holiday notice was touched: Due may move
}

var unknownStart = Reckoning{Steps: []string{"起算日期不明，无法推算"}}

// Text joins the steps to one paragraph.
func (r Reckoning) Text() string { return strings.Join(r.Steps, "；") + "。" }

// Deadline is the last day of a period of n days that starts with the event of
// the given day: that day is not counted, and a last day of rest moves to the
// next working day (民法典 第二百零一条、第二百零三条).
func Deadline(start Date, n int) Reckoning {
	if !countable(start) {
		return unknownStart
	}
	last := start.AddDays(n)
	r := Reckoning{Due: last, Steps: []string{
		fmt.Sprintf("自%s起算，当日不计，第%d日为%s（%s）", start.Chinese(), n, last.Chinese(), last.ChineseWeekday())}}
	return r.moveOffRest()
}

// WorkdayDeadline is the n-th working day after the given day.
func WorkdayDeadline(start Date, n int) Reckoning {
	if !countable(start) {
		return unknownStart
	}
	due, known := AddWorkdays(start, n)
	r := Reckoning{Due: due, Steps: []string{
		fmt.Sprintf("自%s起算，当日不计，第%d个工作日为%s（%s）", start.Chinese(), n, due.Chinese(), due.ChineseWeekday())}}
	if skipped := Days(start, due) - n; skipped > 0 {
		r.Steps = append(r.Steps, fmt.Sprintf("其间扣除休息日、节假日%d天，调休上班日计入", skipped))
	}
	return r.noteProvisional(known)
}

// MonthDeadline is the last day of a period of n months: the same day number,
// or the month's end where that day does not exist (民法典 第二百零二条); a last
// day of rest moves to the next working day.
func MonthDeadline(start Date, n int) Reckoning {
	if !countable(start) {
		return unknownStart
	}
	last := start.AddMonths(n)
	how := "对应日"
	if last.Day() != start.Day() {
		how = fmt.Sprintf("该月没有%d日，取月末日", start.Day())
	}
	r := Reckoning{Due: last, Steps: []string{
		fmt.Sprintf("自%s起%d个月，%s为%s（%s）", start.Chinese(), n, how, last.Chinese(), last.ChineseWeekday())}}
	return r.moveOffRest()
}

// Before is the last day on which something may happen that must happen at
// least n days before the given day (D−n). It never moves for days of rest:
// moving it later would shorten the notice that people are due.
func Before(day Date, n int) Reckoning {
	if !countable(day) {
		return unknownStart
	}
	due := day.AddDays(-n)
	return Reckoning{Due: due, Steps: []string{
		fmt.Sprintf("%s之前%d日为%s（%s），最迟当日完成", day.Chinese(), n, due.Chinese(), due.ChineseWeekday()),
		"提前量不因休息日缩短"}}
}

func (r Reckoning) moveOffRest() Reckoning {
	next, known := NextWorkday(r.Due)
	if next != r.Due {
		r.Steps = append(r.Steps, fmt.Sprintf("遇%s，顺延至%s（%s）", restName(r.Due), next.Chinese(), next.ChineseWeekday()))
		r.Due = next
	}
	return r.noteProvisional(known)
}

func (r Reckoning) noteProvisional(known bool) Reckoning {
	if !known {
		r.Provisional = true
		r.Steps = append(r.Steps, "其中有年份的放假安排尚未收录，暂按周一至周五为工作日、元旦和劳动节国庆节的法定日子放假计算，以国务院办公厅通知为准")
	}
	return r
}

// Appointed is a day that a rule names, such as the 15th of a month: what says which, and a day of rest moves to the next working
// day.
func Appointed(day Date, what string) Reckoning {
	if !countable(day) {
		return unknownStart
	}
	r := Reckoning{Due: day, Steps: []string{fmt.Sprintf("%s，即%s（%s）", what, day.Chinese(), day.ChineseWeekday())}}
	return r.moveOffRest()
}
