package journal

import (
	"context"
	"fmt"
	"sort"

	"cunju/internal/db"
	"cunju/internal/ledger"
)

// Stale says that projections were printed by other code than this program's.
type Stale struct{ Towns []string }

func (s *Stale) Error() string {
	return fmt.Sprintf("数据表由另一版本的程序生成，需要重建：cunju rebuild（%v）", s.Towns)
}

// stamp notes that a town's projections are printed by this code.
func (b *Book) stamp(ctx context.Context, tx *db.Tx, town string) error {
	rows := make([][]any, len(b.slices))
	for i, s := range b.slices {
		rows[i] = []any{town, s.Name, int64(s.Version)}
	}
	return tx.Upsert(ctx, versionTable, rows)
}

// stale compares the stamps of all towns with the book.
func (j *Journal) stale(ctx context.Context) error {
	towns, err := j.Towns(ctx)
	if err != nil {
		return err
	}
	var old []string
	for _, town := range towns {
		rows, err := db.All[struct {
			Slice   string
			Version int64
		}](ctx, j.DB, `SELECT slice, version FROM journal_version WHERE town = $1`, town)
		if err != nil {
			return err
		}
		have := map[string]int64{}
		for _, r := range rows {
			have[r.Slice] = r.Version
		}
		for _, s := range j.book.slices {
			if v, ok := have[s.Name]; !ok || v != int64(s.Version) {
				old = append(old, town)
				break
			}
		}
	}
	if old == nil {
		return nil
	}
	return &Stale{old}
}

// Rebuild deletes a town's projections and prints them again from the journal, in one transaction: readers see the old tables
// until the new ones are whole. It never decides again. progress, if given, is called with acts read.
func (j *Journal) Rebuild(ctx context.Context, town string, progress func(done, total int64)) (int64, error) {
	var n int64
	err := j.DB.Update(ctx, func(tx *db.Tx) error {
		only, err := db.One[int64](ctx, tx, `SELECT count(*) FROM journal_head WHERE town <> $1`, town)
		if err != nil {
			return err
		}
		tables := j.book.projections()
		for _, t := range tables {
			if _, err := tx.Exec(ctx, `DELETE FROM `+t.Name+` WHERE town = $1`, town); err != nil {
				return err
			}
			if only == 0 { // alone in the database: indexes are quicker made at the end
				if err := tx.DropIndexes(ctx, *t); err != nil {
					return err
				}
			}
		}
		if n, err = j.book.reprint(ctx, tx, tx, town, progress); err != nil {
			return err
		}
		if only == 0 {
			for _, t := range tables {
				if err := tx.CreateIndexes(ctx, *t); err != nil {
					return err
				}
			}
		}
		if err := j.book.derive(ctx, tx, town); err != nil {
			return err
		}
		return j.book.stamp(ctx, tx, town)
	})
	return n, err
}

// derive fills the derived tables anew.
func (b *Book) derive(ctx context.Context, tx *db.Tx, town string) error {
	for _, s := range b.slices {
		for _, d := range s.Derived {
			if err := d.Refresh(ctx, tx, town, nil); err != nil {
				return fmt.Errorf("derive %s: %w", d.Name, err)
			}
		}
	}
	return nil
}

// reprint folds all acts of src and prints every entity into dst, whose tables are empty for the town. Acts are folded as they
// are read; an entity with a correction or a late entry is folded again at the end from its own acts.
func (b *Book) reprint(ctx context.Context, src db.Querier, dst *db.Tx, town string, progress func(done, total int64)) (int64, error) {
	size, err := Size(ctx, src, town)
	if err != nil {
		return 0, err
	}
	live := map[int64]*entity{}
	late := map[int64]bool{}
	var n int64
	err = eachAct(ctx, src, town, func(a Act, on []int64) error {
		for _, id := range on {
			e := live[id]
			if e == nil {
				e = &entity{id: id, acts: make([]Act, 1), fold: folding{book: b, town: town, entity: id}}
				live[id] = e
			}
			e.acts[0] = Act{N: a.N} // print only needs the last number
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
		e := live[id]
		e.acts = acts
		if err := e.refold(b, town); err != nil {
			return n, fmt.Errorf("entity %d: %w", id, err)
		}
	}
	return n, printAll(ctx, dst, town, live)
}

// printAll prints states in order of id, so that rows arrive sorted.
func printAll(ctx context.Context, dst *db.Tx, town string, live map[int64]*entity) error {
	ids := make([]int64, 0, len(live))
	for id := range live {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	ch := &changes{byName: map[string]*change{}}
	var lines []ledger.Line
	w := &Writer{Town: town}
	for i, id := range ids {
		e := live[id]
		w.collect(ch, e, e.print())
		ch.of(&ledger.Entries).insert = append(ch.of(&ledger.Entries).insert, lineRows(town, e.fold.lines)...)
		lines = append(lines, e.fold.lines...)
		e.fold = folding{}
		if i%5000 == 4999 || i == len(ids)-1 {
			if err := ch.write(ctx, dst); err != nil {
				return err
			}
			ch = &changes{byName: map[string]*change{}}
			if err := ledger.Carry(ctx, dst, town, lines, nil); err != nil {
				return err
			}
			lines = lines[:0]
		}
	}
	return nil
}

// eachAct streams all acts of a town with the entities that they belong to; payloads are decoded on a second core.
func eachAct(ctx context.Context, q db.Querier, town string, fn func(a Act, on []int64) error) error {
	const chunk = 2000
	type batch struct {
		acts []Act
		err  error
	}
	erased, err := erasedOn(ctx, q, town)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan batch, 2)
	done := make(chan struct{})
	go func() {
		defer close(done)
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
	defer func() { cancel(); <-done }() // q is not safe for two goroutines: the reader must be gone before the caller goes on
	for bt := range out {
		if bt.err != nil {
			return bt.err
		}
		for _, a := range bt.acts {
			on := a.On
			if a.Erased {
				on = erased[a.N]
			}
			if err := fn(a, on); err != nil {
				return err
			}
		}
	}
	return nil
}

// erasedOn returns the entities of erased acts, which their payloads no longer tell.
func erasedOn(ctx context.Context, q db.Querier, town string) (map[int64][]int64, error) {
	m := map[int64][]int64{}
	rows, err := db.All[int64](ctx, q, `SELECT n FROM journal_act WHERE town = $1 AND payload IS NULL`, town)
	if err != nil || len(rows) == 0 {
		return m, err
	}
	for _, n := range rows {
		m[n] = nil
	}
	err = db.Each(ctx, q, `SELECT n, entity FROM journal_on WHERE town = $1 ORDER BY entity`, func(r struct{ N, Entity int64 }) error {
		if _, ok := m[r.N]; ok {
			m[r.N] = append(m[r.N], r.Entity)
		}
		return nil
	}, town)
	return m, err
}
