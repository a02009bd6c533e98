package disclosure

import (
	"bytes"
	"fmt"

	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// formOf is the office's form of the notice of the path. Only a finance table has one.
func (p *Pages) formOf(r *web.Request) (id int64, f officeForm, err error) {
	id, n, err := p.load(r)
	if err != nil {
		return id, f, err
	}
	if n.Content.Finance == nil {
		e := web.NotFound("《" + n.Content.Title + "》不是财务收支表，没有三审表。")
		e.Do = "其他公示请用“打印”或者“导出表格”。"
		return id, f, e
	}
	u, err := org.Find(r.Context(), p.DB, p.Town, n.Unit)
	if err != nil {
		return id, f, err
	}
	f, err = p.filled(r.Context(), id, n, u.Name)
	return id, f, err
}

// officeForm prints the office's form, before publication too: it goes round for signatures.
func (p *Pages) officeForm(r *web.Request) (web.Response, error) {
	id, f, err := p.formOf(r)
	if err != nil {
		return web.Response{}, err
	}
	var copies []string
	if r.Query("copies") == "3" {
		copies = formCopies
	}
	return web.Render(officeFormPage(ui.SheetProps{Page: r.Page("三审表：" + f.Title), Paper: ui.A4, Back: ui.Link{Text: "返回", Href: fmt.Sprintf("/desk/disclosure/%d", id)},
		Note: "已经登记的都填好了；空着的格子手写、签字。"}, f, copies)), nil
}

// officeSheet is the same as a workbook.
func (p *Pages) officeSheet(r *web.Request) (web.Response, error) {
	_, f, err := p.formOf(r)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeForm(&b, f); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "三审表："+f.Title+".xlsx"), nil
}
