package ceo

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Prompt (DS-13-prompt) asks a collective to publish the use of its assets and matters that concern its members' interests
// promptly; a local term may give days.
var Prompt = law.Rule[notice.Rhythm]{
	Info: law.Info{ID: "DS-13-prompt", Title: "集体财产使用和重大事项及时公布", Version: 1, Source: current, Article: "45", From: "2025-05-01",
		Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.MajorDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Rhythm, s law.Settings) law.Finding {
		if f.Body != notice.Collective {
			return law.Outside("只适用于农村集体经济组织")
		}
		return notice.Promptly(f, s, law.MajorDays)
	},
	Cases: []law.Case[notice.Rhythm]{
		{Name: "当日公布", On: "2026-05-20", Want: law.Pass, Facts: matter("2026-05-08", "2026-05-08")},
		{Name: "三日后尚未公布", On: "2026-05-11", Want: law.Warn, Facts: matter("", "2026-05-08")},
		{Name: "本地规定五日，第五日公布", On: "2026-05-20", Want: law.Pass, Facts: matter("2026-05-13", "2026-05-08"), Local: []law.Setting{within5}},
		{Name: "本地规定五日，第六日公布", On: "2026-05-20", Want: law.Warn, Facts: matter("2026-05-14", "2026-05-08"), Local: []law.Setting{within5}},
		{Name: "村务另有规定", On: "2026-05-08", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Village}},
		{Name: "本法施行前", On: "2025-04-30", Want: law.NotYetInForce, Facts: matter("", "2025-04-20")},
		{Name: "不知道何时发生", On: "2026-05-08", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Collective, Published: law.Some(calendar.Date(""))}},
	},
}

var within5 = law.Setting{SetSetting: law.SetSetting{Key: law.MajorDays.Name, Value: 5, Level: law.Province, From: "2025-05-01", Citation: "省农村集体资产管理条例"}, Act: 51}

func matter(published, arose calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Collective, Published: law.Some(published), Arose: law.Some(arose)}
}
