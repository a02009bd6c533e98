package posting

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// listMostDesk is how many hanging notices the desk's page shows.
const listMostDesk = 200

// anchors are the units under which the reader has to do with posting in any way.
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

// hangingRow is a notice on the board now, as the desk lists it.
type hangingRow struct {
	disclosure.Row
	Unit   string
	Report Report
	Today  *Day
	Case   int64 // what waits to be hung again, −1 for nothing
}

// listProps is the desk's page of what hangs now.
type listProps struct {
	Frame  ui.DeskProps
	Rows   []hangingRow
	Open   int
	Walls  []ui.Link     // screens in the halls of the reader's villages
	Sealed calendar.Date // last day on which the public board was sealed, "" for never
	Day    calendar.Date
}

// list shows what hangs on the boards now, and on which days nobody looked.
func (p *Pages) list(r *web.Request) (web.Response, error) {
	anchors := p.anchors(r)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理公开事项。")
	}
	ctx := r.Context()
	props := listProps{Day: p.Today()}
	var err error
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "张贴核实", Active: "/desk/disclosure", Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}}}); err != nil {
		return web.Response{}, err
	}
	notices, err := disclosure.Hanging(ctx, p.DB, p.Town, anchors, listMostDesk)
	if err != nil {
		return web.Response{}, err
	}
	reports, err := Reports(ctx, p.DB, p.Town, notices, props.Day)
	if err != nil {
		return web.Response{}, err
	}
	open, err := openCases(ctx, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	for i, n := range notices {
		row := hangingRow{Row: n, Report: reports[i], Case: -1}
		if row.Unit, err = p.Name(ctx, p.DB, n.Unit); err != nil {
			return web.Response{}, err
		}
		if id, ok := open[n.ID]; ok {
			row.Case = id
			props.Open++
		}
		if k := slices.IndexFunc(row.Report.Days, func(d Day) bool { return d.Date == props.Day }); k >= 0 {
			row.Today = &row.Report.Days[k]
		}
		props.Rows = append(props.Rows, row)
	}
	if props.Walls, err = p.walls(ctx, anchors); err != nil {
		return web.Response{}, err
	}
	props.Sealed, err = lastSealed(ctx, p.DB, p.Town)
	return web.Render(listPage(props)), err
}

// walls are the screens of the villages and communities under the anchors.
func (p *Pages) walls(ctx context.Context, anchors []int64) ([]ui.Link, error) {
	var out []ui.Link
	seen := map[int64]bool{}
	for _, a := range anchors {
		units, err := org.Under(ctx, p.DB, p.Town, org.Any, a, p.Today())
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if (u.Kind == "village" || u.Kind == "community") && !seen[u.ID] {
				seen[u.ID] = true
				out = append(out, ui.Link{Text: u.Label(), Href: fmt.Sprintf("/wall/%d", u.ID)})
			}
		}
	}
	return out, nil
}

// load finds a published notice whose posting the reader may see.
func (p *Pages) load(r *web.Request) (disclosure.Row, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return n, err
	}
	for _, power := range powers {
		if p.Can(r, power, n.Unit, 0, 0) {
			return n, nil
		}
	}
	return n, web.Forbidden("这张公示的张贴不属于您的职责范围。")
}

// showProps is the desk's page of one notice's posting.
type showProps struct {
	Frame    ui.DeskProps
	Row      disclosure.Row
	Report   Report
	Said     []said
	MayEnter bool
	MayPrint bool
	Case     int64
}

// said is one word about the notice as the desk reads it.
type said struct {
	Act   int64
	When  string
	Who   string
	Text  string
	Note  string
	Files []disclosure.File
}

// show lists what was said of a notice, by whom, for the offices whose affair it is.
func (p *Pages) show(r *web.Request) (web.Response, error) {
	n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	ctx := r.Context()
	props := showProps{Row: n, MayPrint: p.Can(r, access.DisclosurePublish, n.Unit, 0, 0), MayEnter: p.side(r, n.Unit) != ""}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "张贴：" + n.Title, Active: "/desk/disclosure", Crumbs: []ui.Link{
		{Text: "三务公开", Href: "/desk/disclosure"}, {Text: "张贴核实", Href: "/desk/disclosure/posting"}}}); err != nil {
		return web.Response{}, err
	}
	if props.Report, err = Of(ctx, p.DB, p.Town, n, p.Today()); err != nil {
		return web.Response{}, err
	}
	if props.Case, err = Waiting(ctx, p.DB, p.Town, n.ID); err != nil {
		return web.Response{}, err
	}
	props.Said, err = p.said(r, n.ID)
	return web.Render(showPage(props)), err
}

// said reads the acts behind a notice's evidence, newest first, heartbeats left out.
func (p *Pages) said(r *web.Request, notice int64) ([]said, error) {
	ctx := r.Context()
	seen, lists, err := p.acts(r, notice)
	if err != nil {
		return nil, err
	}
	var out []said
	for _, s := range seen {
		line := said{Act: s.Act, When: s.On.Chinese() + " " + calendar.Clock(s.At), Who: Witness(s.Witness).Chinese(), Text: Answer(s.Answer).Chinese(), Note: s.Note}
		if s.Person != 0 {
			name, err := p.Person(ctx, p.DB, s.Person)
			if err != nil {
				return nil, err
			}
			line.Who += " " + name
		}
		if s.Code && Witness(s.Witness) != Scan {
			line.Text += "，扫了纸上的码"
		}
		if s.Photo != nil {
			line.Files = append(line.Files, *s.Photo)
		}
		out = append(out, line)
	}
	for _, l := range lists {
		line := said{Act: l.Act, When: calendar.InstantChinese(l.At) + " 补录", Who: word(sides, l.Side), Text: fmt.Sprintf("纸质签到 %d 行：", len(l.Rows)), Note: l.Note}
		var days []calendar.Date
		for _, row := range l.Rows {
			if !slices.Contains(days, row.Day) {
				days = append(days, row.Day)
			}
		}
		line.Text += runs(days)
		if l.Scan != nil {
			line.Files = append(line.Files, *l.Scan)
		}
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b said) int { return int(b.Act - a.Act) })
	return out, nil
}

// acts are the check-ins and the signed lists of a notice.
func (p *Pages) acts(r *web.Request, notice int64) (map[int64]*Seen, map[int64]*List, error) {
	ids, err := spoken(r.Context(), p.DB, p.Town, notice)
	if err != nil {
		return nil, nil, err
	}
	seen, err := journal.StatesOf[Seen](r.Context(), p.DB, p.Journal.Book(), p.Town, ids, journal.Now)
	if err != nil {
		return nil, nil, err
	}
	lists, err := journal.StatesOf[List](r.Context(), p.DB, p.Journal.Book(), p.Town, ids, journal.Now)
	return seen, lists, err
}

// file hands out a photo or a scanned list to those who may see the notice's posting.
func (p *Pages) file(r *web.Request) (web.Response, error) {
	n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	list, err := p.said(r, n.ID)
	if err != nil {
		return web.Response{}, err
	}
	for _, s := range list {
		for _, f := range s.Files {
			if f.Hash != r.PathValue("hash") {
				continue
			}
			open, err := p.files.Open(f.Hash)
			if errors.Is(err, files.ErrMissing) {
				return web.Response{}, web.NotFound("“" + f.Name + "”在服务器上找不到了，请告诉系统管理员。").Because(err)
			}
			if err != nil {
				return web.Response{}, err
			}
			return web.File(f.Name, f.Type, open.Size, open, true), nil
		}
	}
	return web.Response{}, web.NotFound("没有这个附件。")
}

// paper is the sheet for the physical board with the code of check-ins: only who posts prints it.
func (p *Pages) paper(r *web.Request) (web.Response, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	if _, err := p.May(r, access.DisclosurePublish, n.Unit); err != nil {
		return web.Response{}, err
	}
	sheet, err := p.notices.Paper(r, n)
	if err != nil {
		return web.Response{}, err
	}
	sheet.Here = p.notices.Address(r, herePath(n.ID, p.codes.For(n.ID, p.Today(), sheetOf(n)), ""))
	paper := disclosure.Papers(r)
	props := ui.SheetProps{Page: r.Page(n.Title), Paper: paper, Back: ui.Link{Text: "返回", Href: fmt.Sprintf("/desk/posting/%d", n.ID)},
		Note: "这张纸带现场核实码，只用来上栏张贴，不要发到网上。纸张选 " + map[ui.Paper]string{ui.A4: "A4", ui.A3: "A3"}[paper] + "。"}
	return web.Render(disclosure.PaperPage(props, sheet, disclosure.Copies(r)...)), nil
}

// blankList is the list for signatures that hangs beside the notice.
func (p *Pages) blankList(r *web.Request) (web.Response, error) {
	n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	unit, err := p.Name(r.Context(), p.DB, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	from := n.Posted
	if from == "" {
		from = p.Today()
	}
	last := n.Last
	if last == "" {
		last = from.AddDays(listFor)
	}
	var days []calendar.Date
	for d := from; d <= last && len(days) < rowsMost; d = d.AddDays(1) {
		days = append(days, d)
	}
	return web.Render(listPaper(p.paperOf(r, "公示张贴签到表", fmt.Sprintf("/desk/posting/%d", n.ID)), n, unit, days)), nil
}

// deskCard is what stands under a notice at the desk.
func (p *Pages) deskCard(r *web.Request, n disclosure.Row) (templ.Component, error) {
	if n.Published == "" || n.Scope != disclosure.ScopePublic {
		return nil, nil // nobody checks in before a sheet that hangs inside
	}
	rep, err := Of(r.Context(), p.DB, p.Town, n, p.Today())
	if err != nil {
		return nil, err
	}
	open, err := Waiting(r.Context(), p.DB, p.Town, n.ID)
	return deskNotice(n, rep, open, p.Can(r, access.DisclosurePublish, n.Unit, 0, 0)), err
}

// events is how a case went, for its page.
func (p *Pages) events(r *web.Request, id int64) ([]ui.Event, error) {
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, id)
	if err != nil {
		return nil, err
	}
	who := map[int64]string{}
	for _, a := range acts {
		if who[a.N], err = p.notices.OfficeName(r.Context(), a.By, a.Effective); err != nil {
			return nil, err
		}
	}
	return matter.Events(acts, p.Journal.Book().Title, func(a journal.Act) string { return who[a.N] }, func(journal.Act) string { return "" },
		func(a journal.Act) string { return fmt.Sprintf("/desk/acts/%d", a.N) }), nil
}
