package main

import "math/rand/v2"

// member is a Party member; Branch and Floating change while the movements are
// laid down, Opening keeps the branch on the opening day (nil for arrivals).
type member struct {
	*person
	Branch, Opening          *partyUnit
	Joined, Full             string // Full is empty while on probation
	Extended                 int    // months by which probation was extended
	Floating, WasFloating    bool   // now, and on the opening day
	FloatedOn                string
	Gone                     bool
	Arrived                  string // day of arrival after the opening day, else ""
	Origin                   string // organisation outside the street
	Education, Degree        string
	Job, Industry, Tech      string
	Class, Migrant, JoinedAt string
}

// fullOn says whether the member is a full member on a date.
func (m *member) fullOn(on string) bool { return m.Full != "" && m.Full <= on }

// ages of a branch's members by its character: youngest and oldest, in bands
// with weights.
type band struct{ lo, hi, weight int }

var ageBands = map[string][]band{
	"mixed":   {{22, 35, 14}, {36, 45, 20}, {46, 55, 22}, {56, 65, 24}, {66, 79, 18}, {80, 90, 2}},
	"old":     {{62, 69, 20}, {70, 79, 50}, {80, 89, 26}, {90, 96, 4}},
	"float":   {{22, 35, 40}, {36, 45, 35}, {46, 55, 20}, {56, 60, 5}},
	"market":  {{24, 35, 18}, {36, 45, 30}, {46, 55, 32}, {56, 66, 20}},
	"organ":   {{24, 35, 30}, {36, 45, 32}, {46, 55, 24}, {56, 59, 14}},
	"school":  {{24, 35, 30}, {36, 45, 34}, {46, 55, 26}, {56, 59, 10}},
	"clinic":  {{25, 35, 28}, {36, 45, 32}, {46, 55, 28}, {56, 59, 12}},
	"firm":    {{25, 35, 18}, {36, 45, 30}, {46, 55, 34}, {56, 59, 18}},
	"joint":   {{22, 35, 45}, {36, 45, 32}, {46, 58, 23}},
	"retired": {{61, 69, 40}, {70, 79, 44}, {80, 92, 16}},
}

func birthFor(r *rand.Rand, profile, on string) string {
	bands := ageBands[profile]
	weights := make([]int, len(bands))
	for i, b := range bands {
		weights[i] = b.weight
	}
	b := bands[weighted(r, weights...)]
	return birthAt(r, on, b.lo, b.hi)
}

// Share of women in a hundred, by character of the branch.
var womenShare = map[string]int{"school": 62, "clinic": 64, "organ": 42, "retired": 36, "old": 26, "firm": 22, "float": 28}

func (c *census) member(r *rand.Rand, profile, birth, before string) *member {
	share, ok := womenShare[profile]
	if !ok {
		share = 33
	}
	m := &member{person: c.person(r, pick(r, surnames), r.IntN(100) >= share, birth)}
	m.person.Member = m
	m.Phone = c.memberPhone()
	m.Joined = admission(r, birth, before)
	m.Full = addMonths(m.Joined, 12)
	if r.IntN(60) == 0 && addMonths(m.Joined, 18) <= before {
		m.Extended = 6
		m.Full = addMonths(m.Joined, 18)
	}
	describe(r, m, profile)
	return m
}

// The Party constitutions in force from April 1969 to August 1977 knew no
// probation; the demonstration has nobody admitted in those years, so that
// every member passed a year of it.
const noProbationFrom, noProbationTo = "1969-04-01", "1977-08-31"

// admission draws a date on which somebody of this birth was admitted: at
// eighteen or later and at least thirteen months before a date.
func admission(r *rand.Rand, birth, before string) string {
	eighteen := addDays(addMonths(birth, 12*18), 30)
	latest := addMonths(before, -13)
	if cap := addMonths(birth, 12*48); cap < latest {
		latest = cap
	}
	for {
		on := between(r, eighteen, latest)
		if r.IntN(3) > 0 { // most branches admit around 1 July
			on = on[:4] + "-" + pick(r, []string{"06-25", "06-28", "07-01", "06-30", "11-20", "12-10", "12-26"})
		}
		if on < eighteen || on > latest || on >= noProbationFrom && on <= noProbationTo {
			continue
		}
		return on
	}
}

// describe fills the columns that say what a member learnt and does.
func describe(r *rand.Rand, m *member, profile string) {
	m.Education, m.Degree = schooling(r, m.Birth, profile)
	m.Tech, m.Class, m.Migrant = "无", "无", "否"
	age := years(m.Birth, openingDay)
	retired := age >= 60 || !m.Male && age >= 55
	switch {
	case profile == "retired" || retired && profile != "mixed" && profile != "old":
		m.Job, m.Industry = "离退休人员", "其他"
	case retired:
		m.Job, m.Industry = pick(r, []string{"离退休人员", "农、林、牧、渔业生产人员"}), "农、林、牧、渔业"
	case profile == "organ":
		m.Job, m.Industry = pick(r, []string{"公务员", "事业单位管理人员", "社区工作者"}), "公共管理、社会保障和社会组织"
	case profile == "school":
		m.Job, m.Industry, m.Tech = "专任教师", "教育", pick(r, []string{"一级教师", "二级教师", "高级教师"})
	case profile == "clinic":
		m.Job, m.Industry, m.Tech = "专业技术人员", "卫生和社会工作", pick(r, []string{"医师", "护师", "主治医师", "主管护师"})
	case profile == "firm":
		m.Job, m.Industry = pick(r, []string{"企业管理人员", "专业技术人员", "工勤技能人员"}), pick(r, []string{"建筑业", "制造业"})
	case profile == "joint":
		m.Job, m.Industry, m.Class = "非公有制单位员工", pick(r, []string{"租赁和商务服务业", "交通运输、仓储和邮政业", "批发和零售业"}), pick(r, []string{"无", "无", "私营企业管理技术人员", "新媒体从业人员", "中介组织从业人员"})
	case profile == "market":
		m.Job, m.Industry, m.Class = "个体工商户", "批发和零售业", pick(r, []string{"无", "个体工商户"})
	case profile == "float":
		m.Job, m.Industry, m.Migrant = "外出务工人员", pick(r, []string{"制造业", "建筑业", "住宿和餐饮业"}), pick(r, []string{"是", "否"})
	default:
		m.Job, m.Industry = pick(r, []string{"农、林、牧、渔业生产人员", "工勤技能人员", "社区工作者", "个体工商户", "企业管理人员"}), pick(r, []string{"农、林、牧、渔业", "制造业", "居民服务、修理和其他服务业"})
	}
}

func schooling(r *rand.Rand, birth, profile string) (education, degree string) {
	high := profile == "organ" || profile == "school" || profile == "clinic"
	switch {
	case birth < "1955" && !high:
		return pick(r, []string{"小学", "小学", "初中", "初中", "普通高中"}), "无"
	case birth < "1970" && !high:
		return pick(r, []string{"初中", "初中", "普通高中", "普通高中", "中等专科", "大学专科"}), "无"
	case birth < "1985" && !high:
		return pick(r, []string{"普通高中", "中等专科", "大学专科", "大学专科", "大学本科"}), "无"
	}
	switch weighted(r, 25, 60, 8) {
	case 0:
		return "大学专科", "无"
	case 1:
		return "大学本科", "学士"
	default:
		return "研究生", "硕士"
	}
}
