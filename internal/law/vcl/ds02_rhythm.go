package vcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Rhythm (DS-02) says when a village must publish next: ordinary items every
// quarter, money monthly where much of it moves, major matters at once. Article
// 30 of the former text asked for the same; it became article 35.
var Rhythm = law.Versions[notice.Rhythm]{
	{
		Info: law.Info{ID: "DS-02", Title: "村务公开的时间", Version: 1, Source: former, Article: "30", From: "2018-12-29", Until: "2026-01-01",
			Confidence: law.Known, Ground: law.Statute, Keys: []law.Key{law.MonthlyMoney, law.MajorDays},
			Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
		Decide: rhythm,
		Cases: []law.Case[notice.Rhythm]{
			{Name: "旧法下本季度内", On: "2025-11-20", Want: law.Pass, Facts: ordinary("2025-08-15")},
			{Name: "旧法下隔了一个季度", On: "2025-11-20", Want: law.Warn, Facts: ordinary("2025-06-15")},
			{Name: "新法施行后不再适用", On: "2026-01-01", Want: law.NotApplicable, Facts: ordinary("2025-12-15")},
			{Name: "本版施行前", On: "2018-12-28", Want: law.NotYetInForce, Facts: ordinary("2018-09-15")},
			{Name: "不知道上次公布日期", On: "2025-11-20", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Village, Class: notice.Ordinary}},
		},
	},
	{
		Info: law.Info{ID: "DS-02", Title: "村务公开的时间", Version: 2, Source: current, Article: "35", From: "2026-01-01",
			Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.MonthlyMoney, law.MajorDays},
			Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
		Decide: rhythm,
		Cases: []law.Case[notice.Rhythm]{
			{Name: "上季度公布过，本季度末为限", On: "2026-06-30", Want: law.Pass, Facts: ordinary("2026-03-28")},
			{Name: "季度末次日即迟一日", On: "2026-07-01", Want: law.Warn, Facts: ordinary("2026-03-28")},
			{Name: "从未公布，本季度末为限", On: "2026-05-10", Want: law.Pass, Facts: ordinary("")},
			{Name: "财务一般按季度", On: "2026-05-10", Want: law.Pass, Facts: money("2026-03-05")},
			{Name: "收支往来较多，按月", On: "2026-05-10", Want: law.Warn, Facts: money("2026-03-05"), Local: []law.Setting{monthly}},
			{Name: "收支往来较多，上月公布过", On: "2026-05-31", Want: law.Pass, Facts: money("2026-04-05"), Local: []law.Setting{monthly}},
			{Name: "按月公布的规定尚未生效", On: "2026-02-20", Want: law.Pass, Facts: money("2025-11-05"), Local: []law.Setting{monthly}},
			{Name: "重大事项当日公布", On: "2026-05-10", Want: law.Pass, Facts: major("2026-05-08", "2026-05-08")},
			{Name: "重大事项当日尚未公布", On: "2026-05-08", Want: law.Pass, Facts: major("", "2026-05-08")},
			{Name: "重大事项两日后尚未公布", On: "2026-05-10", Want: law.Warn, Facts: major("", "2026-05-08")},
			{Name: "重大事项此前的公布不算数", On: "2026-05-10", Want: law.Warn, Facts: major("2026-04-30", "2026-05-08")},
			{Name: "重大事项在本地规定天数内公布", On: "2026-06-01", Want: law.Pass, Facts: major("2026-05-13", "2026-05-08"), Local: []law.Setting{within5}},
			{Name: "重大事项不知道何时发生", On: "2026-05-10", Want: law.Undecided, Facts: notice.Rhythm{Body: notice.Village, Class: notice.Major, Published: law.Some(calendar.Date(""))}},
			{Name: "集体经济组织另有规定", On: "2026-05-10", Want: law.NotApplicable, Facts: notice.Rhythm{Body: notice.Collective, Class: notice.Money}},
			{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: ordinary("2025-09-01")},
		},
	},
}

func rhythm(f notice.Rhythm, s law.Settings) law.Finding {
	if f.Body != notice.Village {
		return law.Outside("只适用于村民委员会")
	}
	return notice.Keep(f, s)
}

var (
	monthly = law.Setting{SetSetting: law.SetSetting{Key: law.MonthlyMoney.Name, Value: 1, Level: law.Town, From: "2026-03-01", Citation: "街道村务公开办法"}, Act: 31}
	within5 = law.Setting{SetSetting: law.SetSetting{Key: law.MajorDays.Name, Value: 5, Level: law.Town, From: "2026-03-01", Citation: "街道村务公开办法"}, Act: 32}
)

func ordinary(last calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Village, Class: notice.Ordinary, Published: law.Some(last)}
}

func money(last calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Village, Class: notice.Money, Published: law.Some(last)}
}

func major(published, arose calendar.Date) notice.Rhythm {
	return notice.Rhythm{Body: notice.Village, Class: notice.Major, Published: law.Some(published), Arose: law.Some(arose)}
}
