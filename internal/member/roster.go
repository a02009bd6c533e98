package member

import (
	"context"

	"cunju/internal/db"
	"cunju/internal/journal"
)

// roster is today's roster with what lists show and sort by; it follows memberships and persons.
var roster = db.Table{Name: "member_roster", Key: 2, Columns: []db.Column{
	{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "person", Type: db.Int}, {Name: "branch", Type: db.Int},
	{Name: "category", Type: db.Text}, {Name: "name", Type: db.Text}, {Name: "sortkey", Type: db.Text}, {Name: "initials", Type: db.Text},
	{Name: "sex", Type: db.Text}, {Name: "birth", Type: db.Date}, {Name: "admitted", Type: db.Date}, {Name: "floating", Type: db.Bool},
	{Name: "lost", Type: db.Bool}, {Name: "from_day", Type: db.Date}},
	Indexes: []db.Index{{Name: "member_roster_branch", Columns: []string{"town", "branch", "sortkey", "id"}},
		{Name: "member_roster_sortkey", Columns: []string{"town", "sortkey", "id"}}, {Name: "member_roster_person", Columns: []string{"town", "person"}},
		{Name: "member_roster_probationary", Columns: []string{"town", "category", "sortkey", "id"}, Where: "category = 'probationary'"},
		{Name: "member_roster_floating", Columns: []string{"town", "floating", "sortkey", "id"}, Where: "floating = 1"}}}

func rosterTable() journal.Derived {
	return journal.Derived{Name: "member.roster", Watches: []string{"member.member", "people.person"}, Tables: []*db.Table{&roster}, Refresh: refreshRoster}
}

const fillRoster = `INSERT INTO member_roster (town, id, person, branch, category, name, sortkey, initials, sex, birth, admitted, floating, lost, from_day)
	SELECT r.town, r.id, r.person, r.branch, r.category, p.name, p.sortkey, p.initials, p.sex, p.birth, r.admitted, r.floating, r.lost, r.from_day
	FROM member_record r JOIN people_person p ON p.town = $1 AND p.id = r.person
	WHERE r.town = $1 AND r.to_day = '9999-12-31'`

func refreshRoster(ctx context.Context, tx *db.Tx, town string, touched map[string][]int64) error {
	if touched == nil {
		_, err := tx.Exec(ctx, fillRoster, town)
		return err
	}
	for _, part := range []struct {
		column string
		ids    []int64
	}{{"id", touched["member.member"]}, {"person", touched["people.person"]}} {
		for len(part.ids) > 0 {
			n := min(len(part.ids), 200)
			in, ids := db.In(2, part.ids[:n])
			args := append([]any{town}, ids...)
			if _, err := tx.Exec(ctx, `DELETE FROM member_roster WHERE town = $1 AND `+part.column+` IN (`+in+`)`, args...); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, fillRoster+` AND r.`+part.column+` IN (`+in+`) ON CONFLICT (town, id) DO NOTHING`, args...); err != nil {
				return err
			}
			part.ids = part.ids[n:]
		}
	}
	return nil
}
