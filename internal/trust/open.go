package trust

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/note"
)

// Opened is a checkpoint whose signatures were checked under a policy.
type Opened struct {
	Checkpoint
	Cosigned []Cosigned // witnesses of the policy, in its order
	Others   []string   // names of signatures that the policy does not know
	Met      bool       // the quorum is reached
}

// Cosigned is a witness's verified signature.
type Cosigned struct {
	Witness Witness
	At      int64 // unix seconds, by the witness's clock
}

// By reports whether a witness, named as in the policy, signed.
func (o Opened) By(witness string) bool {
	return slices.ContainsFunc(o.Cosigned, func(c Cosigned) bool { return c.Witness.Name == witness })
}

// ErrLogSignature says that the log itself did not sign what lies before us.
var ErrLogSignature = errors.New("没有这个总账的有效签名")

// Verifier implements note.Verifiers.
func (p *Policy) verifiers() note.Verifiers {
	list := []note.Verifier{p.log}
	for _, w := range p.Witnesses {
		list = append(list, w.verifier)
	}
	return note.VerifierList(list...)
}

// Open checks every signature on a checkpoint that the policy knows. A signature in a known name that does not verify is an error;
// so is a checkpoint that the log did not sign or that is another log's. A quorum that is not reached is no error: see Met.
func (p *Policy) Open(signed string) (o Opened, err error) {
	n, err := note.Open([]byte(signed), p.verifiers())
	var bad *note.InvalidSignatureError
	if errors.As(err, &bad) {
		return o, fmt.Errorf("“%s”的签名无效", bad.Name)
	}
	if err != nil {
		return o, ErrLogSignature
	}
	byLog := false
	for _, s := range n.Sigs {
		if s.Name == p.log.Name() && s.Hash == p.log.KeyHash() {
			byLog = true
		}
		for _, w := range p.Witnesses {
			if s.Name == w.verifier.Name() && s.Hash == w.verifier.KeyHash() {
				o.Cosigned = append(o.Cosigned, Cosigned{w, stampOf(s)})
			}
		}
	}
	if !byLog {
		return o, ErrLogSignature
	}
	for _, s := range n.UnverifiedSigs {
		o.Others = append(o.Others, s.Name)
	}
	if o.Checkpoint, err = ParseCheckpoint(n.Text); err != nil {
		return o, errors.New("检查点的格式不对")
	}
	if o.Origin != p.log.Name() {
		return o, fmt.Errorf("检查点是“%s”的，不是“%s”的", o.Origin, p.log.Name())
	}
	slices.SortStableFunc(o.Cosigned, func(a, b Cosigned) int { return p.place(a) - p.place(b) })
	o.Met = p.Met(o.By)
	return o, nil
}

func (p *Policy) place(c Cosigned) int {
	return slices.IndexFunc(p.Witnesses, func(w Witness) bool { return w.Name == c.Witness.Name })
}

// Accept reads what a witness answered to a checkpoint: signature lines, of which at least one is its own and all of its own
// verify. It returns the lines that are its own, to be appended.
func (w Witness) Accept(signed, answer string) (lines []string, at int64, err error) {
	text, _ := Lines(signed)
	n, err := note.Open([]byte(text+"\n"+answer), note.VerifierList(w.verifier))
	if err != nil {
		return nil, 0, fmt.Errorf("见证方“%s”的签名不成立", w.Name)
	}
	for _, s := range n.Sigs {
		lines = append(lines, "— "+s.Name+" "+s.Base64)
		at = max(at, stampOf(s))
	}
	return lines, at, nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
