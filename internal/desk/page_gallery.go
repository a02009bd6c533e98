package desk

import (
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// gallery shows every component in every state, in development only. Nothing leads to it.
func (p *Pages) gallery(r *web.Request) (web.Response, error) {
	page, ok := ui.Gallery(r.Page("样张"), r.PathValue("name"), "/desk/gallery")
	if !ok {
		return web.Response{}, web.NotFound("")
	}
	return web.Render(page), nil
}
