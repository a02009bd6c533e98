package disclosure

import (
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
)

// Procedure is the way of a notice.
var Procedure = &matter.Procedure{Code: "disclosure.notice", Title: "公开事项", Steps: []matter.Step{
	{Code: StepSubmit, Title: "起草并提交", Who: "起草人", Power: access.DisclosureDraft, Law: "中办发〔2004〕17号"},
	{Code: StepCheck, Title: "监督委员会审查", Who: "村（居）务监督委员会", Power: access.DisclosureCheck, Law: "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条"},
	{Code: StepApprove, Title: "审批", Who: "党组织书记或理事长（起草人以外的人）", Power: access.DisclosureApprove, Law: "内部控制"},
	{Code: StepPublish, Title: "公布", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"},
	{Code: StepPost, Title: "打印上栏张贴", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第四十二条"},
	{Code: StepTakeDown, Title: "期满撤下归档", Who: "党组织书记", Power: access.DisclosureTakedown, Law: "《村民委员会组织法》第三十五条、第三十九条"},
}}
