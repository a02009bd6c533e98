package org

import (
	"bytes"
	"fmt"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// exportForm asks for the reason: the form names persons, so taking it away is written to the view log.
func (p *Pages) exportForm(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.SheetExport)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能导出表格。")
	}
	return p.showExport(r, web.NewForm("asof", string(p.Day(r))))
}

func (p *Pages) showExport(r *web.Request, f *web.Form) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "导出组织信息", Active: treePath, Crumbs: []ui.Link{{Text: "组织机构", Href: treePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := formProps{Frame: frame, Title: "导出组织信息", Sub: "党组织信息采集表", Action: "/desk/org/export", Back: treePath, Form: f,
		Params: []ui.Param{r.KeyParam()}, Help: []string{"表里有书记姓名和单位办公电话，导出和原因记入查阅记录。", "只导出您职务范围内的党组织。"}}
	return answer(props, exportPage(props)), nil
}

// blank is the form for offices to fill in.
func (p *Pages) blank(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.OrgRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看组织机构。")
	}
	var b bytes.Buffer
	if err := sheet.Template(&b, layouts.OrganisationForm(layouts.Checks{})); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "党组织信息采集表（空表）.xlsx"), nil
}

func (p *Pages) export(r *web.Request) (web.Response, error) {
	anchors := p.Anchors(r, access.SheetExport)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能导出表格。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	on := f.Date("asof", "数据截至", true)
	reason := f.Required("reason", "导出原因", 200)
	if !f.OK() {
		return p.showExport(r, f)
	}
	rows, persons, err := p.formRows(r, anchors, on)
	if err != nil {
		return web.Response{}, err
	}
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	meta := sheet.Meta{Town: p.Town, Position: size, Kind: "organisation", Subtitle: fmt.Sprintf("数据截至%s，共 %d 个党组织", on.Chinese(), len(rows))}
	if err := sheet.Export(&b, layouts.OrganisationForm(layouts.Checks{}), meta, slices.Values(rows)); err != nil {
		return web.Response{}, err
	}
	v := access.View{Viewer: r.Who.Person, Office: r.Who.Offices[0].Title, Act: access.SheetExport, What: "党组织信息采集表（书记姓名）", Page: r.URL.Path,
		Reason: reason, Persons: persons}
	if err := p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, v) }); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "党组织信息采集表 "+string(on)+".xlsx"), nil
}

// formRows fills the organisation form for the Party organisations below the anchors on a day, and counts the persons named.
func (p *Pages) formRows(r *web.Request, anchors []int64, on calendar.Date) (rows []sheet.ExportRow, persons int64, err error) {
	f, err := p.forest(r, Party, on)
	if err != nil {
		return nil, 0, err
	}
	over, err := standing(r.Context(), p.DB, p.Town, on)
	if err != nil {
		return nil, 0, err
	}
	mine := map[int64]bool{}
	for _, x := range over {
		if slices.Contains(anchors, x.Above) {
			mine[x.Below] = true
		}
	}
	leaders, err := p.leaders(r, on)
	if err != nil {
		return nil, 0, err
	}
	phones, err := contacts(r.Context(), p.DB, p.Town)
	if err != nil {
		return nil, 0, err
	}
	var counts map[int64]int64
	if p.Counts != nil {
		if counts, err = p.Counts(r.Context(), on); err != nil {
			return nil, 0, err
		}
	}
	keys := layouts.OrganisationForm(layouts.Checks{}).Keys()
	for _, id := range f.Order {
		u := f.Units[id]
		if !mine[id] || !kinds[u.Kind].Party {
			continue
		}
		v := map[string]string{"organisation": u.Name, "kind": kindTitle(u.Kind), "phone": phones[id], "founded": string(u.From)}
		if above, ok := f.Units[u.Parent]; ok {
			v["parent"] = above.Name
		}
		if l, ok := leaders[id]; ok {
			v["secretary"] = l.Name
			persons++
			if l.Until != "" {
				v["term_end"] = string(l.Until.AddDays(-1))
			}
		}
		if n, ok := counts[id]; ok {
			v["members"] = number(n)
		}
		row := sheet.ExportRow{Key: id, Values: make([]string, len(keys))}
		for i, k := range keys {
			row.Values[i] = v[k]
		}
		rows = append(rows, row)
	}
	return rows, persons, nil
}

// leaders gives the head of each unit on a day: who holds the post that only one person can hold.
func (p *Pages) leaders(r *web.Request, on calendar.Date) (map[int64]holder, error) {
	all, err := officesOn(r.Context(), p.DB, p.Town, on)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(o OfficeRow) bool { return !single[o.Role] })
	list, err := p.named(r, all, on)
	m := map[int64]holder{}
	for _, h := range list {
		m[h.Unit] = h
	}
	return m, err
}
