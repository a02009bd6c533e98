package catalogue

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/web/ui"
)

// powers that let someone see due items at the desk.
var powers = []string{access.MatterRead, access.DisclosureDue, access.DisclosurePartyDue, access.DisclosureCatalogue, access.DisclosureDraft}

// Href is the address of a due item's page at the desk.
func Href(id int64) string { return fmt.Sprintf("/desk/due/%d", id) }

// Entities says how pages name due items and local changes of the catalogue.
func Entities() map[string]desk.Entity {
	return map[string]desk.Entity{
		"disclosure.due": {Title: "应公开事项", Href: Href, Opens: powers, Names: desk.NamesBy(`SELECT id, title FROM disclosure_due WHERE town = $1 AND id IN (%s)`)},
		"disclosure.item": {Title: "公开目录变动", Href: func(int64) string { return cataloguePath },
			Names: desk.NamesBy(`SELECT id, CASE WHEN title = '' THEN citation ELSE title END FROM disclosure_item WHERE town = $1 AND id IN (%s)`)},
	}
}

// Lists are the codes that stand in the acts of this package.
func Lists() body.Lists {
	l := body.Lists{}
	for _, r := range rhythmList {
		l["disclosure.rhythm"] = append(l["disclosure.rhythm"], ui.Option{Value: string(r), Text: r.Chinese()})
	}
	for _, f := range forms {
		l["disclosure.form"] = append(l["disclosure.form"], ui.Option{Value: string(f), Text: f.Chinese()})
	}
	for _, s := range []Scope{Public, Collective, Party} {
		l["disclosure.scope"] = append(l["disclosure.scope"], ui.Option{Value: string(s), Text: s.Chinese()})
	}
	l["disclosure.item"] = Options()
	return l
}

// Options are the national items of all bodies, each code once, and what a notice outside the catalogue is called.
func Options() []ui.Option {
	var out []ui.Option
	seen := map[string]bool{}
	for _, b := range Bodies {
		for _, it := range Defaults(b) {
			if !seen[it.Code] {
				seen[it.Code] = true
				out = append(out, ui.Option{Value: it.Code, Text: it.Title})
			}
		}
	}
	return append(out, ui.Option{Value: Outside, Text: OutsideTitle})
}

// forms in order of choice.
var forms = []Form{Text, Finance, Table, List, Decision}
