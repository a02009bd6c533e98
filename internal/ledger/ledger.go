package ledger

import (
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

// Entries is the table of lines; Years the carried sums. Lines are kept in order of account and day, which is how they are
// asked for; what belongs to one act or entity is told by its fold.
var (
	Entries = db.Table{Name: "ledger_line", Key: 8, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "commodity", Type: db.Text}, {Name: "owner", Type: db.Int}, {Name: "account", Type: db.Text},
		{Name: "effective", Type: db.Date}, {Name: "act", Type: db.Int}, {Name: "entity", Type: db.Int}, {Name: "line", Type: db.Int},
		{Name: "contra", Type: db.Text}, {Name: "amount", Type: db.Int}}}
	Years = db.Table{Name: "ledger_year", Key: 5, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "commodity", Type: db.Text}, {Name: "owner", Type: db.Int},
		{Name: "account", Type: db.Text}, {Name: "year", Type: db.Int}, {Name: "amount", Type: db.Int}},
		Indexes: []db.Index{{Name: "ledger_year_nothing", Columns: []string{"town"}, Where: "amount = 0"}}}
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

// Row is the line as a row of Entries. The town may come boxed, so that a million rows share one.
func (l Line) Row(town any) []any {
	return []any{town, l.Commodity, Owner(l.Account), l.Account, string(l.Effective), l.Act, l.Entity, l.N, l.Contra, l.Amount}
}
