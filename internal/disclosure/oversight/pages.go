package oversight

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the pages of questions and supervision: at the desk, on a villager's own pages, and beside notices.
type Pages struct {
	*desk.House
	board *disclosure.Pages
	vault people.Vault
	find  func(r *web.Request, typed string) ([]ui.Option, error)
}

// NewPages makes the pages. find offers registered persons by a typed name and notes the look in the view log.
func NewPages(h *desk.House, board *disclosure.Pages, vault people.Vault, find func(r *web.Request, typed string) ([]ui.Option, error)) *Pages {
	return &Pages{h, board, vault, find}
}

const home = "/desk/oversight"

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// The lists at the desk.
	rt.Desk.Get("/desk/oversight", p.list)
	rt.Desk.Get("/desk/oversight/export", p.export)
	// Questions.
	rt.Desk.Get("/desk/oversight/questions/new", p.newQuestion)
	rt.Desk.Post("/desk/oversight/questions/new", p.enterQuestion)
	rt.Desk.Get("/desk/oversight/questions/{id}", p.show(SortQuestion))
	rt.Desk.Post("/desk/oversight/questions/{id}/{step}", p.step(SortQuestion))
	rt.Desk.Get("/desk/oversight/questions/{id}/who", p.whoForm(SortQuestion))
	rt.Desk.Post("/desk/oversight/questions/{id}/who", p.who(SortQuestion))
	rt.Desk.Get("/desk/oversight/questions/{id}/print", p.slip)
	// Findings.
	rt.Desk.Get("/desk/oversight/findings/new", p.newFinding)
	rt.Desk.Post("/desk/oversight/findings/new", p.enterFinding)
	rt.Desk.Get("/desk/oversight/findings/{id}", p.show(SortFinding))
	rt.Desk.Post("/desk/oversight/findings/{id}/{step}", p.step(SortFinding))
	// Requests for audit.
	rt.Desk.Get("/desk/oversight/audits/new", p.newAudit)
	rt.Desk.Post("/desk/oversight/audits/new", p.enterAudit)
	rt.Desk.Get("/desk/oversight/audits/{id}", p.show(SortAudit))
	rt.Desk.Post("/desk/oversight/audits/{id}/{step}", p.step(SortAudit))
	// Complaints to the street, and its orders.
	rt.Desk.Get("/desk/oversight/complaints/new", p.newComplaint)
	rt.Desk.Post("/desk/oversight/complaints/new", p.enterComplaint)
	rt.Desk.Get("/desk/oversight/complaints/{id}", p.show(SortComplaint))
	rt.Desk.Post("/desk/oversight/complaints/{id}/{step}", p.step(SortComplaint))
	rt.Desk.Get("/desk/oversight/complaints/{id}/who", p.whoForm(SortComplaint))
	rt.Desk.Post("/desk/oversight/complaints/{id}/who", p.who(SortComplaint))
	rt.Desk.Get("/desk/oversight/orders/{id}", p.show(SortOrder))
	rt.Desk.Post("/desk/oversight/orders/{id}/{step}", p.step(SortOrder))
	// A villager's own.
	rt.Mine.Get("/me/questions", p.mine)
	rt.Mine.Get("/me/questions/new", p.askForm)
	rt.Mine.Post("/me/questions/new", p.ask)
	rt.Mine.Get("/me/questions/{id}", p.myQuestion)
	rt.Mine.Post("/me/questions/{id}/doubt", p.object)
	rt.Mine.Get("/me/complaints/new", p.complainForm)
	rt.Mine.Post("/me/complaints/new", p.complain)
	rt.Mine.Get("/me/complaints/{id}", p.myComplaint)
	// The board: no log-in.
	rt.Public.Get("/n/{id}/ask", p.howToAsk)
	rt.Public.Get("/v/{unit}/asked", p.asked)
}

// Beside is what this room shows on the pages of notices.
func (p *Pages) Beside() disclosure.Beside {
	return disclosure.Beside{Public: p.underNotice, Desk: p.underDesk, Village: p.onVillage, Room: Covering}
}

// folder is where the pages of a sort lie.
func folder(sort string) string { return home + "/" + sort + "s" }

func path(sort string, id int64) string { return folder(sort) + "/" + itoa(id) }

// openers are the powers one of which opens a case of a sort.
var openers = map[string][]string{
	SortQuestion:  {access.DisclosureAnswer, access.DisclosureOnBehalf, access.DisclosureFind},
	SortFinding:   {access.DisclosureFind, access.DisclosureAnswer, access.DisclosureStreet, access.MatterRead},
	SortAudit:     {access.DisclosureStreet, access.DisclosureOnBehalf, access.DisclosureFind, access.DisclosureAnswer, access.MatterRead},
	SortComplaint: {access.ComplaintHandle},
	SortOrder:     {access.DisclosureAnswer, access.ComplaintHandle, access.DisclosureFind, access.MatterRead},
}

// bodies lists the units that publish notices on the day, the village's own first where one is given.
func (p *Pages) bodies(ctx context.Context) ([]org.UnitRow, error) {
	units, err := org.Tree(ctx, p.DB, p.Town, org.Any, p.Today())
	var out []org.UnitRow
	for _, u := range units {
		if disclosure.BodyOf(u.Kind) != "" {
			out = append(out, u)
		}
	}
	return out, err
}

// unitOptions are the units that may be asked, as far as keep wants them.
func unitOptions(units []org.UnitRow, keep func(org.UnitRow) bool) []ui.Option {
	var out []ui.Option
	for _, u := range units {
		if keep(u) {
			out = append(out, ui.Option{Value: itoa(u.ID), Text: u.Label()})
		}
	}
	return out
}

// notice finds a published notice by the number in a form or an address; 0 when there is none or it is not published.
func (p *Pages) notice(ctx context.Context, id int64) (disclosure.Row, bool, error) {
	if id <= 0 {
		return disclosure.Row{}, false, nil
	}
	row, err := disclosure.Find(ctx, p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != disclosure.ScopePublic) {
		return row, false, nil
	}
	return row, err == nil, err
}

func help(f ui.Field, text string) ui.Field {
	f.Help = text
	return f
}

func half(f ui.Field) ui.Field {
	f.Width = ui.Half
	return f
}
