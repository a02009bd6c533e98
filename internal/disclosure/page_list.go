package disclosure

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// anchors are the units under which the reader has to do with notices in any way.
func (p *Pages) anchors(r *web.Request) []int64 {
	var all []int64
	for _, power := range powers {
		for _, a := range p.Anchors(r, power) {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	return all
}

const listPage = 20

// filter reads the register's filters from the address.
func (p *Pages) filter(r *web.Request) (Filter, url.Values) {
	f := Filter{Anchors: p.anchors(r), Area: -1, Limit: listPage + 1}
	v := url.Values{}
	if n, err := strconv.ParseInt(r.Query("area"), 10, 64); err == nil && n >= 0 {
		f.Area = n
		v.Set("area", r.Query("area"))
	}
	if s, ok := SubjectOf(r.Query("subject")); ok {
		f.Subject = s.Code
		v.Set("subject", s.Code)
	}
	if next := r.Query("state"); next == "closed" || states[next] != "" {
		f.Next = next
		v.Set("state", next)
	}
	if q := r.Query("q"); q != "" && utf8.RuneCountInString(q) <= longest {
		f.Words = q
		v.Set("q", q)
	}
	return f, v
}

// list is the register at the desk.
func (p *Pages) list(r *web.Request) (web.Response, error) {
	f, v := p.filter(r)
	if len(f.Anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理公开事项。")
	}
	frame, err := p.Desk(r, desk.Frame{Title: "三务公开", Active: "/desk/disclosure"})
	if err != nil {
		return web.Response{}, err
	}
	props := listProps{Frame: frame, Filter: f, Query: v.Encode(), MayDraft: len(p.Anchors(r, access.DisclosureDraft)) > 0,
		MayTake: len(p.Anchors(r, access.SheetExport)) > 0, Today: p.Today()}
	if n, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && n > 0 {
		f.Before = n
	}
	if props.Rows, props.Total, err = Register(r.Context(), p.DB, p.Town, f); err != nil {
		return web.Response{}, err
	}
	if len(props.Rows) > listPage {
		props.Rows = props.Rows[:listPage]
		next := maps.Clone(v)
		next.Set("before", strconv.FormatInt(props.Rows[listPage-1].ID, 10))
		props.Next = "/desk/disclosure?" + next.Encode()
	}
	if f.Before > 0 {
		props.First = "/desk/disclosure?" + v.Encode()
	}
	if props.Names, err = p.names(r.Context(), props.Rows); err != nil {
		return web.Response{}, err
	}
	areas, _, err := places(r.Context(), p.DB, p.Town, props.Today)
	if err != nil {
		return web.Response{}, err
	}
	for _, a := range areas {
		props.Areas = append(props.Areas, ui.Option{Value: strconv.FormatInt(a.ID, 10), Text: a.Name})
	}
	if props.Due, err = catalogue.DueOf(r.Context(), p.DB, p.Town, catalogue.DueFilter{Under: f.Anchors, Open: true, Limit: dueShown}); err != nil {
		return web.Response{}, err
	}
	err = p.nameUnits(r.Context(), props.Names, props.Due)
	return web.Render(listPageView(props)), err
}

// dueShown is how many due items stand beside the register; the rest is a page away.
const dueShown = 8

// unitsUnder lists the units below the anchors that publish notices, each once.
func (p *Pages) unitsUnder(ctx context.Context, anchors []int64, on calendar.Date) ([]org.UnitRow, error) {
	var out []org.UnitRow
	seen := map[int64]bool{}
	for _, a := range anchors {
		units, err := org.Under(ctx, p.DB, p.Town, org.Any, a, on)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if BodyOf(u.Kind) != "" && !seen[u.ID] {
				seen[u.ID] = true
				out = append(out, u)
			}
		}
	}
	slices.SortFunc(out, func(a, b org.UnitRow) int { return int(a.ID - b.ID) })
	return out, nil
}

// exportMost is how many notices one export holds: decades of a town.
const exportMost = 50_000

// export writes the filtered register as a spreadsheet: the notices of those units whose registers the reader may take away.
func (p *Pages) export(r *web.Request) (web.Response, error) {
	f, _ := p.filter(r)
	if len(f.Anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理公开事项。")
	}
	if len(p.Anchors(r, access.SheetExport)) == 0 {
		e := web.Forbidden("您的职务不能导出台账。")
		e.Do = "可以办理的是：" + strings.Join(p.Policy.Offices(access.SheetExport), "；") + "。"
		return web.Response{}, e
	}
	f.Limit = exportMost
	position, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	rows, _, err := Register(r.Context(), p.DB, p.Town, f)
	if err != nil {
		return web.Response{}, err
	}
	rows = desk.Within(r, p.House, access.SheetExport, rows, unitOf)
	names, err := p.names(r.Context(), rows)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeRegister(&b, p.Town, position, p.Today(), rows, names); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), fmt.Sprintf("公开事项台账%s.xlsx", p.Today())), nil
}

// template is a blank form: the finance table, or one of the lists.
func (p *Pages) template(r *web.Request) (web.Response, error) {
	var b bytes.Buffer
	l := layouts.FinanceTable()
	for _, other := range []*sheet.Layout{layouts.DecisionTable(), layouts.ResultTable(), layouts.AidTable()} {
		if r.Query("of") == other.Name {
			l = other
		}
	}
	if err := sheet.Template(&b, l); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), l.Title+"（空白）.xlsx"), nil
}

// listProps is the register's page.
type listProps struct {
	Frame    ui.DeskProps
	Filter   Filter
	Query    string
	Rows     []Row
	Total    int64
	Names    map[int64]string
	Areas    []ui.Option
	Due      []catalogue.Due
	MayDraft bool
	MayTake  bool // the register as a sheet
	Today    calendar.Date
	First    string
	Next     string
}

// nameUnits adds the names of the units of due items.
func (p *Pages) nameUnits(ctx context.Context, names map[int64]string, list []catalogue.Due) (err error) {
	for _, d := range list {
		if _, ok := names[d.Unit]; !ok && err == nil {
			names[d.Unit], err = p.Name(ctx, p.DB, d.Unit)
		}
	}
	return err
}
