package oversight

import (
	"context"
	"slices"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// showProps is the page of one case at the desk.
type showProps struct {
	Frame    ui.DeskProps
	V        view
	Unit     string
	Deeds    []deed // that the reader may do
	Waits    string // who does the next step when the reader may not
	Form     *web.Form
	Sent     string // path of the deed whose form came back
	Obstacle *desk.Obstacle
	Keys     []ui.Param // one for each deed
	Seen     int64
	Matter   matter.View
	Events   []ui.Event
	Verdicts []law.Verdict
	MayWho   bool // look at who asked
	Link     ui.Link
}

// show is the page of a case of a sort.
func (p *Pages) show(sort string) web.Page {
	return func(r *web.Request) (web.Response, error) {
		v, err := p.look(r, sort)
		if err != nil {
			return web.Response{}, err
		}
		return p.showWith(r, v, web.NewForm(), "", nil)
	}
}

// showWith shows the page with a deed's form as it was typed.
func (p *Pages) showWith(r *web.Request, v view, f *web.Form, sent string, o *desk.Obstacle) (web.Response, error) {
	s := showProps{V: v, Form: f, Sent: sent, Obstacle: o}
	title := sortTitles[v.Row.Sort]
	var err error
	if s.Frame, err = p.Desk(r, desk.Frame{Title: title, Active: home, Crumbs: []ui.Link{{Text: "询问和监督", Href: home + "?sort=" + v.Row.Sort}}}); err != nil {
		return web.Response{}, err
	}
	if s.Unit, err = p.Name(r.Context(), p.DB, v.Row.Unit); err != nil {
		return web.Response{}, err
	}
	var acts []journal.Act
	if s.Matter, s.Events, acts, err = p.history(r, v); err != nil {
		return web.Response{}, err
	}
	s.Verdicts = matter.Verdicts(acts)
	for _, d := range p.deeds(v) {
		key := ui.Param{Name: r.KeyParam().Name, Value: r.NewKey()}
		if d.path == sent {
			key = r.KeyParam()
		}
		if _, err := p.MayFor(r, d.power, v.Owner, v.hidden(), 0); err == nil {
			s.Deeds, s.Keys = append(s.Deeds, d), append(s.Keys, key)
		}
	}
	if len(s.Deeds) == 0 && v.State.Power != "" {
		d, err := p.MayFor(r, v.State.Power, v.Owner, v.hidden(), 0)
		if err != nil {
			s.Waits = d.Reason
		}
	}
	_, may := p.mayWho(r, v)
	s.MayWho = may && (v.Row.Asker > 0 || v.Asker.Contact != nil)
	if s.Link, err = p.linked(r, v); err != nil {
		return web.Response{}, err
	}
	known, ok := o.Known(v.Row.ID)
	if s.Seen = known; !ok {
		if s.Seen, err = journal.LastAct(r.Context(), p.DB, p.Town, v.Row.ID); err != nil {
			return web.Response{}, err
		}
	}
	return desk.Answer(f, o, showPage(s)), nil
}

// linked leads to the case that belongs to this one, where the reader may open it.
func (p *Pages) linked(r *web.Request, v view) (ui.Link, error) {
	if v.link < 0 {
		return ui.Link{}, nil
	}
	sort := map[string]string{SortQuestion: SortFinding, SortFinding: SortQuestion, SortComplaint: SortOrder, SortOrder: SortComplaint}[v.Row.Sort]
	owner := v.Row.Unit
	if sort == SortComplaint {
		owner = street
	}
	if !slices.ContainsFunc(openers[sort], func(power string) bool { return p.Can(r, power, owner, 0, 0) }) {
		return ui.Link{}, nil
	}
	return ui.Link{Text: "有关的" + sortTitles[sort], Href: path(sort, v.link)}, nil
}

// step records a deed about a case.
func (p *Pages) step(sort string) web.Page {
	return func(r *web.Request) (web.Response, error) {
		v, err := p.look(r, sort)
		if err != nil {
			return web.Response{}, err
		}
		name := r.PathValue("step")
		all := p.deeds(v)
		i := slices.IndexFunc(all, func(d deed) bool { return d.path == name })
		if i < 0 {
			e := web.NotNow("这一步现在不能办：可能别人刚刚办过，或者还没有轮到。")
			e.Kept, e.Do = "没有重复登记。", "请重新打开这一件，看现在到了哪一步。"
			return web.Response{}, e
		}
		d := all[i]
		via, err := p.MayFor(r, d.power, v.Owner, v.hidden(), 0)
		if err != nil {
			return web.Response{}, err
		}
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		d.read(f)
		seen, err := web.ParseInt(f.Value("seen"))
		if err != nil || seen < 0 {
			return web.Response{}, web.BadRequest("这个表单不完整，请重新打开这一件再填。")
		}
		if !f.OK() {
			return p.showWith(r, v, f, d.path, nil)
		}
		rec, err := p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{v.Row.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error { return d.do(ctx, w, v.Row.ID) }})
		if err != nil {
			o, err := p.Obstacle(r, f, err, labels)
			if err != nil {
				return web.Response{}, err
			}
			return p.showWith(r, v, f, d.path, o)
		}
		r.SetFlash(ui.Flash{Tone: ui.Success, Text: d.said, Link: ui.Link{Text: "登记号第 " + itoa(rec.First) + " 号", Href: "/desk/acts/" + itoa(rec.First)}})
		return web.Redirect(path(sort, v.Row.ID)), nil
	}
}

// labels name the fields about which the journal may refuse.
var labels = map[string]string{"reply": "答复", "text": "内容", "summary": "公开的内容", "due": "期限", "subject": "关于什么", "title": "关于什么", "notice": "公示", "line": "第几行",
	"unit": "单位", "name": "姓名", "channel": "怎样提出", "asked": "签名人数", "all": "总人数", "basis": "总人数的依据", "signers": "由谁签名", "handed": "收到日期", "on": "日期",
	"number": "报告名称、文号", "auditor": "由谁审计", "question": "问题", "result": "查核结果"}

// mayWho says whether, and by which office, the reader may learn who asked: the offices that answer and may see whole numbers, and the street of who
// complained to it.
func (p *Pages) mayWho(r *web.Request, v view) (access.Decision, bool) {
	if v.Row.Sort == SortComplaint {
		d, err := p.MayFor(r, access.ComplaintHandle, street, v.hidden(), 0)
		return d, err == nil
	}
	d, err := p.MayFor(r, access.PeopleReveal, v.Owner, 0, 0)
	return d, err == nil && (p.Can(r, access.DisclosureAnswer, v.Owner, 0, 0) || p.Can(r, access.DisclosureOnBehalf, v.Owner, 0, 0))
}
