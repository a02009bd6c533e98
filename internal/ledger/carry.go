package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"cunju/internal/db"
)

// Sums is what a transaction changes in the carried yearly sums. The zero map is ready for [Sums.Add].
type Sums map[year]int64

// year is one carried sum.
type year struct {
	commodity, account string
	year               int64
}

// Add notes lines that were posted.
func (s Sums) Add(lines []Line) { s.note(lines, 1) }

// Remove notes lines that are posted no more.
func (s Sums) Remove(lines []Line) { s.note(lines, -1) }

func (s Sums) note(lines []Line, sign int64) {
	for _, l := range lines {
		s[year{l.Commodity, l.Account, int64(l.Effective.Year())}] += sign * l.Amount
	}
}

// changed lists the sums that differ from zero, in order of key.
func (s Sums) changed() []year {
	keys := make([]year, 0, len(s))
	for k, amount := range s {
		if amount != 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b year) int {
		return cmp.Or(strings.Compare(a.commodity, b.commodity), cmp.Compare(Owner(a.account), Owner(b.account)),
			strings.Compare(a.account, b.account), cmp.Compare(a.year, b.year))
	})
	return keys
}

// Load writes the sums into a table that is empty for the town.
func (s Sums) Load(ctx context.Context, tx *db.Tx, town string) error {
	const chunk = 5000
	keys := s.changed()
	rows := make([][]any, 0, min(len(keys), chunk))
	for part := range slices.Chunk(keys, chunk) {
		rows = rows[:0]
		for _, k := range part {
			rows = append(rows, []any{town, k.commodity, Owner(k.account), k.account, k.year, s[k]})
		}
		if err := tx.Insert(ctx, Years, rows); err != nil {
			return err
		}
	}
	return nil
}

// carryRows is how many sums one statement carries: few enough for the engines to like the number of placeholders.
const carryRows = 16

// Carry adds the sums to the table. A year that nets to nothing has no row, however that came about.
func (s Sums) Carry(ctx context.Context, tx *db.Tx, town string) error {
	keys := s.changed()
	if len(keys) == 0 {
		return nil
	}
	for part := range slices.Chunk(keys, carryRows) {
		args := make([]any, 1, 1+5*len(part))
		args[0] = town
		for _, k := range part {
			args = append(args, k.commodity, Owner(k.account), k.account, k.year, s[k])
		}
		if _, err := tx.Exec(ctx, carrySQL[len(part)-1], args...); err != nil {
			return fmt.Errorf("carry %d sums from %s on: %w", len(part), part[0].account, err)
		}
	}
	// An index lists just the years that came to nothing.
	_, err := tx.Exec(ctx, `DELETE FROM ledger_year WHERE town = $1 AND amount = 0`, town)
	return err
}

// carrySQL adds one sum, two, … carryRows of them.
var carrySQL = func() (texts [carryRows]string) {
	for i := range texts {
		texts[i] = carryText(i + 1)
	}
	return texts
}()

func carryText(n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO ledger_year (town, commodity, owner, account, year, amount) VALUES ")
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		p := 2 + 5*i
		fmt.Fprintf(&b, "($1, $%d, $%d, $%d, $%d, $%d)", p, p+1, p+2, p+3, p+4)
	}
	b.WriteString(` ON CONFLICT (town, commodity, owner, account, year) DO UPDATE SET amount = ledger_year.amount + excluded.amount`)
	return b.String()
}
