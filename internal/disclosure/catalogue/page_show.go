package catalogue

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// showProps is the page of one due item.
type showProps struct {
	Frame    ui.DeskProps
	Due      Due
	UnitName string
	Today    calendar.Date
	Events   []ui.Event
	MayDraft bool
	MayNone  bool
	MayFind  bool
	Found    Finding
	Form     *web.Form
	Obstacle *desk.Obstacle
	Params   []ui.Param
}

// powerOf is the power that answers for a due item.
func powerOf(subject string) string {
	if subject == "party" {
		return access.DisclosurePartyDue
	}
	return access.DisclosureDue
}

// find reads the due item of the path, for those who have to do with its unit.
func (p *Pages) find(r *web.Request) (Due, error) {
	id, err := r.PathID("id")
	if err != nil {
		return Due{}, err
	}
	d, err := FindDue(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return d, web.NotFound("没有这件应公开事项。")
	}
	if err == nil && !slices.ContainsFunc(powers, func(power string) bool { return p.Can(r, power, d.Unit, 0, 0) }) {
		_, err = p.May(r, access.MatterRead, d.Unit)
	}
	return d, err
}

func (p *Pages) show(r *web.Request) (web.Response, error) {
	d, err := p.find(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showWith(r, d, web.NewForm(), nil)
}

func (p *Pages) showWith(r *web.Request, d Due, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: d.Title, Active: duePath, Crumbs: []ui.Link{{Text: "应公开事项", Href: duePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := showProps{Frame: frame, Due: d, Today: p.Today(), Form: f, Obstacle: o}
	if props.UnitName, err = p.Name(r.Context(), p.DB, d.Unit); err != nil {
		return web.Response{}, err
	}
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, d.ID)
	if err != nil {
		return web.Response{}, err
	}
	book := p.Journal.Book()
	props.Events = matter.Events(acts, book.Title, func(a journal.Act) string {
		if a.By.System {
			return "系统"
		}
		return ""
	}, func(journal.Act) string { return "" }, func(a journal.Act) string { return fmt.Sprintf("/desk/acts/%d", a.N) })
	if d.Kept == stateOpen {
		props.MayDraft = p.Can(r, access.DisclosureDraft, d.Unit, 0, 0)
		props.MayNone = d.stateable() && p.Can(r, powerOf(d.Subject), d.Unit, 0, 0)
	}
	found, err := p.findings(r.Context(), d.ID)
	if err != nil {
		return web.Response{}, err
	}
	props.Found, props.MayFind = found[d.ID], p.found != nil && d.Missed(p.Today()) && p.Can(r, access.DisclosureFind, d.Unit, 0, 0)
	last := int64(-1)
	if n := len(acts); n > 0 {
		last = acts[n-1].N
	}
	if known, ok := o.Known(d.ID); ok {
		last = known
	}
	props.Params = []ui.Param{r.KeyParam(), {Name: "seen", Value: strconv.FormatInt(last, 10)}}
	return desk.Answer(f, o, showPage(props)), nil
}

// facts say what is due, until when, and how that day was found.
func (p showProps) facts() []ui.KV {
	d := p.Due
	list := []ui.KV{{Key: "公开单位", Value: p.UnitName}, {Key: "由谁负责", Value: d.Office}}
	switch {
	case d.Arose:
		list = append(list, ui.KV{Key: "哪一天的事", Value: d.From.Chinese()})
	default:
		list = append(list, ui.KV{Key: "期间", Value: d.From.Chinese() + "至" + d.To.Chinese()})
	}
	latest := d.By()
	if d.Day != "" {
		latest = d.Day.Chinese() + d.Day.ChineseWeekday()
	}
	list = append(list, ui.KV{Key: "最迟公开", Value: latest}, ui.KV{Key: "现在", Value: d.Words(p.Today)},
		ui.KV{Key: "公开范围", Value: d.reach()}, ui.KV{Key: "公开形式", Value: d.Form.Chinese()},
		ui.KV{Key: "这个日子怎么算的", Value: d.Reckoning, Wide: true}, ui.KV{Key: "依据", Value: d.Basis, Wide: true})
	if text := p.Found.text(); text != "" {
		list = append(list, ui.KV{Key: "监督发现", Value: text})
	}
	if d.Reason != "" {
		list = append(list, ui.KV{Key: "说明", Value: d.Reason, Wide: true})
	}
	return list
}

// reach says for whom it is published, as the law has it where it has the members of the collective in mind.
func (d Due) reach() string {
	if it, ok := find(Defaults(notice.Collective), d.Item); ok && d.Subject == it.Subject {
		return it.Reach()
	}
	return d.Scope.Chinese()
}

// draftHref leads to the form of a notice, filled in as far as the due item says.
func (p showProps) draftHref() string {
	d := p.Due
	v := url.Values{"unit": {strconv.FormatInt(d.Unit, 10)}, "subject": {d.Subject}, "item": {d.Item}, "title": {d.Title}, "from": {string(d.From)}, "to": {string(d.To)}}
	if d.Scope != Public {
		v.Set("scope", string(d.Scope))
	}
	return "/desk/disclosure/new?" + v.Encode()
}

// none records that there was nothing to publish.
func (p *Pages) none(r *web.Request) (web.Response, error) {
	d, err := p.find(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, powerOf(d.Subject), d.Unit)
	if err != nil {
		return web.Response{}, err
	}
	switch {
	case present(d.Item, d.Title, d.Form) != "":
		return web.Response{}, web.NotNow(present(d.Item, d.Title, d.Form) + "。没有登记。")
	case d.Kept != stateOpen:
		return web.Response{}, web.NotNow("《" + d.Title + "》已经办结：" + d.Words(p.Today()) + "。没有登记。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	seen, err := web.ParseInt(f.Value("seen"))
	if err != nil || seen < 0 {
		return web.Response{}, web.BadRequest("这个表单不完整，请从应公开事项的页面重新打开。")
	}
	reason := f.Required("reason", "说明", 200)
	if !f.OK() {
		return p.showWith(r, d, f, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{d.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Nothing(ctx, w, d.ID, reason, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"reason": "说明"})
		if err != nil {
			return web.Response{}, err
		}
		return p.showWith(r, d, f, o)
	}
	return p.done(r, "说明已登记", rec, Href(d.ID)), nil
}

// done tells what was recorded and goes to a page.
func (p *Pages) done(r *web.Request, what string, rec journal.Receipt, to string) web.Response {
	flash := ui.Flash{Tone: ui.Success, Text: what + "。"}
	if rec.Repeated {
		flash = ui.Flash{Tone: ui.Info, Text: "这张表单已经办理过，没有重复办理。"}
	}
	flash.Link = ui.Link{Text: fmt.Sprintf("登记号第 %d 号", rec.First), Href: fmt.Sprintf("/desk/acts/%d", rec.First)}
	r.SetFlash(flash)
	return web.Redirect(to)
}
