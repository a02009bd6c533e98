package desk

import (
	"cunju/internal/web"
)

// Pages are the desk's own pages: the landing with what waits, and the journal as people read it.
type Pages struct {
	*House
	Steps   map[string]StepTitle // next step → words, by "procedure/step"
	Gallery bool                 // development: show the components at /desk/gallery
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
	// Who looked at whose data.
	rt.Desk.Get("/desk/viewlog", p.viewlog)
	rt.Desk.Get("/desk/viewlog/export", p.exportViews)
	// The components, in development.
	if p.Gallery {
		rt.Desk.Get("/desk/gallery", p.gallery)
		rt.Desk.Get("/desk/gallery/{name}", p.gallery)
	}
}
