package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cunju/internal/ledger"
)

// entity is one entity with its history, as a request sees it.
type entity struct {
	id      int64
	acts    []Act // in order of number, new ones included
	fold    folding
	before  Print         // as the tables show it now
	lines   []ledger.Line // likewise
	existed bool          // the tables show it
}

// load reads an entity's history into the request. An entity that does not exist has no acts.
func (w *Writer) load(ctx context.Context, id int64) (*entity, error) {
	if e := w.live[id]; e != nil {
		return e, nil
	}
	e := &entity{id: id}
	if id < w.first { // older than this request
		acts, err := Acts(ctx, w.tx, w.Town, id)
		if err != nil {
			return nil, err
		}
		if len(acts) > 0 {
			e.acts, e.existed = acts, true
			if e.fold, err = foldAll(w.j.book, w.Town, id, acts); err != nil {
				return nil, fmt.Errorf("entity %d of %s as stored: %w", id, w.Town, err)
			}
			e.before, e.lines = e.print(), slices.Clone(e.fold.lines)
		}
	}
	w.live[id] = e
	return e, nil
}

// print prints the state; an entity whose acts are all void prints nothing.
func (e *entity) print() Print {
	if e.fold.state == nil {
		return Print{}
	}
	return e.fold.typ.print(e.id, e.fold.state)
}

// grow adds an act to an entity's history and folds it. An act that comes last in effective order is applied to the state at
// hand; any other has the history folded anew, and if then a later act no longer fits, the new one is refused and that later
// act named. After an error, shrink must follow.
func (w *Writer) grow(ctx context.Context, id int64, a Act) error {
	e, err := w.load(ctx, id)
	if err != nil {
		return err
	}
	if len(e.acts) == 0 {
		if a.N != id {
			return Refuse("没有第 %d 号对象，“%s”无法办理。", id, w.j.book.Title(a.Kind))
		}
		if e.fold, err = newFolding(w.j.book, w.Town, id, a); err != nil {
			return err
		}
	}
	if !w.unwritten(e) {
		w.dirty = append(w.dirty, id)
	}
	e.acts = append(e.acts, a)
	if !isMeta(a.Kind) && (len(e.acts) == 1 || e.fold.state != nil && a.Effective >= e.fold.last.Effective) {
		err = e.fold.apply(a)
	} else {
		e.fold, err = foldAll(w.j.book, w.Town, id, e.acts)
	}
	return w.misfit(a, err)
}

// unwritten reports whether the entity's history grew since the last flush.
func (w *Writer) unwritten(e *entity) bool {
	return len(e.acts) > 0 && e.acts[len(e.acts)-1].N >= w.next-int64(len(w.added))
}

// shrink takes act n, which was refused, out of the histories that it was added to.
func (w *Writer) shrink(ids []int64, n int64) {
	for _, id := range ids {
		e := w.live[id]
		if e == nil || len(e.acts) == 0 || e.acts[len(e.acts)-1].N != n {
			continue
		}
		e.acts = e.acts[:len(e.acts)-1]
		if !w.unwritten(e) {
			w.dirty = slices.DeleteFunc(w.dirty, func(d int64) bool { return d == id })
		}
		if len(e.acts) == 0 {
			delete(w.live, id)
			continue
		}
		var err error
		if e.fold, err = foldAll(w.j.book, w.Town, id, e.acts); err != nil {
			w.broken = fmt.Errorf("entity %d of %s without act %d: %w", id, w.Town, n, err)
		}
	}
}

// misfit turns a fold's error into a refusal that names the act in the way.
func (w *Writer) misfit(a Act, err error) error {
	var m *Misfit
	if !errors.As(err, &m) {
		return err
	}
	if m.Act == a.N {
		var r *Refusal
		if errors.As(m.Err, &r) {
			return r
		}
		return &Refusal{Message: m.Why + "。没有办理。", Act: -1, Err: err}
	}
	return &Refusal{Act: m.Act, Err: err,
		Message: fmt.Sprintf("这样办理之后，第 %d 号“%s”就不能成立（%s）。没有办理；请先处理第 %d 号。", m.Act, m.Title, m.Why, m.Act)}
}
