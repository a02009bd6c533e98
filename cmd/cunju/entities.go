package main

import (
	"maps"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/posting"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web/ui"
)

// entities are how pages name what acts are about: the slices' own words, joined.
func entities() map[string]desk.Entity {
	all := map[string]desk.Entity{"access.view-seal": {Title: "查阅记录封存", Href: func(int64) string { return "/desk/viewlog" }, Opens: []string{access.ViewlogRead}}}
	for _, m := range []map[string]desk.Entity{org.Entities(), people.Entities(), member.Entities(), disclosure.Entities(), posting.Entities()} {
		maps.Copy(all, m)
	}
	return all
}

// lists are what the codes in bodies of acts are called.
func lists() body.Lists {
	all := body.Lists{}
	for _, l := range []body.Lists{org.Lists(), people.Lists(), member.Lists(), disclosure.Lists(), posting.Lists()} {
		maps.Copy(all, l)
	}
	for p := range procedures() {
		for _, s := range p.Steps {
			all["matter.step"] = append(all["matter.step"], ui.Option{Value: s.Code, Text: s.Title})
		}
	}
	return all
}
