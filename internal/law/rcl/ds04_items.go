package rcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Items (DS-04-items) asks that every compulsory kind of matter of a community
// that occurred was published; beyond a village's list come facilities, service
// projects and funds raised (article 42).
var Items = law.Rule[notice.Coverage]{
	Info: law.Info{ID: "DS-04-items", Title: "居务公开事项齐全", Version: 1, Source: current, Article: "34、42", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Coverage, _ law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		return notice.Cover(f, []notice.Item{notice.Decisions, notice.Relief, notice.Assistance, notice.Consultation,
			notice.Facilities, notice.Projects, notice.Funds, notice.Common})
	},
	Cases: []law.Case[notice.Coverage]{
		{Name: "发生的都已公布", On: "2026-03-31", Want: law.Pass, Facts: notice.Coverage{Body: notice.Community,
			Occurred: law.Some([]notice.Item{notice.Funds}), Published: []notice.Item{notice.Funds}}},
		{Name: "服务设施使用没有公布", On: "2026-03-31", Want: law.Refuse, Facts: notice.Coverage{Body: notice.Community,
			Occurred: law.Some([]notice.Item{notice.Funds, notice.Facilities}), Published: []notice.Item{notice.Funds}}},
		{Name: "村另有规定", On: "2026-03-31", Want: law.NotApplicable, Facts: notice.Coverage{Body: notice.Village, Occurred: law.Some([]notice.Item{notice.Relief})}},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: notice.Coverage{Body: notice.Community, Occurred: law.Some([]notice.Item{notice.Relief})}},
		{Name: "不知道本期发生了什么", On: "2026-03-31", Want: law.Undecided, Facts: notice.Coverage{Body: notice.Community}},
	},
}
