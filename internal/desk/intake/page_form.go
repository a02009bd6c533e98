package intake

import (
	"bytes"
	"context"
	"io"
	"strings"

	"cunju/internal/desk"
	"cunju/internal/sheet"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// endings are the files that are read; the bytes decide, not the ending.
var endings = []string{".xlsx", ".xls", ".csv"}

const accept = ".xlsx,.xls,.csv"

// formProps is the form of an upload.
type formProps struct {
	Frame    ui.DeskProps
	Register *Register
	Form     *web.Form
	Key      ui.Param
	Options  map[string][]ui.Option // by field
	Waiting  []upload
}

// Form is the entry page of a register.
func (g *Register) Form(r *web.Request) (web.Response, error) {
	if err := g.enter(r); err != nil {
		return web.Response{}, err
	}
	pairs := []string{"kind", g.Kinds[0].Code, "on", string(g.counter.Today())}
	for _, x := range g.Fields {
		pairs = append(pairs, x.Name, x.Default)
	}
	return g.show(r, web.NewForm(pairs...))
}

func (g *Register) show(r *web.Request, f *web.Form) (web.Response, error) {
	c := g.counter
	props := formProps{Register: g, Form: f, Key: r.KeyParam(), Options: map[string][]ui.Option{}, Waiting: c.files.of(r.Account, g, r.Now())}
	var err error
	if props.Frame, err = c.Desk(r, desk.Frame{Title: g.Title, Active: g.List.Href, Crumbs: g.crumbs()}); err != nil {
		return web.Response{}, err
	}
	for _, x := range g.Fields {
		if props.Options[x.Name], err = x.Options(r); err != nil {
			return web.Response{}, err
		}
	}
	return desk.Answer(f, nil, formPage(props)), nil
}

// Upload takes a file in and reads it.
func (g *Register) Upload(r *web.Request) (web.Response, error) {
	if err := g.enter(r); err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	u := &upload{Owner: r.Account, register: g, Values: map[string]string{}}
	var kinds []string
	for _, k := range g.Kinds {
		kinds = append(kinds, k.Code)
	}
	u.Kind = f.Choice("kind", "表格种类", web.Needed, kinds...)
	for _, x := range g.Fields {
		options, err := x.Options(r)
		if err != nil {
			return web.Response{}, err
		}
		var codes []string
		for _, o := range options {
			codes = append(codes, o.Value)
		}
		u.Values[x.Name] = f.Choice(x.Name, x.Label, x.Need, codes...)
	}
	if u.On = g.counter.Today(); g.Day.Label != "" {
		if u.On = f.Date("on", g.Day.Label, web.Needed); u.On.After(g.counter.Today()) {
			f.Fail("on", g.Day.Label, "不能晚于今天（"+g.counter.Today().Chinese()+"）")
		}
	}
	u.Name, u.raw = receive(f, "file", "文件", web.Needed)
	if g.Second != nil {
		u.also, u.second = receive(f, "second", g.Second.Label, web.Optional)
	}
	if !f.OK() {
		return g.show(r, f)
	}
	return g.keep(r, f, u)
}

// receive takes a file of a form. One that is no spreadsheet is refused at once, in words.
func receive(f *web.Form, name, label string, need web.Need) (called string, raw []byte) {
	file := f.File(name, label, need, fileMost, endings...)
	if file == nil {
		return "", nil
	}
	defer file.Close()
	raw = make([]byte, file.Size)
	if _, err := io.ReadFull(file, raw); err != nil {
		f.Fail(name, label, "文件没有收全，请重新选择")
		return "", nil
	}
	if _, err := open(file.Name, raw); err != nil {
		f.Fail(name, label, refusalText(err))
		return "", nil
	}
	return file.Name, raw
}

// keep puts the upload in its place and reads it beside the request, so that a large file shows its progress.
func (g *Register) keep(r *web.Request, f *web.Form, u *upload) (web.Response, error) {
	c := g.counter
	u.state = reading
	if !c.files.add(u, r.Now()) {
		f.FailForm("现在等待办理的导入太多，这个文件没有收下。请先办完或等几分钟再传。")
		return g.show(r, f)
	}
	job, err := c.Jobs.Start(r.Account, "核对 "+u.Name, func(ctx context.Context, progress task.Progress) (any, error) {
		return nil, c.read(ctx, *u, progress)
	})
	if err != nil {
		c.files.change(u.ID, func(u *upload) {
			u.state, u.refused = unread, "系统现在太忙，文件没有核对。请过一会儿重新上传"
		})
		return web.Response{}, busy(err)
	}
	c.files.change(u.ID, func(u *upload) { u.job = job })
	c.await(r, job)
	return web.Redirect(path + "/" + u.ID), nil
}

// read makes the preview. Whatever happens, the upload does not stay "reading".
func (c *Counter) read(ctx context.Context, u upload, progress task.Progress) (err error) {
	const doing = "正在读取和核对"
	progress(0, 0, doing)
	var got Reading
	defer func() {
		now, refused := ready, ""
		if err != nil || got.Preview == nil {
			now, refused = unread, refusalText(err)
		}
		c.files.change(u.ID, func(kept *upload) { kept.reading, kept.state, kept.refused = got, now, refused })
	}()
	in := Input{Kind: u.Kind, On: u.On, Values: u.Values, Progress: func(rows int) { progress(int64(rows), 0, doing) }}
	if in.Book, err = open(u.Name, u.raw); err != nil {
		return err
	}
	if u.second != nil {
		if in.Second, err = open(u.also, u.second); err != nil {
			return err
		}
	}
	got, err = u.register.Read(ctx, in)
	return err
}

// Blank gives an empty form to fill in.
func (g *Register) Blank(r *web.Request) (web.Response, error) {
	if err := g.enter(r); err != nil {
		return web.Response{}, err
	}
	k := g.kind(r.Query("kind"))
	var b bytes.Buffer
	if err := sheet.Template(&b, k.Layout()); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "空白表_"+k.Title+".xlsx"), nil
}

// trimEnding takes the ending off a file's name.
func trimEnding(name string) string {
	for _, e := range endings {
		if n := len(name) - len(e); n > 0 && strings.EqualFold(name[n:], e) {
			return name[:n]
		}
	}
	return name
}
