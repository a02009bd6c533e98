package notice

import (
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Post is an office in a villagers' or residents' committee.
type Post string

// The posts.
const (
	Chair  Post = "chair"  // 主任
	Deputy Post = "deputy" // 副主任
	Member Post = "member" // 委员
)

// AuditItem is a matter that an audit covers.
type AuditItem string

// The items.
const (
	AuditAccounts AuditItem = "accounts" // 财务收支
	AuditDebts    AuditItem = "debts"    // 债权债务
	AuditGrants   AuditItem = "grants"   // 政府拨付和捐赠的资金物资
	AuditTenders  AuditItem = "tenders"  // 建设项目招标投标
	AuditFunds    AuditItem = "funds"    // 资金使用
	AuditRaised   AuditItem = "raised"   // 筹集的资金; communities only
	AuditAsked    AuditItem = "asked"    // what enough villagers or residents asked for
)

// Chinese names the item.
func (i AuditItem) Chinese() string {
	return map[AuditItem]string{AuditAccounts: "财务收支", AuditDebts: "债权债务", AuditGrants: "拨付和捐赠资金物资",
		AuditTenders: "建设项目招标投标", AuditFunds: "资金使用", AuditRaised: "筹集资金的使用", AuditAsked: "联名要求审计的事项"}[i]
}

// Share is a count of those who asked, of all.
type Share struct{ Asked, All int64 }

// Audit asks whether an officer's audit is done and published, before the next
// election where he leaves.
type Audit struct {
	Body      Body
	Post      Post
	Exit      bool                   // exit audit; else the audit during the term
	Done      law.Opt[calendar.Date] // day of the audit report; known "" = none yet
	Published law.Opt[calendar.Date] // day its result was published; known "" = not yet
	Election  law.Opt[calendar.Date] // polling day of the next election; asked for exit audits only
	Covered   law.Opt[[]AuditItem]   // what the audit covered
	Villagers Share                  // villagers who asked for a further item; zero = none asked
	Residents Share                  // residents who asked for a further item
	Delegates Share                  // representatives who did
}

// Finished decides the part both laws share: done, published, and for an exit
// before the election.
func (f Audit) Finished() law.Finding {
	need := "完成审计并公布结果"
	if f.Exit {
		need = "离任审计结果在下一次选举前公布"
	}
	var missing law.Missing
	missing.Want("审计报告日期（或者尚未审计）", f.Done.Known())
	missing.Want("审计结果公布日期（或者尚未公布）", f.Published.Known())
	if f.Exit {
		missing.Want("下一次选举投票日", f.Election.Known() && f.Election.Value() != "")
	}
	if missing != nil {
		return law.Lacking(need, missing...)
	}
	done, published, election := f.Done.Value(), f.Published.Value(), f.Election.Value()
	refuse := func(given, remedy string) law.Finding {
		return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: remedy}
	}
	switch {
	case done == "":
		return refuse("尚未审计", "报请街道（乡镇）安排审计")
	case published == "":
		return refuse("审计报告于"+done.Chinese()+"作出，结果尚未公布", "公布审计结果")
	case published < done:
		return refuse(fmt.Sprintf("公布日期%s早于审计报告日期%s", published.Chinese(), done.Chinese()), "核对两个日期")
	case f.Exit && published >= election:
		return refuse(fmt.Sprintf("结果于%s公布，投票日是%s", published.Chinese(), election.Chinese()), "先公布结果，再举行选举；需要推迟投票日的，按选举办法报批")
	}
	given := fmt.Sprintf("审计报告%s，结果%s公布", done.Chinese(), published.Chinese())
	if f.Exit {
		given += "，投票日" + election.Chinese()
	}
	return law.Finding{Outcome: law.Pass, Given: given, Need: need}
}

// Uncovered names the items of the list that the audit did not cover.
func (f Audit) Uncovered(list []AuditItem) string {
	covered := map[AuditItem]bool{}
	for _, item := range f.Covered.Value() {
		covered[item] = true
	}
	var left []string
	for _, item := range list {
		if !covered[item] {
			left = append(left, item.Chinese())
		}
	}
	return strings.Join(left, "、")
}
