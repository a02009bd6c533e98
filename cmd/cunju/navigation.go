package main

import (
	"cunju/internal/access"
	"cunju/internal/desk"
)

// navigation is the desk's list on the left, in order. An entry is seen by those who have its power somewhere.
func navigation() []desk.Entry {
	return []desk.Entry{
		{Group: "办公", Text: "工作台", Href: "/desk", Icon: "checklist"},
		{Group: "台账", Text: "人员和住户", Href: "/desk/people", Icon: "home", Act: access.PeopleRead},
		{Group: "制度", Text: "总账", Href: "/desk/acts", Icon: "book"},
		{Group: "制度", Text: "职权一览", Href: "/desk/powers", Icon: "scale"},
	}
}
