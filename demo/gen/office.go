package main

import "fmt"

// office is one person's hold on one office. From is the first day, Until the end
// of the term, Left the first day on which he no longer holds it.
type office struct {
	Unit, Role, Category string
	Holder               *person
	From, Until, Left    string
	Duty, Note           string
}

// The two terms of villages and communities: five years each, Party
// organisations first (村民委员会组织法第十四条; 2018 年任期意见).
var (
	partyTerms = [2][2]string{{"2020-12-20", "2025-12-19"}, {"2025-12-20", "2030-12-19"}}
	selfTerms  = [2][2]string{{"2021-01-20", "2026-01-19"}, {"2026-01-20", "2031-01-19"}}
	coopTerm   = [2]string{"2023-11-26", "2028-11-25"}
	branchTerm = [2]string{"2024-06-20", "2027-06-19"} // branches right under the street: three years
)

// seat is one place in a body.
type seat struct {
	role, category, duty string
	holder               *person
	before               *person // who held it in the term before; nil when the same
}

// twoTerms enters a body's seats for the past term and the present one.
func (w *world) twoTerms(unit string, terms [2][2]string, seats []seat) {
	for i, term := range terms {
		for _, s := range seats {
			holder := s.holder
			if i == 0 && s.before != nil {
				holder = s.before
			}
			o := office{Unit: unit, Role: s.role, Category: s.category, Holder: holder, From: term[0], Until: term[1], Duty: s.duty}
			if i == 0 {
				o.Left, o.Note = terms[1][0], "届满换届"
			}
			w.offices = append(w.offices, o)
		}
	}
}

func (w *world) once(unit string, term [2]string, seats ...seat) {
	for _, s := range seats {
		w.offices = append(w.offices, office{Unit: unit, Role: s.role, Category: s.category, Holder: s.holder, From: term[0], Until: term[1], Duty: s.duty})
	}
}

// since enters offices without a term.
func (w *world) since(unit, from string, seats ...seat) {
	for _, s := range seats {
		w.offices = append(w.offices, office{Unit: unit, Role: s.role, Category: s.category, Holder: s.holder, From: from})
	}
}

// chooseCommittees reserves the office holders among the members before any
// movement is dealt out, so that no holder dies, leaves or moves.
func (w *world) chooseCommittees() {
	for _, p := range places {
		w.reserves[p.Name] = w.reservePlace(p)
	}
	w.reserves[""] = w.reserveStreet()
	for _, u := range w.units {
		if !u.branch() {
			continue
		}
		n := 3 // odd; a branch of seven or more full members has a committee (支部工作条例)
		switch {
		case u.Final < 7:
			n = 1
		case u.Final >= 45:
			n = 5
		}
		seats := committeeSeats(n)
		for i := range seats {
			seats[i].holder = w.member(u, "", branchAges(u.Profile))
		}
		if u.Place == "" {
			w.once(u.Short, branchTerm, seats...)
			continue
		}
		w.twoTerms(u.Short, partyTerms, seats)
	}
}

func branchAges(profile string) [2]int {
	if profile == "old" || profile == "retired" {
		return [2]int{60, 76}
	}
	return [2]int{29, 70}
}

// committeeSeats are the posts of a branch committee by its size.
func committeeSeats(n int) []seat {
	all := []seat{{role: "书记", category: "党支部书记"}, {role: "组织委员", category: "组织委员"}, {role: "宣传委员", category: "支部委员"}, {role: "副书记", category: "支部委员"}, {role: "纪检委员", category: "支部委员"}}
	return all[:n]
}

// member reserves a full member of a branch for an office: at least a year of
// membership when the past term began, not away, no office yet.
func (w *world) member(u *partyUnit, sex string, ages [2]int) *person {
	for _, m := range u.Members {
		age := years(m.Birth, openingDay)
		if m.Office || m.Floating || m.Full == "" || m.Full > "2019-12-20" || sex != "" && m.sex() != sex || age < ages[0] || age > ages[1] {
			continue
		}
		m.Office = true
		return m.person
	}
	panic(fmt.Sprintf("no member of %s %s for an office", u.Short, sex))
}

// anyMember reserves a full member of working age from the common branches of a
// village or community.
func (w *world) anyMember(p *placeSpec, sex string) *person {
	for _, m := range w.members {
		age := years(m.Birth, openingDay)
		if m.Opening.Place != p.Name || m.Opening.Profile != "mixed" || m.Office || m.Floating || m.Full == "" || m.Full > "2019-12-20" || sex != "" && m.sex() != sex || age < 30 || age > 63 {
			continue
		}
		m.Office = true
		return m.person
	}
	panic(fmt.Sprintf("no member in %s %s for an office", p.Name, sex))
}

// villager reserves a resident who is no member, from a household without any
// office holder.
func (w *world) villager(p *placeSpec, sex, group string) *person {
	for _, h := range w.homes[p.Name] {
		if h.Office || h.Origin != "本地" || group != "" && h.Group != group {
			continue
		}
		for _, x := range h.People {
			age := years(x.Birth, openingDay)
			if x.Member == nil && age >= 32 && age <= 60 && (sex == "" || x.sex() == sex) {
				x.Office, h.Office = true, true
				return x
			}
		}
	}
	panic(fmt.Sprintf("no resident of %s %s %s for an office", p.Name, sex, group))
}

var headOffices = []string{"序号", "单位", "职务", "职务类别", "姓名", "公民身份号码", "兼管事项", "任职日期", "任期届满日期", "离任日期", "说明"}

func writeOffices(dir string, w *world) error {
	s := sheet{Name: "任职", Title: "文峰街道各类组织任职情况表", Head: headOffices, Text: []string{"F"}, Widths: []float64{6, 36, 18, 22, 10, 22, 20, 12, 14, 12, 16},
		Notes: []string{"任期届满日期为任期最后一天，空白为无固定任期；离任日期当日起不再任职，空白为在任。"}}
	for i, o := range w.offices {
		s.addText(fmt.Sprint(i+1), o.Unit, o.Role, o.Category, o.Holder.Name, o.Holder.ID, o.Duty, o.From, o.Until, o.Left, o.Note)
	}
	return s.save(dir, "offices.xlsx")
}

// holder finds who held an office on a day.
func (w *world) holder(unit, role, on string) *person {
	for _, o := range w.offices {
		if o.Unit == unit && o.Role == role && o.From <= on && (o.Left == "" || o.Left > on) {
			return o.Holder
		}
	}
	panic(fmt.Sprintf("nobody was %s of %s on %s", role, unit, on))
}
