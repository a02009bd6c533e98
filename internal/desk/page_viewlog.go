package desk

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/sheet"
	"cunju/internal/web"
)

const (
	viewlogPath   = "/desk/viewlog"
	viewlogPage   = 50
	viewlogScan   = 500    // rows looked through for one page of a reader who may see only his own village's
	viewlogExport = 10_000 // rows of one export
	viewersDays   = 30
)

// viewRow is a look at personal data with names.
type viewRow struct {
	access.View
	Who  string
	Whom string
	What string
}

// viewerRow sums up what one person looked at.
type viewerRow struct {
	access.Viewer
	Name string
}

// viewFilter is what the reader asked for.
type viewFilter struct {
	Viewer, Subject int64
	Before          access.Before
}

func (f viewFilter) href(path string, before access.Before) string {
	q := url.Values{}
	if f.Viewer > 0 {
		q.Set("viewer", strconv.FormatInt(f.Viewer, 10))
	}
	if f.Subject > 0 {
		q.Set("subject", strconv.FormatInt(f.Subject, 10))
	}
	if before != (access.Before{}) {
		q.Set("before", fmt.Sprintf("%d.%d", before.At, before.ID))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func viewFilterOf(r *web.Request) viewFilter {
	var f viewFilter
	f.Viewer, _ = strconv.ParseInt(r.Query("viewer"), 10, 64)
	f.Subject, _ = strconv.ParseInt(r.Query("subject"), 10, 64)
	if _, err := fmt.Sscanf(r.Query("before"), "%d.%d", &f.Before.At, &f.Before.ID); err != nil {
		f.Before = access.Before{}
	}
	return f
}

// read returns the next rows of the log under a filter.
func (p *Pages) read(r *web.Request, f viewFilter, limit int) ([]access.View, error) {
	switch {
	case f.Subject > 0:
		return p.Views.Of(r.Context(), p.DB, f.Subject, f.Before, limit)
	case f.Viewer > 0:
		return p.Views.By(r.Context(), p.DB, f.Viewer, f.Before, limit)
	}
	return p.Views.Newest(r.Context(), p.DB, f.Before, limit)
}

// views collects up to limit rows that the reader may see. more says that older rows follow after the last one looked at. Who
// reads for the whole town sees every row; a village's supervisor sees the looks at persons of the village.
func (p *Pages) views(r *web.Request, f viewFilter, limit, scan int) (out []access.View, next access.Before, more bool, err error) {
	root, err := p.Units(r.Context())
	if err != nil {
		return nil, next, false, err
	}
	all := p.CanAny(r, access.ViewlogRead, root)
	mine := map[int64]bool{}
	for looked := 0; len(out) < limit; {
		rows, err := p.read(r, f, limit+1)
		if err != nil {
			return nil, next, false, err
		}
		if err := p.mayWatch(r, rows, all, mine); err != nil {
			return nil, next, false, err
		}
		for i, v := range rows {
			if len(out) == limit || looked == scan {
				return out, next, true, nil
			}
			looked++
			next = access.Before{At: v.At, ID: v.ID}
			if all || mine[v.Subject] {
				out = append(out, rows[i])
			}
		}
		if len(rows) <= limit {
			return out, next, false, nil
		}
		f.Before = next
	}
	return out, next, true, nil
}

// mayWatch notes of the persons of rows whether the reader may see looks at them, asked once for all. Who sees everything needs
// no answer.
func (p *Pages) mayWatch(r *web.Request, rows []access.View, all bool, mine map[int64]bool) error {
	var ask []int64
	for _, v := range rows {
		if _, known := mine[v.Subject]; !known && !all && v.Subject != 0 {
			mine[v.Subject] = false
			ask = append(ask, v.Subject)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	units, err := p.unitsOf(r.Context(), ask)
	for person, at := range units {
		mine[person] = p.CanAny(r, access.ViewlogRead, at)
	}
	return err
}

// viewNames gives persons' names, each asked for once.
func (p *Pages) viewNames(r *web.Request) func(person int64) (string, error) {
	names := map[int64]string{}
	return func(person int64) (string, error) {
		if person == 0 {
			return "", nil
		}
		if n, ok := names[person]; ok {
			return n, nil
		}
		n, err := p.Person(r.Context(), p.DB, person)
		names[person] = n
		return n, err
	}
}

func (p *Pages) viewRows(r *web.Request, views []access.View) ([]viewRow, error) {
	name := p.viewNames(r)
	out := make([]viewRow, len(views))
	for i, v := range views {
		who, err := name(v.Viewer)
		if err != nil {
			return nil, err
		}
		whom, err := name(v.Subject)
		if err != nil {
			return nil, err
		}
		if v.Subject == 0 {
			whom = fmt.Sprintf("名册，%d 人", v.Persons)
		}
		out[i] = viewRow{View: v, Who: who, Whom: whom, What: v.What}
	}
	return out, nil
}

func (p *Pages) viewlog(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.ViewlogRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看个人信息查阅记录。本人的记录在“我的”里查看。")
	}
	f := viewFilterOf(r)
	frame, err := p.Desk(r, Frame{Title: "查阅记录", Active: viewlogPath})
	if err != nil {
		return web.Response{}, err
	}
	views, next, more, err := p.views(r, f, viewlogPage, viewlogScan)
	if err != nil {
		return web.Response{}, err
	}
	props := viewlogProps{Frame: frame, Filter: f, Export: f.href(viewlogPath+"/export", access.Before{})}
	if props.Rows, err = p.viewRows(r, views); err != nil {
		return web.Response{}, err
	}
	props.Pager.Text = fmt.Sprintf("本页 %d 条", len(props.Rows))
	if more {
		props.Pager.Next = f.href(viewlogPath, next)
	}
	if f.Before != (access.Before{}) {
		props.Pager.First = f.href(viewlogPath, access.Before{})
	}
	name := p.viewNames(r)
	if f.Viewer > 0 {
		props.About, err = name(f.Viewer)
		props.About += "查看过的"
	} else if f.Subject > 0 {
		props.About, err = name(f.Subject)
		props.About = "查看过" + props.About + "的"
	}
	if err != nil {
		return web.Response{}, err
	}
	root, err := p.Units(r.Context())
	if err != nil {
		return web.Response{}, err
	}
	if p.CanAny(r, access.ViewlogRead, root) {
		if props.Viewers, err = p.viewers(r); err != nil {
			return web.Response{}, err
		}
	}
	return web.Render(viewlogListPage(props)), nil
}

// viewers sums up the last days, who looked at most persons first.
func (p *Pages) viewers(r *web.Request) ([]viewerRow, error) {
	now := r.Now().UnixMilli()
	list, err := p.Views.Viewers(r.Context(), p.DB, now-viewersDays*24*3600*1000, now+1)
	if err != nil {
		return nil, err
	}
	if len(list) > 10 {
		list = list[:10]
	}
	name := p.viewNames(r)
	out := make([]viewerRow, len(list))
	for i, v := range list {
		out[i].Viewer = v
		if out[i].Name, err = name(v.Person); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// viewlogLayout is the log as a spreadsheet.
var viewlogLayout = &sheet.Layout{Name: "viewlog", Title: "个人信息查阅记录", Columns: []sheet.Column{
	{Key: "serial", Title: "序号", Kind: sheet.Serial, Width: 6}, {Key: "at", Title: "时间", Width: 18}, {Key: "who", Title: "查阅人", Width: 10},
	{Key: "office", Title: "职务", Width: 24}, {Key: "whom", Title: "被查阅人", Width: 14}, {Key: "what", Title: "内容", Width: 28},
	{Key: "reason", Title: "原因", Width: 30}, {Key: "page", Title: "页面", Width: 24}}}

// exportViews is the log under the filter as a spreadsheet. Taking it away is itself a look that the log keeps.
func (p *Pages) exportViews(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.ViewlogRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看个人信息查阅记录。")
	}
	f := viewFilterOf(r)
	views, _, more, err := p.views(r, f, viewlogExport, viewlogExport)
	if err != nil {
		return web.Response{}, err
	}
	rows, err := p.viewRows(r, views)
	if err != nil {
		return web.Response{}, err
	}
	subtitle := fmt.Sprintf("%s导出，共 %d 条", p.Today().Chinese(), len(rows))
	if more {
		subtitle += "（较早的记录没有全部列入）"
	}
	out := make([]sheet.ExportRow, len(rows))
	for i, v := range rows {
		out[i] = sheet.ExportRow{Key: int64(i + 1), Values: []string{"", calendar.Instant(v.At), v.Who, v.Office, v.Whom, v.What, v.Reason, v.Page}}
	}
	var b bytes.Buffer
	if err := sheet.Export(&b, viewlogLayout, sheet.Meta{Town: p.Town, Kind: "viewlog", Subtitle: subtitle}, slices.Values(out)); err != nil {
		return web.Response{}, err
	}
	note := access.View{Viewer: r.Who.Person, Office: r.Who.Offices[0].Title, Act: access.ViewlogRead, What: "导出查阅记录", Page: r.URL.Path}
	if err := p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, note) }); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "个人信息查阅记录 "+string(p.Today())+".xlsx"), nil
}
