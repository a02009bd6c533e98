package rcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Prompt (DS-04-prompt) asks for prompt publication; the law gives no number of
// days and no fixed rhythm, a local term may.
var Prompt = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-04-prompt", Title: "居务及时公开", Version: 1, Source: current, Article: "34", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.PromptDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		return notice.Prompt(f, s)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "当日公布", On: "2026-05-20", Want: law.Pass, Facts: matter("2026-05-08", "2026-05-08")},
		{Name: "当日尚未公布", On: "2026-05-08", Want: law.Pass, Facts: matter("", "2026-05-08")},
		{Name: "十二日后尚未公布", On: "2026-05-20", Want: law.Warn, Facts: matter("", "2026-05-08")},
		{Name: "在本地规定天数内公布", On: "2026-06-20", Want: law.Pass, Facts: matter("2026-05-18", "2026-05-08"), Local: []law.Setting{within10}},
		{Name: "超过本地规定天数", On: "2026-06-20", Want: law.Warn, Facts: matter("2026-05-19", "2026-05-08"), Local: []law.Setting{within10}},
		{Name: "村另有规定", On: "2026-05-08", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: matter("", "2025-12-01")},
		{Name: "不知道何时发生", On: "2026-05-08", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Community, Published: law.Some(calendar.Date(""))}},
	},
}

var within10 = law.Setting{SetSetting: law.SetSetting{Key: law.PromptDays.Name, Value: 10, Level: law.Town, From: "2026-01-01", Citation: "街道居务公开办法"}, Act: 35}

func matter(published, arose calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Community, Published: law.Some(published), Arose: law.Some(arose)}
}
