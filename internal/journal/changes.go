package journal

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// change is what a flush does to one table.
type change struct {
	table  *db.Table
	insert [][]any // new keys
	upsert [][]any // known keys
	remove [][]any // keys
}

// changes collects a flush's work by table, in order of first use.
type changes struct {
	town  any // boxed once
	order []*change
	lines ledger.Lines // where a rebuild gathers the ledger's lines; nil when they are written with the rest
}

func newChanges(town string) *changes { return &changes{town: town} }

func (c *changes) of(t *db.Table) *change {
	for _, ch := range c.order { // a flush touches few tables
		if ch.table == t {
			return ch
		}
	}
	ch := &change{table: t}
	c.order = append(c.order, ch)
	return ch
}

// entity adds the rows that an entity's print and lines have changed since the tables were written.
func (c *changes) entity(e *entity) error {
	for _, r := range e.now.Rows {
		if !e.fold.typ.owns(r.Table) {
			return fmt.Errorf("%s prints into table %s, which it does not declare", e.fold.typ.name, r.Table.Name)
		}
	}
	if !e.shown {
		for _, r := range e.now.Rows {
			ch := c.of(r.Table)
			ch.insert = append(ch.insert, c.row(r))
		}
		c.of(&useTable).add(c.useRows(e.id, e.now.Uses))
		if c.lines != nil {
			c.lines.Add(e.fold.lines)
		} else {
			c.of(&ledger.Entries).add(c.lineRows(e.fold.lines))
		}
		c.of(&entityTable).add([][]any{c.entityRow(e)})
		return nil
	}
	for _, t := range e.fold.typ.tables {
		c.of(t).diff(c.rowsOf(t, e.before), c.rowsOf(t, e.now))
	}
	for _, t := range e.fold.typ.shared {
		if before, now := c.rowsOf(t, e.before), c.rowsOf(t, e.now); len(before)+len(now) > 0 {
			c.of(t).diff(before, now)
		}
	}
	c.of(&useTable).diff(c.useRows(e.id, e.before.Uses), c.useRows(e.id, e.now.Uses))
	same := 0 // lines that stand already: nearly always all of them
	for same < min(len(e.lines), len(e.fold.lines)) && e.lines[same] == e.fold.lines[same] {
		same++
	}
	c.of(&ledger.Entries).diff(c.lineRows(e.lines[same:]), c.lineRows(e.fold.lines[same:]))
	ent := c.of(&entityTable)
	ent.upsert = append(ent.upsert, c.entityRow(e))
	return nil
}

// owns reports whether entities of the type may print into a table: one of its own, or one that a slice shares with all.
func (t *Type) owns(table *db.Table) bool {
	return slices.Contains(t.tables, table) || slices.Contains(t.shared, table)
}

// row puts the town before a row's values.
func (c *changes) row(r Row) []any {
	row := make([]any, 0, 1+len(r.Values))
	return append(append(row, c.town), r.Values...)
}

func (c *changes) rowsOf(t *db.Table, p Print) [][]any {
	var rows [][]any
	for _, r := range p.Rows {
		if r.Table == t {
			rows = append(rows, c.row(r))
		}
	}
	return rows
}

func (c *changes) useRows(user int64, uses []Use) [][]any {
	var rows [][]any
	for _, u := range uses {
		if !u.Span.Empty() {
			rows = append(rows, []any{c.town, u.Entity, user, u.Act, string(u.Span.From), string(u.Span.To)})
		}
	}
	return rows
}

func (c *changes) lineRows(lines []ledger.Line) [][]any {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = l.Row(c.town)
	}
	return rows
}

// entityRow is the row of journal_entity. A history that is void keeps its row, with an empty life.
func (c *changes) entityRow(e *entity) []any {
	return []any{c.town, e.id, e.fold.typ.name, e.acts[len(e.acts)-1].N, string(e.now.Life.From), string(e.now.Life.To)}
}

func (ch *change) add(rows [][]any) { ch.insert = append(ch.insert, rows...) }

// diff turns the rows before and after into the least work. Rows are matched by key.
func (ch *change) diff(before, after [][]any) {
	for len(before) > 0 && len(after) > 0 && sameRow(before[0], after[0]) {
		before, after = before[1:], after[1:]
	}
	old := make(map[string][]any, len(before))
	for _, r := range before {
		old[rowKey(r, ch.table.Key)] = r
	}
	for _, r := range after {
		k := rowKey(r, ch.table.Key)
		switch o, ok := old[k]; {
		case !ok:
			ch.insert = append(ch.insert, r)
		case !sameRow(o, r):
			ch.upsert = append(ch.upsert, r)
		}
		delete(old, k)
	}
	for _, r := range before {
		if len(old) > 0 && old[rowKey(r, ch.table.Key)] != nil {
			ch.remove = append(ch.remove, r[:ch.table.Key])
		}
	}
}

// rowKey is a row's key, without the town, as text.
func rowKey(row []any, n int) string {
	var b strings.Builder
	for _, v := range row[1:n] {
		switch v := v.(type) {
		case int64:
			b.WriteString(strconv.FormatInt(v, 10))
		case string:
			b.WriteString(v)
		default:
			fmt.Fprint(&b, v)
		}
		b.WriteByte(0)
	}
	return b.String()
}

func sameRow(a, b []any) bool {
	for i := range a {
		if !sameCell(a[i], b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

func sameCell(a, b any) bool {
	switch a := a.(type) {
	case int64, string, int, calendar.Date, nil:
		return a == b
	}
	return reflect.DeepEqual(a, b)
}

// write carries the changes out. Rows go before others come, so that a unique value can pass from one entity to another.
func (c *changes) write(ctx context.Context, tx *db.Tx) error {
	for _, ch := range c.order {
		if err := deleteRows(ctx, tx, ch.table, ch.remove); err != nil {
			return err
		}
		if err := tx.Insert(ctx, *ch.table, ch.insert); err != nil {
			return err
		}
		if err := tx.Upsert(ctx, *ch.table, ch.upsert); err != nil {
			return err
		}
	}
	return nil
}

func deleteRows(ctx context.Context, tx *db.Tx, t *db.Table, keys [][]any) error {
	if len(keys) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "DELETE FROM %s WHERE ", t.Name)
	for i, c := range t.Columns[:t.Key] {
		if i > 0 {
			b.WriteString(" AND ")
		}
		fmt.Fprintf(&b, "%s = $%d", c.Name, i+1)
	}
	for _, k := range keys {
		if _, err := tx.Exec(ctx, b.String(), k...); err != nil {
			return err
		}
	}
	return nil
}
