package disclosure

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Hung lists the public notices of an area that were put up on the board and whose days touch a span, in order of posting. Days
// run from the posting to the last day that it must hang; where no law gives days, the posting alone counts.
func Hung(ctx context.Context, q db.Querier, town string, area int64, from, to calendar.Date) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n
		WHERE n.town = $1 AND n.published <> '' AND n.scope = 'public' AND n.posted <> '' AND n.posted <= $3
			AND (n.last_day >= $2 OR n.last_day = '' AND n.posted >= $2)
			AND n.unit IN (SELECT c.descendant FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.ancestor = $4)
		ORDER BY n.posted, n.id`, town, string(from), string(to), area)
}

// Hanging lists the public notices under the anchors that hang on the board now, those put up last first.
func Hanging(ctx context.Context, q db.Querier, town string, anchors []int64, limit int) ([]Row, error) {
	if len(anchors) == 0 {
		return nil, nil
	}
	list, args := db.In(3, anchors)
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n
		WHERE n.town = $1 AND n.published <> '' AND n.scope = 'public' AND n.posted <> '' AND n.taken_down = ''
			AND n.unit IN (SELECT c.descendant FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.ancestor IN (`+list+`))
		ORDER BY n.posted DESC, n.id DESC LIMIT $2`, append([]any{town, int64(limit)}, args...)...)
}
