package journal

import (
	"context"
	"fmt"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// Flush writes the acts added so far and the rows that they changed, so that queries of this request see them. The journal
// calls it at the end of every request.
func (w *Writer) Flush(ctx context.Context) error {
	if w.broken == nil {
		w.broken = w.flush(ctx)
	}
	return w.broken
}

func (w *Writer) flush(ctx context.Context) error {
	if len(w.added) == 0 {
		return nil
	}
	if err := w.writeActs(ctx); err != nil {
		return err
	}
	ch := newChanges(w.Town)
	sums := ledger.Sums{}
	touched := map[string][]int64{}
	type grown struct {
		id            int64
		before, after Span
		uses          []Use
	}
	check := make([]grown, 0, len(w.dirty))
	for _, id := range w.dirty {
		e := w.live[id]
		after := e.print()
		if err := ch.entity(e, after, !e.existed); err != nil {
			return err
		}
		sums.Add(e.fold.lines)
		sums.Remove(e.lines)
		check = append(check, grown{id, e.before.Life, after.Life, after.Uses})
		touched[e.fold.typ.name] = append(touched[e.fold.typ.name], id)
		w.lives[id] = after.Life
		e.before, e.lines, e.existed = after, slices.Clone(e.fold.lines), true
	}
	w.dirty = w.dirty[:0]
	if err := ch.write(ctx, w.tx); err != nil {
		return err
	}
	if err := sums.Carry(ctx, w.tx, w.Town); err != nil {
		return err
	}
	for _, c := range check {
		if err := w.checkUses(ctx, c.uses); err != nil {
			return err
		}
	}
	// What this request uses stands by now: whoever is found without ground is older.
	for _, c := range check {
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
	acts, ons := make([][]any, 0, len(w.added)), make([][]any, 0, len(w.added))
	var town any = w.Town // boxed once
	for _, a := range w.added {
		salt := w.j.salt(w.Town, a.act.N)
		commitment := Commit(salt, a.payload)
		entry := Entry(w.Town, a.act.N, a.act.Kind, a.act.Recorded, a.act.Effective, commitment)
		if len(entry) > maxEntry {
			return fmt.Errorf("act %d: an entry of %d bytes does not fit into a bundle", a.act.N, len(entry))
		}
		leaf := leafHash(entry)
		acts = append(acts, []any{town, a.act.N, a.act.Kind, a.act.Recorded, string(a.act.Effective), commitment, leaf[:], salt, string(a.payload)})
		for _, id := range a.act.On {
			ons = append(ons, []any{town, id, a.act.N})
		}
		w.sealed = append(w.sealed, leaf)
	}
	w.acts = append(w.acts, w.added...)
	w.added = nil
	if err := w.tx.Insert(ctx, actTable, acts); err != nil {
		return err
	}
	return w.tx.Insert(ctx, onTable, ons)
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
func (w *Writer) checkUses(ctx context.Context, uses []Use) error {
	for _, u := range uses {
		if u.Span.Empty() {
			continue
		}
		l, err := w.lifeOf(ctx, u.Entity)
		if err != nil {
			return err
		}
		act := u.Act
		if act >= w.first { // this request's own: nothing older is in the way
			act = -1
		}
		switch {
		case l.Empty():
			return &Refusal{Act: act, Message: fmt.Sprintf("第 %d 号对象不存在，没有办理。", u.Entity)}
		case u.Span.From < l.From:
			return &Refusal{Act: act, Message: fmt.Sprintf("%s 时第 %d 号还没有设立（%s 才设立），没有办理。请核对日期。", u.Span.From.Chinese(), u.Entity, l.From.Chinese())}
		case u.Span.To > l.To:
			return &Refusal{Act: act, Message: fmt.Sprintf("第 %d 号已于 %s 终止，之后不能再属于它，没有办理。请核对日期或改选其他。", u.Entity, l.To.Chinese())}
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
