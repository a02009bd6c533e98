package access

import "slices"

// Role is a kind of office.
type Role struct {
	Code   string // kept for ever
	Title  string // by itself: 党总支书记
	Post   string // after the name of the unit: 文峰村党总支 + 书记
	Line   string // the line on which it is usually held; collective accounts may be held on the village line too
	Power  string // the power of the body it usually sits in
	Street bool   // its area is the whole street
}

// roles, from the street down. The order is the order of display.
var roles = []Role{
	{"street-secretary", "街道党工委书记", "书记", LineTown, PowerDecide, true},
	{"street-clerk", "街道党建办干事", "党建办干事", LineTown, PowerExecute, true},
	{"street-discipline", "街道纪检监察干部", "纪检监察干部", LineSupervision, PowerSupervise, true},
	{"system-admin", "系统管理员", "系统管理员", LineSystem, PowerNone, true},
	{"auditor", "审计人员", "审计人员", LineSystem, PowerSupervise, true},
	{"committee-secretary", "党委书记", "书记", LineParty, PowerDecide, false},
	{"general-branch-secretary", "党总支书记", "书记", LineParty, PowerDecide, false},
	{"branch-secretary", "党支部书记", "书记", LineParty, PowerDecide, false},
	{"branch-organiser", "组织委员", "组织委员", LineParty, PowerDecide, false},
	{"branch-member", "支部委员", "委员", LineParty, PowerDecide, false},
	{"village-director", "村民委员会主任", "主任", LineVillage, PowerExecute, false},
	{"residents-director", "居民委员会主任", "主任", LineVillage, PowerExecute, false},
	{"committee-member", "村（居）民委员会委员", "委员", LineVillage, PowerExecute, false},
	{"accountant", "会计（报账员）", "会计（报账员）", LineCollective, PowerExecute, false},
	{"group-head", "村（居）民小组组长", "组长", LineVillage, PowerNone, false},
	{"collective-chair", "理事长", "理事长", LineCollective, PowerDecide, false},
	{"council-member", "理事", "理事", LineCollective, PowerDecide, false},
	{"collective-supervisor", "监事", "监事", LineCollective, PowerSupervise, false},
	{"supervision-head", "监督委员会主任", "主任", LineSupervision, PowerSupervise, false},
	{"supervision-member", "监督委员会委员", "委员", LineSupervision, PowerSupervise, false},
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
