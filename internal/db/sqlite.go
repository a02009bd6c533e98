package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/bits"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// sqliteSettings are set on every connection; those of the writer follow.
// Double-quoted strings are off because PostgreSQL has none; mmap makes reads
// on several connections scale with the cores.
var sqliteSettings = []string{"foreign_keys(1)", "case_sensitive_like(1)",
	"mmap_size(2147483648)", "trusted_schema(0)"}

// The writer waits only briefly inside SQLite for another process, because a
// BEGIN there does not hear of the caller's context; patiently does the rest.
var sqliteWriterSettings = []string{"busy_timeout(100)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-65536)", "temp_store(2)", "secure_delete(1)",
	"wal_autocheckpoint(8000)", "journal_size_limit(67108864)"}

// minReaders keeps two nested reads on the one connection of a single-core
// machine from waiting for each other.
const minReaders = 4

func openSQLite(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(strings.TrimPrefix(path, "//"))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	// Created here and not by the driver, so that the file, and with it the
	// write-ahead log, is never readable by others.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	writer, err := sqlitePool(path, 1, "rw", slices.Concat(sqliteWriterSettings, sqliteSettings))
	if err != nil {
		return nil, err
	}
	// The writer goes first: it turns a new file to WAL.
	if err := patiently(ctx, func() error { return writer.PingContext(ctx) }); err != nil {
		writer.Close()
		return nil, err
	}
	reader, err := sqlitePool(path, max(minReaders, runtime.NumCPU()), "ro",
		slices.Concat([]string{"busy_timeout(5000)", "cache_size(-8192)"}, sqliteSettings))
	if err != nil {
		writer.Close()
		return nil, err
	}
	db := &DB{dialect: sqliteDialect{}, reader: reader, writer: writer, path: path}
	if err := db.Ping(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func sqlitePool(path string, size int, mode string, pragmas []string) (*sql.DB, error) {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a drive letter
		path = "/" + path
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"mode": {mode}, "_dqs": {"0"}, "_error_rc": {"1"}, "_pragma": pragmas}.Encode()}
	connector, err := sqlite.NewConnector(name.String())
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(cachingConnector{connector})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

type sqliteDialect struct{}

func (sqliteDialect) engine() Engine { return SQLite }

func (sqliteDialect) size(_ context.Context, db *DB) (int64, error) {
	var sum int64
	for _, suffix := range []string{"", "-wal"} {
		switch info, err := os.Stat(db.path + suffix); {
		case err == nil:
			sum += info.Size()
		case !errors.Is(err, os.ErrNotExist):
			return 0, fmt.Errorf("db: size: %w", err)
		}
	}
	return sum, nil
}

func (sqliteDialect) column(t Type) string {
	switch t {
	case Int, Bool:
		return "INTEGER"
	case Bytes, NullBytes:
		return "BLOB"
	}
	return "TEXT"
}

// forUpdate has nothing to add: an Update is the only writer from its BEGIN on.
func (sqliteDialect) forUpdate() string { return "" }

// tableSuffix makes SQLite refuse a value of another type, as PostgreSQL does,
// and keep the rows in the tree of their key, which spares each row a second
// tree: a fifth of the time of a batch and of a rebuild.
func (sqliteDialect) tableSuffix() string { return " STRICT, WITHOUT ROWID" }

// bulkRows is how many rows go into one INSERT: the best of the sizes
// measured. The placeholders are anonymous because numbered ones cost a
// look-up each.
const bulkRows = 20

// atMost is how many of n rows go into the next INSERT: a power of two below
// bulkRows, so that few texts are kept prepared.
func atMost(n int) int {
	if n >= bulkRows {
		return bulkRows
	}
	return 1 << (bits.Len(uint(n)) - 1)
}

func (sqliteDialect) bulk(ctx context.Context, tx *Tx, t Table, rows [][]any, upsert bool) error {
	group := "(" + strings.Repeat("?, ", len(t.Columns)-1) + "?)"
	// After an error the transaction or savepoint is undone as a whole, so
	// the statement need not keep what would undo it alone.
	head, tail := "INSERT OR FAIL"+strings.TrimPrefix(t.insertHead(), "INSERT")+" VALUES ", ""
	if upsert {
		tail = t.onConflict()
	}
	var query string // of n rows
	n := 0
	args := make([]any, 0, min(bulkRows, len(rows))*len(t.Columns))
	// The driver would start a goroutine per statement to watch ctx; these are
	// too short for that.
	quiet := context.WithoutCancel(ctx)
	for i := 0; i < len(rows); {
		if err := ctx.Err(); err != nil {
			return err
		}
		if most := atMost(len(rows) - i); most != n {
			n, query = most, head+strings.Repeat(group+", ", most-1)+group+tail
		}
		args = args[:0]
		for end := i + n; i < end; i++ {
			var err error
			if args, err = t.plainRow(args, rows, i); err != nil {
				return err
			}
		}
		if _, err := tx.exec(quiet, query, args); err != nil {
			return err
		}
	}
	return nil
}

// sqliteKind classifies by the extended result code,
// https://www.sqlite.org/rescode.html.
func sqliteKind(err error) (ErrorKind, bool) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return Other, false
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_ROWID:
		return Unique, true
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ForeignKey, true
	case lib.SQLITE_CONSTRAINT_CHECK:
		return Check, true
	case lib.SQLITE_CONSTRAINT_NOTNULL:
		return NotNull, true
	case lib.SQLITE_CONSTRAINT_DATATYPE:
		return BadData, true
	case lib.SQLITE_IOERR_CORRUPTFS, lib.SQLITE_IOERR_DATA:
		return Corrupt, true
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return Busy, true
	case lib.SQLITE_FULL:
		return DiskFull, true
	case lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return Unavailable, true
	case lib.SQLITE_READONLY:
		return ReadOnly, true
	case lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG, lib.SQLITE_RANGE:
		return BadData, true
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return Corrupt, true
	}
	return Other, true
}

// Scrub leaves no trace of deleted rows in the files of a SQLite database:
// they are overwritten when they are deleted, and it empties the write-ahead
// log, which still holds the pages as they were. While another reads an older
// state it fails, and must be called again. PostgreSQL does this in its own
// time, by VACUUM: there Scrub does nothing.
func (db *DB) Scrub(ctx context.Context) error {
	if db.Engine() != SQLite {
		return nil
	}
	var busy, pages, moved int64
	err := db.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if err != nil {
		return db.fault("scrub", err)
	}
	if busy != 0 {
		return errors.New("db: scrub: a reader needs the write-ahead log")
	}
	return nil
}

// SnapshotTo writes a complete, compact copy of a SQLite database to path,
// which must not exist, while readers and the writer go on. The copy is on
// disk when it returns nil; on an error no file is left. PostgreSQL has its
// own tools: there it fails.
func (db *DB) SnapshotTo(ctx context.Context, path string) (err error) {
	defer Wrap(&err, "db: snapshot")
	if db.Engine() != SQLite {
		return errors.New("only a SQLite database can be copied to a file; use pg_dump")
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := file.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	if _, err := db.reader.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return db.fault("vacuum", err)
	}
	// VACUUM INTO does not sync what it writes.
	return file.Sync()
}
