package practice

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Question is the days on which a villager asked about what is made public and was answered; a known "" means not yet.
type Question struct {
	Asked    law.Opt[calendar.Date]
	Answered law.Opt[calendar.Date]
	Due      law.Opt[calendar.Date] // as the question states it; not known: reckoned from the terms of its day
}

// ReplyBy reckons the last day for the answer to a question that was not answered on the spot: fifteen days as in Shanghai's
// rules, or the local term.
func ReplyBy(asked calendar.Date, s law.Settings) (by calendar.Reckoning, act int64) {
	days, act := law.AnswerDays.In(s)
	return calendar.Deadline(asked, int(days)), act
}

// Replied (DS-03-answer) asks whether a question was answered in the term. The law says that questions must be answered; by
// when, only provinces and cities say. The term is that of the day on which it was asked.
var Replied = law.Rule[Question]{
	Info: law.Info{ID: "DS-03-answer", Title: "村民的询问在期限内答复", Version: 1, Source: local,
		Confidence: law.Unverified, Ground: law.Control, Keys: []law.Key{law.AnswerDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.Undecided}},
	Decide: func(f Question, s law.Settings) law.Finding {
		var missing law.Missing
		missing.Want("提出询问的日期", f.Asked.Known())
		missing.Want("答复日期（或者还没有答复）", f.Answered.Known())
		if missing != nil {
			return law.Lacking("在期限内答复", missing...)
		}
		by, act := ReplyBy(f.Asked.Value(), s.On(f.Asked.Value()))
		due, how, setting := term(f.Due, by, act)
		answered := f.Answered.Value()
		finding := law.Finding{Outcome: law.Pass, Setting: setting, Need: "当场或者最迟" + due.Chinese() + "答复" + how,
			Given: fmt.Sprintf("%s提出，答复：%s", f.Asked.Value().Chinese(), said(answered))}
		if late(answered, due, s.Date()) {
			finding.Outcome, finding.Remedy = law.Warn, "尽快答复，说明为什么晚了"
		}
		return finding
	},
	Cases: []law.Case[Question]{
		{Name: "当场答复", On: "2026-11-02", Want: law.Pass, Facts: question("2026-11-02", "2026-11-02")},
		{Name: "期满当日答复", On: "2026-11-17", Want: law.Pass, Facts: question("2026-11-02", "2026-11-17")},
		{Name: "过期答复", On: "2026-11-18", Want: law.Warn, Facts: question("2026-11-02", "2026-11-18")},
		{Name: "过期还没有答复", On: "2026-11-18", Want: law.Warn, Facts: question("2026-11-02", "")},
		{Name: "本地规定七日", On: "2026-11-10", Want: law.Warn, Facts: question("2026-11-02", "2026-11-10"), Local: []law.Setting{seven}},
		{Name: "提出以后才规定七日", On: "2026-11-17", Want: law.Pass, Facts: question("2026-11-02", "2026-11-17"), Local: []law.Setting{lately}},
		{Name: "登记询问时写明的期限", On: "2026-11-18", Want: law.Pass, Facts: Question{law.Some(calendar.Date("2026-11-02")), law.Some(calendar.Date("2026-11-18")), law.Some(calendar.Date("2026-11-20"))}},
		{Name: "不知道哪天提出", On: "2026-11-18", Want: law.Undecided, Facts: Question{Answered: law.Some(calendar.Date("2026-11-18"))}},
	},
}

var seven = law.Setting{SetSetting: law.SetSetting{Key: law.AnswerDays.Name, Value: 7, Level: law.Town, From: "2025-01-01", Citation: "街道村务公开办法"}, Act: 38}

// lately was set while the question waited.
var lately = law.Setting{SetSetting: law.SetSetting{Key: law.AnswerDays.Name, Value: 7, Level: law.Town, From: "2026-11-10", Citation: "街道村务公开办法"}, Act: 39}

func question(asked, answered calendar.Date) Question {
	return Question{Asked: law.Some(asked), Answered: law.Some(answered)}
}
