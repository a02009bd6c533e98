package org

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the pages of units, offices and local terms.
type Pages struct {
	*desk.House
	Outside
	unitRegister, postRegister *intake.Register
}

// Outside is what the pages show of other slices; cmd hands it in.
type Outside struct {
	// Counts gives the Party members of every unit, itself and all below it, at the end of a day.
	Counts func(ctx context.Context, on calendar.Date) (map[int64]int64, error)
	// Find offers persons by what someone typed. Its answers are ids with names, and it notes the look in the view log.
	Find func(r *web.Request, typed string) ([]ui.Option, error)
	// FullSince is the day on which a person became a full Party member, "" when unknown or none: PO-03 asks for it.
	FullSince func(ctx context.Context, person int64) (calendar.Date, error)
	// Affected counts what units have under way, and what they published from a day on.
	Affected Affected
	// Numbers finds the persons to whom identity numbers belong, for registers that come in.
	Numbers Finder
	// Mask shows a cell of a sheet's column with personal data, by its key.
	Mask func(column, value string) string
}

// NewPages makes the pages; what is imported waits at the counter.
func NewPages(h *desk.House, o Outside, counter *intake.Counter) *Pages {
	p := &Pages{House: h, Outside: o}
	p.unitRegister, p.postRegister = counter.Open(p.units()), counter.Open(p.posts())
	return p
}

// Addresses that several pages lead to.
const (
	treePath          = "/desk/org"
	importPath        = "/desk/org/import"
	officesImportPath = "/desk/offices/import"
	settingsPath      = "/desk/settings"
)

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// The tree, on any day.
	rt.Desk.Get("/desk/org", p.tree)
	rt.Desk.Get("/desk/org/print", p.print)
	rt.Desk.Get("/desk/org/export", p.exportForm)
	rt.Desk.Post("/desk/org/export", p.export)
	rt.Desk.Get("/desk/org/export/blank", p.blank)
	rt.Desk.Get("/desk/org/import", p.unitRegister.Form)
	rt.Desk.Post("/desk/org/import", p.unitRegister.Upload, intake.Body)
	rt.Desk.Get("/desk/org/import/blank", p.unitRegister.Blank)
	rt.Desk.Get("/desk/offices/import", p.postRegister.Form)
	rt.Desk.Post("/desk/offices/import", p.postRegister.Upload, intake.Body)
	rt.Desk.Get("/desk/offices/import/blank", p.postRegister.Blank)
	// One unit and the acts on it.
	rt.Desk.Get("/desk/org/new", p.establishForm)
	rt.Desk.Post("/desk/org/new", p.establish)
	rt.Desk.Get("/desk/org/{id}", p.unit)
	rt.Desk.Get("/desk/org/{id}/rename", p.renameForm)
	rt.Desk.Post("/desk/org/{id}/rename", p.rename)
	rt.Desk.Get("/desk/org/{id}/attach", p.attachForm)
	rt.Desk.Post("/desk/org/{id}/attach", p.attach)
	rt.Desk.Get("/desk/org/{id}/dissolve", p.dissolveForm)
	rt.Desk.Post("/desk/org/{id}/dissolve", p.dissolve)
	// Offices.
	rt.Desk.Get("/desk/org/{id}/appoint", p.appointForm)
	rt.Desk.Post("/desk/org/{id}/appoint", p.appoint)
	rt.Desk.Get("/desk/offices/{id}/leave", p.leaveForm)
	rt.Desk.Post("/desk/offices/{id}/leave", p.leave)
	// Local terms of law.
	rt.Desk.Get("/desk/settings", p.settings)
	rt.Desk.Get("/desk/settings/new", p.settingForm)
	rt.Desk.Post("/desk/settings/new", p.setting)
}
