package disclosure

import (
	"strconv"

	"cunju/internal/law"
	"cunju/internal/law/rulebook"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// ruleGroup is the rules of one source.
type ruleGroup struct {
	Source law.Source
	Rules  []law.Entry
}

// rulesProps is the page of all rules.
type rulesProps struct {
	Frame  ui.BoardProps
	Groups []ruleGroup
	Count  int
}

// rules lists every rule that this program judges by, with its article and its worked cases. The anchor of a rule is its id;
// of several versions the newest carries it.
func (p *Pages) rules(r *web.Request) (web.Response, error) {
	frame, err := p.boardFrame(r, "依据的规定", nil, "/rules")
	if err != nil {
		return web.Response{}, err
	}
	props := rulesProps{Frame: frame}
	for _, e := range rulebook.All() {
		props.Count++
		if n := len(props.Groups); n == 0 || props.Groups[n-1].Source.Short != e.Source.Short {
			props.Groups = append(props.Groups, ruleGroup{Source: e.Source})
		}
		g := &props.Groups[len(props.Groups)-1]
		g.Rules = append(g.Rules, e)
	}
	return web.Render(rulesPage(props)), nil
}

// anchor is the id of a rule on the page; old versions of a rule have one of their own.
func (p rulesProps) anchor(e law.Entry) string {
	for _, g := range p.Groups {
		for _, x := range g.Rules {
			if x.ID == e.ID && x.Version > e.Version {
				return e.ID + "-old" + strconv.Itoa(e.Version)
			}
		}
	}
	return e.ID
}
