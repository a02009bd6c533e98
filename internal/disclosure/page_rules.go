package disclosure

import (
	"slices"
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
	Past   bool // none of them is in force any more
}

func (g ruleGroup) count() string {
	if g.Past {
		return strconv.Itoa(len(g.Rules)) + " 条，现在已经不用"
	}
	return strconv.Itoa(len(g.Rules)) + " 条"
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
	frame, err := p.BoardFrame(r, "依据的规定", nil, "/rules")
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
	for i, g := range props.Groups {
		props.Groups[i].Past = !slices.ContainsFunc(g.Rules, func(e law.Entry) bool { return e.Until == "" || e.Until > p.Today() })
	}
	slices.SortStableFunc(props.Groups, func(a, b ruleGroup) int { // what holds today is read first
		switch {
		case a.Past == b.Past:
			return 0
		case b.Past:
			return -1
		}
		return 1
	})
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
