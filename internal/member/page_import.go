package member

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// rosterKind is a form of roster that can be imported.
type rosterKind struct {
	code, title, help string
	layout            func() *sheet.Layout
}

// The codes of the kinds.
const (
	kindRoster  = "roster29"
	kindVillage = "village-roster"
)

// rosterKinds in order of the form.
var rosterKinds = []rosterKind{
	{kindRoster, "党员花名册（29 列）", "组织部门系统导出的格式；只有姓名、号码、类别、支部、入党日期也可以。新的人从这里登记", func() *sheet.Layout { return layouts.Roster29(layouts.Checks{}) }},
	{kindVillage, "村（居）党员名册", "没有身份号码的常用名册：按姓名和支部对上已在册的党员，补充电话和入党日期", func() *sheet.Layout { return layouts.VillageRoster(layouts.Checks{}) }},
}

func rosterKindOf(code string) rosterKind {
	for _, k := range rosterKinds {
		if k.code == code {
			return k
		}
	}
	return rosterKinds[0]
}

// rosterEndings are the files that are read; the bytes decide, not the ending.
var rosterEndings = []string{".xlsx", ".xls", ".csv"}

const rosterAccept = ".xlsx,.xls,.csv"

// importProps is the form of an upload.
type importProps struct {
	Frame   ui.DeskProps
	Form    *web.Form
	Key     ui.Param
	Waiting []upload
}

// mayImport asks for the power to import anywhere; each row's branch is asked about when it is committed.
func (p *Pages) mayImport(r *web.Request) error {
	if len(p.Anchors(r, access.MemberImport)) > 0 {
		return nil
	}
	e := web.Forbidden("您的职务不能批量导入党员。")
	e.Do = "可以导入的职务：" + joined(p.Policy.Offices(access.MemberImport)) + "。"
	return e
}

func (p *Pages) importForm(r *web.Request) (web.Response, error) {
	if err := p.mayImport(r); err != nil {
		return web.Response{}, err
	}
	return p.showImport(r, web.NewForm("kind", rosterKinds[0].code, "how", string(Opening), "on", string(p.Today())))
}

func (p *Pages) showImport(r *web.Request, f *web.Form) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "批量导入", Active: listPath, Crumbs: crumbs()})
	if err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, nil, importPage(importProps{Frame: frame, Form: f, Key: r.KeyParam(), Waiting: p.uploads.of(r.Account, r.Now())})), nil
}

func (p *Pages) upload(r *web.Request) (web.Response, error) {
	if err := p.mayImport(r); err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	u := &upload{Owner: r.Account}
	var kinds, ways []string
	for _, k := range rosterKinds {
		kinds = append(kinds, k.code)
	}
	for _, h := range waysIn {
		ways = append(ways, string(h))
	}
	u.Kind = f.Choice("kind", "表格种类", web.Needed, kinds...)
	u.How = How(f.Choice("how", "登记方式", web.Needed, ways...))
	u.On = f.Date("on", "花名册截至日期", web.Needed)
	if u.On.After(p.Today()) {
		f.Fail("on", "花名册截至日期", "不能晚于今天（"+p.Today().Chinese()+"）")
	}
	p.receive(f, u)
	if !f.OK() {
		return p.showImport(r, f)
	}
	return p.keep(r, f, u)
}

// receive takes the file of a form into an upload. A file that is no spreadsheet is refused at once, in words.
func (p *Pages) receive(f *web.Form, u *upload) {
	file := f.File("file", "文件", web.Needed, uploadFile, rosterEndings...)
	if file == nil {
		return
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, uploadFile))
	if err != nil {
		f.Fail("file", "文件", "文件没有收全，请重新选择")
		return
	}
	if _, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)), file.Name); err != nil {
		f.Fail("file", "文件", refusalText(err))
		return
	}
	u.Name, u.raw = file.Name, raw
}

// refusalText is what the readers say to the person who brought a file.
func refusalText(err error) string {
	var no *sheet.Refusal
	if errors.As(err, &no) {
		return no.Message
	}
	return "文件读不出来。没有登记任何内容，请另存为 .xlsx 后再试"
}

// keep puts the upload in its place and reads it beside the request, so that a large file shows its progress.
func (p *Pages) keep(r *web.Request, f *web.Form, u *upload) (web.Response, error) {
	u.state = uploadReading
	if !p.uploads.add(u, r.Now()) {
		f.FailForm("现在等待办理的导入太多，这个文件没有收下。请先办完或等几分钟再传。")
		return p.showImport(r, f)
	}
	job, err := p.Jobs.Start(r.Account, "核对 "+u.Name, func(ctx context.Context, progress task.Progress) (any, error) {
		return nil, p.read(ctx, *u, progress)
	})
	if err != nil {
		p.uploads.change(u.ID, func(u *upload) {
			u.state, u.refused = uploadUnread, "系统现在太忙，文件没有核对。请过一会儿重新上传"
		})
		return web.Response{}, busy(err)
	}
	p.uploads.change(u.ID, func(u *upload) { u.job = job })
	p.awaitJob(r, job)
	return web.Redirect(uploadPath + "/" + u.ID), nil
}

// read makes the preview. Whatever happens, the upload does not stay "reading".
func (p *Pages) read(ctx context.Context, u upload, progress task.Progress) (err error) {
	progress(0, 0, "正在读取和核对")
	state, refused := uploadReady, ""
	defer func() {
		if err != nil || u.preview == nil {
			state, refused = uploadUnread, refusalText(err)
		}
		p.uploads.change(u.ID, func(kept *upload) {
			kept.preview, kept.plan, kept.changes, kept.state, kept.refused = u.preview, u.plan, u.changes, state, refused
		})
	}()
	book, err := sheet.Open(u.reader(), int64(len(u.raw)), u.Name)
	if err != nil {
		return err
	}
	opt := RosterOptions{On: u.On, How: u.How, Progress: func(rows int) { progress(int64(rows), 0, "正在读取和核对") }}
	_, own := sheet.IsExport(book)
	switch {
	case own: // an export that came back: only what was changed in it is proposed
		var back *sheet.Back
		if back, u.changes, err = ReadBack(ctx, p.DB, p.Journal.Book(), p.Vault, book, p.exportSecret()); err == nil {
			u.preview = back.Preview
		}
	case u.Kind == kindVillage:
		u.preview, u.changes, err = PreviewVillage(ctx, p.DB, p.Vault, book, opt)
	default:
		u.preview, u.plan, err = PreviewRoster(ctx, p.DB, p.Vault, book, opt)
	}
	return err
}

// blank gives an empty form to fill in.
func (p *Pages) blank(r *web.Request) (web.Response, error) {
	k := rosterKindOf(r.Query("kind"))
	var b bytes.Buffer
	if err := sheet.Template(&b, k.layout()); err != nil {
		return web.Response{}, err
	}
	return web.Bytes(xlsx, b.Bytes(), false).Attachment("空白表_" + k.title + ".xlsx"), nil
}

// xlsx is the media type of Office Open XML workbooks (ECMA-376).
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// busy is the page for a person whose other works must finish first.
func busy(err error) error {
	if !errors.Is(err, task.ErrBusy) {
		return err
	}
	e := web.Fail(http.StatusServiceUnavailable, "您还有别的导入正在进行，或者系统现在太忙。")
	e.Kept, e.Do = "这个文件没有登记任何内容。", "请等前面的办完再试。"
	return e
}

func importDay(d calendar.Date) string { return "截至 " + d.Chinese() }
