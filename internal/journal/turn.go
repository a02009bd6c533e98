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

// turn is one transaction of a town's writer.
type turn struct {
	q       *queue
	tx      *db.Tx
	group   []*job
	answers []answer

	edge     *tree // grows with the acts
	full     []fullTile
	recorded int64 // of the last act, unix milliseconds
	undone   bool  // the group's one request is not recorded, by its own fault or wish
	reached  bool  // the body is done: a failure is the commit's, and leaves open whether it happened
}

var errRehearsed = errors.New("rehearsed")

// run decides and writes the whole group. Together is the quick way. When there something cannot be taken back in memory, its
// error is errCareful, and the group comes again to be carried out with care.
func (t *turn) run(ctx context.Context, careful bool) error {
	if err := t.lock(ctx); err != nil {
		return err
	}
	size := t.edge.size
	var err error
	switch {
	case len(t.group) == 1:
		// The transaction is the request's savepoint.
		if err = t.single(ctx, 0); err != nil {
			t.undone = !fatal(err)
		}
	case careful:
		err = t.oneByOne(ctx)
	default:
		err = t.together(ctx)
	}
	if err == nil && t.edge.size > size {
		err = t.seal(ctx)
	}
	t.reached = err == nil
	return err
}

// lock takes the town's head row and a tree that agrees with it: the one in memory, or, when another process wrote since, one
// read again.
func (t *turn) lock(ctx context.Context) error {
	head, err := lockHead(ctx, t.tx, t.q.town)
	if err != nil {
		return err
	}
	t.recorded = head.Recorded
	if known := t.q.edge; known != nil && known.size == head.Size {
		if r := known.root(); bytes.Equal(r[:], head.Root) {
			t.edge = known.clone()
			return nil
		}
	}
	t.edge, err = loadTree(ctx, t.tx, t.q.town, head.Size, head.Root)
	return err
}

func (t *turn) desk() *desk { return newDesk(t.q.j, t.q.town, t.tx, t.edge.size) }

// grow appends to the tree what a desk has written.
func (t *turn) grow(d *desk) {
	for _, leaf := range d.leaves {
		t.full = append(t.full, t.edge.add(leaf)...)
	}
}

// single decides and writes request i. Its caller undoes it when there is an error, which is errRehearsed after a rehearsal
// that went well.
func (t *turn) single(ctx context.Context, i int) error {
	d := t.desk()
	w, r, err := t.decide(ctx, d, t.group[i])
	if err == nil {
		err = d.write(ctx)
	}
	if err != nil {
		t.answers[i] = answer{err: err}
		return err
	}
	t.answers[i] = answer{receipt: r}
	if t.group[i].rehearse {
		return errRehearsed
	}
	t.recorded = w.now
	t.grow(d)
	return nil
}

// oneByOne carries out each request behind a savepoint.
func (t *turn) oneByOne(ctx context.Context) error {
	for i := range t.group {
		if err := t.tx.Savepoint(ctx, func() error { return t.single(ctx, i) }); fatal(err) {
			return err
		}
	}
	return nil
}

// together decides the requests one after the other on one desk and writes them as one batch. A request that is refused is
// taken from the desk again; a rehearsal has a desk of its own, behind a savepoint.
func (t *turn) together(ctx context.Context) error {
	d := t.desk()
	careful := func(err error) error {
		if fatal(err) {
			return err
		}
		return errCareful
	}
	for i, jb := range t.group {
		if jb.rehearse {
			if err := d.write(ctx); err != nil {
				return careful(err)
			}
			if err := t.tx.Savepoint(ctx, func() error { return t.rehearse(ctx, i, d.next) }); fatal(err) {
				return err
			}
			continue
		}
		w, r, err := t.decide(ctx, d, jb)
		if err != nil {
			if fatal(err) || !plain(err) || !w.undo() {
				return careful(err)
			}
			t.answers[i] = answer{err: err}
			continue
		}
		t.answers[i] = answer{receipt: r}
		t.recorded = w.now
	}
	if err := d.write(ctx); err != nil {
		return careful(err)
	}
	t.grow(d)
	return nil
}

// rehearse decides and writes request i behind what the desk before it has written up to number next.
func (t *turn) rehearse(ctx context.Context, i int, next int64) error {
	d := newDesk(t.q.j, t.q.town, t.tx, next)
	_, r, err := t.decide(ctx, d, t.group[i])
	if err == nil {
		err = d.write(ctx)
	}
	if err == nil {
		t.answers[i], err = answer{receipt: r}, errRehearsed
	} else {
		t.answers[i] = answer{err: err}
	}
	return err
}

// plain reports whether an error is a request's own no, so that the database's transaction is as before it.
func plain(err error) bool {
	var refusal *Refusal
	var conflict *Conflict
	return errors.As(err, &refusal) || errors.As(err, &conflict) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// fatal reports whether an error ends the whole transaction rather than one request.
func fatal(err error) bool {
	switch db.Kind(err) {
	case db.Unavailable, db.DiskFull, db.Busy, db.Serialization, db.Corrupt, db.ReadOnly:
		return true
	}
	return false
}

// decide is a request's way through Decide; its acts then lie on the desk.
func (t *turn) decide(ctx context.Context, d *desk, jb *job) (w *Writer, r Receipt, err error) {
	w = &Writer{Town: t.q.town, desk: d, by: jb.req.By, answer: jb.req.Answer, now: max(t.q.j.opt.Clock().UnixMilli(), t.recorded), first: d.next, settled: d.next}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decide panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if err := jb.ctx.Err(); err != nil {
		return w, r, err
	}
	ctx = context.WithoutCancel(jb.ctx) // cancelling a statement would end the connection under everyone's transaction
	input := sha256.Sum256(jb.req.Input)
	if jb.req.Key != "" {
		if r, ok, err := d.repeated(ctx, jb.req.Key, input); ok || err != nil {
			return w, r, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(jb.req.Seen)) {
		if err := w.Expect(ctx, id, jb.req.Seen[id]); err != nil {
			return w, r, err
		}
	}
	err = jb.req.Decide(ctx, w)
	if w.broken != nil {
		return w, r, w.broken
	}
	if err != nil {
		return w, r, err
	}
	if err := w.settle(ctx); err != nil {
		return w, r, err
	}
	r = Receipt{First: w.first, Last: d.next - 1}
	if jb.rehearse {
		for _, a := range d.acts[w.first-d.base:] {
			r.Acts = append(r.Acts, a.act)
		}
	}
	if jb.req.Key != "" {
		d.keys[jb.req.Key] = keyed{input, r}
		d.requests = append(d.requests, []any{w.Town, jb.req.Key, input[:], r.First, r.Last, w.now})
	}
	return w, r, nil
}

// keyed is a request that is done.
type keyed struct {
	input   [sha256.Size]byte
	receipt Receipt
}

// repeated looks for an earlier request of the same key.
func (d *desk) repeated(ctx context.Context, key string, input [sha256.Size]byte) (Receipt, bool, error) {
	old, ok := d.keys[key]
	if !ok {
		row, err := db.One[struct {
			Input       []byte
			First, Last int64
		}](ctx, d.tx, `SELECT input, first, last FROM journal_request WHERE town = $1 AND key = $2`, d.town, key)
		if db.Kind(err) == db.NotFound {
			return Receipt{}, false, nil
		}
		if err != nil {
			return Receipt{}, false, err
		}
		copy(old.input[:], row.Input)
		old.receipt = Receipt{First: row.First, Last: row.Last}
	}
	if old.input != input {
		return Receipt{}, false, &Conflict{Reused: true}
	}
	return Receipt{First: old.receipt.First, Last: old.receipt.Last, Repeated: true}, true, nil
}

// seal writes the full tiles and the new head.
func (t *turn) seal(ctx context.Context) error {
	rows := make([][]any, len(t.full))
	for i, f := range t.full {
		rows[i] = []any{t.q.town, f.level, f.i, f.data}
	}
	if err := t.tx.Insert(ctx, tileTable, rows); err != nil {
		return err
	}
	root := t.edge.root()
	_, err := t.tx.Exec(ctx, `UPDATE journal_head SET size = $2, root = $3, recorded = $4 WHERE town = $1`, t.q.town, t.edge.size, root[:], t.recorded)
	return err
}
