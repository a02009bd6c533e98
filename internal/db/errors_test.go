package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestConstraintKinds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, member)
		_, err := d.Exec(ctx, `CREATE TABLE dues (town TEXT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (town, id),
			FOREIGN KEY (town, id) REFERENCES member (town, id))`)
		must(t, err)
		insert(t, d, member, []any{town, 1, "王芳", "2020-07-01", 1, "甲"})
		for _, c := range []struct {
			name string
			want db.ErrorKind
			sql  string
		}{
			{"key", db.Unique, "INSERT INTO member (town, id, name, joined, admitted, note) VALUES ($1, 1, 'x', '', 0, NULL)"},
			{"unique index", db.Unique, "INSERT INTO member (town, id, name, joined, admitted, note) VALUES ($1, 2, 'x', '', 0, '甲')"},
			{"no parent", db.ForeignKey, "INSERT INTO dues (town, id) VALUES ($1, 9)"},
			{"date of 8", db.Check, "INSERT INTO member (town, id, name, joined, admitted, note) VALUES ($1, 3, 'x', '20200701', 0, NULL)"},
			{"bool of 2", db.Check, "INSERT INTO member (town, id, name, joined, admitted, note) VALUES ($1, 3, 'x', '', 2, NULL)"},
			{"no name", db.NotNull, "INSERT INTO member (town, id, name, joined, admitted, note) VALUES ($1, 3, NULL, '', 0, NULL)"},
			{"text for a number", db.BadData, "UPDATE member SET id = CAST(name AS BIGINT) WHERE town = $1"},
		} {
			t.Run(c.name, func(t *testing.T) {
				if c.name == "text for a number" && d.Engine() == db.SQLite {
					// SQLite casts to 0; a strict column refuses the text itself.
					c.sql = "UPDATE member SET id = name WHERE town = $1"
				}
				_, err := d.Exec(ctx, c.sql, town)
				wantKind(t, err, c.want)
			})
		}
		_, err = d.Exec(ctx, "INSERT INTO dues (town, id) VALUES ($1, 1)", town)
		must(t, err)
		_, err = d.Exec(ctx, "DELETE FROM member WHERE town = $1", town)
		wantKind(t, err, db.ForeignKey)
		_, err = db.One[string](ctx, d, "SELECT name FROM member WHERE town = $1 AND id = $2", town, 99)
		wantKind(t, err, db.NotFound)
	})
}

func TestBadValuesAreRefusedBeforeSending(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, member)
		for name, bad := range map[string]any{
			"NUL": "王\x00芳", "not UTF-8": "\xcd\xf5", "float": 1.5, "bool": true, "uint": uint64(1), "int32": int32(1),
			"struct": struct{}{}, "valuer": failing{}, "strings": []string{"a"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := db.All[int64](ctx, d, "SELECT id FROM member WHERE town = $1 AND name = $2", town, bad)
				wantKind(t, err, db.BadData)
				if !strings.Contains(err.Error(), "$2") {
					t.Errorf("does not name the argument: %v", err)
				}
				must(t, d.Update(ctx, func(tx *db.Tx) error {
					_, err := tx.Exec(ctx, "UPDATE member SET name = $2 WHERE town = $1", town, bad)
					wantKind(t, err, db.BadData)
					sp := tx.Savepoint(ctx, func() error {
						return tx.Insert(ctx, member, [][]any{{town, 1, bad, "", 0, nil}})
					})
					wantKind(t, sp, db.BadData)
					if !strings.Contains(sp.Error(), "row 0 column name") {
						t.Errorf("does not name the cell: %v", sp)
					}
					return nil
				}))
			})
		}
		for name, row := range map[string][]any{
			"text in a number": {town, "1", "x", "", 0, nil}, "number in a text": {town, 1, 5, "", 0, nil},
			"bytes in a text": {town, 1, []byte("x"), "", 0, nil}, "too few": {town, 1},
		} {
			t.Run(name, func(t *testing.T) {
				wantKind(t, d.Update(ctx, func(tx *db.Tx) error {
					return tx.Insert(ctx, member, [][]any{row})
				}), db.BadData)
			})
		}
	})
}

type failing struct{}

func (failing) Value() (driver.Value, error) { return nil, errors.New("no key") }

// What an engine says about a value must not reach a log.
func TestErrorsDoNotShowValues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		create(t, d, member)
		const secret = "321002199001011234"
		_, err := d.Exec(t.Context(), "UPDATE member SET id = $1, nosuch = 1 WHERE town = $2", secret, town)
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%v", err)
		}
		if d.Engine() == db.Postgres {
			_, err = d.Exec(t.Context(), "UPDATE member SET id = $1 WHERE town = $2", secret+"X", town)
			wantKind(t, err, db.BadData)
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestKindBySQLState(t *testing.T) {
	for code, want := range map[string]db.ErrorKind{
		"53100": db.DiskFull, "40001": db.Serialization, "40P01": db.Serialization, "55P03": db.Busy,
		"57P01": db.Unavailable, "57P03": db.Unavailable, "08006": db.Unavailable, "53300": db.Unavailable,
		"22021": db.BadData, "25006": db.ReadOnly, "XX001": db.Corrupt, "42601": db.Other, "23503": db.ForeignKey,
	} {
		if got := db.Kind(fmt.Errorf("commit: %w", &pgconn.PgError{Code: code})); got != want {
			t.Errorf("%s is %v, want %v", code, got, want)
		}
	}
	for _, err := range []error{nil, errors.New("x"), context.Canceled, context.DeadlineExceeded} {
		if got := db.Kind(err); got != db.Other {
			t.Errorf("%v is %v", err, got)
		}
	}
}

func TestWrap(t *testing.T) {
	accept := func(id int64) (err error) {
		defer db.Wrap(&err, "member.Accept(%d)", id)
		if id == 0 {
			return nil
		}
		return db.ErrNotFound
	}
	if err := accept(0); err != nil {
		t.Error(err)
	}
	if err := accept(7); !errors.Is(err, db.ErrNotFound) || err.Error() != "member.Accept(7): db: no such row" {
		t.Error(err)
	}
}
