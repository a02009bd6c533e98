package member

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// tree is the Party organisations that a person may see on a day.
type tree struct {
	units map[int64]org.UnitRow
	below map[int64][]int64 // in order of establishment
	roots []int64
	heads map[int64]int // number of branches at and below a unit
}

// treeKey is what a tree follows from, apart from the record.
type treeKey struct {
	anchors string
	on      calendar.Date
}

// keepTree is from how many units on a tree is kept for a minute.
const keepTree = 1000

// treeOf is the part of the Party line under a person's powers.
func (p *Pages) treeOf(r *web.Request, act string, on calendar.Date) (*tree, error) {
	anchors := p.Anchors(r, act)
	if len(anchors) == 0 {
		e := web.Forbidden("您的职务不能查看党员名册。")
		e.Do = "可以查看的职务：" + strings.Join(p.Policy.Offices(act), "、") + "。"
		return nil, e
	}
	t, _, err := keep(r.Context(), p, p.trees, treeKey{fmt.Sprint(anchors), on}, func() (*tree, bool, error) {
		t, err := p.growTree(r.Context(), anchors, on)
		return t, err == nil && len(t.units) >= keepTree, err
	})
	return t, err
}

// growTree reads the Party organisations at and below the anchors.
func (p *Pages) growTree(ctx context.Context, anchors []int64, on calendar.Date) (*tree, error) {
	seen := map[int64]bool{}
	for _, a := range anchors {
		under, err := org.Under(ctx, p.DB, p.Town, org.Any, a, on)
		if err != nil {
			return nil, err
		}
		for _, u := range under {
			seen[u.ID] = true
		}
	}
	all, err := org.Tree(ctx, p.DB, p.Town, org.Party, on)
	if err != nil {
		return nil, err
	}
	return treeOfUnits(all, func(u org.UnitRow) bool {
		k, _ := org.KindOf(u.Kind)
		return k.Party && seen[u.ID]
	}), nil
}

// treeOfUnits hangs those units that fit into a tree.
func treeOfUnits(all []org.UnitRow, fits func(org.UnitRow) bool) *tree {
	t := &tree{units: map[int64]org.UnitRow{}, below: map[int64][]int64{}, heads: map[int64]int{}}
	for _, u := range all {
		if fits(u) {
			t.units[u.ID] = u
		}
	}
	for _, u := range all {
		if _, mine := t.units[u.ID]; !mine {
			continue
		}
		if _, up := t.units[u.Parent]; up {
			t.below[u.Parent] = append(t.below[u.Parent], u.ID)
		} else {
			t.roots = append(t.roots, u.ID)
		}
		if u.IsBranch() {
			for up, ok := u, true; ok; up, ok = t.units[up.Parent] {
				t.heads[up.ID]++
			}
		}
	}
	return t
}

// path is the units from a root down to a unit.
func (t *tree) path(unit int64) []org.UnitRow {
	var up []org.UnitRow
	for u, ok := t.units[unit]; ok; u, ok = t.units[u.Parent] {
		up = append(up, u)
	}
	slices.Reverse(up)
	return up
}

// branches lists the units at and below a unit that members belong to directly.
func (t *tree) branches(unit int64) []org.UnitRow {
	var list []org.UnitRow
	if u := t.units[unit]; u.IsBranch() {
		list = append(list, u)
	}
	for _, id := range t.below[unit] {
		list = append(list, t.branches(id)...)
	}
	return list
}

// branchOptions offers the branches under all roots, grouped by the unit above.
func (t *tree) branchOptions() []ui.Option {
	var list []ui.Option
	for _, root := range t.roots {
		for _, b := range t.branches(root) {
			list = append(list, ui.Option{Value: strconv.FormatInt(b.ID, 10), Text: b.Label(), Group: t.units[b.Parent].Label()})
		}
	}
	// Options of one group stand together, in the order in which the groups first come.
	first := map[string]int{}
	for i, o := range list {
		if _, ok := first[o.Group]; !ok {
			first[o.Group] = i
		}
	}
	slices.SortStableFunc(list, func(a, b ui.Option) int { return first[a.Group] - first[b.Group] })
	return list
}

// wholeTree is up to how many units the tree is drawn whole; of a larger one the way to the unit shown and its neighbours.
const wholeTree = 120

// drawn says which units the tree shows.
func (t *tree) drawn(unit int64) map[int64]bool {
	show := map[int64]bool{}
	if len(t.units) <= wholeTree {
		for id := range t.units {
			show[id] = true
		}
		return show
	}
	for _, id := range t.roots {
		show[id] = true
	}
	for _, u := range t.path(unit) {
		for _, id := range t.below[u.ID] {
			show[id] = true
		}
	}
	return show
}

// manyBranches is from how many branches straight below a unit on they stand folded beside its larger organisations.
const manyBranches = 8

// nodes turns the tree into what the page draws.
func (t *tree) nodes(ids []int64, v treeView) []ui.TreeNode {
	var list, direct []ui.TreeNode
	var heads int64
	for _, id := range ids {
		if !v.show[id] {
			continue
		}
		n := ui.TreeNode{Text: t.short(id), Href: v.href(id), Count: fmt.Sprint(v.counts[id]), Current: id == v.unit,
			Open: slices.Contains(t.roots, id), Children: t.nodes(t.below[id], v)}
		if t.units[id].IsBranch() {
			direct, heads = append(direct, n), heads+v.counts[id]
		} else {
			list = append(list, n)
		}
	}
	if len(list) > 0 && len(direct) > manyBranches {
		return append(list, ui.TreeNode{Text: "直属党支部", Href: v.href(t.units[ids[0]].Parent), Count: fmt.Sprint(heads), Children: direct})
	}
	return append(list, direct...)
}

// treeView is what the page shows of the tree.
type treeView struct {
	unit   int64
	counts map[int64]int64
	show   map[int64]bool
	href   func(unit int64) string
}

// short is a unit's name below its parent: the place that both are named after is not said again.
func (t *tree) short(id int64) string {
	name := t.units[id].Label()
	up, ok := t.units[t.units[id].Parent]
	if !ok {
		return name
	}
	same := 0
	for i, a := range up.Label() {
		b, _ := utf8.DecodeRuneInString(name[min(i, len(name)):])
		if a != b {
			break
		}
		if end := i + utf8.RuneLen(a); strings.ContainsRune("村区道镇乡", a) && end < len(name) {
			same = end
		}
	}
	return name[same:]
}

// column is a branch's name in a list of a unit's members. A long one goes without its last words, which the heading says.
func (t *tree) column(branch, unit int64) string {
	u := t.units[branch]
	name := u.Label()
	if u.Parent == unit {
		name = t.short(branch)
	}
	if utf8.RuneCountInString(name) > 7 {
		name = strings.TrimSuffix(name, "党支部")
	}
	return name
}

// countsOn counts the members of the units drawn on a day.
func (p *Pages) countsOn(ctx context.Context, t *tree, show map[int64]bool, on calendar.Date) (map[int64]int64, error) {
	if on == p.Today() && len(t.units) <= wholeTree {
		return Counts(ctx, p.DB, p.Town)
	}
	counts := map[int64]int64{}
	for id := range show {
		full, probationary, err := p.count(ctx, t, id, on)
		if err != nil {
			return nil, err
		}
		counts[id] = full + probationary
	}
	return counts, nil
}

// unitOf reads the unit that a page is asked for: the first one the person may see when none is named.
func (p *Pages) unitOf(r *web.Request, t *tree, on calendar.Date) (int64, access.Decision, error) {
	if len(t.roots) == 0 {
		return 0, access.Decision{}, web.NotFound("在 " + on.Chinese() + "，您的职务范围内还没有党组织。")
	}
	unit := t.roots[0]
	if s := r.Query("unit"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return 0, access.Decision{}, web.NotFound("没有这个党组织。")
		}
		unit = n
	}
	d, err := p.May(r, access.MemberRead, unit)
	if err != nil {
		return 0, d, err
	}
	if _, ok := t.units[unit]; !ok {
		return 0, d, web.NotFound("在 " + on.Chinese() + "，没有这个党组织。")
	}
	return unit, d, nil
}
