package rcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Appraisal (DS-10) asks a community to publish the result of the yearly appraisal of its committee. A village's law asks for the
// appraisal, not for its publication.
var Appraisal = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-10", Title: "居民委员会成员民主评议结果公布", Version: 1, Source: current, Article: "37", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		f.Class = notice.Yearly
		return notice.Keep(f, s)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "上年公布过", On: "2027-12-31", Want: law.Pass, Facts: appraised("2026-12-20")},
		{Name: "隔了一年", On: "2028-01-01", Want: law.Warn, Facts: appraised("2026-12-20")},
		{Name: "村另有规定", On: "2026-05-08", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: appraised("")},
		{Name: "不知道上次公布日期", On: "2026-05-08", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Community}},
	},
}

func appraised(last calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Community, Published: law.Some(last)}
}
