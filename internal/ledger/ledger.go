package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Line is one side of a move as it is stored.
type Line struct {
	Entity    int64         // whose history the line comes from
	Act       int64         // number of the act that moved it
	N         int64         // line within (entity, act), from 0
	Account   string        // path
	Contra    string        // the other side's account
	Commodity string        // "head", "fen", "share", "cm2", "minute", …
	Amount    int64         // smallest unit; negative when it leaves the account
	Effective calendar.Date // the day on which it moved
}

// Entries is the table of lines; Years the carried sums.
var (
	Entries = db.Table{Name: "ledger_entry", Key: 4, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "entity", Type: db.Int}, {Name: "act", Type: db.Int}, {Name: "line", Type: db.Int},
		{Name: "owner", Type: db.Int}, {Name: "account", Type: db.Text}, {Name: "contra", Type: db.Text},
		{Name: "commodity", Type: db.Text}, {Name: "amount", Type: db.Int}, {Name: "effective", Type: db.Date}},
		Indexes: []db.Index{{Name: "ledger_entry_account", Columns: []string{"town", "commodity", "owner", "account", "effective"}}}}
	Years = db.Table{Name: "ledger_year", Key: 5, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "commodity", Type: db.Text}, {Name: "owner", Type: db.Int},
		{Name: "account", Type: db.Text}, {Name: "year", Type: db.Int}, {Name: "amount", Type: db.Int}}}
)

// Move returns the two lines of moving amount of a commodity from one account to another. A negative amount moves the other
// way; zero moves nothing and gives no lines.
func Move(act int64, on calendar.Date, from, to, commodity string, amount int64) []Line {
	if amount == 0 || from == to {
		return nil
	}
	return []Line{
		{Act: act, Account: from, Contra: to, Commodity: commodity, Amount: -amount, Effective: on},
		{Act: act, Account: to, Contra: from, Commodity: commodity, Amount: amount, Effective: on},
	}
}

// Owner returns the entity that owns an account: the number its path begins with, or 0.
func Owner(account string) int64 {
	head, _, _ := strings.Cut(account, "/")
	n, err := strconv.ParseInt(head, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Row is the line as a row of Entries.
func (l Line) Row(town string) []any {
	return []any{town, l.Entity, l.Act, l.N, Owner(l.Account), l.Account, l.Contra, l.Commodity, l.Amount, string(l.Effective)}
}

type yearKey struct {
	commodity, account string
	year               int64
}

// Carry adds the lines in and takes the lines out of the carried yearly sums. Callers pass what changed in one transaction.
func Carry(ctx context.Context, tx *db.Tx, town string, in, out []Line) error {
	sums := map[yearKey]int64{}
	add := func(lines []Line, sign int64) {
		for _, l := range lines {
			sums[yearKey{l.Commodity, l.Account, int64(l.Effective.Year())}] += sign * l.Amount
		}
	}
	add(in, 1)
	add(out, -1)
	for k, amount := range sums {
		if amount == 0 {
			continue
		}
		owner := Owner(k.account)
		sum, err := db.One[int64](ctx, tx, `INSERT INTO ledger_year (town, commodity, owner, account, year, amount) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (town, commodity, owner, account, year) DO UPDATE SET amount = ledger_year.amount + excluded.amount RETURNING amount`,
			town, k.commodity, owner, k.account, k.year, amount)
		if err == nil && sum == 0 { // a year that nets to nothing has no row, however it came about
			_, err = tx.Exec(ctx, `DELETE FROM ledger_year WHERE town = $1 AND commodity = $2 AND owner = $3 AND account = $4 AND year = $5`,
				town, k.commodity, owner, k.account, k.year)
		}
		if err != nil {
			return fmt.Errorf("carry %s of %s in %d: %w", k.commodity, k.account, k.year, err)
		}
	}
	return nil
}
