package account

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// newForm first finds the person, then asks for the login name.
func (p *Admin) newForm(r *web.Request) (web.Response, error) {
	if err := p.may(r); err != nil {
		return web.Response{}, err
	}
	if id, err := strconv.ParseInt(r.Query("person"), 10, 64); err == nil {
		return p.showNew(r, id, web.NewForm())
	}
	frame, err := p.frame(r, "开通账号")
	if err != nil {
		return web.Response{}, err
	}
	props := newProps{Frame: frame, Q: r.Query("q")}
	if strings.ContainsFunc(props.Q, unicode.IsDigit) {
		props.Numbers = true // a number typed finds nobody, so that nobody learns here whose it is
	} else if props.Q != "" {
		if props.Found, err = p.outside.Find(r, props.Q); err != nil {
			return web.Response{}, err
		}
	}
	return web.Render(adminFindPage(props)), nil
}

// person gives the name of whom the account is for.
func (p *Admin) person(ctx context.Context, id int64) (string, error) {
	name, err := p.Person(ctx, p.DB, id)
	if err == nil && (id <= 0 || name == "") {
		err = web.NotFound("没有这个人员。")
	}
	return name, err
}

func (p *Admin) showNew(r *web.Request, person int64, f *web.Form) (web.Response, error) {
	name, err := p.person(r.Context(), person)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.frame(r, "开通账号")
	if err != nil {
		return web.Response{}, err
	}
	titles, err := p.outside.Offices(r.Context(), person)
	if err != nil {
		return web.Response{}, err
	}
	page := adminNewPage(newProps{Frame: frame, Name: name, Offices: titles, Form: f,
		Params: []ui.Param{r.KeyParam(), {Name: "person", Value: strconv.FormatInt(person, 10)}}})
	if f.OK() {
		return web.Render(page), nil
	}
	return web.Invalid(page), nil
}

// create makes the account and shows its first password, once.
func (p *Admin) create(r *web.Request) (web.Response, error) {
	if err := p.may(r); err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	person, err := web.ParseInt(f.Value("person"))
	if err != nil {
		return web.Response{}, web.BadRequest("没有选择人员。")
	}
	name, err := p.person(r.Context(), person)
	if err != nil {
		return web.Response{}, err
	}
	login := f.Required("login", "账号", 32)
	if wrong := CheckLogin(login); f.OK() && wrong != "" {
		f.Fail("login", "账号", wrong)
	}
	if !f.OK() {
		return p.showNew(r, person, f)
	}
	password := p.fresh(login, name)
	a, err := p.store.Create(r.Context(), New{Login: login, Name: name, Person: person, Password: password, By: r.Account})
	var poor *web.Error
	switch {
	case errors.Is(err, ErrTaken):
		f.Fail("login", "账号", "这个账号名已经有人用，或者此人已经有账号。没有重复开通")
	case errors.As(err, &poor) && poor.Status == http.StatusUnprocessableEntity:
		f.Fail("login", "账号", poor.What)
	case err != nil:
		return web.Response{}, err
	}
	if !f.OK() {
		return p.showNew(r, person, f)
	}
	return p.show(r, a, password)
}

// fresh makes a password that satisfies the rules for this login and name: a short login may turn up in it by chance.
func (p *Admin) fresh(login, name string) string {
	for {
		if s := NewPassword(); len(CheckPassword(p.store.set, normalLogin(login), name, s)) == 0 {
			return s
		}
	}
}

// change reads a button's form of an account that is not closed.
func (p *Admin) change(r *web.Request) (Account, *web.Form, error) {
	a, err := p.one(r)
	if err != nil {
		return a, nil, err
	}
	f, err := r.Form()
	if err == nil && a.State == Closed {
		err = web.NotNow("账号“" + a.Login + "”已经注销，不能再改。")
	}
	return a, f, err
}

// reset sets a new password and shows it once. The form remembers when the password was last set, so that a second submit does
// not silently make the password just written down worthless.
func (p *Admin) reset(r *web.Request) (web.Response, error) {
	a, f, err := p.change(r)
	if err != nil {
		return web.Response{}, err
	}
	if f.Value("seen") != strconv.FormatInt(a.Changed, 10) {
		return web.Response{}, web.Conflict("这个账号的密码刚刚已经改过。没有再次重设；如果没有记下新密码，请打开账号页再重设一次。")
	}
	if a.ID == r.Account {
		return web.Response{}, web.NotNow("自己的密码请在“登录与安全”里修改。")
	}
	password := p.fresh(a.Login, a.Name)
	if err := p.store.Reset(r.Context(), a.ID, password, r.Account); err != nil {
		return web.Response{}, err
	}
	if a, err = p.store.Get(r.Context(), a.ID); err != nil {
		return web.Response{}, err
	}
	return p.show(r, a, password)
}

func (p *Admin) lock(r *web.Request) (web.Response, error) {
	return p.stop(r, p.store.Lock, "已停用，正在使用的登录都已结束。")
}

func (p *Admin) unlock(r *web.Request) (web.Response, error) {
	return p.stop(r, p.store.Unlock, "已恢复，可以登录。")
}

func (p *Admin) close(r *web.Request) (web.Response, error) {
	return p.stop(r, p.store.Close, "已注销，以后不能再用。办过的事和登录记录都还在。")
}

// stop is lock, unlock and close; nobody does it to the account he is using.
func (p *Admin) stop(r *web.Request, do func(ctx context.Context, id, by int64) error, done string) (web.Response, error) {
	a, _, err := p.change(r)
	if err != nil {
		return web.Response{}, err
	}
	if a.ID == r.Account {
		return web.Response{}, web.NotNow("不能停用或注销您正在使用的账号。")
	}
	if err := do(r.Context(), a.ID, r.Account); err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "账号“" + a.Login + "”" + done})
	return web.Redirect(adminPath + "/" + strconv.FormatInt(a.ID, 10)), nil
}
