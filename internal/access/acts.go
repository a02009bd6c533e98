package access

import "slices"

// The acts that need a power. Codes are quoted in the view log and in policies; they keep their meaning for ever.
const (
	OrgRead            = "org.read"
	OrgEdit            = "org.edit"
	OfficeAppoint      = "office.appoint"
	PeopleRead         = "people.read"   // lists and pages with masked numbers
	PeopleReveal       = "people.reveal" // full ID number, phone, bank account
	PeopleEdit         = "people.edit"
	PeopleErase        = "people.erase"         // ask for the erasure of a person's data
	PeopleEraseApprove = "people.erase-approve" // agree to it, by which they go
	MemberRead         = "member.read"
	MemberImport       = "member.import"
	MemberEdit         = "member.edit"
	SheetExport        = "sheet.export"
	DisclosureDraft    = "disclosure.draft"
	DisclosureCheck    = "disclosure.check" // review by a supervision body
	DisclosureApprove  = "disclosure.approve"
	DisclosurePublish  = "disclosure.publish"
	DisclosureTakedown = "disclosure.takedown"
	DisclosureAnswer   = "disclosure.answer"   // answer what villagers ask, supervisors find and the street orders
	DisclosureOnBehalf = "disclosure.onbehalf" // enter what callers and visitors ask
	DisclosureFind     = "disclosure.find"     // supervisors' findings
	DisclosureStreet   = "disclosure.street"   // what supervisors pass on, and requests for audit
	ComplaintHandle    = "complaint.handle"    // complaints to the street about disclosure
	DisclosureCheckin  = "disclosure.checkin"  // say, before the board, whether a sheet hangs there
	// The catalogue of what is due, and what is done about it.
	DisclosureCatalogue = "disclosure.catalogue" // widen the catalogue, set stricter terms
	DisclosureDue       = "disclosure.due"       // enter what arose, state that there was nothing
	DisclosurePartyDue  = "disclosure.due-party" // the same for Party affairs
	SettingSet          = "setting.set"          // adopt a local rule or figure
	JournalCorrect      = "journal.correct"
	AccountManage       = "account.manage"
	ViewlogRead         = "viewlog.read"
	LedgerRead          = "ledger.read"
	MatterRead          = "matter.read"
)

// ActInfo names an act in words. Verb and Object read "… 可以 Verb <scope> 的 Object".
type ActInfo struct {
	Code   string
	Verb   string
	Object string
	Writes bool // changes the record, in contrast to reading it
	Logged bool // shows personal data: each use goes to the view log
}

// Name is the act as shown to people: 批准公布公开事项.
func (a ActInfo) Name() string { return a.Verb + a.Object }

var acts = []ActInfo{
	{OrgRead, "查看", "组织架构和任职", false, false},
	{OrgEdit, "设立、变更", "组织", true, false},
	{OfficeAppoint, "登记", "任职和免职", true, false},
	{PeopleRead, "查看", "人员和住户（证件号码、电话部分隐去）", false, true},
	{PeopleReveal, "查看", "人员完整证件号码和电话", false, true},
	{PeopleEdit, "登记、修改", "人员和住户信息", true, true},
	{PeopleErase, "提出删除", "个人信息", true, true},
	{PeopleEraseApprove, "批准删除", "个人信息", true, true},
	{MemberRead, "查看", "党员名册", false, true},
	{MemberImport, "导入", "党员名册", true, true},
	{MemberEdit, "登记、修改", "党员信息和组织关系", true, true},
	{SheetExport, "导出", "表格", false, true},
	{DisclosureDraft, "起草", "公开事项", true, false},
	{DisclosureCheck, "审查", "公开事项", true, false},
	{DisclosureApprove, "批准公布", "公开事项", true, false},
	{DisclosurePublish, "张贴公布", "公开事项", true, false},
	{DisclosureTakedown, "撤下", "公开事项", true, false},
	{DisclosureAnswer, "答复", "村民的询问", true, false},
	{DisclosureOnBehalf, "代为登记", "村民的询问", true, false},
	{DisclosureFind, "提出、查核", "监督发现", true, false},
	{DisclosureStreet, "处理", "转到街道的监督发现和审计要求", true, false},
	{ComplaintHandle, "查核、责令更正", "向街道的反映", true, false},
	{DisclosureCheckin, "现场核实", "公示张贴", true, false},
	{DisclosureCatalogue, "拓展、加严", "公开目录", true, false},
	{DisclosureDue, "登记、说明", "应公开事项", true, false},
	{DisclosurePartyDue, "登记、说明", "应公开的党务事项", true, false},
	{SettingSet, "采用", "本地规定和标准", true, false},
	{JournalCorrect, "更正", "已登记的事项", true, false},
	{AccountManage, "开通、停用", "账号", true, false},
	{ViewlogRead, "查看", "个人信息查阅记录", false, false},
	{LedgerRead, "查看", "账目", false, false},
	{MatterRead, "查看", "办理中的事项", false, false},
}

// ActOf finds an act by its code.
func ActOf(code string) (ActInfo, bool) {
	i := slices.IndexFunc(acts, func(a ActInfo) bool { return a.Code == code })
	if i < 0 {
		return ActInfo{}, false
	}
	return acts[i], true
}
