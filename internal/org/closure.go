package org

import (
	"cmp"
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// Any is the line of the closure that follows every line at once: a branch is under its general branch, which is under its
// village, which is under the town. Powers and registers use it.
const Any Line = "any"

// closure holds, for every unit and line, all its ancestors (itself at depth 0) with the dates on which they were. The index
// upwards holds all that it is asked for: without statistics SQLite takes the key instead of an index that does not.
var closure = db.Table{Name: "org_closure", Key: 5, Columns: []db.Column{
	{Name: "town", Type: db.Text}, {Name: "line", Type: db.Text}, {Name: "ancestor", Type: db.Int}, {Name: "descendant", Type: db.Int},
	{Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}, {Name: "depth", Type: db.Int}},
	Indexes: []db.Index{{Name: "org_closure_up", Columns: []string{"town", "line", "descendant", "to_day", "from_day", "ancestor", "depth"}}}}

func closureTable() journal.Derived {
	return journal.Derived{Name: "org.closure", Watches: []string{"org.unit"}, Tables: []*db.Table{&closure}, Refresh: refreshClosure}
}

// edge is a row of org_parent, or a unit's own life with Parent −1.
type edge struct {
	ID     int64
	Line   Line
	From   calendar.Date
	To     calendar.Date
	Parent int64
}

// reach is one ancestor with its dates.
type reach struct {
	ancestor int64
	span     journal.Span
	depth    int64
}

// graph computes ancestors over one line.
type graph struct {
	life map[int64]journal.Span
	up   map[int64][]edge
	memo map[int64][]reach
	open map[int64]bool // on the way down: a unit met again is a cycle
}

func refreshClosure(ctx context.Context, tx *db.Tx, town string, touched map[string][]int64) error {
	lives, err := db.All[edge](ctx, tx, `SELECT id, '', from_day, to_day, CAST(-1 AS BIGINT) FROM org_unit WHERE town = $1`, town)
	if err != nil {
		return err
	}
	edges, err := db.All[edge](ctx, tx, `SELECT id, line, from_day, to_day, parent FROM org_parent WHERE town = $1 ORDER BY id, line, from_day`, town)
	if err != nil {
		return err
	}
	life := map[int64]journal.Span{}
	for _, e := range lives {
		life[e.ID] = journal.Span{From: e.From, To: e.To}
	}
	affected := below(touched, life, edges)
	var rows [][]any
	for _, line := range []Line{Any, Area, Party, Collective} {
		g := graph{life: life, up: map[int64][]edge{}, memo: map[int64][]reach{}, open: map[int64]bool{}}
		for _, e := range edges {
			if line == Any || e.Line == line {
				g.up[e.ID] = append(g.up[e.ID], e)
			}
		}
		for _, id := range affected {
			if touched != nil {
				if _, err := tx.Exec(ctx, `DELETE FROM org_closure WHERE town = $1 AND line = $2 AND descendant = $3`, town, string(line), id); err != nil {
					return err
				}
			}
			rs, err := g.ancestors(id)
			if err != nil {
				return err
			}
			for _, r := range rs {
				rows = append(rows, []any{town, string(line), r.ancestor, id, string(r.span.From), string(r.span.To), r.depth})
			}
		}
	}
	return tx.Insert(ctx, closure, rows)
}

// below returns the touched units and everything that ever stood under them, on any line; all units in a rebuild.
func below(touched map[string][]int64, life map[int64]journal.Span, edges []edge) []int64 {
	set := map[int64]bool{}
	if touched == nil {
		for id := range life {
			set[id] = true
		}
	} else {
		down := map[int64][]int64{}
		for _, e := range edges {
			down[e.Parent] = append(down[e.Parent], e.ID)
		}
		todo := slices.Clone(touched["org.unit"])
		for len(todo) > 0 {
			id := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if !set[id] {
				set[id] = true
				todo = append(todo, down[id]...)
			}
		}
	}
	ids := make([]int64, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// ancestors returns all ancestors of a unit with the spans on which they were above it, joined where they touch.
func (g *graph) ancestors(id int64) ([]reach, error) {
	if r, ok := g.memo[id]; ok {
		return r, nil
	}
	if g.open[id] {
		return nil, journal.Refuse("这样调整之后，组织会成为自己的上级。没有办理，请改选上级组织。")
	}
	own, ok := g.life[id]
	if !ok {
		return nil, nil
	}
	g.open[id] = true
	defer delete(g.open, id)
	all := []reach{{id, own, 0}}
	for _, e := range g.up[id] {
		above, err := g.ancestors(e.Parent)
		if err != nil {
			return nil, err
		}
		for _, r := range above {
			s := journal.Span{From: max(r.span.From, e.From, own.From), To: min(r.span.To, e.To, own.To)}
			if !s.Empty() {
				all = append(all, reach{r.ancestor, s, r.depth + 1})
			}
		}
	}
	g.memo[id] = join(all)
	return g.memo[id], nil
}

// join merges spans of the same ancestor that overlap or touch; the smaller depth stands.
func join(rs []reach) []reach {
	slices.SortFunc(rs, func(a, b reach) int {
		return cmp.Or(cmp.Compare(a.ancestor, b.ancestor), cmp.Compare(a.span.From, b.span.From), cmp.Compare(a.depth, b.depth))
	})
	out := rs[:0:0]
	for _, r := range rs {
		if n := len(out) - 1; n >= 0 && out[n].ancestor == r.ancestor && r.span.From <= out[n].span.To {
			out[n].span.To = max(out[n].span.To, r.span.To)
			out[n].depth = min(out[n].depth, r.depth)
			continue
		}
		out = append(out, r)
	}
	return out
}
