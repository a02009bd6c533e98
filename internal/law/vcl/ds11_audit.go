package vcl

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Audited (DS-11-village) asks for the audit of every member of the villagers'
// committee, during the term and on leaving; the result is published, on
// leaving before the next election. Article 35 of the former text became 40.
var Audited = law.Rule[notice.Audit]{
	Info: law.Info{ID: "DS-11-village", Title: "村委会成员任期和离任经济责任审计", Version: 1, Source: current, Article: "40", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Audit, _ law.Settings) law.Finding {
		if f.Body != notice.Village {
			return law.Outside("只适用于村民委员会成员")
		}
		finding := f.Finished()
		if finding.Outcome != law.Pass {
			return finding
		}
		list := []notice.AuditItem{notice.AuditAccounts, notice.AuditDebts, notice.AuditGrants, notice.AuditTenders, notice.AuditFunds}
		need := "审计包括财务收支、债权债务、拨付和捐赠资金物资、建设项目招标投标、资金使用"
		if v := f.Villagers; law.AtLeast(v.Asked, v.All, 1, 5) {
			list = append(list, notice.AuditAsked)
			need += fmt.Sprintf("，以及村民要求审计的事项（%d人要求，村民%d人，%d×5≥%d，达到五分之一）", v.Asked, v.All, v.Asked, v.All)
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
		{Name: "离任审计在选举前公布", On: "2026-05-01", Want: law.Pass, Facts: exit("2026-03-01", "2026-03-10", "2026-05-01")},
		{Name: "委员也要审计", On: "2026-05-01", Want: law.Refuse, Facts: with(exit("", "", "2026-05-01"), func(a *notice.Audit) { a.Post = notice.Member })},
		{Name: "投票日当天才公布", On: "2026-05-01", Want: law.Refuse, Facts: exit("2026-03-01", "2026-05-01", "2026-05-01")},
		{Name: "投票日前一天公布", On: "2026-05-01", Want: law.Pass, Facts: exit("2026-03-01", "2026-04-30", "2026-05-01")},
		{Name: "审计了没有公布", On: "2026-05-01", Want: law.Refuse, Facts: exit("2026-03-01", "", "2026-05-01")},
		{Name: "公布早于审计", On: "2026-05-01", Want: law.Refuse, Facts: exit("2026-03-01", "2026-02-01", "2026-05-01")},
		{Name: "任期审计不看选举日", On: "2026-05-01", Want: law.Pass, Facts: with(exit("2026-03-01", "2026-03-10", ""), func(a *notice.Audit) { a.Exit = false })},
		{Name: "漏审债权债务", On: "2026-05-01", Want: law.Refuse, Facts: with(exit("2026-03-01", "2026-03-10", "2026-05-01"), func(a *notice.Audit) {
			a.Covered = law.Some([]notice.AuditItem{notice.AuditAccounts, notice.AuditGrants, notice.AuditTenders, notice.AuditFunds})
		})},
		{Name: "五分之一村民要求的事项没有审计", On: "2026-05-01", Want: law.Refuse, Facts: with(exit("2026-03-01", "2026-03-10", "2026-05-01"), func(a *notice.Audit) {
			a.Villagers = notice.Share{Asked: 200, All: 1000}
		})},
		{Name: "不足五分之一村民要求", On: "2026-05-01", Want: law.Pass, Facts: with(exit("2026-03-01", "2026-03-10", "2026-05-01"), func(a *notice.Audit) {
			a.Villagers = notice.Share{Asked: 199, All: 1000}
		})},
		{Name: "没有投票日", On: "2026-05-01", Want: law.Undecided, Facts: exit("2026-03-01", "2026-03-10", "")},
		{Name: "居委会另有规定", On: "2026-05-01", Want: law.NotApplicable, Facts: with(exit("", "", "2026-05-01"), func(a *notice.Audit) { a.Body = notice.Community })},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: exit("", "", "2026-01-10")},
	},
}

// exit is the full exit audit of a chair.
func exit(done, published, election calendar.Date) notice.Audit {
	return notice.Audit{Body: notice.Village, Post: notice.Chair, Exit: true,
		Done: law.Some(done), Published: law.Some(published), Election: law.Some(election),
		Covered: law.Some([]notice.AuditItem{notice.AuditAccounts, notice.AuditDebts, notice.AuditGrants, notice.AuditTenders, notice.AuditFunds})}
}

func with(a notice.Audit, change func(*notice.Audit)) notice.Audit {
	change(&a)
	return a
}
