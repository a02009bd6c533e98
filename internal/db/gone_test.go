package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestOpenRefuses(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	text := filepath.Join(dir, "roster.db")
	must(t, os.WriteFile(text, []byte("姓名,身份证号\n王芳,321002199001011234\n是一张表而不是数据库,请勿打开,谢谢合作,再会再会再会再会再会\n"), 0o600))
	_, err := db.Open(ctx, "sqlite:"+text)
	wantKind(t, err, db.Corrupt)
	_, err = db.Open(ctx, "postgres://nobody@127.0.0.1:1/none?connect_timeout=2")
	wantKind(t, err, db.Unavailable)
	for _, dsn := range []string{"", "mysql://x", "/data/cunju.db", "sqlite:" + text + "/under-a-file.db"} {
		if d, err := db.Open(ctx, dsn); err == nil {
			d.Close()
			t.Errorf("%q was opened", dsn)
		}
	}
}

func TestFileIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such modes")
	}
	// Characters that mean something in a file URI.
	path := filepath.Join(t.TempDir(), "文峰 街道?a=1#b%20", "town.db")
	d, err := db.Open(t.Context(), "sqlite:"+path)
	must(t, err)
	defer d.Close()
	create(t, d, payment)
	for _, name := range []string{path, path + "-wal"} {
		info, err := os.Stat(name)
		if must(t, err); info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", info, err)
	}
}

// What must hold on every connection, asked from the connections themselves.
func TestSQLiteSettings(t *testing.T) {
	d := dbtest.SQLite(t)
	ctx := t.Context()
	ask := func(tx *db.Tx, name string) string {
		v, err := db.One[string](ctx, tx, "PRAGMA "+name)
		must(t, err)
		return v
	}
	check := func(want map[string]string) func(tx *db.Tx) error {
		return func(tx *db.Tx) error {
			for name, v := range want {
				if got := ask(tx, name); got != v {
					t.Errorf("%s is %s, want %s", name, got, v)
				}
			}
			return nil
		}
	}
	must(t, d.Update(ctx, check(map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		"wal_autocheckpoint": "8000", "cache_size": "-65536", "trusted_schema": "0"})))
	must(t, d.View(ctx, check(map[string]string{"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000"})))
	must(t, d.View(ctx, func(tx *db.Tx) error {
		size, err := db.One[int64](ctx, tx, "PRAGMA mmap_size")
		if must(t, err); size < 1<<30 {
			t.Errorf("mmap_size is %d", size)
		}
		return nil
	}))
	if _, err := db.One[string](ctx, d, `SELECT "text"`); err == nil {
		t.Error("a double-quoted string was accepted")
	}
}

func TestClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, payment)
		size, err := d.Size(ctx)
		if must(t, err); size < 4096 {
			t.Errorf("%d bytes", size)
		}
		must(t, d.Close())
		must(t, d.Close())
		for name, f := range map[string]func() error{
			"ping":    func() error { return d.Ping(ctx) },
			"view":    func() error { return d.View(ctx, func(*db.Tx) error { return nil }) },
			"update":  func() error { return d.Update(ctx, func(*db.Tx) error { return nil }) },
			"query":   func() error { _, err := db.All[int64](ctx, d, "SELECT 1"); return err },
			"exec":    func() error { _, err := d.Exec(ctx, "DELETE FROM payment WHERE town = $1", town); return err },
			"size":    func() error { _, err := d.Size(ctx); return err },
			"migrate": func() error { return d.Migrate(ctx, "x", steps(payment)) },
		} {
			err := f()
			if !errors.Is(err, db.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
			wantKind(t, err, db.Unavailable)
		}
	})
}

// The server ends the connection in the middle of a transaction: it fails,
// nothing stays, and the next one finds a new connection.
func TestServerGoes(t *testing.T) {
	d := dbtest.Postgres(t)
	ctx := t.Context()
	create(t, d, payment)
	err := d.Update(ctx, func(tx *db.Tx) error {
		must(t, tx.Insert(ctx, payment, [][]any{{town, 1, 100}}))
		if _, err := db.All[bool](ctx, d, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			return err
		}
		return tx.Insert(ctx, payment, [][]any{{town, 2, 100}})
	})
	wantKind(t, err, db.Unavailable)
	insert(t, d, payment, []any{town, 3, 7})
	if n, fen := sum(t, d); n != 1 || fen != 7 {
		t.Fatal(n, fen)
	}
	must(t, d.Ping(ctx))
}

func TestServerEncoding(t *testing.T) {
	d := dbtest.Postgres(t)
	other := dbtest.PostgresDSNEncoded(t, "LATIN1")
	if _, err := db.Open(t.Context(), other); err == nil {
		t.Error("a database that cannot hold Chinese was opened")
	}
	must(t, d.Ping(t.Context()))
}

// A full disk refuses the transaction, keeps what was there, and when there is
// room again the writer goes on.
func TestDiskFull(t *testing.T) {
	d := dbtest.SQLite(t)
	ctx := t.Context()
	create(t, d, payment)
	insert(t, d, payment, []any{town, 1, 100})
	limit := func(pages string) {
		must(t, d.Update(ctx, func(tx *db.Tx) error {
			_, err := db.One[int64](ctx, tx, "PRAGMA max_page_count = "+pages)
			return err
		}))
	}
	limit("20")
	many := make([][]any, 20000)
	for i := range many {
		many[i] = []any{town, i + 2, 1}
	}
	wantKind(t, d.Update(ctx, func(tx *db.Tx) error {
		err := tx.Insert(ctx, payment, many)
		wantKind(t, err, db.DiskFull)
		// SQLite has left the transaction: nothing may slip past it.
		_, err = tx.Exec(ctx, "UPDATE payment SET fen = 0 WHERE town = $1", town)
		wantKind(t, err, db.DiskFull)
		return nil
	}), db.DiskFull)
	if n, fen := sum(t, d); n != 1 || fen != 100 {
		t.Fatal(n, fen)
	}
	limit("1000000")
	must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, payment, many) }))
	if n, _ := sum(t, d); n != 20001 {
		t.Fatal(n)
	}
}

func TestDamagedFile(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "damaged.db")
	d, err := db.Open(ctx, "sqlite:"+path)
	must(t, err)
	create(t, d, payment)
	many := make([][]any, 5000)
	for i := range many {
		many[i] = []any{town, i, 1}
	}
	insert(t, d, payment, many...)
	must(t, d.Close())
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	info, err := file.Stat()
	must(t, err)
	_, err = file.WriteAt(make([]byte, info.Size()-4096), 4096) // all but the first page
	must(t, err)
	must(t, file.Close())
	d, err = db.Open(ctx, "sqlite:"+path)
	if err == nil {
		defer d.Close()
		_, err = db.All[int64](ctx, d, "SELECT fen FROM payment WHERE town = $1", town)
	}
	wantKind(t, err, db.Corrupt)
}

func TestSnapshot(t *testing.T) {
	ctx := t.Context()
	d := dbtest.SQLite(t)
	create(t, d, payment)
	insert(t, d, payment, []any{town, 1, 100})
	path := filepath.Join(t.TempDir(), "it's a copy.db")
	must(t, d.Update(ctx, func(tx *db.Tx) error { // beside a writer at work
		must(t, tx.Insert(ctx, payment, [][]any{{town, 2, 5}}))
		return d.SnapshotTo(ctx, path)
	}))
	if err := d.SnapshotTo(ctx, path); !errors.Is(err, os.ErrExist) {
		t.Errorf("overwrote a file: %v", err)
	}
	info, err := os.Stat(path)
	if must(t, err); info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Error(info.Mode())
	}
	copied, err := db.Open(ctx, "sqlite:"+path)
	must(t, err)
	defer copied.Close()
	if n, fen := sum(t, copied); n != 1 || fen != 100 {
		t.Error(n, fen)
	}
	if n, _ := sum(t, d); n != 2 {
		t.Error(n)
	}
}

func TestSnapshotIsForSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := dbtest.Postgres(t).SnapshotTo(t.Context(), path); err == nil {
		t.Error("copied")
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("left a file")
	}
}
