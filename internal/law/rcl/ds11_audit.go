package rcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Audited (DS-11-community) asks for the audit of the residents' committee's
// chair; others only where a third of the representatives or a tenth of the
// residents ask for it.
var Audited = law.Rule[notice.Audit]{
	Info: law.Info{ID: "DS-11-community", Title: "居委会主任任期和离任经济责任审计", Version: 1, Source: current, Article: "38", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Audit, _ law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		asked := law.AtLeast(f.Delegates.Asked, f.Delegates.All, 1, 3) || law.AtLeast(f.Residents.Asked, f.Residents.All, 1, 10)
		if f.Post != notice.Chair && !asked {
			return law.Outside("只须审计主任；其他成员经三分之一以上居民代表或者十分之一以上居民要求才审计")
		}
		return f.Finished()
	},
	Cases: []law.Case[notice.Audit]{
		{Name: "主任离任审计在选举前公布", On: "2026-05-01", Want: law.Pass, Facts: exit(notice.Chair, "2026-03-01", "2026-03-10")},
		{Name: "主任没有审计", On: "2026-05-01", Want: law.Refuse, Facts: exit(notice.Chair, "", "")},
		{Name: "委员一般不审计", On: "2026-05-01", Want: law.NotApplicable, Facts: exit(notice.Member, "", "")},
		{Name: "三分之一居民代表要求审计委员", On: "2026-05-01", Want: law.Refuse, Facts: with(exit(notice.Member, "", ""), func(a *notice.Audit) { a.Delegates = notice.Share{Asked: 17, All: 51} })},
		{Name: "居民代表差一人", On: "2026-05-01", Want: law.NotApplicable, Facts: with(exit(notice.Member, "", ""), func(a *notice.Audit) { a.Delegates = notice.Share{Asked: 16, All: 51} })},
		{Name: "十分之一居民要求审计委员", On: "2026-05-01", Want: law.Refuse, Facts: with(exit(notice.Member, "", ""), func(a *notice.Audit) { a.Residents = notice.Share{Asked: 300, All: 3000} })},
		{Name: "村另有规定", On: "2026-05-01", Want: law.NotApplicable, Facts: with(exit(notice.Chair, "", ""), func(a *notice.Audit) { a.Body = notice.Village })},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: exit(notice.Chair, "", "")},
		{Name: "不知道是否审计", On: "2026-05-01", Want: law.Undecided, Facts: notice.Audit{Body: notice.Community, Post: notice.Chair}},
	},
}

func exit(post notice.Post, done, published calendar.Date) notice.Audit {
	return notice.Audit{Body: notice.Community, Post: post, Exit: true,
		Done: law.Some(done), Published: law.Some(published), Election: law.Some(calendar.Date("2026-05-01"))}
}

func with(a notice.Audit, change func(*notice.Audit)) notice.Audit {
	change(&a)
	return a
}
