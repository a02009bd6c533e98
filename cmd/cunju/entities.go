package main

import (
	"maps"
	"slices"
	"strings"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/disclosure/posting"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web/ui"
)

// entities are how pages name what acts are about: the slices' own words, joined.
func entities() map[string]desk.Entity {
	all := map[string]desk.Entity{"access.view-seal": {Title: "查阅记录封存", Href: func(int64) string { return "/desk/viewlog" }, Opens: []string{access.ViewlogRead}}}
	for _, m := range []map[string]desk.Entity{org.Entities(), people.Entities(), member.Entities(), disclosure.Entities(), catalogue.Entities(), posting.Entities(), oversight.Entities()} {
		maps.Copy(all, m)
	}
	return all
}

// lists are what the codes in bodies of acts are called.
func lists() body.Lists {
	all := body.Lists{}
	for _, l := range []body.Lists{org.Lists(), people.Lists(), member.Lists(), disclosure.Lists(), catalogue.Lists(), posting.Lists(), oversight.Lists()} {
		maps.Copy(all, l)
	}
	inOrder := slices.SortedFunc(maps.Keys(procedures()), func(a, b *matter.Procedure) int { return strings.Compare(a.Code, b.Code) })
	for _, p := range inOrder { // what two ways call differently is called as on the ordinary one
		for _, s := range p.Steps {
			if slices.ContainsFunc(all["matter.step"], func(o ui.Option) bool { return o.Value == s.Code }) {
				continue
			}
			all["matter.step"] = append(all["matter.step"], ui.Option{Value: s.Code, Text: s.Title})
		}
	}
	return all
}
