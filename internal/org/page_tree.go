package org

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"

	"cunju/internal/desk"
)

// forest is a line's tree on a day, as far as the reader may see it.
type forest struct {
	Line  Line
	On    calendar.Date
	Units map[int64]UnitRow // every unit visible on the day, on the line or not
	Order []int64           // units on the line, every parent before its children
	Depth map[int64]int
	below map[int64][]int64
	roots []int64
}

// forest reads the units that the person may see on a day and hangs them on a line.
func (p *Pages) forest(r *web.Request, line Line, on calendar.Date) (*forest, error) {
	rows, err := Tree(r.Context(), p.DB, p.Town, line, on)
	if err != nil {
		return nil, err
	}
	over, err := standing(r.Context(), p.DB, p.Town, on)
	if err != nil {
		return nil, err
	}
	anchors := p.Anchors(r, access.OrgRead)
	mine := map[int64]bool{}
	for _, x := range over {
		if slices.Contains(anchors, x.Above) {
			mine[x.Below] = true
		}
	}
	f := &forest{Line: line, On: on, Units: map[int64]UnitRow{}, Depth: map[int64]int{}, below: map[int64][]int64{}}
	for _, u := range rows {
		if mine[u.ID] {
			f.Units[u.ID] = u
		}
	}
	for _, u := range rows {
		if _, ok := f.Units[u.Parent]; ok && mine[u.ID] {
			f.below[u.Parent] = append(f.below[u.Parent], u.ID)
		}
	}
	for _, u := range rows {
		_, under := f.Units[u.Parent]
		if mine[u.ID] && !under && (u.Parent >= 0 || kinds[u.Kind].Line == line || len(f.below[u.ID]) > 0) {
			f.roots = append(f.roots, u.ID)
		}
	}
	for _, id := range f.roots {
		f.walk(id, 0)
	}
	return f, nil
}

func (f *forest) walk(id int64, depth int) {
	f.Order, f.Depth[id] = append(f.Order, id), depth
	for _, c := range f.below[id] {
		f.walk(c, depth+1)
	}
}

// change is what differs between the day shown and today about one unit.
type change struct {
	ID   int64
	Name string // on the day shown
	What string // how it is today, or was
}

// changes compares the tree of a day with today's: what was called otherwise, hung elsewhere, is gone or came since.
func (f *forest) changes(now *forest) []change {
	var out []change
	for _, id := range f.Order {
		then := f.Units[id]
		today, ok := now.Units[id]
		switch {
		case !ok && then.To <= now.On:
			out = append(out, change{id, then.Name, "已于" + then.To.Chinese() + "撤销"})
		case !ok:
		case today.Name != then.Name:
			out = append(out, change{id, then.Name, "今名“" + today.Name + "”"})
		}
		if ok && today.Parent != then.Parent {
			out = append(out, change{id, then.Name, "现隶属" + now.called(today.Parent) + "，当时隶属" + f.called(then.Parent)})
		}
	}
	for _, id := range now.Order {
		if _, ok := f.Units[id]; !ok && now.Units[id].From > f.On {
			out = append(out, change{id, now.Units[id].Name, "当时还没有，" + now.Units[id].From.Chinese() + "设立"})
		}
	}
	return out
}

func (f *forest) called(id int64) string {
	if u, ok := f.Units[id]; ok {
		return "“" + u.Label() + "”"
	}
	return "（不在这条线上）"
}

// marked is the name in the tree, with what became of the unit since.
func (f *forest) marked(id int64, now *forest) string {
	u := f.Units[id]
	today, ok := now.Units[id]
	switch {
	case f.On == now.On:
		return u.Label()
	case !ok && u.To <= now.On:
		return u.Label() + "（已撤销）"
	case ok && today.Name != u.Name:
		return u.Label() + "（今" + today.Label() + "）"
	}
	return u.Label()
}

func (f *forest) nodes(ids []int64, now *forest, chosen int64, counts map[int64]int64, href func(int64) string) []ui.TreeNode {
	var out []ui.TreeNode
	for _, id := range ids {
		n := ui.TreeNode{Text: f.marked(id, now), Href: href(id), Current: id == chosen, Open: f.Depth[id] == 0,
			Children: f.nodes(f.below[id], now, chosen, counts, href)}
		if c, ok := counts[id]; ok || counts != nil && kinds[f.Units[id].Kind].Party {
			n.Count = number(c)
		}
		out = append(out, n)
	}
	return out
}

// kindsBelow counts the units below one by kind, in the order in which kinds are met: 党总支 2 个、党支部 53 个.
func (f *forest) kindsBelow(id int64) string {
	var order []string
	count := map[string]int{}
	var walk func(int64)
	walk = func(id int64) {
		for _, c := range f.below[id] {
			k := f.Units[c].Kind
			if count[k] == 0 {
				order = append(order, k)
			}
			count[k]++
			walk(c)
		}
	}
	walk(id)
	for i, k := range order {
		order[i] = fmt.Sprintf("%s %d 个", kindTitle(k), count[k])
	}
	return strings.Join(order, "、")
}

// lineOf reads the line of the address; Party organisations come first.
func lineOf(r *web.Request) Line {
	if l := Line(r.Query("line")); lineTitles[l] != "" {
		return l
	}
	return Party
}

// treeHref is the address of the tree with what is not the usual.
func treeHref(line Line, on, today calendar.Date, unit int64) string {
	q := url.Values{"line": {string(line)}}
	if on != today {
		q.Set("asof", string(on))
	}
	if unit >= 0 {
		q.Set("unit", strconv.FormatInt(unit, 10))
	}
	return treePath + "?" + q.Encode()
}

func (p *Pages) tree(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.OrgRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看组织机构。")
	}
	line, on := lineOf(r), p.Day(r)
	f, err := p.forest(r, line, on)
	if err != nil {
		return web.Response{}, err
	}
	now := f
	if on != p.Today() {
		if now, err = p.forest(r, line, p.Today()); err != nil {
			return web.Response{}, err
		}
	}
	var counts map[int64]int64
	if p.Counts != nil {
		if counts, err = p.Counts(r.Context(), on); err != nil {
			return web.Response{}, err
		}
	}
	frame, err := p.Desk(r, desk.Frame{Title: "组织机构", Active: treePath, AsOf: true, Params: []ui.Param{{Name: "line", Value: string(line)}}})
	if err != nil {
		return web.Response{}, err
	}
	frame.AsOf.Today = treeHref(line, p.Today(), p.Today(), -1)
	props := treeProps{Frame: frame, Line: line, On: on, Past: on != p.Today(), Total: len(f.Order), MayEdit: len(p.Anchors(r, access.OrgEdit)) > 0,
		MayExport: len(p.Anchors(r, access.SheetExport)) > 0, MayImport: p.unitRegister.May(r), MayAppoint: p.postRegister.May(r), Print: "/desk/org/print?line=" + string(line) + "&asof=" + string(on)}
	for _, l := range lineOrder {
		props.Tabs = append(props.Tabs, ui.Tab{Text: lineTitles[l] + "线", Href: treeHref(l, on, p.Today(), -1), Active: l == line})
	}
	chosen := int64(-1)
	if len(f.roots) > 0 {
		chosen = f.roots[0]
	}
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		if _, ok := f.Units[id]; ok {
			chosen = id
		}
	}
	props.Nodes = f.nodes(f.roots, now, chosen, counts, func(id int64) string { return treeHref(line, on, p.Today(), id) })
	if props.Past {
		props.Changes = f.changes(now)
	}
	if chosen >= 0 {
		if props.Chosen, err = p.summary(r, chosen, on, counts); err != nil {
			return web.Response{}, err
		}
		if below := f.kindsBelow(chosen); props.Chosen != nil && below != "" {
			props.Chosen.Facts = append(props.Chosen.Facts, ui.KV{Key: "下级组织", Value: below})
		}
	}
	return web.Render(treePage(props)), nil
}

// summary is what stands beside the tree about the chosen unit.
type summary struct {
	ID      int64
	Name    string
	Facts   []ui.KV
	Offices []holder
	Open    string
}

func (p *Pages) summary(r *web.Request, id int64, on calendar.Date, counts map[int64]int64) (*summary, error) {
	u, ok, err := journal.StateOf[Unit](r.Context(), p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil || !ok {
		return nil, err
	}
	s := &summary{ID: id, Name: nameOn(u.Names, on).Name, Open: unitDay(id, on, p.Today())}
	s.Facts = []ui.KV{{Key: "类别", Value: kindTitle(u.Kind)}, {Key: "设立", Value: u.Life.From.Chinese()}}
	if last := u.Name().Name; last != s.Name {
		s.Facts = append(s.Facts, ui.KV{Key: "今名", Value: last})
	}
	if u.Life.To != calendar.Forever {
		s.Facts = append(s.Facts, ui.KV{Key: "撤销", Value: u.Life.To.Chinese()})
	}
	if n, ok := counts[id]; ok {
		s.Facts = append(s.Facts, ui.KV{Key: "党员（含下级）", Value: fmt.Sprintf("%d 人", n)})
	}
	for _, line := range lineOrder {
		if parent := u.ParentOn(line, on); parent >= 0 {
			name, err := p.Name(r.Context(), p.DB, parent)
			if err != nil {
				return nil, err
			}
			s.Facts = append(s.Facts, ui.KV{Key: lineTitles[line] + "上级", Value: name})
		}
	}
	s.Offices, err = p.holders(r, id, on)
	return s, err
}
