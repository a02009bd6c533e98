package ledger

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// below is the least string greater than every path under prefix: "/" + 1 is "0".
func below(prefix string) (from, to string) { return prefix + "/", prefix + "0" }

// Balance returns what the account and all accounts below it held at the end of the day on.
func Balance(ctx context.Context, q db.Querier, town, commodity, account string, on calendar.Date) (int64, error) {
	from, to := below(account)
	year := calendar.Of(on.Year(), 1, 1)
	return db.One[int64](ctx, q, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM (
		SELECT amount FROM ledger_year WHERE town = $1 AND commodity = $2 AND owner = $3 AND (account = $4 OR (account >= $5 AND account < $6)) AND year < $7
		UNION ALL
		SELECT amount FROM ledger_line WHERE town = $1 AND commodity = $2 AND owner = $3 AND (account = $4 OR (account >= $5 AND account < $6))
			AND effective >= $8 AND effective <= $9) s`,
		town, commodity, Owner(account), account, from, to, int64(on.Year()), string(year), string(on))
}

// Movement is what came into or left an account subtree in a period, by the account it came from or went to.
type Movement struct {
	Contra  string
	In, Out int64 // smallest unit, both positive
}

// Movements sums what crossed the border of the account's subtree from the day after `after` to the end of `until`, by contra
// account; moves between two accounts of the subtree do not show. Balance(after) + ΣIn − ΣOut = Balance(until).
func Movements(ctx context.Context, q db.Querier, town, commodity, account string, after, until calendar.Date) ([]Movement, error) {
	from, to := below(account)
	return db.All[Movement](ctx, q, `SELECT contra,
			CAST(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS BIGINT)
		FROM ledger_line
		WHERE town = $1 AND commodity = $2 AND owner = $3 AND (account = $4 OR (account >= $5 AND account < $6))
			AND NOT (contra = $4 OR (contra >= $5 AND contra < $6)) AND effective > $7 AND effective <= $8
		GROUP BY contra ORDER BY contra`,
		town, commodity, Owner(account), account, from, to, string(after), string(until))
}

// Item is one line of an account's statement.
type Item struct {
	Act       int64
	Entity    int64
	Account   string
	Contra    string
	Amount    int64
	Effective calendar.Date
}

// Statement lists the lines that crossed the border of the account's subtree in the period (after, until], oldest first, like
// a bank statement; each names its act. At most limit lines are returned, 0 for all.
func Statement(ctx context.Context, q db.Querier, town, commodity, account string, after, until calendar.Date, limit int) ([]Item, error) {
	from, to := below(account)
	if limit <= 0 {
		limit = 1 << 30
	}
	return db.All[Item](ctx, q, `SELECT act, entity, account, contra, amount, effective FROM ledger_line
		WHERE town = $1 AND commodity = $2 AND owner = $3 AND (account = $4 OR (account >= $5 AND account < $6))
			AND NOT (contra = $4 OR (contra >= $5 AND contra < $6)) AND effective > $7 AND effective <= $8
		ORDER BY effective, act, entity, line LIMIT $9`,
		town, commodity, Owner(account), account, from, to, string(after), string(until), int64(limit))
}
