package journal

import (
	"context"
	"fmt"
	"slices"

	"cunju/internal/db"
)

// Stale says that projections were printed by other code than this program's.
type Stale struct{ Towns []string }

func (s *Stale) Error() string {
	return fmt.Sprintf("数据表由另一版本的程序生成，需要重建：cunju rebuild（%v）", s.Towns)
}

// The projections of the ground floor have a version as those of a slice do.
const (
	ground        = "journal"
	groundVersion = 2
)

// stamp notes that a town's projections are printed by this code.
func (b *Book) stamp(ctx context.Context, tx *db.Tx, town string) error {
	rows := [][]any{{town, ground, int64(groundVersion)}}
	for _, s := range b.slices {
		rows = append(rows, []any{town, s.Name, int64(s.Version)})
	}
	return tx.Upsert(ctx, versionTable, rows)
}

// outdated returns the towns whose stamps differ from the book.
func (b *Book) outdated(ctx context.Context, q db.Querier) ([]string, error) {
	towns, err := db.All[string](ctx, q, `SELECT town FROM journal_head ORDER BY town`)
	if err != nil {
		return nil, err
	}
	var old []string
	for _, town := range towns {
		rows, err := db.All[struct {
			Slice   string
			Version int64
		}](ctx, q, `SELECT slice, version FROM journal_version WHERE town = $1`, town)
		if err != nil {
			return nil, err
		}
		have := map[string]int64{}
		for _, r := range rows {
			have[r.Slice] = r.Version
		}
		for _, s := range append([]Slice{{Name: ground, Version: groundVersion}}, b.slices...) {
			if v, ok := have[s.Name]; !ok || v != int64(s.Version) {
				old = append(old, town)
				break
			}
		}
	}
	return old, nil
}

// stale remembers the towns that are outdated.
func (j *Journal) stale(ctx context.Context) error {
	old, err := j.book.outdated(ctx, j.DB)
	if err != nil || old == nil {
		return err
	}
	for _, town := range old {
		j.old[town] = true
	}
	return &Stale{old}
}

// Rebuild deletes a town's projections and prints them again from the journal, in one transaction: readers see the old tables
// until the new ones are whole (on PostgreSQL they wait for them, where the town is alone in its database). It never decides
// again. progress, if given, is called with acts read.
func (j *Journal) Rebuild(ctx context.Context, town string, progress func(done, total int64)) (int64, error) {
	var n int64
	err := j.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := lockHead(ctx, tx, town); err != nil {
			return err
		}
		// The rows of other towns that are outdated too are of no use: they are printed again by a rebuild of their own.
		fresh, err := j.book.others(ctx, tx, town)
		if err != nil {
			return err
		}
		if err := j.book.clear(ctx, tx, town, fresh == 0); err != nil {
			return err
		}
		if n, err = j.book.reprint(ctx, tx, tx, town, progress); err != nil {
			return err
		}
		for _, t := range j.book.projections() {
			if err := tx.CreateIndexes(ctx, *t); err != nil {
				return err
			}
		}
		if err := j.book.derive(ctx, tx, town); err != nil {
			return err
		}
		return j.book.stamp(ctx, tx, town)
	})
	if err == nil {
		j.mu.Lock()
		delete(j.old, town)
		j.mu.Unlock()
	}
	return n, err
}

// others counts the other towns whose projections are of use.
func (b *Book) others(ctx context.Context, tx *db.Tx, town string) (int, error) {
	towns, err := db.All[string](ctx, tx, `SELECT town FROM journal_head WHERE town <> $1`, town)
	if err != nil {
		return 0, err
	}
	old, err := b.outdated(ctx, tx)
	return len(slices.DeleteFunc(towns, func(t string) bool { return slices.Contains(old, t) })), err
}

// clear empties the projections of a town. Where it is alone, the tables are made anew, which is quicker, follows a change of
// their columns, and leaves the indexes to be built at the end.
func (b *Book) clear(ctx context.Context, tx *db.Tx, town string, alone bool) error {
	for _, t := range b.projections() {
		if !alone {
			if _, err := tx.Exec(ctx, `DELETE FROM `+t.Name+` WHERE town = $1`, town); err != nil {
				return err
			}
			continue
		}
		if err := tx.Drop(ctx, *t); err != nil {
			return err
		}
		bare := *t
		bare.Indexes = nil
		if err := tx.Create(ctx, bare); err != nil {
			return err
		}
	}
	return nil
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
