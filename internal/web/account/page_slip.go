package account

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Slips are the pages at which clerks print activation slips for villagers.
type Slips struct {
	*desk.House
	store   *Store
	offices func(ctx context.Context, person int64) ([]string, error)
	base    string
}

// NewSlips makes the pages. offices names the offices that a person holds today; base is the address that QR codes carry, ""
// for the one of each request.
func NewSlips(h *desk.House, store *Store, offices func(ctx context.Context, person int64) ([]string, error), base string) *Slips {
	return &Slips{h, store, offices, strings.TrimRight(base, "/")}
}

// Routes adds the pages to the site map.
func (p *Slips) Routes(rt *web.Router) {
	rt.Desk.Get("/desk/slips/{person}", p.form)
	rt.Desk.Post("/desk/slips/{person}", p.print)
}

// slipProps is a slip, or the page that leads to it.
type slipProps struct {
	Frame  ui.DeskProps
	Sheet  ui.SheetProps
	Person int64
	Name   string
	Key    ui.Param
	Why    string // why there is none, "" when there may be one
	Slip   Slip
	URL    string // where the code is typed in
}

// one reads the person of the path, for whom the clerk keeps the register. Whoever holds an office gets his account from the
// system administrator: a slip would be a way into it.
func (p *Slips) one(r *web.Request) (s slipProps, via access.Decision, err error) {
	if s.Person, err = r.PathID("person"); err != nil {
		return s, via, err
	}
	ctx := r.Context()
	units, err := p.Units(ctx, s.Person)
	if err != nil {
		return s, via, err
	}
	if via, err = p.MayAny(r, access.PeopleEdit, units, s.Person); err != nil {
		return s, via, err
	}
	if s.Name, err = p.House.Person(ctx, p.DB, s.Person); err == nil && s.Name == "" {
		err = web.NotFound("没有这个人员。")
	}
	if err != nil {
		return s, via, err
	}
	held, err := p.offices(ctx, s.Person)
	if err != nil {
		return s, via, err
	}
	logins, err := OfPerson(ctx, p.DB, p.Town, s.Person)
	switch {
	case len(held) > 0:
		s.Why = s.Name + "担任职务，账号由系统管理员开通。"
	case len(logins) > 0:
		s.Why = s.Name + "已经有账号。忘了密码的，请系统管理员重设。"
	}
	return s, via, err
}

func (p *Slips) form(r *web.Request) (web.Response, error) {
	s, _, err := p.one(r)
	if err != nil {
		return web.Response{}, err
	}
	s.Key = r.KeyParam()
	if s.Frame, err = p.Desk(r, desk.Frame{Title: "打印开通单", Active: "/desk/people", Crumbs: []ui.Link{{Text: "人员和住户", Href: "/desk/people"}, {Text: s.Name, Href: "/desk/people/" + strconv.FormatInt(s.Person, 10)}}}); err != nil {
		return web.Response{}, err
	}
	return web.Render(slipFormPage(s)), nil
}

// print makes the slip and shows it, once.
func (p *Slips) print(r *web.Request) (web.Response, error) {
	s, via, err := p.one(r)
	if err != nil {
		return web.Response{}, err
	}
	if _, err := r.Form(); err != nil {
		return web.Response{}, err
	}
	if s.Why != "" {
		return web.Response{}, web.NotNow(s.Why)
	}
	view := access.View{Subject: s.Person, Viewer: r.Who.Person, Office: via.Via.Title, Act: access.PeopleEdit, What: "打印登录开通单（只有姓名）", Page: r.URL.Path, Persons: 1}
	if err := p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, view) }); err != nil {
		return web.Response{}, err
	}
	if s.Slip, err = p.store.IssueSlip(r.Context(), s.Person, s.Name, r.Account); errors.Is(err, ErrHasAccount) {
		return web.Response{}, web.NotNow(s.Name + "已经有账号，或者账号名已经有人用。请系统管理员处理。")
	}
	if err != nil {
		return web.Response{}, err
	}
	if s.URL = p.base; s.URL == "" {
		s.URL = "http://" + r.Host
		if r.HTTPS {
			s.URL = "https://" + r.Host
		}
	}
	s.URL += activatePath
	s.Sheet = ui.SheetProps{Page: r.Page("登录开通单"), Back: ui.Link{Text: "返回", Href: "/desk/people/" + strconv.FormatInt(s.Person, 10)}}
	return web.Render(slipSheet(s)), nil
}

// until is the day up to which a slip is good.
func (s slipProps) until() string { return calendar.InstantChinese(s.Slip.Expires) }

const activatePath = "/activate"

// showActivate asks for the code of a slip and a password.
func (p *Pages) showActivate(r *web.Request) (web.Response, error) {
	return web.Render(activatePage(r, web.NewForm("code", r.Query("c")), p.store.set)), nil
}

func (p *Pages) activate(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	code := f.Required("code", "开通码", 40)
	fresh, again := f.Secret("new", "新密码"), f.Secret("again", "再输一次新密码")
	f.Forget("new", "again")
	if f.OK() && fresh != again {
		f.Fail("again", "再输一次新密码", "两次输入的新密码不一样")
	}
	var a Account
	if f.OK() {
		a, err = p.store.Activate(r.Context(), code, fresh, from(r))
		var poor *web.Error
		switch {
		case errors.Is(err, ErrRefused):
			f.Fail("code", "开通码", "开通码不对、已经用过或者过期了。没有开通；请核对纸上的字，或者到窗口重新打印")
		case errors.As(err, &poor) && poor.Status == http.StatusUnprocessableEntity:
			f.Fail("new", "新密码", poor.What)
		case err != nil:
			return web.Response{}, err
		}
	}
	if !f.OK() {
		return web.Invalid(activatePage(r, f, p.store.set)), nil
	}
	if err := r.LogIn(a.ID); err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已经开通。以后用账号 " + a.Login + " 或者登记的手机号，加上刚设的密码登录。", Detail: "密码不要告诉别人，工作人员也不会问。"})
	return web.Redirect("/me"), nil
}
