package people

import (
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/web"
)

// Pages are the pages of persons and households.
type Pages struct {
	*desk.House
	Vault Vault
	More  func(r *web.Request, person int64) ([]Related, error) // what other slices know of a person: offices, membership

	register *intake.Register
}

// NewPages makes the pages; what is imported waits at the counter.
func NewPages(h *desk.House, v Vault, more func(r *web.Request, person int64) ([]Related, error), counter *intake.Counter) *Pages {
	p := &Pages{House: h, Vault: v, More: more}
	p.register = counter.Open(p.homes())
	return p
}

// Related is a line on a person's page that another slice brings.
type Related struct {
	Key   string
	Value string
	Href  string
}

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
	// Households.
	rt.Desk.Get("/desk/households/import", p.register.Form)
	rt.Desk.Post("/desk/households/import", p.register.Upload, intake.Body)
	rt.Desk.Get("/desk/households/import/blank", p.register.Blank)
	rt.Desk.Get("/desk/households", p.households)
	rt.Desk.Get("/desk/households/{id}", p.household)
}
