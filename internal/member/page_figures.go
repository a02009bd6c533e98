package member

import (
	"context"
	"strings"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/org"
)

// figures are what stands around the register of a unit on a day, in heads.
type figures struct {
	Size           int64    // members on the day, when this was counted
	Before         [2]int64 // full and probationary members at the end of last month
	Floating, Lost int64    // today only
	Due            int64    // probationary members whose year ends in this quarter
	Ages           [5]int64 // up to 35, 36–45, 46–55, 56–65, from 66
	Unknown        int64    // without a date of birth
	Flow           flow
}

// flow is what came in and went out since the first of January, by the account on the other side; Within is what came from
// other branches of the town less what went to them.
type flow struct {
	By     map[How]int64
	Within int64
}

func (f flow) total() int64 {
	n := f.Within
	for _, x := range f.By {
		n += x
	}
	return n
}

// ageSums sums the five age groups of rows that have a column birth; parameters from $5 on are the birthdays of those who are
// 36, 46, 56 and 66 on the day.
const ageSums = `CAST(COALESCE(SUM(CASE WHEN birth > $5 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN birth <= $5 AND birth > $6 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN birth <= $6 AND birth > $7 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN birth <= $7 AND birth > $8 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN birth <= $8 AND birth <> '' THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN birth = '' THEN 1 ELSE 0 END), 0) AS BIGINT)`

// figuresOf reads the figures. A past day has no count of floating and lost members: they are not dated in the tables.
func figuresOf(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date, past bool) (f figures, err error) {
	// A year of probation that ends within the quarter began within the same quarter a year ago.
	from, until := on.QuarterStart().AddYears(-1), on.QuarterEnd().AddYears(-1)
	args := []any{town, string(org.Any), unit, string(on), string(on.AddYears(-36)), string(on.AddYears(-46)), string(on.AddYears(-56)), string(on.AddYears(-66)),
		string(from), string(until)}
	rows := `SELECT r.floating, r.lost, r.category, r.admitted, r.birth FROM org_closure c CROSS JOIN member_roster r
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4 AND r.town = $1 AND r.branch = c.descendant`
	if past {
		rows = `SELECT 0 AS floating, 0 AS lost, s.category, s.admitted, p.birth FROM org_closure c CROSS JOIN member_span s
			CROSS JOIN people_person p
			WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
				AND s.town = $1 AND s.branch = c.descendant AND s.from_day <= $4 AND s.to_day > $4
				AND p.town = $1 AND p.id = s.person`
	}
	n, err := db.One[struct{ Floating, Lost, Due, A, B, C, D, E, Unknown int64 }](ctx, q, `SELECT
		CAST(COALESCE(SUM(floating), 0) AS BIGINT), CAST(COALESCE(SUM(lost), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN category = 'probationary' AND admitted >= $9 AND admitted <= $10 THEN 1 ELSE 0 END), 0) AS BIGINT), `+ageSums+`
		FROM (`+rows+`) m`, args...)
	if err != nil {
		return f, err
	}
	f = figures{Floating: n.Floating, Lost: n.Lost, Due: n.Due, Ages: [5]int64{n.A, n.B, n.C, n.D, n.E}, Unknown: n.Unknown}
	f.Flow, err = flowOf(ctx, q, town, unit, on)
	return f, err
}

// flowOf sums the ledger's lines of the year so far across the border of a unit and all below it.
func flowOf(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) (flow, error) {
	f := flow{By: map[How]int64{}}
	err := db.Each(ctx, q, `SELECT e.contra, CAST(SUM(e.amount) AS BIGINT) FROM org_closure c CROSS JOIN ledger_line e
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND e.town = $1 AND e.commodity = $5 AND e.owner = c.descendant AND e.effective >= $6 AND e.effective <= $4
		GROUP BY e.contra`, func(r struct {
		Contra string
		N      int64
	}) error {
		if strings.HasPrefix(r.Contra, "world/") {
			f.By[How(r.Contra)] += r.N
		} else {
			f.Within += r.N // what moved between two branches of the unit cancels out
		}
		return nil
	}, town, string(org.Any), unit, string(on), Head, string(calendar.Of(on.Year(), 1, 1)))
	return f, err
}

type figureKey struct {
	unit int64
	on   calendar.Date
}

// figuresFor are the figures of a unit that has size members; at is zero when they were counted just now.
func (p *Pages) figuresFor(ctx context.Context, unit int64, on calendar.Date, size int64) (figures, time.Time, error) {
	return keep(ctx, p, p.figures, figureKey{unit, on}, func() (f figures, keep bool, err error) {
		if f, err = figuresOf(ctx, p.DB, p.Town, unit, on, on != p.Today()); err != nil {
			return f, false, err
		}
		f.Size = size
		f.Before[0], f.Before[1], err = Count(ctx, p.DB, p.Town, unit, on.MonthStart().AddDays(-1))
		return f, size >= wide, err
	})
}
