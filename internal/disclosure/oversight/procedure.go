package oversight

import (
	"cunju/internal/access"
	"cunju/internal/matter"
)

// Step codes; kept for ever.
const (
	StepAnswer  = "answer"
	StepLook    = "look"
	StepRespond = "respond"
	StepSettle  = "settle"
	StepStreet  = "street"
	StepAccept  = "accept"
	StepArrange = "arrange"
	StepReport  = "report"
	StepPublish = "audit-publish"
	StepExamine = "examine"
	StepOrder   = "order"
	StepCarried = "carried"
	StepTell    = "tell"
	StepCarry   = "carry"
	StepConfirm = "confirm"
)

// The procedures of this room.
var (
	Questions = &matter.Procedure{Code: "disclosure.question", Title: "询问", Steps: []matter.Step{
		{Code: StepAnswer, Title: "答复村民询问", Who: "公布单位（主任、书记、会计或理事长）", Power: access.DisclosureAnswer, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"}}}
	Findings = &matter.Procedure{Code: "disclosure.finding", Title: "监督发现", Steps: []matter.Step{
		{Code: StepLook, Title: "监督委员会受理", Who: "监督委员会或监事", Power: access.DisclosureFind, Law: "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条"},
		{Code: StepRespond, Title: "回应监督发现", Who: "有关单位", Power: access.DisclosureAnswer, Law: "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条"},
		{Code: StepSettle, Title: "查核回应", Who: "监督委员会或监事", Power: access.DisclosureFind, Law: "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条"},
		{Code: StepStreet, Title: "街道处理（转交的）", Who: "街道党工委书记", Power: access.DisclosureStreet, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"}}}
	Audits = &matter.Procedure{Code: "disclosure.audit", Title: "要求审计", Steps: []matter.Step{
		{Code: StepAccept, Title: "受理审计要求", Who: "街道党工委书记", Power: access.DisclosureStreet, Law: "《村民委员会组织法》第四十条；《城市居民委员会组织法》第三十八条"},
		{Code: StepArrange, Title: "安排审计", Who: "街道党工委书记", Power: access.DisclosureStreet, Law: "《村民委员会组织法》第四十条；《城市居民委员会组织法》第三十八条"},
		{Code: StepReport, Title: "登记审计报告", Who: "街道党工委书记", Power: access.DisclosureStreet, Law: "《村民委员会组织法》第四十条；《城市居民委员会组织法》第三十八条"},
		{Code: StepPublish, Title: "公布审计结果", Who: "街道党工委书记", Power: access.DisclosureStreet, Law: "《村民委员会组织法》第四十条；《城市居民委员会组织法》第三十八条"}}}
	Complaints = &matter.Procedure{Code: "disclosure.complaint", Title: "向街道反映", Steps: []matter.Step{
		{Code: StepExamine, Title: "查核反映", Who: "街道纪检监察干部或党工委书记", Power: access.ComplaintHandle, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"},
		{Code: StepOrder, Title: "责令公布或更正", Who: "街道纪检监察干部或党工委书记", Power: access.ComplaintHandle, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"},
		{Code: StepCarried, Title: "等待改正", Who: "有关单位改正，街道核实", Power: access.ComplaintHandle, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"},
		{Code: StepTell, Title: "答复反映人", Who: "街道纪检监察干部或党工委书记", Power: access.ComplaintHandle, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"}}}
	Orders = &matter.Procedure{Code: "disclosure.order", Title: "责令改正", Steps: []matter.Step{
		{Code: StepCarry, Title: "按责令改正", Who: "被责令的单位", Power: access.DisclosureAnswer, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"},
		{Code: StepConfirm, Title: "核实改正情况", Who: "街道纪检监察干部或党工委书记", Power: access.ComplaintHandle, Law: "《村民委员会组织法》第三十六条；《城市居民委员会组织法》第三十五条"}}}
)
