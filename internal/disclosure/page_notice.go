package disclosure

import (
	"fmt"
	"net/http"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Published finds the notice of the path; what is not published for everyone does not exist for the public.
func (p *Pages) Published(r *web.Request) (Row, error) {
	id, err := r.PathID("id")
	if err != nil {
		return Row{}, err
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != ScopePublic) {
		e := web.NotFound("没有找到这张公示。")
		e.Do = "请核对网址或编号，或者从首页查找。已经公布的公示不会被删除。"
		return row, e
	}
	return row, err
}

// page is a published notice with all that stands around it.
type noticePage struct {
	Row      Row
	Publish  said
	Seal     *Examined
	Sheet    ui.Notice
	Remarks  []string // what the public is told of how the notice came about
	Newer    *Row     // that corrected this one
	Older    *Row     // that this one corrects
	Last     calendar.Date
	Reckoned string
	Drawn    []ui.SidesProps // for the eye; the tables say the same
}

// gather reads a published notice from its public act. whole proves it under the log too.
func (p *Pages) gather(r *web.Request, row Row, whole bool) (n noticePage, err error) {
	ctx := r.Context()
	n.Row = row
	if n.Publish, n.Seal, err = p.stand(ctx, row, whole); err != nil {
		return n, err
	}
	up := row.Posted
	if n.Last, n.Reckoned = row.Last, row.Reckoning; up == "" {
		up = row.Published // the sheet is printed on the day it is published, to hang at once
		local, err := org.Settings(ctx, p.DB, p.Town)
		if err != nil {
			return n, err
		}
		term := termOf(notice.Body(row.Body), up, local.For(row.Unit))
		n.Last, n.Reckoned = term.Last, term.Text
	}
	if n.Newer, n.Older, err = p.chain(r, row); err != nil {
		return n, err
	}
	n.Sheet = n.Publish.Content.view()
	n.Remarks = n.Publish.remarks(row)
	s := &n.Sheet
	s.Remarks = n.Remarks
	s.Number, s.Unit, s.Posted, s.Until = n.Publish.Number, n.Publish.UnitName, string(up), string(n.Last)
	s.Place, s.Contact = row.Place, asked(notice.Body(row.Body))
	switch {
	case s.Place != "":
	case row.Scope == ScopePublic:
		s.Place = "固定公开栏，同时在网上公开"
	default:
		s.Place = "只在" + row.Scope.Chinese() + "看得到的地方"
	}
	if row.Scope == ScopePublic {
		s.Verify = ui.Verification{URL: p.url(r, fmt.Sprintf("/n/%d/verify", row.ID)), Act: row.ShownAct, Print: n.Seal.Fingerprint()}
	}
	if n.Newer != nil {
		s.Correction = ui.Link{Text: "本公示已由《" + n.Newer.Title + "》（" + n.Newer.Number + "）更正，以更正为准。", Href: n.Newer.href()}
	}
	for _, step := range []struct {
		role string
		act  int64
	}{{"监督审查", n.Publish.Checked}, {n.Publish.approval(row), n.Publish.Approved}, {"公布", row.PublishAct}} {
		a, err := journal.Read(ctx, p.DB, p.Town, step.act)
		if db.Kind(err) == db.NotFound {
			continue // a payload that no longer is what was sealed may name any act
		}
		if err != nil && db.Kind(err) == db.Other && ctx.Err() == nil {
			s.Approvals = append(s.Approvals, ui.Approval{Role: step.role, Name: "这一步的记录已经损坏，读不出来"})
			continue
		}
		if err != nil {
			return n, err
		}
		name, err := p.OfficeName(ctx, a.By, a.Effective)
		if err != nil {
			return n, err
		}
		s.Approvals = append(s.Approvals, ui.Approval{Role: step.role, Name: name, Date: string(a.Effective)})
	}
	return n, nil
}

// href is where those who may read a published notice do so.
func (r Row) href() string {
	if r.Scope == ScopePublic {
		return fmt.Sprintf("/n/%d", r.ID)
	}
	return fmt.Sprintf("/me/notices/%d", r.ID)
}

// chain finds the published neighbours in a chain of corrections.
func (p *Pages) chain(r *web.Request, row Row) (newer, older *Row, err error) {
	if newer, err = p.neighbour(r, row.Newer); err != nil {
		return nil, nil, err
	}
	older, err = p.neighbour(r, row.Replaces)
	return newer, older, err
}

func (p *Pages) neighbour(r *web.Request, id int64) (*Row, error) {
	if id <= 0 {
		return nil, nil
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return nil, nil
	}
	return &row, err
}

// notice is the page of a published notice as villagers read it.
func (p *Pages) notice(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	n, err := p.gather(r, row, false)
	if err != nil {
		return web.Response{}, err
	}
	if n.Drawn, err = p.drawings(r.Context(), n.Publish.Content); err != nil {
		return web.Response{}, err
	}
	area, err := p.AreaOf(r.Context(), row.Unit)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.BoardFrame(r, row.Title, area, "")
	if err != nil {
		return web.Response{}, err
	}
	under, err := p.besideRow(r, row, atPublic)
	if err != nil {
		return web.Response{}, err
	}
	page := noticeView(noticeProps{Frame: frame, noticePage: n, Beside: under})
	if n.Seal.Standing == Erased {
		return web.RenderStatus(http.StatusGone, page), nil
	}
	return web.Render(page), nil
}

// print is the sheet for the physical board, on A4 or A3.
func (p *Pages) print(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.onPaper(r, row, fmt.Sprintf("/n/%d", row.ID))
}

// deskPrint is the sheet of a notice that does not hang on the public board.
func (p *Pages) deskPrint(r *web.Request) (web.Response, error) {
	id, n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	if n.Published == nil {
		return web.Response{}, web.NotNow("《" + n.Title + "》还没有公布，不能打印张贴。")
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	if err != nil {
		return web.Response{}, err
	}
	return p.onPaper(r, row, fmt.Sprintf("/desk/disclosure/%d", id))
}

// onPaper lays a published notice out for paper.
func (p *Pages) onPaper(r *web.Request, row Row, back string) (web.Response, error) {
	n, err := p.Paper(r, row)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(PaperPage(ui.SheetProps{Page: r.Page(row.Title), Paper: Papers(r), Back: ui.Link{Text: "返回", Href: back}}, n, Copies(r)...)), nil
}
