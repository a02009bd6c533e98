package org

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
)

// UnitRow is a unit as lists show it, with the name that it had on the day asked for.
type UnitRow struct {
	ID     int64
	Kind   string
	Code   string
	Name   string
	Short  string
	From   calendar.Date
	To     calendar.Date
	Parent int64 // on the line asked for, −1 if none
}

// Label is the short name if there is one.
func (u UnitRow) Label() string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}

// Find returns one unit with the name it had on a day; on a day after its end, its last.
func Find(ctx context.Context, q db.Querier, town string, id int64) (UnitRow, error) {
	return db.One[UnitRow](ctx, q, `SELECT id, kind, code, name, short, from_day, to_day, CAST(-1 AS BIGINT) FROM org_unit WHERE town = $1 AND id = $2`, town, id)
}

// NameOn returns the full name that a unit had on a day; [db.NotFound] when there was none.
func NameOn(ctx context.Context, q db.Querier, town string, id int64, on calendar.Date) (string, error) {
	return db.One[string](ctx, q, `SELECT name FROM org_name WHERE town = $1 AND id = $2 AND from_day <= $3 AND to_day > $3`, town, id, string(on))
}

// Tree lists all units of a line on a day with their parents, in order of establishment.
func Tree(ctx context.Context, q db.Querier, town string, line Line, on calendar.Date) ([]UnitRow, error) {
	return db.All[UnitRow](ctx, q, `SELECT u.id, u.kind, u.code, n.name, n.short, u.from_day, u.to_day, COALESCE(p.parent, -1)
		FROM org_unit u
		JOIN org_name n ON n.town = $1 AND n.id = u.id AND n.from_day <= $2 AND n.to_day > $2
		LEFT JOIN org_parent p ON p.town = $1 AND p.id = u.id AND p.line = $3 AND p.from_day <= $2 AND p.to_day > $2
		WHERE u.town = $1 AND u.from_day <= $2 AND u.to_day > $2 ORDER BY u.id`, town, string(on), string(line))
}

// Under lists the units below a unit on a line on a day, itself first.
func Under(ctx context.Context, q db.Querier, town string, line Line, unit int64, on calendar.Date) ([]UnitRow, error) {
	return db.All[UnitRow](ctx, q, `SELECT u.id, u.kind, u.code, n.name, n.short, u.from_day, u.to_day, COALESCE(p.parent, -1)
		FROM org_closure c
		CROSS JOIN org_unit u
		CROSS JOIN org_name n
		LEFT JOIN org_parent p ON p.town = $1 AND p.id = u.id AND p.line = $2 AND p.from_day <= $4 AND p.to_day > $4
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND u.town = $1 AND u.id = c.descendant AND n.town = $1 AND n.id = u.id AND n.from_day <= $4 AND n.to_day > $4
		ORDER BY c.depth, u.id`, town, string(line), unit, string(on))
}

// Path returns a unit's ancestors on a line on a day, itself first, nearest first.
func Path(ctx context.Context, q db.Querier, town string, line Line, unit int64, on calendar.Date) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT ancestor FROM org_closure WHERE town = $1 AND line = $2 AND descendant = $3
		AND from_day <= $4 AND to_day > $4 ORDER BY depth, ancestor`, town, string(line), unit, string(on))
}

// ByName finds the units that bear a name, full or short, on a day. Names are not unique: the caller shows all that match.
func ByName(ctx context.Context, q db.Querier, town, name string, on calendar.Date) ([]UnitRow, error) {
	return db.All[UnitRow](ctx, q, `SELECT u.id, u.kind, u.code, n.name, n.short, u.from_day, u.to_day, CAST(-1 AS BIGINT)
		FROM org_name n JOIN org_unit u ON u.town = $1 AND u.id = n.id
		WHERE n.town = $1 AND (n.name = $2 OR n.short = $2) AND n.from_day <= $3 AND n.to_day > $3 ORDER BY u.id`, town, name, string(on))
}

// OfficeRow is one holding of an office.
type OfficeRow struct {
	ID       int64
	Unit     int64
	UnitKind string
	UnitName string
	Role     string
	Person   int64
	Duty     string
	From     calendar.Date
	To       calendar.Date
	Until    calendar.Date
	Title    string // as the unit calls the post; "" when the role says it all
}

const officeColumns = `o.id, o.unit, u.kind, u.name, o.role, o.person, o.duty, o.from_day, o.to_day, o.until, o.title
	FROM org_office o JOIN org_unit u ON u.town = $1 AND u.id = o.unit WHERE o.town = $1`

// OfficesOf lists the offices that a person holds on a day.
func OfficesOf(ctx context.Context, q db.Querier, town string, person int64, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.person = $2 AND o.from_day <= $3 AND o.to_day > $3 ORDER BY o.id`, town, person, string(on))
}

// OfficesIn lists the offices of a unit on a day.
func OfficesIn(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.unit = $2 AND o.from_day <= $3 AND o.to_day > $3 ORDER BY o.id`, town, unit, string(on))
}

// OfficesSince lists the offices of a person that last beyond a day or begin after it; "" stands before all days.
func OfficesSince(ctx context.Context, q db.Querier, town string, person int64, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.person = $2 AND o.to_day > $3 ORDER BY o.from_day, o.id`, town, person, string(on))
}

// holding lists who holds a post in a unit on a day or later.
func holding(ctx context.Context, q db.Querier, town string, unit int64, role string, on calendar.Date) ([]OfficeRow, error) {
	return db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.unit = $2 AND o.role = $3 AND o.to_day > $4 ORDER BY o.from_day, o.id`, town, unit, role, string(on))
}

// byCode finds the units that bear a code on a day or later.
func byCode(ctx context.Context, q db.Querier, town, code string, on calendar.Date) ([]UnitRow, error) {
	return db.All[UnitRow](ctx, q, `SELECT id, kind, code, name, short, from_day, to_day, CAST(-1 AS BIGINT) FROM org_unit
		WHERE town = $1 AND code = $2 AND to_day > $3 ORDER BY id`, town, code, string(on))
}

// left is what still hangs on a unit: how many units and offices, and the first act of them.
type left struct{ Units, Offices, Act int64 }

func hanging(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) (left, error) {
	return db.One[left](ctx, q, `SELECT CAST(COALESCE(SUM(units), 0) AS BIGINT), CAST(COALESCE(SUM(offices), 0) AS BIGINT), CAST(COALESCE(MIN(act), -1) AS BIGINT) FROM (
		SELECT 1 AS units, 0 AS offices, act FROM org_parent WHERE town = $1 AND parent = $2 AND to_day > $3
		UNION ALL SELECT 0, 1, id FROM org_office WHERE town = $1 AND unit = $2 AND to_day > $3) s`, town, unit, string(on))
}

// Actor gathers what access needs to know of a person on a day: the offices with their units, areas and paths.
func Actor(ctx context.Context, q db.Querier, town string, person int64, on calendar.Date) (access.Actor, error) {
	a := access.Actor{Person: person, On: on}
	held, err := OfficesOf(ctx, q, town, person, on)
	if err != nil {
		return a, err
	}
	for _, o := range held {
		f, err := Seat(ctx, q, town, o.Unit, o.Role, on)
		if err != nil {
			return a, err
		}
		f.ID = o.ID
		a.Offices = append(a.Offices, f)
	}
	return a, nil
}

// Seat describes an office of a unit to access, whoever holds it.
func Seat(ctx context.Context, q db.Querier, town string, unit int64, role string, on calendar.Date) (access.Office, error) {
	u, err := Find(ctx, q, town, unit)
	if err != nil {
		return access.Office{}, err
	}
	r, _ := access.RoleOf(role)
	f := access.Office{Unit: unit, UnitKind: u.Kind, Role: role, Line: r.Line, Power: r.Power, Title: u.Label() + r.Post}
	if f.Path, err = Path(ctx, q, town, Any, unit, on); err != nil {
		return f, err
	}
	f.Area, err = areaOf(ctx, q, town, u, on)
	return f, err
}

// areaOf returns the place that a unit serves as a whole: its nearest village, community or town, if its kind does so.
func areaOf(ctx context.Context, q db.Querier, town string, u UnitRow, on calendar.Date) (int64, error) {
	k := kinds[u.Kind]
	if !k.Serves {
		return 0, nil
	}
	areas, err := db.All[int64](ctx, q, `SELECT c.ancestor FROM org_closure c CROSS JOIN org_unit u
		WHERE c.town = $1 AND c.line = $2 AND c.descendant = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND u.town = $1 AND u.id = c.ancestor AND u.kind IN ('town', 'village', 'community') ORDER BY c.depth, c.ancestor LIMIT 1`,
		town, string(Area), u.ID, string(on))
	if err != nil || len(areas) == 0 {
		return 0, err
	}
	if areas[0] == u.ID || k.Town {
		return areas[0], nil
	}
	place, err := Find(ctx, q, town, areas[0])
	if place.Kind == "town" { // a general branch straight under the street serves itself, not the street
		return 0, err
	}
	return areas[0], err
}

// Target describes a unit to access as it stands on a day. Over a unit that is no more the line has power that stood above it on
// its last day, so that its acts can still be read and put right; over one that is yet to come, that of its first.
func Target(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) (access.Target, error) {
	path, err := Path(ctx, q, town, Any, unit, on)
	if err == nil && len(path) == 0 {
		var u UnitRow
		u, err = Find(ctx, q, town, unit)
		switch {
		case db.Kind(err) == db.NotFound:
			return access.Target{Unit: unit}, nil
		case err != nil:
			return access.Target{}, err
		case u.To <= on:
			on = u.To.AddDays(-1)
		default:
			on = u.From
		}
		path, err = Path(ctx, q, town, Any, unit, on)
	}
	return access.Target{Unit: unit, Path: path}, err
}

// Settings returns all local terms of the town, for the rules.
func Settings(ctx context.Context, q db.Querier, town string) (law.Settings, error) {
	rows, err := db.All[struct {
		ID    int64
		Key   string
		Value int64
		Level string
		Unit  int64
		From  calendar.Date
		Until calendar.Date
		Cite  string
	}](ctx, q, `SELECT id, key, value, level, unit, from_day, until, citation FROM org_setting WHERE town = $1 ORDER BY id`, town)
	list := make([]law.Setting, len(rows))
	for i, r := range rows {
		list[i] = law.Setting{Act: r.ID, SetSetting: law.SetSetting{Key: r.Key, Value: r.Value, Level: law.Level(r.Level), Unit: r.Unit, From: r.From, Until: r.Until, Citation: r.Cite}}
	}
	return law.NewSettings(list...), err
}

// isPerson reports whether an entity is a person, by what the journal knows of it.
func isPerson(ctx context.Context, q db.Querier, town string, id int64) (bool, error) {
	n, err := db.One[int64](ctx, q, `SELECT count(*) FROM journal_entity WHERE town = $1 AND id = $2 AND type = 'people.person'`, town, id)
	return n > 0, err
}
