package practice

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Collective (DS-14) asks a collective to publish its finances at least every quarter. The statute only says "regularly"; the
// rules of 2011 give the rhythm, and ask for every month where much money moves: a local change of the catalogue says where.
var Collective = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-14", Title: "集体财务公开的时间", Version: 1, Source: rules2011, From: "2011-11-21",
		Confidence: law.Known, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Collective {
			return law.Outside("只适用于农村集体经济组织")
		}
		f.Class = notice.Ordinary
		return notice.Keep(f, s)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "上季度公布过", On: "2026-06-30", Want: law.Pass, Facts: accounts("2026-03-28")},
		{Name: "隔了一个季度", On: "2026-07-01", Want: law.Warn, Facts: accounts("2026-03-28")},
		{Name: "村务另有规定", On: "2026-05-10", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village, Class: notice.Money}},
		{Name: "规定印发前", On: "2011-11-20", Want: law.NotYetInForce, Facts: accounts("2011-06-30")},
		{Name: "不知道上次公布日期", On: "2026-05-10", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Collective, Class: notice.Money}},
	},
}

func accounts(last calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Collective, Class: notice.Money, Published: law.Some(last)}
}
