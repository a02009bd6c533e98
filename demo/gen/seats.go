package main

// Kinds of office, in the words of the column 职务类别.
const (
	asCommittee   = "村（居）民委员会委员"
	asPartyMember = "支部委员"
	asWatch       = "监督委员会委员"
)

const marketDuty = "负责农贸市场管理"

// reserve are the members set aside for the bodies of one village or community.
type reserve struct {
	party       []*person // Party committee, secretary first
	partyBefore *person   // who sat in the fourth seat a term before
	self        *person   // a member on the villagers' or residents' committee only
	watch       *person   // head of the supervision committee
	accountant  *person
	coop        []*person // council members besides the chair
}

// namedIn are the fixed holders: secretary, director where he is another person,
// accountant, head of supervision.
var namedIn = map[string][4]string{
	"文峰村":  {"王建国", "李志强", "徐海燕", "朱明亮"},
	"渡江村":  {"陈志强", "", "赵芙蓉", "吴国栋"},
	"宝塔社区": {"孙丽华", "", "张雨欣", "周国平"},
}

func (w *world) reservePlace(p *placeSpec) *reserve {
	name := namedIn[p.Name]
	pickOr := func(name, sex string) *person {
		if m, ok := w.named[name]; ok {
			return m.person
		}
		return w.anyMember(p, sex)
	}
	size := 5
	if p.PartyKind == "党委" || p.Name == hamletVillage {
		size = 7
	}
	v := &reserve{watch: pickOr(name[3], "男"), accountant: pickOr(name[2], "女")}
	v.party = []*person{pickOr(name[0], ""), pickOr(name[1], "男"), w.anyMember(p, "男"), w.anyMember(p, "女")}
	for len(v.party) < size {
		v.party = append(v.party, w.anyMember(p, ""))
	}
	v.partyBefore, v.self = w.anyMember(p, "女"), w.anyMember(p, "")
	if p.coop() != "" {
		v.coop = []*person{w.anyMember(p, ""), w.anyMember(p, "女")}
	}
	return v
}

func (w *world) reserveStreet() *reserve {
	v := &reserve{}
	first, second := w.unit("文峰街道机关第一党支部"), w.unit("文峰街道机关第二党支部")
	for i, sex := range []string{"男", "男", "男", "女", "", ""} {
		v.party = append(v.party, w.member([]*partyUnit{first, second}[i%2], sex, [2]int{33, 57}))
	}
	return v
}

// fillBodies appoints everybody outside the branch committees, which were chosen
// before the movements.
func (w *world) fillBodies() {
	w.street()
	for _, p := range places {
		w.place(p)
	}
}

// street fills the street's own bodies.
func (w *world) street() {
	v := w.reserves[""]
	at := func(name string) *person { return w.named[name].person }
	w.once("文峰街道党工委", [2]string{"2021-09-28", "2026-12-31"},
		seat{role: "书记", category: "街道党工委书记", holder: at("周建平")},
		seat{role: "副书记", category: asPartyMember, holder: v.party[0]},
		seat{role: "副书记", category: asPartyMember, holder: v.party[1]},
		seat{role: "纪检监察工委书记", category: "街道纪检监察干部", holder: v.party[2]},
		seat{role: "组织委员", category: "组织委员", holder: v.party[3]},
		seat{role: "宣传委员", category: asPartyMember, holder: v.party[4]},
		seat{role: "政法委员", category: asPartyMember, holder: v.party[5]})
	w.since(office0, "2020-01-06",
		seat{role: "党建办干事", category: "街道党建办干事", holder: at("陈晓梅")},
		seat{role: "系统管理员", category: "系统管理员", holder: at("顾晓东")},
		seat{role: "审计员", category: "审计人员", holder: at("沈国平")})
}

// place fills the bodies of one village or community.
func (w *world) place(p *placeSpec) {
	v := w.reserves[p.Name]
	director, deputy, third := v.party[0], v.party[1], v.self
	if p.Name == "文峰村" || p.Name == "连运社区" { // secretary and director are two persons
		director, deputy, third = v.party[1], v.self, w.villager(p, "", "")
	}
	fourth, fourthBefore, woman := w.villager(p, "男", ""), w.villager(p, "男", ""), w.villager(p, "女", "")
	title := "居民委员会主任"
	if p.Village {
		title = "村民委员会主任"
	}
	committee := []seat{{role: "主任", category: title, holder: director}, {role: "副主任", category: asCommittee, holder: deputy}, {role: "委员", category: asCommittee, holder: third},
		{role: "委员", category: asCommittee, holder: fourth, before: fourthBefore}, {role: "妇女委员", category: asCommittee, holder: woman}}
	party := v.partySeats(p)
	marketDuties(p, party, committee)
	w.twoTerms(p.Name+p.PartyKind, partyTerms, party)
	w.twoTerms(p.committee(), selfTerms, committee)
	w.twoTerms(p.supervision(), selfTerms, []seat{{role: "主任", category: "监督委员会主任", holder: v.watch},
		{role: "委员", category: asWatch, holder: w.villager(p, "女", "")}, {role: "委员", category: asWatch, holder: w.villager(p, "男", "")}})
	for g := 1; g <= p.Groups; g++ {
		w.since(p.Name+p.group(g), "2021-02-10", seat{role: "组长", category: "村（居）民小组组长", holder: w.villager(p, "", p.group(g))})
	}
	w.since(p.booksAt(), "2019-03-01", seat{role: "会计", category: "会计（报账员）", holder: v.accountant})
	w.coopBoards(p, v)
}

func (v *reserve) partySeats(p *placeSpec) []seat {
	titles := []string{"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "委员"}
	var seats []seat
	for i, x := range v.party {
		s := seat{role: titles[i], category: asPartyMember, holder: x}
		switch i {
		case 0:
			s.category = p.PartyKind + "书记"
		case 2:
			s.category = "组织委员"
		case 3:
			s.before = v.partyBefore
		}
		seats = append(seats, s)
	}
	return seats
}

// marketDuties: in 渡江村 seven of the ten members of the two committees run the
// market besides; in 文峰村 it is the deputy director's task alone. The duty is
// written once per person; the discipline member keeps out of it.
func marketDuties(p *placeSpec, party, committee []seat) {
	switch p.Name {
	case hamletVillage:
		for _, s := range []*seat{&party[2], &party[3], &party[5], &party[6], &committee[1], &committee[2], &committee[4]} {
			s.duty = marketDuty
		}
	case "文峰村":
		committee[1].duty = marketDuty
	}
}

// booksAt is the unit whose accountant keeps the books: the share co-operative,
// or the residents' committee where there is none.
func (p *placeSpec) booksAt() string {
	if p.coop() != "" {
		return p.coop()
	}
	return p.committee()
}

// coopBoards fills council and supervisors of the share co-operative: odd
// numbers, a woman on each, nobody on both (农村集体经济组织法第二十九条、第三十二条、第三十四条).
func (w *world) coopBoards(p *placeSpec, v *reserve) {
	if p.coop() == "" {
		return
	}
	w.once(p.coop(), coopTerm,
		seat{role: "理事长", category: "理事长", holder: v.party[0]},
		seat{role: "理事", category: "理事", holder: v.coop[0]},
		seat{role: "理事", category: "理事", holder: v.coop[1]},
		seat{role: "理事", category: "理事", holder: w.villager(p, "", "")},
		seat{role: "理事", category: "理事", holder: w.villager(p, "", "")},
		seat{role: "监事长", category: "监事", holder: w.villager(p, "男", "")},
		seat{role: "监事", category: "监事", holder: w.villager(p, "女", "")},
		seat{role: "监事", category: "监事", holder: w.villager(p, "", "")})
}
