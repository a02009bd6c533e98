package org

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// RegisterRow is a unit as its register prints it.
type RegisterRow struct {
	ID      int64
	Kind    string
	Code    string
	Name    string
	Short   string
	Contact string
	From    calendar.Date
	Parent  string // short name of the superior on the line asked for
}

// Register lists a unit and all below it on a line on a day, superiors first.
func Register(ctx context.Context, q db.Querier, town string, line Line, unit int64, on calendar.Date) ([]RegisterRow, error) {
	return db.All[RegisterRow](ctx, q, `SELECT u.id, u.kind, u.code, n.name, n.short, u.contact, u.from_day,
			COALESCE(CASE WHEN m.short <> '' THEN m.short ELSE m.name END, '')
		FROM org_closure c CROSS JOIN org_unit u CROSS JOIN org_name n
		LEFT JOIN org_parent p ON p.town = $1 AND p.id = u.id AND p.line = $2 AND p.from_day <= $4 AND p.to_day > $4
		LEFT JOIN org_name m ON m.town = $1 AND m.id = p.parent AND m.from_day <= $4 AND m.to_day > $4
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND u.town = $1 AND u.id = c.descendant AND n.town = $1 AND n.id = u.id AND n.from_day <= $4 AND n.to_day > $4
		ORDER BY c.depth, u.id`, town, string(line), unit, string(on))
}

// PartyKind is the word of the Party's own form for a kind of Party organisation; "" for other kinds.
func PartyKind(kind string) string {
	for word, code := range partyKinds {
		if code == kind {
			return word
		}
	}
	return ""
}
