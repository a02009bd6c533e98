package ceo

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// AheadDays is how long before the members' meeting its papers lie open, in days.
const AheadDays = 10

// Papers are the days on which the yearly report, the accounts and the plan of distribution were laid open, and on which the
// meeting decides; a known "" means not laid open yet.
type Papers struct {
	Open    law.Opt[calendar.Date]
	Meeting law.Opt[calendar.Date]
}

// Ahead (DS-13-ahead) asks that the members can read the yearly report, the accounts and the plan of distribution ten days before
// the meeting that decides on them.
var Ahead = law.Rule[Papers]{
	Info: law.Info{ID: "DS-13-ahead", Title: "年度经营报告、会计报告和收益分配方案在开会十日前供成员查阅", Version: 1, Source: current, Article: "46", From: "2025-05-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotYetInForce, law.Undecided}},
	Decide: func(f Papers, s law.Settings) law.Finding {
		const need = "成员大会、成员代表大会召开十日前，把年度经营报告、会计报告和收益分配方案交成员查阅"
		var missing law.Missing
		missing.Want("供查阅的日期（或者还没有）", f.Open.Known())
		missing.Want("会议召开日期", f.Meeting.Known() && f.Meeting.Value() != "")
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		by := calendar.Before(f.Meeting.Value(), AheadDays)
		open := f.Open.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: by.Text() + "还没有供成员查阅。"}
		if open != "" {
			finding.Given = fmt.Sprintf("%s%s起供成员查阅。", by.Text(), open.Chinese())
		}
		if open > by.Due || open == "" && s.Date() > by.Due {
			finding.Outcome, finding.Remedy = law.Warn, "马上交成员查阅，并推迟会议，使成员有十日时间"
		}
		return finding
	},
	Cases: []law.Case[Papers]{
		{Name: "恰好十日前", On: "2026-03-20", Want: law.Pass, Facts: papers("2026-03-10", "2026-03-20")},
		{Name: "只有九日", On: "2026-03-20", Want: law.Warn, Facts: papers("2026-03-11", "2026-03-20")},
		{Name: "还有时间", On: "2026-03-01", Want: law.Pass, Facts: papers("", "2026-03-20")},
		{Name: "不足十日还没有交", On: "2026-03-12", Want: law.Warn, Facts: papers("", "2026-03-20")},
		{Name: "本法施行前", On: "2025-04-30", Want: law.NotYetInForce, Facts: papers("", "2025-05-01")},
		{Name: "不知道哪天开会", On: "2026-03-12", Want: law.Undecided, Facts: Papers{Open: law.Some(calendar.Date(""))}},
	},
}

func papers(open, meeting calendar.Date) Papers {
	return Papers{law.Some(open), law.Some(meeting)}
}
