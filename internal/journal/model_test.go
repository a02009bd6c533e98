package journal

import (
	"encoding/json"
	"fmt"
	"sort"

	"cunju/internal/calendar"
)

// model is what the toy slice means, told once more in another way: it keeps everything that was recorded, and works any
// question out from the beginning.
type model struct{ log []entry }

// entry is one act of the model's log.
type entry struct {
	kind    string
	day     calendar.Date // effective
	about   int64         // the entity; of a correction, the act
	n       int64         // balls
	name    string
	till    calendar.Date
	fixDay  calendar.Date // of a correction, "" to keep
	fixBody *entry        // likewise, nil to keep
	targets []int64       // of an erasure
}

type mBox struct {
	name     string
	balls    int64
	from, to calendar.Date
	moves    []mMove
}

type mMove struct {
	act int64
	day calendar.Date
	n   int64
}

type mTag struct {
	box      int64
	from, to calendar.Date
	act      int64
}

type world struct {
	boxes map[int64]*mBox
	tags  map[int64]*mTag
}

func meta(kind string) bool { return kind == "correct" || kind == "void" || kind == "erase" }

// reading tells how act i reads for someone who knows the acts up to known: not at all when it is void.
func (m *model) reading(i int64, known int64) (e entry, ok bool) {
	e, ok = m.log[i], true
	erasedAt := m.erased(i)
	lastBefore := int64(-1) // the last correction that an erasure swallowed
	for k := range m.log {
		if x := m.log[k]; (x.kind == "correct" || x.kind == "void") && x.about == i && erasedAt >= 0 && int64(k) < erasedAt {
			lastBefore = int64(k)
		}
	}
	for k := range m.log {
		x := m.log[k]
		if x.kind != "correct" && x.kind != "void" || x.about != i || int64(k) > known {
			continue
		}
		if erasedAt >= 0 && int64(k) < erasedAt && known < lastBefore {
			continue // what an earlier correction said is gone
		}
		if x.kind == "void" {
			ok = false
			continue
		}
		ok = true
		if x.fixDay != "" {
			e.day = x.fixDay
		}
		if x.fixBody != nil {
			e.n, e.name, e.till = x.fixBody.n, x.fixBody.name, x.fixBody.till
			if e.kind == "hang" {
				e.about = x.fixBody.about
			}
		}
	}
	if erasedAt >= 0 {
		e.n, e.name, e.till = 0, "", ""
		if e.kind == "hang" {
			e.about = 0
		}
	}
	return e, ok
}

// erased returns the act that erased act i, −1 if none did.
func (m *model) erased(i int64) int64 {
	for k, x := range m.log {
		for _, t := range x.targets {
			if t == i {
				return int64(k)
			}
		}
	}
	return -1
}

// at works out the world on a day as known at an act. The error names the act that does not fit.
func (m *model) at(day calendar.Date, known int64) (world, error) {
	type placed struct {
		entry
		i int64
	}
	var order []placed
	for i := range m.log {
		if int64(i) > known || meta(m.log[i].kind) {
			continue
		}
		if e, ok := m.reading(int64(i), known); ok && e.day <= day {
			order = append(order, placed{e, int64(i)})
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return order[a].day < order[b].day })
	w := world{map[int64]*mBox{}, map[int64]*mTag{}}
	for _, e := range order {
		switch e.kind {
		case "open":
			w.boxes[e.i] = &mBox{name: e.name, from: e.day, to: calendar.Forever}
			continue
		case "hang":
			w.tags[e.i] = &mTag{e.about, e.day, e.till, e.i}
			continue
		}
		b := w.boxes[e.about]
		switch {
		case b == nil:
			return w, fmt.Errorf("act %d: no box %d", e.i, e.about)
		case e.kind == "close":
			b.to = e.day
		case b.to != calendar.Forever:
			return w, fmt.Errorf("act %d: box is closed", e.i)
		default:
			b.balls += e.n
			b.moves = append(b.moves, mMove{e.i, e.day, e.n})
			if b.balls < 0 {
				return w, fmt.Errorf("act %d: too few balls", e.i)
			}
		}
	}
	return w, nil
}

// grounded reports whether everything that a tag hangs on is there all the time. A tag can hang on a tag.
func (w world) grounded() bool {
	for _, t := range w.tags {
		if t.from >= t.to {
			continue
		}
		var life Span
		if b := w.boxes[t.box]; b != nil {
			life = Span{b.from, b.to}
		} else if other := w.tags[t.box]; other != nil {
			life = Span{other.from, other.to}
		}
		if life.Empty() || t.from < life.From || t.to > life.To {
			return false
		}
	}
	return true
}

// all is the world with everything known.
func (m *model) all() (world, error) { return m.at(calendar.Forever, int64(len(m.log))) }

// add appends an entry, or says why it would be refused.
func (m *model) add(e entry) error {
	switch e.kind {
	case "put", "close":
		if e.about < 0 || e.about >= int64(len(m.log)) || m.log[e.about].kind != "open" {
			return fmt.Errorf("not a box")
		}
	case "correct", "void":
		if e.about < 0 || e.about >= int64(len(m.log)) || meta(m.log[e.about].kind) {
			return fmt.Errorf("nothing to correct")
		}
		if e.fixBody != nil && m.erased(e.about) >= 0 {
			return fmt.Errorf("its contents are gone")
		}
	case "erase":
		seen := map[int64]bool{}
		for _, t := range e.targets {
			if t < 0 || t >= int64(len(m.log)) || meta(m.log[t].kind) || m.erased(t) >= 0 || seen[t] {
				return fmt.Errorf("nothing to erase")
			}
			seen[t] = true
		}
	}
	m.log = append(m.log, e)
	if _, err := m.all(); err != nil {
		m.log = m.log[:len(m.log)-1]
		return err
	}
	return nil
}

func (m *model) clone() *model { return &model{append([]entry(nil), m.log...)} }

// body is the entry's body as the toy slice has it.
func (e entry) body(kind string) json.RawMessage {
	var v any
	switch kind {
	case "open":
		v = openBox{e.name}
	case "put":
		v = putBalls{e.n}
	case "close":
		v = closeBox{}
	case "hang":
		v = hangTag{e.about, e.till}
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
