package account

import (
	"errors"

	"cunju/internal/db"
	"cunju/internal/web"
)

func (p *Pages) showLogin(r *web.Request) (web.Response, error) {
	if r.LoggedIn() {
		to, err := p.landing(r.Context(), r.Account, r.Back())
		return web.Redirect(to), err
	}
	return web.Render(loginPage(r, web.NewForm())), nil
}

func (p *Pages) login(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	login := f.Required("login", "账号或手机号", 64)
	password := f.Secret("password", "密码")
	f.Forget("password")
	if !f.OK() {
		return web.Invalid(loginPage(r, f)), nil
	}
	a, err := p.store.LogIn(r.Context(), login, password, from(r))
	if errors.Is(err, ErrRefused) {
		f.FailForm(p.store.RefusedText())
		return web.Invalid(loginPage(r, f)), nil
	}
	if err != nil {
		return web.Response{}, err
	}
	to, err := p.landing(r.Context(), a.ID, r.Back())
	if err != nil {
		return web.Response{}, err
	}
	if err := r.LogIn(a.ID); err != nil {
		return web.Response{}, err
	}
	token, err := p.store.Remember(r.Context(), a.ID, from(r))
	if err != nil {
		return web.Response{}, err
	}
	return web.Redirect(to).WithCookie(deviceCookie, token, deviceKeep), nil
}

// logout carries no key: ending a session twice does no harm.
func (p *Pages) logout(r *web.Request) (web.Response, error) {
	if r.LoggedIn() {
		o := from(r)
		err := p.store.db.Update(r.Context(), func(tx *db.Tx) error {
			return p.store.record(r.Context(), tx, Event{Account: r.Account, Actor: r.Account,
				Kind: Left, Device: o.Device, Address: o.Address})
		})
		if err != nil {
			return web.Response{}, err
		}
	}
	if err := r.LogOut(); err != nil {
		return web.Response{}, err
	}
	return web.Redirect("/"), nil
}
