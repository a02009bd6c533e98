package journal

import (
	"context"
	"fmt"
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
	err = eachAct(ctx, src, town, func(a Act) error {
		for _, id := range a.On {
			e := live[id]
			if e == nil {
				f, err := newFolding(b, town, id, a)
				if err != nil {
					return err
				}
				e = &entity{id: id, acts: make([]Act, 1), fold: f}
				live[id] = e
			}
			e.acts[0].N = a.N // printing needs no more than the last number
			switch {
			case late[id]:
			case isMeta(a.Kind) || e.fold.state != nil && a.Effective < e.fold.last.Effective || a.Erased:
				late[id] = true
			default:
				if err := e.fold.apply(a); err != nil {
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

// printAll prints states in order of id, so that rows arrive sorted.
func printAll(ctx context.Context, dst *db.Tx, town string, live map[int64]*entity) error {
	const chunk = 5000 // entities
	ids := make([]int64, 0, len(live))
	for id := range live {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	sums := ledger.Sums{}
	for part := range slices.Chunk(ids, chunk) {
		ch := newChanges(town)
		for _, id := range part {
			e := live[id]
			e.now = e.print()
			if err := ch.entity(e); err != nil {
				return err
			}
			sums.Add(e.fold.lines)
			delete(live, id) // its memory is free for the rows
		}
		if err := ch.write(ctx, dst); err != nil {
			return err
		}
	}
	return sums.Load(ctx, dst, town)
}

// eachAct streams all acts of a town; the next ones are read and opened on another core while fn folds these. fn must not use q.
func eachAct(ctx context.Context, q db.Querier, town string, fn func(a Act) error) error {
	const chunk = 2000
	type batch struct {
		acts []Act
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	out := make(chan batch, 2)
	go func() {
		defer close(out)
		for from := int64(0); ; from += chunk {
			acts, err := Since(ctx, q, town, from, chunk)
			select {
			case out <- batch{acts, err}:
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
			err = fn(bt.acts[i])
		}
		if err != nil {
			cancel() // and go on until the reader is gone: q is for one goroutine at a time
		}
	}
	cancel()
	return err
}
