package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"

	"cunju/internal/db"
)

// Request is one thing that someone wants recorded: any number of acts, all or none.
type Request struct {
	Key   string // idempotency key, "" for none: a second request of the same key is answered with the first one's receipt
	Input []byte // what the form held; a key that comes back with other input is a conflict
	By    By
	Seen  map[int64]int64 // entity → last act that the form knew of; later acts are a conflict

	// Decide reads through the Writer and adds acts. It runs again from the start when the database had to undo a transaction
	// for others' sake: it may set variables outside, but must not add to them.
	Decide func(ctx context.Context, w *Writer) error
}

// Receipt says what was recorded: acts First to Last. With none, Last is First − 1.
type Receipt struct {
	First, Last int64
	Repeated    bool  // the key had been recorded before; Decide was not called
	Acts        []Act // in a rehearsal, what would have been recorded
}

// Count returns how many acts were recorded.
func (r Receipt) Count() int64 { return r.Last - r.First + 1 }

type job struct {
	ctx      context.Context
	req      Request
	rehearse bool
	done     chan answer
}

type answer struct {
	receipt Receipt
	err     error
}

// queue is a town's one writer.
type queue struct {
	j    *Journal
	town string
	jobs chan *job
	edge *tree // the tree as of the last commit seen, nil when it must be read again
}

// Record decides and records a request in the town's journal and returns after the commit. Its error is a [*Refusal], a
// [*Conflict], an [*Unavailable], a [*Stale], a [*Damaged], what Decide returned, or the context's.
func (j *Journal) Record(ctx context.Context, town string, req Request) (Receipt, error) {
	return j.submit(ctx, town, req, false)
}

// Rehearse walks the same path as [Journal.Record] and rolls back: the receipt holds the acts with their verdicts, and the
// error is the one that recording would give.
func (j *Journal) Rehearse(ctx context.Context, town string, req Request) (Receipt, error) {
	return j.submit(ctx, town, req, true)
}

func (j *Journal) submit(ctx context.Context, town string, req Request, rehearse bool) (Receipt, error) {
	jb := &job{ctx: ctx, req: req, rehearse: rehearse, done: make(chan answer, 1)}
	if err := j.enqueue(town, jb); err != nil {
		return Receipt{}, err
	}
	// A request that was taken is always answered: leaving early would not undo it, only hide what became of it.
	a := <-jb.done
	return a.receipt, a.err
}

func (j *Journal) enqueue(town string, jb *job) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return &Unavailable{Err: errors.New("journal is closed")}
	}
	if j.old[town] {
		return &Stale{[]string{town}}
	}
	q := j.queues[town]
	if q == nil {
		q = &queue{j: j, town: town, jobs: make(chan *job, queueMax)}
		j.queues[town] = q
		j.wg.Add(1)
		go q.run()
	}
	select {
	case q.jobs <- jb:
		return nil
	default:
		return &Unavailable{Err: fmt.Errorf("queue of %s is full", town)}
	}
}

// run drains the queue: whoever waits when a transaction ends shares the next one; a lone request waits for nobody.
func (q *queue) run() {
	defer q.j.wg.Done()
	for first := range q.jobs {
		group := []*job{first}
		for len(group) < groupMax {
			select {
			case jb, ok := <-q.jobs:
				if ok {
					group = append(group, jb)
					continue
				}
			default:
			}
			break
		}
		q.commit(group)
	}
}

// sealing is the tree while a transaction adds to it.
type sealing struct {
	edge     *tree
	full     []fullTile
	recorded int64 // of the last act, unix milliseconds
}

// commit carries out a group in one durable transaction and answers everyone.
func (q *queue) commit(group []*job) {
	ctx := context.Background() // a caller who hangs up must not undo the others
	answers := make([]answer, len(group))
	var s *sealing
	var undone, reached bool
	err := q.j.DB.Update(ctx, func(tx *db.Tx) (err error) {
		undone, reached = false, false
		if s, err = q.lock(ctx, tx); err != nil {
			return err
		}
		size := s.edge.size
		if len(group) == 1 { // the transaction is this request's savepoint
			if answers[0], err = q.carryOut(ctx, tx, group[0], s); err != nil {
				undone = !fatal(err)
				return err
			}
		}
		for i := 0; i < len(group) && len(group) > 1; i++ {
			err := tx.Savepoint(ctx, func() (err error) {
				answers[i], err = q.carryOut(ctx, tx, group[i], s)
				return err
			})
			if fatal(err) {
				return err
			}
			if err != nil && !errors.Is(err, errRehearsed) {
				answers[i] = answer{err: err}
			}
		}
		if s.edge.size > size {
			if err := q.seal(ctx, tx, s); err != nil {
				return err
			}
		}
		// From here on a failure is the commit's, and leaves open whether it happened.
		reached = true
		return nil
	})
	switch {
	case err == nil:
		grown := q.edge == nil || s.edge.size > q.edge.size
		q.edge = s.edge
		if grown && q.j.opt.After != nil {
			q.j.opt.After(q.town, s.edge.size)
		}
	case undone:
		if !errors.Is(err, errRehearsed) {
			answers[0] = answer{err: err}
		}
	default:
		q.edge = nil
		for i := range answers {
			answers[i] = answer{err: failure(err, reached)}
		}
	}
	for i, jb := range group {
		jb.done <- answers[i]
	}
}

// failure is what callers are told when their transaction failed as a whole.
func failure(err error, unknown bool) error {
	var refusal *Refusal
	var damaged *Damaged
	switch {
	case errors.As(err, &refusal):
		return refusal
	case errors.As(err, &damaged):
		return damaged
	}
	return &Unavailable{Unknown: unknown, Err: err}
}

// fatal reports whether an error ends the whole transaction rather than one request.
func fatal(err error) bool {
	switch db.Kind(err) {
	case db.Unavailable, db.DiskFull, db.Busy, db.Serialization, db.Corrupt, db.ReadOnly:
		return true
	}
	return false
}

// lock takes the town's head row and returns a tree that agrees with it: the one in memory, or, when another process wrote
// since, one read again.
func (q *queue) lock(ctx context.Context, tx *db.Tx) (*sealing, error) {
	head, err := lockHead(ctx, tx, q.town)
	if err != nil {
		return nil, err
	}
	if q.edge != nil && q.edge.size == head.Size {
		if r := q.edge.root(); bytes.Equal(r[:], head.Root) {
			return &sealing{edge: q.edge.clone(), recorded: head.Recorded}, nil
		}
	}
	t, err := loadTree(ctx, tx, q.town, head.Size, head.Root)
	return &sealing{edge: t, recorded: head.Recorded}, err
}

// carryOut decides and writes one request and appends its acts to the tree. The caller undoes it when there is an error, which
// is errRehearsed when it was a rehearsal that went well.
func (q *queue) carryOut(ctx context.Context, tx *db.Tx, jb *job, s *sealing) (answer, error) {
	w := &Writer{Town: q.town, j: q.j, tx: tx, by: jb.req.By, now: max(q.j.opt.Clock().UnixMilli(), s.recorded), first: s.edge.size, next: s.edge.size,
		live: map[int64]*entity{}, lives: map[int64]Span{}}
	r, err := w.run(jb)
	if err != nil {
		return answer{}, err
	}
	if jb.rehearse {
		return answer{receipt: r}, errRehearsed
	}
	for _, leaf := range w.sealed {
		s.full = append(s.full, s.edge.add(leaf)...)
	}
	s.recorded = w.now
	return answer{receipt: r}, nil
}

var errRehearsed = errors.New("rehearsed")

// run is a request's way through Decide and Flush.
func (w *Writer) run(jb *job) (r Receipt, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decide panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if err := jb.ctx.Err(); err != nil {
		return r, err
	}
	ctx := context.WithoutCancel(jb.ctx) // cancelling a statement would end the connection under everyone's transaction
	input := sha256.Sum256(jb.req.Input)
	if jb.req.Key != "" {
		if r, ok, err := w.repeated(ctx, jb.req.Key, input[:]); ok || err != nil {
			return r, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(jb.req.Seen)) {
		if err := w.Expect(ctx, id, jb.req.Seen[id]); err != nil {
			return r, err
		}
	}
	if err := jb.req.Decide(ctx, w); err != nil {
		return r, err
	}
	if err := w.Flush(ctx); err != nil {
		return r, err
	}
	r = Receipt{First: w.first, Last: w.next - 1}
	if jb.rehearse {
		for _, a := range w.acts {
			r.Acts = append(r.Acts, a.act)
		}
	}
	if jb.req.Key != "" {
		err = w.tx.Insert(ctx, requestTable, [][]any{{w.Town, jb.req.Key, input[:], r.First, r.Last, w.now}})
	}
	return r, err
}

// repeated looks for an earlier request of the same key.
func (w *Writer) repeated(ctx context.Context, key string, input []byte) (Receipt, bool, error) {
	old, err := db.One[struct {
		Input       []byte
		First, Last int64
	}](ctx, w.tx, `SELECT input, first, last FROM journal_request WHERE town = $1 AND key = $2`, w.Town, key)
	if db.Kind(err) == db.NotFound {
		return Receipt{}, false, nil
	}
	if err != nil {
		return Receipt{}, false, err
	}
	if !bytes.Equal(old.Input, input) {
		return Receipt{}, false, &Conflict{Reused: true}
	}
	return Receipt{First: old.First, Last: old.Last, Repeated: true}, true, nil
}

// seal writes the full tiles and the new head.
func (q *queue) seal(ctx context.Context, tx *db.Tx, s *sealing) error {
	rows := make([][]any, len(s.full))
	for i, f := range s.full {
		rows[i] = []any{q.town, f.level, f.i, f.data}
	}
	if err := tx.Insert(ctx, tileTable, rows); err != nil {
		return err
	}
	root := s.edge.root()
	_, err := tx.Exec(ctx, `UPDATE journal_head SET size = $2, root = $3, recorded = $4 WHERE town = $1`, q.town, s.edge.size, root[:], s.recorded)
	return err
}
