package disclosure

import (
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// logProps is the page about the public log.
type logProps struct {
	Frame      ui.BoardProps
	Town       string
	Origin     string
	VKey       string
	Size       int64
	Checkpoint journal.Checkpoint // of size 0 while none is published
	Base       string             // full address of the log
	Site       string             // full address of the board
	Watch      watchView
}

// logPage says to people what the log is, where its files are and how to keep a copy.
func (p *Pages) logPage(r *web.Request) (web.Response, error) {
	props := logProps{Town: p.Town, VKey: p.vkey, Base: p.url(r, "/log/"+p.Town), Site: p.url(r, "")}
	var err error
	if props.Frame, err = p.BoardFrame(r, "公开总账", nil, "/log"); err != nil {
		return web.Response{}, err
	}
	if props.Origin, err = journal.Origin(r.Context(), p.DB, p.Town); err != nil {
		return web.Response{}, err
	}
	if props.Size, err = journal.Size(r.Context(), p.DB, p.Town); err != nil {
		return web.Response{}, err
	}
	props.Checkpoint, err = journal.Published(r.Context(), p.DB, p.Town)
	if err != nil && db.Kind(err) != db.NotFound {
		return web.Response{}, err
	}
	if props.Watch, err = p.watch(r.Context(), props.Checkpoint); err != nil {
		return web.Response{}, err
	}
	return web.Render(logView(props)), nil
}

// trustProps is the page about what is proven, and whom one trusts.
type trustProps struct {
	Frame ui.BoardProps
	Town  string
	VKey  string
	Watch watchView
	Base  string
}

// trustPage says in plain words what is proven and what is not, whom one trusts, and how to check on another computer.
func (p *Pages) trustPage(r *web.Request) (web.Response, error) {
	props := trustProps{Town: p.Town, VKey: p.vkey, Base: p.url(r, "")}
	cp, err := journal.Published(r.Context(), p.DB, p.Town)
	if err != nil && db.Kind(err) != db.NotFound {
		return web.Response{}, err
	}
	if props.Watch, err = p.watch(r.Context(), cp); err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.BoardFrame(r, "凭什么相信", nil, "/trust"); err != nil {
		return web.Response{}, err
	}
	return web.Render(trustView(props)), nil
}
