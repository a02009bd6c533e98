package oversight

import (
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/matter"
	"cunju/internal/web/ui"
)

// Entities says how pages name what this room keeps.
func Entities() map[string]desk.Entity {
	out := map[string]desk.Entity{}
	for sort, title := range sortTitles {
		names := desk.NamesBy(`SELECT id, title FROM oversight_case WHERE town = $1 AND id IN (%s)`)
		if sort == SortComplaint {
			names = nil // what is complained of is told nowhere but on its own page
		}
		out["disclosure."+sort] = desk.Entity{Title: title, Href: func(id int64) string { return path(sort, id) }, Opens: openers[sort], Names: names}
	}
	return out
}

// sortTitles are the words for the sorts.
var sortTitles = map[string]string{SortQuestion: "询问", SortFinding: "监督发现", SortAudit: "要求审计", SortComplaint: "反映", SortOrder: "责令改正"}

// Lists are the codes that stand in the acts of this room.
func Lists() body.Lists {
	l := body.Lists{}
	for _, c := range channels {
		l["oversight.channel"] = append(l["oversight.channel"], ui.Option{Value: c.Code, Text: c.Title})
	}
	for _, c := range results {
		l["oversight.result"] = append(l["oversight.result"], ui.Option{Value: c.Code, Text: c.Title})
	}
	for _, c := range signers {
		l["oversight.signers"] = append(l["oversight.signers"], ui.Option{Value: c.Code, Text: c.Title})
	}
	return l
}

// Procedures are those of this room, each with the address of its matters' pages.
func Procedures() map[*matter.Procedure]func(int64) string {
	m := map[*matter.Procedure]func(int64) string{}
	for sort, p := range procedures {
		m[p] = func(id int64) string { return path(sort, id) }
	}
	return m
}

var procedures = map[string]*matter.Procedure{SortQuestion: Questions, SortFinding: Findings, SortAudit: Audits, SortComplaint: Complaints, SortOrder: Orders}
