package control

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Hang (IC-22) keeps a sheet up for the days that the public catalogue gives its item, where no statute gives any: the notices of
// collectives and Party organisations.
var Hang = law.Rule[notice.Posting]{
	Info: law.Info{ID: "IC-22", Title: "按公开目录张贴满规定的日数", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.Undecided}},
	Decide: func(f notice.Posting, s law.Settings) law.Finding {
		if term, known := f.Term.Get(); known && term.Last == "" {
			return law.Outside("公开目录没有规定这一项张贴多少日")
		}
		if !f.Term.Known() {
			return law.Lacking("按公开目录张贴满规定的日数", "张贴到哪一天")
		}
		return notice.Stay(f, "", s)
	},
	Cases: []law.Case[notice.Posting]{
		{Name: "期满次日撤下", On: "2026-05-21", Want: law.Pass, Facts: hung("2026-05-05", "2026-05-21", "2026-05-20")},
		{Name: "期限未满", On: "2026-05-20", Want: law.Refuse, Facts: hung("2026-05-05", "2026-05-20", "2026-05-20")},
		{Name: "目录没有规定日数", On: "2026-05-20", Want: law.NotApplicable, Facts: hung("2026-05-05", "2026-05-20", "")},
		{Name: "不知道哪天张贴", On: "2026-05-20", Want: law.Undecided, Facts: notice.Posting{Removed: law.Some(calendar.Date("2026-05-20")),
			Term: law.Some(notice.Term{Last: "2026-05-20", Text: "公开目录规定十五日。", Setting: 9})}},
	},
}

func hung(posted, removed, last calendar.Date) notice.Posting {
	return notice.Posting{Body: notice.Collective, Posted: law.Some(posted), Removed: law.Some(removed), Term: law.Some(notice.Term{Last: last, Text: "公开目录规定十五日。", Setting: 9})}
}
