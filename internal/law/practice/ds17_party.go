package practice

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Party (DS-17) asks a Party organisation to publish what its own catalogue names. The regulation leaves the rhythm to each
// organisation; once a year is the least that a standing item means.
var Party = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-17", Title: "党务公开目录内的事项每年至少公开一次", Version: 1, Source: openParty, From: "2017-12-20",
		Confidence: law.Known, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Party {
			return law.Outside("只适用于党组织")
		}
		f.Class = notice.Yearly
		return notice.Keep(f, s)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "去年公开过", On: "2026-12-31", Want: law.Pass, Facts: party("2025-07-01")},
		{Name: "隔了一年", On: "2027-01-01", Want: law.Warn, Facts: party("2025-07-01")},
		{Name: "村务另有规定", On: "2026-05-10", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village}},
		{Name: "条例印发前", On: "2017-12-19", Want: law.NotYetInForce, Facts: party("2016-07-01")},
		{Name: "不知道上次公开日期", On: "2026-05-10", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Party}},
	},
}

func party(last calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Party, Published: law.Some(last)}
}
