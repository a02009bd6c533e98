package db_test

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// Two readings of the same text on one connection at once, and a table that
// changes under a prepared statement.
func TestKeptStatements(t *testing.T) {
	d := dbtest.SQLite(t)
	ctx := t.Context()
	create(t, d, payment)
	insert(t, d, payment, []any{town, 1, 1}, []any{town, 2, 2})
	const query = "SELECT id FROM payment WHERE town = $1 ORDER BY id"
	must(t, d.View(ctx, func(tx *db.Tx) error {
		outer, err := tx.Query(ctx, query, town)
		must(t, err)
		defer outer.Close()
		for id := int64(1); outer.Next(); id++ {
			var got int64
			must(t, outer.Scan(&got))
			inner, err := tx.Query(ctx, query, town)
			must(t, err)
			n := 0
			for inner.Next() {
				n++
			}
			must(t, inner.Close())
			if got != id || n != 2 {
				t.Fatal(got, n)
			}
		}
		return outer.Err()
	}))
	must(t, d.Update(ctx, func(tx *db.Tx) error {
		for i := range 600 { // more texts than are kept
			n, err := db.One[int](ctx, tx, fmt.Sprintf("SELECT %d + count(*) FROM payment WHERE town = $1", i), town)
			if err != nil || n != i+2 {
				return fmt.Errorf("%d is %d: %w", i, n, err)
			}
		}
		return nil
	}))
	must(t, d.Update(ctx, func(tx *db.Tx) error {
		if err := tx.Drop(ctx, payment); err != nil {
			return err
		}
		return tx.Create(ctx, payment)
	}))
	ids, err := db.All[int64](context.WithoutCancel(ctx), d, query, town)
	if must(t, err); len(ids) != 0 {
		t.Fatal(ids)
	}
}
