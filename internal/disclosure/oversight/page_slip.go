package oversight

import (
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// slipProps is the paper for who asked on paper or at the counter. It names nobody: it is handed over.
type slipProps struct {
	Frame ui.SheetProps
	Q     *Question
	About string
	ID    int64
	Unit  string
}

// slip prints an answer for somebody who has no log-in.
func (p *Pages) slip(r *web.Request) (web.Response, error) {
	v, err := p.look(r, SortQuestion)
	if err != nil {
		return web.Response{}, err
	}
	switch {
	case v.Veiled != "":
		return web.Response{}, web.Forbidden(v.Veiled)
	case v.question.Answered == "":
		e := web.NotNow("这件询问还没有答复，不能打印答复单。")
		e.Do = "先登记答复，再打印。"
		return web.Response{}, e
	}
	u, err := org.Find(r.Context(), p.DB, p.Town, v.Row.Unit)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(slipPage(slipProps{Frame: ui.SheetProps{Page: r.Page("询问答复单"), Back: ui.Link{Text: "返回", Href: path(SortQuestion, v.Row.ID)}},
		Q: v.question, About: v.Row.Title, ID: v.Row.ID, Unit: u.Name})), nil
}
