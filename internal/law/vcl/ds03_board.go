package vcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// BoardNeeded (DS-03-board) asks for the physical board; the network may only
// be used in addition.
var BoardNeeded = law.Rule[notice.Board]{
	Info: law.Info{ID: "DS-03-board", Title: "村务公开必须上公开栏", Version: 1, Source: current, Article: "35", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Board, _ law.Settings) law.Finding {
		if f.Body != notice.Village {
			return law.Outside("只适用于村民委员会")
		}
		return notice.Hang(f)
	},
	Cases: []law.Case[notice.Board]{
		{Name: "张贴在公开栏", On: "2026-01-01", Want: law.Pass, Facts: notice.Board{Body: notice.Village, Physical: law.Some(true)}},
		{Name: "只在网上公布", On: "2026-11-23", Want: law.Refuse, Facts: notice.Board{Body: notice.Village, Physical: law.Some(false)}},
		{Name: "党组织另有规定", On: "2026-11-23", Want: law.NotApplicable, Facts: notice.Board{Body: notice.Party, Physical: law.Some(false)}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: notice.Board{Body: notice.Village, Physical: law.Some(false)}},
		{Name: "没有说明张贴方式", On: "2026-11-23", Want: law.Undecided, Facts: notice.Board{Body: notice.Village}},
	},
}
