package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// endProps is the form that ends a local change.
type endProps struct {
	Frame    ui.DeskProps
	Change   changeRow
	Said     string
	Back     string
	Form     *web.Form
	Obstacle *desk.Obstacle
	Params   []ui.Param
}

// ending finds the change that is to end, for those who may change the catalogue over which it holds.
func (p *Pages) ending(r *web.Request, typed, unit string) (endProps, error) {
	var props endProps
	id, err := strconv.ParseInt(typed, 10, 64)
	if err != nil {
		return props, web.NotFound("请从公开目录里打开这张表单。")
	}
	b, err := loadBook(r.Context(), p.DB, p.Town, p.Today())
	if err != nil {
		return props, err
	}
	at := slices.IndexFunc(b.changes, func(c changeRow) bool { return c.ID == id })
	if at < 0 {
		return props, web.NotFound("没有这件目录变动。")
	}
	props.Change = b.changes[at]
	props.Said = catalogueProps{}.said(props.Change)
	props.Back = cataloguePath
	if unit != "" {
		props.Back += "?unit=" + strconv.FormatInt(max(0, number(unit)), 10)
	}
	props.Params = []ui.Param{{Name: "id", Value: typed}, {Name: "unit", Value: unit}}
	_, err = p.May(r, access.DisclosureCatalogue, props.Change.Over)
	return props, err
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // what is no number is the first unit
	return n
}

func (p *Pages) endForm(r *web.Request) (web.Response, error) {
	props, err := p.ending(r, r.Query("id"), r.Query("unit"))
	if err != nil {
		return web.Response{}, err
	}
	props.Form = web.NewForm("last", string(p.Today()))
	return p.showEnd(r, props)
}

func (p *Pages) showEnd(r *web.Request, props endProps) (web.Response, error) {
	var err error
	props.Frame, err = p.Desk(r, desk.Frame{Title: "终止目录变动", Active: duePath, Crumbs: []ui.Link{{Text: "公开目录", Href: props.Back}}})
	props.Params = append(props.Params, r.KeyParam())
	return desk.Answer(props.Form, props.Obstacle, endPage(props)), err
}

// end ends a local change.
func (p *Pages) end(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.ending(r, f.Value("id"), f.Value("unit"))
	if err != nil {
		return web.Response{}, err
	}
	props.Form = f
	e := End{Last: f.Date("last", "最后一天", web.Needed), Reason: f.Required("reason", "原因和依据", 200)}
	if !f.OK() {
		return p.showEnd(r, props)
	}
	via, err := p.May(r, access.DisclosureCatalogue, props.Change.Over)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Finish(ctx, w, props.Change.ID, e, w.Today())
		return err
	}})
	if err != nil {
		if props.Obstacle, err = p.Obstacle(r, f, err, map[string]string{"last": "最后一天", "reason": "原因和依据"}); err != nil {
			return web.Response{}, err
		}
		return p.showEnd(r, props)
	}
	return p.done(r, fmt.Sprintf("这件变动到%s为止", e.Last.Chinese()), rec, props.Back), nil
}
