package disclosure

import (
	"slices"

	"cunju/internal/access"
	"cunju/internal/matter"
)

// Step codes; kept for ever.
const (
	StepSubmit   = "submit"
	StepCheck    = "check"
	StepApprove  = "approve"
	StepPublish  = "publish"
	StepPost     = "post"
	StepTakeDown = "takedown"
	StepAnswer   = "answer"  // of an opinion of the supervision committee
	StepCorrect  = "correct" // of an urgent notice that was not confirmed
	StepFile     = "file"
)

// The steps, each with the office whose it is.
var (
	stepSubmit  = matter.Step{Code: StepSubmit, Title: "起草并提交", Who: "起草人", Power: access.DisclosureDraft, Law: "中办发〔2004〕17号"}
	stepCheck   = matter.Step{Code: StepCheck, Title: "监督委员会审查", Who: "村（居）务监督委员会", Power: access.DisclosureCheck, Law: "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条"}
	stepAnswer  = matter.Step{Code: StepAnswer, Title: "答复监督意见", Who: "起草单位", Power: access.DisclosureDraft, Law: "中办发〔2004〕17号"}
	stepApprove = matter.Step{Code: StepApprove, Title: "两委联席会议确认、审批", Who: "党组织书记或理事长（起草人以外的人）", Power: access.DisclosureApprove, Law: "中办发〔2004〕17号；内部控制"}
	stepPublish = matter.Step{Code: StepPublish, Title: "公布", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"}
	stepPost    = matter.Step{Code: StepPost, Title: "打印上栏张贴", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第四十二条"}
	stepTake    = matter.Step{Code: StepTakeDown, Title: "期满撤下", Who: "党组织书记；集体的也可以由理事长", Power: access.DisclosureTakedown, Law: "《村民委员会组织法》第三十五条"}
	stepFile    = matter.Step{Code: StepFile, Title: "归档", Who: "起草单位", Power: access.DisclosureDraft, Law: "《村民委员会组织法》第三十九条；《城市居民委员会组织法》第三十九条"}
)

// Procedure is the way of a notice.
var Procedure = &matter.Procedure{Code: "disclosure.notice", Title: "公开事项", Steps: []matter.Step{
	stepSubmit, stepCheck, stepAnswer, stepApprove, stepPublish, stepPost, stepTake, stepFile}}

// UrgentProcedure is the way of a notice that could not wait: published first, checked and confirmed afterwards. It hangs as soon
// as somebody puts it up, whatever step is next.
var UrgentProcedure = &matter.Procedure{Code: "disclosure.urgent", Title: "紧急公开事项", Steps: []matter.Step{
	{Code: StepSubmit, Title: "起草", Who: "起草人", Power: access.DisclosureDraft, Law: "中办发〔2004〕17号"},
	{Code: StepPublish, Title: "紧急公布", Who: "书记、主任或街道党建办（起草人以外的人）", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条"},
	stepCheck, stepAnswer,
	{Code: StepApprove, Title: "两委联席会议事后确认", Who: "党组织书记或理事长（起草人以外的人）", Power: access.DisclosureApprove, Law: "中办发〔2004〕17号；内部控制"},
	{Code: StepCorrect, Title: "公布更正", Who: "起草单位", Power: access.DisclosureDraft, Law: "《村民委员会组织法》第三十五条"},
	stepPost, stepTake, stepFile}}

// way is the procedure as a notice's page shows it: without steps that only some notices need, unless this one does.
func (n *Notice) way() *matter.Procedure {
	p := *n.procedure()
	p.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(s matter.Step) bool {
		done := slices.ContainsFunc(n.Done, func(d matter.Done) bool { return d.Step == s.Code })
		switch s.Code {
		case StepAnswer, StepCorrect:
			return !done && n.Next != s.Code
		case StepFile:
			return !done && n.Closed != ""
		}
		return false
	})
	if n.Urgent != nil && n.Posted != nil { // it hung at once: what is done stands before what is not
		post := slices.IndexFunc(p.Steps, func(s matter.Step) bool { return s.Code == StepPost })
		step := p.Steps[post]
		p.Steps = slices.Insert(slices.Delete(p.Steps, post, post+1), 2, step)
	}
	return &p
}
