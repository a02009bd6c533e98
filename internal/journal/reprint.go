package journal

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cunju/internal/db"
	"cunju/internal/ledger"
)

// reprint folds all acts of src and prints every entity into dst, whose tables are empty for the town. Acts are folded as they
// are read; an entity with a correction or a late entry is folded again at the end from its own acts.
func (b *Book) reprint(ctx context.Context, src db.Querier, dst *db.Tx, town string, progress func(done, total int64)) (int64, error) {
	size, err := Size(ctx, src, town)
	if err != nil {
		return 0, err
	}
	live := make(map[int64]*entity, size/4)
	late := map[int64]bool{}
	var n int64
	err = b.eachAct(ctx, src, town, func(a *decoded) error {
		for i, id := range a.On {
			e := live[id]
			if e == nil {
				f, err := newFolding(b, town, id, a.Act)
				if err != nil {
					return err
				}
				e = &entity{id: id, acts: make([]Act, 1), fold: f}
				live[id] = e
			}
			e.acts[0].N = a.N // printing needs no more than the last number
			switch {
			case late[id]:
			case a.meta || e.fold.state != nil && a.Effective < e.fold.last || a.Erased:
				late[id] = true
			default:
				if err := e.fold.applyBody(&a.Act, a.bodies[i], a.err); err != nil {
					return err
				}
			}
		}
		n++
		if progress != nil && n%10_000 == 0 {
			progress(n, size)
		}
		return nil
	})
	if err != nil {
		return n, err
	}
	for id := range late {
		acts, err := Acts(ctx, src, town, id)
		if err != nil {
			return n, err
		}
		if live[id].fold, err = foldAll(b, town, id, acts); err != nil {
			return n, fmt.Errorf("entity %d: %w", id, err)
		}
	}
	return n, printAll(ctx, dst, town, live)
}

// printAll prints states in order of id, so that rows arrive sorted. The next rows are made while these are written.
func printAll(ctx context.Context, dst *db.Tx, town string, live map[int64]*entity) error {
	const chunk = 5000 // entities
	type part struct {
		rows *changes
		err  error
	}
	ids := slices.Sorted(maps.Keys(live))
	sums, lines := ledger.Sums{}, ledger.Lines{}
	parts := make(chan part, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(parts)
		for some := range slices.Chunk(ids, chunk) {
			p := part{rows: newChanges(town)}
			p.rows.lines = lines
			for _, id := range some {
				e := live[id]
				e.now = e.print()
				if p.err = p.rows.entity(e); p.err != nil {
					break
				}
				sums.Add(e.fold.lines)
				delete(live, id) // its memory is free for the rows
			}
			select {
			case parts <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	for p := range parts {
		if p.err != nil {
			return p.err
		}
		if err := p.rows.write(ctx, dst); err != nil {
			return err
		}
	}
	if err := lines.Load(ctx, dst, town); err != nil {
		return err
	}
	return sums.Load(ctx, dst, town)
}

// decoded is an act with its body decoded for each of its entities, none of which may see what another did to its own.
type decoded struct {
	Act
	meta   bool
	bodies []any
	err    error
}

// eachAct streams all acts of a town; the next ones are read and decoded on another core while fn folds these. fn must not use q.
func (b *Book) eachAct(ctx context.Context, q db.Querier, town string, fn func(a *decoded) error) error {
	const chunk = 2000
	type batch struct {
		acts []decoded
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	out := make(chan batch, 2)
	go func() {
		defer close(out)
		for from := int64(0); ; from += chunk {
			acts, err := Since(ctx, q, town, from, chunk)
			bt := batch{make([]decoded, len(acts)), err}
			for i, a := range acts {
				bt.acts[i] = b.decode(a)
			}
			select {
			case out <- bt:
			case <-ctx.Done():
				return
			}
			if err != nil || len(acts) < chunk {
				return
			}
		}
	}()
	var err error
	for bt := range out {
		if err == nil {
			err = bt.err
		}
		for i := 0; i < len(bt.acts) && err == nil; i++ {
			err = fn(&bt.acts[i])
		}
		if err != nil {
			cancel() // and go on until the reader is gone: q is for one goroutine at a time
		}
	}
	cancel()
	return err
}

func (b *Book) decode(a Act) decoded {
	d := decoded{Act: a, meta: isMeta(a.Kind)}
	if d.meta || a.Erased {
		return d // only to be folded with the whole history
	}
	k, ok := b.kinds[a.Kind]
	if !ok {
		d.err = fmt.Errorf("act %d of kind %s, which no slice knows", a.N, a.Kind)
		return d
	}
	d.bodies = make([]any, len(a.On))
	for i := range d.bodies {
		if d.bodies[i], d.err = k.decode(a.Body); d.err != nil {
			break
		}
	}
	return d
}
