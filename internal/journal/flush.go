package journal

import (
	"context"
	"fmt"
	"slices"

	"cunju/internal/ledger"
)

// write stores the acts that lie on the desk, the rows that they changed, and the requests that are done.
func (d *desk) write(ctx context.Context) error {
	if err := d.tx.Insert(ctx, requestTable, d.requests); err != nil {
		return err
	}
	d.requests = nil
	if d.written == d.next {
		return nil
	}
	if err := d.writeActs(ctx); err != nil {
		return err
	}
	ch := newChanges(d.town)
	sums := ledger.Sums{}
	touched := map[string][]int64{}
	for _, id := range d.dirty {
		e := d.live[id]
		if err := ch.entity(e); err != nil {
			return err
		}
		sums.Add(e.fold.lines)
		sums.Remove(e.lines)
		touched[e.fold.typ.name] = append(touched[e.fold.typ.name], id)
		e.before, e.lines, e.shown = e.now, slices.Clip(e.fold.lines), true
	}
	d.dirty = d.dirty[:0]
	if err := ch.write(ctx, d.tx); err != nil {
		return err
	}
	if err := sums.Carry(ctx, d.tx, d.town); err != nil {
		return err
	}
	return d.j.book.refresh(ctx, d.tx, d.town, touched)
}

// writeActs stores the acts that are not in the tables.
func (d *desk) writeActs(ctx context.Context) error {
	fresh := d.acts[d.written-d.base:]
	acts, ons := make([][]any, 0, len(fresh)), make([][]any, 0, len(fresh))
	var town any = d.town // boxed once
	for _, a := range fresh {
		salt := d.j.salt(d.town, a.act.N)
		commitment := Commit(salt, a.payload)
		entry := Entry(d.town, a.act.N, a.act.Kind, a.act.Recorded, a.act.Effective, commitment)
		if len(entry) > maxEntry {
			return fmt.Errorf("act %d: an entry of %d bytes does not fit into a bundle", a.act.N, len(entry))
		}
		leaf := leafHash(entry)
		acts = append(acts, []any{town, a.act.N, a.act.Kind, a.act.Recorded, string(a.act.Effective), commitment, leaf[:], salt, string(a.payload)})
		for _, id := range a.act.On {
			ons = append(ons, []any{town, id, a.act.N})
		}
		d.leaves = append(d.leaves, leaf)
	}
	d.written = d.next
	if err := d.tx.Insert(ctx, actTable, acts); err != nil {
		return err
	}
	return d.tx.Insert(ctx, onTable, ons)
}
