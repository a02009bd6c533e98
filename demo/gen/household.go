package main

import (
	"fmt"
	"math/rand/v2"
)

// household is one register of residents; the head comes first.
type household struct {
	No, Place, Group, Address, Origin string
	People                            []*person
	Office                            bool // one of its people holds or held an office
}

// The two cleared hamlets of 渡江村: each is one villagers' group.
var hamlets = []struct {
	Name, Group string
	Group0      int
	Households  int
	Mu          string
}{
	{"前圩自然村", "第八村民小组", 8, 53, "236.4"},
	{"后圩自然村", "第九村民小组", 9, 44, "176.2"},
}

const hamletVillage = "渡江村"

var digits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}

func (p *placeSpec) group(n int) string {
	if p.Village {
		return "第" + digits[n] + "村民小组"
	}
	return "第" + digits[n] + "居民小组"
}

// settle builds the households of one village or community. Every member of its
// branches on the opening day, everyone admitted later and the 42 who came from
// enterprises lives there, each in a household of his own, so that no two office
// holders are near relatives.
func (w *world) settle(p *placeSpec) {
	r := stream("homes " + p.Name)
	var anchors []*person
	for _, m := range w.members {
		if m.Opening.Place == p.Name {
			anchors = append(anchors, m.person)
		}
	}
	for _, v := range w.moves {
		if v.toUnit != nil && v.toUnit.Place == p.Name && (v.act == actAdmit || v.act == actIn && v.on == mergeDay) {
			anchors = append(anchors, v.m.person)
		}
	}
	homes := make([]*household, p.Households)
	for i := range homes {
		homes[i] = &household{Place: p.Name}
	}
	order := r.Perm(len(homes))
	for i, a := range anchors {
		w.family(r, homes[order[i]], a)
	}
	for _, i := range order[len(anchors):] {
		w.family(r, homes[i], nil)
	}
	p.address(r, homes)
	w.homes[p.Name] = homes
}

// address numbers the households, spreads them over the groups and gives every
// one its door.
func (p *placeSpec) address(r *rand.Rand, homes []*household) {
	fixed := map[int]int{}
	rest := p.Households
	if p.Name == hamletVillage {
		for _, h := range hamlets {
			fixed[h.Group0] = h.Households
			rest -= h.Households
		}
	}
	open := p.Groups - len(fixed)
	i := 0
	for g := 1; g <= p.Groups; g++ {
		n, hamlet := fixed[g]
		if !hamlet {
			n = rest / open
			rest -= n
			open--
		}
		for k := 1; k <= n; k, i = k+1, i+1 {
			h := homes[i]
			h.No = fmt.Sprintf("%s-%04d", p.Code[9:], i+1)
			h.Group = p.group(g)
			h.Address = p.door(g, k)
			h.Origin = "本地"
			if !hamlet && h.People[0].Member == nil && r.IntN(100) < 9 {
				h.Origin = "外地"
			}
		}
	}
}

func (p *placeSpec) door(g, k int) string {
	if p.Name == hamletVillage {
		for _, h := range hamlets {
			if h.Group0 == g {
				return fmt.Sprintf("%s%d号", h.Name, k)
			}
		}
	}
	if p.Village {
		return fmt.Sprintf("%s%d组%d号", p.Name, g, k)
	}
	// residents live in blocks of 24 flats
	return fmt.Sprintf("%s新村%d幢%d%02d室", p.Name[:len(p.Name)-len("社区")], (g-1)*8+(k-1)/24+1, (k-1)%24/4+1, (k-1)%4+1)
}
