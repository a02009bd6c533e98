package journal

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Journal is the journals of all towns of one database.
type Journal struct {
	DB   *db.DB
	book *Book
	opt  Options

	enough func(note string) bool // which checkpoints are signed by enough, nil for all

	mu     sync.Mutex
	queues map[string]*queue
	old    map[string]bool // towns whose projections other code printed
	closed bool
	wg     sync.WaitGroup
}

// Options are a journal's knobs; the zero value is right for production.
type Options struct {
	Clock func() time.Time                  // time.Now
	Salt  func(town string, n int64) []byte // 32 random bytes; a demo town derives them so that it is the same each time
	After func(town string, size int64)     // called after each durable commit, must return at once
}

const (
	groupMax = 256  // requests that share one durable transaction
	queueMax = 2048 // requests that may wait; more are turned away at once rather than kept waiting
)

// Open migrates the journal's tables and checks that the projections were printed by this program's code. When they were not,
// it returns the journal together with a [*Stale] error: reading the journal and rebuilding work, recording is refused.
func Open(ctx context.Context, d *db.DB, b *Book, opt Options) (*Journal, error) {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if err := b.migrate(ctx, d); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{DB: d, book: b, opt: opt, queues: map[string]*queue{}, old: map[string]bool{}}
	return j, j.stale(ctx)
}

// Book returns the slices that the journal knows.
func (j *Journal) Book() *Book { return j.book }

func (j *Journal) today() calendar.Date { return calendar.Today(j.opt.Clock) }

// Today is the day it is now, in China's time, by the journal's clock.
func (j *Journal) Today() calendar.Date { return j.today() }

func (j *Journal) salt(town string, n int64) []byte {
	if j.opt.Salt != nil {
		return j.opt.Salt(town, n)
	}
	b := make([]byte, 32)
	rand.Read(b) // never fails: crypto/rand aborts the program instead
	return b
}

// Found creates a town's empty journal; a [*Refusal] says that there is one already,
// a [*Stale] that other towns of the database must be rebuilt first. The origin names the log for ever (C2SP tlog-checkpoint: the log's prefix without
// scheme; ASCII, no space, no "+").
func (j *Journal) Found(ctx context.Context, town, origin string) error {
	if err := checkOrigin(origin); err != nil {
		return err
	}
	j.mu.Lock()
	old := slices.Sorted(maps.Keys(j.old))
	j.mu.Unlock()
	if len(old) > 0 { // the tables may not be of this program's shape
		return &Stale{old}
	}
	empty := (&tree{}).root()
	return j.DB.Update(ctx, func(tx *db.Tx) error {
		err := tx.Insert(ctx, headTable, [][]any{{town, origin, int64(0), empty[:], int64(0)}})
		if db.Kind(err) == db.Unique {
			return Refuse("%s 的总账已经建立。", town)
		}
		if err != nil {
			return err
		}
		return j.book.stamp(ctx, tx, town)
	})
}

func checkOrigin(origin string) error {
	if origin == "" {
		return fmt.Errorf("log origin is empty")
	}
	for _, r := range origin {
		if r <= ' ' || r > '~' || r == '+' {
			return fmt.Errorf("log origin %q: only ASCII without spaces and plus signs", origin)
		}
	}
	return nil
}

// Towns lists the towns of the database.
func (j *Journal) Towns(ctx context.Context) ([]string, error) {
	return db.All[string](ctx, j.DB, `SELECT town FROM journal_head ORDER BY town`)
}

// Close answers what is queued, then refuses further requests.
func (j *Journal) Close() {
	j.mu.Lock()
	j.closed = true
	for _, q := range j.queues {
		close(q.jobs)
	}
	j.queues = map[string]*queue{}
	j.mu.Unlock()
	j.wg.Wait()
}
