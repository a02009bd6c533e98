package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// spec is one request of a scenario.
type spec struct {
	steps    []entry
	rehearse bool
	manner   string
}

// The manners of a Decide: what slices may do, and what they should not.
var manners = []string{"plain", "plain", "plain", "plain", "flush", "query", "ask first", "forgive", "error", "panic"}

func genDay(t *rapid.T) calendar.Date {
	return calendar.Of(2026, rapid.IntRange(1, 9).Draw(t, "month"), 1)
}

func genEntry(t *rapid.T, m *model) entry {
	size := int64(len(m.log))
	id := func(kind string) int64 { // mostly of the right kind
		var ids []int64
		for i, e := range m.log {
			if e.kind == kind {
				ids = append(ids, int64(i))
			}
		}
		if len(ids) == 0 || rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
			return rapid.Int64Range(-1, size).Draw(t, "any")
		}
		return rapid.SampledFrom(ids).Draw(t, "id")
	}
	act := func() int64 { return rapid.Int64Range(-1, size).Draw(t, "act") }
	switch kind := rapid.SampledFrom([]string{"open", "put", "put", "put", "put", "close", "hang", "correct", "correct", "void", "erase"}).Draw(t, "kind"); kind {
	case "open":
		return entry{kind: kind, day: genDay(t), name: rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "name")}
	case "put":
		return entry{kind: kind, day: genDay(t), about: id("open"), n: rapid.Int64Range(-2, 4).Draw(t, "n")}
	case "close":
		return entry{kind: kind, day: genDay(t), about: id("open")}
	case "hang":
		return entry{kind: kind, day: genDay(t), about: id("open"), till: genDay(t)}
	case "correct":
		e := entry{kind: kind, about: act()}
		if rapid.Bool().Draw(t, "day") {
			e.fixDay = genDay(t)
		}
		if rapid.Bool().Draw(t, "body") {
			e.fixBody = &entry{n: rapid.Int64Range(-2, 4).Draw(t, "n"), name: "丁", about: id("open"), till: genDay(t)}
		}
		return e
	case "void":
		return entry{kind: kind, about: act()}
	default:
		return entry{kind: kind, targets: rapid.SliceOfN(rapid.Int64Range(-1, size), 1, 2).Draw(t, "targets")}
	}
}

// step records one entry through the Writer.
func step(ctx context.Context, w *Writer, m *model, e entry) error {
	var err error
	switch e.kind {
	case "open":
		_, err = Add(ctx, w, kOpen, e.day, nil, openBox{e.name})
	case "put":
		_, err = Add(ctx, w, kPut, e.day, []int64{e.about}, putBalls{e.n})
	case "close":
		_, err = Add(ctx, w, kClose, e.day, []int64{e.about}, closeBox{})
	case "hang":
		_, err = Add(ctx, w, kHang, e.day, nil, hangTag{e.about, e.till})
	case "correct":
		c := Correction{Target: e.about, Effective: e.fixDay, Reason: "核对后更正"}
		if e.fixBody != nil && e.about >= 0 && e.about < int64(len(m.log)) {
			c.Body = e.fixBody.body(m.log[e.about].kind)
		}
		_, err = w.Correct(ctx, c)
	case "void":
		_, err = w.Void(ctx, Voiding{Target: e.about, Reason: "录错"})
	case "erase":
		_, err = w.Erase(ctx, Erasure{Targets: e.targets, Basis: "个人信息保护法 第四十七条"})
	}
	return err
}

// scenario is a town under test beside its model.
type scenario struct {
	t *rapid.T
	j *Journal
	m *model
	y *toy
}

// expect is what the model says of a request: the log after it, or an error.
func (s *scenario) expect(sp spec, m *model) error {
	grounded := func() bool {
		w, _ := m.all()
		return w.grounded()
	}
	for _, e := range sp.steps {
		if e.kind == "erase" && !grounded() { // it flushes
			return errors.New("no ground")
		}
		if err := m.add(e); err != nil {
			if sp.manner == "forgive" && e.kind != "erase" {
				continue
			}
			return err
		}
		if sp.manner == "flush" && !grounded() {
			return errors.New("no ground")
		}
	}
	if sp.manner == "error" || sp.manner == "panic" {
		return errors.New(sp.manner)
	}
	if !grounded() {
		return errors.New("no ground")
	}
	return nil
}

// decide carries a spec out. before is the model as the request finds it.
func (s *scenario) decide(sp spec, before *model) func(context.Context, *Writer) error {
	boxes := func(m *model) int64 {
		w, _ := m.all()
		return int64(len(w.boxes))
	}
	return func(ctx context.Context, w *Writer) error {
		m := before.clone()
		seen := boxes(m)
		look := func() error {
			n, err := db.One[int64](ctx, w, `SELECT count(*) FROM toy_box WHERE town = $1`, w.Town)
			if err == nil && n != seen {
				err = &Refusal{Message: fmt.Sprintf("the tables show %d boxes, not %d", n, seen), Field: "broken test"}
			}
			return err
		}
		if sp.manner == "ask first" {
			if err := look(); err != nil {
				return err
			}
		}
		for _, e := range sp.steps {
			if e.kind == "erase" { // it flushes
				seen = boxes(m)
			}
			err := step(ctx, w, m, e)
			switch {
			case err != nil && sp.manner == "forgive" && e.kind != "erase":
				continue
			case err != nil:
				return err
			}
			if err := m.add(e); err != nil {
				return &Refusal{Message: fmt.Sprintf("recorded, but the model says %v", err), Field: "broken test"}
			}
			switch sp.manner {
			case "flush":
				if err := w.Flush(ctx); err != nil {
					return err
				}
				seen = boxes(m)
				if err := look(); err != nil {
					return err
				}
			case "query":
				if err := look(); err != nil {
					return err
				}
			}
		}
		switch sp.manner {
		case "error":
			return errors.New("no reason")
		case "panic":
			panic("bang")
		}
		return nil
	}
}

// together submits the requests while the writer is held up, so that they share a transaction.
func (s *scenario) together(specs []spec) {
	held, release := make(chan bool), make(chan bool)
	gate := &job{ctx: s.y.ctx, done: make(chan answer, 1), req: Request{Decide: func(context.Context, *Writer) error { close(held); <-release; return nil }}}
	if err := s.j.enqueue(s.y.town, gate); err != nil {
		s.t.Fatal(err)
	}
	<-held
	var jobs []*job
	var want []error
	var models []*model
	m := s.m
	for _, sp := range specs {
		after := m.clone()
		err := s.expect(sp, after)
		jb := &job{ctx: s.y.ctx, rehearse: sp.rehearse, done: make(chan answer, 1), req: Request{Decide: s.decide(sp, m)}}
		if err := s.j.enqueue(s.y.town, jb); err != nil {
			s.t.Fatal(err)
		}
		jobs, want, models = append(jobs, jb), append(want, err), append(models, m)
		if err == nil && !sp.rehearse {
			m = after
		}
	}
	close(release)
	if a := <-gate.done; a.err != nil {
		s.t.Fatal(a.err)
	}
	for i, jb := range jobs {
		a := <-jb.done
		if (a.err == nil) != (want[i] == nil) {
			s.t.Fatalf("request %d of %d, %+v:\nthe journal says %v\nthe model says %v", i, len(jobs), specs[i], a.err, want[i])
		}
		var r *Refusal
		if errors.As(a.err, &r) && (r.Field == "broken test" || r.Act >= int64(len(models[i].log)) || r.Message == "") {
			s.t.Fatalf("request %d: refusal %+v of a journal of %d acts", i, r, len(models[i].log))
		}
		if a.err == nil && a.receipt.First != int64(len(models[i].log)) {
			s.t.Fatalf("request %d: receipt %+v, want first %d", i, a.receipt, len(models[i].log))
		}
	}
	s.m = m
}

// agree holds everything that can be read against the model.
func (s *scenario) agree() {
	if n, err := Size(s.y.ctx, s.j.DB, s.y.town); err != nil || n != int64(len(s.m.log)) {
		s.t.Fatalf("size %d, %v; want %d", n, err, len(s.m.log))
	}
	w, err := s.m.all()
	if err != nil {
		s.t.Fatal(err)
	}
	rows, err := db.All[struct {
		ID    int64
		Name  string
		Balls int64
	}](s.y.ctx, s.j.DB, `SELECT id, name, balls FROM toy_box WHERE town = $1`, s.y.town)
	if err != nil || len(rows) != len(w.boxes) {
		s.t.Fatalf("%d rows, %v; the model has %d boxes", len(rows), err, len(w.boxes))
	}
	for _, r := range rows {
		if b := w.boxes[r.ID]; b == nil || b.name != r.Name || b.balls != r.Balls {
			s.t.Fatalf("row %+v, the model has %+v", r, b)
		}
	}
	for range 6 {
		day, known := genDay(s.t), rapid.Int64Range(0, int64(len(s.m.log))).Draw(s.t, "known")
		s.agreeAt(day, known)
	}
	s.ledger(w)
}

// agreeAt compares states on a day as known at an act. Where a later act is not known yet, a history may not have fitted at the
// time that someone asks about after an erasure; then both must say so.
func (s *scenario) agreeAt(day calendar.Date, known int64) {
	w, werr := s.m.at(day, known)
	var failed error
	for i, e := range s.m.log {
		if e.kind != "open" {
			continue
		}
		b, ok, err := StateOf[box](s.y.ctx, s.j.DB, s.j.book, s.y.town, int64(i), At{Day: day, Known: known})
		if err != nil {
			failed = err
			continue
		}
		want := w.boxes[int64(i)]
		if werr == nil && (ok != (want != nil) || ok && (b.balls != want.balls || b.name != want.name || b.to != want.to)) {
			s.t.Fatalf("box %d on %s as known at %d: %+v %v, the model has %+v", i, day, known, b, ok, want)
		}
	}
	if (failed == nil) != (werr == nil) {
		s.t.Fatalf("on %s as known at %d: the journal says %v, the model %v", day, known, failed, werr)
	}
}

func (s *scenario) ledger(w world) {
	ids := make([]int64, 0, len(w.boxes))
	for id := range w.boxes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	day, later := genDay(s.t), genDay(s.t)
	if day > later {
		day, later = later, day
	}
	for _, id := range ids {
		account := fmt.Sprintf("%d/balls", id)
		var opening, closing, in, out int64
		var moved int
		for _, mv := range w.boxes[id].moves {
			if mv.day <= day {
				opening += mv.n
			}
			if mv.day <= later {
				closing += mv.n
			}
			if mv.day > day && mv.day <= later && mv.n != 0 {
				in, out, moved = in+max(mv.n, 0), out+max(-mv.n, 0), moved+1
			}
		}
		a, err1 := ledger.Balance(s.y.ctx, s.j.DB, s.y.town, "ball", account, day)
		z, err2 := ledger.Balance(s.y.ctx, s.j.DB, s.y.town, "ball", account, later)
		mv, err3 := ledger.Movements(s.y.ctx, s.j.DB, s.y.town, "ball", account, day, later)
		st, err4 := ledger.Statement(s.y.ctx, s.j.DB, s.y.town, "ball", account, day, later, 0)
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			s.t.Fatal(err)
		}
		var mIn, mOut int64
		for _, x := range mv {
			mIn, mOut = mIn+x.In, mOut+x.Out
		}
		if a != opening || z != closing || mIn != in || mOut != out || a+mIn-mOut != z || len(st) != moved {
			s.t.Fatalf("account %s from %s to %s: %d +%d −%d = %d with %d lines; want %d +%d −%d = %d with %d", account, day, later, a, mIn, mOut, z, len(st), opening, in, out, closing, moved)
		}
	}
}

// Whatever is recorded, corrected, voided, erased, rehearsed or refused, alone or in company: states, tables, ledger and seal
// are what the model works out, and a rebuild prints the same.
func TestJournalMeansWhatItsModelSays(t *testing.T) {
	each(t, func(y *toy) {
		n := 0
		rapid.Check(y.T, func(t *rapid.T) {
			n++
			town := *y
			town.town = fmt.Sprintf("%09d", n)
			if err := y.j.Found(y.ctx, town.town, "toy.example/"+town.town); err != nil {
				t.Fatal(err)
			}
			s := &scenario{t, y.j, &model{}, &town}
			for range rapid.IntRange(1, 12).Draw(t, "groups") {
				specs := make([]spec, rapid.IntRange(1, 4).Draw(t, "together"))
				draft := s.m.clone()
				for i := range specs {
					specs[i].manner = rapid.SampledFrom(manners).Draw(t, "manner")
					specs[i].rehearse = rapid.IntRange(0, 5).Draw(t, "rehearse") == 0
					for range rapid.IntRange(1, 3).Draw(t, "steps") {
						e := genEntry(t, draft)
						specs[i].steps = append(specs[i].steps, e)
						draft.add(e) // so that later steps have something to be about
					}
				}
				s.together(specs)
			}
			s.agree()
			rep, err := y.j.Verify(y.ctx, town.town, nil, nil)
			if err != nil || !rep.OK() {
				t.Fatalf("verify: %v %+v", err, rep.Faults)
			}
			_, diffs, err := y.j.CheckProjections(y.ctx, town.town, nil)
			if err != nil || len(diffs) > 0 {
				t.Fatalf("projections: %v %+v", err, diffs)
			}
			if _, err := y.j.Rebuild(y.ctx, town.town, nil); err != nil {
				t.Fatal(err)
			}
			s.agree()
		})
	})
}
