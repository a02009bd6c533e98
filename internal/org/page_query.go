package org

import (
	"cmp"
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// pair is an ancestor and one of its descendants, or itself.
type pair struct{ Above, Below int64 }

// standing lists who stands above whom on any line on a day.
func standing(ctx context.Context, q db.Querier, town string, on calendar.Date) ([]pair, error) {
	return db.All[pair](ctx, q, `SELECT ancestor, descendant FROM org_closure WHERE town = $1 AND line = $2
		AND from_day <= $3 AND to_day > $3`, town, string(Any), string(on))
}

// childRow is a unit under another, with the line on which it is.
type childRow struct {
	ID    int64
	Kind  string
	Name  string
	Short string
	Line  Line
	From  calendar.Date
	To    calendar.Date
}

// children lists the units directly under a unit on a day, by line, with the names of that day.
func children(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]childRow, error) {
	return db.All[childRow](ctx, q, `SELECT u.id, u.kind, n.name, n.short, p.line, p.from_day, p.to_day
		FROM org_parent p JOIN org_unit u ON u.town = $1 AND u.id = p.id
		JOIN org_name n ON n.town = $1 AND n.id = u.id AND n.from_day <= $3 AND n.to_day > $3
		WHERE p.town = $1 AND p.parent = $2 AND p.from_day <= $3 AND p.to_day > $3 ORDER BY p.line, u.id`, town, unit, string(on))
}

// nameOn returns the names that a unit bore on a day; its last after its end, its first before its beginning.
func nameOn(names []NameSpan, on calendar.Date) NameSpan {
	for _, n := range names {
		if n.Has(on) {
			return n
		}
	}
	if len(names) > 0 && on < names[0].From {
		return names[0]
	}
	return names[len(names)-1]
}

// formerOffices lists the offices of a unit that ended by a day, the latest first.
func formerOffices(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.unit = $2 AND o.to_day <= $3 AND o.from_day < o.to_day
		ORDER BY o.to_day DESC, o.id DESC LIMIT 200`, town, unit, string(on))
}

// officesOn lists every office of the town on a day.
func officesOn(ctx context.Context, q db.Querier, town string, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.from_day <= $2 AND o.to_day > $2 ORDER BY o.id`, town, string(on))
}

// findOffice returns one holding of an office.
func findOffice(ctx context.Context, q db.Querier, town string, id int64) (OfficeRow, error) {
	return db.One[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.id = $2`, town, id)
}

// contacts gives the telephones of offices by unit.
func contacts(ctx context.Context, q db.Querier, town string) (map[int64]string, error) {
	m := map[int64]string{}
	err := db.Each(ctx, q, `SELECT id, contact FROM org_unit WHERE town = $1 AND contact <> ''`, func(r struct {
		ID      int64
		Contact string
	}) error {
		m[r.ID] = r.Contact
		return nil
	}, town)
	return m, err
}

// sortedUnits lists units in order of establishment.
func sortedUnits(m map[int64]UnitRow) []UnitRow {
	out := make([]UnitRow, 0, len(m))
	for _, u := range m {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b UnitRow) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
