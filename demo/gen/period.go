package main

import (
	"fmt"

	"cunju/internal/calendar"
)

// period is one month of a village's books or one quarter of a community's, with
// the days of its disclosure.
type period struct {
	place     *placeSpec
	Slug      string // file name without ending
	Name      string // 2025年6月, 2025年第二季度
	From, To  string
	Drafted   string // empty where it has not come so far
	Checked   string
	Approved  string
	Published string
	TakenDown string
	Late      string // why it was late
	Quarterly bool
	Of        string // who discloses; the place itself where empty
	Title     string // what the table is called; 财务收支公开表 where empty
	Items     []item // that its lines are drawn from; those of the place where empty
	Index     int
}

var slugs = map[string]string{"文峰村": "wenfeng", "渡江村": "dujiang", "宝塔社区": "baota", "连运社区": "lianyun", "荷花池社区": "hehuachi"}

// The one table published late, and the one still under way.
const (
	lateSlug       = "wenfeng-2026-04"
	unfinishedSlug = "dujiang-2026-10"
)

// periodsOf are the tables of one place: months from June 2025 to October 2026,
// or the quarters from the second of 2025 to the third of 2026.
func periodsOf(p *placeSpec) []*period {
	var out []*period
	if p.Village {
		for i := range 17 {
			from := addMonths("2025-06-01", i)
			v := &period{place: p, Slug: slugs[p.Name] + "-" + from[:7], Name: fmt.Sprintf("%s年%d月", from[:4], day(from).Month()), From: from, To: addDays(addMonths(from, 1), -1), Index: i}
			v.schedule()
			out = append(out, v)
		}
		return out
	}
	for i := range 6 {
		from := addMonths("2025-04-01", 3*i)
		q := (int(day(from).Month()) + 2) / 3
		v := &period{place: p, Slug: fmt.Sprintf("%s-%s-q%d", slugs[p.Name], from[:4], q), Name: fmt.Sprintf("%s年第%s季度", from[:4], digits[q]), From: from, To: addDays(addMonths(from, 3), -1), Quarterly: true, Index: i}
		v.schedule()
		out = append(out, v)
	}
	return out
}

// schedule sets the days: drafted from the 9th of the next month (after every
// long holiday), checked, approved, published on the following working days, and
// left up for at least fifteen days, the first not counted (村民委员会组织法第三十五条).
func (v *period) schedule() {
	v.Drafted = workday(addDays(v.To, 9+v.Index%3))
	switch v.Slug {
	case unfinishedSlug:
		v.Drafted = "2026-11-16"
		return
	case lateSlug:
		v.Drafted, v.Late = "2026-06-10", "会计病假，未安排他人代办，经街道督促后补公开"
	}
	v.Checked = workday(addDays(v.Drafted, 1))
	v.Approved = workday(addDays(v.Checked, 1))
	v.Published = workday(addDays(v.Approved, 1))
	if down := takenDown(v.Published, 15); down <= today {
		v.TakenDown = down
	}
}

// workday moves a day of rest, weekend or holiday, to the next working day.
func workday(s string) string {
	next, known := calendar.NextWorkday(calendar.Date(s))
	if !known {
		panic("no holiday notice for " + s)
	}
	return string(next)
}

// takenDown is the first working day on which a notice may come down: it stays up for days, the first not counted, and a last
// day of rest moves to the next working day (村民委员会组织法第三十五条; 民法典第二百零三条).
func takenDown(published string, days int) string {
	return workday(addDays(string(calendar.Deadline(calendar.Date(published), days).Due), 1))
}

// shown is the column 公示起止.
func (v *period) shown() string {
	if v.Published == "" {
		return ""
	}
	return v.Published + "至" + takenDown(v.Published, 15)
}
