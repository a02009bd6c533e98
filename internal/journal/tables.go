package journal

import (
	"context"

	"cunju/internal/db"
	"cunju/internal/ledger"
)

// The journal proper: these tables migrate and are never rebuilt.
var (
	headTable = db.Table{Name: "journal_head", Key: 1, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "origin", Type: db.Text}, {Name: "size", Type: db.Int}, {Name: "root", Type: db.Bytes},
		{Name: "recorded", Type: db.Int}}}
	actTable = db.Table{Name: "journal_act", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "n", Type: db.Int}, {Name: "kind", Type: db.Text}, {Name: "recorded", Type: db.Int},
		{Name: "effective", Type: db.Date}, {Name: "commitment", Type: db.Bytes}, {Name: "leaf", Type: db.Bytes}, {Name: "salt", Type: db.NullBytes}, {Name: "payload", Type: db.Text}}}
	onTable = db.Table{Name: "journal_on", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "entity", Type: db.Int}, {Name: "n", Type: db.Int}}}
	tileTable = db.Table{Name: "journal_tile", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "level", Type: db.Int}, {Name: "i", Type: db.Int}, {Name: "hashes", Type: db.Bytes}}}
	checkpointTable = db.Table{Name: "journal_checkpoint", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "size", Type: db.Int}, {Name: "at", Type: db.Int}, {Name: "note", Type: db.Text}}}
	requestTable = db.Table{Name: "journal_request", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "key", Type: db.Text}, {Name: "input", Type: db.Bytes}, {Name: "first", Type: db.Int},
		{Name: "last", Type: db.Int}, {Name: "at", Type: db.Int}}}
	versionTable = db.Table{Name: "journal_version", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "slice", Type: db.Text}, {Name: "version", Type: db.Int}}}
)

// Projections of the journal itself.
var (
	entityTable = db.Table{Name: "journal_entity", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "type", Type: db.Text}, {Name: "last", Type: db.Int},
		{Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}}}
	useTable = db.Table{Name: "journal_use", Key: 5, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "used", Type: db.Int}, {Name: "user_id", Type: db.Int}, {Name: "act", Type: db.Int},
		{Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}}}
)

// base lists the projections that every town has beside those of the slices.
func base() []*db.Table {
	return []*db.Table{&entityTable, &useTable, &ledger.Entries, &ledger.Years}
}

// projections lists every table that a rebuild prints again.
func (b *Book) projections() []*db.Table { return append(base(), b.order...) }

var migrations = []db.Migration{
	{Version: 1, Name: "journal", Up: func(ctx context.Context, tx *db.Tx) error {
		return tx.Create(ctx, headTable, actTable, onTable, tileTable, checkpointTable, requestTable, versionTable)
	}},
	{Version: 2, Name: "ledger lines lie in order of account", Up: func(ctx context.Context, tx *db.Tx) error {
		return tx.Drop(ctx, db.Table{Name: "ledger_entry"})
	}},
}

// migrate brings the journal's tables up to date and creates missing projection tables. Where a town's projections were printed
// by other code their tables may be of another shape: their indexes then wait for the rebuild, which makes all anew.
func (b *Book) migrate(ctx context.Context, d *db.DB) error {
	if err := d.Migrate(ctx, "journal", migrations); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		old, err := b.outdated(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range b.projections() {
			table := *t
			if len(old) > 0 {
				table.Indexes = nil
			}
			if err := tx.Create(ctx, table); err != nil {
				return err
			}
		}
		return nil
	})
}
