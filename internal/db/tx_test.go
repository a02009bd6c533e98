package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestUpdateKeepsAllOrNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		refusal := errors.New("refused")
		err := d.Update(ctx, func(tx *db.Tx) error {
			must(t, tx.Insert(ctx, payment, [][]any{{town, 1, 100}}))
			return refusal
		})
		if !errors.Is(err, refusal) {
			t.Fatal(err)
		}
		if n, _ := sum(t, d); n != 0 {
			t.Fatalf("%d rows of a refused transaction", n)
		}
		insert(t, d, payment, []any{town, 1, 100}, []any{town, 2, 250})
		if n, fen := sum(t, d); n != 2 || fen != 350 {
			t.Fatal(n, fen)
		}
		rows, err := d.Exec(ctx, "UPDATE payment SET fen = fen + $2 WHERE town = $1", town, 1)
		if must(t, err); rows != 2 {
			t.Fatalf("%d rows affected", rows)
		}
	})
}

func TestPanicRollsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = d.Update(ctx, func(tx *db.Tx) error {
				must(t, tx.Insert(ctx, payment, [][]any{{town, 1, 100}}))
				panic("fold")
			})
		}()
		insert(t, d, payment, []any{town, 1, 7}) // the writer is free again
		if n, fen := sum(t, d); n != 1 || fen != 7 {
			t.Fatal(n, fen)
		}
	})
}

func TestCancelledContextRollsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		create(t, d, payment)
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Update(ctx, func(tx *db.Tx) error {
			must(t, tx.Insert(ctx, payment, [][]any{{town, 1, 100}}))
			cancel()
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		if n, _ := sum(t, d); n != 0 {
			t.Fatal("a cancelled transaction was kept")
		}
		insert(t, d, payment, []any{town, 2, 1})
	})
}

func TestSavepoints(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		add := func(tx *db.Tx, id int) func() error {
			return func() error { return tx.Insert(ctx, payment, [][]any{{town, id, 1}}) }
		}
		must(t, d.Update(ctx, func(tx *db.Tx) error {
			must(t, tx.Savepoint(ctx, add(tx, 1)))
			wantKind(t, tx.Savepoint(ctx, add(tx, 1)), db.Unique)
			must(t, tx.Savepoint(ctx, func() error {
				must(t, add(tx, 2)())
				inner := tx.Savepoint(ctx, func() error {
					must(t, add(tx, 3)())
					return db.ErrNotFound
				})
				if !errors.Is(inner, db.ErrNotFound) {
					t.Fatal(inner)
				}
				return add(tx, 4)()
			}))
			func() { // a panic undoes its savepoint and no more
				defer func() { _ = recover() }()
				_ = tx.Savepoint(ctx, func() error {
					must(t, add(tx, 5)())
					panic("decide")
				})
			}()
			// A statement's error that fn overlooks is not lost.
			wantKind(t, tx.Savepoint(ctx, func() error {
				_ = add(tx, 1)()
				return nil
			}), db.Unique)
			return tx.Savepoint(ctx, add(tx, 6))
		}))
		ids, err := db.All[int64](ctx, d, "SELECT id FROM payment WHERE town = $1 ORDER BY id", town)
		must(t, err)
		if len(ids) != 4 || ids[0] != 1 || ids[1] != 2 || ids[2] != 4 || ids[3] != 6 {
			t.Fatal(ids)
		}
	})
}

// On both engines an error that is overlooked must not let the rest pass.
func TestErrorSpoilsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		insert(t, d, payment, []any{town, 1, 100})
		err := d.Update(ctx, func(tx *db.Tx) error {
			must(t, tx.Insert(ctx, payment, [][]any{{town, 2, 1}}))
			wantKind(t, tx.Insert(ctx, payment, [][]any{{town, 1, 1}}), db.Unique)
			_, err := db.One[int64](ctx, tx, "SELECT count(*) FROM payment WHERE town = $1", town)
			wantKind(t, err, db.Unique)
			return nil
		})
		wantKind(t, err, db.Unique)
		if n, fen := sum(t, d); n != 1 || fen != 100 {
			t.Fatal(n, fen)
		}
	})
}

func TestViewIsOneSnapshot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		insert(t, d, payment, []any{town, 1, 100})
		must(t, d.View(ctx, func(tx *db.Tx) error {
			before, _ := sum(t, tx)
			insert(t, d, payment, []any{town, 2, 100})
			if outside, _ := sum(t, d); outside != before+1 {
				t.Fatalf("the commit is not seen outside: %d", outside)
			}
			if after, _ := sum(t, tx); after != before {
				t.Fatalf("the snapshot moved from %d to %d", before, after)
			}
			return nil
		}))
	})
}

func TestReadersCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		wantKind(t, d.View(ctx, func(tx *db.Tx) error {
			return tx.Insert(ctx, payment, [][]any{{town, 1, 1}})
		}), db.ReadOnly)
		_, err := db.One[int64](ctx, d, "INSERT INTO payment (town, id, fen) VALUES ($1, 1, 1) RETURNING id", town)
		wantKind(t, err, db.ReadOnly)
		if n, _ := sum(t, d); n != 0 {
			t.Fatal("a reader wrote")
		}
	})
}

func TestStatementInsideEachIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		insert(t, d, payment, []any{town, 1, 1})
		must(t, d.View(ctx, func(tx *db.Tx) error {
			err := db.Each(ctx, tx, "SELECT id FROM payment WHERE town = $1", func(int64) error {
				_, err := db.One[int64](ctx, tx, "SELECT count(*) FROM payment WHERE town = $1", town)
				return err
			}, town)
			if err == nil {
				t.Fatal("allowed, but PostgreSQL has one statement at a time")
			}
			if n, _ := sum(t, tx); n != 1 {
				t.Fatal(n)
			}
			return nil
		}))
	})
}

func TestUpdateWaitsNoLongerThanItsContext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		create(t, d, payment)
		holding, release := make(chan struct{}), make(chan struct{})
		done := make(chan error)
		go func() {
			done <- d.Update(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), "INSERT INTO payment (town, id, fen) VALUES ($1, 1, 1)", town)
				close(holding)
				<-release
				return err
			})
		}()
		<-holding
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		begun := time.Now()
		err := d.Update(ctx, func(tx *db.Tx) error {
			return tx.Insert(ctx, payment, [][]any{{town, 1, 2}})
		})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 2*time.Second {
			t.Errorf("got %v after %v", err, time.Since(begun))
		}
		close(release)
		must(t, <-done)
		if n, fen := sum(t, d); n != 1 || fen != 1 {
			t.Fatal(n, fen)
		}
	})
}

// Rows that a panic or a careless caller left open keep nobody from the next transaction.
func TestRowsLeftOpenHoldNobodyUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		create(t, d, payment)
		insert(t, d, payment, []any{town, 1, 5}, []any{town, 2, 7})
		leave := func(tx *db.Tx) {
			rows, err := tx.Query(t.Context(), "SELECT id, fen FROM payment WHERE town = $1", town)
			must(t, err)
			if !rows.Next() {
				t.Fatal("no rows")
			}
		}
		for _, run := range []func(context.Context, func(*db.Tx) error) error{d.Update, d.View} {
			must(t, run(t.Context(), func(tx *db.Tx) error { leave(tx); return nil }))
			func() {
				defer func() {
					if recover() == nil {
						t.Error("the panic is gone")
					}
				}()
				_ = run(t.Context(), func(tx *db.Tx) error { leave(tx); panic("between query and close") })
			}()
		}
		insert(t, d, payment, []any{town, 3, 9})
		if n, fen := sum(t, d); n != 3 || fen != 21 {
			t.Errorf("%d payments of %d fen", n, fen)
		}
	})
}
