package catalogue

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law/notice"
)

// span is a period, first and last day.
type span struct{ From, To calendar.Date }

// period is the calendar month, quarter or year of a day.
func (r Rhythm) period(d calendar.Date) span {
	switch r {
	case Monthly:
		return span{d.MonthStart(), d.MonthEnd()}
	case Quarterly:
		return span{d.QuarterStart(), d.QuarterEnd()}
	}
	return span{calendar.Of(d.Year(), 1, 1), calendar.Of(d.Year(), 12, 31)}
}

// name says a period in words: 2026年第三季度.
func (r Rhythm) name(d calendar.Date) string {
	switch r {
	case Monthly:
		return fmt.Sprintf("%d年%d月", d.Year(), d.Month())
	case Quarterly:
		return fmt.Sprintf("%d年第%s季度", d.Year(), []string{"", "一", "二", "三", "四"}[d.Quarter()])
	}
	return fmt.Sprintf("%d年", d.Year())
}

// called is a period's name, with its true days where it is not the whole.
func (r Rhythm) called(s span) string {
	name := r.name(s.From)
	if whole := r.period(s.From); s.From != whole.From {
		name += fmt.Sprintf("（%d月%d日起）", s.From.Month(), s.From.Day())
	}
	return name
}

// Deadline is the last day on which an item may be published for a period that ends on a day. The law asks for one publication in
// every month, quarter or year: the last day is that of the next one, and being an end of the calendar it does not move. A day that a
// local act appoints moves off days of rest, but not past the law's.
func (it Item) Deadline(to calendar.Date) calendar.Reckoning {
	next := it.Rhythm.period(to.AddDays(1))
	floor := calendar.Reckoning{Due: next.To, Steps: []string{
		fmt.Sprintf("公开%s的，%s至少一次，应在%s以内，最迟%s", it.Rhythm.name(to), it.Rhythm.Chinese(), it.Rhythm.name(next.From), next.To.Chinese()),
		"这是自然月、自然季度、自然年的末日，不因休息日顺延"}}
	if it.Day == 0 {
		return floor
	}
	month := next.From.AddMonths(it.Month - 1)
	day := calendar.Of(month.Year(), month.Month(), min(it.Day, month.MonthEnd().Day()))
	r := calendar.Appointed(day, fmt.Sprintf("公开%s的，应在%s以前", it.Rhythm.name(to), it.dayText()))
	if r.Due > floor.Due {
		r.Due = floor.Due
		r.Steps = append(r.Steps, "但不得迟于法律规定的"+floor.Due.Chinese())
	}
	return r
}

// By is the last day on which something that happened, or an event to come, must be published. Where neither the law nor a local act
// gives days there is none.
func (it Item) By(day calendar.Date) calendar.Reckoning {
	if it.Before > 0 {
		return calendar.Before(day, it.Before)
	}
	r := notice.AtOnce(day, int64(it.Within), it.asked())
	if it.Latest != "" {
		r.Steps = append(r.Steps, it.Latest)
	}
	return r
}

// asked says who asks for the publication of what happened, and how soon.
func (it Item) asked() string {
	switch {
	case it.Local:
		return "公开目录要求及时公布"
	case it.Subject == "party":
		return "《中国共产党党务公开条例（试行）》要求公开"
	}
	return "法律要求" + it.Asks + "公布"
}

// covered reports whether periods together hold every day of a span; one without days holds all of it.
func covered(s span, parts []span) bool {
	next := s.From
	for moved := true; moved && next <= s.To; {
		moved = false
		for _, p := range parts {
			if p.From == "" {
				return true
			}
			if p.From <= next && p.To >= next {
				next, moved = p.To.AddDays(1), true
			}
		}
	}
	return next > s.To
}

// plan is a due item that is to be opened.
type plan struct {
	span
	it Item
}

// life is what the calendar needs to know of a unit: its first and first missing day, and the day on which it was entered.
type life struct {
	From, To, Entered calendar.Date
}

// plans lists, period by period, what is due from a unit under a code and was not opened yet. items gives the catalogue of a day; last
// is the last day of the periods opened so far, "" for none. A period counts when it is over; the terms are those of its first day, so
// that a new rhythm begins with the next period. The first is the one in which the unit was entered here.
func plans(items func(calendar.Date) []Item, code string, u life, last, today calendar.Date) []plan {
	var out []plan
	day := max(u.From, u.Entered)
	if last != "" {
		day = last.AddDays(1)
	}
	for day < today && day < u.To {
		it, ok := find(items(day), code)
		if !ok || day < it.Since { // not yet, or no more
			day = day.MonthEnd().AddDays(1)
			continue
		}
		if it.Rhythm == AtOnce {
			return out
		}
		s := it.Rhythm.period(day)
		s.From = max(s.From, u.From)
		if last != "" {
			s.From = max(s.From, last.AddDays(1))
		}
		if s.To >= today || s.To >= u.To {
			return out
		}
		out = append(out, plan{s, it})
		last, day = s.To, s.To.AddDays(1)
	}
	return out
}

func find(items []Item, code string) (Item, bool) {
	for _, it := range items {
		if it.Code == code {
			return it, true
		}
	}
	return Item{}, false
}
