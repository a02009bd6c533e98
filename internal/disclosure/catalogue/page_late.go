package catalogue

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// lateProps is what is late, village by village.
type lateProps struct {
	Frame  ui.DeskProps
	Page   ui.Page
	Today  calendar.Date
	Groups []lateGroup
	Rows   []LateRow
	Found  map[int64]Finding // by supervisors, by due item
}

// lateGroup is what is late in one village or community.
type lateGroup struct {
	Name string
	Rows []LateRow
}

// lateRows are the late items of the units that the reader has to do with, and what supervisors found about them.
func (p *Pages) lateRows(r *web.Request) (lateProps, error) {
	anchors := p.anchors(r)
	if len(anchors) == 0 {
		return lateProps{}, web.Forbidden("您的职务不查看应公开事项。")
	}
	rows, err := lateUnder(r.Context(), p.DB, p.Town, anchors, p.Today())
	if err != nil {
		return lateProps{}, err
	}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	found, err := p.findings(r.Context(), ids...)
	return lateProps{Today: p.Today(), Groups: groups(rows), Rows: rows, Found: found}, err
}

// late is the street's page of what is late.
func (p *Pages) late(r *web.Request) (web.Response, error) {
	props, err := p.lateRows(r)
	if err != nil {
		return web.Response{}, err
	}
	props.Frame, err = p.Desk(r, desk.Frame{Title: "逾期一览", Active: duePath, Crumbs: []ui.Link{{Text: "应公开事项", Href: duePath}}})
	return web.Render(latePage(props)), err
}

// printLate is the same on A4.
func (p *Pages) printLate(r *web.Request) (web.Response, error) {
	props, err := p.lateRows(r)
	props.Page = r.Page("逾期未公开事项一览")
	return web.Render(lateSheet(props)), err
}

// groups puts rows, which are in order of villages, under their names.
func groups(rows []LateRow) []lateGroup {
	var out []lateGroup
	for _, row := range rows {
		name := row.AreaName
		if name == "" {
			name = "街道"
		}
		if n := len(out); n == 0 || out[n-1].Name != name {
			out = append(out, lateGroup{Name: name})
		}
		g := &out[len(out)-1]
		g.Rows = append(g.Rows, row)
	}
	return out
}

// exportLate writes what is late as a spreadsheet.
func (p *Pages) exportLate(r *web.Request) (web.Response, error) {
	props, err := p.lateRows(r)
	if err != nil {
		return web.Response{}, err
	}
	rows := props.Rows
	l := &sheet.Layout{Title: "逾期未公开事项一览", Columns: []sheet.Column{{Key: "village", Title: "村、社区", Width: 14}, {Key: "unit", Title: "公开单位", Width: 22},
		{Key: "item", Title: "事项", Width: 36}, {Key: "due", Title: "最迟公开日期", Kind: sheet.Date, Width: 14}, {Key: "late", Title: "已超天数", Kind: sheet.Int, Width: 10},
		{Key: "state", Title: "现在", Width: 12}, {Key: "found", Title: "监督发现", Width: 22}, {Key: "office", Title: "由谁负责", Width: 20}, {Key: "basis", Title: "依据", Width: 40}}}
	out := make([]sheet.ExportRow, len(rows))
	for i, row := range rows {
		out[i] = sheet.ExportRow{Key: row.ID, Values: []string{row.AreaName, row.UnitName, row.Title, string(row.Day), strconv.Itoa(-row.Left(p.Today())),
			row.short(p.Today()), props.Found[row.ID].text(), row.Office, row.Basis}}
	}
	return p.sheet(r, l, "due-late", out, "逾期未公开事项一览")
}

// short is the state in one word for tables.
func (d Due) short(today calendar.Date) string {
	return map[State]string{Overdue: "逾期", LongOverdue: "长期逾期", Waiting: "等待公开", InTime: "按时公布", MetLate: "迟公布", Stated: "无此事项", Ceased: "单位已撤销"}[d.State(today)]
}

// sheet sends a register as a spreadsheet of the day.
func (p *Pages) sheet(r *web.Request, l *sheet.Layout, kind string, rows []sheet.ExportRow, name string) (web.Response, error) {
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	meta := sheet.Meta{Town: p.Town, Position: size, Kind: kind, Subtitle: fmt.Sprintf("截至%s，共 %d 项", p.Today().Chinese(), len(rows))}
	if err := sheet.Export(&b, l, meta, slices.Values(rows)); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), name+string(p.Today())+".xlsx"), nil
}

// exportDue writes the filtered list of due items as a spreadsheet.
func (p *Pages) exportDue(r *web.Request) (web.Response, error) {
	f, state, area := p.dueFilter(r)
	if len(f.Under) == 0 {
		return web.Response{}, web.Forbidden("您的职务不查看应公开事项。")
	}
	rows, err := p.dueRows(r, f, state, area)
	if err != nil {
		return web.Response{}, err
	}
	l := &sheet.Layout{Title: "应公开事项", Columns: []sheet.Column{{Key: "unit", Title: "公开单位", Width: 22}, {Key: "item", Title: "事项", Width: 36},
		{Key: "from", Title: "期间第一日", Kind: sheet.Date, Width: 13}, {Key: "to", Title: "期间最后一日", Kind: sheet.Date, Width: 13}, {Key: "due", Title: "最迟公开日期", Kind: sheet.Date, Width: 14},
		{Key: "state", Title: "现在", Width: 18}, {Key: "office", Title: "由谁负责", Width: 20}, {Key: "reckoning", Title: "日期怎么算的", Width: 50}, {Key: "basis", Title: "依据", Width: 40}}}
	out := make([]sheet.ExportRow, len(rows))
	for i, row := range rows {
		out[i] = sheet.ExportRow{Key: row.ID, Values: []string{row.UnitName, row.Title, string(row.From), string(row.To), string(row.Day), row.Words(p.Today()), row.Office, row.Reckoning, row.Basis}}
	}
	return p.sheet(r, l, "due", out, "应公开事项")
}
