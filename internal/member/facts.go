package member

import (
	"context"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
	"cunju/internal/org"
	"cunju/internal/people"
)

// lookUps is how many values one statement asks for.
const lookUps = 200

// openEnded is the day whose memberships and units are those that have no end.
const openEnded calendar.Date = "9999-12-30"

// Current is a membership as importers need to know it.
type Current struct {
	ID       int64
	Person   int64
	Branch   int64
	Category Category
	Floating int64
	Admitted calendar.Date
	From     calendar.Date
	Since    calendar.Date // in the present branch
}

// lasting returns the memberships of persons that last beyond a day, by person.
func lasting(ctx context.Context, q db.Querier, town string, persons []int64, on calendar.Date) (map[int64]Current, error) {
	out := make(map[int64]Current, len(persons))
	for len(persons) > 0 {
		part := persons[:min(len(persons), lookUps)]
		persons = persons[len(part):]
		args := []any{town, string(on)}
		var in strings.Builder
		for i, p := range part {
			if i > 0 {
				in.WriteString(", ")
			}
			in.WriteString("$" + strconv.Itoa(i+3))
			args = append(args, p)
		}
		err := db.Each(ctx, q, `SELECT id, person, branch, category, floating, admitted, from_day,
			coalesce((SELECT max(s.to_day) FROM member_span s WHERE s.town = r.town AND s.id = r.id AND s.branch <> r.branch), from_day)
			FROM member_record r WHERE town = $1 AND person IN (`+in.String()+`) AND to_day > $2 AND from_day < to_day`, func(c Current) error {
			out[c.Person] = c
			return nil
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// register is what the record knows of the persons and branches that a sheet names.
type register struct {
	names   *org.Names
	known   map[string]people.Row // by ID number as the sheet has it
	members map[int64]Current     // by person
	advice  map[string]string     // suggestions by unknown branch name
	local   law.Settings
}

// lookUp reads everything that a sheet's checks ask for, with a few statements however long the sheet is.
func lookUp(ctx context.Context, q db.Querier, v people.Vault, numbers []string, on calendar.Date) (*register, error) {
	g := &register{advice: map[string]string{}}
	var err error
	if g.names, err = org.LoadNames(ctx, q, v.Town, on); err != nil {
		return nil, err
	}
	if g.local, err = org.Settings(ctx, q, v.Town); err != nil {
		return nil, err
	}
	if g.known, err = v.Persons(ctx, q, numbers); err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(g.known))
	for _, r := range g.known {
		ids = append(ids, r.ID)
	}
	g.members, err = lasting(ctx, q, v.Town, ids, on)
	return g, err
}

// branch finds the branch that a sheet names; the message is empty when there is exactly one.
func (g *register) branch(name string) (id int64, message string) {
	found := g.names.Find(name, org.UnitRow.IsBranch)
	switch len(found) {
	case 1:
		return found[0].ID, ""
	case 0:
		if g.advice[name] == "" {
			g.advice[name] = "没有名为“" + name + "”的党支部" + org.Suggest(g.names.Nearest(name, 3, org.UnitRow.IsBranch)) + "。请核对名称，或先设立支部"
			if len(g.names.Find(name, nil)) > 0 {
				g.advice[name] = "“" + name + "”不是党支部，党员应编入它下面的支部" + org.Suggest(g.names.Nearest(name, 3, org.UnitRow.IsBranch))
			}
		}
		return 0, g.advice[name]
	}
	return 0, "有 " + strconv.Itoa(len(found)) + " 个名为“" + name + "”的支部，请写全称"
}

// label is a unit's short name.
func (g *register) label(unit int64) string {
	for _, u := range g.names.All() {
		if u.ID == unit {
			return u.Label()
		}
	}
	return "第" + strconv.FormatInt(unit, 10) + "号支部"
}
