package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync/atomic"
)

// Engine names the database behind a [DB].
type Engine string

// The engines. The value is the scheme of the data source name.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. It is safe for concurrent use. As a [Querier] it is
// the read side: Query runs outside any transaction on a read-only connection,
// Exec is an [DB.Update] of one statement.
type DB struct {
	dialect dialect
	reader  *sql.DB
	writer  *sql.DB
	path    string // the database file; empty on PostgreSQL
	closed  atomic.Bool
}

// dialect is all that differs between the engines.
type dialect interface {
	engine() Engine
	// size answers the bytes the database takes on its disk.
	size(ctx context.Context, db *DB) (int64, error)
	// column is the SQL type of a column, with collation, without NOT NULL.
	column(t Type) string
	// tableSuffix follows the closing bracket of CREATE TABLE.
	tableSuffix() string
	// begin begins a transaction on a connection that is the caller's alone.
	begin(ctx context.Context, conn *sql.Conn, writes bool) (transaction, error)
	// forUpdate follows a SELECT that locks the row it reads.
	forUpdate() string
	// bulk inserts rows, whose values are not yet checked; with upsert, a
	// row whose key exists replaces it, the last one in rows wins.
	bulk(ctx context.Context, tx *Tx, t Table, rows [][]any, upsert bool) error
}

// Querier is what can be asked: a [DB] or a [Tx]. Query's rows must be closed;
// Exec answers the number of rows affected.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (int64, error)
}

// Open opens the database that dsn names: "sqlite:<path of the file>", which
// is created with its folder when missing and readable by its owner only, or
// "postgres://…" in the form of libpq. The database answers once before Open
// returns. A PostgreSQL database must be encoded in UTF8.
func Open(ctx context.Context, dsn string) (*DB, error) {
	var db *DB
	var err error
	switch scheme, rest, _ := strings.Cut(dsn, ":"); scheme {
	case "sqlite":
		db, err = openSQLite(ctx, rest)
	case "postgres", "postgresql":
		db, err = openPostgres(ctx, dsn)
	default:
		// The DSN may hold a password: it is not repeated.
		return nil, fmt.Errorf(`db: open: the data source name must begin with "sqlite:" or "postgres:"`)
	}
	if err != nil {
		return nil, fmt.Errorf("db: open: %w", err)
	}
	return db, nil
}

// Engine says which database this is, for reports; SQL does not depend on it.
func (db *DB) Engine() Engine { return db.dialect.engine() }

// Close waits for running statements and closes all connections. Every later
// call fails with [ErrClosed].
func (db *DB) Close() error {
	if db.closed.Swap(true) {
		return nil
	}
	// Readers first: the last connection to a SQLite file checkpoints it and
	// removes the write-ahead log, which only the writer may do.
	err := db.reader.Close()
	if werr := db.writer.Close(); err == nil {
		err = werr
	}
	return err
}

// Ping asks one connection of each pool for an answer.
func (db *DB) Ping(ctx context.Context) error {
	for _, pool := range []*sql.DB{db.writer, db.reader} {
		if err := pool.PingContext(ctx); err != nil {
			return db.fault("ping", err)
		}
	}
	return nil
}

// Size answers the bytes the database takes on disk, the write-ahead log of
// SQLite included.
func (db *DB) Size(ctx context.Context) (int64, error) {
	if db.closed.Load() {
		return 0, ErrClosed
	}
	return db.dialect.size(ctx, db)
}

// Query reads outside any transaction, on a read-only connection: a statement
// that writes fails with kind [ReadOnly].
func (db *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	args, err := checkArgs(args)
	if err != nil {
		return nil, err
	}
	rows, err := db.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, db.fault("query "+brief(query), err, args...)
	}
	return rows, nil
}

// Exec runs one statement as an [DB.Update] and answers the rows affected.
func (db *DB) Exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		n, err = tx.Exec(ctx, query, args...)
		return err
	})
	return n, err
}
