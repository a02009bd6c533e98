package journal

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cunju/internal/db"
)

// Difference is the first place where a projection table is not what the journal prints.
type Difference struct {
	Table string
	Key   string // of the row, readable
	What  string // in plain Chinese
}

// CheckProjections prints a town's projections anew into a scratch database and holds every row of every table against the
// live ones, under one snapshot. It writes nothing to the live database. At most one difference per table is returned.
func (j *Journal) CheckProjections(ctx context.Context, town string, progress func(done, total int64)) (acts int64, diffs []Difference, err error) {
	dir, err := os.MkdirTemp("", "cunju-check-")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	scratch, err := db.Open(ctx, "sqlite:"+filepath.Join(dir, "check.db"))
	if err != nil {
		return 0, nil, err
	}
	defer scratch.Close()
	err = j.DB.View(ctx, func(src *db.Tx) error {
		err := scratch.Update(ctx, func(dst *db.Tx) error {
			for _, t := range j.book.projections() {
				if err := dst.Create(ctx, *t); err != nil {
					return err
				}
			}
			n, err := j.book.reprint(ctx, src, dst, town, progress)
			acts = n
			if err != nil {
				return err
			}
			return j.book.derive(ctx, dst, town)
		})
		if err != nil {
			return err
		}
		for _, t := range j.book.projections() {
			d, err := compareTable(ctx, src, scratch, t, town)
			if err != nil {
				return err
			}
			if d != nil {
				diffs = append(diffs, *d)
			}
		}
		return nil
	})
	return acts, diffs, err
}

// compareTable walks both sides in key order.
func compareTable(ctx context.Context, live, fresh db.Querier, t *db.Table, town string) (*Difference, error) {
	query := selectAll(t)
	a, err := openWalk(ctx, live, query, town, len(t.Columns))
	if err != nil {
		return nil, err
	}
	defer a.rows.Close()
	b, err := openWalk(ctx, fresh, query, town, len(t.Columns))
	if err != nil {
		return nil, err
	}
	defer b.rows.Close()
	for {
		okA, err := a.next()
		if err != nil {
			return nil, err
		}
		okB, err := b.next()
		if err != nil {
			return nil, err
		}
		switch {
		case !okA && !okB:
			return nil, nil
		case !okA:
			return &Difference{t.Name, b.key(t), "现有数据表缺少这一行"}, nil
		case !okB:
			return &Difference{t.Name, a.key(t), "现有数据表多出这一行"}, nil
		}
		for i := range a.row {
			if !sameValue(a.row[i], b.row[i]) {
				if i < t.Key {
					return &Difference{t.Name, a.key(t) + " / " + b.key(t), "现有数据表与总账算出的行不同"}, nil
				}
				return &Difference{t.Name, a.key(t), fmt.Sprintf("栏目 %s 现为 %v，总账算出 %v", t.Columns[i].Name, a.row[i], b.row[i])}, nil
			}
		}
	}
}

// selectAll reads a town's rows of a table in order of key.
func selectAll(t *db.Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return fmt.Sprintf("SELECT %s FROM %s WHERE town = $1 ORDER BY %s", strings.Join(names, ", "), t.Name, strings.Join(names[:t.Key], ", "))
}

type walk struct {
	rows *sql.Rows
	row  []any
	ptrs []any
}

func openWalk(ctx context.Context, q db.Querier, query, town string, n int) (*walk, error) {
	rows, err := q.Query(ctx, query, town)
	if err != nil {
		return nil, err
	}
	w := &walk{rows: rows, row: make([]any, n), ptrs: make([]any, n)}
	for i := range w.row {
		w.ptrs[i] = &w.row[i]
	}
	return w, nil
}

func (w *walk) next() (bool, error) {
	if !w.rows.Next() {
		return false, w.rows.Err()
	}
	return true, w.rows.Scan(w.ptrs...)
}

func (w *walk) key(t *db.Table) string {
	parts := make([]string, 0, t.Key-1)
	for i := 1; i < t.Key; i++ {
		parts = append(parts, fmt.Sprintf("%s=%v", t.Columns[i].Name, w.row[i]))
	}
	return strings.Join(parts, " ")
}

func sameValue(a, b any) bool {
	x, okX := a.([]byte)
	y, okY := b.([]byte)
	if okX || okY {
		return okX == okY && bytes.Equal(x, y)
	}
	return a == b
}
