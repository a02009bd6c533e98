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
	"strings"

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

func (postgresDialect) tableSuffix(Table) string { return "" }

// copyRows is from how many rows on COPY is faster than one INSERT of arrays.
const copyRows = 1000

func (d postgresDialect) bulk(ctx context.Context, tx *Tx, t Table, rows [][]any, upsert bool) error {
	if !upsert && tx.conn != nil && len(rows) >= copyRows {
		return d.copy(ctx, tx, t, rows)
	}
	if upsert {
		var err error
		if rows, err = lastOfKey(t, rows); err != nil {
			return err
		}
	}
	types := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		types[i] = fmt.Sprintf("$%d::%s[]", i+1, d.plain(c.Type))
	}
	query := t.insertHead() + " SELECT * FROM unnest(" + strings.Join(types, ", ") + ")"
	if upsert {
		query += t.onConflict()
	}
	for len(rows) > 0 {
		n := min(len(rows), copyRows)
		args, err := d.arrays(t, rows[:n])
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, query, args); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// arrays turns rows into one array per column.
func (d postgresDialect) arrays(t Table, rows [][]any) ([]any, error) {
	ints := make([][]*int64, len(t.Columns))
	texts := make([][]*string, len(t.Columns))
	bytes := make([][][]byte, len(t.Columns))
	values := make([]any, 0, len(t.Columns))
	for i := range rows {
		var err error
		if values, err = t.plainRow(values[:0], rows, i); err != nil {
			return nil, err
		}
		for c, v := range values {
			switch v := v.(type) {
			case int64:
				ints[c] = append(ints[c], &v)
			case string:
				texts[c] = append(texts[c], &v)
			case []byte:
				bytes[c] = append(bytes[c], v)
			case nil: // only the list of the column's own type is sent
				ints[c], texts[c], bytes[c] = append(ints[c], nil), append(texts[c], nil), append(bytes[c], nil)
			}
		}
	}
	args := make([]any, len(t.Columns))
	for c := range t.Columns {
		switch d.plain(t.Columns[c].Type) {
		case "BIGINT":
			args[c] = ints[c]
		case "TEXT":
			args[c] = texts[c]
		default:
			args[c] = bytes[c]
		}
	}
	return args, nil
}

// lastOfKey keeps the last of the rows with the same key: PostgreSQL refuses
// to touch a row twice in one statement.
func lastOfKey(t Table, rows [][]any) ([][]any, error) {
	last := make(map[string]int, len(rows))
	keys := make([]string, len(rows))
	values := make([]any, 0, len(t.Columns))
	for i := range rows {
		var err error
		if values, err = t.plainRow(values[:0], rows, i); err != nil {
			return nil, err
		}
		keys[i] = fmt.Sprintf("%q", values[:t.Key])
		last[keys[i]] = i
	}
	if len(last) == len(rows) {
		return rows, nil
	}
	kept := make([][]any, 0, len(last))
	for i, row := range rows {
		if last[keys[i]] == i {
			kept = append(kept, row)
		}
	}
	return kept, nil
}

func (postgresDialect) copy(ctx context.Context, tx *Tx, t Table, rows [][]any) error {
	values := make([]any, 0, len(t.Columns))
	var refused error // the server hears of it only as a COPY broken off
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		values, refused = t.plainRow(values[:0], rows, i)
		return values, refused
	})
	err := tx.conn.Raw(func(conn any) error {
		_, err := conn.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{t.Name}, t.names(0, len(t.Columns)), source)
		return err
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return tx.spoil("copy into "+t.Name, err)
	}
	return nil
}

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
