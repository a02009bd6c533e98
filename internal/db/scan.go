package db

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"sync"
)

// All reads every row into a slice of T: a scalar (string, int64, []byte, a
// named type of those, *string for a column that may be NULL, bool for 0 and
// 1, an sql.Scanner) or a struct whose exported fields take the enumerated
// columns in order.
func All[T any](ctx context.Context, q Querier, query string, args ...any) ([]T, error) {
	var out []T
	err := Each(ctx, q, query, func(v T) error {
		out = append(out, v)
		return nil
	}, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// One reads the first row as [All] does, or answers [ErrNotFound].
func One[T any](ctx context.Context, q Querier, query string, args ...any) (v T, err error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return v, err
	}
	defer rows.Close()
	dest, err := destinations(&v, rows)
	if err != nil {
		return v, err
	}
	if rows.Next() {
		err = rows.Scan(dest...)
	} else if err = rows.Err(); err == nil {
		return v, ErrNotFound
	}
	if err == nil {
		err = rows.Close()
	}
	return v, readFault(q, query, err)
}

// OneForUpdate reads a row as [One] does and keeps others from changing or
// locking it until the transaction ends. The query must be a plain SELECT of
// one table.
func OneForUpdate[T any](ctx context.Context, tx *Tx, query string, args ...any) (T, error) {
	return One[T](ctx, tx, query+tx.db.dialect.forUpdate(), args...)
}

// Each hands every row to fn while reading and stops at fn's first error,
// which it returns as it is. No other statement may run on the same [Tx]
// inside fn: collect with [All] where one must.
func Each[T any](ctx context.Context, q Querier, query string, fn func(T) error, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if tx, ok := q.(*Tx); ok {
		tx.reads = true
		defer func() { tx.reads = false }()
	}
	var v, zero T
	dest, err := destinations(&v, rows)
	if err != nil {
		return err
	}
	for rows.Next() {
		v = zero
		if err := rows.Scan(dest...); err != nil {
			return readFault(q, query, err)
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	return readFault(q, query, rows.Err())
}

// readFault wraps an error of reading, and spoils the transaction it was in:
// SQLite may have left it.
func readFault(q Querier, query string, err error) error {
	if err == nil {
		return nil
	}
	if tx, ok := q.(*Tx); ok {
		return tx.spoil("read "+brief(query), err)
	}
	if db, ok := q.(*DB); ok {
		return db.fault("read "+brief(query), err)
	}
	return fmt.Errorf("db: read %s: %w", brief(query), err)
}

// plan says how to fill a type: as one value, or by its exported fields.
type plan struct {
	scalar bool
	as     reflect.Type // pointer type to scan a scalar through
	fields []field
}

type field struct {
	index int
	as    reflect.Type
}

var plans sync.Map // reflect.Type → plan

var scanner = reflect.TypeFor[sql.Scanner]()

func planOf(t reflect.Type) plan {
	if p, ok := plans.Load(t); ok {
		return p.(plan)
	}
	p := plan{scalar: true, as: through(t)}
	if t.Kind() == reflect.Struct && !reflect.PointerTo(t).Implements(scanner) {
		p = plan{}
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				p.fields = append(p.fields, field{i, through(f.Type)})
			}
		}
	}
	plans.Store(t, p)
	return p
}

// through is the pointer type by which database/sql fills t without
// reflection, when t is a named type of a plain kind.
func through(t reflect.Type) reflect.Type {
	if !reflect.PointerTo(t).Implements(scanner) {
		switch t.Kind() {
		case reflect.String:
			return reflect.TypeFor[*string]()
		case reflect.Int64:
			return reflect.TypeFor[*int64]()
		}
	}
	return reflect.PointerTo(t)
}

// destinations are the addresses inside v that take the columns of rows.
func destinations[T any](v *T, rows *sql.Rows) ([]any, error) {
	rv := reflect.ValueOf(v).Elem()
	p := planOf(rv.Type())
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var dest []any
	if p.scalar {
		dest = []any{rv.Addr().Convert(p.as).Interface()}
	} else {
		dest = make([]any, len(p.fields))
		for i, f := range p.fields {
			dest[i] = rv.Field(f.index).Addr().Convert(f.as).Interface()
		}
	}
	if len(dest) != len(columns) {
		return nil, fmt.Errorf("db: %T takes %d columns, the statement answers %d", *v, len(dest), len(columns))
	}
	return dest, nil
}
