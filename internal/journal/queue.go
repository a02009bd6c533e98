package journal

import (
	"context"
	"errors"
	"fmt"

	"cunju/internal/db"
)

// Decide reads through the Writer and adds acts. It runs again from the start when the database had to undo a transaction for
// others' sake: it may set variables outside, but must not add to them.
type Decide = func(ctx context.Context, w *Writer) error

// Request is one thing that someone wants recorded: any number of acts, all or none.
type Request struct {
	Key   string // idempotency key, "" for none: a second request of the same key is answered with the first one's receipt
	Input []byte // what the form held; a key that comes back with other input is a conflict
	By    By
	// Answer is what whoever records says to the warnings that the acts carry; it is kept in those that carry any.
	Answer string
	Seen   map[int64]int64 // entity → last act that the form knew of; later acts are a conflict

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

// commit carries out a group in one durable transaction and answers everyone.
func (q *queue) commit(group []*job) {
	t, err := q.transact(group, false)
	if errors.Is(err, errCareful) {
		t, err = q.transact(group, true)
	}
	switch {
	case err == nil:
		grown := q.edge == nil || t.edge.size > q.edge.size
		q.edge = t.edge
		if grown && q.j.opt.After != nil {
			q.j.opt.After(q.town, t.edge.size)
		}
	case t.undone: // the one request was not to be recorded, and its answer says why
	default:
		q.edge = nil
		for i := range t.answers {
			t.answers[i] = answer{err: failure(err, t.reached)}
		}
	}
	for i, jb := range group {
		jb.done <- t.answers[i]
	}
}

// transact is the group's transaction. A caller who hangs up does not end it, because it is the others' too.
func (q *queue) transact(group []*job, careful bool) (*turn, error) {
	ctx := context.Background()
	t := &turn{answers: make([]answer, len(group))} // in case there is no connection
	err := q.j.DB.Update(ctx, func(tx *db.Tx) error {
		t = &turn{q: q, tx: tx, group: group, answers: make([]answer, len(group))}
		return t.run(ctx, careful)
	})
	return t, err
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
