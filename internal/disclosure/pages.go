package disclosure

import (
	"strings"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/desk"
	"cunju/internal/files"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Pages are the desk's pages of disclosure and the public board.
type Pages struct {
	*desk.House
	files     *files.Store
	key       note.Verifier                  // of the town's log
	vkey      string                         // the same, as it is printed
	watched   Watched                        // who signs the log's checkpoints beside the town
	beside    []Beside                       // what other rooms show on these pages
	lists     *Shelf[BoardFilter, boardList] // pages of the board, each of at most some 20 KB
	drawn     *Shelf[int64, []ui.SidesProps] // by village
	standings *Shelf[int64, BoardStanding]   // by village
	both      *Shelf[struct{}, [2][]place]   // villages of today, and those of once
	inside    Belongs                        // who is a member of a collective
	base      string                         // public address that QR codes carry, without a slash at the end; "" takes the request's own
}

// NewPages makes the pages. vkey is the public half of the log's key (C2SP signed-note); base is the address under which
// villagers reach the board, such as https://gk.wenfeng.example, or "" to use each request's own.
func NewPages(h *desk.House, store *files.Store, vkey, base string) (*Pages, error) {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	alone, err := unwatched(vkey)
	if err != nil {
		return nil, err
	}
	return &Pages{House: h, watched: alone, files: store, key: key, vkey: vkey, lists: NewShelf[BoardFilter, boardList](256), drawn: NewShelf[int64, []ui.SidesProps](64), standings: NewShelf[int64, BoardStanding](64), both: NewShelf[struct{}, [2][]place](2), base: strings.TrimRight(base, "/")}, nil
}

// sheetBody is the largest form with a table or an attachment.
const sheetBody = 24 << 20

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// The register at the desk.
	rt.Desk.Get("/desk/disclosure", p.list)
	rt.Desk.Get("/desk/disclosure/export", p.export)
	rt.Desk.Get("/desk/disclosure/template", p.template)
	rt.Desk.Get("/desk/disclosure/filed", p.filed)
	rt.Desk.Get("/desk/disclosure/filed/export", p.filedExport)
	// Drafts.
	rt.Desk.Get("/desk/disclosure/new", p.newForm)
	rt.Desk.Post("/desk/disclosure/new", p.create, web.MaxBody(sheetBody))
	rt.Desk.Get("/desk/disclosure/{id}/edit", p.editForm)
	rt.Desk.Post("/desk/disclosure/{id}/edit", p.edit, web.MaxBody(sheetBody))
	// One notice: its page and its steps.
	rt.Desk.Get("/desk/disclosure/{id}", p.show)
	rt.Desk.Post("/desk/disclosure/{id}/submit", p.submit)
	rt.Desk.Post("/desk/disclosure/{id}/check", p.check)
	rt.Desk.Post("/desk/disclosure/{id}/answer", p.answer)
	rt.Desk.Post("/desk/disclosure/{id}/approve", p.approve)
	rt.Desk.Post("/desk/disclosure/{id}/urgent", p.urgent)
	rt.Desk.Post("/desk/disclosure/{id}/publish", p.publish)
	rt.Desk.Post("/desk/disclosure/{id}/post", p.post)
	rt.Desk.Post("/desk/disclosure/{id}/takedown", p.takedown)
	rt.Desk.Post("/desk/disclosure/{id}/file", p.archive)
	rt.Desk.Post("/desk/disclosure/{id}/withdraw", p.withdraw)
	rt.Desk.Get("/desk/disclosure/{id}/sheet", p.sheet)
	rt.Desk.Get("/desk/disclosure/{id}/print", p.deskPrint)
	rt.Desk.Get("/desk/disclosure/{id}/form", p.officeForm)
	rt.Desk.Get("/desk/disclosure/{id}/form/sheet", p.officeSheet)
	rt.Desk.Get("/desk/disclosure/{id}/vouchers", p.vouchersForm)
	rt.Desk.Post("/desk/disclosure/{id}/vouchers", p.vouch, web.MaxBody(sheetBody))
	rt.Desk.Get("/desk/disclosure/{id}/cover", p.coverForm)
	rt.Desk.Post("/desk/disclosure/{id}/cover", p.cover)
	rt.Desk.Post("/desk/disclosure/{id}/cover/decide", p.decideCover)
	rt.Desk.Get("/desk/disclosure/{id}/file/{hash}", p.draftFile)
	// What is published for some only: they log in.
	rt.Mine.Get("/me/notices", p.mine)
	rt.Mine.Get("/me/notices/{id}", p.mineNotice)
	rt.Mine.Get("/me/notices/{id}/print", p.minePrint)
	rt.Mine.Get("/me/notices/{id}/sheet", p.mineSheet)
	rt.Mine.Get("/me/notices/{id}/file/{hash}", p.mineFile)
	// The board: no log-in.
	rt.Public.Get("/{$}", p.home)
	rt.Public.Get("/v/{unit}", p.village)
	rt.Public.Get("/v/{unit}/list/print", p.printed)
	rt.Public.Get("/feed.atom", p.feed)
	rt.Public.Get("/v/{unit}/feed.atom", p.villageFeed)
	rt.Public.Get("/n/{id}", p.notice)
	rt.Public.Get("/n/{id}/verify", p.verify)
	rt.Public.Get("/n/{id}/receipt", p.receipt)
	rt.Public.Get("/n/{id}/archive", p.archiveCopy)
	rt.Public.Get("/n/{id}/print", p.print)
	rt.Public.Get("/n/{id}/sheet", p.publicSheet)
	rt.Public.Get("/n/{id}/file/{hash}", p.file)
	rt.Public.Get("/verify", p.look)
	rt.Public.Get("/log", p.logPage)
	rt.Public.Get("/trust", p.trustPage)
	rt.Public.Get("/policy.txt", p.policyFile)
	rt.Public.Get("/rules", p.rules)
}
