package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func steps(table db.Table) []db.Migration {
	return []db.Migration{
		{Version: 1, Name: "create", Up: func(ctx context.Context, tx *db.Tx) error { return tx.Create(ctx, table) }},
		{Version: 2, Name: "first row", Up: func(ctx context.Context, tx *db.Tx) error {
			return tx.Insert(ctx, table, [][]any{{town, 1, 100}})
		}},
	}
}

func TestMigrateOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		ms := steps(payment)
		must(t, d.Migrate(ctx, "accounts", ms[:1]))
		for range 2 {
			must(t, d.Migrate(ctx, "accounts", ms))
		}
		if n, _ := sum(t, d); n != 1 {
			t.Fatal(n)
		}
		other := payment // another set counts for itself
		other.Name = "receipt"
		must(t, d.Migrate(ctx, "journal", steps(other)))
		n, err := db.One[int64](ctx, d, "SELECT count(*) FROM receipt WHERE town = $1", town)
		if must(t, err); n != 1 {
			t.Fatal(n)
		}
		if err := d.Migrate(ctx, "accounts", ms[:1]); err == nil {
			t.Error("an older program may work on a newer database")
		}
		if err := d.Migrate(ctx, "Bad name", ms); err == nil {
			t.Error("bad set name accepted")
		}
	})
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		ms := steps(payment)
		broken := errors.New("no such rule")
		must(t, d.Migrate(ctx, "accounts", ms))
		third := db.Migration{Version: 3, Name: "third", Up: func(ctx context.Context, tx *db.Tx) error {
			must(t, tx.Insert(ctx, payment, [][]any{{town, 2, 5}}))
			return broken
		}}
		if err := d.Migrate(ctx, "accounts", append(ms[:2:2], third)); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		third.Up = func(ctx context.Context, tx *db.Tx) error {
			_ = tx.Insert(ctx, payment, [][]any{{town, 1, 5}}) // overlooked
			return nil
		}
		wantKind(t, d.Migrate(ctx, "accounts", append(ms[:2:2], third)), db.Unique)
		if n, fen := sum(t, d); n != 1 || fen != 100 {
			t.Fatal(n, fen)
		}
		third.Up = func(ctx context.Context, tx *db.Tx) error { return tx.Insert(ctx, payment, [][]any{{town, 2, 5}}) }
		must(t, d.Migrate(ctx, "accounts", append(ms[:2:2], third)))
		if n, _ := sum(t, d); n != 2 {
			t.Fatal(n)
		}
	})
}

func TestTwoProcessesMigrate(t *testing.T) {
	eachTwice(t, func(t *testing.T, a, b *db.DB) {
		var group sync.WaitGroup
		for _, d := range []*db.DB{a, b} {
			group.Go(func() {
				if err := d.Migrate(t.Context(), "accounts", steps(payment)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if n, _ := sum(t, a); n != 1 {
			t.Fatal(n)
		}
	})
}
