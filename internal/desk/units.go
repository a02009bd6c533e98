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
	q, town := h.DB, h.Town
	var units []int64
	add := func(ids []int64) {
		for _, id := range ids {
			if !slices.Contains(units, id) {
				units = append(units, id)
			}
		}
	}
	for _, id := range entities {
		ids, err := db.All[int64](ctx, q, `SELECT id FROM journal_entity WHERE town = $1 AND id = $2 AND type = 'org.unit'`, town, id)
		if err == nil && len(ids) == 0 {
			ids, err = h.using(ctx, `SELECT DISTINCT e.id FROM journal_use u JOIN journal_entity e ON e.town = $1 AND e.id = u.used
				WHERE u.town = $1 AND u.user_id = $2 AND u.from_day <= $3 AND u.to_day > $4 AND e.type = 'org.unit' ORDER BY e.id`, id)
		}
		if err == nil && len(ids) == 0 {
			ids, err = h.using(ctx, `SELECT DISTINCT e.id FROM journal_use m JOIN journal_use u ON u.town = $1 AND u.user_id = m.user_id
				JOIN journal_entity e ON e.town = $1 AND e.id = u.used WHERE m.town = $1 AND m.used = $2 AND m.from_day <= $3 AND m.to_day > $4
				AND u.from_day <= $3 AND u.to_day > $4 AND e.type = 'org.unit' ORDER BY e.id`, id)
		}
		if err != nil {
			return nil, err
		}
		add(ids)
	}
	if units == nil {
		units, err := db.All[int64](ctx, q, `SELECT id FROM journal_entity WHERE town = $1 AND type = 'org.unit' ORDER BY id LIMIT 1`, town)
		return units, err
	}
	return units, nil
}

// using asks for units by the uses that hold today and, where there are none, by the uses of all times. The query takes the
// entity as $2, the latest beginning as $3, and the day that the end comes after as $4.
func (h *House) using(ctx context.Context, query string, entity int64) ([]int64, error) {
	today := string(h.Today())
	ids, err := db.All[int64](ctx, h.DB, query, h.Town, entity, today, today)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	return db.All[int64](ctx, h.DB, query, h.Town, entity, string(calendar.Forever), "")
}
