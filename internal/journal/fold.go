package journal

import (
	"encoding/json"
	"fmt"
	"sort"

	"cunju/internal/calendar"
	"cunju/internal/ledger"
)

// Correction is the body of [Correct]: act Target read as it was sealed, and should read thus.
type Correction struct {
	Target    int64           `json:"target"`
	Effective calendar.Date   `json:"effective,omitempty"` // "" keeps the date
	Body      json.RawMessage `json:"body,omitempty"`      // absent keeps the body
	Reason    string          `json:"reason"`
}

// Voiding is the body of [Void]: act Target was entered in error.
type Voiding struct {
	Target int64  `json:"target"`
	Reason string `json:"reason"`
}

// Erasure is the body of [Erase]: the payloads of the targets were deleted by law.
type Erasure struct {
	Targets []int64 `json:"targets"`
	Basis   string  `json:"basis"` // law and article
}

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

// effectiveOrder applies corrections and sorts by (effective, number). The last correction of an act wins.
func effectiveOrder(acts []Act) []Act {
	plain := true
	for i, a := range acts {
		if isMeta(a.Kind) || i > 0 && a.Effective < acts[i-1].Effective {
			plain = false
			break
		}
	}
	if plain {
		return acts
	}
	last := map[int64]Act{}
	for _, a := range acts {
		switch a.Kind {
		case Correct.Name, Void.Name:
			var t struct{ Target int64 }
			if !a.Erased && json.Unmarshal(a.Body, &t) == nil {
				last[t.Target] = a
			}
		}
	}
	out := make([]Act, 0, len(acts))
	for _, a := range acts {
		if isMeta(a.Kind) {
			continue
		}
		if m, ok := last[a.N]; ok {
			if m.Kind == Void.Name {
				continue
			}
			a = corrected(a, m)
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

// corrected returns the act as its correction reads it. An act whose payload was erased stays erased.
func corrected(a, correction Act) Act {
	var c Correction
	if json.Unmarshal(correction.Body, &c) != nil {
		return a
	}
	a.Corrected = correction.N
	if c.Effective != "" {
		a.Effective = c.Effective
	}
	if len(c.Body) > 0 && !a.Erased {
		a.Body = c.Body
	}
	return a
}

func isMeta(kind string) bool { return kind == Correct.Name || kind == Void.Name || kind == Erase.Name }

// folding is a fold under way.
type folding struct {
	book   *Book
	town   string
	entity int64
	typ    *Type
	state  any
	lines  []ledger.Line
	last   Act // the last act applied
}

// apply folds one act (already corrected) into the state.
func (f *folding) apply(a Act) error {
	if f.typ == nil {
		if a.N != f.entity || f.book.makes[a.Kind] == nil {
			return &Misfit{Act: a.N, Title: f.book.Title(a.Kind), Why: "生效日期早于设立日期，或设立的记录已被撤销"}
		}
		f.typ = f.book.makes[a.Kind]
	}
	k, ok := f.typ.kinds[a.Kind]
	if !ok {
		return fmt.Errorf("act %d of kind %s is not about a %s", a.N, a.Kind, f.typ.name)
	}
	if f.state == nil {
		f.state = f.typ.fresh()
	}
	first := len(f.lines)
	step := Step{Town: f.town, Entity: f.entity, N: a.N, Kind: a.Kind, Recorded: a.Recorded, Effective: a.Effective, By: a.By, On: a.On, Erased: a.Erased, lines: &f.lines}
	if err := k.apply(f.state, &step, a.Body); err != nil {
		return &Misfit{Act: a.N, Title: f.book.Title(a.Kind), Why: err.Error(), Err: err}
	}
	for i := first; i < len(f.lines); i++ {
		f.lines[i].N = int64(i - first)
	}
	f.last = a
	return nil
}
