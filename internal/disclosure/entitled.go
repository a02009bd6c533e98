package disclosure

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/member"
)

// Belongs answers whether a person is a member of a collective on a day.
type Belongs func(ctx context.Context, q db.Querier, collective, person int64, on calendar.Date) (bool, error)

// Admit says who is a member of a collective. Until it is said nobody is, and what is published for members stays closed. It is
// called before the first request.
func (p *Pages) Admit(f Belongs) { p.inside = f }

// entitled reports whether a person may read a published notice: everyone what is for everyone, Party members what their
// organisation or one above it publishes for its members, members of a collective what it publishes for them.
func (p *Pages) entitled(ctx context.Context, row Row, person int64) (bool, error) {
	switch {
	case row.Published == "" || person == 0:
		return false, nil
	case row.Scope == ScopePublic:
		return true, nil
	case row.Scope == ScopeParty:
		return member.Within(ctx, p.DB, p.Town, row.Unit, person, p.Today())
	case row.Scope == ScopeCollective && p.inside != nil:
		return p.inside(ctx, p.DB, row.Unit, person, p.Today())
	}
	return false, nil
}

// mineMost is how many notices for some only are looked through: years of a town.
const mineMost = 400

// within lists what is published for some only and may be read by a person, newest first. Of one unit and scope it asks once.
func (p *Pages) within(ctx context.Context, person int64) ([]Row, error) {
	all, err := db.All[Row](ctx, p.DB, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.published <> '' AND n.scope <> 'public'
		ORDER BY n.published DESC, n.id DESC LIMIT $2`, p.Town, int64(mineMost))
	if err != nil {
		return nil, err
	}
	type group struct {
		unit  int64
		scope Scope
	}
	asked := map[group]bool{}
	var out []Row
	for _, row := range all {
		g := group{row.Unit, row.Scope}
		may, known := asked[g]
		if !known {
			if may, err = p.entitled(ctx, row, person); err != nil {
				return nil, err
			}
			asked[g] = may
		}
		if may {
			out = append(out, row)
		}
	}
	return out, nil
}
