package people

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// numberedRow is a household found by its number.
type numberedRow struct{ ID, Unit int64 }

// numbered finds the households with a number in a unit and all below it on a day.
func numbered(ctx context.Context, q db.Querier, town string, unit int64, number string, on calendar.Date) ([]numberedRow, error) {
	return db.All[numberedRow](ctx, q, `SELECT h.id, h.unit FROM org_closure c CROSS JOIN people_household h
		WHERE c.town = $1 AND c.line = 'any' AND c.ancestor = $2 AND c.from_day <= $4 AND c.to_day > $4
			AND h.town = $1 AND h.unit = c.descendant AND h.number = $3 AND h.to_day > $4 ORDER BY h.id`, town, unit, number, string(on))
}

// placeRow is a place whose households can be listed.
type placeRow struct {
	ID   int64
	Kind string
	Name string
}

// places lists the villages, communities and groups in a unit and below it on a day, in order of establishment.
func places(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]placeRow, error) {
	return db.All[placeRow](ctx, q, `SELECT u.id, u.kind, u.name FROM org_closure c CROSS JOIN org_unit u
		WHERE c.town = $1 AND c.line = 'area' AND c.ancestor = $2 AND c.from_day <= $3 AND c.to_day > $3
			AND u.town = $1 AND u.id = c.descendant AND u.kind IN ('village', 'community', 'villagers-group', 'residents-group') ORDER BY u.id`, town, unit, string(on))
}
