package posting

import "cunju/internal/web"

func (p *Pages) wall(r *web.Request) (web.Response, error) { return web.Response{}, web.NotFound("") }
