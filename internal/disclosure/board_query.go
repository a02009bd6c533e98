package disclosure

import (
	"context"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// BoardFilter narrows the public board.
type BoardFilter struct {
	Area    int64  // village or community, and everything that ever was below it; −1 for the whole town
	Subject string // "" for all
	From    calendar.Date
	To      calendar.Date
	Words   string // all of which the notice has: in its number, title or lines
	Before  Cursor
	Limit   int
}

// Cursor is where a page ended.
type Cursor struct {
	Published calendar.Date
	ID        int64
}

// Board lists published notices, newest first.
func Board(ctx context.Context, q db.Querier, town string, f BoardFilter) ([]Row, error) {
	args := []any{town}
	arg := func(a any) string {
		args = append(args, a)
		return "$" + strconv.Itoa(len(args))
	}
	cond := `n.town = $1 AND n.published <> '' AND n.scope = 'public'`
	if f.Area >= 0 {
		units, err := below(ctx, q, town, f.Area)
		if err != nil || len(units) == 0 {
			return nil, err
		}
		list, ids := db.In(len(args)+1, units)
		args = append(args, ids...)
		cond += ` AND n.unit IN (` + list + `)`
	}
	if f.Before.Published != "" {
		cond += ` AND (n.published, n.id) < (` + arg(string(f.Before.Published)) + `, ` + arg(f.Before.ID) + `)`
	}
	if f.Subject != "" {
		cond += ` AND n.subject = ` + arg(f.Subject)
	}
	if f.From != "" {
		cond += ` AND n.published >= ` + arg(string(f.From))
	}
	if f.To != "" {
		cond += ` AND n.published <= ` + arg(string(f.To))
	}
	if f.Words != "" {
		found, err := having(ctx, q, town, f.Words, arg)
		if err != nil || found == "" {
			return nil, err
		}
		cond += ` AND ` + found
	}
	// The page of keys first, from the index alone; then its rows.
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM (SELECT n.id FROM disclosure_notice n WHERE `+cond+` ORDER BY n.published DESC, n.id DESC LIMIT `+arg(int64(f.Limit))+`) k
		CROSS JOIN disclosure_notice n WHERE n.town = $1 AND n.id = k.id ORDER BY n.published DESC, n.id DESC`, args...)
}

// below lists the units that are or were below a unit, itself among them.
func below(ctx context.Context, q db.Querier, town string, unit int64) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT DISTINCT descendant FROM org_closure WHERE town = $1 AND line = 'any' AND ancestor = $2 ORDER BY descendant`, town, unit)
}

// few is how many notices may be read one by one to see whether they have all words; among so many that hold a pair, a page of
// those that have them all is soon full.
const few = 500

// having is the condition that a notice has all words of a search, "" when none can. The rarest pair of characters leads to few
// notices, whose text then decides. Where even that pair stands in more than a few, notices are looked through in the order of
// the list instead, until the page is full.
func having(ctx context.Context, q db.Querier, town, typed string, arg func(any) string) (string, error) {
	words := terms(typed)
	if len(words) == 0 {
		return "", nil
	}
	rare, least := [2]string{}, int64(-1)
	cond := ""
	for _, w := range words {
		spans := [][2]string{{w, w + "\U0010ffff"}} // a single character: the pairs that begin with it
		if list := pairs(w); len(list) > 0 {
			spans = spans[:0]
			for _, p := range list {
				spans = append(spans, [2]string{p, p})
			}
		}
		for _, s := range spans {
			n, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM (SELECT 1 FROM disclosure_pair WHERE town = $1 AND pair >= $2 AND pair <= $3 LIMIT $4) p`, town, s[0], s[1], few+1)
			if err != nil || n == 0 {
				return "", err
			}
			if least < 0 || n < least {
				rare, least = s, n
			}
		}
		cond += ` AND t.words LIKE ` + arg(db.Contains(w)) + ` ESCAPE '!'`
	}
	if least > few {
		return `EXISTS (SELECT 1 FROM disclosure_text t WHERE t.town = $1 AND t.id = n.id` + cond + `)`, nil
	}
	return `n.id IN (SELECT t.id FROM disclosure_text t WHERE t.town = $1 AND t.id IN (SELECT p.id FROM disclosure_pair p WHERE p.town = $1 AND p.pair >= ` +
		arg(rare[0]) + ` AND p.pair <= ` + arg(rare[1]) + `)` + cond + `)`, nil
}

// FirstPublished is the day on which the town first published anything, "" for never.
func FirstPublished(ctx context.Context, q db.Querier, town string) (calendar.Date, error) {
	return db.One[calendar.Date](ctx, q, `SELECT COALESCE(MIN(published), '') FROM disclosure_notice WHERE town = $1 AND published <> '' AND scope = 'public'`, town)
}

// place is a village or community with the day on which something was last published in it.
type place struct {
	ID   int64
	Name string
	To   calendar.Date // first day on which it is no more
	Last calendar.Date
}

// places lists the villages and communities of a day in order of establishment, and those that were before it and published.
func places(ctx context.Context, q db.Querier, town string, on calendar.Date) (now, past []place, err error) {
	list, err := db.All[place](ctx, q, `SELECT u.id, CASE WHEN u.short = '' THEN u.name ELSE u.short END, u.to_day,
			COALESCE((SELECT MAX(n.published) FROM org_closure c CROSS JOIN disclosure_notice n
				WHERE c.town = $1 AND c.line = 'any' AND c.ancestor = u.id AND n.town = $1 AND n.unit = c.descendant AND n.scope = 'public'), '')
		FROM org_unit u WHERE u.town = $1 AND u.kind IN ('village', 'community') AND u.from_day <= $2 ORDER BY u.id`, town, string(on))
	for _, p := range list {
		switch {
		case p.To > on:
			now = append(now, p)
		case p.Last != "":
			past = append(past, p)
		}
	}
	return now, past, err
}

// BoardStanding is in figures what a village or community published.
type BoardStanding struct {
	Month   int64 // published this month
	Year    int64 // published this year
	Hanging int64 // on the physical board
	Last    calendar.Date
}

// StandingOf counts what was published in an area up to a day.
func StandingOf(ctx context.Context, q db.Querier, town string, area int64, on calendar.Date) (BoardStanding, error) {
	units, err := below(ctx, q, town, area)
	if err != nil || len(units) == 0 {
		return BoardStanding{}, err
	}
	list, ids := db.In(5, units)
	return db.One[BoardStanding](ctx, q, `SELECT COUNT(CASE WHEN published >= $2 THEN 1 END), COUNT(CASE WHEN published >= $3 THEN 1 END),
			COUNT(CASE WHEN posted <> '' AND taken_down = '' THEN 1 END), COALESCE(MAX(published), '')
		FROM disclosure_notice WHERE town = $1 AND published <> '' AND scope = 'public' AND published <= $4 AND unit IN (`+list+`)`,
		append([]any{town, string(on.MonthStart()), string(calendar.Of(on.Year(), 1, 1)), string(on)}, ids...)...)
}
