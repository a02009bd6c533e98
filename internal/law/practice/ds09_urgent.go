package practice

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Urgency is what became of a notice that was published before it was confirmed; a known "" means that it was not confirmed yet.
type Urgency struct {
	Body      notice.Body
	Published law.Opt[calendar.Date]
	Confirmed law.Opt[calendar.Date]
	Due       law.Opt[calendar.Date] // as the publication states it; not known: reckoned from the terms of its day
}

// ConfirmBy reckons the last day for checking and confirming what was published as urgent, with the act of the local term.
func ConfirmBy(published calendar.Date, s law.Settings) (by calendar.Reckoning, act int64) {
	days, act := law.ConfirmDays.In(s)
	return calendar.WorkdayDeadline(published, int(days)), act
}

// ConfirmedInTime (DS-09-urgent) asks whether what could not wait was checked and confirmed within the term afterwards. The
// order of 2004 knows no such way; towns that use it set the term themselves.
var ConfirmedInTime = law.Rule[Urgency]{
	Info: law.Info{ID: "DS-09-urgent", Title: "紧急公开的事项在期限内补办确认", Version: 1, Source: local,
		Confidence: law.Unverified, Ground: law.Control, Keys: []law.Key{law.ConfirmDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.Undecided}},
	Decide: func(f Urgency, s law.Settings) law.Finding {
		var missing law.Missing
		missing.Want("公布日期", f.Published.Known())
		missing.Want("确认日期（或者还没有确认）", f.Confirmed.Known())
		if missing != nil {
			return law.Lacking("公布以后在期限内补办审查和确认", missing...)
		}
		by, act := ConfirmBy(f.Published.Value(), s.On(f.Published.Value()))
		due, how, setting := term(f.Due, by, act)
		confirmed := f.Confirmed.Value()
		finding := law.Finding{Outcome: law.Pass, Setting: setting, Need: "最迟" + due.Chinese() + "确认" + how,
			Given: f.Published.Value().Chinese() + "紧急公布，确认：" + said(confirmed)}
		if late(confirmed, due, s.Date()) {
			finding.Outcome, finding.Remedy = law.Warn, "尽快确认，说明原因；不予确认的，公布更正"
		}
		return finding
	},
	Cases: []law.Case[Urgency]{
		{Name: "期限内确认", On: "2026-11-26", Want: law.Pass, Facts: urgency("2026-11-23", "2026-11-26")},
		{Name: "过期确认", On: "2026-11-27", Want: law.Warn, Facts: urgency("2026-11-23", "2026-11-27")},
		{Name: "过期还没有确认", On: "2026-11-27", Want: law.Warn, Facts: urgency("2026-11-23", "")},
		{Name: "期限还没有到", On: "2026-11-25", Want: law.Pass, Facts: urgency("2026-11-23", "")},
		{Name: "公布时写明的期限", On: "2026-11-30", Want: law.Pass, Facts: Urgency{notice.Village, law.Some(calendar.Date("2026-11-23")), law.Some(calendar.Date("2026-11-30")), law.Some(calendar.Date("2026-11-30"))}},
		{Name: "不知道哪天公布", On: "2026-11-26", Want: law.Undecided, Facts: Urgency{Body: notice.Village, Confirmed: law.Some(calendar.Date("2026-11-26"))}},
	},
}

func urgency(published, confirmed calendar.Date) Urgency {
	return Urgency{Body: notice.Village, Published: law.Some(published), Confirmed: law.Some(confirmed)}
}
