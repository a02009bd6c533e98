package posting

import (
	"time"

	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/files"
	"cunju/internal/web"
)

// Pages are the check-in on the phone, the reports for everyone, the desk's pages of posting, and the wall display.
type Pages struct {
	*desk.House
	notices *disclosure.Pages
	files   *files.Store
	codes   Codes
	pace    pace
	now     func() time.Time
}

// NewPages makes the pages, and puts a card under every notice. seal is a keyed hash of the town's own, the same for ever.
func NewPages(h *desk.House, notices *disclosure.Pages, store *files.Store, seal func(text string) string) *Pages {
	p := &Pages{House: h, notices: notices, files: store, codes: Codes{seal}, now: time.Now}
	notices.Put(disclosure.Beside{Public: p.publicCard, Desk: p.deskCard, Village: p.villageCard, Room: Covering, Waits: p.waits})
	return p
}

// photoBody is the largest form with a photo or a scanned list.
const photoBody = 16 << 20

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// Before the board, on a phone: no log-in, but the paper's code.
	rt.Public.Get("/n/{id}/here", p.here)
	rt.Public.Post("/n/{id}/here", p.say, web.MaxBody(photoBody))
	// The reports, for everyone.
	rt.Public.Get("/n/{id}/posting", p.report)
	rt.Public.Get("/n/{id}/posting/print", p.printReport)
	rt.Public.Get("/n/{id}/posting/sheet", p.sheetReport)
	rt.Public.Get("/v/{unit}/posting", p.year)
	rt.Public.Get("/v/{unit}/posting/print", p.printYear)
	rt.Public.Get("/v/{unit}/posting/sheet", p.sheetYear)
	// The screen in the hall.
	rt.Public.Get("/wall/{unit}", p.wall)
	// At the desk.
	rt.Desk.Get("/desk/disclosure/posting", p.list)
	rt.Desk.Get("/desk/posting/{id}", p.show)
	rt.Desk.Get("/desk/posting/{id}/print", p.paper)
	rt.Desk.Get("/desk/posting/{id}/list/print", p.blankList)
	rt.Desk.Get("/desk/posting/{id}/file/{hash}", p.file)
	rt.Desk.Get("/desk/posting/{id}/signoff", p.signoffForm)
	rt.Desk.Post("/desk/posting/{id}/signoff", p.signoff, web.MaxBody(photoBody))
	rt.Desk.Get("/desk/rehang/{id}", p.rehangForm)
	rt.Desk.Post("/desk/rehang/{id}", p.rehang)
}
