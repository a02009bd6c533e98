package catalogue

import (
	"cunju/internal/desk"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the desk's pages of the catalogue and of what is due, and a village's catalogue for the public.
type Pages struct {
	*desk.House
	frame Frame
}

// Frame is the board around a public page; the parent package brings it.
type Frame func(r *web.Request, title string, village *org.UnitRow, active string) (ui.BoardProps, error)

// NewPages makes the pages.
func NewPages(h *desk.House, frame Frame) *Pages { return &Pages{h, frame} }

// Addresses that several pages lead to.
const (
	duePath       = "/desk/due"
	latePath      = "/desk/disclosure/late"
	cataloguePath = "/desk/disclosure/catalogue"
	changePath    = "/desk/disclosure/catalogue/new"
	endPath       = "/desk/disclosure/catalogue/end"
	arosePath     = "/desk/due/arose"
	nonePath      = "/desk/due/none"
)

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// What is due.
	rt.Desk.Get("/desk/due", p.list)
	rt.Desk.Get("/desk/due/export", p.exportDue)
	rt.Desk.Get("/desk/due/arose", p.aroseForm)
	rt.Desk.Post("/desk/due/arose", p.arose)
	rt.Desk.Get("/desk/due/none", p.nothingForm)
	rt.Desk.Post("/desk/due/none", p.nothing)
	rt.Desk.Get("/desk/due/{id}", p.show)
	rt.Desk.Post("/desk/due/{id}/none", p.none)
	// What is late, village by village.
	rt.Desk.Get("/desk/disclosure/late", p.late)
	rt.Desk.Get("/desk/disclosure/late/print", p.printLate)
	rt.Desk.Get("/desk/disclosure/late/export", p.exportLate)
	// The catalogue and its local changes.
	rt.Desk.Get("/desk/disclosure/catalogue", p.catalogue)
	rt.Desk.Get("/desk/disclosure/catalogue/print", p.print)
	rt.Desk.Get("/desk/disclosure/catalogue/export", p.export)
	rt.Desk.Get("/desk/disclosure/catalogue/new", p.changeForm)
	rt.Desk.Post("/desk/disclosure/catalogue/new", p.change)
	rt.Desk.Get("/desk/disclosure/catalogue/end", p.endForm)
	rt.Desk.Post("/desk/disclosure/catalogue/end", p.end)
	// The board: no log-in.
	rt.Public.Get("/v/{unit}/catalogue", p.public)
}

// tabs lead from one page of the catalogue to the others.
func tabs(active string) []ui.Tab {
	list := []ui.Tab{{Text: "应公开事项", Href: duePath}, {Text: "逾期一览", Href: latePath}, {Text: "公开目录", Href: cataloguePath}}
	for i := range list {
		list[i].Active = list[i].Href == active
	}
	return list
}
