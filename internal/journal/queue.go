package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime/debug"

	"cunju/internal/db"
)

// Request is one thing that someone wants recorded: any number of acts, all or none.
type Request struct {
	Key    string // idempotency key, "" for none: a second request of the same key is answered with the first one's receipt
	Input  []byte // what the form held; a key that comes back with other input is a conflict
	By     By
	Seen   map[int64]int64 // entity → last act that the form knew of; later acts are a conflict
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

// Record decides and records a request in the town's journal and returns after the commit.
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
	if err := j.enqueue(ctx, town, jb); err != nil {
		return Receipt{}, err
	}
	// A request that was taken is always answered: leaving early would not undo it, only hide what became of it.
	a := <-jb.done
	return a.receipt, a.err
}

func (j *Journal) enqueue(ctx context.Context, town string, jb *job) error {
	j.mu.Lock()
	if j.closed {
		j.mu.Unlock()
		return &Unavailable{Err: errors.New("journal is closed")}
	}
	q := j.queues[town]
	if q == nil {
		q = &queue{j: j, town: town, jobs: make(chan *job, groupMax)}
		j.queues[town] = q
		j.wg.Add(1)
		go q.run()
	}
	defer j.mu.Unlock()
	select {
	case q.jobs <- jb:
		return nil
	default:
	}
	return &Unavailable{Err: fmt.Errorf("queue of %s is full", town)}
}

// run drains the queue: whoever waits when a transaction ends shares the next one; a lone request waits for nobody.
func (q *queue) run() {
	defer q.j.wg.Done()
	for first := range q.jobs {
		group := []*job{first}
		for len(group) < groupMax {
			select {
			case jb, ok := <-q.jobs:
				if !ok {
					q.commit(group)
					return
				}
				group = append(group, jb)
				continue
			default:
			}
			break
		}
		q.commit(group)
	}
}

// commit carries out a group in one durable transaction and answers everyone.
func (q *queue) commit(group []*job) {
	ctx := context.Background() // a caller who hangs up must not undo the others
	var answers []answer
	var edge *tree
	reached := false // the end of the transaction's body: after it a failure leaves the outcome unknown
	err := q.j.DB.Update(ctx, func(tx *db.Tx) error {
		reached = false
		answers = make([]answer, len(group))
		var recorded int64
		var err error
		if edge, recorded, err = q.lock(ctx, tx); err != nil {
			return err
		}
		size := edge.size
		var full []fullTile
		for i, jb := range group {
			answers[i] = q.carryOut(ctx, tx, jb, edge, &full, &recorded)
			if fatal(answers[i].err) {
				return answers[i].err
			}
		}
		if edge.size > size {
			if err := q.seal(ctx, tx, edge, full, recorded); err != nil {
				return err
			}
		}
		reached = true
		return nil
	})
	if err != nil {
		q.edge = nil
		for i := range answers {
			answers[i] = answer{err: &Unavailable{Unknown: reached, Err: err}}
		}
		if answers == nil {
			answers = make([]answer, len(group))
			for i := range answers {
				answers[i].err = &Unavailable{Err: err}
			}
		}
	} else {
		if q.j.opt.After != nil && (q.edge == nil || edge.size > q.edge.size) {
			q.j.opt.After(q.town, edge.size)
		}
		q.edge = edge
	}
	for i, jb := range group {
		jb.done <- answers[i]
	}
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
func (q *queue) lock(ctx context.Context, tx *db.Tx) (*tree, int64, error) {
	head, err := db.One[struct {
		Size     int64
		Root     []byte
		Recorded int64
	}](ctx, tx, `UPDATE journal_head SET recorded = recorded WHERE town = $1 RETURNING size, root, recorded`, q.town)
	if db.Kind(err) == db.NotFound {
		return nil, 0, fmt.Errorf("town %s has no journal", q.town)
	}
	if err != nil {
		return nil, 0, err
	}
	if q.edge != nil && q.edge.size == head.Size {
		if r := q.edge.root(); bytes.Equal(r[:], head.Root) {
			return q.edge.clone(), head.Recorded, nil
		}
	}
	t, err := loadTree(ctx, tx, q.town, head.Size, head.Root)
	return t, head.Recorded, err
}

// carryOut decides and writes one request inside a savepoint and appends its acts to the tree.
func (q *queue) carryOut(ctx context.Context, tx *db.Tx, jb *job, edge *tree, full *[]fullTile, recorded *int64) (a answer) {
	w := &Writer{Town: q.town, j: q.j, tx: tx, by: jb.req.By, now: max(q.j.opt.Clock().UnixMilli(), *recorded), first: edge.size, next: edge.size,
		live: map[int64]*entity{}, lives: map[int64]Span{}}
	err := tx.Savepoint(ctx, func() error {
		r, err := w.run(jb)
		a.receipt = r
		if err == nil && jb.rehearse {
			return errRehearsed
		}
		return err
	})
	if errors.Is(err, errRehearsed) {
		return a
	}
	if err != nil {
		return answer{err: err}
	}
	for _, leaf := range w.sealed {
		*full = append(*full, edge.add(leaf)...)
	}
	*recorded = w.now
	return a
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
	for id, seen := range jb.req.Seen {
		if err := w.Expect(ctx, id, seen); err != nil {
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
	for _, a := range w.acts {
		if jb.rehearse {
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
func (q *queue) seal(ctx context.Context, tx *db.Tx, edge *tree, full []fullTile, recorded int64) error {
	if len(full) > 0 {
		rows := make([][]any, len(full))
		for i, f := range full {
			rows[i] = []any{q.town, f.level, f.i, f.data}
		}
		if err := tx.Insert(ctx, tileTable, rows); err != nil {
			return err
		}
	}
	root := edge.root()
	_, err := tx.Exec(ctx, `UPDATE journal_head SET size = $2, root = $3, recorded = $4 WHERE town = $1`, q.town, edge.size, root[:], recorded)
	return err
}
