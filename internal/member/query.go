package member

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
	"cunju/internal/org"
)

// Row is a line of a roster.
type Row struct {
	ID         int64 // of the membership
	Person     int64
	Branch     int64
	BranchName string
	Category   Category
	Name       string
	Sortkey    string
	Sex        string
	Birth      calendar.Date
	Admitted   calendar.Date
	Floating   int64
	Lost       int64
	Handle     int64  // key of the sealed number
	IDNumber   string // sealed
}

// Filter narrows a roster.
type Filter struct {
	Unit     int64 // the unit and everything below it
	Text     string
	Category Category
	Floating bool
	Only     []int64 // persons, when a search found some; nil for all
	After    Cursor
	Limit    int
}

// Cursor is where a page ended.
type Cursor struct {
	Sortkey string
	ID      int64
}

const rosterColumns = `m.id, m.person, m.branch, CASE WHEN u.short <> '' THEN u.short ELSE u.name END, m.category, m.name, m.sortkey, m.sex, m.birth, m.admitted, m.floating, m.lost, p.handle, p.idnumber`

// wide is the size from which a unit's page is found by walking the whole roster in order of name rather than by sorting the
// unit's own members.
const wide = 4000

// Today returns a page of today's roster of a unit and all below it, in order of name (pinyin). size is the unit's number of
// members, which the ledger knows.
func Today(ctx context.Context, q db.Querier, town string, f Filter, size int64) ([]Row, error) {
	args := []any{town, string(org.Any), f.Unit, f.After.Sortkey, f.After.ID, int64(f.Limit)}
	where := `r.town = $1 AND (r.sortkey, r.id) > ($4, $5)`
	if f.Category != "" {
		// In words of its own, because an index of the few probationary members is only used for what the text says.
		where += map[Category]string{Full: ` AND r.category = 'full'`, Probationary: ` AND r.category = 'probationary'`}[f.Category]
	}
	if f.Floating {
		where += ` AND r.floating = 1`
	}
	if f.Only != nil {
		if len(f.Only) == 0 {
			return nil, nil
		}
		in, ids := db.In(len(args)+1, f.Only)
		args = append(args, ids...)
		where += ` AND r.person IN (` + in + `)`
	}
	inside := `EXISTS (SELECT 1 FROM org_closure c WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.descendant = r.branch AND c.to_day = '9999-12-31')`
	page := `SELECT r.* FROM member_roster r WHERE ` + where + ` AND ` + inside + ` ORDER BY r.sortkey, r.id LIMIT $6`
	if size < wide && f.Only == nil {
		page = `SELECT r.* FROM org_closure c CROSS JOIN member_roster r WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3
			AND c.to_day = '9999-12-31' AND r.branch = c.descendant AND ` + where + ` ORDER BY r.sortkey, r.id LIMIT $6`
	}
	return db.All[Row](ctx, q, `SELECT `+rosterColumns+` FROM (`+page+`) m
		JOIN people_person p ON p.town = $1 AND p.id = m.person JOIN org_unit u ON u.town = $1 AND u.id = m.branch
		ORDER BY m.sortkey, m.id`, args...)
}

// AsOf returns the whole roster of a unit and all below it as it stood at the end of a day, in order of name.
func AsOf(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]Row, error) {
	names, err := branchNames(ctx, q, town, unit, on)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[Row](ctx, q, `SELECT s.id, s.person, s.branch, '', s.category, p.name, p.sortkey, p.sex, p.birth, s.admitted,
			CAST(0 AS BIGINT), CAST(0 AS BIGINT), p.handle, p.idnumber
		FROM org_closure c CROSS JOIN member_span s CROSS JOIN people_person p
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND s.town = $1 AND s.branch = c.descendant AND s.from_day <= $4 AND s.to_day > $4
			AND p.town = $1 AND p.id = s.person`, town, string(org.Any), unit, string(on))
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].BranchName = names[rows[i].Branch]
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Or(strings.Compare(a.Sortkey, b.Sortkey), cmp.Compare(a.ID, b.ID)) })
	return rows, nil
}

// branchNames are the short names, on a day, of a unit and all below it.
func branchNames(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) (map[int64]string, error) {
	names := map[int64]string{}
	return names, db.Each(ctx, q, `SELECT n.id, CASE WHEN n.short <> '' THEN n.short ELSE n.name END FROM org_closure c CROSS JOIN org_name n
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND n.town = $1 AND n.id = c.descendant AND n.from_day <= $4 AND n.to_day > $4`, func(r struct {
		ID   int64
		Name string
	}) error {
		names[r.ID] = r.Name
		return nil
	}, town, string(org.Any), unit, string(on))
}

// Of returns the memberships of a person, oldest first.
func Of(ctx context.Context, q db.Querier, town string, person int64) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT id FROM member_record WHERE town = $1 AND person = $2 ORDER BY id`, town, person)
}

// OnRoster reports whether a person is on a roster, today or from a later day on.
func OnRoster(ctx context.Context, q db.Querier, town string, person int64) (bool, error) {
	n, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM member_record WHERE town = $1 AND person = $2 AND to_day = '9999-12-31'`, town, person)
	return n > 0, err
}

// Within reports whether a person is a member, full or probationary, of an organisation or of one below it on a day.
func Within(ctx context.Context, q db.Querier, town string, unit, person int64, on calendar.Date) (bool, error) {
	n, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM member_span s WHERE s.town = $1 AND s.person = $2 AND s.from_day <= $3 AND s.to_day > $3
		AND EXISTS (SELECT 1 FROM org_closure c WHERE c.town = $1 AND c.line = 'party' AND c.ancestor = $4 AND c.descendant = s.branch AND c.from_day <= $3 AND c.to_day > $3)`,
		town, person, string(on), unit)
	return n > 0, err
}

// DiedOn is the first day after a person's death, as the roster has it, "" when it knows of none.
func DiedOn(ctx context.Context, q db.Querier, town string, person int64) (calendar.Date, error) {
	days, err := db.All[calendar.Date](ctx, q, `SELECT to_day FROM member_record WHERE town = $1 AND person = $2 AND ended = $3 AND from_day < to_day ORDER BY to_day`,
		town, person, string(Died))
	if err != nil || len(days) == 0 {
		return "", err
	}
	return days[0], nil
}

// lastingFrom returns the memberships of a person that last beyond a day or begin after it.
func lastingFrom(ctx context.Context, q db.Querier, town string, person int64, on calendar.Date) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT id FROM member_record WHERE town = $1 AND person = $2 AND to_day > $3 AND from_day < to_day ORDER BY id`, town, person, string(on))
}

// Count returns how many members the ledger has in a unit and all below it at the end of a day, full and probationary.
func Count(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) (full, probationary int64, err error) {
	err = db.Each(ctx, q, `SELECT account, CAST(SUM(amount) AS BIGINT) FROM (
			SELECT y.account, y.amount FROM org_closure c CROSS JOIN ledger_year y
			WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
				AND y.town = $1 AND y.commodity = $5 AND y.owner = c.descendant AND y.year < $6
			UNION ALL
			SELECT e.account, e.amount FROM org_closure c CROSS JOIN ledger_line e
			WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
				AND e.town = $1 AND e.commodity = $5 AND e.owner = c.descendant AND e.effective >= $7 AND e.effective <= $4) s
		GROUP BY account`, func(r struct {
		Account string
		N       int64
	}) error {
		if strings.HasSuffix(r.Account, "/party/"+string(Full)) {
			full += r.N
		} else if strings.HasSuffix(r.Account, "/party/"+string(Probationary)) {
			probationary += r.N
		}
		return nil
	}, town, string(org.Any), unit, string(on), Head, int64(on.Year()), string(calendar.Of(on.Year(), 1, 1)))
	return full, probationary, err
}

// Audit holds the roster against the ledger: every branch must have as many spans open as heads on its accounts.
func Audit(ctx context.Context, q db.Querier, town string) ([]ledger.Imbalance, error) {
	return db.All[ledger.Imbalance](ctx, q, `SELECT CAST(0 AS BIGINT), CAST(branch AS TEXT), 'head', CAST(SUM(n) AS BIGINT) FROM (
			SELECT branch, 1 AS n FROM member_span WHERE town = $1 AND to_day = '9999-12-31'
			UNION ALL SELECT owner, -amount FROM ledger_year WHERE town = $1 AND commodity = 'head' AND owner > 0) s
		GROUP BY branch HAVING SUM(n) <> 0 ORDER BY branch`, town)
}

func arg(n int) string { return "$" + strconv.Itoa(n) }
