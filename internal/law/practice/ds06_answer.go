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
}

// AnswerBy reckons the last day for the supervision committee's answer under the
// local term; ok is false where none is set.
func AnswerBy(handed calendar.Date, s law.Settings) (by calendar.Reckoning, act int64, ok bool) {
	days, act := law.CheckDays.In(s)
	if days <= 0 {
		return by, 0, false
	}
	return calendar.WorkdayDeadline(handed, int(days)), act, true
}

// Timely (DS-06-answer) asks whether the supervision committee answered within
// the local term. Provinces set such terms (山东 five days); no national text does.
var Timely = law.Rule[Answer]{
	Info: law.Info{ID: "DS-06-answer", Title: "监督委员会在本地规定的期限内审查", Version: 1, Source: local,
		Confidence: law.Verified, Ground: law.Control, Keys: []law.Key{law.CheckDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.Undecided}},
	Decide: func(f Answer, s law.Settings) law.Finding {
		var missing law.Missing
		missing.Want("提交审查的日期", f.Handed.Known())
		missing.Want("审查日期（或者还没有审查）", f.Answered.Known())
		if missing != nil {
			return law.Lacking("在本地规定的期限内审查", missing...)
		}
		by, act, ok := AnswerBy(f.Handed.Value(), s)
		if !ok {
			return law.Outside("本地没有规定审查期限")
		}
		answered := f.Answered.Value()
		finding := law.Finding{Outcome: law.Pass, Setting: act, Need: "最迟" + by.Due.Chinese() + "审查（" + by.Text() + "）",
			Given: fmt.Sprintf("%s提交，审查：%s", f.Handed.Value().Chinese(), said(answered))}
		if answered > by.Due || answered == "" && s.Date() > by.Due {
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
		{Name: "不知道哪天提交", On: "2026-11-24", Want: law.Undecided, Facts: Answer{Answered: law.Some(calendar.Date("2026-11-24"))}, Local: []law.Setting{five}},
	},
}

var five = law.Setting{SetSetting: law.SetSetting{Key: law.CheckDays.Name, Value: 5, Level: law.Town, From: "2025-01-01", Citation: "街道村务公开办法"}, Act: 37}

func answer(handed, answered calendar.Date) Answer {
	return Answer{Handed: law.Some(handed), Answered: law.Some(answered)}
}
