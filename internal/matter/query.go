package matter

import (
	"context"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Row is a matter as lists read it.
type Row struct {
	ID        int64
	Procedure string
	Unit      int64
	Title     string
	Next      string
	Power     string
	Since     calendar.Date
	Due       calendar.Date
	Reckoning string
	Lapsed    calendar.Date
	Opened    calendar.Date
	Closed    calendar.Date
	Outcome   string
}

const columns = `m.id, m.procedure, m.unit, m.title, m.next, m.power, m.since, m.due, m.reckoning, m.lapsed, m.opened, m.closed, m.outcome`

// Find returns one matter.
func Find(ctx context.Context, q db.Querier, town string, id int64) (Row, error) {
	return db.One[Row](ctx, q, `SELECT `+columns+` FROM matter_matter m WHERE m.town = $1 AND m.id = $2`, town, id)
}

// Todo lists the open matters whose next step needs a power, of the units under the anchors (the units at whose subtree the
// actor has that power), the most urgent first. The tree is the spine's dated closure.
func Todo(ctx context.Context, q db.Querier, town, power string, anchors []int64, limit int) ([]Row, error) {
	if len(anchors) == 0 {
		return nil, nil
	}
	args := []any{town, power, int64(limit)}
	var in []string
	for _, a := range anchors {
		args = append(args, a)
		in = append(in, "$"+strconv.Itoa(len(args)))
	}
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM matter_matter m WHERE m.town = $1 AND m.power = $2 AND EXISTS (
			SELECT 1 FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.descendant = m.unit AND c.to_day = '9999-12-31' AND c.ancestor IN (`+strings.Join(in, ", ")+`))
		ORDER BY CASE WHEN m.due = '' THEN 1 ELSE 0 END, m.due, m.since, m.id LIMIT $3`, args...)
}

// Overdue lists the open matters whose clock ran out before a day and for which that has not been recorded yet.
func Overdue(ctx context.Context, q db.Querier, town string, today calendar.Date, limit int) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM matter_matter m WHERE m.town = $1 AND m.due <> '' AND m.due < $2 AND m.lapsed <> m.due
		ORDER BY m.due, m.id LIMIT $3`, town, string(today), int64(limit))
}

// Acting lists the open matters in which a person did a step, oldest first.
func Acting(ctx context.Context, q db.Querier, town string, person int64) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM matter_matter m WHERE m.town = $1 AND m.closed = '' AND EXISTS (
			SELECT 1 FROM matter_step s WHERE s.town = $1 AND s.id = m.id AND s.person = $2) ORDER BY m.id`, town, person)
}

// Steps lists what was done on a matter, in order.
func Steps(ctx context.Context, q db.Querier, town string, id int64) ([]Done, error) {
	return db.All[Done](ctx, q, `SELECT step, act, on_day, person, note FROM matter_step WHERE town = $1 AND id = $2 ORDER BY n`, town, id)
}

// OpenIn counts the matters of units that are under way.
func OpenIn(ctx context.Context, q db.Querier, town string, units []int64) (int64, error) {
	list, args := db.In(2, units)
	return db.One[int64](ctx, q, `SELECT COUNT(*) FROM matter_matter WHERE town = $1 AND closed = '' AND unit IN (`+list+`)`, append([]any{town}, args...)...)
}
