package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// patience is how long an Update tries again when others are in the way.
const patience = 5 * time.Second

// Tx is a running transaction, for one goroutine. Statements are prepared once
// per connection and kept, so a repeated text is not parsed again.
type Tx struct {
	db     *DB
	sql    transaction
	conn   *sql.Conn // for the driver's own bulk calls; nil inside a migration
	depth  int       // open savepoints
	failed error     // the first error of a statement; see the package essay
	reads  bool      // rows are being handed out by Each
	rows   *sql.Rows // of the last query
}

// transaction is what a dialect begins: an [sql.Tx], or what does the same.
// A Rollback after the Commit does nothing.
type transaction interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	Commit() error
	Rollback() error
}

// Engine says which database this is.
func (tx *Tx) Engine() Engine { return tx.db.Engine() }

// View runs fn on a read-only snapshot: all its reads see the same state, that
// of its first read. Writes fail with kind [ReadOnly].
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	return db.run(ctx, db.reader, false, fn)
}

// Update runs fn as one durable write transaction: when it returns nil, the
// changes are on disk; otherwise nothing has changed. When other writers are
// in the way (kinds [Busy] and [Serialization]), fn runs again, for up to five
// seconds or until ctx ends: it must not leave traces outside tx. A panic in
// fn rolls back and goes on.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return patiently(ctx, func() error { return db.run(ctx, db.writer, true, fn) })
}

// patiently runs f again while others are in the way.
func patiently(ctx context.Context, f func() error) error {
	deadline := time.Now().Add(patience)
	for pause := 2 * time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		err := f()
		if k := Kind(err); err == nil || k != Busy && k != Serialization || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w, while waiting after: %w", ctx.Err(), err)
		case <-time.After(pause/2 + rand.N(pause)): // spread, so that two do not meet again
		}
	}
}

func (db *DB) run(ctx context.Context, pool *sql.DB, writes bool, fn func(*Tx) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return db.fault("begin", err)
	}
	defer conn.Close()
	// The transaction does not end by itself when ctx does: its statements
	// fail, and a commit, once sent, is not broken off with its outcome unknown.
	inner, err := db.dialect.begin(context.WithoutCancel(ctx), conn, writes)
	if err != nil {
		return db.fault("begin", err)
	}
	// Does nothing after a commit; after an error or a panic it undoes all.
	defer inner.Rollback()
	tx := &Tx{db: db, sql: inner, conn: conn}
	// A connection with open rows never ends: a panic between a query and its
	// end would leave the writer to nobody.
	defer tx.closeRows()
	if err := fn(tx); err != nil {
		return err
	}
	tx.closeRows()
	if tx.failed != nil {
		return fmt.Errorf("db: commit refused after an earlier error: %w", tx.failed)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("db: rolled back: %w", err)
	}
	if err := inner.Commit(); err != nil {
		return db.fault("commit", err)
	}
	return nil
}

// Query reads inside the transaction. The rows must be closed before the next
// statement.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	args, err := tx.ready(args)
	if err != nil {
		return nil, err
	}
	rows, err := tx.sql.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, tx.spoil("query "+brief(query), err, args...)
	}
	tx.rows = rows
	return rows, nil
}

func (tx *Tx) closeRows() {
	if tx.rows != nil {
		tx.rows.Close()
	}
}

// Exec runs a statement and answers the number of rows affected.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	args, err := tx.ready(args)
	if err != nil {
		return 0, err
	}
	return tx.exec(ctx, query, args)
}

// exec runs a statement whose arguments are checked.
func (tx *Tx) exec(ctx context.Context, query string, args []any) (int64, error) {
	res, err := tx.sql.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, tx.spoil("exec "+brief(query), err, args...)
	}
	return res.RowsAffected()
}

func (tx *Tx) ready(args []any) ([]any, error) {
	if tx.failed != nil {
		return nil, fmt.Errorf("db: the transaction is spoiled by an earlier error: %w", tx.failed)
	}
	if tx.reads { // SQLite could; PostgreSQL has one statement at a time
		return nil, errors.New("db: a statement inside Each on the same transaction; collect the rows with All first")
	}
	return checkArgs(args)
}

// spoil remembers the error after which this transaction must not go on.
func (tx *Tx) spoil(doing string, err error, args ...any) error {
	err = tx.db.fault(doing, err, args...)
	if tx.failed == nil {
		tx.failed = err
	}
	return err
}

// Savepoint runs fn and, when it fails or panics, undoes what fn did; the
// transaction goes on as before it. Savepoints nest. The error is fn's own,
// or that of a statement in it that fn overlooked.
func (tx *Tx) Savepoint(ctx context.Context, fn func() error) error {
	tx.depth++
	defer func() { tx.depth-- }()
	name := "s" + strconv.Itoa(tx.depth)
	if _, err := tx.Exec(ctx, "SAVEPOINT "+name); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // a panic in fn: a caller that recovers finds the savepoint undone
			_ = tx.rollbackTo(ctx, name)
		}
	}()
	err := fn()
	done = true
	if err == nil {
		err = tx.failed
	}
	if err == nil {
		_, err = tx.Exec(ctx, "RELEASE SAVEPOINT "+name)
		return err
	}
	if rerr := tx.rollbackTo(ctx, name); rerr != nil {
		return errors.Join(err, rerr)
	}
	return err
}

func (tx *Tx) rollbackTo(ctx context.Context, name string) error {
	earlier := tx.failed
	tx.failed = nil
	for _, query := range []string{"ROLLBACK TO SAVEPOINT " + name, "RELEASE SAVEPOINT " + name} {
		if _, err := tx.Exec(ctx, query); err != nil {
			if earlier != nil {
				tx.failed = earlier
			}
			return err
		}
	}
	return nil
}
