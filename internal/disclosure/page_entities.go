package disclosure

import (
	"fmt"

	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/law/notice"
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
	l := body.Lists{"disclosure.subject": subjectOptions(), "disclosure.item": itemOptions()}
	for _, b := range []notice.Body{notice.Village, notice.Community, notice.Collective, notice.Party} {
		l["disclosure.body"] = append(l["disclosure.body"], ui.Option{Value: string(b), Text: b.Chinese()})
	}
	return l
}
