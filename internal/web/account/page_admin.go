package account

import (
	"context"
	"fmt"
	"net/url"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Admin are the pages of the system administrator: who has an account, and nothing about the persons but their names and
// offices.
type Admin struct {
	*desk.House
	store   *Store
	outside Outside
}

// Outside is what these pages show of persons; cmd hands it in.
type Outside struct {
	// Find offers persons by a name as typed, never by a number. Its answers are ids with names, and it notes the look in the
	// view log.
	Find func(r *web.Request, typed string) ([]ui.Option, error)
	// Offices names the offices that a person holds today.
	Offices func(ctx context.Context, person int64) ([]string, error)
}

// NewAdmin makes the pages.
func NewAdmin(h *desk.House, store *Store, o Outside) *Admin { return &Admin{h, store, o} }

const adminPath = "/desk/accounts"

// Routes adds the pages to the site map.
func (p *Admin) Routes(rt *web.Router) {
	rt.Desk.Get("/desk/accounts", p.list)
	rt.Desk.Get("/desk/accounts/new", p.newForm)
	rt.Desk.Post("/desk/accounts/new", p.create)
	rt.Desk.Get("/desk/accounts/events", p.events)
	rt.Desk.Get("/desk/accounts/{id}", p.account)
	rt.Desk.Post("/desk/accounts/{id}/reset", p.reset)
	rt.Desk.Post("/desk/accounts/{id}/lock", p.lock)
	rt.Desk.Post("/desk/accounts/{id}/unlock", p.unlock)
	rt.Desk.Post("/desk/accounts/{id}/close", p.close)
}

// may asks for the power over accounts.
func (p *Admin) may(r *web.Request) error {
	anchors := p.Anchors(r, access.AccountManage)
	if len(anchors) == 0 {
		return web.Forbidden("账号由系统管理员管理。")
	}
	_, err := p.May(r, access.AccountManage, anchors[0])
	return err
}

// frame is the desk around a page of accounts.
func (p *Admin) frame(r *web.Request, title string) (ui.DeskProps, error) {
	f := desk.Frame{Title: title, Active: adminPath}
	if title != "账号" {
		f.Crumbs = []ui.Link{{Text: "账号", Href: adminPath}}
	}
	return p.Desk(r, f)
}

const adminPage = 50

// listed is an account in the list.
type listed struct {
	Account
	Offices string
	Until   bool // stopped by wrong passwords for now
}

func (p *Admin) list(r *web.Request) (web.Response, error) {
	if err := p.may(r); err != nil {
		return web.Response{}, err
	}
	frame, err := p.frame(r, "账号")
	if err != nil {
		return web.Response{}, err
	}
	q, after := r.Query("q"), r.Query("after")
	var rows []Account
	if q != "" {
		rows, err = p.store.search(r.Context(), q, after, adminPage+1)
	} else {
		rows, err = p.store.List(r.Context(), after, adminPage+1)
	}
	if err != nil {
		return web.Response{}, err
	}
	props := listProps{Frame: frame, Q: q}
	self := func(after string) string {
		return adminPath + "?" + url.Values{"q": {q}, "after": {after}}.Encode()
	}
	if len(rows) > adminPage {
		rows = rows[:adminPage]
		props.Pager.Next = self(rows[len(rows)-1].Login)
	}
	if after != "" {
		props.Pager.First = self("")
	}
	props.Pager.Text = fmt.Sprintf("本页 %d 个账号", len(rows))
	for _, a := range rows {
		l, err := p.listed(r.Context(), a)
		if err != nil {
			return web.Response{}, err
		}
		props.Rows = append(props.Rows, l)
	}
	return web.Render(adminListPage(props)), nil
}

func (p *Admin) listed(ctx context.Context, a Account) (listed, error) {
	l := listed{Account: a, Until: a.State == Active && max(a.LockedTill, a.SourceTill) > p.store.millis()}
	if a.Person == 0 {
		return l, nil
	}
	titles, err := p.outside.Offices(ctx, a.Person)
	for i, t := range titles {
		if i > 0 {
			l.Offices += "、"
		}
		l.Offices += t
	}
	return l, err
}

// search finds accounts by the beginning of the login or of the name, after a login, in their order.
func (s *Store) search(ctx context.Context, typed, after string, limit int) ([]Account, error) {
	login := normalLogin(typed)
	return db.All[Account](ctx, s.db, `SELECT `+accountColumns+` FROM account WHERE town = $1 AND login > $2
		AND (substr(login, 1, $3) = $4 OR substr(name, 1, $5) = $6) ORDER BY login LIMIT $7`,
		s.town, after, utf8.RuneCountInString(login), login, utf8.RuneCountInString(typed), typed, limit)
}

// one reads the account of the path.
func (p *Admin) one(r *web.Request) (Account, error) {
	if err := p.may(r); err != nil {
		return Account{}, err
	}
	id, err := r.PathID("id")
	if err != nil {
		return Account{}, err
	}
	a, err := p.store.Get(r.Context(), id)
	if db.Kind(err) == db.NotFound {
		return a, web.NotFound("没有这个账号。")
	}
	return a, err
}

func (p *Admin) account(r *web.Request) (web.Response, error) {
	a, err := p.one(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.show(r, a, "")
}

// show renders an account's page; a new password is shown this once and kept nowhere.
func (p *Admin) show(r *web.Request, a Account, password string) (web.Response, error) {
	frame, err := p.frame(r, a.Login)
	if err != nil {
		return web.Response{}, err
	}
	l, err := p.listed(r.Context(), a)
	if err != nil {
		return web.Response{}, err
	}
	events, err := p.store.EventsOf(r.Context(), a.ID, eventsShown)
	if err != nil {
		return web.Response{}, err
	}
	open, err := p.store.OpenSessions(r.Context(), a.ID)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(adminAccountPage(accountProps{Frame: frame, A: l, Password: password, Events: events, Sessions: len(open),
		Self: a.ID == r.Account, Key: r.NewKey, KeyName: r.KeyParam().Name})), nil
}

func (p *Admin) events(r *web.Request) (web.Response, error) {
	if err := p.may(r); err != nil {
		return web.Response{}, err
	}
	frame, err := p.frame(r, "登录记录")
	if err != nil {
		return web.Response{}, err
	}
	at, id := int64(1<<62), int64(0)
	if _, err := fmt.Sscanf(r.Query("before"), "%d.%d", &at, &id); err != nil {
		at, id = 1<<62, 0
	}
	rows, err := p.store.Events(r.Context(), at, id, adminPage+1)
	if err != nil {
		return web.Response{}, err
	}
	props := eventsProps{Frame: frame, Names: map[int64]string{}}
	if len(rows) > adminPage {
		rows = rows[:adminPage]
		last := rows[len(rows)-1]
		props.Pager.Next = fmt.Sprintf("%s/events?before=%d.%d", adminPath, last.At, last.ID)
	}
	if r.Query("before") != "" {
		props.Pager.First = adminPath + "/events"
	}
	props.Pager.Text = fmt.Sprintf("本页 %d 条", len(rows))
	props.Rows = rows
	for _, e := range rows {
		for _, id := range []int64{e.Account, e.Actor} {
			if _, known := props.Names[id]; id == 0 || known {
				continue
			}
			a, err := p.store.Get(r.Context(), id)
			if err != nil {
				return web.Response{}, err
			}
			props.Names[id] = a.Login
		}
	}
	return web.Render(adminEventsPage(props)), nil
}

// never writes an instant that may not have been.
func never(millis int64) string {
	if millis == 0 {
		return "从未"
	}
	return calendar.Instant(millis)
}

// stateText is an account's state in words.
func (l listed) stateText() (ui.Tone, string) {
	switch {
	case l.State == Closed:
		return ui.Neutral, "已注销"
	case l.State == Locked:
		return ui.Error, "已停用"
	case l.Until && l.LockedTill >= l.SourceTill:
		return ui.Warn, "多处输错密码，新设备暂停登录至 " + calendar.Clock(l.LockedTill)
	case l.Until:
		return ui.Warn, "有设备输错密码，锁定至 " + calendar.Clock(l.SourceTill)
	case l.MustChange:
		return ui.Info, "等待本人改密码"
	}
	return ui.Success, "正常"
}
