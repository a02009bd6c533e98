package catalogue

import (
	"context"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// aroseProps is the form for what must be published at once.
type aroseProps struct {
	Frame    ui.DeskProps
	Form     *web.Form
	Obstacle *desk.Obstacle
	Params   []ui.Param
	Units    []ui.Option
	Items    []ui.Option
	List     []Item
}

// unitsUnder lists the units below anchors that disclose, each once, in order of establishment.
func (p *Pages) unitsUnder(ctx context.Context, anchors []int64, on calendar.Date) ([]org.UnitRow, error) {
	var out []org.UnitRow
	for _, a := range anchors {
		units, err := org.Under(ctx, p.DB, p.Town, org.Any, a, on)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if BodyOf(u.Kind) != "" && !slices.ContainsFunc(out, func(o org.UnitRow) bool { return o.ID == u.ID }) {
				out = append(out, u)
			}
		}
	}
	slices.SortFunc(out, func(a, b org.UnitRow) int { return int(a.ID - b.ID) })
	return out, nil
}

// unitOptions names units with what they are.
func unitOptions(units []org.UnitRow) []ui.Option {
	out := make([]ui.Option, len(units))
	for i, u := range units {
		kind, _ := org.KindOf(u.Kind)
		out[i] = ui.Option{Value: strconv.FormatInt(u.ID, 10), Text: u.Label() + "（" + kind.Title + "）"}
	}
	return out
}

// answering are the units for which the reader may enter what arose: of Party organisations and of others by different powers.
func (p *Pages) answering(r *web.Request) ([]org.UnitRow, error) {
	units, err := p.unitsUnder(r.Context(), p.Anchors(r, access.DisclosureDue), p.Today())
	if err != nil {
		return nil, err
	}
	units = slices.DeleteFunc(units, func(u org.UnitRow) bool { return BodyOf(u.Kind) == notice.Party })
	party, err := p.unitsUnder(r.Context(), p.Anchors(r, access.DisclosurePartyDue), p.Today())
	party = slices.DeleteFunc(party, func(u org.UnitRow) bool { return BodyOf(u.Kind) != notice.Party })
	return append(units, party...), err
}

func (p *Pages) aroseForm(r *web.Request) (web.Response, error) {
	return p.showArose(r, web.NewForm("unit", r.Query("unit"), "item", r.Query("item"), "day", string(p.Today())), nil)
}

func (p *Pages) showArose(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	units, err := p.answering(r)
	if err != nil {
		return web.Response{}, err
	}
	if len(units) == 0 {
		return web.Response{}, web.Forbidden("您的职务不登记应公开事项。")
	}
	frame, err := p.Desk(r, desk.Frame{Title: "发生了要马上公开的事", Active: duePath, Crumbs: []ui.Link{{Text: "应公开事项", Href: duePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := aroseProps{Frame: frame, Form: f, Obstacle: o, Params: []ui.Param{r.KeyParam()}, Units: unitOptions(units)}
	b, err := loadBook(r.Context(), p.DB, p.Town, p.Today())
	if err != nil {
		return web.Response{}, err
	}
	for _, u := range units {
		body := BodyOf(u.Kind)
		for _, it := range b.of(unitOf{u.ID, body}, p.Today()) {
			if it.Rhythm != AtOnce || slices.ContainsFunc(props.Items, func(x ui.Option) bool { return x.Value == it.Code && x.Group == body.Chinese() }) {
				continue
			}
			props.Items = append(props.Items, ui.Option{Value: it.Code, Text: it.Title, Group: body.Chinese()})
			props.List = append(props.List, it)
		}
	}
	return desk.Answer(f, o, arosePage(props)), nil
}

// arose records something that must be published at once.
func (p *Pages) arose(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	unit := f.Int64("unit", "公开单位", web.Needed, 0, 1<<53)
	code := f.Required("item", "目录事项", 40)
	what := f.Required("title", "是什么事", 120)
	day := f.Date("day", "哪一天", web.Needed)
	units, err := p.answering(r)
	if err != nil {
		return web.Response{}, err
	}
	at := slices.IndexFunc(units, func(u org.UnitRow) bool { return u.ID == unit })
	if at < 0 && f.Err("unit") == "" {
		f.Fail("unit", "公开单位", "请从列出的单位中选择")
	}
	if !f.OK() {
		return p.showArose(r, f, nil)
	}
	subject := ""
	if BodyOf(units[at].Kind) == notice.Party {
		subject = "party"
	}
	via, err := p.May(r, powerOf(subject), unit)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Arise(ctx, w, unit, code, what, day, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"unit": "公开单位", "item": "目录事项", "title": "是什么事", "day": "哪一天"})
		if err != nil {
			return web.Response{}, err
		}
		return p.showArose(r, f, o)
	}
	return p.done(r, "已列入应公开事项，请马上起草公开", rec, Href(rec.First)), nil
}
