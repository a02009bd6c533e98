package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cunju/internal/db"
)

// Lines gathers the lines of a whole town, to be written in the order of the table. The zero map is ready for [Lines.Add].
type Lines map[place][]Line

type place struct{ commodity, account string }

// Add takes the lines up. It keeps them, but not the slice.
func (ls Lines) Add(lines []Line) {
	for _, l := range lines {
		p := place{l.Commodity, l.Account}
		ls[p] = append(ls[p], l)
	}
}

// Load writes the lines into a table that is empty for the town.
func (ls Lines) Load(ctx context.Context, tx *db.Tx, town string) error {
	places := make([]place, 0, len(ls))
	for p := range ls {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(strings.Compare(a.commodity, b.commodity), cmp.Compare(Owner(a.account), Owner(b.account)), strings.Compare(a.account, b.account))
	})
	const chunk = 5000
	var rows [][]any
	var boxed any = town
	write := func() error {
		err := tx.Insert(ctx, Entries, rows)
		rows = rows[:0]
		return err
	}
	for _, p := range places {
		slices.SortFunc(ls[p], func(a, b Line) int {
			return cmp.Or(strings.Compare(string(a.Effective), string(b.Effective)), cmp.Compare(a.Act, b.Act), cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.N, b.N))
		})
		for _, l := range ls[p] {
			if rows = append(rows, l.Row(boxed)); len(rows) == chunk {
				if err := write(); err != nil {
					return err
				}
			}
		}
	}
	return write()
}
