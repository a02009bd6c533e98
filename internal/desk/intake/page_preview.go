package intake

import (
	"bytes"
	"fmt"
	"strconv"

	"cunju/internal/desk"
	"cunju/internal/law/codes"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	rowsShown     = 50  // rows on a page
	problemsShown = 200 // the marked copy has them all
)

// previewProps is what a file would record, and what is wrong with it.
type previewProps struct {
	Frame    ui.DeskProps
	Upload   upload
	Words    Words
	Columns  []string
	Form     *web.Form
	Key      ui.Param
	Again    ui.Param // key of the second form
	Problems []problem
	Doubts   []doubt // the first ones
	Hidden   int     // problems not shown
	Rows     []row
	Ready    int // rows that go with "all"
	Apart    int // rows that must be chosen
	Barred   int // rows beyond the person's powers
	Pager    ui.Pager
}

// problem is one as it is shown: personal values are masked.
type problem struct {
	sheet.Problem
	Shown string
}

// row is one that can be recorded.
type row struct {
	Item
	Line
}

func (c *Counter) preview(r *web.Request) (web.Response, error) {
	u, err := c.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	f := web.NewForm()
	if u.asked != nil {
		f = web.NewForm(desk.AnswerField, u.asked.answer)
	}
	return c.show(r, u, f)
}

// show is the page of an upload in whatever state it is.
func (c *Counter) show(r *web.Request, u upload, f *web.Form) (web.Response, error) {
	switch {
	case u.busy():
		return c.showProgress(r, u)
	case u.state == finished && (!u.open() || r.Query("rest") != "1" && f.OK() && u.refused == "" && u.tried == "" && u.asked == nil):
		return c.showDone(r, u)
	case u.state == unread:
		pairs := []string{"kind", u.Kind, "on", string(u.On)}
		for name, v := range u.Values {
			pairs = append(pairs, name, v)
		}
		f := web.NewForm(pairs...)
		f.Fail("file", "文件", u.refused)
		return u.register.show(r, f)
	}
	var err error
	props := previewProps{Upload: u, Words: words(u), Form: f, Key: r.KeyParam(), Again: ui.Param{Name: r.KeyParam().Name, Value: r.NewKey()}}
	props.Problems, props.Hidden = u.problems()
	if u.asked != nil {
		if props.Doubts, err = u.doubts(r.Context()); err != nil {
			return web.Response{}, err
		}
	}
	if u.reading.Plan != nil {
		if err = c.fill(r, u, &props); err != nil {
			return web.Response{}, err
		}
	}
	frame := desk.Frame{Title: props.Words.Head, Active: u.register.List.Href, Crumbs: u.register.crumbs(u.register.self())}
	if props.Frame, err = c.Desk(r, frame); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, nil, previewPage(props)), nil
}

// words are the plan's, or those of a file from which nothing could be planned.
func words(u upload) Words {
	if u.reading.Plan != nil {
		return u.reading.Plan.Words()
	}
	return Rows("登记", "")
}

// Rows are the words of a plan that records the rows of a sheet: Do is 登记, what is counted 名党员.
func Rows(do, what string) Words {
	return Words{Head: "核对导入", Unit: "行", Do: do, Table: "可以" + do + "的行", Ready: "可以" + do, Bad: "错误",
		Empty: ui.EmptyProps{Icon: "alert-circle", Title: "没有可以" + do + "的行", Text: "请按上面列出的问题改好表格，再重新上传。"},
		Done:  func(n int) string { return fmt.Sprintf("已%s %d %s。", do, n, what) }}
}

// problems are the first ones of an upload and how many are not shown.
func (u *upload) problems() (list []problem, hidden int) {
	layout := u.register.kind(u.Kind).Layout()
	if u.reading.Second {
		layout = u.register.Second.Blank.Layout()
	}
	for i, x := range u.reading.Preview.Problems {
		if i == problemsShown {
			return list, len(u.reading.Preview.Problems) - i
		}
		list = append(list, u.register.masked(layout, x))
	}
	return list, 0
}

// masked covers what a cell with personal data holds.
func (g *Register) masked(l *sheet.Layout, x sheet.Problem) problem {
	p := problem{Problem: x, Shown: codes.Mask(x.Value)}
	p.Message = codes.Mask(x.Message)
	for _, c := range l.Columns {
		if c.Title == x.Column && c.Personal && g.Mask != nil {
			p.Shown = g.Mask(c.Key, x.Value)
		}
	}
	return p
}

// fill adds one page of the rows that can be recorded.
func (c *Counter) fill(r *web.Request, u upload, props *previewProps) error {
	plan := u.reading.Plan
	rights, err := c.rights(r, plan)
	if err != nil {
		return err
	}
	props.Columns = plan.Columns()
	from, to, pager := span(r, u, plan.Len(), props.Words.Unit)
	props.Pager = pager
	for i := range plan.Len() {
		item := plan.Item(i)
		switch {
		case rights[i].Barred != "":
			props.Barred++
		case item.Apart:
			props.Apart++
		default:
			props.Ready++
		}
		if i < from || i >= to {
			continue
		}
		line, err := plan.Line(r.Context(), i)
		if err != nil {
			return err
		}
		if why := rights[i].Barred; why != "" {
			line.Tone, line.Outcome = ui.Neutral, why
		}
		props.Rows = append(props.Rows, row{item, line})
	}
	if u.reading.Preview.Blocked {
		props.Ready, props.Apart = 0, 0
	}
	return nil
}

// span is the part of a list that the page asked for shows, with the way to its neighbours.
func span(r *web.Request, u upload, n int, unit string) (from, to int, pager ui.Pager) {
	page := 0
	if k, err := strconv.Atoi(r.Query("page")); err == nil && k > 0 && k < (n+rowsShown-1)/rowsShown {
		page = k
	}
	from, to = page*rowsShown, min((page+1)*rowsShown, n)
	if n <= rowsShown {
		return from, to, pager
	}
	base := path + "/" + u.ID + "?"
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
func (c *Counter) marked(r *web.Request) (web.Response, error) {
	u, err := c.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	name, raw := u.shown()
	if u.reading.Preview == nil || raw == nil {
		return web.Response{}, web.NotFound("这个文件还没有核对完，或者已经全部登记、从服务器清除，没有带批注的表。")
	}
	var b bytes.Buffer
	if err := sheet.MarkUp(&b, bytes.NewReader(raw), int64(len(raw)), u.reading.Preview); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "带批注_"+trimEnding(name)+".xlsx"), nil
}

// again takes the repaired file: it goes on where the first one was, under the same particulars. What came beside it stays
// unless it comes anew.
func (c *Counter) again(r *web.Request) (web.Response, error) {
	old, err := c.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	u := &upload{Owner: old.Owner, register: old.register, Kind: old.Kind, On: old.On, Values: old.Values,
		Name: old.Name, raw: old.raw, also: old.also, second: old.second}
	name, raw := receive(f, "file", "改好的表", web.Needed)
	if !f.OK() {
		return c.show(r, old, f)
	}
	if old.reading.Second {
		u.also, u.second = name, raw
	} else {
		u.Name, u.raw = name, raw
	}
	return old.register.keep(r, f, u)
}
