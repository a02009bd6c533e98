package journal

import (
	"encoding/json"
	"fmt"
	"sort"

	"cunju/internal/calendar"
	"cunju/internal/ledger"
)

// Correction is the body of [Correct]: act Target reads otherwise than it should, and should read thus. Corrections of one act
// build on each other; one that follows a [Void] brings the act back.
type Correction struct {
	Target    int64           `json:"target" title:"被更正的事项" ref:"act"`
	Effective calendar.Date   `json:"effective,omitempty" title:"更正后的生效日期"`     // "" keeps the date that the act has by now
	Body      json.RawMessage `json:"body,omitempty" title:"更正后的内容" as:"inner"` // absent keeps the body that the act has by now
	Reason    string          `json:"reason" title:"原因和依据" as:"long"`
}

// Voiding is the body of [Void]: act Target was entered in error.
type Voiding struct {
	Target int64  `json:"target" title:"被撤销的事项" ref:"act"`
	Reason string `json:"reason" title:"原因和依据" as:"long"`
}

// Erasure is the body of [Erase]: the payloads of the targets, and of what corrected them, were deleted by law.
type Erasure struct {
	Targets []int64 `json:"targets" title:"删除内容的事项" ref:"act"`
	Basis   string  `json:"basis" title:"依据" as:"long"`              // law and article
	Kept    []Kept  `json:"kept,omitempty" title:"保留的要素" as:"inner"` // what stays of each deleted payload; [Writer.Erase] fills it in
}

// Kept is what stays of an act whose payload was deleted: its place in the history, and of its body what its kind says
// ([Kind].Remnant). Sealed here, it cannot be claimed of an act that was never erased.
type Kept struct {
	Act        int64         `json:"act"`
	By         By            `json:"by"`
	On         []int64       `json:"on"`
	Correction int64         `json:"correction,omitempty"` // number of the correction that was in force for it
	Effective  calendar.Date `json:"effective,omitempty"`  // as that correction reads it
	Void       bool          `json:"void,omitempty"`       // it had been entered in error

	Left json.RawMessage `json:"left,omitempty"` // of the body as it was recorded
	Read json.RawMessage `json:"read,omitempty"` // of the body as that correction reads it, where it gave another
}

// remnant is the payload that an erased act keeps.
func (k Kept) remnant() ([]byte, error) { return Envelope{By: k.By, On: k.On}.sealed() }

// The three kinds that are about acts rather than entities.
var (
	Correct = Kind[Correction]{Name: "journal.correct/1", Title: "更正", Check: func(c *Correction) error { return reasonGiven(c.Reason) }}
	Void    = Kind[Voiding]{Name: "journal.void/1", Title: "撤销误录", Check: func(v *Voiding) error { return reasonGiven(v.Reason) }}
	Erase   = Kind[Erasure]{Name: "journal.erase/1", Title: "依法删除个人信息", Check: func(e *Erasure) error { return reasonGiven(e.Basis) }}
)

func reasonGiven(s string) error {
	if s == "" {
		return fmt.Errorf("请写明原因和依据")
	}
	return nil
}

// effectiveOrder applies corrections and sorts by (effective, number), as far as they were known when act known was recorded
// (negative: all). acts are in order of number.
func effectiveOrder(acts []Act, known int64) []Act {
	plain := true
	for i, a := range acts {
		if isMeta(a.Kind) || known >= 0 && a.N > known || i > 0 && a.Effective < acts[i-1].Effective {
			plain = false
			break
		}
	}
	if plain {
		return acts
	}
	fixes := correctionsIn(acts, known)
	out := make([]Act, 0, len(acts))
	for _, a := range acts {
		if isMeta(a.Kind) || known >= 0 && a.N > known {
			continue
		}
		if f, ok := fixes[a.N]; ok {
			if f.void {
				continue
			}
			a = f.apply(a)
		}
		out = append(out, a)
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Effective != out[j].Effective {
			return out[i].Effective < out[j].Effective
		}
		return out[i].N < out[j].N
	})
	return out
}

// fix is how an act reads after its corrections.
type fix struct {
	n         int64 // the last correction
	void      bool
	effective calendar.Date   // "" as recorded
	body      json.RawMessage // empty as recorded
	left      json.RawMessage // what stays of a body that was erased
}

// correctionsIn gathers how acts read after the corrections among acts. An erasure tells of the corrections that it deleted,
// also to those who look from before it: their payloads are gone.
func correctionsIn(acts []Act, known int64) map[int64]fix {
	fixes := map[int64]fix{}
	for _, a := range acts {
		if a.Erased || known >= 0 && a.N > known && a.Kind != Erase.Name {
			continue
		}
		switch a.Kind {
		case Correct.Name:
			var c Correction
			if json.Unmarshal(a.Body, &c) != nil {
				continue // not sealed by this program; Verify tells
			}
			f := fixes[c.Target]
			f.n, f.void = a.N, false
			if c.Effective != "" {
				f.effective = c.Effective
			}
			if len(c.Body) > 0 {
				f.body = c.Body
			}
			fixes[c.Target] = f
		case Void.Name:
			var v Voiding
			if json.Unmarshal(a.Body, &v) == nil {
				f := fixes[v.Target]
				f.n, f.void = a.N, true
				fixes[v.Target] = f
			}
		case Erase.Name:
			var e Erasure
			if json.Unmarshal(a.Body, &e) != nil {
				continue
			}
			for _, k := range e.Kept {
				f := fix{left: k.Left}
				if k.Correction > 0 && (known < 0 || k.Correction <= known) {
					f.n, f.void, f.effective = k.Correction, k.Void, k.Effective
					if len(k.Read) > 0 {
						f.left = k.Read
					}
				}
				fixes[k.Act] = f
			}
		}
	}
	return fixes
}

// apply returns the act as it reads after its corrections. An act whose payload was erased stays erased, and its body is what
// was left of it.
func (f fix) apply(a Act) Act {
	a.Corrected = f.n
	if f.effective != "" {
		a.Effective = f.effective
	}
	switch {
	case a.Erased:
		a.Body = f.left
	case len(f.body) > 0:
		a.Body = f.body
	}
	return a
}

func isMeta(kind string) bool { return kind == Correct.Name || kind == Void.Name || kind == Erase.Name }

// folding is a fold under way.
type folding struct {
	book   *Book
	town   string
	entity int64
	typ    *Type // what the act that created the entity makes, also when that act is void
	state  any   // nil until the entity exists
	lines  []ledger.Line
	last   calendar.Date // of the last act applied
}

// newFolding begins the fold of an entity whose first recorded act is given. Nothing but its creation can come first.
func newFolding(b *Book, town string, entity int64, first Act) (folding, error) {
	f := folding{book: b, town: town, entity: entity, typ: b.makes[first.Kind]}
	if first.N != entity || f.typ == nil {
		return f, fmt.Errorf("entity %d of %s begins with act %d of kind %s, which creates nothing", entity, town, first.N, first.Kind)
	}
	return f, nil
}

// foldAll folds a whole history, given in order of number.
func foldAll(b *Book, town string, entity int64, acts []Act) (folding, error) {
	f, err := newFolding(b, town, entity, acts[0])
	if err != nil {
		return f, err
	}
	for _, a := range effectiveOrder(acts, -1) {
		if err := f.apply(a); err != nil {
			return f, err
		}
	}
	return f, nil
}

// apply folds one act (already corrected) into the state. Its error is a [*Misfit].
func (f *folding) apply(a Act) error {
	k, ok := f.book.kinds[a.Kind]
	if !ok {
		return f.applyBody(&a, nil, fmt.Errorf("no slice knows the kind %s", a.Kind))
	}
	body, err := k.decode(a.Body)
	return f.applyBody(&a, body, err)
}

// applyBody is apply with a body that is decoded, or could not be.
func (f *folding) applyBody(a *Act, body any, err error) error {
	misfit := func(why string, err error) error {
		return &Misfit{Act: a.N, Title: f.book.Title(a.Kind), Why: why, Err: err}
	}
	k, ok := f.typ.kinds[a.Kind]
	switch {
	case err != nil:
		return misfit("内容无法读出", err)
	case !ok:
		return misfit(fmt.Sprintf("第 %d 号不是能办这件事的对象", f.entity), nil)
	case f.state == nil && a.N != f.entity:
		return misfit("生效日期早于设立日期，或设立的记录已被撤销", nil)
	case f.state == nil:
		f.state = f.typ.fresh()
	}
	first := len(f.lines)
	step := Step{Town: f.town, Entity: f.entity, N: a.N, Kind: a.Kind, Recorded: a.Recorded, Effective: a.Effective, By: a.By, On: a.On, Erased: a.Erased, lines: &f.lines}
	if err := k.apply(f.state, &step, body); err != nil {
		return misfit(err.Error(), err)
	}
	for i := first; i < len(f.lines); i++ {
		f.lines[i].N = int64(i - first)
	}
	f.last = a.Effective
	return nil
}
