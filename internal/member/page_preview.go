package member

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/law/codes"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	previewRows     = 50  // lines of the roster on a page
	previewProblems = 200 // problems shown; the marked copy has them all
)

// previewProps is what a roster would enter, and what is wrong with it.
type previewProps struct {
	Frame    ui.DeskProps
	Upload   upload
	Form     *web.Form
	Key      ui.Param
	Again    ui.Param // key of the second form
	Problems []problemLine
	Hidden   int // problems not shown
	Rows     []previewRow
	Ready    int
	Barred   int // rows for branches that the person has no power over
	Pager    ui.Pager
}

// problemLine is one problem as it is shown: personal values are masked.
type problemLine struct {
	sheet.Problem
	Shown string
}

// previewRow is a row that can be recorded.
type previewRow struct {
	RosterRow
	Number string
	Branch string
	Barred bool
}

func (p *Pages) preview(r *web.Request) (web.Response, error) {
	u, err := p.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showUpload(r, u, web.NewForm())
}

// showUpload is the page of an upload in whatever state it is.
func (p *Pages) showUpload(r *web.Request, u upload, f *web.Form) (web.Response, error) {
	switch {
	case u.busy():
		return p.showProgress(r, u)
	case u.state == uploadDone && (r.Query("rest") != "1" && f.OK() || !u.open()):
		return p.showDone(r, u)
	case u.state == uploadUnread:
		f := web.NewForm("kind", u.Kind, "how", string(u.How), "on", string(u.On))
		f.Fail("file", "文件", u.refused)
		return p.showImport(r, f)
	}
	if u.changes != nil {
		return p.showChanges(r, u, f)
	}
	props := previewProps{Upload: u, Form: f, Key: r.KeyParam(), Again: ui.Param{Name: r.KeyParam().Name, Value: r.NewKey()}}
	props.Problems, props.Hidden = shownProblems(u)
	if err := p.previewRows(r, u, &props); err != nil {
		return web.Response{}, err
	}
	var err error
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "核对导入", Active: listPath, Crumbs: crumbs(ui.Link{Text: "批量导入", Href: importPath})}); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, nil, previewPage(props)), nil
}

// shownProblems are the first problems of an upload and how many are not shown.
func shownProblems(u upload) (list []problemLine, hidden int) {
	layout := rosterKindOf(u.Kind).layout()
	for i, x := range u.preview.Problems {
		if i == previewProblems {
			return list, len(u.preview.Problems) - i
		}
		list = append(list, shownProblem(layout, x))
	}
	return list, 0
}

// shownProblem masks what a cell with personal data holds.
func shownProblem(l *sheet.Layout, x sheet.Problem) problemLine {
	line := problemLine{Problem: x, Shown: codes.Mask(x.Value)}
	line.Message = codes.Mask(x.Message)
	for _, c := range l.Columns {
		if c.Title == x.Column && c.Personal {
			line.Shown = maskCell(c.Key, x.Value)
		}
	}
	return line
}

// maskCell shows a cell of the file as the desk may see it, by the key of its column.
func maskCell(key, value string) string {
	field := map[string]keyring.Field{"name": keyring.Name, "id_number": keyring.IDNumber, "phone": keyring.Phone, "birth": keyring.Birth,
		"residence": keyring.Address, "hukou": keyring.Address}[key]
	return keyring.Show(keyring.FaceDesk, field, value)
}

// barred says which branches of a plan the person may not import into.
func (p *Pages) barred(r *web.Request, plan *RosterPlan) map[int64]bool {
	no := map[int64]bool{}
	for _, row := range plan.Rows {
		if _, asked := no[row.Enter.Branch]; !asked {
			no[row.Enter.Branch] = !p.Can(r, access.MemberImport, row.Enter.Branch, 0, 0)
		}
	}
	return no
}

// previewRows fills one page of the rows that can be recorded.
func (p *Pages) previewRows(r *web.Request, u upload, props *previewProps) error {
	barred := p.barred(r, u.plan)
	names := map[int64]string{}
	from, to, pager := previewSpan(r, u, len(u.plan.Rows), "行")
	props.Pager = pager
	for i, row := range u.plan.Rows {
		if barred[row.Enter.Branch] {
			props.Barred++
		}
		if i < from || i >= to {
			continue
		}
		if _, ok := names[row.Enter.Branch]; !ok {
			name, err := p.Name(r.Context(), p.DB, row.Enter.Branch)
			if err != nil {
				return err
			}
			names[row.Enter.Branch] = name
		}
		props.Rows = append(props.Rows, previewRow{RosterRow: row, Branch: names[row.Enter.Branch], Barred: barred[row.Enter.Branch],
			Number: maskCell("id_number", row.Details.IDNumber)})
	}
	props.Ready = len(u.plan.Rows) - props.Barred
	if u.preview.Blocked {
		props.Ready = 0
	}
	return nil
}

// previewSpan is the part of a list that the page asked for shows, with the way to its neighbours.
func previewSpan(r *web.Request, u upload, n int, unit string) (from, to int, pager ui.Pager) {
	page := 0
	if k, err := strconv.Atoi(r.Query("page")); err == nil && k > 0 && k < (n+previewRows-1)/previewRows {
		page = k
	}
	from, to = page*previewRows, min((page+1)*previewRows, n)
	if n <= previewRows {
		return from, to, pager
	}
	base := uploadPath + "/" + u.ID + "?"
	if r.Query("rest") == "1" {
		base += "rest=1&"
	}
	pager.Text = fmt.Sprintf("第 %d–%d %s，共 %d %s", from+1, to, unit, n, unit)
	if page > 0 {
		pager.First, pager.Prev = base+"page=0", fmt.Sprintf("%spage=%d", base, page-1)
	}
	if to < n {
		pager.Next = fmt.Sprintf("%spage=%d", base, page+1)
	}
	return from, to, pager
}

// marked hands the office's own file back with its faults marked.
func (p *Pages) marked(r *web.Request) (web.Response, error) {
	u, err := p.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	if u.preview == nil {
		return web.Response{}, web.NotFound("这个文件还没有核对完，没有带批注的表。")
	}
	var b bytes.Buffer
	if err := sheet.MarkUp(&b, u.reader(), int64(len(u.raw)), u.preview); err != nil {
		return web.Response{}, err
	}
	return web.Bytes(xlsx, b.Bytes(), false).Attachment("带批注_" + trimEnding(u.Name) + ".xlsx"), nil
}

// trimEnding takes the ending off a file's name.
func trimEnding(name string) string {
	for _, e := range rosterEndings {
		if n := len(name) - len(e); n > 0 && strings.EqualFold(name[n:], e) {
			return name[:n]
		}
	}
	return name
}

// uploadAgain takes the repaired file: it goes on where the first one was, under the same particulars.
func (p *Pages) uploadAgain(r *web.Request) (web.Response, error) {
	old, err := p.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	u := &upload{Owner: old.Owner, Kind: old.Kind, How: old.How, On: old.On}
	p.receive(f, u)
	if !f.OK() {
		return p.showUpload(r, old, f)
	}
	return p.keep(r, f, u)
}
