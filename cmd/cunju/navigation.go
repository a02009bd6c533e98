package main

import (
	"cunju/internal/desk"
	"cunju/internal/disclosure"
)

// navigation is the desk's list on the left, in order. An entry is seen by those who have its power somewhere.
func navigation() []desk.Entry {
	return []desk.Entry{
		{Group: "办公", Text: "工作台", Href: "/desk", Icon: "home"},
		{Group: "办公", Text: "总账", Href: "/desk/acts", Icon: "book"},
		{Group: "系统", Text: "职权一览", Href: "/desk/powers", Icon: "scale"},
	}
}

// steps names what waits in each procedure and leads to its page.
func steps() map[string]desk.StepTitle {
	m := map[string]desk.StepTitle{}
	for _, s := range disclosure.Procedure.Steps {
		m[disclosure.Procedure.Code+"/"+s.Code] = desk.StepTitle{Title: s.Title}
	}
	return m
}
