package desk

import (
	"cunju/internal/web"
)

// Pages are the desk's own pages: the landing with what waits, and the journal as people read it.
type Pages struct {
	*House
	Steps map[string]StepTitle // next step → words, by "procedure/step"
}

// StepTitle is what a step is called and where its matter's page is.
type StepTitle struct {
	Title string
	Href  func(matter int64) string
}

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	rt.Desk.Get("/desk", p.home)
	// The journal.
	rt.Desk.Get("/desk/acts", p.acts)
	rt.Desk.Get("/desk/acts/{n}", p.act)
	rt.Desk.Get("/desk/acts/{n}/correct", p.correctForm)
	rt.Desk.Post("/desk/acts/{n}/correct", p.correct)
	rt.Desk.Get("/desk/acts/{n}/void", p.voidForm)
	rt.Desk.Post("/desk/acts/{n}/void", p.void)
	// Who may do what.
	rt.Desk.Get("/desk/powers", p.powers)
}
