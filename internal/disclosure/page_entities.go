package disclosure

import (
	"fmt"

	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/law/notice"
	"cunju/internal/law/pipl"
	"cunju/internal/web/ui"
)

// Entities says how pages name notices.
func Entities() map[string]desk.Entity {
	return map[string]desk.Entity{
		"disclosure.notice": {Title: "公示", Href: func(id int64) string { return fmt.Sprintf("/desk/disclosure/%d", id) }, Opens: powers,
			Names: desk.NamesBy(`SELECT id, title FROM disclosure_notice WHERE town = $1 AND id IN (%s)`)},
	}
}

// Lists are the codes that stand in the acts of this slice.
func Lists() body.Lists {
	l := body.Lists{"disclosure.subject": subjectOptions(), "disclosure.item": catalogue.Options()}
	for _, b := range []notice.Body{notice.Village, notice.Community, notice.Collective, notice.Party} {
		l["disclosure.body"] = append(l["disclosure.body"], ui.Option{Value: string(b), Text: b.Chinese()})
	}
	for name, codes := range map[string][]code{"disclosure.carried": carried, "disclosure.result": results} {
		for _, c := range codes {
			l[name] = append(l[name], ui.Option{Value: c.Code, Text: c.Title})
		}
	}
	for _, p := range papers {
		l["disclosure.filed"] = append(l["disclosure.filed"], ui.Option{Value: p.Code, Text: p.Title})
	}
	for _, g := range pipl.Grounds() {
		l["disclosure.ground"] = append(l["disclosure.ground"], ui.Option{Value: g.Code, Text: g.Title})
	}
	for _, s := range []Scope{ScopeCollective, ScopeParty} {
		l["disclosure.scope"] = append(l["disclosure.scope"], ui.Option{Value: string(s), Text: s.Chinese()})
	}
	return l
}
