package access

import (
	_ "embed"
	"fmt"
	"iter"
	"slices"

	"github.com/cedar-policy/cedar-go"
)

//go:embed policy.cedar
var permitText string

//go:embed catalogue.cedar
var catalogueText string

//go:embed forbid.cedar
var forbidText string

// policyText is what may be done, then what may not.
var policyText = []byte(permitText + "\n" + catalogueText + "\n" + forbidText)

// Policy is the compiled policy file. It is immutable and safe for concurrent use.
type Policy struct {
	sentences []sentence
	permits   map[string]policySet // by act, in file order
	forbids   map[string]policySet
	byID      map[string]sentence
}

// sentence is one policy with its annotations.
type sentence struct {
	id, title, law   string
	who, where, note string
	permit           bool
	acts             []string
	policy           *cedar.Policy
}

// policySet keeps file order, so that the deciding policy is always the same one.
type policySet []sentence

func (s policySet) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for _, p := range s {
			if !yield(cedar.PolicyID(p.id), p.policy) {
				return
			}
		}
	}
}

// New compiles and checks the policy file. An error means the file breaks one of the rules in its head; the program
// must not start with it.
func New() (*Policy, error) { return parse(policyText) }

func parse(text []byte) (*Policy, error) {
	list, err := cedar.NewPolicyListFromBytes("policy.cedar", text)
	if err != nil {
		return nil, fmt.Errorf("access: parse policies: %w", err)
	}
	p := &Policy{permits: map[string]policySet{}, forbids: map[string]policySet{}, byID: map[string]sentence{}}
	for _, c := range list {
		s, err := readSentence(c)
		if err != nil {
			return nil, fmt.Errorf("access: %s: policy %q: %w", c.Position().Filename, s.id, err)
		}
		if _, twice := p.byID[s.id]; twice {
			return nil, fmt.Errorf("access: policy id %q is used twice", s.id)
		}
		p.byID[s.id] = s
		p.sentences = append(p.sentences, s)
		for _, act := range s.acts {
			if s.permit {
				p.permits[act] = append(p.permits[act], s)
			} else {
				p.forbids[act] = append(p.forbids[act], s)
			}
		}
	}
	for _, a := range acts {
		if len(p.permits[a.Code]) == 0 {
			return nil, fmt.Errorf("access: act %s is granted to nobody", a.Code)
		}
	}
	return p, nil
}

// Acts lists every act that needs a power, in display order.
func (p *Policy) Acts() []ActInfo { return slices.Clone(acts) }

// Offices names the offices that carry an act, in Chinese and in file order. It is empty for an unknown act.
func (p *Policy) Offices(act string) []string {
	var who []string
	for _, s := range p.permits[act] {
		if !slices.Contains(who, s.who) {
			who = append(who, s.who)
		}
	}
	return who
}
