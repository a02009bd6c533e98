package rcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// BoardNeeded (DS-04-board) asks for the physical board of a community.
var BoardNeeded = law.Rule[notice.Board]{
	Info: law.Info{ID: "DS-04-board", Title: "居务公开必须上公开栏", Version: 1, Source: current, Article: "34", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Board, _ law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		return notice.Hang(f)
	},
	Cases: []law.Case[notice.Board]{
		{Name: "张贴在公开栏", On: "2026-01-01", Want: law.Pass, Facts: notice.Board{Body: notice.Community, Physical: law.Some(true)}},
		{Name: "只在网上公布", On: "2026-11-23", Want: law.Refuse, Facts: notice.Board{Body: notice.Community, Physical: law.Some(false)}},
		{Name: "村另有规定", On: "2026-11-23", Want: law.NotApplicable, Facts: notice.Board{Body: notice.Village, Physical: law.Some(false)}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: notice.Board{Body: notice.Community, Physical: law.Some(false)}},
		{Name: "没有说明张贴方式", On: "2026-11-23", Want: law.Undecided, Facts: notice.Board{Body: notice.Community}},
	},
}
