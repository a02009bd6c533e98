package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// sqliteTx is a transaction that plain statements begin and end. That of
// database/sql would start a goroutine for itself, one for each reading
// statement and one for the commit, to watch for the end of a context that
// here never ends: a tenth of the time of a lone act.
type sqliteTx struct {
	*sql.Conn
	over bool
}

// begin takes the lock of the one writer at once: a transaction that reads
// first and wants to write later could only fail when another has written.
func (sqliteDialect) begin(ctx context.Context, conn *sql.Conn, writes bool) (transaction, error) {
	query := "BEGIN"
	if writes {
		query = "BEGIN IMMEDIATE"
	}
	if _, err := conn.ExecContext(ctx, query); err != nil {
		return nil, err
	}
	return &sqliteTx{Conn: conn}, nil
}

func (tx *sqliteTx) Commit() error {
	_, err := tx.ExecContext(context.Background(), "COMMIT")
	tx.over = err == nil
	return err
}

func (tx *sqliteTx) Rollback() error {
	if tx.over {
		return nil
	}
	tx.over = true
	_, err := tx.ExecContext(context.Background(), "ROLLBACK")
	var e *sqlite.Error
	if err == nil || errors.As(err, &e) && e.Code() == lib.SQLITE_ERROR {
		return nil // the latter: after a full disk and the like SQLite has undone the transaction by itself
	}
	// Nobody else may find the transaction open.
	_ = tx.Raw(func(any) error { return driver.ErrBadConn })
	return err
}
