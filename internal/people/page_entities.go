package people

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/web/ui"
)

// Entities says how pages name persons and households.
func Entities() map[string]desk.Entity {
	return map[string]desk.Entity{
		"people.person": {Title: "人员", Person: true, Href: func(id int64) string { return fmt.Sprintf("/desk/people/%d", id) }, Opens: []string{access.PeopleRead},
			Names: desk.NamesBy(`SELECT id, CASE WHEN erased = 1 THEN '（个人信息已依法删除）' ELSE name END FROM people_person WHERE town = $1 AND id IN (%s)`)},
		"people.erasure": {Title: "删除个人信息", Href: erasureHref, Opens: []string{access.PeopleRead},
			Names: desk.NamesBy(`SELECT id, '删除第 ' || CAST(person AS TEXT) || ' 号人员的个人信息' FROM people_erasure WHERE town = $1 AND id IN (%s)`)},
		"people.household": {Title: "住户", Href: func(id int64) string { return fmt.Sprintf("/desk/households/%d", id) }, Opens: []string{access.PeopleRead},
			Names: desk.NamesBy(`SELECT id, '户号 ' || number FROM people_household WHERE town = $1 AND id IN (%s)`)},
	}
}

// Lists are the codes that stand in the acts of this slice.
func Lists() body.Lists {
	return body.Lists{"people.sex": ui.Options("男", "女"), "people.ground": groundOptions()}
}
