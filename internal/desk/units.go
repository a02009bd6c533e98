package desk

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// Units returns the units that entities belong to, by what the journal knows of who needs whom: a unit itself, the units that
// an entity uses (a membership's branch, a notice's committee), else the units used by those who use it (a person's branch and
// household). Only what holds today counts: a branch that someone has left has no more power over him. Where nothing holds any
// more (someone who moved away, a unit's closed books) the units of all times keep it. What belongs to no unit belongs to the
// town's first.
func (h *House) Units(ctx context.Context, entities ...int64) ([]int64, error) {
	of, err := h.unitsOf(ctx, entities)
	if err != nil {
		return nil, err
	}
	var units []int64
	for _, id := range entities {
		for _, u := range of[id] {
			if !slices.Contains(units, u) {
				units = append(units, u)
			}
		}
	}
	if units == nil {
		return h.firstUnit(ctx)
	}
	return units, nil
}

// firstUnit is the town's first, in a list of at most one.
func (h *House) firstUnit(ctx context.Context) ([]int64, error) {
	return db.All[int64](ctx, h.DB, `SELECT id FROM journal_entity WHERE town = $1 AND type = 'org.unit' ORDER BY id LIMIT 1`, h.Town)
}

// unitsOf is [House.Units] entity by entity, in a few queries. What belongs to no unit is not in the answer.
func (h *House) unitsOf(ctx context.Context, entities []int64) (map[int64][]int64, error) {
	out := map[int64][]int64{}
	units, err := h.ofType(ctx, "org.unit", entities, true)
	if err != nil {
		return nil, err
	}
	for _, id := range units {
		out[id] = []int64{id}
	}
	left := without(entities, out)
	own, err := journal.UsesOf(ctx, h.DB, h.Journal.Book(), h.Town, left)
	if err != nil {
		return nil, err
	}
	if err := h.addUnits(ctx, out, own); err != nil {
		return nil, err
	}
	if left = without(left, out); len(left) == 0 {
		return out, nil
	}
	through, err := h.usesOfUsers(ctx, left)
	if err != nil {
		return nil, err
	}
	return out, h.addUnits(ctx, out, through)
}

// without returns the entities that have no units yet.
func without(entities []int64, units map[int64][]int64) []int64 {
	return slices.DeleteFunc(slices.Clone(entities), func(id int64) bool { return units[id] != nil })
}

// addUnits adds to each entity the units among its uses: those that it uses today, else those of all times.
func (h *House) addUnits(ctx context.Context, out map[int64][]int64, uses map[int64][]journal.Use) error {
	var used []int64
	for _, list := range uses {
		for _, u := range list {
			used = append(used, u.Entity)
		}
	}
	units, err := h.ofType(ctx, "org.unit", used, true)
	if err != nil {
		return err
	}
	today := h.Today()
	for id, list := range uses {
		var now, ever []int64
		for _, u := range list {
			if !slices.Contains(units, u.Entity) {
				continue
			}
			ever = append(ever, u.Entity)
			if u.Span.From <= today && today < u.Span.To {
				now = append(now, u.Entity)
			}
		}
		if len(now) == 0 {
			now = ever
		}
		if len(now) > 0 {
			slices.Sort(now)
			out[id] = slices.Compact(now)
		}
	}
	return nil
}

// usesOfUsers returns, for each entity, what those who use it use beside it, while they do.
func (h *House) usesOfUsers(ctx context.Context, entities []int64) (map[int64][]journal.Use, error) {
	list, args := db.In(2, entities)
	rows, err := db.All[struct {
		Used, User int64
		From, To   calendar.Date
	}](ctx, h.DB, `SELECT used, user_id, from_day, to_day FROM journal_use WHERE town = $1 AND used IN (`+list+`)`, append([]any{h.Town}, args...)...)
	if err != nil {
		return nil, err
	}
	var users []int64
	for _, r := range rows {
		users = append(users, r.User)
	}
	theirs, err := journal.UsesOf(ctx, h.DB, h.Journal.Book(), h.Town, users)
	if err != nil {
		return nil, err
	}
	out := map[int64][]journal.Use{}
	for _, r := range rows {
		for _, u := range theirs[r.User] {
			u.Span = journal.Span{From: max(r.From, u.Span.From), To: min(r.To, u.Span.To)}
			out[r.Used] = append(out[r.Used], u)
		}
	}
	return out, nil
}

// ofType returns those of the entities that are of a type, in order; with lived, only those that exist or did once, not
// those entered in error.
func (h *House) ofType(ctx context.Context, typ string, entities []int64, lived bool) ([]int64, error) {
	ids := slices.Compact(slices.Sorted(slices.Values(entities)))
	existed := ""
	if lived {
		existed = " AND from_day < to_day"
	}
	var out []int64
	for part := range slices.Chunk(ids, 500) { // well under what one statement takes
		list, args := db.In(3, part)
		found, err := db.All[int64](ctx, h.DB, `SELECT id FROM journal_entity WHERE town = $1 AND type = $2`+existed+` AND id IN (`+list+`) ORDER BY id`,
			append([]any{h.Town, typ}, args...)...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
