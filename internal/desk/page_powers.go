package desk

import (
	"cunju/internal/access"
	"cunju/internal/web"
)

// powers prints every sentence of the policy: who may do what, and on what that rests.
func (p *Pages) powers(r *web.Request) (web.Response, error) {
	frame, err := p.Desk(r, Frame{Title: "职权一览", Active: "/desk/powers"})
	if err != nil {
		return web.Response{}, err
	}
	var mine []access.Sentence
	all := p.Policy.Explain()
	for _, s := range all {
		if len(p.Anchors(r, s.Act)) > 0 && p.carries(r, s) {
			mine = append(mine, s)
		}
	}
	return web.Render(powersPage(powersProps{Frame: frame, Mine: mine, All: all})), nil
}

// carries reports whether one of the person's offices is the one that the sentence is about.
func (p *Pages) carries(r *web.Request, s access.Sentence) bool {
	for _, unit := range p.Anchors(r, s.Act) {
		d, err := p.May(r, s.Act, unit)
		if err == nil && d.Policy == s.Policy {
			return true
		}
	}
	return false
}
