package org

import "cunju/internal/access"

// Kind is a sort of unit.
type Kind struct {
	Code   string // kept for ever
	Title  string
	Line   Line   // the line on which it is usually managed
	Serves bool   // it works for the whole of the area unit it stands under (a village's committee, its general branch)
	Town   bool   // it works for the whole street
	Party  bool   // a Party organisation
	Branch bool   // Party members belong to it directly
	Place  bool   // it is ground with people on it; all other kinds are bodies in a place
	Power  string // deciding, executing, supervising (三权分离), or none
	code   func(string) string
}

// kindList in order of display. Area units (town, village, community, groups) are places; all others are bodies in them.
var kindList = []Kind{
	{Code: "town", Title: "街道（乡镇）", Line: Area, Place: true, Serves: true, Town: true, Power: access.PowerExecute, code: divisionCode},
	{Code: "village", Title: "村", Line: Area, Place: true, Serves: true, Power: access.PowerNone, code: divisionCode},
	{Code: "community", Title: "社区", Line: Area, Place: true, Serves: true, Power: access.PowerNone, code: divisionCode},
	{Code: "villagers-group", Title: "村民小组", Line: Area, Place: true, Power: access.PowerNone},
	{Code: "residents-group", Title: "居民小组", Line: Area, Place: true, Power: access.PowerNone},
	{Code: "party-working-committee", Title: "党工委", Line: Party, Serves: true, Town: true, Party: true, Power: access.PowerDecide},
	{Code: "party-committee", Title: "党委", Line: Party, Serves: true, Party: true, Power: access.PowerDecide},
	{Code: "party-general-branch", Title: "党总支", Line: Party, Serves: true, Party: true, Power: access.PowerDecide},
	{Code: "party-branch", Title: "党支部", Line: Party, Party: true, Branch: true, Power: access.PowerDecide},
	{Code: "party-joint-branch", Title: "联合党支部", Line: Party, Party: true, Branch: true, Power: access.PowerDecide},
	{Code: "town-office", Title: "街道办事处（乡镇政府）", Line: Area, Serves: true, Town: true, Power: access.PowerExecute},
	{Code: "villagers-committee", Title: "村民委员会", Line: Area, Serves: true, Power: access.PowerExecute, code: creditCode},
	{Code: "residents-committee", Title: "居民委员会", Line: Area, Serves: true, Power: access.PowerExecute, code: creditCode},
	{Code: "supervision-committee", Title: "监督委员会", Line: Area, Serves: true, Power: access.PowerSupervise},
	{Code: "collective", Title: "农村集体经济组织", Line: Collective, Serves: true, Power: access.PowerDecide, code: creditCode},
	{Code: "market", Title: "集体企业、市场", Line: Area, Power: access.PowerExecute},
	{Code: "service-centre", Title: "便民服务中心", Line: Area, Power: access.PowerExecute},
	{Code: "mediation-committee", Title: "人民调解委员会", Line: Area, Power: access.PowerNone},
	{Code: "mass-organisation", Title: "群团组织", Line: Area, Power: access.PowerNone},
	{Code: "member-unit", Title: "成员单位", Line: Area, Power: access.PowerNone},
}

var kinds = func() map[string]Kind {
	m := map[string]Kind{}
	for _, k := range kindList {
		m[k.Code] = k
	}
	return m
}()

// Kinds lists every kind of unit in display order.
func Kinds() []Kind { return append([]Kind(nil), kindList...) }

// KindOf finds a kind by its code or its Chinese title.
func KindOf(s string) (Kind, bool) {
	if k, ok := kinds[s]; ok {
		return k, true
	}
	for _, k := range kindList {
		if k.Title == s {
			return k, true
		}
	}
	return Kind{}, false
}
