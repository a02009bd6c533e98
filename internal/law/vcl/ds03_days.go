package vcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Days (DS-03-days) keeps a notice up for fifteen days, more where local terms
// say so. New in the text of 2025; notices put up before 2026 are free of it.
var Days = law.Rule[notice.Posting]{
	Info: law.Info{ID: "DS-03-days", Title: "村务公开张贴不少于十五日", Version: 1, Source: current, Article: "35", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.PostingDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Posting, s law.Settings) law.Finding {
		if f.Body != notice.Village {
			return law.Outside("只适用于村民委员会")
		}
		return notice.Stay(f, current.From, s)
	},
	Cases: []law.Case[notice.Posting]{
		{Name: "第十五日的次日撤下", On: "2026-01-21", Want: law.Pass, Facts: posting("2026-01-05", "2026-01-21")},
		{Name: "第十五日当日还不能撤下", On: "2026-01-20", Want: law.Refuse, Facts: posting("2026-01-05", "2026-01-20")},
		{Name: "张贴当日撤下", On: "2026-01-05", Want: law.Refuse, Facts: posting("2026-01-05", "2026-01-05")},
		{Name: "第十五日遇星期六，顺延到星期一", On: "2026-03-22", Want: law.Warn, Facts: posting("2026-03-06", "2026-03-22")},
		{Name: "顺延期满次日撤下", On: "2026-03-24", Want: law.Pass, Facts: posting("2026-03-06", "2026-03-24")},
		{Name: "第十五日在春节假期内", On: "2026-02-17", Want: law.Warn, Facts: posting("2026-02-01", "2026-02-17")},
		{Name: "一直张贴", On: "2026-11-23", Want: law.Pass, Facts: posting("2026-11-20", "")},
		{Name: "本地规定二十日", On: "2026-01-21", Want: law.Refuse, Facts: posting("2026-01-05", "2026-01-21"), Local: []law.Setting{twenty}},
		{Name: "本地规定少于十五日的不算", On: "2026-01-20", Want: law.Refuse, Facts: posting("2026-01-05", "2026-01-20"), Local: []law.Setting{seven}},
		{Name: "新法施行前张贴，施行后撤下", On: "2026-01-02", Want: law.NotYetInForce, Facts: posting("2025-12-30", "2026-01-02")},
		{Name: "新法施行前撤下", On: "2025-12-20", Want: law.NotYetInForce, Facts: posting("2025-12-18", "2025-12-20")},
		{Name: "社区另有规定", On: "2026-01-20", Want: law.NotApplicable, Facts: notice.Posting{Body: notice.Community}},
		{Name: "没有张贴日期", On: "2026-01-20", Want: law.Undecided, Facts: posting("", "2026-01-20")},
	},
}

var (
	twenty = law.Setting{SetSetting: law.SetSetting{Key: law.PostingDays.Name, Value: 20, Level: law.Province, From: "2026-01-01", Citation: "省村务公开条例"}, Act: 33}
	seven  = law.Setting{SetSetting: law.SetSetting{Key: law.PostingDays.Name, Value: 7, Level: law.Town, From: "2012-01-01", Citation: "镇村务公开细则"}, Act: 34}
)

func posting(posted, removed calendar.Date) notice.Posting {
	return notice.Posting{Body: notice.Village, Posted: law.Some(posted), Removed: law.Some(removed)}
}
