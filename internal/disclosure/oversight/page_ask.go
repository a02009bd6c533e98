package oversight

import (
	"context"
	"strconv"

	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// askLabels are the fields that such a form always shows; what is refused about others stands above it.
var askLabels = map[string]string{"text": "内容", "title": "关于什么", "reply": "当场答复", "channel": "怎样提出", "private": "答复给谁看"}

// askProps is a form by which something is asked or complained of, on a villager's phone or at the desk.
type askProps struct {
	Phone    ui.PhoneProps
	Desk     ui.DeskProps
	Form     *web.Form
	Obstacle *desk.Obstacle
	Key      ui.Param
	Notice   disclosure.Row // about which; its ID is 0 for none
	Lines    []ui.Option
	Units    []ui.Option
	Found    []ui.Option // registered persons for a typed name
	Complain bool
	Days     string // by when an answer comes, in words
}

// phone is the frame of a villager's own pages.
func (p *Pages) phone(r *web.Request, title string, back ui.Link) (ui.PhoneProps, error) {
	town, err := p.Name(r.Context(), p.DB, street)
	f := ui.PhoneProps{Page: r.Page(title), Village: town, Sub: "我的信息", Back: back, Tabs: []ui.NavItem{{Text: "我的", Href: "/me", Icon: "user"},
		{Text: "询问", Href: "/me/questions", Icon: "message-circle", Active: true}, {Text: "公开", Href: "/", Icon: "speakerphone"}}}
	if len(r.Who.Offices) > 0 {
		f.Tabs = append(f.Tabs, ui.NavItem{Text: "工作台", Href: "/desk", Icon: "layout-dashboard"})
	}
	return f, err
}

// identified refuses an account that stands for nobody in the register.
func identified(r *web.Request) error {
	if r.Who.Person > 0 {
		return nil
	}
	e := web.Forbidden("您的账号还没有对应到登记的人员。")
	e.Do = "请带身份证到村（社区）窗口登记，或者请窗口的工作人员代为登记询问。"
	return e
}

// number reads a number of the address or a form; 0 when it is none.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// choices fills in what a form may be about: the lines of its notice, or the units.
func (p *Pages) choices(ctx context.Context, s *askProps, notice int64) error {
	row, ok, err := p.notice(ctx, notice)
	if err != nil {
		return err
	}
	if ok {
		s.Notice = row
		lines, err := linesOf(ctx, p.DB, p.Town, row)
		for i, text := range lines {
			s.Lines = append(s.Lines, ui.Option{Value: itoa(int64(i + 1)), Text: "第 " + itoa(int64(i+1)) + " 行　" + text})
		}
		return err
	}
	units, err := p.bodies(ctx)
	for _, u := range units {
		o := ui.Option{Value: itoa(u.ID), Text: u.Label()}
		if area, err := p.board.AreaOf(ctx, u.ID); err != nil {
			return err
		} else if area != nil {
			o.Group = area.Label()
		}
		s.Units = append(s.Units, o)
	}
	return err
}

func (p *Pages) askForm(r *web.Request) (web.Response, error) {
	if err := identified(r); err != nil {
		return web.Response{}, err
	}
	f := web.NewForm("notice", r.Query("notice"), "line", r.Query("line"), "unit", r.Query("unit"), "private", "no")
	return p.showAsk(r, f, nil, false)
}

func (p *Pages) complainForm(r *web.Request) (web.Response, error) {
	if err := identified(r); err != nil {
		return web.Response{}, err
	}
	return p.showAsk(r, web.NewForm("notice", r.Query("notice"), "unit", r.Query("unit")), nil, true)
}

func (p *Pages) showAsk(r *web.Request, f *web.Form, o *desk.Obstacle, complain bool) (web.Response, error) {
	s := askProps{Form: f, Obstacle: o, Key: r.KeyParam(), Complain: complain}
	title := "提问"
	if complain {
		title = "向街道反映"
	}
	var err error
	if s.Phone, err = p.phone(r, title, ui.Link{Text: "我的询问", Href: "/me/questions"}); err != nil {
		return web.Response{}, err
	}
	if err := p.choices(r.Context(), &s, number(f.Value("notice"))); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, askPage(s)), nil
}

// readAsk reads what a question is about, and its words. A number that came with the address and leads nowhere is refused by
// [Pose], not dropped.
func (p *Pages) readAsk(ctx context.Context, f *web.Form) (Ask, error) {
	a := Ask{Notice: f.Int64("notice", "公示", web.Optional, 0, 1<<53), Line: f.Int64("line", "第几行", web.Optional, 0, 1<<20)}
	row, ok, err := p.notice(ctx, a.Notice)
	if err != nil {
		return a, err
	}
	if ok {
		a.Unit, a.Title = row.Unit, row.Title
	} else if a.Notice == 0 {
		a.Unit = f.Int64("unit", "由谁答复", web.Needed, 1, 1<<53)
		a.Title = f.Required("title", "关于什么", 60)
	} else {
		f.FailForm("没有找到这张公示，或者它还没有公布。没有登记，请从公示的页面重新打开。")
	}
	a.Text = f.Required("text", "问题", longest)
	a.Private = f.Choice("private", "答复", web.Needed, "yes", "no") == "yes"
	return a, nil
}

func (p *Pages) ask(r *web.Request) (web.Response, error) {
	if err := identified(r); err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	a, err := p.readAsk(r.Context(), f)
	if err != nil {
		return web.Response{}, err
	}
	a.Asker = Asker{Channel: Self, Person: r.Who.Person}
	if !f.OK() {
		return p.showAsk(r, f, nil, false)
	}
	rec, err := p.Record(r, desk.Deed{Veiled: true, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Pose(ctx, w, a, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, askLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showAsk(r, f, o, false)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已经提交，登记号第 " + itoa(rec.First) + " 号。", Detail: "到期没有答复，系统会自动记录逾期，公示下面会显示等了多少天。"})
	return web.Redirect("/me/questions/" + itoa(rec.First)), nil
}

func (p *Pages) complain(r *web.Request) (web.Response, error) {
	if err := identified(r); err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	c, err := p.readComplaint(r.Context(), f)
	if err != nil {
		return web.Response{}, err
	}
	c.Asker = Asker{Channel: Self, Person: r.Who.Person}
	if !f.OK() {
		return p.showAsk(r, f, nil, true)
	}
	rec, err := p.Record(r, desk.Deed{Veiled: true, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Lodge(ctx, w, c, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, askLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showAsk(r, f, o, true)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "街道已经收到，登记号第 " + itoa(rec.First) + " 号。", Detail: "被反映的村、社区看不到这一件，也看不到是谁反映的。"})
	return web.Redirect("/me/complaints/" + itoa(rec.First)), nil
}

// readComplaint reads what a complaint is about, and its words.
func (p *Pages) readComplaint(ctx context.Context, f *web.Form) (Complain, error) {
	c := Complain{Notice: f.Int64("notice", "公示", web.Optional, 0, 1<<53)}
	row, ok, err := p.notice(ctx, c.Notice)
	if err != nil {
		return c, err
	}
	if ok {
		c.Unit, c.Title = row.Unit, row.Title
	} else if c.Notice == 0 {
		c.Unit = f.Int64("unit", "反映哪个单位", web.Needed, 1, 1<<53)
		c.Title = f.Required("title", "关于什么", 60)
	} else {
		f.FailForm("没有找到这张公示，或者它还没有公布。没有登记，请从公示的页面重新打开。")
	}
	c.Text = f.Required("text", "反映内容", longest)
	return c, nil
}

// contact seals how a caller can be reached.
func (p *Pages) contact(ctx context.Context, f *web.Form) (*people.Contact, error) {
	name, phone := f.Text("name", "姓名", 30), f.Phone("phone", "电话", web.Optional)
	if !f.OK() {
		return nil, nil
	}
	return p.vault.Contact(ctx, name, phone)
}
