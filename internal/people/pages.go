package people

import (
	"context"
	"fmt"

	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/web"
)

// Pages are the pages of persons and households.
type Pages struct {
	*desk.House
	Vault Vault
	Outside

	register *intake.Register
}

// Outside is what the pages know of other slices; cmd hands it in.
type Outside struct {
	More  func(r *web.Request, person int64) ([]Related, error) // what they know of a person: offices, membership
	Holds Holds                                                 // for which duties they still need a person's data
	Told  Told                                                  // which of their acts tell of a person
	Gone  func(ctx context.Context, person int64) error         // takes a person's name out of what is no part of the journal: accounts
}

// NewPages makes the pages; what is imported waits at the counter.
func NewPages(h *desk.House, v Vault, o Outside, counter *intake.Counter) *Pages {
	p := &Pages{House: h, Vault: v, Outside: o}
	p.register = counter.Open(p.homes())
	return p
}

// Related is a line on a person's page that another slice brings.
type Related struct {
	Key   string
	Value string
	Href  string
}

func personPath(id int64) string { return fmt.Sprintf("/desk/people/%d", id) }

func erasureHref(id int64) string { return fmt.Sprintf("/desk/erasures/%d", id) }

// householdsPath is the register of households.
const householdsPath = "/desk/households"

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	rt.Desk.Get("/desk/search", p.search)
	// Persons.
	rt.Desk.Get("/desk/people", p.search)
	rt.Desk.Get("/desk/people/new", p.newForm)
	rt.Desk.Post("/desk/people/new", p.create)
	rt.Desk.Get("/desk/people/{id}", p.person)
	rt.Desk.Get("/desk/people/{id}/change", p.changeForm)
	rt.Desk.Post("/desk/people/{id}/change", p.change)
	rt.Desk.Get("/desk/people/{id}/reveal", p.revealForm)
	rt.Desk.Post("/desk/people/{id}/reveal", p.reveal)
	rt.Desk.Get("/desk/people/{id}/move-out", p.moveOutForm)
	rt.Desk.Post("/desk/people/{id}/move-out", p.moveOut)
	// Erasure of a person's data: one asks, another agrees.
	rt.Desk.Get("/desk/people/{id}/erase", p.eraseForm)
	rt.Desk.Post("/desk/people/{id}/erase", p.askErase)
	rt.Desk.Get("/desk/erasures/{id}", p.erasure)
	rt.Desk.Post("/desk/erasures/{id}/agree", p.agreeErase)
	rt.Desk.Post("/desk/erasures/{id}/spare", p.spareErase)
	// Households.
	rt.Desk.Get("/desk/households/import", p.register.Form)
	rt.Desk.Post("/desk/households/import", p.register.Upload, intake.Body)
	rt.Desk.Get("/desk/households/import/blank", p.register.Blank)
	rt.Desk.Get("/desk/households", p.households)
	rt.Desk.Get("/desk/households/{id}", p.household)
	rt.Desk.Get("/desk/households/{id}/head", p.leadForm)
	rt.Desk.Post("/desk/households/{id}/head", p.lead)
}
