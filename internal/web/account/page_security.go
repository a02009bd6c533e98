package account

import (
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// eventsShown is how many log-ins a person sees of himself.
const eventsShown = 20

func (p *Pages) security(r *web.Request) (web.Response, error) {
	open, err := p.store.OpenSessions(r.Context(), r.Account)
	if err != nil {
		return web.Response{}, err
	}
	events, err := p.store.EventsOf(r.Context(), r.Account, eventsShown)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(securityPage(r, open, r.SessionID(), events)), nil
}

func (p *Pages) endSessions(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	session := f.Text("session", "登录", 64)
	others := f.Bool("others")
	switch {
	case others:
		err = p.store.RevokeOthers(r.Context(), r.Account, r.SessionID(), from(r))
	case f.OK() && session == r.SessionID():
		return web.Response{}, web.BadRequest("这是您正在使用的登录，请用“退出登录”结束它。")
	case f.OK() && session != "":
		err = p.store.Revoke(r.Context(), r.Account, session, from(r))
	default:
		return web.Response{}, web.BadRequest("没有说明要结束哪一个登录。")
	}
	if err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已经结束。", Detail: "在那台设备上要重新登录才能使用。"})
	return web.Redirect("/me/security"), nil
}
