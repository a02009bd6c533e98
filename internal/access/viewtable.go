package access

import (
	"context"

	"cunju/internal/db"
)

// viewTable is append only; rows of one subject lie together, newest last.
var viewTable = db.Table{
	Name: "access_view",
	Key:  4,
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "subject", Type: db.Int}, // the person looked at; 0 for a page of a list
		{Name: "at", Type: db.Int},      // unix milliseconds
		{Name: "id", Type: db.Int},      // random, tells views of one millisecond apart
		{Name: "viewer", Type: db.Int},
		{Name: "office", Type: db.Text}, // title of the office on that day
		{Name: "act", Type: db.Text},
		{Name: "what", Type: db.Text},
		{Name: "page", Type: db.Text},
		{Name: "reason", Type: db.Text},
		{Name: "persons", Type: db.Int},
		{Name: "seq", Type: db.Int},   // from 1, without gaps
		{Name: "hash", Type: db.Text}, // hex, over the hash before and this row
	},
	Indexes: []db.Index{
		{Name: "access_view_at", Columns: []string{"town", "at", "id"}},
		{Name: "access_view_viewer", Columns: []string{"town", "viewer", "at", "id"}},
		{Name: "access_view_seq", Columns: []string{"town", "seq"}, Unique: true},
	},
}

// unchained is how many columns and indexes the log had before its rows were chained.
const unchainedColumns, unchainedIndexes = 11, 2

// headTable is where a town's chain ends. Its row is what writers of one town wait for; it is found again from the last row of
// the log when it is missing.
var headTable = db.Table{
	Name: "access_view_head",
	Key:  1,
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "seq", Type: db.Int},
		{Name: "hash", Type: db.Text},
		{Name: "sealed", Type: db.Int}, // up to which row the journal holds the chain
	},
}

// Migrations of the set "access".
func Migrations() []db.Migration {
	return []db.Migration{
		{Version: 1, Name: "view log", Up: func(ctx context.Context, tx *db.Tx) error {
			first := viewTable
			first.Columns, first.Indexes = first.Columns[:unchainedColumns], first.Indexes[:unchainedIndexes]
			return tx.Create(ctx, first)
		}},
		{Version: 2, Name: "view log chained", Up: func(ctx context.Context, tx *db.Tx) error {
			err := Refill(ctx, tx, func() error { return tx.AddColumns(ctx, viewTable, unchainedColumns) })
			if err != nil {
				return err
			}
			return tx.Create(ctx, headTable)
		}},
	}
}
