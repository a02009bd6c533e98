package access

import "slices"

// Role is a kind of office.
type Role struct {
	Code  string // kept for ever
	Title string // as shown to people
	Line  string // the line on which it is usually held; collective accounts may be held on the village line too
	Power string // the power of the body it usually sits in
}

// roles, from the street down. The order is the order of display.
var roles = []Role{
	{"street-secretary", "街道党工委书记", LineTown, PowerDecide},
	{"street-clerk", "街道党建办干事", LineTown, PowerExecute},
	{"street-discipline", "街道纪检监察干部", LineSupervision, PowerSupervise},
	{"system-admin", "系统管理员", LineSystem, PowerNone},
	{"auditor", "审计人员", LineSystem, PowerSupervise},
	{"committee-secretary", "党委书记", LineParty, PowerDecide},
	{"general-branch-secretary", "党总支书记", LineParty, PowerDecide},
	{"branch-secretary", "党支部书记", LineParty, PowerDecide},
	{"branch-organiser", "组织委员", LineParty, PowerDecide},
	{"branch-member", "支部委员", LineParty, PowerDecide},
	{"village-director", "村民委员会主任", LineVillage, PowerExecute},
	{"residents-director", "居民委员会主任", LineVillage, PowerExecute},
	{"committee-member", "村（居）民委员会委员", LineVillage, PowerExecute},
	{"accountant", "会计（报账员）", LineCollective, PowerExecute},
	{"group-head", "村（居）民小组组长", LineVillage, PowerNone},
	{"collective-chair", "理事长", LineCollective, PowerDecide},
	{"council-member", "理事", LineCollective, PowerDecide},
	{"collective-supervisor", "监事", LineCollective, PowerSupervise},
	{"supervision-head", "监督委员会主任", LineSupervision, PowerSupervise},
	{"supervision-member", "监督委员会委员", LineSupervision, PowerSupervise},
}

// Roles lists every kind of office in display order.
func Roles() []Role { return slices.Clone(roles) }

// RoleOf finds a role by its code.
func RoleOf(code string) (Role, bool) {
	i := slices.IndexFunc(roles, func(r Role) bool { return r.Code == code })
	if i < 0 {
		return Role{}, false
	}
	return roles[i], true
}
