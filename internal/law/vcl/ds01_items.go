package vcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Items (DS-01) asks, when a period is closed as fully disclosed, that every
// compulsory kind of matter that occurred was published.
var Items = law.Rule[notice.Coverage]{
	Info: law.Info{ID: "DS-01", Title: "村务公开事项齐全", Version: 1, Source: current, Article: "35", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Coverage, _ law.Settings) law.Finding {
		if f.Body != notice.Village {
			return law.Outside("只适用于村民委员会")
		}
		return notice.Cover(f, []notice.Item{notice.Decisions, notice.Relief, notice.Assistance, notice.Consultation, notice.Common})
	},
	Cases: []law.Case[notice.Coverage]{
		{Name: "发生的都已公布", On: "2026-03-31", Want: law.Pass, Facts: notice.Coverage{Body: notice.Village,
			Occurred: law.Some([]notice.Item{notice.Relief, notice.Decisions}), Published: []notice.Item{notice.Decisions, notice.Relief, notice.Common}}},
		{Name: "本期没有应公开事项", On: "2026-03-31", Want: law.Pass, Facts: notice.Coverage{Body: notice.Village, Occurred: law.Some([]notice.Item(nil))}},
		{Name: "社区才须公开的设施使用不要求村公开", On: "2026-03-31", Want: law.Pass, Facts: notice.Coverage{Body: notice.Village,
			Occurred: law.Some([]notice.Item{notice.Facilities})}},
		{Name: "补助物资没有公布", On: "2026-03-31", Want: law.Refuse, Facts: notice.Coverage{Body: notice.Village,
			Occurred: law.Some([]notice.Item{notice.Relief, notice.Decisions}), Published: []notice.Item{notice.Decisions}}},
		{Name: "社区另有规定", On: "2026-03-31", Want: law.NotApplicable, Facts: notice.Coverage{Body: notice.Community, Occurred: law.Some([]notice.Item{notice.Relief})}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: notice.Coverage{Body: notice.Village, Occurred: law.Some([]notice.Item{notice.Relief})}},
		{Name: "不知道本期发生了什么", On: "2026-03-31", Want: law.Undecided, Facts: notice.Coverage{Body: notice.Village, Published: []notice.Item{notice.Decisions}}},
	},
}
