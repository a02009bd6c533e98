package org

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
	"cunju/internal/law/control"
)

// Affected counts what units have under way, and the notices that they published from a day on; who knows matters and notices
// hands it in.
type Affected func(ctx context.Context, q db.Querier, units []int64, from calendar.Date) (open, published int64, err error)

// namesMost is how many offices a verdict names; of more it gives the number.
const namesMost = 6

// relocation gathers what changes place with a unit, and whose power changes, before it is put under another superior.
func relocation(ctx context.Context, q db.Querier, town string, id int64, u *Unit, a Attach, on, today calendar.Date, affected Affected) (f control.Relocation, err error) {
	f = control.Relocation{Party: a.Line == Party && kinds[u.Kind].Party, Leaves: a.Parent < 0, Reason: a.Reason, Today: today}
	below, err := db.All[int64](ctx, q, `SELECT DISTINCT descendant FROM org_closure WHERE town = $1 AND line = $2 AND ancestor = $3 AND to_day > $4 ORDER BY descendant`,
		town, string(Any), id, string(on))
	if err != nil {
		return f, err
	}
	f.Units = law.Some(int64(len(below) - 1))
	users := map[string]int64{}
	err = db.Each(ctx, q, `SELECT e.type, COUNT(DISTINCT e.id) FROM org_closure c CROSS JOIN journal_use u CROSS JOIN journal_entity e
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.to_day > $4 AND u.town = $1 AND u.used = c.descendant AND u.to_day > $4
			AND e.town = $1 AND e.id = u.user_id GROUP BY e.type`, func(r struct {
		Type string
		N    int64
	}) error {
		users[r.Type] = r.N
		return nil
	}, town, string(Any), id, string(on))
	if err != nil {
		return f, err
	}
	f.Members, f.Households, f.Offices = law.Some(users["member.member"]), law.Some(users["people.household"]), law.Some(users["org.office"])
	var open, published int64
	if affected != nil {
		if open, published, err = affected(ctx, q, below, on); err != nil {
			return f, err
		}
	}
	f.Matters, f.Published = law.Some(open), law.Some(int64(0))
	if on < today {
		f.Published = law.Some(published)
		for y := on.Year(); y < today.Year() && f.Members.Value() > 0; y++ {
			f.Years = append(f.Years, y)
		}
	}
	return f, powers(ctx, q, town, id, u, a, on, &f)
}

// powers finds who gains and who loses power over a unit, and the place over which its own offices will have it.
func powers(ctx context.Context, q db.Querier, town string, id int64, u *Unit, a Attach, on calendar.Date, f *control.Relocation) error {
	above := func(parents []int64) (all []int64, err error) {
		for _, p := range parents {
			path, err := Path(ctx, q, town, Any, p, on)
			if err != nil {
				return nil, err
			}
			for _, x := range path {
				if x != id && !slices.Contains(all, x) {
					all = append(all, x)
				}
			}
		}
		return all, nil
	}
	var now, then []int64
	for _, line := range []Line{Area, Party, Collective} {
		if p := u.ParentOn(line, on); p >= 0 {
			now = append(now, p)
			if line != a.Line {
				then = append(then, p)
			}
		}
	}
	if a.Parent >= 0 {
		then = append(then, a.Parent)
	}
	old, err := above(now)
	if err != nil {
		return err
	}
	next, err := above(then)
	if err != nil {
		return err
	}
	without := func(list, those []int64) []int64 {
		return slices.DeleteFunc(slices.Clone(list), func(x int64) bool { return slices.Contains(those, x) })
	}
	if f.Gains, err = officesNamed(ctx, q, town, without(next, old), on); err != nil {
		return err
	}
	if f.Loses, err = officesNamed(ctx, q, town, without(old, next), on); err != nil {
		return err
	}
	if k := kinds[u.Kind]; a.Line == Area && a.Parent >= 0 && k.Serves && !k.Town && !k.Place {
		place, err := NameOn(ctx, q, town, a.Parent, on)
		if err != nil && db.Kind(err) != db.NotFound {
			return err
		}
		f.Reach = place
	}
	return nil
}

// officesNamed names the offices held in units on a day, those of one name once and with their number.
func officesNamed(ctx context.Context, q db.Querier, town string, units []int64, on calendar.Date) ([]string, error) {
	list, args := db.In(3, units)
	rows, err := db.All[struct{ Unit, Short, Role string }](ctx, q, `SELECT u.name, u.short, o.role FROM org_office o JOIN org_unit u ON u.town = $1 AND u.id = o.unit
		WHERE o.town = $1 AND o.from_day <= $2 AND o.to_day > $2 AND o.unit IN (`+list+`) ORDER BY o.id`, append([]any{town, string(on)}, args...)...)
	var out []string
	held := map[string]int{}
	for _, o := range rows {
		role, _ := access.RoleOf(o.Role)
		name := cmp.Or(o.Short, o.Unit) + role.Post
		if held[name]++; held[name] == 1 {
			out = append(out, name)
		}
	}
	more := len(out) > namesMost
	out = out[:min(len(out), namesMost)]
	for i, name := range out {
		if n := held[name]; n > 1 {
			out[i] += fmt.Sprintf("%d人", n)
		}
	}
	if more {
		out[namesMost-1] += fmt.Sprintf("等共%d项职务", len(rows))
	}
	return out, err
}
