package main

import (
	"sort"

	"cunju/demo"
)

// step says who of an office did something on a day.
func (w *world) step(on, unit, role string) *demo.Step {
	if on == "" {
		return nil
	}
	p := w.holder(unit, role, on)
	return &demo.Step{On: on, Name: p.Name, ID: p.ID, Unit: unit, Office: role}
}

// steps fills the way of a notice: drafted by one, checked by the supervision
// committee, approved by the Party secretary, posted by the director, taken down
// by the secretary; no one passes his own draft.
func (w *world) steps(p *placeSpec, n *demo.Notice, unit, role string, drafted, checked, approved, published, down string) {
	n.Drafted = w.step(drafted, unit, role)
	n.Checked = w.step(checked, p.supervision(), "主任")
	n.Approved = w.step(approved, p.Name+p.PartyKind, "书记")
	n.Published = w.step(published, p.committee(), "主任")
	n.TakenDown = w.step(down, p.Name+p.PartyKind, "书记")
}

func writeEvents(dir string, w *world) error {
	e := demo.Events{Notice: disclaimer + "。"}
	for _, p := range places {
		for _, v := range periodsOf(p) {
			n := demo.Notice{Unit: p.Name, Category: "财务公开", Title: v.title(), File: "finance/" + v.Slug + ".xlsx", Rhythm: "每月", From: v.From, To: v.To, Late: v.Late}
			if v.Slug == "dujiang-2025-06" {
				n.File = "finance/" + v.Slug + ".csv"
			}
			if v.Quarterly {
				n.Rhythm = "每季度"
			}
			w.steps(p, &n, p.booksAt(), "会计", v.Drafted, v.Checked, v.Approved, v.Published, v.TakenDown)
			e.Notices = append(e.Notices, n)
		}
	}
	for _, c := range coops {
		for _, v := range coopQuarters(c.place, c.slug) {
			n := demo.Notice{Unit: v.Of, Place: c.place, Category: "集体财务公开", Title: v.title(), File: "finance/" + v.Slug + ".xlsx", Rhythm: "每季度", From: v.From, To: v.To}
			w.steps(v.place, &n, v.Of, "会计", v.Drafted, v.Checked, v.Approved, v.Published, v.TakenDown)
			n.TakenDown = w.step(v.TakenDown, v.Of, "理事长")
			e.Notices = append(e.Notices, n)
		}
	}
	for _, t := range append(w.texts(), w.reports()...) {
		p := placeNamed(t.place)
		n := demo.Notice{Unit: p.Name, Category: t.category, Title: t.title, Item: t.item(), Rhythm: "及时", Body: t.body}
		if t.from != "" {
			n.Rhythm, n.From, n.To = "每季度", t.from, addDays(addMonths(t.from, 3), -1)
		}
		checked := workday(addDays(t.on, 1))
		approved := workday(addDays(checked, 1))
		published := workday(addDays(approved, 1))
		down := takenDown(published, max(t.days, 15))
		if down > today {
			down = ""
		}
		w.steps(p, &n, p.committee(), "副主任", t.on, checked, approved, published, down)
		e.Notices = append(e.Notices, n)
	}
	sort.SliceStable(e.Notices, func(i, j int) bool { return e.Notices[i].Drafted.On < e.Notices[j].Drafted.On })
	return writeYAML(dir, "events.yaml", e)
}

func placeNamed(name string) *placeSpec {
	for _, p := range places {
		if p.Name == name {
			return p
		}
	}
	panic("no place " + name)
}
