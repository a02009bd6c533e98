package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// desk is what the requests of one transaction share: the entities that they read, and the acts and rows that are decided but
// not written yet. Requests that wait for each other anyway are written together, as one batch is.
type desk struct {
	j    *Journal
	town string
	tx   *db.Tx

	base     int64             // number of the first act of the transaction: what is older is in the tables
	next     int64             // number of the next act
	written  int64             // acts before this one are in the tables
	acts     []newAct          // from base on
	leaves   []tlog.Hash       // of the written ones
	live     map[int64]*entity // entities read or touched
	dirty    []int64           // those with acts that are not written, in order
	lives    map[int64]Span    // of entities that are not live, as the tables have them
	requests [][]any           // rows of journal_request that are not written
	keys     map[string]keyed  // requests of the transaction that are done
}

func newDesk(j *Journal, town string, tx *db.Tx, base int64) *desk {
	return &desk{j: j, town: town, tx: tx, base: base, next: base, written: base,
		live: map[int64]*entity{}, lives: map[int64]Span{}, keys: map[string]keyed{}}
}

// newAct is an act of the transaction with its payload as it will be stored.
type newAct struct {
	act     Act
	payload []byte
}

// entity is one entity with its history.
type entity struct {
	id     int64
	acts   []Act // in order of number
	fold   folding
	now    Print         // as the last request that was done with it left it
	before Print         // as the tables show it
	lines  []ledger.Line // likewise; folds only append to them, or begin anew
	shown  bool          // the tables show it
}

// print prints the state; an entity whose acts are all void prints nothing.
func (e *entity) print() Print {
	if e.fold.state == nil {
		return Print{}
	}
	return e.fold.typ.print(e.id, e.fold.state)
}

// own returns an act of this transaction, nil when n is older or not recorded yet.
func (d *desk) own(n int64) *newAct {
	if n < d.base || n >= d.next {
		return nil
	}
	return &d.acts[n-d.base]
}

// load reads an entity's history. An entity that does not exist has no acts.
func (d *desk) load(ctx context.Context, id int64) (*entity, error) {
	if e := d.live[id]; e != nil {
		return e, nil
	}
	var acts []Act
	var err error
	if id < d.written {
		if acts, err = Acts(ctx, d.tx, d.town, id); err != nil {
			return nil, err
		}
	}
	return d.place(id, acts)
}

// place puts an entity on the desk as the tables have it.
func (d *desk) place(id int64, acts []Act) (e *entity, err error) {
	e = &entity{id: id, acts: acts}
	if len(acts) > 0 {
		if e.fold, err = foldAll(d.j.book, d.town, id, acts); err != nil {
			return nil, fmt.Errorf("entity %d of %s as stored: %w", id, d.town, err)
		}
		e.before = e.print()
		e.now, e.lines, e.shown = e.before, slices.Clip(e.fold.lines), true
	}
	d.live[id] = e
	return e, nil
}

// loadMany reads the histories of many entities in few statements.
func (d *desk) loadMany(ctx context.Context, ids []int64) error {
	var missing []int64
	for _, id := range ids {
		if id >= 0 && id < d.written && d.live[id] == nil {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	for part := range slices.Chunk(slices.Compact(missing), loadRows) {
		acts, err := actsOf(ctx, d.tx, d.town, part)
		if err != nil {
			return err
		}
		for _, id := range part {
			if _, err := d.place(id, acts[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// grow adds an act to an entity's history and folds it. An act that comes last in effective order is applied to the state at
// hand; any other has the history folded anew, and if then a later act no longer fits, the new one is refused and that later
// act named. After an error, cut must follow.
func (d *desk) grow(ctx context.Context, id int64, a Act, first int64) error {
	e, err := d.load(ctx, id)
	if err != nil {
		return err
	}
	if len(e.acts) == 0 {
		if a.N != id {
			return Refuse("没有第 %d 号对象，“%s”无法办理。", id, d.j.book.Title(a.Kind))
		}
		if e.fold, err = newFolding(d.j.book, d.town, id, a); err != nil {
			return err
		}
	}
	if !d.unwritten(e) {
		d.dirty = append(d.dirty, id)
	}
	e.acts = append(e.acts, a)
	if !isMeta(a.Kind) && (len(e.acts) == 1 || e.fold.state != nil && a.Effective >= e.fold.last) {
		err = e.fold.apply(a)
	} else {
		e.fold, err = foldAll(d.j.book, d.town, id, e.acts)
	}
	return d.misfit(a, err, first)
}

// keepLive is how many entities stay on the desk between the flushes of one request.
const keepLive = 2000

// clear takes entities off the desk that the tables show whole; a batch of ten thousand rows would otherwise keep every state
// and every printed row until its end.
func (d *desk) clear() {
	if len(d.live) <= keepLive {
		return
	}
	for id, e := range d.live {
		if !d.unwritten(e) {
			delete(d.live, id)
		}
	}
}

// unwritten reports whether the entity's history has acts that are not in the tables.
func (d *desk) unwritten(e *entity) bool {
	return len(e.acts) > 0 && e.acts[len(e.acts)-1].N >= d.written
}

// cut takes the acts from number n on out of the histories that they were added to.
func (d *desk) cut(ids []int64, n int64) error {
	gone := map[int64]bool{}
	for _, id := range ids {
		e := d.live[id]
		if e == nil {
			continue
		}
		keep := len(e.acts)
		for keep > 0 && e.acts[keep-1].N >= n {
			keep--
		}
		if keep == len(e.acts) {
			continue
		}
		e.acts = e.acts[:keep]
		if !d.unwritten(e) {
			gone[id] = true
		}
		if keep == 0 {
			delete(d.live, id)
			continue
		}
		var err error
		if e.fold, err = foldAll(d.j.book, d.town, id, e.acts); err != nil {
			return fmt.Errorf("entity %d of %s without act %d: %w", id, d.town, n, err)
		}
	}
	d.dirty = slices.DeleteFunc(d.dirty, func(id int64) bool { return gone[id] })
	return nil
}

// misfit turns a fold's error into a refusal that names the act in the way.
func (d *desk) misfit(a Act, err error, first int64) error {
	var m *Misfit
	if !errors.As(err, &m) {
		return err
	}
	switch {
	case m.Act == a.N:
		var r *Refusal
		if errors.As(m.Err, &r) {
			return r
		}
		return &Refusal{Message: m.Why + "。没有办理。", Act: -1, Err: err}
	case m.Act >= first:
		return &Refusal{Act: -1, Err: err,
			Message: fmt.Sprintf("这次一并办理的“%s”和“%s”不能同时成立（%s）。都没有办理；请核对日期和先后。", d.j.book.Title(a.Kind), m.Title, m.Why)}
	}
	return &Refusal{Act: m.Act, Err: err,
		Message: fmt.Sprintf("这样办理之后，第 %d 号“%s”就不能成立（%s）。没有办理；请先处理第 %d 号。", m.Act, m.Title, m.Why, m.Act)}
}

// lifeOf returns when an entity exists.
func (d *desk) lifeOf(ctx context.Context, id int64) (Span, error) {
	if e := d.live[id]; e != nil {
		return e.now.Life, nil
	}
	if s, ok := d.lives[id]; ok {
		return s, nil
	}
	type life struct{ From, To calendar.Date }
	s, err := db.One[life](ctx, d.tx, `SELECT from_day, to_day FROM journal_entity WHERE town = $1 AND id = $2`, d.town, id)
	if db.Kind(err) == db.NotFound {
		err = nil
	}
	d.lives[id] = Span(s)
	return Span(s), err
}
