package db_test

import (
	"context"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestSmoke(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		tab := db.Table{Name: "person", Key: 2, Columns: []db.Column{{"town", db.Text}, {"id", db.Int}, {"name", db.Text}, {"born", db.Date}, {"note", db.NullText}}}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.Update(ctx, func(tx *db.Tx) error {
			must(tx.Create(ctx, tab))
			rows := [][]any{}
			for i := range 2050 {
				rows = append(rows, []any{"321002003", i, "王芳", "1990-01-02", nil})
			}
			must(tx.Insert(ctx, tab, rows))
			must(tx.Upsert(ctx, tab, rows[:33]))
			return nil
		}))
		n, err := db.One[int64](ctx, d, "SELECT count(*) FROM person WHERE town = $1", "321002003")
		must(err)
		if n != 2050 {
			t.Fatal(n)
		}
		must(d.Migrate(ctx, "x", []db.Migration{{1, "a", func(ctx ctxT, tx *db.Tx) error { return tx.Create(ctx, tab) }}}))
	})
}
type ctxT = context.Context
