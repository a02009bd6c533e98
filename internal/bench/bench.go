package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"cunju/internal/db"
	"cunju/internal/journal"
)

// Options say where and how much; the zero value is what make bench runs.
type Options struct {
	Dir   string        // where the bench's files go; "" for the system's temporary folder. The disk matters.
	DSN   string        // an empty database to use instead of a fresh SQLite file
	Acts  int           // size of the journal that reading is measured on; 0 means 500,000
	Batch int           // acts in a measured batch; 0 means 10,000
	Round time.Duration // length of a round of a measured loop; 0 means one second
	Cases []Case        // beside those of the journal, run after them
	Only  string        // run only the cases whose name contains it
	Clock func() time.Time
}

// Town is the town of the bench's journal.
const Town = "321002003"

// Target is what a measurement is held against.
type Target struct {
	Value  float64
	Unit   string // "acts/s", "ms"; "×" when the measurement is the ratio to the peer
	AtMost bool   // less is better
}

// Measure is what a case found.
type Measure struct {
	Value float64 // in the target's unit; with a peer, in PeerUnit
	Peer  float64 // the peer's value, 0 without one
	Unit  string  // of Value and Peer when the target is a ratio
}

// Case is one line of the table.
type Case struct {
	Name   string
	Peer   string // who does the same work, "" for none
	Target Target
	Run    func(ctx context.Context, b *Bench) (Measure, error)
}

// Bench is what cases share: a database and a journal that the first cases fill.
type Bench struct {
	DB      *db.DB
	Journal *journal.Journal
	Dir     string // for files
	DSN     string
	Round   time.Duration
	Clock   func() time.Time

	acts  int
	batch int
	units []int64

	mu   sync.Mutex
	last int64 // size of the journal by the last receipt
}

// Run measures every case and prints a table. Its error tells that something could not be measured; a missed target is only
// printed, because the machine may be busy.
func Run(ctx context.Context, out io.Writer, o Options) (err error) {
	b := &Bench{DSN: o.DSN, Round: o.Round, Clock: o.Clock, acts: o.Acts, batch: o.Batch}
	if b.Round == 0 {
		b.Round = time.Second
	}
	if b.acts == 0 {
		b.acts = 500_000
	}
	if b.batch == 0 {
		b.batch = 10_000
	}
	if b.Clock == nil {
		b.Clock = time.Now
	}
	if b.Dir, err = os.MkdirTemp(o.Dir, "cunju-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.Dir)
	if b.DSN == "" {
		b.DSN = "sqlite:" + filepath.Join(b.Dir, "bench.db")
	}
	if err := b.open(ctx); err != nil {
		return err
	}
	defer func() { b.close() }()
	if err := b.Journal.Found(ctx, Town, "bench.example/log"); err != nil {
		return err
	}
	if err := b.foundUnits(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s %s/%s, %d cores, %s; a journal of %d acts\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.DB.Engine(), b.acts)
	t := newTable(out)
	for _, c := range append(cases(), o.Cases...) {
		if !strings.Contains(c.Name, o.Only) {
			continue
		}
		m, err := c.Run(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		t.line(c, m)
	}
	return t.close()
}

func (b *Bench) open(ctx context.Context) (err error) {
	if b.DB, err = db.Open(ctx, b.DSN); err != nil {
		return err
	}
	book, err := journal.NewBook(slice())
	if err == nil {
		b.Journal, err = journal.Open(ctx, b.DB, book, journal.Options{})
	}
	if err != nil {
		b.DB.Close()
	}
	return err
}

func (b *Bench) close() {
	b.Journal.Close()
	b.DB.Close()
}
