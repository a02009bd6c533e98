package main

import "math/rand/v2"

// family fills one household around a given member or around nobody.
func (w *world) family(r *rand.Rand, h *household, anchor *person) {
	f := &builder{w: w, r: r, h: h, size: 1 + weighted(r, 18, 28, 28, 15, 8, 3)}
	head := anchor
	switch {
	case anchor == nil:
		head = w.resident(r, pick(r, surnames), r.IntN(100) < 74, birthAt(r, openingDay, 27, 84))
	case anchor.Birth > "1990" && r.IntN(3) > 0:
		// a young member usually lives with a parent who heads the household
		head = w.resident(r, anchor.Name[:3], true, f.older(anchor, 23, 32))
		f.put(head, "户主")
		f.put(anchor, child(anchor))
		f.size = max(f.size, 2)
	case !anchor.Male && anchor.Birth < "1988" && r.IntN(100) < 55:
		head = w.resident(r, pick(r, surnames), true, f.near(anchor))
		f.put(head, "户主")
		f.put(anchor, "配偶")
		f.size = max(f.size, 2)
	}
	if len(h.People) == 0 {
		f.put(head, "户主")
	}
	f.grow(head)
	if anchor != nil {
		h.Office = anchor.Office
	}
}

// resident draws a person who is no member.
func (w *world) resident(r *rand.Rand, surname string, male bool, birth string) *person {
	p := w.census.person(r, surname, male, birth)
	if age := years(birth, openingDay); age >= 18 && age < 70 && w.census.other < 9999 && r.IntN(100) < 22 {
		p.Phone = w.census.otherPhone()
	}
	return p
}

type builder struct {
	w    *world
	r    *rand.Rand
	h    *household
	size int
}

func (f *builder) put(p *person, relation string) {
	p.Home, p.Relation = f.h, relation
	f.h.People = append(f.h.People, p)
}

// older is a birth date some years before a person's own.
func (f *builder) older(p *person, lo, hi int) string {
	return addDays(addMonths(p.Birth, -12*(lo+f.r.IntN(hi-lo+1))), f.r.IntN(300))
}

// near is a birth date within four years of a person's own.
func (f *builder) near(p *person) string {
	return addDays(p.Birth, f.r.IntN(4*365)-2*365)
}

func child(p *person) string {
	if p.Male {
		return "子"
	}
	return "女"
}

// grow adds spouse, children, their spouse and children, or parents until the
// household has its size.
func (f *builder) grow(head *person) {
	has := map[string]bool{}
	for _, p := range f.h.People {
		has[p.Relation] = true
	}
	surname := head.Name[:3]
	if len(f.h.People) < f.size && !has["配偶"] && f.r.IntN(100) < 84 {
		f.put(f.w.resident(f.r, pick(f.r, surnames), !head.Male, f.near(head)), "配偶")
	}
	for _, p := range f.h.People { // children bear their father's name
		if p.Relation == "配偶" && p.Male {
			surname = p.Name[:3]
		}
	}
	age := years(head.Birth, openingDay)
	for try := 0; len(f.h.People) < f.size && try < 6; try++ {
		gap := 23 + f.r.IntN(9)
		switch {
		case age <= gap || try > 0 && f.r.IntN(4) == 0:
			f.parent(head, has)
		case !has["子"] && !has["女"] || age < 60:
			f.child(surname, age-gap, has)
		default:
			f.younger(surname, age, has)
		}
	}
}

func (f *builder) parent(head *person, has map[string]bool) {
	male := f.r.IntN(2) == 0
	relation := "母"
	if male {
		relation = "父"
	}
	birth := f.older(head, 22, 30)
	if has[relation] || birth < "1928" {
		return
	}
	has[relation] = true
	surname := head.Name[:3]
	if !male {
		surname = pick(f.r, surnames)
	}
	f.put(f.w.resident(f.r, surname, male, birth), relation)
}

func (f *builder) child(surname string, age int, has map[string]bool) {
	if age < 0 || has["子"] && has["女"] {
		return
	}
	male := f.r.IntN(100) < 53
	p := f.w.resident(f.r, surname, male, birthAt(f.r, openingDay, age, age))
	if has[child(p)] {
		return
	}
	has[child(p)] = true
	f.put(p, child(p))
}

// younger adds a child's spouse and then grandchildren to the household of an
// older head.
func (f *builder) younger(surname string, age int, has map[string]bool) {
	kin := "儿媳"
	if !has["子"] {
		kin = "女婿"
	}
	if !has[kin] {
		has[kin] = true
		p := f.w.resident(f.r, pick(f.r, surnames), kin == "女婿", birthAt(f.r, openingDay, age-28, age-25))
		f.put(p, kin)
		return
	}
	n := age - 54
	if n < 0 || n >= 26 || has["孙"] {
		return
	}
	has["孙"] = true
	male := f.r.IntN(2) == 0
	relation := "孙女"
	if male {
		relation = "孙子"
	}
	for _, p := range f.h.People {
		if p.Relation == "女婿" {
			surname, relation = p.Name[:3], "外"+relation
		}
	}
	f.put(f.w.resident(f.r, surname, male, birthAt(f.r, openingDay, n, n)), relation)
}
