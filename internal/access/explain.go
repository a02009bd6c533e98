package access

import "strings"

// Sentence is one power in words, for the page on which a secretary reads and questions them.
type Sentence struct {
	Policy string // id in the policy file
	Act    string // code of the act; empty for a general prohibition
	Law    string
	Text   string // 村（社区）党组织书记 可以 批准公布 本村（社区） 的公开事项（…）
}

// Explain lists all sentences: the permits act by act in display order, each with the limits that bear on it, then the
// general prohibitions.
func (p *Policy) Explain() []Sentence {
	var out []Sentence
	for _, a := range acts {
		limits := p.limits(a.Code)
		for _, s := range p.permits[a.Code] {
			text := s.who + " 可以 " + a.Verb + " " + s.where + " 的" + a.Object + "（" + s.law
			if limits != "" {
				text += "；" + limits
			}
			out = append(out, Sentence{Policy: s.id, Act: a.Code, Law: s.law, Text: text + "）"})
		}
	}
	for _, s := range p.sentences {
		if !s.permit {
			out = append(out, Sentence{Policy: s.id, Law: s.law, Text: s.title + "（" + s.law + "）"})
		}
	}
	return out
}

// limits joins the notes of the forbids on an act, grouped by what they rest on.
func (p *Policy) limits(act string) string {
	var b strings.Builder
	last := ""
	for _, s := range p.forbids[act] {
		if s.note == "" {
			continue
		}
		switch {
		case b.Len() == 0:
			b.WriteString(s.law + "：" + s.note)
		case s.law == last:
			b.WriteString("，" + s.note)
		default:
			b.WriteString("；" + s.law + "：" + s.note)
		}
		last = s.law
	}
	return b.String()
}
