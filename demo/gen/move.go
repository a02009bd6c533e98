package main

import (
	"fmt"
	"math/rand/v2"
	"sort"
)

// move is one line of the movements file.
type move struct {
	on, act, from, to, note string
	m                       *member
	fromUnit, toUnit        *partyUnit
}

// move gives every slot its person, adds the conversions to full membership, and
// leaves every member where he is on the present day.
func (w *world) move(slots []slot) error {
	r := stream("moves")
	type event struct {
		slot
		m *member
	}
	var events []event
	for _, m := range w.members {
		if m.Full == "" {
			events = append(events, event{slot{on: addMonths(m.Joined, 12+m.Extended), act: actConvert}, m})
		}
	}
	for _, s := range slots {
		e := event{slot: s}
		switch s.act {
		case actAdmit:
			e.m = w.admit(r, s)
			if due := addMonths(s.on, 12); due <= today {
				events = append(events, event{slot{on: due, act: actConvert}, e.m})
			}
		case actIn:
			e.m = w.arrive(r, s)
		}
		events = append(events, e)
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].on < events[j].on })
	for _, e := range events {
		if e.m == nil {
			if e.m = w.candidate(r, e.slot); e.m == nil {
				return fmt.Errorf("nobody in %s for %s on %s", e.from.Short, e.act, e.on)
			}
		}
		w.apply(r, e.slot, e.m)
	}
	for _, u := range w.units {
		if n := len(u.Members); u.branch() && n != u.Final {
			return fmt.Errorf("%s has %d members, not %d", u.Short, n, u.Final)
		}
	}
	return nil
}

// admit makes a person of 20 to 44 a probationary member.
func (w *world) admit(r *rand.Rand, s slot) *member {
	birth := birthAt(r, s.on, 20, 44)
	m := &member{person: w.census.person(r, pick(r, surnames), r.IntN(100) >= 38, birth)}
	m.person.Member = m
	m.Phone, m.Joined, m.Arrived, m.JoinedAt = w.census.memberPhone(), s.on, s.on, s.to.Short
	describe(r, m, s.to.Profile)
	w.arrivals = append(w.arrivals, m)
	return m
}

// arrive draws a full member who comes from an organisation outside.
func (w *world) arrive(r *rand.Rand, s slot) *member {
	profile := s.to.Profile
	birth := birthFor(r, profile, s.on)
	if s.big && profile == "mixed" {
		birth = birthAt(r, s.on, 45, 68)
	}
	m := w.census.member(r, profile, birth, s.on)
	m.Arrived, m.Origin, m.JoinedAt = s.on, s.origin, s.origin
	w.arrivals = append(w.arrivals, m)
	return m
}

// candidate draws who dies, leaves or moves: never an office holder, nobody on
// probation, and for floating somebody of working age.
func (w *world) candidate(r *rand.Rand, s slot) *member {
	var fit []*member
	for _, m := range s.from.Members {
		if m.Office || !m.fullOn(s.on) {
			continue
		}
		age := years(m.Birth, s.on)
		ok := true
		switch s.act {
		case actDeath:
			ok = !m.Floating
		case actOut:
			ok = !m.Floating && age < 72 && (m.Arrived == "" || addMonths(m.Arrived, 9) < s.on)
		case actWithin:
			ok = !m.Floating && (s.to.Profile != "old" || age >= 60) && (m.Arrived == "" || addMonths(m.Arrived, 9) < s.on)
		case actFloat:
			ok = !m.Floating && age < 58 && m.FloatedOn == ""
		case actReturn:
			ok = m.Floating && addMonths(m.FloatedOn, 7) < s.on
		}
		if ok {
			fit = append(fit, m)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	if s.act == actDeath { // one of the eight oldest
		sort.SliceStable(fit, func(i, j int) bool { return fit[i].Birth < fit[j].Birth })
		fit = fit[:min(8, len(fit))]
	}
	return pick(r, fit)
}

// apply carries out one movement and writes its line.
func (w *world) apply(r *rand.Rand, s slot, m *member) {
	v := move{on: s.on, act: s.act, m: m, fromUnit: s.from, toUnit: s.to}
	if s.from != nil {
		v.from = s.from.Short
	}
	if s.to != nil {
		v.to = s.to.Short
	}
	switch s.act {
	case actAdmit:
		v.note = "支部党员大会表决通过，接收为预备党员"
		join(m, s.to)
	case actConvert:
		v.from, v.to = m.Branch.Short, m.Branch.Short
		v.fromUnit, v.toUnit = m.Branch, m.Branch
		v.note = "预备期满，按期转为正式党员"
		if m.Extended > 0 {
			v.note = fmt.Sprintf("延长预备期%d个月期满，转为正式党员", m.Extended)
		}
		m.Full = s.on
	case actIn:
		v.from, v.note = s.origin, "组织关系介绍信转入"
		if s.big {
			v.note = "企业党组织关系属地移交，转入文峰村党总支"
		}
		join(m, s.to)
	case actOut:
		v.to, v.note = s.origin, "因居住地或工作变动转出"
		leave(m)
		m.Gone = true
	case actWithin:
		v.note = "街道党组织之间调整"
		if s.to.Profile == "old" {
			v.note = "退休后转入老党员党支部"
		}
		leave(m)
		join(m, s.to)
	case actDeath:
		v.note = "因病去世"
		leave(m)
		m.Gone = true
	case actFloat:
		v.to = s.from.Short
		v.note = "外出务工六个月以上，去向" + pick(r, []string{"苏州市", "上海市", "南京市", "杭州市", "无锡市", "深圳市"})
		m.Floating, m.FloatedOn = true, s.on
	case actReturn:
		v.to = s.from.Short
		v.note = "返回本街道居住，正常参加组织生活"
		m.Floating = false
	}
	w.moves = append(w.moves, v)
}

func join(m *member, u *partyUnit) {
	m.Branch = u
	u.Members = append(u.Members, m)
}

func leave(m *member) {
	for i, x := range m.Branch.Members {
		if x == m {
			m.Branch.Members = append(m.Branch.Members[:i:i], m.Branch.Members[i+1:]...)
			break
		}
	}
}
