package main

// named members are the people of the demonstration's log-ins; the rest of the
// roster is drawn.
var namedMembers = []struct {
	name, sex, birth, joined, branch string
}{
	{"周建平", "男", "1972-03-14", "1996-06-28", "文峰街道机关第一党支部"},
	{"陈晓梅", "女", "1989-08-21", "2013-06-25", "文峰街道机关第一党支部"},
	{"沈国平", "男", "1980-11-02", "2006-07-01", "文峰街道机关第二党支部"},
	{"顾晓东", "男", "1990-05-17", "2015-06-30", "文峰街道机关第二党支部"},
	{"王建国", "男", "1970-10-09", "1997-07-01", "文峰村第一党支部"},
	{"李志强", "男", "1976-01-26", "2003-06-28", "文峰村第一党支部"},
	{"徐海燕", "女", "1982-06-22", "2012-06-22", "文峰村第二党支部"},
	{"朱明亮", "男", "1964-04-05", "1992-07-01", "文峰村第二党支部"},
	{"李秀英", "女", "1947-09-12", "1979-10-12", "文峰村老党员党支部"},
	{"陈志强", "男", "1974-12-01", "2001-06-30", "渡江村第一党支部"},
	{"赵芙蓉", "女", "1985-02-18", "2011-12-10", "渡江村第二党支部"},
	{"吴国栋", "男", "1966-07-23", "1994-07-01", "渡江村第二党支部"},
	{"孙丽华", "女", "1981-03-30", "2005-06-28", "宝塔社区第一党支部"},
	{"张雨欣", "女", "1992-10-11", "2016-11-20", "宝塔社区第二党支部"},
	{"周国平", "男", "1963-05-06", "1990-07-01", "宝塔社区第三党支部"},
}

// openRoster draws the members of the opening day: each branch's final size less
// the movements that will reach it.
func (w *world) openRoster(slots []slot) {
	r := stream("roster")
	for _, n := range namedMembers {
		m := w.census.member(r, w.unit(n.branch).Profile, n.birth, openingDay)
		old := m.ID
		m.Name, m.Male = n.name, n.sex == "男"
		delete(w.census.used, old)
		m.ID = w.census.number(r, m.Male, n.birth)
		m.Joined, m.Full, m.Extended = n.joined, addMonths(n.joined, 12), 0
		m.Nation, m.Office = "汉族", true
		w.named[n.name] = m
		w.enrol(m, w.unit(n.branch))
	}
	for _, u := range w.units {
		if !u.branch() {
			continue
		}
		size := u.Final
		for _, s := range slots {
			size -= s.change(u)
		}
		for len(u.Members) < size {
			w.enrol(w.census.member(r, u.Profile, birthFor(r, u.Profile, openingDay), openingDay), u)
		}
		w.members = append(w.members, u.Members...)
	}
	w.probationers()
	for _, m := range w.members {
		m.JoinedAt = m.Branch.Short
		if m.Joined < m.Branch.Founded || r.IntN(4) == 0 {
			m.JoinedAt = pick(r, []string{"扬州市郊区文峰乡党委", "文峰街道党工委", "部队党组织", "原单位党支部", m.Branch.Short})
		}
		if m.JoinedAt == m.Branch.Short && m.Joined < m.Branch.Founded {
			m.JoinedAt = "扬州市郊区文峰乡党委"
		}
	}
}

func (w *world) enrol(m *member, u *partyUnit) {
	m.Branch, m.Opening = u, u
	u.Members = append(u.Members, m)
}

// probationers makes 32 young members of the opening roster probationary; two of
// them will have it extended by six months.
func (w *world) probationers() {
	r := stream("probation")
	days := []string{"2024-06-26", "2024-06-28", "2024-07-01", "2024-09-27", "2024-11-20", "2024-12-25", "2025-03-28"}
	for n := 0; n < 32; {
		m := pick(r, w.members)
		age := years(m.Birth, openingDay)
		if m.Full == "" || m.Office || age < 21 || age > 45 || m.Branch.Profile == "float" || m.Branch.Final < 12 {
			continue
		}
		m.Joined, m.Full, m.Extended = pick(r, days), "", 0
		if n < 2 {
			m.Extended = 6
		}
		n++
	}
}

// floaters marks who was away on the opening day: nearly the whole branch for
// floating members, and a few elsewhere. In 文峰村 the number is set so that 23
// are away on the present day.
func (w *world) floaters(slots []slot) {
	r := stream("float")
	away := map[string]int{}
	for _, s := range slots {
		switch s.act {
		case actFloat:
			away[s.from.Place]++
		case actReturn:
			away[s.from.Place]--
		}
	}
	for _, p := range places {
		want := len(w.unit(p.Name+"流动党员党支部").Members) - 5
		if p.Name == "文峰村" {
			want = 23 - away[p.Name]
		}
		for _, m := range w.unit(p.Name + "流动党员党支部").Members {
			if want > 0 && !m.Office {
				m.Floating, m.WasFloating, m.FloatedOn = true, true, between(r, "2024-03-01", "2025-03-31")
				want--
			}
		}
	}
}
