package practice

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Answer is the days on which a notice was handed to the supervision committee
// and answered; a known "" means that it has not answered yet.
type Answer struct {
	Handed   law.Opt[calendar.Date]
	Answered law.Opt[calendar.Date]
	Due      law.Opt[calendar.Date] // as the submission states it; not known: reckoned from the terms of the day
}

// AnswerBy reckons the last day for the supervision committee's answer under the
// local term, which counts days as the provinces' rules do; ok is false where none is set.
func AnswerBy(handed calendar.Date, s law.Settings) (by calendar.Reckoning, act int64, ok bool) {
	days, act := law.CheckDays.In(s)
	if days <= 0 {
		return by, 0, false
	}
	return calendar.Deadline(handed, int(days)), act, true
}

// Timely (DS-06-answer) asks whether the supervision committee answered within
// the local term, as it was when the notice was handed in. Provinces set such terms (山东 five days); no national text does.
var Timely = law.Rule[Answer]{
	Info: law.Info{ID: "DS-06-answer", Title: "监督委员会在本地规定的期限内审查", Version: 1, Source: local,
		Confidence: law.Unverified, Ground: law.Control, Keys: []law.Key{law.CheckDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.Undecided}},
	Decide: func(f Answer, s law.Settings) law.Finding {
		var missing law.Missing
		missing.Want("提交审查的日期", f.Handed.Known())
		missing.Want("审查日期（或者还没有审查）", f.Answered.Known())
		if missing != nil {
			return law.Lacking("在本地规定的期限内审查", missing...)
		}
		by, act, _ := AnswerBy(f.Handed.Value(), s.On(f.Handed.Value()))
		due, how, setting := term(f.Due, by, act)
		if due == "" {
			return law.Outside("本地没有规定审查期限")
		}
		answered := f.Answered.Value()
		finding := law.Finding{Outcome: law.Pass, Setting: setting, Need: "最迟" + due.Chinese() + "审查" + how,
			Given: fmt.Sprintf("%s提交，审查：%s", f.Handed.Value().Chinese(), said(answered))}
		if late(answered, due, s.Date()) {
			finding.Outcome, finding.Remedy = law.Warn, "尽快审查，说明原因"
		}
		return finding
	},
	Cases: []law.Case[Answer]{
		{Name: "期限内审查", On: "2026-11-20", Want: law.Pass, Facts: answer("2026-11-16", "2026-11-20"), Local: []law.Setting{five}},
		{Name: "期满当日审查", On: "2026-11-23", Want: law.Pass, Facts: answer("2026-11-16", "2026-11-23"), Local: []law.Setting{five}},
		{Name: "过期审查", On: "2026-11-24", Want: law.Warn, Facts: answer("2026-11-16", "2026-11-24"), Local: []law.Setting{five}},
		{Name: "过期还没有审查", On: "2026-11-24", Want: law.Warn, Facts: answer("2026-11-16", ""), Local: []law.Setting{five}},
		{Name: "本地没有规定", On: "2026-11-24", Want: law.NotApplicable, Facts: answer("2026-11-16", "")},
		{Name: "提交时写明的期限", On: "2026-11-24", Want: law.Pass, Facts: stated("2026-11-16", "2026-11-24", "2026-11-25"), Local: []law.Setting{five}},
		{Name: "提交时还没有规定期限", On: "2026-11-24", Want: law.NotApplicable, Facts: stated("2026-11-16", "2026-11-24", ""), Local: []law.Setting{five}},
		{Name: "不知道哪天提交", On: "2026-11-24", Want: law.Undecided, Facts: Answer{Answered: law.Some(calendar.Date("2026-11-24"))}, Local: []law.Setting{five}},
	},
}

var five = law.Setting{SetSetting: law.SetSetting{Key: law.CheckDays.Name, Value: 5, Level: law.Town, From: "2025-01-01", Citation: "街道村务公开办法"}, Act: 37}

func answer(handed, answered calendar.Date) Answer {
	return Answer{Handed: law.Some(handed), Answered: law.Some(answered)}
}

func stated(handed, answered, due calendar.Date) Answer {
	return Answer{Handed: law.Some(handed), Answered: law.Some(answered), Due: law.Some(due)}
}
