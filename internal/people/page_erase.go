package people

import (
	"context"
	"errors"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/pipl"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// gone is what stands where a name was.
const gone = "（个人信息已依法删除）"

// eraseProps is the form that asks for an erasure.
type eraseProps struct {
	Frame ui.DeskProps
	Row   Row
	Holds []string
	Form  *web.Form
	Trial *desk.Obstacle
	Key   ui.Param
}

func (p *Pages) eraseForm(r *web.Request) (web.Response, error) {
	row, _, err := p.erasable(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showErase(r, row, web.NewForm(), nil)
}

// erasable reads the person of the path for an erasure.
func (p *Pages) erasable(r *web.Request) (Row, access.Decision, error) {
	row, d, err := p.one(r, access.PeopleErase)
	if err == nil && row.Erased != 0 {
		err = web.Conflict("这个人的个人信息已经依法删除。")
	}
	return row, d, err
}

func (p *Pages) showErase(r *web.Request, row Row, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := eraseProps{Row: row, Form: f, Trial: o, Key: r.KeyParam()}
	var err error
	if props.Holds, err = p.Holds(r.Context(), p.DB, row.ID); err != nil {
		return web.Response{}, err
	}
	if err := p.note(r, access.View{Subject: row.ID, Act: access.PeopleErase, What: "办理删除个人信息", Persons: 1}); err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.Desk(r, deskFrame("依法删除个人信息", "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"},
		ui.Link{Text: row.Name, Href: personPath(row.ID)})); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, erasePage(props)), nil
}

// askErase records that the data are to be erased. They stay until somebody else agrees.
func (p *Pages) askErase(r *web.Request) (web.Response, error) {
	row, _, err := p.erasable(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	var grounds []string
	for _, g := range pipl.Grounds() {
		grounds = append(grounds, g.Code)
	}
	ground := f.Choice("ground", "删除情形", web.Needed, grounds...)
	if !f.OK() {
		return p.showErase(r, row, f, nil)
	}
	unit, via, err := p.unitFor(r, access.PeopleErase, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := AskErasure(ctx, w, row.ID, unit, ground, p.Holds)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"ground": "删除情形"})
		if err != nil {
			return web.Response{}, err
		}
		return p.showErase(r, row, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已提出，登记号第 %d 号。", rec.First), Detail: "要由另一人批准；批准以前什么也没有删除。"})
	return web.Redirect(erasureHref(rec.First)), nil
}

// unitFor is the first of a person's units for which the reader has a power.
func (p *Pages) unitFor(r *web.Request, act string, person int64) (unit int64, d access.Decision, err error) {
	units, err := p.Units(r.Context(), person)
	if err != nil {
		return 0, d, err
	}
	err = web.Forbidden("")
	for _, unit = range units {
		if d, err = p.MayFor(r, act, unit, person, 0); err == nil {
			return unit, d, nil
		}
	}
	return 0, d, err
}

// erasureProps is the page of an erasure.
type erasureProps struct {
	Frame    ui.DeskProps
	ID       int64
	E        *Erasure
	Name     string
	Number   string // masked
	Ground   string
	Holds    []string
	Matter   matter.View
	Events   []ui.Event
	Verdicts []ui.Verdict
	Form     *web.Form
	Trial    *desk.Obstacle
	MayAgree bool
	Why      string // why the reader may not
	Key      ui.Param
	Key2     ui.Param // of the second form
}

// load reads the erasure of the path and checks a power.
func (p *Pages) loadErasure(r *web.Request, act string, author bool) (id int64, e *Erasure, d access.Decision, err error) {
	if id, err = r.PathID("id"); err != nil {
		return id, nil, d, err
	}
	e, ok, err := journal.StateOf[Erasure](r.Context(), p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil {
		return id, nil, d, err
	}
	if !ok {
		return id, nil, d, web.NotFound("没有这件删除事项。")
	}
	var asked int64
	if author {
		asked = e.Asked
	}
	d, err = p.MayFor(r, act, e.Erasing.Unit, e.Person, asked)
	return id, e, d, err
}

func (p *Pages) erasure(r *web.Request) (web.Response, error) {
	id, e, _, err := p.loadErasure(r, access.PeopleRead, false)
	if err != nil {
		return web.Response{}, err
	}
	return p.showErasure(r, id, e, web.NewForm(), nil)
}

func (p *Pages) showErasure(r *web.Request, id int64, e *Erasure, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	ctx := r.Context()
	props := erasureProps{ID: id, E: e, Form: f, Trial: o, Key: r.KeyParam(), Key2: ui.Param{Name: r.KeyParam().Name, Value: r.NewKey()}}
	row, err := Find(ctx, p.DB, p.Town, e.Person)
	if err != nil {
		return web.Response{}, err
	}
	if props.Name = gone; row.Erased == 0 {
		shown, err := p.masked(r, row)
		if err != nil {
			return web.Response{}, err
		}
		props.Name, props.Number = row.Name, shown.Number
		if props.Holds, err = p.Holds(ctx, p.DB, e.Person); err != nil {
			return web.Response{}, err
		}
		if err := p.note(r, access.View{Subject: row.ID, Act: access.PeopleRead, What: "删除个人信息的办理页（号码已隐去）", Persons: 1}); err != nil {
			return web.Response{}, err
		}
	}
	for _, g := range pipl.Grounds() {
		if g.Code == e.Ground {
			props.Ground = g.Title
		}
	}
	if e.Next == StepAgree {
		_, err := p.MayFor(r, access.PeopleEraseApprove, e.Erasing.Unit, e.Person, e.Asked)
		var no *web.Error
		switch {
		case err == nil:
			props.MayAgree = true
		case errors.As(err, &no):
			props.Why = no.What
		default:
			return web.Response{}, err
		}
		props.Verdicts = desk.Panel([]law.Verdict{judgeForgetting(e.Ground, props.Holds, p.Today())})
	}
	if err := p.erasureHistory(r, &props); err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.Desk(r, deskFrame(e.Title, "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"}, ui.Link{Text: props.Name, Href: personPath(e.Person)})); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, erasurePage(props)), nil
}

// erasureHistory fills in steps and timeline.
func (p *Pages) erasureHistory(r *web.Request, props *erasureProps) error {
	ctx := r.Context()
	acts, err := journal.Acts(ctx, p.DB, p.Town, props.ID)
	if err != nil {
		return err
	}
	who := map[int64]string{}
	for _, a := range acts {
		if who[a.N], err = p.Person(ctx, p.DB, a.By.Person); err != nil {
			return err
		}
	}
	href := func(n int64) string { return fmt.Sprintf("/desk/acts/%d", n) }
	props.Events = p.Events(acts)
	for i, a := range acts {
		props.Events[i].Who = who[a.N]
	}
	props.Matter = matter.View{Procedure: ErasureProcedure, Today: p.Today(), Who: func(n int64) string { return who[n] }, Href: href}
	if props.Matter.Row, err = matter.Find(ctx, p.DB, p.Town, props.ID); err != nil {
		return err
	}
	props.Matter.Done, err = matter.Steps(ctx, p.DB, p.Town, props.ID)
	return err
}

// agreeErase erases the data. The journal comes first: it refuses what may not go, and its erasure is the lasting one; the key goes
// after it, and a clock of the server makes good what fails here.
func (p *Pages) agreeErase(r *web.Request) (web.Response, error) {
	return p.decideErase(r, func(f *web.Form) {
		if !f.Bool("sure") {
			f.Fail("sure", "确认", "请勾选，表示知道删除后不能恢复")
		}
	}, func(ctx context.Context, w *journal.Writer, id int64, e *Erasure) error {
		_, err := AgreeErasure(ctx, w, id, p.Holds, p.Told)
		return err
	}, func(e *Erasure) ui.Flash {
		flash := ui.Flash{Tone: ui.Success, Text: "已依法删除，检索不到这个人了。", Detail: "总账的编号和证明都还有效。"}
		if err := errors.Join(p.Vault.Forget(r.Context(), e.Key), p.Gone(r.Context(), e.Person)); err != nil {
			flash.Detail = "总账里的内容已经删除；密钥或账号上的姓名这次没有删掉，系统一小时内会自动再删，不用重办。"
		} else if err := p.Vault.Scrub(r.Context(), p.DB); err != nil {
			flash.Detail = "总账的编号和证明都还有效。数据库文件里的残留这次没有抹净（有人正在查阅），系统一小时内会自动再抹，不用重办。"
		}
		return flash
	})
}

// spareErase records that the data stay.
func (p *Pages) spareErase(r *web.Request) (web.Response, error) {
	var reason string
	return p.decideErase(r, func(f *web.Form) {
		if reason = f.Required("reason", "理由", 200); len(codes.FindPersonal(reason)) > 0 {
			f.Fail("reason", "理由", "请不要写证件号码、电话")
		}
	}, func(ctx context.Context, w *journal.Writer, id int64, _ *Erasure) error {
		_, err := SpareErasure(ctx, w, id, reason)
		return err
	}, func(*Erasure) ui.Flash {
		return ui.Flash{Tone: ui.Success, Text: "没有批准，信息照旧保存。"}
	})
}

// decideErase is what both answers have in common: power, form, record, and back to the page.
func (p *Pages) decideErase(r *web.Request, read func(*web.Form), do func(context.Context, *journal.Writer, int64, *Erasure) error, said func(*Erasure) ui.Flash) (web.Response, error) {
	id, e, via, err := p.loadErasure(r, access.PeopleEraseApprove, true)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	if read(f); !f.OK() {
		return p.showErasure(r, id, e, f, nil)
	}
	_, err = p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error { return do(ctx, w, id, e) }})
	if err != nil {
		o, err := p.Obstacle(r, f, err, nil)
		if err != nil {
			return web.Response{}, err
		}
		return p.showErasure(r, id, e, f, o)
	}
	r.SetFlash(said(e))
	return web.Redirect(erasureHref(id)), nil
}
