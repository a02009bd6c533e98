package member

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the pages of Party members: the register, one member, the forms of each act, import, export, and what a person
// sees of himself.
type Pages struct {
	*desk.House
	Vault people.Vault

	figures *cache[figureKey, figures]
	counts  *cache[figureKey, [2]int64] // full and probationary members on past days, in towns of many units
	trees   *cache[treeKey, *tree]
	roster  *intake.Register
	moves   *intake.Register
}

// NewPages makes the pages; what is imported waits at the counter.
func NewPages(h *desk.House, vault people.Vault, counter *intake.Counter) *Pages {
	p := &Pages{House: h, Vault: vault, figures: newCache[figureKey, figures](64), counts: newCache[figureKey, [2]int64](4096),
		trees: newCache[treeKey, *tree](16)}
	p.roster, p.moves = counter.Open(p.rosters()), counter.Open(p.movements())
	return p
}

// Addresses that several pages lead to.
const (
	listPath      = "/desk/members"
	importPath    = "/desk/members/import"
	movementsPath = "/desk/members/movements/import"
)

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// The register.
	rt.Desk.Get("/desk/members", p.list)
	rt.Desk.Get("/desk/members/print", p.print)
	rt.Desk.Get("/desk/members/print.css", p.printStyle)
	rt.Desk.Get("/desk/members/export", p.exportForm)
	rt.Desk.Post("/desk/members/export", p.export)
	// Import.
	rt.Desk.Get("/desk/members/import", p.roster.Form)
	rt.Desk.Post("/desk/members/import", p.roster.Upload, intake.Body)
	rt.Desk.Get("/desk/members/import/blank", p.roster.Blank)
	rt.Desk.Get("/desk/members/movements/import", p.moves.Form)
	rt.Desk.Post("/desk/members/movements/import", p.moves.Upload, intake.Body)
	rt.Desk.Get("/desk/members/movements/import/blank", p.moves.Blank)
	// One member.
	rt.Desk.Get("/desk/members/new", p.newForm)
	rt.Desk.Post("/desk/members/new", p.create)
	rt.Desk.Get("/desk/members/{id}", p.member)
	// The acts on a member, each with a form of its own.
	rt.Desk.Get("/desk/members/{id}/full", p.deedForm(fullDeed))
	rt.Desk.Post("/desk/members/{id}/full", p.deed(fullDeed))
	rt.Desk.Get("/desk/members/{id}/move", p.deedForm(moveDeed))
	rt.Desk.Post("/desk/members/{id}/move", p.deed(moveDeed))
	rt.Desk.Get("/desk/members/{id}/leave", p.deedForm(leaveDeed))
	rt.Desk.Post("/desk/members/{id}/leave", p.deed(leaveDeed))
	rt.Desk.Get("/desk/members/{id}/float", p.deedForm(floatDeed))
	rt.Desk.Post("/desk/members/{id}/float", p.deed(floatDeed))
	rt.Desk.Get("/desk/members/{id}/change", p.deedForm(changeDeed))
	rt.Desk.Post("/desk/members/{id}/change", p.deed(changeDeed))
	// What a person sees of himself.
	rt.Mine.Get("/me", p.mine)
}

// memberPath is the page of a member.
func memberPath(id int64) string { return fmt.Sprintf("%s/%d", listPath, id) }

// note writes the view log. It comes before the answer: what could not be noted is not shown.
func (p *Pages) note(r *web.Request, via access.Decision, views ...access.View) error {
	for i := range views {
		views[i].Viewer, views[i].Office, views[i].Page = r.Who.Person, via.Via.Title, r.URL.Path
	}
	return p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, views...) })
}

// crumbs are the way to a page below the register.
func crumbs(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "党员名册", Href: listPath}}, more...)
}

// field is a form's field with its place on the form.
func field(f *web.Form, name, label string, need web.Need, width ui.Width, help string) ui.Field {
	x := f.Field(name, label, need)
	x.Width, x.Help = width, help
	return x
}
