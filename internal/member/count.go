package member

import (
	"context"
	"fmt"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// own counts the open memberships of each branch; below counts those of each unit with everything under it today. Lists show
// these instead of adding up ten thousand branches.
var (
	own = db.Table{Name: "member_own", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "branch", Type: db.Int}, {Name: "category", Type: db.Text}, {Name: "n", Type: db.Int}}}
	below = db.Table{Name: "member_below", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "unit", Type: db.Int}, {Name: "category", Type: db.Text}, {Name: "n", Type: db.Int}}}
)

func countTables() journal.Derived {
	return journal.Derived{Name: "member.count", Watches: []string{"member.member", "org.unit"}, Tables: []*db.Table{&own, &below}, Refresh: refreshCounts}
}

// many is the number of branches from which counting everything anew is less work than adjusting each.
const many = 200

func refreshCounts(ctx context.Context, tx *db.Tx, town string, touched map[string][]int64) error {
	if touched == nil || len(touched["org.unit"]) > 0 {
		return countAll(ctx, tx, town)
	}
	branches, err := branchesOf(ctx, tx, town, touched["member.member"])
	if err != nil {
		return err
	}
	if len(branches) > many {
		return countAll(ctx, tx, town)
	}
	right, err := everPutRight(ctx, tx, town, touched["member.member"])
	if err != nil {
		return err
	}
	if right {
		return countAll(ctx, tx, town)
	}
	for _, b := range branches {
		for _, c := range []Category{Full, Probationary} {
			if err := recount(ctx, tx, town, b, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// everPutRight reports whether an act of one of the memberships was ever corrected or voided. Then the spans may no longer name
// a branch that has just lost the member, and nothing short of counting everything is sure. It looks at the whole history
// rather than at the last act, for one request (or several, flushed together) may correct an act and add another.
func everPutRight(ctx context.Context, tx *db.Tx, town string, members []int64) (bool, error) {
	for len(members) > 0 {
		n := min(len(members), 200)
		in, ids := db.In(2, members[:n])
		args := append([]any{town}, ids...)
		kinds := fmt.Sprintf("$%d, $%d", len(args)+1, len(args)+2)
		found, err := db.All[int64](ctx, tx, `SELECT o.n FROM journal_on o CROSS JOIN journal_act a
			WHERE o.town = $1 AND o.entity IN (`+in+`) AND a.town = $1 AND a.n = o.n AND a.kind IN (`+kinds+`) LIMIT 1`,
			append(args, journal.Correct.Name, journal.Void.Name)...)
		if err != nil || len(found) > 0 {
			return len(found) > 0, err
		}
		members = members[n:]
	}
	return false, nil
}

// branchesOf lists every branch that the memberships stand or stood in: those that gained and, unless an act was put right
// ([everPutRight]), those that lost.
func branchesOf(ctx context.Context, tx *db.Tx, town string, members []int64) ([]int64, error) {
	seen := map[int64]bool{}
	var out []int64
	for len(members) > 0 {
		n := min(len(members), 200)
		in, args := db.In(2, members[:n])
		ids, err := db.All[int64](ctx, tx, `SELECT DISTINCT branch FROM member_span WHERE town = $1 AND id IN (`+in+`)`, append([]any{town}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
		members = members[n:]
	}
	return out, nil
}

// recount takes a branch's number from the ledger and passes the difference on to everything above it.
func recount(ctx context.Context, tx *db.Tx, town string, branch int64, c Category) error {
	now, err := db.One[int64](ctx, tx, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_year
		WHERE town = $1 AND commodity = $2 AND owner = $3 AND account = $4`, town, Head, branch, Account(branch, c))
	if err != nil {
		return err
	}
	was, err := db.One[int64](ctx, tx, `SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM member_own WHERE town = $1 AND branch = $2 AND category = $3`, town, branch, string(c))
	if err != nil || was == now {
		return err
	}
	if err := tx.Upsert(ctx, own, [][]any{{town, branch, string(c), now}}); err != nil {
		return err
	}
	above, err := db.All[int64](ctx, tx, `SELECT ancestor FROM org_closure WHERE town = $1 AND line = $2 AND descendant = $3 AND to_day = '9999-12-31'`,
		town, string(org.Any), branch)
	if err != nil {
		return err
	}
	for _, unit := range above {
		if _, err := tx.Exec(ctx, `INSERT INTO member_below (town, unit, category, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (town, unit, category) DO UPDATE SET n = member_below.n + excluded.n`, town, unit, string(c), now-was); err != nil {
			return err
		}
	}
	if now == 0 {
		if _, err := tx.Exec(ctx, `DELETE FROM member_own WHERE town = $1 AND branch = $2 AND category = $3 AND n = 0`, town, branch, string(c)); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `DELETE FROM member_below WHERE town = $1 AND category = $2 AND n = 0`, town, string(c))
	return err
}

// countAll counts everything anew.
func countAll(ctx context.Context, tx *db.Tx, town string) error {
	for _, q := range []string{
		`DELETE FROM member_own WHERE town = $1`,
		`INSERT INTO member_own (town, branch, category, n)
			SELECT town, branch, category, count(*) FROM member_record WHERE town = $1 AND to_day = '9999-12-31' GROUP BY town, branch, category`,
		`DELETE FROM member_below WHERE town = $1`,
		`INSERT INTO member_below (town, unit, category, n)
			SELECT o.town, c.ancestor, o.category, CAST(SUM(o.n) AS BIGINT) FROM member_own o CROSS JOIN org_closure c
			WHERE o.town = $1 AND c.town = $1 AND c.line = 'any' AND c.descendant = o.branch AND c.to_day = '9999-12-31' GROUP BY o.town, c.ancestor, o.category`,
	} {
		if _, err := tx.Exec(ctx, q, town); err != nil {
			return err
		}
	}
	return nil
}

// CountNow returns how many open memberships a unit and everything under it has, full and probationary. It is what today's
// roster shows; [Count] asks the ledger and knows any day.
func CountNow(ctx context.Context, q db.Querier, town string, unit int64) (full, probationary int64, err error) {
	err = db.Each(ctx, q, `SELECT category, n FROM member_below WHERE town = $1 AND unit = $2`, func(r struct {
		Category string
		N        int64
	}) error {
		if Category(r.Category) == Full {
			full = r.N
		} else {
			probationary = r.N
		}
		return nil
	}, town, unit)
	return full, probationary, err
}

// Counts returns today's number of members of every unit, itself and all below it.
func Counts(ctx context.Context, q db.Querier, town string) (map[int64]int64, error) {
	m := map[int64]int64{}
	err := db.Each(ctx, q, `SELECT unit, n FROM member_below WHERE town = $1`, func(r struct{ Unit, N int64 }) error {
		m[r.Unit] += r.N
		return nil
	}, town)
	return m, err
}
