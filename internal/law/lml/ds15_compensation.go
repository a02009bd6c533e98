package lml

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Compensation (DS-15) asks a collective to publish what it received for taken land, and how it is used, to its members.
var Compensation = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-15", Title: "征收土地补偿费收支公布", Version: 1, Source: current, Article: "49", From: "2020-01-01",
		Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.MajorDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Collective {
			return law.Outside("只适用于被征地的农村集体经济组织")
		}
		return notice.Promptly(f, s, law.MajorDays)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "到账当日公布", On: "2026-05-20", Want: law.Pass, Facts: money("2026-05-08", "2026-05-08")},
		{Name: "到账十日后尚未公布", On: "2026-05-18", Want: law.Warn, Facts: money("", "2026-05-08")},
		{Name: "村民委员会另有规定", On: "2026-05-08", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village}},
		{Name: "本版施行前", On: "2019-12-31", Want: law.NotYetInForce, Facts: money("", "2019-12-20")},
		{Name: "不知道何时到账", On: "2026-05-08", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Collective, Published: law.Some(calendar.Date(""))}},
	},
}

func money(published, arose calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Collective, Published: law.Some(published), Arose: law.Some(arose)}
}
