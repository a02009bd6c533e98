package catalogue

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the desk's pages of the catalogue and of what is due, and a village's catalogue for the public.
type Pages struct {
	*desk.House
	frame Frame
	found Findings
}

// Finding is that supervisors found something about a due item.
type Finding struct {
	Href   string
	On     calendar.Date
	Closed calendar.Date // "" while it is open
}

// text says of a finding when it was recorded and whether it is settled.
func (f Finding) text() string {
	switch {
	case f.Href == "":
		return ""
	case f.Closed != "":
		return f.On.Chinese() + "提出，已办结"
	}
	return f.On.Chinese() + "提出"
}

// Findings tells what supervisors found about due items; another room keeps it.
type Findings func(ctx context.Context, q db.Querier, town string, items []int64) (map[int64]Finding, error)

// findings are those about some due items.
func (p *Pages) findings(ctx context.Context, items ...int64) (map[int64]Finding, error) {
	if p.found == nil {
		return nil, nil
	}
	return p.found(ctx, p.DB, p.Town, items)
}

// Frame is the board around a public page; the parent package brings it.
type Frame func(r *web.Request, title string, village *org.UnitRow, active string) (ui.BoardProps, error)

// NewPages makes the pages. found may be nil where nobody supervises.
func NewPages(h *desk.House, frame Frame, found Findings) *Pages { return &Pages{h, frame, found} }

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
