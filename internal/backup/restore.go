package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/people/keyring"
	"cunju/internal/web/account"
)

// Target is where an archive is restored to: databases and a folder in which there is nothing yet.
type Target struct {
	DB, Keys *db.DB
	Files    string // folder of attachments, as package files lays it out
	Book     *journal.Book
	// Verifier answers the key that a town's checkpoints are to be checked with, nil when the key is not at hand.
	Verifier func(town string) note.Verifier
}

// ErrNotEmpty says that the target holds data already. Nothing was restored.
var ErrNotEmpty = errors.New("目标里已经有数据，什么也没有恢复。请另选一个空的数据目录和空的数据库")

// OpenSecrets reads the keys of an archive with its passphrase; nil when it has none.
func OpenSecrets(path, passphrase string) (*Secrets, error) {
	a, err := openArchive(path)
	if err != nil {
		return nil, err
	}
	defer a.close()
	p, ok := a.m.part(secretsPart)
	if !ok {
		return nil, nil
	}
	r, err := a.open(p)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	sealed, err := io.ReadAll(io.LimitReader(r, secretsMost))
	if err != nil {
		return nil, &Damaged{Part: p.Name, Entry: -1, What: "已损坏，读不出来"}
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return openSecrets(bytes.NewReader(sealed), passphrase)
}

// Restore checks an archive, fills an empty target with it, prints the projections anew, and verifies the result against the
// manifest. When it fails after the check, the target must be emptied before another attempt; the archive is never changed.
func Restore(ctx context.Context, path string, t Target, progress Progress) (*Manifest, error) {
	a, err := openArchive(path)
	if err != nil {
		return nil, err
	}
	defer a.close()
	if err := a.verify(ctx, progress); err != nil {
		return nil, err
	}
	j, err := t.prepare(ctx)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	if err := t.empty(ctx); err != nil {
		return nil, err
	}
	// Attachments and keys first, as in life: an act never stands without what it needs.
	if err := a.restoreFiles(ctx, t.Files, progress); err != nil {
		return nil, err
	}
	if err := t.Keys.Update(ctx, func(tx *db.Tx) error { return a.insert(ctx, tx, true, progress) }); err != nil {
		return nil, err
	}
	if err := t.DB.Update(ctx, func(tx *db.Tx) error { return a.insert(ctx, tx, false, progress) }); err != nil {
		return nil, err
	}
	for _, town := range a.m.Towns {
		if err := t.reprint(ctx, j, town, progress); err != nil {
			return nil, err
		}
	}
	return &a.m, nil
}

// prepare makes the tables of today.
func (t Target) prepare(ctx context.Context) (*journal.Journal, error) {
	j, err := journal.Open(ctx, t.DB, t.Book, journal.Options{})
	var stale *journal.Stale
	if err != nil && !errors.As(err, &stale) {
		return nil, err
	}
	err = errors.Join(t.DB.Migrate(ctx, "access", access.Migrations()), account.Migrate(ctx, t.DB), t.Keys.Migrate(ctx, "keyring", keyring.Migrations()))
	if err != nil {
		j.Close()
		return nil, err
	}
	return j, nil
}

// empty refuses a target in which anything lies that the archive would touch.
func (t Target) empty(ctx context.Context) error {
	for _, table := range append([]rowPart{{table: headTable}}, rowParts...) {
		d := t.DB
		if table.keys {
			d = t.Keys
		}
		n, err := db.One[int64](ctx, d, `SELECT count(*) FROM (SELECT town FROM `+table.table.Name+` LIMIT 1) r`)
		if err != nil {
			return err
		}
		if n > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}

// batchBytes is about how much is inserted at once.
const batchBytes = 1 << 20

// insert fills the tables of one database, in one transaction.
func (a *archive) insert(ctx context.Context, tx *db.Tx, keys bool, progress Progress) error {
	for _, t := range a.m.Towns {
		for _, rp := range partsOf(a.m.Format) {
			if rp.keys != keys {
				continue
			}
			fill := func() error { return a.fill(ctx, tx, t, rp, progress) }
			if a.old(rp) {
				fill = func() error { return access.Refill(ctx, tx, func() error { return a.fill(ctx, tx, t, rp, progress) }) }
			}
			if err := fill(); err != nil {
				return err
			}
		}
	}
	return nil
}

// old reports the view log of an archive of the first format: its rows find their places in the chain here.
func (a *archive) old(rp rowPart) bool {
	return a.m.Format == firstFormat && rp.file == chained.file
}

// fill inserts a town's rows of one part.
func (a *archive) fill(ctx context.Context, tx *db.Tx, t Town, rp rowPart, progress Progress) error {
	p, _ := a.m.part(rp.name(t.Town))
	rows := &batch{ctx: ctx, tx: tx, table: rp.table}
	if a.old(rp) {
		rows.table = chained.table
	}
	tiles := &batch{ctx: ctx, tx: tx, table: tileTable}
	var recorded, done int64
	err := a.rows(t, rp, func(row []any, full []tile) error {
		if done++; done%1000 == 0 {
			progress.tell(rp.title, done, p.Rows)
		}
		if rp.table.Name == actTable.Name {
			recorded = row[3].(int64)
		}
		for _, f := range full {
			if err := tiles.add([]any{t.Town, f.level, f.i, f.hashes}); err != nil {
				return err
			}
		}
		if a.old(rp) {
			row = append(row, int64(0), "")
		}
		return rows.add(row)
	})
	if err != nil {
		return err
	}
	if err := errors.Join(rows.flush(), tiles.flush()); err != nil || rp.table.Name != actTable.Name {
		return err
	}
	return tx.Insert(ctx, headTable, [][]any{{t.Town, t.Origin, t.Size, t.Root, recorded}})
}

// batch collects rows and inserts them together.
type batch struct {
	ctx   context.Context
	tx    *db.Tx
	table db.Table
	rows  [][]any
	size  int
}

func (b *batch) add(row []any) error {
	b.rows = append(b.rows, row)
	for _, v := range row {
		switch v := v.(type) {
		case string:
			b.size += len(v)
		case []byte:
			b.size += len(v)
		default:
			b.size += 8
		}
	}
	if b.size < batchBytes {
		return nil
	}
	return b.flush()
}

func (b *batch) flush() error {
	if len(b.rows) == 0 {
		return nil
	}
	err := b.tx.Insert(b.ctx, b.table, b.rows)
	b.rows, b.size = b.rows[:0], 0
	return err
}

// restoreFiles writes the attachments, each under its hash and on the disk before the next.
func (a *archive) restoreFiles(ctx context.Context, folder string, progress Progress) error {
	for i, p := range a.m.Parts {
		hash, ok := strings.CutPrefix(p.Name, filePrefix)
		if !ok {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		progress.tell("附件", int64(i), int64(len(a.m.Parts)))
		if err := a.restoreFile(p, filepath.Join(folder, hash[:2]), hash); err != nil {
			return fmt.Errorf("attachment %s: %w", hash, err)
		}
	}
	return nil
}

func (a *archive) restoreFile(p Part, folder, hash string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	r, err := a.open(p)
	if err != nil {
		return err
	}
	defer r.Close()
	f, err := os.CreateTemp(folder, "restore-*") // for its owner only
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left to remove
	_, err = io.Copy(f, r)
	if err == nil {
		err = r.check()
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, hash))
}

// reprint prints a town's projections and verifies what now stands in the database.
func (t Target) reprint(ctx context.Context, j *journal.Journal, town Town, progress Progress) error {
	if _, err := j.Rebuild(ctx, town.Town, func(done, total int64) { progress.tell("重建", done, total) }); err != nil {
		return err
	}
	var key note.Verifier
	if t.Verifier != nil {
		key = t.Verifier(town.Town)
	}
	rep, err := j.Verify(ctx, town.Town, key, func(done, total int64) { progress.tell("校验", done, total) })
	if err != nil {
		return err
	}
	if !rep.OK() {
		return fmt.Errorf("%s 恢复后校验没有通过：%s", town.Town, rep.Faults[0].What)
	}
	if rep.Size != town.Size || !bytes.Equal(rep.Root[:], town.Root) {
		return fmt.Errorf("%s 恢复后的根与备份清单不同", town.Town)
	}
	return nil
}
