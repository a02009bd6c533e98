package account

import (
	"errors"
	"net/http"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

func (p *Pages) showPassword(r *web.Request) (web.Response, error) {
	must, err := p.must(r)
	return web.Render(passwordPage(r, web.NewForm(), p.store.set, must)), err
}

func (p *Pages) changePassword(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	must, err := p.must(r)
	if err != nil {
		return web.Response{}, err
	}
	old := f.Secret("old", "原密码")
	fresh := f.Secret("new", "新密码")
	again := f.Secret("again", "再输一次新密码")
	f.Forget("old", "new", "again")
	if f.OK() && fresh != again {
		f.Fail("again", "再输一次新密码", "两次输入的新密码不一样")
	}
	if f.OK() {
		err := p.store.Change(r.Context(), r.Account, old, fresh, r.SessionID(), from(r))
		var poor *web.Error
		switch {
		case errors.Is(err, ErrRefused):
			f.Fail("old", "原密码", "原密码不对；多次输错会锁定账号")
		case errors.As(err, &poor) && poor.Status == http.StatusUnprocessableEntity:
			f.Fail("new", "新密码", poor.What)
		case err != nil:
			return web.Response{}, err
		}
	}
	if !f.OK() {
		return web.Invalid(passwordPage(r, f, p.store.set, must)), nil
	}
	// A new token: whoever saw the old one is out.
	if err := r.LogIn(r.Account); err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "密码已经修改。", Detail: "其他设备上的登录都已结束。"})
	return web.Redirect("/me/security"), nil
}

// must tells whether the person was sent here instead of going on.
func (p *Pages) must(r *web.Request) (bool, error) {
	a, err := p.store.Get(r.Context(), r.Account)
	return p.store.mustChange(a), err
}
