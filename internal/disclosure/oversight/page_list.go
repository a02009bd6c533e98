package oversight

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// sorts in the order of the tabs.
var sorts = []string{SortQuestion, SortFinding, SortOrder, SortAudit, SortComplaint}

const (
	listPage   = 20
	exportMost = 50_000
	searchMost = 60 // characters
)

// anchors are the units under which the reader may open cases of a sort. Complaints belong to the street: who handles them there
// sees those about any village.
func (p *Pages) anchors(r *web.Request, sort string) []int64 {
	if sort == SortComplaint {
		if p.Can(r, access.ComplaintHandle, street, 0, 0) {
			return []int64{street}
		}
		return nil
	}
	var all []int64
	for _, power := range openers[sort] {
		for _, a := range p.Anchors(r, power) {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	return all
}

// filter reads the list's filters from the address.
func (p *Pages) filter(r *web.Request) (filter, url.Values) {
	f := filter{Sort: SortQuestion, Area: -1, Limit: listPage + 1, Today: p.Today()}
	v := url.Values{}
	if slices.Contains(sorts, r.Query("sort")) {
		f.Sort = r.Query("sort")
		v.Set("sort", f.Sort)
	}
	for i := 0; r.Query("sort") == "" && i < len(sorts); i++ { // whoever answers no questions begins with what he does
		if len(p.anchors(r, sorts[i])) > 0 {
			f.Sort = sorts[i]
			break
		}
	}
	f.Anchors = p.anchors(r, f.Sort)
	if n, err := strconv.ParseInt(r.Query("area"), 10, 64); err == nil && n >= 0 {
		f.Area = n
		v.Set("area", r.Query("area"))
	}
	if s := r.Query("state"); slices.Contains([]string{"open", "late", "closed"}, s) {
		f.State = s
		v.Set("state", s)
	}
	if q := r.Query("q"); q != "" && utf8.RuneCountInString(q) <= searchMost {
		f.Words = q
		v.Set("q", q)
	}
	return f, v
}

// listProps is the page of a list.
type listProps struct {
	Frame   ui.DeskProps
	Filter  filter
	Query   string
	Tabs    []ui.Tab
	Rows    []Row
	Total   int64
	Names   map[int64]string
	Areas   []ui.Option
	MayNew  map[string]bool
	MayTake bool
	First   string
	Next    string
}

func (p *Pages) list(r *web.Request) (web.Response, error) {
	f, v := p.filter(r)
	props := listProps{Filter: f, Query: v.Encode(), MayNew: p.mayNew(r), MayTake: len(p.Anchors(r, access.SheetExport)) > 0, Names: map[int64]string{}}
	for _, s := range sorts {
		if len(p.anchors(r, s)) > 0 {
			props.Tabs = append(props.Tabs, ui.Tab{Text: sortTitles[s], Href: home + "?sort=" + s, Active: s == f.Sort})
		}
	}
	if len(props.Tabs) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理询问和监督事项。")
	}
	if len(f.Anchors) == 0 && r.Query("sort") != "" {
		return web.Response{}, web.Forbidden("您的职务不办理这一类。")
	}
	var err error
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "询问和监督", Active: home}); err != nil {
		return web.Response{}, err
	}
	if n, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && n > 0 {
		f.Before = n
	}
	if props.Rows, props.Total, err = list(r.Context(), p.DB, p.Town, f); err != nil {
		return web.Response{}, err
	}
	if len(props.Rows) > listPage {
		props.Rows = props.Rows[:listPage]
		props.Next = home + "?" + withBefore(v, props.Rows[listPage-1].ID)
	}
	if f.Before > 0 {
		props.First = home + "?" + v.Encode()
	}
	if props.Names, err = p.names(r.Context(), props.Rows); err != nil {
		return web.Response{}, err
	}
	props.Areas, err = p.areas(r.Context())
	return web.Render(listView(props)), err
}

// withBefore is the query of the next page.
func withBefore(v url.Values, id int64) string {
	q := v.Encode()
	if q != "" {
		q += "&"
	}
	return q + "before=" + itoa(id)
}

// mayNew says what the reader may enter.
func (p *Pages) mayNew(r *web.Request) map[string]bool {
	onBehalf := len(p.Anchors(r, access.DisclosureOnBehalf)) > 0
	return map[string]bool{SortQuestion: onBehalf, SortFinding: len(p.Anchors(r, access.DisclosureFind)) > 0,
		SortAudit:     p.mayStreet(r),
		SortComplaint: p.mayStreet(r)}
}

// mayStreet says whether the reader enters at the street's own counter.
func (p *Pages) mayStreet(r *web.Request) bool {
	return p.Can(r, access.DisclosureOnBehalf, street, 0, 0) || p.Can(r, access.ComplaintHandle, street, 0, 0)
}

func (p *Pages) names(ctx context.Context, rows []Row) (map[int64]string, error) {
	return desk.UnitNames(ctx, p.House, rows, unitOf)
}

func unitOf(row Row) int64 { return row.Unit }

// areas are the villages and communities of the day.
func (p *Pages) areas(ctx context.Context) ([]ui.Option, error) {
	rows, err := db.All[struct {
		ID   int64
		Name string
	}](ctx, p.DB, `SELECT u.id, CASE WHEN u.short = '' THEN u.name ELSE u.short END FROM org_unit u
		WHERE u.town = $1 AND u.kind IN ('village', 'community') AND u.from_day <= $2 AND u.to_day > $2 ORDER BY u.id`, p.Town, string(p.Today()))
	var out []ui.Option
	for _, u := range rows {
		out = append(out, ui.Option{Value: itoa(u.ID), Text: u.Name})
	}
	return out, err
}

// state says in words how far a case is.
func (row Row) state(today calendar.Date) (ui.Tone, string) {
	if row.Closed != "" {
		return ui.Success, row.Outcome
	}
	s, _ := procedures[row.Sort].Step(row.Next)
	tone, text := late(row, today)
	if row.Due == "" {
		return ui.Info, "等待：" + s.Title
	}
	return tone, s.Title + "，" + text
}

// export writes the list as a spreadsheet: of those units whose registers the reader may take away, and nobody's name.
func (p *Pages) export(r *web.Request) (web.Response, error) {
	f, _ := p.filter(r)
	if len(f.Anchors) == 0 || len(p.Anchors(r, access.SheetExport)) == 0 {
		e := web.Forbidden("您的职务不能导出台账。")
		e.Do = "可以办理的是：" + strings.Join(p.Policy.Offices(access.SheetExport), "；") + "。"
		return web.Response{}, e
	}
	f.Limit = exportMost
	rows, _, err := list(r.Context(), p.DB, p.Town, f)
	if err != nil {
		return web.Response{}, err
	}
	rows = desk.Within(r, p.House, access.SheetExport, rows, unitOf)
	names, err := p.names(r.Context(), rows)
	if err != nil {
		return web.Response{}, err
	}
	position, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeList(&b, p.Town, position, p.Today(), rows, names); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), sortTitles[f.Sort]+"台账"+string(p.Today())+".xlsx"), nil
}

// register is the list as an office keeps it.
var register = &sheet.Layout{Name: "oversight", Title: "询问和监督台账", Columns: []sheet.Column{
	{Key: "no", Title: "序号", Kind: sheet.Serial}, {Key: "id", Title: "登记号", Kind: sheet.Text, Width: 10},
	{Key: "sort", Title: "类别", Kind: sheet.Text, Width: 12}, {Key: "unit", Title: "单位", Kind: sheet.Text, Width: 20},
	{Key: "title", Title: "关于什么", Kind: sheet.Text, Width: 40}, {Key: "opened", Title: "提出日期", Kind: sheet.Date},
	{Key: "channel", Title: "怎样提出", Kind: sheet.Text, Width: 10}, {Key: "due", Title: "期限", Kind: sheet.Date},
	{Key: "state", Title: "现在", Kind: sheet.Text, Width: 24}, {Key: "closed", Title: "办结日期", Kind: sheet.Date},
}}

func writeList(w io.Writer, town string, position int64, on calendar.Date, rows []Row, names map[int64]string) error {
	secret := make([]byte, 32) // nobody reads this export back, so nobody needs the key
	rand.Read(secret)
	meta := sheet.Meta{Town: town, Position: position, Kind: "oversight", Subtitle: "截至" + on.Chinese(), Secret: secret}
	return sheet.Export(w, register, meta, func(yield func(sheet.ExportRow) bool) {
		for _, row := range rows {
			_, state := row.state(on)
			if !yield(sheet.ExportRow{Key: row.ID, Values: []string{"", itoa(row.ID), sortTitles[row.Sort], names[row.Unit], row.Title, string(row.Opened), channelText(row.Channel),
				string(row.Due), state, string(row.Closed)}}) {
				return
			}
		}
	})
}
