package notice

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Due is the last day for the next publication, how it was found, and the act
// of the local term (0 = national).
//
// Ordinary items are due in every calendar quarter, yearly ones in every calendar year; money in every calendar
// month where the town has said that much of it moves, else also quarterly; a
// major matter at once: within the local number of days, and where none is set
// there is no last day. The first two do not move for days of rest: they are ends of a period of the calendar, not of
// a period in days. The settings must look at the day asked for.
func Due(f Rhythm, s law.Settings) (due calendar.Reckoning, setting int64) {
	if f.Class == Major {
		days, setting := law.MajorDays.In(s)
		return AtOnce(f.Arose.Value(), days, "法律要求随时公布"), setting
	}
	monthly := false
	if f.Class == Money {
		monthly, setting = law.MonthlyMoney.Is(s)
	}
	period, end := quarter, calendar.Date.QuarterEnd
	switch {
	case monthly:
		period, end = month, calendar.Date.MonthEnd
	case f.Class == Yearly:
		period, end = year, yearEnd
	}
	last := f.Published.Value()
	target, text := s.Date(), f.Class.Chinese()+"还没有公布过"
	if last != "" {
		target = end(last).AddDays(1)
		text = fmt.Sprintf("%s上次于%s公布，属%s", f.Class.Chinese(), last.Chinese(), period(last))
	}
	day := end(target)
	return calendar.Reckoning{Due: day, Steps: []string{text,
		fmt.Sprintf("下一次属%s，最迟%s", period(target), day.Chinese()), "按自然月、自然季度计算，不因休息日顺延"}}, setting
}

// Keep decides [Rhythm]. Being late only warns: the remedy is to publish, which
// must not be refused.
func Keep(f Rhythm, s law.Settings) law.Finding {
	need := "一般事项每季度至少公布一次，收支往来较多的财务每月公布，重大事项随时公布"
	if f.Class == Yearly {
		need = "每年至少公布一次"
	}
	var missing law.Missing
	missing.Want("上次公布日期（或者从未公布）", f.Published.Known())
	if f.Class == Major {
		missing.Want("事项发生日期", f.Arose.Known() && f.Arose.Value() != "")
	}
	if missing != nil {
		return law.Lacking(need, missing...)
	}
	due, setting := Due(f, s)
	if f.Class == Major {
		return soon(f, due, need, s.Date(), setting)
	}
	return late(due.Text(), need, due.Due, s.Date(), setting)
}

// Prompt decides [Rhythm] where the law asks for prompt publication without a
// number of days; a local term may give one.
func Prompt(f Rhythm, s law.Settings) law.Finding { return Promptly(f, s, law.PromptDays) }

// Promptly is [Prompt] with the local number of days under a key.
func Promptly(f Rhythm, s law.Settings, key law.Key) law.Finding {
	const need = "应公开事项及时公布，法律没有规定天数"
	var missing law.Missing
	missing.Want("事项发生日期", f.Arose.Known() && f.Arose.Value() != "")
	missing.Want("公布日期（或者尚未公布）", f.Published.Known())
	if missing != nil {
		return law.Lacking(need, missing...)
	}
	days, setting := key.In(s)
	return soon(f, AtOnce(f.Arose.Value(), days, "法律要求及时公布"), need, s.Date(), setting)
}

// soon decides about something that happened. What is out was late or not on the day it came out. Without a last day nothing is late:
// the days are counted, and what is not out yet is pointed out.
func soon(f Rhythm, due calendar.Reckoning, need string, day calendar.Date, setting int64) law.Finding {
	arose, last := f.Arose.Value(), f.Published.Value()
	out := last != "" && !last.Before(arose)
	if out {
		day = last
	}
	if due.Due != "" {
		return late(due.Text(), need, due.Due, day, setting)
	}
	finding := law.Finding{Outcome: law.Pass, Given: due.Text(), Need: need, Setting: setting}
	switch n := calendar.Days(arose, day); {
	case n <= 0:
	case out:
		finding.Given += fmt.Sprintf("%s公布，隔了%d日。", day.Chinese(), n)
	default:
		finding.Outcome, finding.Remedy = law.Warn, "尽快公布"
		finding.Given += fmt.Sprintf("至%s已过%d日，还没有公布。", day.Chinese(), n)
	}
	return finding
}

// late passes up to the due day and warns after it.
func late(given, need string, due, day calendar.Date, setting int64) law.Finding {
	f := law.Finding{Outcome: law.Pass, Given: given, Need: need, Setting: setting}
	if day > due {
		f.Outcome = law.Warn
		f.Given += fmt.Sprintf("至%s已迟%d日。", day.Chinese(), calendar.Days(due, day))
		f.Remedy = "尽快公布，并在公告中说明迟延原因"
	}
	return f
}

// AtOnce is the last day for what must be published because it happened: the local number of days after it, by what asks for it. Where
// none is set (0) there is no last day, and the steps say so.
func AtOnce(arose calendar.Date, days int64, asks string) calendar.Reckoning {
	if days == 0 {
		return calendar.Reckoning{Steps: []string{fmt.Sprintf("事项发生于%s，%s，没有规定天数", arose.Chinese(), asks)}}
	}
	due := arose.AddDays(int(days))
	return calendar.Reckoning{Due: due, Steps: []string{
		fmt.Sprintf("事项发生于%s，本地规定%d日内公布，当日不计，最迟%s", arose.Chinese(), days, due.Chinese())}}
}

func quarter(d calendar.Date) string {
	return fmt.Sprintf("%d年第%s季度", d.Year(), []string{"", "一", "二", "三", "四"}[d.Quarter()])
}

func month(d calendar.Date) string { return fmt.Sprintf("%d年%d月", d.Year(), d.Month()) }

func year(d calendar.Date) string { return fmt.Sprintf("%d年", d.Year()) }

func yearEnd(d calendar.Date) calendar.Date { return calendar.Of(d.Year(), 12, 31) }
