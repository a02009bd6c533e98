package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
	"cunju/internal/ledger"
)

// Writer is what a request's Decide works with: it reads states and tables inside the town's write transaction and adds acts.
// It is valid only during Decide and by one goroutine.
type Writer struct {
	Town  string
	j     *Journal
	tx    *db.Tx
	by    By
	now   int64 // recorded, unix milliseconds, the same for all acts of a request
	first int64 // number of the request's first act
	next  int64 // number of the next act

	added  []newAct          // decided, not yet written
	acts   []newAct          // written by earlier flushes
	sealed []tlog.Hash       // leaf hashes of acts
	live   map[int64]*entity // entities read or touched by this request
	dirty  []int64           // entities whose history grew, in order
	lives  map[int64]Span    // cache for checkUses
}

// newAct is an act that is decided but not yet written.
type newAct struct {
	act     Act
	on      []int64
	payload []byte
}

// entity is one entity with its history, as a request sees it.
type entity struct {
	id      int64
	acts    []Act // in order of number, new ones included
	fold    folding
	before  Print // as the tables show it now
	lines   []ledger.Line
	existed bool
	grown   bool
}

// Query lets a Writer be used as a [db.Querier]. Tables show the acts of this request only after [Writer.Flush].
func (w *Writer) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	return w.tx.Query(ctx, sql, args...)
}

// Exec implements [db.Querier]; projections are written by the journal alone, so slices have no use for it.
func (w *Writer) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	return w.tx.Exec(ctx, sql, args...)
}

// Next returns the number that the next act will have, which is the id of the entity if it creates one.
func (w *Writer) Next() int64 { return w.next }

// Today is the day on which the request is recorded, in China's time.
func (w *Writer) Today() calendar.Date { return w.j.today() }

// By is who makes the request.
func (w *Writer) By() By { return w.by }

// Add decides one act: kind, effective date, the existing entities it is about, body and the verdicts it was decided on. The
// entity that it creates, if it creates one, is not listed: its id is the returned number. The act is folded at once; an act
// that does not fit is refused here.
func Add[B any](ctx context.Context, w *Writer, k Kind[B], effective calendar.Date, on []int64, body B, verdicts ...law.Verdict) (int64, error) {
	if k.Check != nil {
		if err := k.Check(&body); err != nil {
			return 0, refusalOf(err)
		}
	}
	if err := Judge(verdicts...); err != nil {
		return 0, err
	}
	raw, err := encode(body)
	if err != nil {
		return 0, err
	}
	return w.add(ctx, k.Name, effective, on, raw, verdicts)
}

// refusalOf keeps refusals and makes one of any other error of a check.
func refusalOf(err error) error {
	var r *Refusal
	if errors.As(err, &r) {
		return err
	}
	return &Refusal{Message: err.Error(), Act: -1, Err: err}
}

func (w *Writer) add(ctx context.Context, kind string, effective calendar.Date, on []int64, body json.RawMessage, verdicts []law.Verdict) (int64, error) {
	if _, ok := w.j.book.kinds[kind]; !ok {
		return 0, fmt.Errorf("kind %s is not in the book", kind)
	}
	if !effective.Valid() {
		return 0, RefuseField("effective", "生效日期“%s”不是有效的日期。", effective)
	}
	n := w.next
	if w.j.book.makes[kind] != nil {
		on = append([]int64{n}, on...)
	}
	a := Act{Town: w.Town, N: n, Kind: kind, Recorded: w.now, Effective: effective,
		Envelope: Envelope{By: w.by, On: on, Verdicts: verdicts, Body: body}}
	payload, err := encode(a.Envelope)
	if err != nil {
		return 0, err
	}
	for _, id := range on {
		if err := w.grow(ctx, id, a); err != nil {
			return 0, err
		}
	}
	w.added = append(w.added, newAct{a, on, payload})
	w.next++
	return n, nil
}

// Correct records that act target should read thus; see [Correction].
func (w *Writer) Correct(ctx context.Context, c Correction) (int64, error) {
	target, err := w.target(ctx, c.Target)
	if err != nil {
		return 0, err
	}
	if len(c.Body) > 0 {
		if err := w.j.book.kinds[target.Kind].check(c.Body); err != nil {
			return 0, refusalOf(err)
		}
	}
	raw, err := encode(c)
	if err != nil {
		return 0, err
	}
	if err := reasonGiven(c.Reason); err != nil {
		return 0, RefuseField("reason", "%v。", err)
	}
	return w.add(ctx, Correct.Name, w.Today(), target.On, raw, nil)
}

// Void records that act target was entered in error.
func (w *Writer) Void(ctx context.Context, v Voiding) (int64, error) {
	target, err := w.target(ctx, v.Target)
	if err != nil {
		return 0, err
	}
	if err := reasonGiven(v.Reason); err != nil {
		return 0, RefuseField("reason", "%v。", err)
	}
	raw, err := encode(v)
	if err != nil {
		return 0, err
	}
	return w.add(ctx, Void.Name, w.Today(), target.On, raw, nil)
}

// target reads an act that is to be corrected; corrections themselves are corrected by correcting their target again.
func (w *Writer) target(ctx context.Context, n int64) (Act, error) {
	for _, a := range append(w.acts, w.added...) {
		if a.act.N == n {
			return a.act, nil
		}
	}
	a, err := Read(ctx, w.tx, w.Town, n)
	if db.Kind(err) == db.NotFound {
		return a, Refuse("没有第 %d 号事项。", n)
	}
	if err != nil {
		return a, err
	}
	if isMeta(a.Kind) {
		return a, Refuse("第 %d 号本身是“%s”。请对它所更正的那一号再作更正。", n, w.j.book.Title(a.Kind))
	}
	return a, nil
}

// load reads an entity's history into the request.
func (w *Writer) load(ctx context.Context, id int64) (*entity, error) {
	if e := w.live[id]; e != nil {
		return e, nil
	}
	e := &entity{id: id, fold: folding{book: w.j.book, town: w.Town, entity: id}}
	if id < w.first { // older than this request
		acts, err := Acts(ctx, w.tx, w.Town, id)
		if err != nil {
			return nil, err
		}
		e.acts, e.existed = acts, len(acts) > 0
		if err := e.refold(w.j.book, w.Town); err != nil {
			return nil, fmt.Errorf("entity %d of %s as stored: %w", id, w.Town, err)
		}
		e.before, e.lines = e.print(), slices.Clone(e.fold.lines)
	}
	w.live[id] = e
	return e, nil
}

// refold folds the whole history anew.
func (e *entity) refold(b *Book, town string) error {
	e.fold = folding{book: b, town: town, entity: e.id}
	for _, a := range effectiveOrder(e.acts) {
		if err := e.fold.apply(a); err != nil {
			return err
		}
	}
	return nil
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
// act named.
func (w *Writer) grow(ctx context.Context, id int64, a Act) error {
	e, err := w.load(ctx, id)
	if err != nil {
		return err
	}
	if len(e.acts) == 0 && a.N != id {
		return Refuse("没有第 %d 号对象，“%s”无法办理。", id, w.j.book.Title(a.Kind))
	}
	e.acts = append(e.acts, a)
	if !e.grown {
		e.grown = true
		w.dirty = append(w.dirty, id)
	}
	if e.fold.state != nil && !isMeta(a.Kind) && a.Effective >= e.fold.last.Effective || len(e.acts) == 1 {
		err = e.fold.apply(a)
	} else {
		err = e.refold(w.j.book, w.Town)
	}
	return w.misfit(a, err)
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

// State returns the state of an entity inside the request, its own new acts included. ok is false when there is none of this
// type.
func State[S any](ctx context.Context, w *Writer, id int64) (s *S, ok bool, err error) {
	if id < 0 || id >= w.next {
		return nil, false, nil
	}
	e, err := w.load(ctx, id)
	if err != nil {
		return nil, false, err
	}
	s, ok = e.fold.state.(*S)
	return s, ok, nil
}

// LastAct returns the number of the last act of an entity's history: what a form carries so that a conflict is noticed.
func (w *Writer) LastAct(ctx context.Context, id int64) (int64, error) {
	e, err := w.load(ctx, id)
	if err != nil || len(e.acts) == 0 {
		return -1, err
	}
	return e.acts[len(e.acts)-1].N, nil
}

// Expect refuses with a [Conflict] when the entity has acts after seen.
func (w *Writer) Expect(ctx context.Context, id, seen int64) error {
	e, err := w.load(ctx, id)
	if err != nil {
		return err
	}
	for i, a := range e.acts {
		if a.N > seen {
			return &Conflict{Entity: id, Seen: seen, Since: slices.Clone(e.acts[i:])}
		}
	}
	return nil
}
