package posting

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// side is on whose side someone would enter a signed list, "" for nobody who may.
func (p *Pages) side(r *web.Request, unit int64) string {
	switch {
	case p.Can(r, access.DisclosureCheckin, unit, 0, 0):
		return SideSupervision
	case p.Can(r, access.DisclosureDraft, unit, 0, 0):
		return SideOffice
	}
	return ""
}

// may is the power under which a signed list is entered.
func (p *Pages) may(r *web.Request, unit int64) (string, access.Decision, error) {
	side := p.side(r, unit)
	power := access.DisclosureDraft
	if side == SideSupervision {
		power = access.DisclosureCheckin
	}
	via, err := p.May(r, power, unit)
	return side, via, err
}

// signoffProps is the form of a signed list.
type signoffProps struct {
	Frame   ui.DeskProps
	Row     disclosure.Row
	Side    string
	Days    []calendar.Date // that can be entered
	Form    *web.Form
	Problem *desk.Obstacle
	Key     ui.Param
}

func (p *Pages) signoffForm(r *web.Request) (web.Response, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	side, _, err := p.may(r, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	return p.signoffWith(r, n, side, web.NewForm(), nil)
}

func (p *Pages) signoffWith(r *web.Request, n disclosure.Row, side string, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := signoffProps{Row: n, Side: side, Days: listDays(n, p.Today()), Form: f, Problem: o, Key: r.KeyParam()}
	var err error
	props.Frame, err = p.Desk(r, desk.Frame{Title: "补录纸质签到", Active: "/desk/disclosure", Crumbs: []ui.Link{
		{Text: "三务公开", Href: "/desk/disclosure"}, {Text: "张贴：" + n.Title, Href: fmt.Sprintf("/desk/posting/%d", n.ID)}}})
	return desk.Answer(f, o, signoffPage(props)), err
}

// listDays are the days of a notice that can be entered: from the posting to today, or to the day it was taken down.
func listDays(n disclosure.Row, today calendar.Date) []calendar.Date {
	if n.Posted == "" {
		return nil
	}
	end := today
	for _, d := range []calendar.Date{n.TakenDown, n.Last} {
		if d != "" {
			end = min(end, d)
		}
	}
	var days []calendar.Date
	for d := n.Posted; d <= end && len(days) < rowsMost; d = d.AddDays(1) {
		days = append(days, d)
	}
	return days
}

// signoff records a list that was signed beside the board.
func (p *Pages) signoff(r *web.Request) (web.Response, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	side, via, err := p.may(r, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	s := SignOff{Notice: n.ID, Side: side, Note: f.Text("note", "说明", longest), Rows: signedRows(f, listDays(n, p.Today()))}
	if s.Scan, err = p.scan(r, f); err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.signoffWith(r, n, side, f, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Enter(ctx, w, s)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"rows": "签到", "note": "说明"})
		if err != nil {
			return web.Response{}, err
		}
		return p.signoffWith(r, n, side, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已补录 %d 行签到，记入总账第 %d 号。", len(s.Rows), rec.First)})
	return web.Redirect(fmt.Sprintf("/desk/posting/%d", n.ID)), nil
}

// signedRows reads one choice of signers for each day.
func signedRows(f *web.Form, days []calendar.Date) []Signed {
	var rows []Signed
	for _, d := range days {
		for _, by := range f.Values("day-" + string(d)) {
			if !known(signers, by) {
				f.Fail("rows", "签到", "请从列出的签名人中选择")
				continue
			}
			rows = append(rows, Signed{d, by})
		}
	}
	if len(rows) == 0 {
		f.Fail("rows", "签到", "请至少勾选一天的一位签名人")
	}
	return rows
}

// scan keeps the scanned list: a photo bare of its place, or a PDF as it is.
func (p *Pages) scan(r *web.Request, f *web.Form) (*disclosure.File, error) {
	const label = "签到表扫描件"
	u := f.File("scan", label, web.Optional, photoMost, ".jpg", ".jpeg", ".png", ".pdf")
	if u == nil {
		return nil, nil
	}
	defer u.Close()
	if !strings.HasSuffix(strings.ToLower(u.Name), ".pdf") {
		return p.keep(r, f, "scan", label, u)
	}
	st, err := p.files.Put(r.Context(), u, u.Name, photoMost)
	var refused *files.Refusal
	if errors.As(err, &refused) {
		f.Fail("scan", label, refused.Message)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &disclosure.File{Name: label + ".pdf", Size: st.Size, Type: st.Type, Hash: st.Hash}, nil
}
