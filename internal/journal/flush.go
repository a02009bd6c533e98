package journal

import (
	"context"
	"fmt"
	"reflect"
	"sort"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// change is what a flush does to one table.
type change struct {
	table  *db.Table
	insert [][]any // of entities that are new
	upsert [][]any
	remove [][]any // keys
}

// changes collects a flush's work by table, in order of first use.
type changes struct {
	byName map[string]*change
	order  []*change
}

func (c *changes) of(t *db.Table) *change {
	if ch := c.byName[t.Name]; ch != nil {
		return ch
	}
	ch := &change{table: t}
	c.byName[t.Name] = ch
	c.order = append(c.order, ch)
	return ch
}

// diff turns the rows before and after into the least work. Rows are matched by key.
func (ch *change) diff(before, after [][]any, fresh bool) {
	if fresh && len(before) == 0 {
		ch.insert = append(ch.insert, after...)
		return
	}
	old := make(map[string][]any, len(before))
	for _, r := range before {
		old[rowKey(r, ch.table.Key)] = r
	}
	for _, r := range after {
		k := rowKey(r, ch.table.Key)
		if o, ok := old[k]; !ok || !reflect.DeepEqual(o, r) {
			ch.upsert = append(ch.upsert, r)
		}
		delete(old, k)
	}
	gone := make([]string, 0, len(old))
	for k := range old {
		gone = append(gone, k)
	}
	sort.Strings(gone)
	for _, k := range gone {
		ch.remove = append(ch.remove, old[k][:ch.table.Key])
	}
}

func rowKey(row []any, n int) string {
	var b strings.Builder
	for _, v := range row[:n] {
		fmt.Fprintf(&b, "%v\x00", v)
	}
	return b.String()
}

// write carries the changes out.
func (c *changes) write(ctx context.Context, tx *db.Tx) error {
	for _, ch := range c.order {
		if len(ch.remove) > 0 {
			if err := deleteRows(ctx, tx, ch.table, ch.remove); err != nil {
				return err
			}
		}
		if len(ch.insert) > 0 {
			if err := tx.Insert(ctx, *ch.table, ch.insert); err != nil {
				return err
			}
		}
		if len(ch.upsert) > 0 {
			if err := tx.Upsert(ctx, *ch.table, ch.upsert); err != nil {
				return err
			}
		}
	}
	return nil
}

func deleteRows(ctx context.Context, tx *db.Tx, t *db.Table, keys [][]any) error {
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

// Flush writes the acts added so far and the rows that they changed, so that queries of this request see them. The journal
// calls it at the end of every request.
func (w *Writer) Flush(ctx context.Context) error {
	if err := w.writeActs(ctx); err != nil {
		return err
	}
	ch := &changes{byName: map[string]*change{}}
	var linesIn, linesOut []ledger.Line
	touched := map[string][]int64{}
	type life struct {
		id            int64
		before, after Span
		uses          []Use
	}
	var check []life
	for _, id := range w.dirty {
		e := w.live[id]
		after := e.print()
		w.collect(ch, e, after)
		in, out := e.fold.lines, e.lines
		ch.of(&ledger.Entries).diff(lineRows(w.Town, out), lineRows(w.Town, in), !e.existed)
		linesIn, linesOut = append(linesIn, in...), append(linesOut, out...)
		check = append(check, life{id, e.before.Life, after.Life, after.Uses})
		if e.fold.typ != nil {
			touched[e.fold.typ.name] = append(touched[e.fold.typ.name], id)
		}
		w.lives[id] = after.Life
		e.before, e.lines, e.existed, e.grown = after, append([]ledger.Line(nil), in...), true, false
	}
	w.dirty = w.dirty[:0]
	if err := ch.write(ctx, w.tx); err != nil {
		return err
	}
	if err := ledger.Carry(ctx, w.tx, w.Town, linesIn, linesOut); err != nil {
		return err
	}
	for _, c := range check {
		if err := w.checkUses(ctx, c.id, c.uses); err != nil {
			return err
		}
		if c.before != (Span{}) && (c.after.From > c.before.From || c.after.To < c.before.To || c.after.Empty()) {
			if err := w.checkUsers(ctx, c.id, c.after); err != nil {
				return err
			}
		}
	}
	return w.j.book.refresh(ctx, w.tx, w.Town, touched)
}

// writeActs stores the acts added since the last flush.
func (w *Writer) writeActs(ctx context.Context) error {
	if len(w.added) == 0 {
		return nil
	}
	acts, ons := make([][]any, 0, len(w.added)), make([][]any, 0, len(w.added))
	for _, a := range w.added {
		salt := w.j.salt(w.Town, a.act.N)
		commitment := Commit(salt, a.payload)
		leaf := leafHash(Entry(w.Town, a.act.N, a.act.Kind, a.act.Recorded, a.act.Effective, commitment))
		acts = append(acts, []any{w.Town, a.act.N, a.act.Kind, a.act.Recorded, string(a.act.Effective), commitment, leaf[:], salt, string(a.payload)})
		for _, id := range a.on {
			ons = append(ons, []any{w.Town, id, a.act.N})
		}
		w.sealed = append(w.sealed, leaf)
	}
	w.acts = append(w.acts, w.added...)
	w.added = w.added[:0:0]
	if err := w.tx.Insert(ctx, actTable, acts); err != nil {
		return err
	}
	return w.tx.Insert(ctx, onTable, ons)
}

// collect adds an entity's changed rows, the journal's own projections among them.
func (w *Writer) collect(ch *changes, e *entity, after Print) {
	before, now := rowsByTable(w.Town, e.id, e.before), rowsByTable(w.Town, e.id, after)
	seen := map[*db.Table]bool{}
	for _, rows := range [][]Row{e.before.Rows, after.Rows} {
		for _, r := range rows {
			if !seen[r.Table] {
				seen[r.Table] = true
				ch.of(r.Table).diff(before[r.Table], now[r.Table], !e.existed)
			}
		}
	}
	ch.of(&useTable).diff(before[&useTable], now[&useTable], !e.existed)
	row := entityRow(w.Town, e, after.Life)
	if e.existed {
		ch.of(&entityTable).upsert = append(ch.of(&entityTable).upsert, row)
	} else {
		ch.of(&entityTable).insert = append(ch.of(&entityTable).insert, row)
	}
}

// entityRow is the row of journal_entity. A history that is void keeps its row, with an empty life and no type.
func entityRow(town string, e *entity, life Span) []any {
	typ := ""
	if e.fold.typ != nil {
		typ = e.fold.typ.name
	}
	return []any{town, e.id, typ, e.acts[len(e.acts)-1].N, string(life.From), string(life.To)}
}

// rowsByTable sorts a print's rows by table, with the town in front, and prints its uses.
func rowsByTable(town string, user int64, p Print) map[*db.Table][][]any {
	m := map[*db.Table][][]any{}
	for _, r := range p.Rows {
		m[r.Table] = append(m[r.Table], append([]any{town}, r.Values...))
	}
	for _, u := range p.Uses {
		if !u.Span.Empty() {
			m[&useTable] = append(m[&useTable], []any{town, u.Entity, user, u.Act, string(u.Span.From), string(u.Span.To)})
		}
	}
	return m
}

func lineRows(town string, lines []ledger.Line) [][]any {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = l.Row(town)
	}
	return rows
}

// lifeOf returns when an entity exists.
func (w *Writer) lifeOf(ctx context.Context, id int64) (Span, error) {
	if s, ok := w.lives[id]; ok {
		return s, nil
	}
	s, err := db.One[Span](ctx, w.tx, `SELECT from_day, to_day FROM journal_entity WHERE town = $1 AND id = $2`, w.Town, id)
	if db.Kind(err) == db.NotFound {
		err = nil
	}
	w.lives[id] = s
	return s, err
}

// checkUses refuses when something that the entity needs is not there for the whole time.
func (w *Writer) checkUses(ctx context.Context, id int64, uses []Use) error {
	for _, u := range uses {
		if u.Span.Empty() {
			continue
		}
		l, err := w.lifeOf(ctx, u.Entity)
		if err != nil {
			return err
		}
		if l.Empty() {
			return Refuse("第 %d 号对象不存在，没有办理。", u.Entity)
		}
		if u.Span.From < l.From {
			return &Refusal{Act: u.Act, Message: fmt.Sprintf("%s 时第 %d 号还没有设立（%s 才设立），没有办理。请核对日期。", u.Span.From.Chinese(), u.Entity, l.From.Chinese())}
		}
		if u.Span.To > l.To {
			return &Refusal{Act: u.Act, Message: fmt.Sprintf("第 %d 号已于 %s 终止，之后不能再属于它，没有办理。请核对日期或改选其他。", u.Entity, l.To.Chinese())}
		}
	}
	return nil
}

// checkUsers refuses when an entity's life was shortened under something that still needs it, and names the act that does.
func (w *Writer) checkUsers(ctx context.Context, id int64, life Span) error {
	rows, err := db.All[struct {
		User, Act int64
		From, To  calendar.Date
		Kind      string
	}](ctx, w.tx, `SELECT u.user_id, u.act, u.from_day, u.to_day, a.kind FROM journal_use u CROSS JOIN journal_act a
		WHERE u.town = $1 AND u.used = $2 AND (u.from_day < $3 OR u.to_day > $4) AND a.town = $1 AND a.n = u.act ORDER BY u.act LIMIT 1`,
		w.Town, id, string(life.From), string(life.To))
	if err != nil || len(rows) == 0 {
		return err
	}
	r := rows[0]
	title := w.j.book.Title(r.Kind)
	return &Refusal{Act: r.Act, Message: fmt.Sprintf("这样办理之后，第 %d 号“%s”就不能成立：它从 %s 起要用到第 %d 号。没有办理；请先处理第 %d 号。",
		r.Act, title, r.From.Chinese(), id, r.Act)}
}
