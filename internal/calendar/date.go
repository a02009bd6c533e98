package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a day as "YYYY-MM-DD". The empty Date is an unknown day. Dates sort
// by their text.
type Date string

// Forever is the end of a span that has no end yet.
const Forever Date = "9999-12-31"

// Of makes a date from year, month and day. An impossible day gives the unknown
// date "", so that it cannot pass for a real one.
func Of(year, month, day int) Date {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return ""
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

// Valid reports whether d is a real day. The unknown date is not.
func (d Date) Valid() bool {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return false
	}
	for i := range len(d) {
		if i != 4 && i != 7 && (d[i] < '0' || d[i] > '9') {
			return false
		}
	}
	return Of(d.Year(), d.Month(), d.Day()) == d
}

// Year is the calendar year, 0 for the unknown date.
func (d Date) Year() int { return d.number(0, 4) }

// Month is 1 to 12, 0 for the unknown date.
func (d Date) Month() int { return d.number(5, 7) }

// Day is the day of the month, 0 for the unknown date.
func (d Date) Day() int { return d.number(8, 10) }

// Weekday is the day of the week; d must be valid.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// Before reports whether d is an earlier day than other. With an unknown day on
// either side nothing is earlier.
func (d Date) Before(other Date) bool { return d != "" && other != "" && d < other }

// After reports whether d is a later day than other. With an unknown day on
// either side nothing is later.
func (d Date) After(other Date) bool { return other.Before(d) }

// AddDays moves by n days, back if n is negative. Unknown stays unknown and
// Forever stays Forever.
func (d Date) AddDays(n int) Date {
	if !d.Valid() || d == Forever {
		return d
	}
	return from(d.time().AddDate(0, 0, n))
}

// AddMonths moves by n months to the same day number, or to the end of the
// month where that day does not exist (民法典 第二百零二条).
func (d Date) AddMonths(n int) Date {
	if !d.Valid() || d == Forever {
		return d
	}
	months := d.Year()*12 + d.Month() - 1 + n
	if months < 12 {
		return ""
	}
	year, month := months/12, months%12+1
	return Of(year, month, min(d.Day(), daysIn(year, month)))
}

// AddYears moves by n years; 29 February becomes 28 February where needed.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// MonthStart is the first day of d's month.
func (d Date) MonthStart() Date { return Of(d.Year(), d.Month(), 1) }

// MonthEnd is the last day of d's month.
func (d Date) MonthEnd() Date {
	if !d.Valid() {
		return d
	}
	return Of(d.Year(), d.Month(), daysIn(d.Year(), d.Month()))
}

// QuarterStart is the first day of d's calendar quarter.
func (d Date) QuarterStart() Date { return Of(d.Year(), (d.Quarter()-1)*3+1, 1) }

// QuarterEnd is the last day of d's calendar quarter.
func (d Date) QuarterEnd() Date { return Of(d.Year(), d.Quarter()*3, 1).MonthEnd() }

// Quarter is 1 to 4, 0 for the unknown date.
func (d Date) Quarter() int { return (d.Month() + 2) / 3 }

// Chinese writes the day as people do: 2026年11月23日. The unknown date is
// "日期不明", Forever is "长期".
func (d Date) Chinese() string {
	switch {
	case d == "":
		return "日期不明"
	case d == Forever:
		return "长期"
	case !d.Valid():
		return string(d)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

// ChineseWeekday is 星期一 to 星期日, "" for the unknown date.
func (d Date) ChineseWeekday() string {
	if !d.Valid() {
		return ""
	}
	return [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}[d.Weekday()]
}

// Days is the number of days from a to b, negative if b is earlier; both must
// be valid.
func Days(a, b Date) int {
	return int((b.time().Unix() - a.time().Unix()) / (24 * 60 * 60))
}

// Age is the number of full years (周岁) reached on the given day, counting the
// birthday itself. It is negative when either day is unknown or birth is later.
func Age(birth, on Date) int {
	if !birth.Valid() || !on.Valid() || on < birth {
		return -1
	}
	age := on.Year() - birth.Year()
	if birth.AddYears(age) > on {
		age--
	}
	return age
}

// beijing is the legal time of the whole country; a fixed offset, so that the
// program needs no time zone data on an office computer.
var beijing = time.FixedZone("CST", 8*60*60)

// Today is the current day in Beijing time by the given clock.
func Today(clock func() time.Time) Date { return On(clock()) }

// On is the day in Beijing time on which an instant falls.
func On(t time.Time) Date { return from(t.In(beijing)) }

// Instant writes unix milliseconds in Beijing time, as lists and tables show them: 2026-11-23 17:05.
func Instant(ms int64) string { return time.UnixMilli(ms).In(beijing).Format("2006-01-02 15:04") }

// Clock writes the time of day, in Beijing, of unix milliseconds: 17:05.
func Clock(ms int64) string { return time.UnixMilli(ms).In(beijing).Format("15:04") }

// InstantChinese writes unix milliseconds in Beijing time, as a sentence says them: 2026年11月23日17时05分.
func InstantChinese(ms int64) string {
	return time.UnixMilli(ms).In(beijing).Format("2006年1月2日15时04分")
}

// Start is the instant at which the day begins in Beijing, in unix milliseconds.
func (d Date) Start() int64 {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, beijing).UnixMilli()
}

func (d Date) time() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
}

func from(t time.Time) Date { return Of(t.Year(), int(t.Month()), t.Day()) }

func (d Date) number(i, j int) int {
	if len(d) != 10 {
		return 0
	}
	n, err := strconv.Atoi(string(d[i:j]))
	if err != nil {
		return 0
	}
	return n
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
