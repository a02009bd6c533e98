package rcl

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Audited (DS-11-community) asks for the audit of the residents' committee's chair, during the term and on leaving: accounts, granted
// and donated money and goods, raised money, and what a third of the representatives or a tenth of the residents asked for beside
// them. The result is published, on leaving before the next election. The law asks for no audit of other members.
var Audited = law.Rule[notice.Audit]{
	Info: law.Info{ID: "DS-11-community", Title: "居委会主任任期和离任经济责任审计", Version: 1, Source: current, Article: "38", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Audit, _ law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		if f.Post != notice.Chair {
			return law.Outside("法律只要求审计主任")
		}
		finding := f.Finished()
		if finding.Outcome != law.Pass {
			return finding
		}
		list := []notice.AuditItem{notice.AuditAccounts, notice.AuditGrants, notice.AuditRaised}
		need := "审计包括财务收支、拨付和捐赠的资金物资、筹集资金的使用"
		for _, g := range []struct {
			share notice.Share
			who   string
			den   int64
		}{{f.Delegates, "居民代表", 3}, {f.Residents, "居民", 10}} {
			if g.share.All <= 0 {
				continue
			}
			if given, ok := g.share.Reached(g.who, 1, g.den); ok {
				list = append(list, notice.AuditAsked)
				need += "，以及联名要求审计的事项（" + given + "）"
				break
			}
		}
		if !f.Covered.Known() {
			return law.Lacking(need, "审计了哪些事项")
		}
		if left := f.Uncovered(list); left != "" {
			return law.Finding{Outcome: law.Refuse, Given: "审计没有包括" + left, Need: need, Remedy: "补充审计后公布"}
		}
		return finding
	},
	Cases: []law.Case[notice.Audit]{
		{Name: "主任离任审计在选举前公布", On: "2026-05-01", Want: law.Pass, Facts: exit(notice.Chair, "2026-03-01", "2026-03-10")},
		{Name: "主任没有审计", On: "2026-05-01", Want: law.Refuse, Facts: exit(notice.Chair, "", "")},
		{Name: "委员不在审计范围", On: "2026-05-01", Want: law.NotApplicable, Facts: exit(notice.Member, "", "")},
		{Name: "漏审筹集资金", On: "2026-05-01", Want: law.Refuse, Facts: with(exit(notice.Chair, "2026-03-01", "2026-03-10"), func(a *notice.Audit) {
			a.Covered = law.Some([]notice.AuditItem{notice.AuditAccounts, notice.AuditGrants})
		})},
		{Name: "三分之一居民代表要求的事项没有审计", On: "2026-05-01", Want: law.Refuse, Facts: with(exit(notice.Chair, "2026-03-01", "2026-03-10"), func(a *notice.Audit) { a.Delegates = notice.Share{Asked: 17, All: 51} })},
		{Name: "居民代表差一人", On: "2026-05-01", Want: law.Pass, Facts: with(exit(notice.Chair, "2026-03-01", "2026-03-10"), func(a *notice.Audit) { a.Delegates = notice.Share{Asked: 16, All: 51} })},
		{Name: "十分之一居民要求的事项没有审计", On: "2026-05-01", Want: law.Refuse, Facts: with(exit(notice.Chair, "2026-03-01", "2026-03-10"), func(a *notice.Audit) { a.Residents = notice.Share{Asked: 300, All: 3000} })},
		{Name: "村另有规定", On: "2026-05-01", Want: law.NotApplicable, Facts: with(exit(notice.Chair, "", ""), func(a *notice.Audit) { a.Body = notice.Village })},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: exit(notice.Chair, "", "")},
		{Name: "不知道是否审计", On: "2026-05-01", Want: law.Undecided, Facts: notice.Audit{Body: notice.Community, Post: notice.Chair}},
		{Name: "不知道审计了什么", On: "2026-05-01", Want: law.Undecided, Facts: with(exit(notice.Chair, "2026-03-01", "2026-03-10"), func(a *notice.Audit) { a.Covered = law.Opt[[]notice.AuditItem]{} })},
	},
}

// exit is the exit audit of an officer, of all that the law names.
func exit(post notice.Post, done, published calendar.Date) notice.Audit {
	return notice.Audit{Body: notice.Community, Post: post, Exit: true,
		Done: law.Some(done), Published: law.Some(published), Election: law.Some(calendar.Date("2026-05-01")),
		Covered: law.Some([]notice.AuditItem{notice.AuditAccounts, notice.AuditGrants, notice.AuditRaised})}
}

func with(a notice.Audit, change func(*notice.Audit)) notice.Audit {
	change(&a)
	return a
}
