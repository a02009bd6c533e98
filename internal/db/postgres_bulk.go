package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

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
