package db

import (
	"context"
	"fmt"
	"strings"
)

var dialects = map[Engine]dialect{SQLite: sqliteDialect{}, Postgres: postgresDialect{}}

// Insert adds rows, each with a value for every column of t in order. It is
// the fast path for one row as for a million. An error spoils the transaction
// as that of a statement does, even if it names a value that was not sent.
func (tx *Tx) Insert(ctx context.Context, t Table, rows [][]any) error {
	return tx.bulk(ctx, t, rows, false)
}

// Upsert adds rows as [Tx.Insert] does; where a row with the same key exists,
// all its other columns are set. Of two rows with the same key, the later wins.
func (tx *Tx) Upsert(ctx context.Context, t Table, rows [][]any) error {
	return tx.bulk(ctx, t, rows, true)
}

func (tx *Tx) bulk(ctx context.Context, t Table, rows [][]any, upsert bool) error {
	if _, err := tx.ready(nil); err != nil || len(rows) == 0 {
		return err
	}
	err := tx.db.dialect.bulk(ctx, tx, t, rows, upsert)
	if err != nil && tx.failed == nil {
		tx.failed = err
	}
	return err
}

// plainRow appends the checked values of row i to dst.
func (t Table) plainRow(dst []any, rows [][]any, i int) ([]any, error) {
	if len(rows[i]) != len(t.Columns) {
		return nil, &dataError{fmt.Sprintf("table %s row %d: %d values for %d columns", t.Name, i, len(rows[i]), len(t.Columns))}
	}
	for c, v := range rows[i] {
		plain, err := checkArg(v)
		if err == nil && !t.Columns[c].Type.takes(plain) {
			err = &dataError{fmt.Sprintf("does not take a %T", plain)}
		}
		if err != nil {
			return nil, &dataError{fmt.Sprintf("table %s row %d column %s %s", t.Name, i, t.Columns[c].Name, err.(*dataError).reason)}
		}
		dst = append(dst, plain)
	}
	return dst, nil
}

// insertHead is INSERT INTO t (columns), without what it inserts.
func (t Table) insertHead() string {
	return "INSERT INTO " + t.Name + " (" + strings.Join(t.names(0, len(t.Columns)), ", ") + ")"
}

// onConflict is the tail that turns an INSERT into an upsert.
func (t Table) onConflict() string {
	tail := " ON CONFLICT (" + strings.Join(t.names(0, t.Key), ", ") + ") DO "
	if t.Key == len(t.Columns) {
		return tail + "NOTHING"
	}
	for i, name := range t.names(t.Key, len(t.Columns)) {
		if i == 0 {
			tail += "UPDATE SET "
		} else {
			tail += ", "
		}
		tail += name + " = excluded." + name
	}
	return tail
}
