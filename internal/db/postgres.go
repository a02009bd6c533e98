package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgWriters is the number of writing connections: each town has one writer,
// and few towns write at the same moment.
const pgWriters = 8

func openPostgres(ctx context.Context, dsn string) (*DB, error) {
	reader, err := postgresPool(dsn, max(minReaders, 2*runtime.NumCPU()), "default_transaction_read_only", "on")
	if err != nil {
		return nil, err
	}
	// An act is acknowledged only when it is on disk, whatever the server's default.
	writer, err := postgresPool(dsn, pgWriters, "synchronous_commit", "on")
	if err != nil {
		reader.Close()
		return nil, err
	}
	db := &DB{dialect: postgresDialect{}, reader: reader, writer: writer}
	var encoding string
	err = db.Ping(ctx)
	if err == nil {
		err = reader.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding)
	}
	if err == nil && encoding != "UTF8" {
		err = fmt.Errorf("the database is encoded in %s; create it with ENCODING 'UTF8' TEMPLATE template0", encoding)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func postgresPool(dsn string, size int, setting, value string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn) // its error hides the password
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["client_encoding"] = "UTF8"
	config.RuntimeParams[setting] = value
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "cunju"
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

type postgresDialect struct{}

func (postgresDialect) engine() Engine { return Postgres }

func (postgresDialect) size(ctx context.Context, db *DB) (int64, error) {
	return One[int64](ctx, db, "SELECT pg_database_size(current_database())")
}

func (d postgresDialect) column(t Type) string {
	if s := d.plain(t); s != "TEXT" {
		return s
	}
	return `TEXT COLLATE "C"` // by code point, as SQLite does
}

func (postgresDialect) plain(t Type) string {
	switch t {
	case Int, Bool:
		return "BIGINT"
	case Bytes, NullBytes:
		return "BYTEA"
	}
	return "TEXT"
}

func (postgresDialect) begin(ctx context.Context, conn *sql.Conn, writes bool) (transaction, error) {
	if writes {
		return conn.BeginTx(ctx, nil)
	}
	return conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

func (postgresDialect) forUpdate() string { return " FOR UPDATE" }

func (postgresDialect) tableSuffix() string { return "" }

// postgresKind classifies by SQLSTATE,
// https://www.postgresql.org/docs/current/errcodes-appendix.html.
func postgresKind(err error) (ErrorKind, bool) {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return connectionKind(err)
	}
	switch e.Code {
	case "23505":
		return Unique, true
	case "23503":
		return ForeignKey, true
	case "23514":
		return Check, true
	case "23502":
		return NotNull, true
	case "55P03":
		return Busy, true
	case "40001", "40P01":
		return Serialization, true
	case "53100":
		return DiskFull, true
	case "25006":
		return ReadOnly, true
	case "XX001", "XX002":
		return Corrupt, true
	case "3D000", "53300", "58030":
		return Unavailable, true
	}
	switch e.Code[:2] {
	case "22":
		return BadData, true
	case "08", "28", "57":
		return Unavailable, true
	}
	return Other, true
}

// connectionKind knows the errors of a server that does not answer.
func connectionKind(err error) (ErrorKind, bool) {
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, sql.ErrConnDone), errors.Is(err, driver.ErrBadConn):
		return Unavailable, true
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Other, false // the caller's own wish; it also looks like a network time-out
	case errors.As(err, &network):
		return Unavailable, true
	}
	return Other, false
}
