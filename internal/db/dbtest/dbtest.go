package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // "pgx", to create and drop databases

	"cunju/internal/db"
)

// Each runs f as a subtest on a fresh SQLite and on a fresh PostgreSQL database.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite opens a fresh file in the test's own folder.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
}

// Postgres opens a fresh database, or skips the test as the package says.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, PostgresDSN(t))
}

// PostgresDSN creates a database (UTF8, locale C) that is dropped after the
// test and answers its DSN, or skips the test as the package says.
func PostgresDSN(t testing.TB) string {
	t.Helper()
	return PostgresDSNEncoded(t, "UTF8")
}

// PostgresDSNEncoded is PostgresDSN with another encoding.
func PostgresDSNEncoded(t testing.TB, encoding string) string {
	t.Helper()
	server := os.Getenv("CUNJU_TEST_PG")
	if server == "" {
		if os.Getenv("CUNJU_REQUIRE_PG") == "1" {
			t.Fatal("CUNJU_REQUIRE_PG=1, but CUNJU_TEST_PG names no server")
		}
		t.Skip("no PostgreSQL: set CUNJU_TEST_PG=postgres://… or run make test")
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("CUNJU_TEST_PG is not a URL") // it may hold a password
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "cunju_" + strings.ToLower(rand.Text())
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name+" ENCODING '"+encoding+"' LOCALE 'C' TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer admin.Close()
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	u.Path = "/" + name
	return u.String()
}

func open(t testing.TB, dsn string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
