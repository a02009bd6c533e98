package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// catalogueProps is a unit's catalogue.
type catalogueProps struct {
	Frame    ui.DeskProps
	Page     ui.Page
	Unit     org.UnitRow
	Units    []ui.Option
	Items    []Item
	Changes  []changeRow
	Names    map[int64]string // of the units over which changes hold
	Today    calendar.Date
	MayWiden bool
	MayEnd   map[int64]bool // over which units the reader ends changes
}

// everyUnit lists the units of the town that disclose: what they must publish is no secret.
func (p *Pages) everyUnit(ctx context.Context, on calendar.Date) ([]org.UnitRow, error) {
	units, err := org.Tree(ctx, p.DB, p.Town, org.Any, on)
	return slices.DeleteFunc(units, func(u org.UnitRow) bool { return BodyOf(u.Kind) == "" }), err
}

// asked finds the unit that a page is asked for, the first one when none is named.
func (p *Pages) asked(r *web.Request) (units []org.UnitRow, at int, err error) {
	if len(p.anchors(r)) == 0 {
		return nil, 0, web.Forbidden("您的职务不查看公开目录。公开栏上每个村、社区都有公开目录。")
	}
	if units, err = p.everyUnit(r.Context(), p.Today()); err != nil {
		return nil, 0, err
	}
	if len(units) == 0 {
		return nil, 0, web.NotFound("还没有设立公开的单位。请先在组织机构里登记村民委员会、居民委员会或集体经济组织。")
	}
	want := r.Query("unit")
	if want == "" {
		mine, err := p.unitsUnder(r.Context(), p.anchors(r), p.Today())
		if err != nil || len(mine) == 0 {
			return units, 0, err
		}
		want = strconv.FormatInt(mine[0].ID, 10)
	}
	at = slices.IndexFunc(units, func(u org.UnitRow) bool { return strconv.FormatInt(u.ID, 10) == want })
	if at < 0 {
		return nil, 0, web.NotFound("没有这个公开单位。")
	}
	return units, at, nil
}

// filled gathers a unit's catalogue with the local changes that made it.
func (p *Pages) filled(r *web.Request, u org.UnitRow) (catalogueProps, error) {
	props := catalogueProps{Unit: u, Today: p.Today(), Names: map[int64]string{}, MayEnd: map[int64]bool{}}
	b, err := loadBook(r.Context(), p.DB, p.Town, props.Today)
	if err != nil {
		return props, err
	}
	props.Items = b.of(unitOf{u.ID, BodyOf(u.Kind)}, props.Today)
	for _, c := range b.changes {
		if notice.Body(c.Body) != BodyOf(u.Kind) || !slices.Contains(b.above[u.ID], c.Over) || c.Until != "" && c.Until <= props.Today {
			continue
		}
		props.Changes = append(props.Changes, c)
		props.MayEnd[c.Over] = p.Can(r, access.DisclosureCatalogue, c.Over, 0, 0)
		if props.Names[c.Over], err = p.Name(r.Context(), p.DB, c.Over); err != nil {
			return props, err
		}
	}
	return props, nil
}

func (p *Pages) catalogue(r *web.Request) (web.Response, error) {
	units, at, err := p.asked(r)
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.filled(r, units[at])
	if err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "公开目录", Active: duePath, Crumbs: []ui.Link{{Text: "应公开事项", Href: duePath}}}); err != nil {
		return web.Response{}, err
	}
	props.Units, props.MayWiden = unitOptions(units), p.Can(r, access.DisclosureCatalogue, units[at].ID, 0, 0)
	return web.Render(cataloguePage(props)), nil
}

// print is a unit's catalogue on A4.
func (p *Pages) print(r *web.Request) (web.Response, error) {
	units, at, err := p.asked(r)
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.filled(r, units[at])
	props.Page = r.Page(units[at].Name + "公开目录")
	return web.Render(catalogueSheet(props)), err
}

// export is the same as a spreadsheet.
func (p *Pages) export(r *web.Request) (web.Response, error) {
	units, at, err := p.asked(r)
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.filled(r, units[at])
	if err != nil {
		return web.Response{}, err
	}
	l := &sheet.Layout{Title: units[at].Name + "公开目录", Columns: []sheet.Column{{Key: "title", Title: "事项", Width: 36}, {Key: "when", Title: "什么时候公开", Width: 22},
		{Key: "days", Title: "至少张贴", Width: 10}, {Key: "scope", Title: "公开范围", Width: 16}, {Key: "form", Title: "公开形式", Width: 14}, {Key: "absent", Title: "本期没有的", Width: 14}, {Key: "office", Title: "由谁负责", Width: 20},
		{Key: "basis", Title: "依据", Width: 48}, {Key: "detail", Title: "包括哪些内容", Width: 40}}}
	rows := make([]sheet.ExportRow, len(props.Items))
	for i, it := range props.Items {
		rows[i] = sheet.ExportRow{Key: int64(i + 1), Values: []string{it.Title, it.When(), it.Posted(), it.Reach(), it.Form.Chinese(), it.Absent(), it.Office, it.Basis, it.Detail}}
	}
	return p.sheet(r, l, "catalogue", rows, units[at].Label()+"公开目录")
}

// publicProps are the catalogues of a village or community for everyone.
type publicProps struct {
	Frame ui.BoardProps
	Name  string
	Back  string
	Parts []catalogueProps
}

// public shows what the bodies of a village or community must publish. The catalogue itself is public also where its items are not.
func (p *Pages) public(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.frame(r, u.Label()+"公开目录", &u, "")
	if err != nil {
		return web.Response{}, err
	}
	props := publicProps{Frame: frame, Name: u.Label(), Back: fmt.Sprintf("/v/%d", u.ID)}
	units, err := p.unitsUnder(r.Context(), []int64{u.ID}, p.Today())
	if err != nil {
		return web.Response{}, err
	}
	party := false
	for _, u := range units {
		if BodyOf(u.Kind) == notice.Party { // branches share the catalogue of the one that leads them
			if party {
				continue
			}
			party = true
		}
		part, err := p.filled(r, u)
		if err != nil {
			return web.Response{}, err
		}
		props.Parts = append(props.Parts, part)
	}
	return web.Render(publicPage(props)), nil
}
