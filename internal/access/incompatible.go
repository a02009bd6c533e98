package access

import "slices"

// Conflict is the reason why two offices do not go together.
type Conflict struct {
	Law  string
	Why  string // for people
	With Office // the office already held, by the person or by a near relative
	Kin  bool   // it is a near relative who holds it
	Warn bool   // the source advises against it but does not forbid it
}

// group is a set of offices that a source names together.
type group func(Office) bool

func role(codes ...string) group {
	return func(o Office) bool { return slices.Contains(codes, o.Role) }
}

var (
	secretary   = role("committee-secretary", "general-branch-secretary", "branch-secretary")
	committee   = role("village-director", "residents-director", "committee-member")
	supervision = role("supervision-head", "supervision-member")
	supervisor  = role("collective-supervisor")
	council     = role("collective-chair", "council-member")
	accountant  = role("accountant")
	admin       = role("system-admin")
	auditor     = role("auditor")
)

// supervises is any supervising office; decidesOrExecutes any deciding or executing one outside the Party line, whose
// committee members are even recommended as head of supervision (SUP 2017).
func supervises(o Office) bool { return o.Power == PowerSupervise }

func decidesOrExecutes(o Office) bool {
	return o.Line != LineParty && (o.Power == PowerDecide || o.Power == PowerExecute)
}

func readsPersons(o Office) bool { return o.Role != "system-admin" }

// incompatibilities: a and b may not be held by one person in one area, and where kin is set not by near relatives
// either. Where self is false only relatives are barred from a and b. The first row that fits is the answer, so rows
// that name an article stand before the general safeguards.
var incompatibilities = []struct {
	a, b      group
	self, kin bool
	warn      bool
	law, why  string
}{
	{supervision, committee, true, true, false, "《村民委员会组织法》第三十七条；《城市居民委员会组织法》第三十六条",
		"村（居）民委员会成员及其近亲属不得担任村（居）务监督委员会成员"},
	{supervisor, council, true, true, false, "《农村集体经济组织法》第三十二条、第三十四条",
		"理事会成员及其近亲属不得担任监事"},
	{supervisor, accountant, true, true, false, "《农村集体经济组织法》第三十二条、第三十四条",
		"财务、会计人员及其近亲属不得担任监事"},
	{committee, committee, false, true, false, "《村民委员会组织法》第八条；《城市居民委员会组织法》第八条",
		"村（居）民委员会成员之间应当实行近亲属回避"},
	{council, council, false, true, false, "《农村集体经济组织法》第二十九条",
		"理事会成员之间应当实行近亲属回避"},
	{supervision, secretary, true, false, true, "《关于建立健全村务监督委员会的指导意见》（2017年）",
		"监督委员会主任原则上不由党组织书记兼任"},
	{admin, auditor, true, false, false, "GB/T 22239-2019",
		"系统管理员与审计管理员应当由不同的人担任"},
	{admin, readsPersons, true, false, false, "GB/T 22239-2019",
		"系统管理员不查看个人信息，不兼任业务职务"},
	{supervision, accountant, true, false, false, "内部控制",
		"监督与会计岗位不相容"},
	{accountant, secretary, true, false, false, "内部控制",
		"审批公开和开支的人不兼任会计（报账员）"},
	{accountant, role("village-director", "residents-director", "collective-chair"), true, false, false, "内部控制",
		"批准开支的人不兼任会计（报账员）"},
	{supervises, decidesOrExecutes, true, false, false, "内部控制",
		"监督职务不兼任同一范围内的决策、执行职务"},
}

// Incompatible says whether next may be held beside the offices already held by the same person, and beside those that
// near relatives (kin) hold; nil means yes. Offices are only compared when they belong to one area: one lies in the
// other's, or both in the same. A forbidden pair is reported before one that is only advised against.
func Incompatible(held []Office, next Office, kin ...Office) *Conflict {
	var advice *Conflict
	for _, row := range incompatibilities {
		try := func(others []Office, applies, relatives bool) *Conflict {
			if !applies {
				return nil
			}
			for _, o := range others {
				pair := row.a(next) && row.b(o) || row.a(o) && row.b(next)
				if pair && sameArea(next, o) {
					return &Conflict{Law: row.law, Why: row.why, With: o, Kin: relatives, Warn: row.warn}
				}
			}
			return nil
		}
		c := try(held, row.self, false)
		if c == nil {
			c = try(kin, row.kin, true)
		}
		switch {
		case c != nil && !c.Warn:
			return c
		case c != nil && advice == nil:
			advice = c
		}
	}
	return advice
}

// sameArea reports whether one office's area is, or lies above, the other's unit.
func sameArea(a, b Office) bool {
	return a.area() == b.area() || slices.Contains(a.Path, b.area()) || slices.Contains(b.Path, a.area())
}
