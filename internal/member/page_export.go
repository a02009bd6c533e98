package member

import "cunju/internal/web"

func (p *Pages) exportForm(r *web.Request) (web.Response, error) { return web.Response{}, nil }
func (p *Pages) export(r *web.Request) (web.Response, error)     { return web.Response{}, nil }
