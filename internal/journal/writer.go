package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
)

// Writer is what a request's Decide works with: it reads states and tables inside the town's write transaction and adds acts.
// It is valid only during Decide and by one goroutine.
//
// A method that refuses leaves the request as it was: Decide may note the refusal and go on, as an importer does that shows all
// faults at once. Only what Decide returns decides whether the request is recorded. After [Writer.Flush] failed nothing more
// can be done in the request.
type Writer struct {
	Town    string
	desk    *desk
	by      By
	answer  string  // to warnings
	doubts  []Doubt // of the request's acts
	doubted []Deed  // the acts that they are about
	row     int     // of a sheet, from which the acts come
	now     int64   // recorded, unix milliseconds, the same for all acts of a request
	first   int64   // number of the request's first act
	settled int64   // acts before this one have their ground
	wrote   bool    // something of this request is in the tables
	broken  error   // why nothing more can be done
}

// errCareful ends a transaction whose requests cannot be told apart any more: each is then decided again behind a savepoint.
var errCareful = errors.New("requests must be written one by one")

// Query lets a Writer be used as a [db.Querier]. Tables show the acts of this request only after [Writer.Flush].
func (w *Writer) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	if err := w.earlier(ctx); err != nil {
		return nil, err
	}
	return w.desk.tx.Query(ctx, sql, args...)
}

// Exec implements [db.Querier]; projections are written by the journal alone, so slices have no use for it.
func (w *Writer) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := w.earlier(ctx); err != nil {
		return 0, err
	}
	w.wrote = true
	return w.desk.tx.Exec(ctx, sql, args...)
}

// earlier writes what earlier requests of the transaction left on the desk, so that this one sees it in the tables.
func (w *Writer) earlier(ctx context.Context) error {
	if w.broken != nil {
		return w.broken
	}
	if w.desk.written >= w.first && len(w.desk.requests) == 0 {
		return nil
	}
	if w.desk.next > w.first { // its own acts lie there too, and are not to be seen yet
		w.broken = errCareful
		return w.broken
	}
	if err := w.desk.write(ctx); err != nil {
		w.broken = fmt.Errorf("%w: %w", errCareful, err)
	}
	return w.broken
}

// Load reads the histories of many entities at once. Requests that touch thousands call it first; others need not.
func (w *Writer) Load(ctx context.Context, ids ...int64) error { return w.desk.loadMany(ctx, ids) }

// Flush writes the acts added so far and the rows that they changed, so that queries of this request see them. The journal
// does it by itself at the end of every request.
func (w *Writer) Flush(ctx context.Context) error {
	if w.broken == nil {
		w.broken = w.settle(ctx)
	}
	if w.broken == nil && w.desk.written < w.desk.next {
		w.wrote = true
		if w.broken = w.desk.write(ctx); w.broken == nil {
			w.desk.clear()
		}
	}
	return w.broken
}

// settle checks that the acts added so far have their ground.
func (w *Writer) settle(ctx context.Context) error {
	err := w.desk.settle(ctx, w.settled, w.first)
	if err == nil {
		w.settled = w.desk.next
	}
	return err
}

// undo takes the request's acts from the desk. It cannot when something of them is written already.
func (w *Writer) undo() bool {
	if w.wrote {
		return false
	}
	d := w.desk
	var ids []int64
	for _, a := range d.acts[w.first-d.base:] {
		ids = append(ids, a.act.On...)
	}
	d.acts, d.next = d.acts[:w.first-d.base], w.first
	return d.cut(ids, w.first) == nil
}

// Next returns the number that the next act will have, which is the id of the entity if it creates one.
func (w *Writer) Next() int64 { return w.desk.next }

// Today is the day on which the request is recorded, in China's time. It never goes back, even when the machine's clock does.
func (w *Writer) Today() calendar.Date {
	return calendar.Today(func() time.Time { return time.UnixMilli(w.now) })
}

// Doubt is a warning of an act, or what could not be judged for want of facts.
type Doubt struct {
	law.Verdict
	Row int // of the sheet that the act comes from, 0 for none
}

// Doubts are those of the request's acts so far.
func (w *Writer) Doubts() []Doubt { return w.doubts }

// Row says from which row of a sheet the next acts come, so that their doubts can be told by row.
func (w *Writer) Row(n int) { w.row = n }

// Deed says what an act will do to whom: its kind and the entities it is about, without one that it creates.
type Deed struct {
	Kind string
	On   []int64
}

// Doubted are the request's acts so far that have such verdicts.
func (w *Writer) Doubted() []Deed { return w.doubted }

func doubtful(verdicts []law.Verdict) (out []law.Verdict) {
	for _, v := range verdicts {
		if v.Outcome == law.Warn || v.Outcome == law.Undecided {
			out = append(out, v)
		}
	}
	return out
}

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
	if info := w.desk.j.book.kinds[k.Name]; len(info.guards) > 0 {
		var read any = &body
		more, err := info.guarded(ctx, w, Reading[any]{w.Next(), on, effective, &read})
		if err != nil {
			return 0, err
		}
		verdicts = slices.Concat(verdicts, more)
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
	if w.broken != nil {
		return 0, w.broken
	}
	d := w.desk
	if _, ok := d.j.book.kinds[kind]; !ok {
		return 0, fmt.Errorf("kind %s is not in the book", kind)
	}
	if !effective.Valid() {
		return 0, RefuseField("effective", "生效日期“%s”不是有效的日期。", effective)
	}
	n := d.next
	about := make([]int64, 0, len(on)+1)
	if d.j.book.makes[kind] != nil {
		about = append(about, n)
	}
	for _, id := range on {
		if !slices.Contains(about, id) {
			about = append(about, id)
		}
	}
	if len(about) == 0 {
		return 0, fmt.Errorf("act of kind %s is about nothing", kind)
	}
	a := Act{Town: w.Town, N: n, Kind: kind, Recorded: w.now, Effective: effective,
		Envelope: Envelope{By: w.by, On: about, Verdicts: verdicts, Body: body}}
	doubts := doubtful(verdicts)
	if doubts != nil {
		a.Answer = w.answer
	}
	payload, err := a.Envelope.sealed()
	if err != nil {
		return 0, err
	}
	for i, id := range about {
		if err := d.grow(ctx, id, a, w.first); err != nil {
			w.broken = d.cut(about[:i+1], n)
			return 0, err
		}
	}
	d.acts = append(d.acts, newAct{a, payload})
	d.next++
	if doubts != nil {
		w.doubted = append(w.doubted, Deed{kind, on})
	}
	for _, v := range doubts {
		w.doubts = append(w.doubts, Doubt{v, w.row})
	}
	return n, nil
}

// target reads an act that is to be corrected; corrections themselves are corrected by correcting their target again.
func (w *Writer) target(ctx context.Context, n int64) (a Act, err error) {
	if own := w.desk.own(n); own != nil {
		a = own.act
	} else if a, err = Read(ctx, w.desk.tx, w.Town, n); db.Kind(err) == db.NotFound {
		return a, Refuse("没有第 %d 号事项。", n)
	} else if err != nil {
		return a, err
	}
	if isMeta(a.Kind) {
		return a, Refuse("第 %d 号本身是“%s”。请对它所更正的那一号再作更正。", n, w.desk.j.book.Title(a.Kind))
	}
	return a, nil
}

// State returns the state of an entity inside the request, its own new acts included. ok is false when there is none of this
// type. The state is the journal's own: read it, do not change it.
func State[S any](ctx context.Context, w *Writer, id int64) (s *S, ok bool, err error) {
	if id < 0 || id >= w.desk.next {
		return nil, false, nil
	}
	e, err := w.desk.load(ctx, id)
	if err != nil {
		return nil, false, err
	}
	s, ok = e.fold.state.(*S)
	return s, ok, nil
}

// LastAct returns the number of the last act of an entity's history: what a form carries so that a conflict is noticed.
func (w *Writer) LastAct(ctx context.Context, id int64) (int64, error) {
	e, err := w.desk.load(ctx, id)
	if err != nil || len(e.acts) == 0 {
		return -1, err
	}
	return e.acts[len(e.acts)-1].N, nil
}

// Expect refuses with a [Conflict] when the entity has acts after seen.
func (w *Writer) Expect(ctx context.Context, id, seen int64) error {
	e, err := w.desk.load(ctx, id)
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
