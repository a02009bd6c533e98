package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
)

// Names of the acts in the movements file.
const (
	actAdmit   = "发展入党"
	actConvert = "预备转正"
	actIn      = "组织关系转入"
	actOut     = "组织关系转出"
	actWithin  = "街道内转接"
	actDeath   = "去世"
	actFloat   = "外出流动"
	actReturn  = "流动返回"
)

// slot is a planned movement that still lacks its person.
type slot struct {
	on       string
	act      string
	from, to *partyUnit
	origin   string // organisation outside the street
	big      bool   // one of the 42 from large enterprises
}

const (
	firstMove = "2025-06-03"
	lastMove  = "2026-11-18"
	mergeDay  = "2026-03-18" // the 42 members from large enterprises arrive
)

// bigFirms are the enterprises whose members joined 文峰村党总支, with heads.
var bigFirms = []struct {
	name string
	n    int
}{{"扬州恒远重型机械集团有限公司党委(虚构)", 17}, {"扬州江淮纺织印染股份有限公司党委(虚构)", 14}, {"扬州长运船舶修造有限公司党委(虚构)", 11}}

// bigInto spreads the 42 over branches of 文峰村党总支.
var bigInto = []struct {
	short string
	n     int
}{{"文峰村第一党支部", 14}, {"文峰村第二党支部", 12}, {"文峰村老党员党支部", 6}, {"文峰村农贸市场党支部", 10}}

// plan lays down the movements of eighteen months, except conversions to full
// membership, which follow from admissions. Every slot is accepted only if all
// branches stay within 50 members when counted back from their final size.
type plan struct {
	r     *rand.Rand
	units []*partyUnit
	slots []slot
}

func makePlan(units []*partyUnit) []slot {
	p := &plan{r: stream("plan"), units: units}
	k := 0
	for i := range bigFirms {
		for range bigFirms[i].n {
			p.slots = append(p.slots, slot{on: mergeDay, act: actIn, to: unitNamed(units, nthTarget(k)), origin: bigFirms[i].name, big: true})
			k++
		}
	}
	p.admissions()
	p.fill(40, func() slot { return slot{act: actDeath, from: p.elderly()} })
	p.fill(24, func() slot { return slot{act: actIn, to: p.any("float"), origin: pick(p.r, outside)} })
	p.fill(30, func() slot { return slot{act: actOut, from: p.any("old"), origin: pick(p.r, outside)} })
	p.fill(30, p.within)
	p.fill(24, func() slot { return slot{act: actFloat, from: p.working()} })
	p.fill(20, func() slot { return slot{act: actReturn, from: p.floatBranch()} })
	sort.SliceStable(p.slots, func(i, j int) bool { return p.slots[i].on < p.slots[j].on })
	return p.slots
}

// nthTarget is the branch that the k-th of the 42 joins, dealt in turn so that
// each enterprise's members spread over all branches.
func nthTarget(k int) string {
	var deck []string
	for round := 0; ; round++ {
		before := len(deck)
		for _, b := range bigInto {
			if round < b.n {
				deck = append(deck, b.short)
			}
		}
		if len(deck) == before {
			return deck[k]
		}
	}
}

var outside = []string{
	"扬州市邗江区双桥街道石桥社区党委", "扬州市江都区仙女镇新河社区党总支", "南京市鼓楼区湖南路街道党工委", "苏州市吴江区盛泽镇党委",
	"上海市嘉定区安亭镇党委", "仪征市真州镇党委", "高邮市高邮街道党工委", "镇江市京口区大市口街道党工委", "扬州市经济技术开发区扬子津街道党工委", "扬州大学党委",
}

// wenfengAdmissions are fixed so that 文峰村党总支 has seven probationary
// members on the present day and three who became full members meanwhile.
var wenfengAdmissions = []string{"2025-06-27", "2025-06-27", "2025-11-12", "2025-12-24", "2026-03-25", "2026-06-26", "2026-06-26", "2026-06-26", "2026-09-25", "2026-11-12"}

func (p *plan) admissions() {
	for i, on := range wenfengAdmissions {
		to := unitNamed(p.units, []string{"文峰村第一党支部", "文峰村第二党支部", "文峰村农贸市场党支部"}[i%3])
		p.add(slot{act: actAdmit, to: to, on: on})
	}
	days := []string{"2025-06-27", "2025-09-26", "2025-11-21", "2025-12-24", "2026-03-27", "2026-06-26", "2026-06-29", "2026-09-25", "2026-11-13"}
	for n := 0; n < 36; {
		to := p.any("old")
		if to.Place == "文峰村" || to.Profile == "float" || to.Profile == "retired" {
			continue
		}
		if p.add(slot{act: actAdmit, to: to, on: pick(p.r, days)}) {
			n++
		}
	}
}

// fill adds n slots on random days.
func (p *plan) fill(n int, draw func() slot) {
	for n > 0 {
		s := draw()
		s.on = between(p.r, firstMove, lastMove)
		if p.add(s) {
			n--
		}
	}
}

// add accepts a slot if its branches stay within limits all the time.
func (p *plan) add(s slot) bool {
	p.slots = append(p.slots, s)
	for _, u := range []*partyUnit{s.from, s.to} {
		if u != nil && !p.legal(u) {
			p.slots = p.slots[:len(p.slots)-1]
			return false
		}
	}
	return true
}

// legal walks one branch back from its final size: never above 50 or below 10.
func (p *plan) legal(u *partyUnit) bool {
	var mine []slot
	for _, s := range p.slots {
		if s.change(u) != 0 {
			mine = append(mine, s)
		}
	}
	slices.SortStableFunc(mine, func(a, b slot) int { return -compare(a.on, b.on) })
	n := u.Final
	for _, s := range mine {
		n -= s.change(u)
		if n > 50 || n < 10 {
			return false
		}
	}
	return true
}

// change is by how much a slot changes the size of a branch.
func (s slot) change(u *partyUnit) int {
	n := 0
	switch s.act {
	case actAdmit, actIn, actWithin:
		if s.to == u {
			n++
		}
	}
	switch s.act {
	case actOut, actDeath, actWithin:
		if s.from == u {
			n--
		}
	}
	return n
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// any draws a branch with room for movements, but none of one profile.
func (p *plan) any(but string) *partyUnit {
	for {
		u := pick(p.r, p.units)
		if u.branch() && u.Final >= 12 && u.Profile != but {
			return u
		}
	}
}

func (p *plan) elderly() *partyUnit {
	for {
		u := p.any("joint")
		switch u.Profile {
		case "old", "retired":
			return u
		case "mixed":
			if p.r.IntN(4) == 0 {
				return u
			}
		}
	}
}

// working draws a branch whose members go away for work.
func (p *plan) working() *partyUnit {
	for {
		switch u := p.any("old"); u.Profile {
		case "mixed", "market", "firm", "joint":
			return u
		}
	}
}

func (p *plan) floatBranch() *partyUnit {
	for {
		if u := p.any("old"); u.Profile == "float" {
			return u
		}
	}
}

// within draws a move inside the street: mostly into the veterans' branch of
// the same place, otherwise between any two branches.
func (p *plan) within() slot {
	if p.r.IntN(3) > 0 {
		for {
			to := pick(p.r, p.units)
			if to.Profile != "old" {
				continue
			}
			if from := pick(p.r, p.units); from.Place == to.Place && from.Profile == "mixed" {
				return slot{act: actWithin, from: from, to: to}
			}
		}
	}
	for {
		from, to := p.any("old"), p.any("old")
		if from != to && from.Profile != "float" && to.Profile != "float" && from.Profile != "retired" && to.Profile != "retired" {
			return slot{act: actWithin, from: from, to: to}
		}
	}
}

func unitNamed(units []*partyUnit, short string) *partyUnit {
	for _, u := range units {
		if u.Short == short {
			return u
		}
	}
	panic(fmt.Sprintf("no Party unit %q", short))
}
