package desk

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
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

// The questions of [House.Units], from the nearest to the farthest: each names an entity and a unit it belongs to. They take the
// latest beginning as $2, the day that the end comes after as $3, and the entities from $4 on.
const (
	isUnit = `SELECT id, id FROM journal_entity WHERE town = $1 AND from_day <= $2 AND to_day > $3 AND type = 'org.unit' AND id IN (`
	uses   = `SELECT DISTINCT u.user_id, e.id FROM journal_use u CROSS JOIN journal_entity e WHERE u.town = $1 AND u.from_day <= $2 AND u.to_day > $3
		AND e.town = $1 AND e.id = u.used AND e.type = 'org.unit' AND u.user_id IN (`
	usedBy = `SELECT DISTINCT m.used, e.id FROM journal_use m CROSS JOIN journal_use u CROSS JOIN journal_entity e
		WHERE m.town = $1 AND m.from_day <= $2 AND m.to_day > $3 AND u.town = $1 AND u.user_id = m.user_id AND u.from_day <= $2 AND u.to_day > $3
		AND e.town = $1 AND e.id = u.used AND e.type = 'org.unit' AND m.used IN (`
)

// unitsOf is [House.Units] entity by entity, in a fixed number of queries. What belongs to no unit is not in the answer.
func (h *House) unitsOf(ctx context.Context, entities []int64) (map[int64][]int64, error) {
	out := map[int64][]int64{}
	today := string(h.Today())
	always, never := string(calendar.Forever), ""
	for _, q := range []struct{ sql, from, to string }{
		{isUnit, always, never}, {uses, today, today}, {uses, always, never}, {usedBy, today, today}, {usedBy, always, never}} {
		var left []int64
		for _, id := range entities {
			if out[id] == nil {
				left = append(left, id)
			}
		}
		if len(left) == 0 {
			break
		}
		list, ids := db.In(4, left)
		rows, err := db.All[struct{ Entity, Unit int64 }](ctx, h.DB, q.sql+list+`) ORDER BY 1, 2`, append([]any{h.Town, q.from, q.to}, ids...)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.Entity] = append(out[r.Entity], r.Unit)
		}
	}
	return out, nil
}
