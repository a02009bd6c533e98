package member

import (
	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/web/ui"
)

// Entities says how pages name memberships: by the member.
func Entities() map[string]desk.Entity {
	return map[string]desk.Entity{
		"member.member": {Title: "党员", Person: true, Href: memberPath, Opens: []string{access.MemberRead},
			Names: desk.NamesBy(`SELECT r.id, CASE WHEN p.erased = 1 THEN '（个人信息已依法删除）' ELSE p.name END
				FROM member_record r JOIN people_person p ON p.town = $1 AND p.id = r.person WHERE r.town = $1 AND r.id IN (%s)`)},
	}
}

// Lists are the codes that stand in the acts of this slice, and the values of the roster's columns that have a list.
func Lists() body.Lists {
	l := body.Lists{}
	for _, c := range []Category{Full, Probationary} {
		l["member.category"] = append(l["member.category"], ui.Option{Value: string(c), Text: c.Chinese()})
	}
	for _, h := range []How{Opening, Admitted, In, Restored} {
		l["member.how-in"] = append(l["member.how-in"], ui.Option{Value: string(h), Text: h.Chinese()})
	}
	for _, h := range []How{Out, Died, Left} {
		l["member.how-out"] = append(l["member.how-out"], ui.Option{Value: string(h), Text: h.Chinese()})
	}
	for _, c := range recordColumns {
		l["member.column"] = append(l["member.column"], ui.Option{Value: c.key, Text: c.title})
		if c.choices != nil {
			l["member.column."+c.key] = ui.Options(c.choices...)
		}
	}
	return l
}
