package disclosure

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Limits of a notice's form.
const (
	longestText   = 20_000
	largestSheet  = 8 << 20
	largestFile   = 16 << 20
	mostFiles     = 10
	largestHidden = 1 << 20 // bytes of the table that the form carries from page to page
)

// tables is the part of a content that comes from a spreadsheet. The form carries it from page to page as text; the content is
// checked whole before anything is recorded, so that a changed text can at most be refused.
type tables struct {
	Finance   *Finance   `json:"finance,omitempty"`
	Table     *Table     `json:"table,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`
	Aid       *Aid       `json:"aid,omitempty"`
	Results   []Result   `json:"results,omitempty"`
}

// typed is what a form of a notice holds.
type typed struct {
	Unit    int64
	Content Content
	Before  Content        // the table as the form brought it, or as it was uploaded; what is typed comes in its place
	Preview *sheet.Preview // of a table uploaded with this submit
	Fresh   bool           // something was uploaded, or only a look was asked for: the form is shown again, nothing is recorded
}

// entry is a form in which some fields were filled in by us: from a table, or by covering numbers.
type entry struct {
	*web.Form
	set map[string]string
}

// Value is what stands in a field.
func (e *entry) Value(name string) string {
	if v, ok := e.set[name]; ok {
		return v
	}
	return e.Form.Value(name)
}

// Field is the field as a component shows it.
func (e *entry) Field(name, label string, need web.Need) ui.Field {
	f := e.Form.Field(name, label, need)
	f.Value = e.Value(name)
	return f
}

// fill makes the form of an existing content.
func fill(unit int64, c Content) *entry {
	f := web.NewForm("unit", strconv.FormatInt(unit, 10), "scope", string(c.Reach()), "subject", c.Subject, "item", c.chosen(), "title", c.Title, "from", string(c.From),
		"to", string(c.To), "text", c.Text)
	e := &entry{f, map[string]string{}}
	e.fillParts(c)
	if c.Consent {
		e.set["personal"] = "agreed"
	}
	return e
}

// labels name the fields that refusals of the journal are about.
var labels = map[string]string{"unit": "公开单位", "subject": "类别", "scope": "公开范围", "item": "公开目录事项", "title": "标题", "from": "期间第一日", "to": "期间最后一日", "text": "内容", "listuntil": "名单公开到", "plan": "计划", "large": "大写起点"}

// refuse puts a refusal onto the field it is about.
func refuse(f *entry, err error) {
	var no *journal.Refusal
	if !errors.As(err, &no) {
		f.FailForm(err.Error())
		return
	}
	switch label, ok := labels[no.Field]; {
	case ok:
		f.Fail(no.Field, label, no.Message)
	case no.Field == "finance" && f.Value("grid") == "finance":
		f.Fail("closing", "本期结余", no.Message)
	case no.Field == "finance":
		f.Fail("sheet", "表格", no.Message)
	case no.Field == "file":
		f.Fail("attachment", "附件", no.Message)
	default:
		f.FailForm(no.Message)
	}
}

func tablesText(c Content) string {
	if !c.tabular() {
		return ""
	}
	b, err := json.Marshal(tables{c.Finance, c.Table, c.Decisions, c.Aid, c.Results})
	if err != nil {
		panic(err) // structs of text and numbers always encode
	}
	return string(b)
}

// fileText is an attachment as a form carries it; size and type are read again from the store.
func fileText(f File) string { return f.Hash + " " + f.Name }

// parse reads a submitted form. Every fault is put on the form; what was typed stays on it.
func (p *Pages) parse(r *web.Request, f *entry) typed {
	var t typed
	t.Unit = f.Int64("unit", "公开单位", web.Needed, 0, 1<<53)
	c := &t.Content
	var codes []string
	for _, s := range subjects {
		codes = append(codes, s.Code)
	}
	c.Subject = f.Choice("subject", "类别", web.Needed, codes...)
	if scope := f.Choice("scope", "公开范围", web.Optional, string(ScopePublic), string(ScopeCollective), string(ScopeParty)); scope != string(ScopePublic) {
		c.Scope = Scope(scope)
	}
	c.From, c.To = f.Date("from", "期间第一日", web.Optional), f.Date("to", "期间最后一日", web.Optional)
	c.Text = f.Text("text", "内容", longestText)
	p.carried(f, c)
	p.kept(f, c)
	t.Fresh = p.uploads(r, f, &t) || f.Value("do") == "preview" || reshapes(f.Value("do"))
	t.Before = *c
	if g := f.grid(); g != nil && f.Value("do") != "unfill" { // a file that was uploaded has closed it
		g.read(f, c)
	}
	t.parts(f)
	t.item(f)
	if c.Title = f.Text("title", "标题", 120); c.Title == "" {
		c.Title = f.set["title"]
	}
	if c.Title == "" && f.Err("title") == "" && f.Err("sheet") == "" { // a table that is mended brings its title
		f.Fail("title", "标题", "必须填写")
	}
	if f.OK() {
		if err := c.check(); err != nil {
			refuse(f, err)
		}
	}
	p.personal(f, c)
	t.shape(f)
	return t
}

// carried reads the table that the form carries.
func (p *Pages) carried(f *entry, c *Content) {
	text := f.Value("table")
	if text == "" || f.Bool("drop") {
		return
	}
	var t tables
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil || len(text) > largestHidden || !t.Table.even() {
		f.Fail("sheet", "表格", "刚才读到的表没有带回来，请重新选择文件")
		return
	}
	c.take(t)
}

// take puts what came from a spreadsheet into a content, in place of what was there.
func (c *Content) take(t tables) {
	c.Finance, c.Table, c.Decisions, c.Aid, c.Results = t.Finance, t.Table, t.Decisions, t.Aid, t.Results
}

// kept reads the attachments that stay ticked; only files that are in the store count.
func (p *Pages) kept(f *entry, c *Content) {
	for _, s := range f.Values("file") {
		hash, name, _ := strings.Cut(s, " ")
		a, err := p.stored(hash, name)
		if err != nil || len(c.Files) == mostFiles {
			f.Fail("attachment", "附件", fmt.Sprintf("附件“%s”没有带回来，请重新上传", name))
			continue
		}
		c.Files = append(c.Files, a)
	}
}

// stored describes a file of the store under a name.
func (p *Pages) stored(hash, name string) (File, error) {
	open, err := p.files.Open(hash)
	if err != nil {
		return File{}, err
	}
	defer open.Close()
	for _, k := range files.Kinds() {
		if ending := strings.ToLower(path.Ext(name)); ending == k.Ending || ending == ".jpeg" && k.Ending == ".jpg" {
			return File{Name: name, Size: open.Size, Type: k.Type, Hash: hash}, nil
		}
	}
	return File{}, fmt.Errorf("file %s has no accepted ending: %q", hash, name)
}

// uploads takes in a spreadsheet and an attachment and reports whether there was one.
func (p *Pages) uploads(r *web.Request, f *entry, t *typed) (fresh bool) {
	if up := f.File("sheet", "表格", web.Optional, largestSheet, ".xlsx", ".xls", ".csv"); up != nil {
		fresh = true
		defer up.Close()
		p.readUpload(r, f, up, t)
	}
	if up := f.File("attachment", "附件", web.Optional, largestFile, files.Endings()...); up != nil {
		fresh = true
		defer up.Close()
		if len(t.Content.Files) == mostFiles {
			f.Fail("attachment", "附件", fmt.Sprintf("一张公示最多 %d 个附件", mostFiles))
			return fresh
		}
		if why := attachable(up); why != "" {
			f.Fail("attachment", "附件", why)
			return fresh
		}
		st, err := p.files.Put(r.Context(), up, up.Name, largestFile)
		var no *files.Refusal
		switch {
		case errors.As(err, &no):
			f.Fail("attachment", "附件", no.Message)
		case err != nil:
			f.Fail("attachment", "附件", "附件没有存上，请稍后再传")
		default:
			t.Content.Files = append(t.Content.Files, File{Name: up.Name, Size: st.Size, Type: st.Type, Hash: st.Hash})
		}
	}
	return fresh
}

// attachable says why a spreadsheet cannot be attached, "" when it can: nobody reads through all its sheets before it is
// published, so it must be free of personal numbers. Other files are for the checker's eyes.
func attachable(up *web.Upload) string {
	if ending := strings.ToLower(path.Ext(up.Name)); ending != ".xlsx" && ending != ".csv" {
		return ""
	}
	book, err := sheet.Open(up, up.Size, up.Name)
	var cell string
	if err == nil {
		cell, err = personalCell(book)
	}
	var no *sheet.Refusal
	switch {
	case errors.As(err, &no):
		return no.Message
	case err != nil:
		return "附件没有读完，没有保存，请重新上传"
	case cell != "":
		return "附件“" + up.Name + "”" + cell + "，没有保存。请遮盖或删去表里的个人号码再上传"
	}
	return ""
}

// readUpload reads a spreadsheet into the content. What the clerk has typed stays; only empty fields are filled from the table.
func (p *Pages) readUpload(r *web.Request, f *entry, up *web.Upload, t *typed) {
	book, err := sheet.Open(up, up.Size, up.Name)
	var c Content
	if err == nil {
		c, t.Preview, err = ReadSheet(r.Context(), book)
	}
	var no *sheet.Refusal
	switch {
	case errors.As(err, &no):
		f.Fail("sheet", "表格", no.Message)
		return
	case err != nil:
		f.Fail("sheet", "表格", "表格没有读完，请重新上传")
		return
	case t.Preview.Errors > 0:
		f.Fail("sheet", "表格", fmt.Sprintf("表里有 %d 处错误，都列出来了。没有保存，请改好后重新上传", t.Preview.Errors))
		return
	}
	f.set["grid"] = "" // the file takes the place of what was typed
	t.Content.take(tables{c.Finance, c.Table, c.Decisions, c.Aid, c.Results})
	if c.Aid != nil {
		f.set["maskname"] = "1"
	}
	if c.Subject != "finance" && t.Content.Subject == "finance" { // the form begins with money; a list is none
		t.Content.Subject, f.set["subject"] = c.Subject, c.Subject
	}
	headingDoubt(t.Preview, c.From, c.To, t.Content.From, t.Content.To)
	for name, value := range map[string]string{"title": c.Title, "from": string(c.From), "to": string(c.To), "text": c.Text} {
		if strings.TrimSpace(f.Value(name)) == "" {
			f.set[name] = value
		}
	}
	if t.Content.From == "" && t.Content.To == "" {
		t.Content.From, t.Content.To = c.From, c.To
	}
	if t.Content.Text == "" {
		t.Content.Text = c.Text
	}
}

// personal asks what is to become of personal numbers in the content (DS-18).
func (p *Pages) personal(f *entry, c *Content) {
	found := c.Personal()
	if found == "" {
		return
	}
	switch f.Choice("personal", "个人号码", web.Optional, "mask", "agreed") {
	case "mask":
		*c = c.Masked()
		f.set["text"], f.set["title"], f.set["personal"] = c.Text, c.Title, ""
		if g := f.grid(); g != nil {
			g.fill(f, c)
		}
	case "agreed":
		c.Consent = true
	default:
		f.Fail("personal", "个人号码", "内容里有"+found+"。请选择遮盖，或者确认可以公开")
	}
}
