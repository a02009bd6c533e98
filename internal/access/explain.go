package access

import "strings"

// Sentence is one power in words, for the page on which a secretary reads and questions them.
type Sentence struct {
	Policy string // id in the policy file
	Act    string // code of the act; empty for a general prohibition
	Law    string
	Text   string // 村（社区）党组织书记可以批准公布本村（社区）的公开事项
	Limits string // 不得审查、批准本人起草的，涉及近亲属的应当回避（内部控制）; empty when nothing bears on it
}

// Explain lists all sentences: the permits act by act in display order, each with the limits that bear on it, then the
// general prohibitions.
func (p *Policy) Explain() []Sentence {
	var out []Sentence
	for _, a := range acts {
		limits := p.limits(a.Code)
		for _, s := range p.permits[a.Code] {
			text := s.who + "可以" + a.Verb + s.where + "的" + a.Object
			out = append(out, Sentence{Policy: s.id, Act: a.Code, Law: s.law, Text: text, Limits: limits})
		}
	}
	for _, s := range p.sentences {
		if !s.permit {
			out = append(out, Sentence{Policy: s.id, Law: s.law, Text: s.title})
		}
	}
	return out
}

// limits joins the notes of the forbids on an act, each group followed by what it rests on.
func (p *Policy) limits(act string) string {
	var b strings.Builder
	last := ""
	for _, s := range p.forbids[act] {
		if s.note == "" {
			continue
		}
		switch {
		case b.Len() == 0:
		case s.law == last:
			b.WriteString("，")
		default:
			b.WriteString("（" + last + "）；")
		}
		b.WriteString(s.note)
		last = s.law
	}
	if b.Len() > 0 {
		b.WriteString("（" + last + "）")
	}
	return b.String()
}
