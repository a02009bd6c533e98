package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// eachTwice runs f with two handles on one database, as two processes have.
func eachTwice(t *testing.T, f func(t *testing.T, a, b *db.DB)) {
	both := func(t *testing.T, dsn string) {
		var d [2]*db.DB
		for i := range d {
			var err error
			d[i], err = db.Open(t.Context(), dsn)
			must(t, err)
			t.Cleanup(func() { must(t, d[i].Close()) })
		}
		f(t, d[0], d[1])
	}
	t.Run("sqlite", func(t *testing.T) { both(t, "sqlite:"+filepath.Join(t.TempDir(), "two.db")) })
	t.Run("postgres", func(t *testing.T) { both(t, dbtest.PostgresDSN(t)) })
}

func TestTwoWritersLoseNothing(t *testing.T) {
	eachTwice(t, func(t *testing.T, a, b *db.DB) {
		const rounds = 40
		ctx := t.Context()
		create(t, a, payment)
		insert(t, a, payment, []any{town, 1, 0}, []any{town, 2, 0})
		var group sync.WaitGroup
		for i, d := range []*db.DB{a, b} {
			first, second := int64(1+i), int64(2-i) // opposite order: a deadlock on PostgreSQL
			group.Go(func() {
				for range rounds {
					err := d.Update(ctx, func(tx *db.Tx) error {
						for _, id := range []int64{first, second} {
							if _, err := tx.Exec(ctx, "UPDATE payment SET fen = fen + 1 WHERE town = $1 AND id = $2", town, id); err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		if _, fen := sum(t, a); fen != 2*2*rounds {
			t.Fatalf("total %d, want %d", fen, 2*2*rounds)
		}
	})
}

// A deadlock is provoked on purpose: both transactions hold one row before
// they ask for the other's.
func TestDeadlockIsTriedAgain(t *testing.T) {
	d := dbtest.Postgres(t)
	ctx := t.Context()
	create(t, d, payment)
	insert(t, d, payment, []any{town, 1, 0}, []any{town, 2, 0})
	var runs atomic.Int64
	var met sync.WaitGroup
	met.Add(2)
	var group sync.WaitGroup
	for i := range 2 {
		group.Go(func() {
			first := true
			err := d.Update(ctx, func(tx *db.Tx) error {
				runs.Add(1)
				for step, id := range []int64{int64(1 + i), int64(2 - i)} {
					if _, err := tx.Exec(ctx, "UPDATE payment SET fen = fen + 1 WHERE town = $1 AND id = $2", town, id); err != nil {
						return err
					}
					if first && step == 0 {
						first = false
						met.Done()
						met.Wait()
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if _, fen := sum(t, d); fen != 4 || runs.Load() != 3 {
		t.Fatalf("total %d after %d runs, want 4 after 3", fen, runs.Load())
	}
}

// busyOnce is a statement that answers Busy at once while another transaction
// writes, on either engine.
func busyOnce(ctx context.Context, tx *db.Tx) error {
	query := "UPDATE payment SET fen = fen + 1 WHERE town = '" + town + "'"
	if tx.Engine() == db.Postgres {
		if _, err := tx.Exec(ctx, "LOCK TABLE payment IN EXCLUSIVE MODE NOWAIT"); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, query)
	return err
}

func TestBusyIsTriedAgain(t *testing.T) {
	eachTwice(t, func(t *testing.T, a, b *db.DB) {
		ctx := t.Context()
		create(t, a, payment)
		insert(t, a, payment, []any{town, 1, 0})
		if b.Engine() == db.SQLite { // otherwise SQLite itself waits and Update sees nothing
			must(t, b.Update(ctx, func(tx *db.Tx) error {
				_, err := db.One[int64](ctx, tx, "PRAGMA busy_timeout = 0")
				return err
			}))
		}
		holding, release := make(chan struct{}), make(chan struct{})
		done := make(chan error, 1)
		go func() {
			done <- a.Update(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE payment SET fen = fen + 10 WHERE town = $1", town)
				close(holding)
				<-release
				return err
			})
		}()
		<-holding
		short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		err := b.Update(short, func(tx *db.Tx) error { return busyOnce(short, tx) })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("while the lock is held: %v", err)
		}
		time.AfterFunc(50*time.Millisecond, func() { close(release) })
		must(t, b.Update(ctx, func(tx *db.Tx) error { return busyOnce(ctx, tx) }))
		must(t, <-done)
		if _, fen := sum(t, b); fen != 11 {
			t.Fatalf("total %d, want 11", fen)
		}
	})
}

// A lock that is never given up ends the Update by itself, with kind Busy.
func TestBusyEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("waits five seconds")
	}
	eachTwice(t, func(t *testing.T, a, b *db.DB) {
		t.Parallel()
		ctx := context.WithoutCancel(t.Context())
		create(t, a, payment)
		must(t, a.Update(ctx, func(tx *db.Tx) error {
			if err := busyOnce(ctx, tx); err != nil {
				return err
			}
			err := b.Update(ctx, func(tx *db.Tx) error { return busyOnce(ctx, tx) })
			wantKind(t, err, db.Busy)
			return nil
		}))
	})
}

func TestMain(m *testing.M) {
	if dsn := os.Getenv(victimDSN); dsn != "" {
		os.Exit(victim(dsn))
	}
	os.Exit(m.Run())
}
