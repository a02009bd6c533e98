package rcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Days (DS-04-days) keeps a community's notice up for fifteen days.
var Days = law.Rule[notice.Posting]{
	Info: law.Info{ID: "DS-04-days", Title: "居务公开张贴不少于十五日", Version: 1, Source: current, Article: "34", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute, Keys: []law.Key{law.PostingDays},
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Posting, s law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		return notice.Stay(f, current.From, s)
	},
	Cases: []law.Case[notice.Posting]{
		{Name: "第十五日的次日撤下", On: "2026-01-21", Want: law.Pass, Facts: posting("2026-01-05", "2026-01-21")},
		{Name: "第十五日当日还不能撤下", On: "2026-01-20", Want: law.Refuse, Facts: posting("2026-01-05", "2026-01-20")},
		{Name: "第十五日遇星期六，顺延到星期一", On: "2026-03-22", Want: law.Warn, Facts: posting("2026-03-06", "2026-03-22")},
		{Name: "新法施行前张贴", On: "2026-01-02", Want: law.NotYetInForce, Facts: posting("2025-12-30", "2026-01-02")},
		{Name: "村另有规定", On: "2026-01-20", Want: law.NotApplicable, Facts: notice.Posting{Body: notice.Village}},
		{Name: "没有张贴日期", On: "2026-01-20", Want: law.Undecided, Facts: notice.Posting{Body: notice.Community, Removed: law.Some(calendar.Date("2026-01-20"))}},
	},
}

func posting(posted, removed calendar.Date) notice.Posting {
	return notice.Posting{Body: notice.Community, Posted: law.Some(posted), Removed: law.Some(removed)}
}
