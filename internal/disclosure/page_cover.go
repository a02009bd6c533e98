package disclosure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// coverProps is the page on which parts of a published notice are chosen to be covered, and on which another decides.
type coverProps struct {
	Frame    ui.DeskProps
	ID       int64
	Row      Row
	Groups   []coverGroup
	Form     *web.Form
	Obstacle *desk.Obstacle
	Key      ui.Param
	Seen     int64
	Proposal *Proposed
	Places   []string   // that the proposal, or the preview, covers
	Sheet    *ui.Notice // as it would read then
	Also     []string   // other notices in which the words stand
	Quoted   []quoting  // what was said in public about it, and goes too
	By       string     // who proposed
	MayAsk   bool
	Decide   bool
	Waits    string // who may decide when the reader may not
}

// quoting is a public act of another room that says what is to be covered.
type quoting struct {
	Act   int64
	Title string
}

// coverGroup is a line of the notice with its cells.
type coverGroup struct {
	Name  string
	Path  string // of the whole line; "" when it has one cell
	Cells []coverCell
}

// coverCell is one text that can be covered; Value is a mark as a form carries it.
type coverCell struct{ Value, Name, Text string }

// groups are the texts of a content by line.
func (c *Content) groups() []coverGroup {
	var out []coverGroup
	for _, s := range c.spots() {
		if strings.TrimSpace(*s.text) == "" {
			continue
		}
		if s.path == "text" {
			out = append(out, paragraphs(*s.text)...)
			continue
		}
		line, name := s.path, s.name
		if i := strings.LastIndex(s.path, "."); strings.Count(s.path, ".") > 1 {
			line = s.path[:i]
			name, _, _ = strings.Cut(s.name, "·")
		}
		_, column, _ := strings.Cut(s.name, "·")
		cell := coverCell{s.path, column, *s.text}
		if n := len(out); n > 0 && out[n-1].Path == line {
			out[n-1].Cells = append(out[n-1].Cells, cell)
			continue
		}
		out = append(out, coverGroup{name, line, []coverCell{cell}})
	}
	return out
}

// paragraphs are the paragraphs of a text, each to be covered whole.
func paragraphs(text string) []coverGroup {
	var out []coverGroup
	at := 0
	for i, p := range strings.Split(text, "\n") {
		n := len([]rune(p))
		if strings.TrimSpace(p) != "" {
			value := fmt.Sprintf("text:%d-%d", at, at+n)
			out = append(out, coverGroup{fmt.Sprintf("文字第 %d 段", i+1), value, []coverCell{{value, "", p}}})
		}
		at += n + 1
	}
	return out
}

// chosen reads the marks of the form: lines, cells, and words wherever they stand.
func chosen(f *web.Form, c *Content) []Mark {
	var out []Mark
	spots := c.spots()
	whole := func(s spot) {
		if n := len([]rune(*s.text)); n > 0 {
			out = append(out, Mark{s.path, 0, int64(n)})
		}
	}
	for _, v := range slices.Concat(f.Values("line"), f.Values("cell")) {
		path, span, part := strings.Cut(v, ":")
		from, to, _ := strings.Cut(span, "-")
		a, err1 := strconv.ParseInt(from, 10, 64)
		b, err2 := strconv.ParseInt(to, 10, 64)
		if part && err1 == nil && err2 == nil {
			out = append(out, Mark{path, a, b})
			continue
		}
		for _, s := range spots {
			if s.path == path || strings.HasPrefix(s.path, path+".") {
				whole(s)
			}
		}
	}
	for _, word := range strings.Split(f.Text("words", "要遮盖的字", 1000), "\n") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		found := c.find(word)
		if len(found) == 0 {
			f.Fail("words", "要遮盖的字", "公示里没有“"+word+"”，请照公示里的写法填")
		}
		for _, m := range found {
			if _, _, file := m.isFile(); !file { // a word in a file's name does not take the file away
				out = append(out, m)
			}
		}
	}
	return out
}

// covering finds a published notice whose covering the reader may propose or decide.
func (p *Pages) covering(r *web.Request) (coverProps, *Notice, error) {
	id, n, err := p.load(r)
	if err != nil {
		return coverProps{}, nil, err
	}
	if n.Published == nil {
		return coverProps{}, nil, web.NotNow("《" + n.Title + "》还没有公布，直接修改草稿即可。")
	}
	props := coverProps{ID: id, Key: r.KeyParam(), Proposal: n.Proposal, MayAsk: p.Can(r, access.DisclosureDraft, n.Unit, 0, 0)}
	if props.Row, err = Find(r.Context(), p.DB, p.Town, id); err != nil {
		return props, nil, err
	}
	if props.Seen, err = journal.LastAct(r.Context(), p.DB, p.Town, id); err != nil {
		return props, nil, err
	}
	props.Frame, err = p.Desk(r, desk.Frame{Title: "遮盖个人信息", Active: "/desk/disclosure",
		Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}, {Text: n.Title, Href: fmt.Sprintf("/desk/disclosure/%d", id)}}})
	return props, n, err
}

func (p *Pages) coverForm(r *web.Request) (web.Response, error) {
	props, n, err := p.covering(r)
	if err != nil {
		return web.Response{}, err
	}
	props.Form = web.NewForm("ground", "", "reason", "", "words", "")
	return p.showCover(r, props, n, nil)
}

// showCover shows the choice, with a preview of the marks if there are any, or the open proposal.
func (p *Pages) showCover(r *web.Request, props coverProps, n *Notice, marks []Mark) (web.Response, error) {
	if n.Proposal != nil {
		marks = n.Proposal.Marks
		d, err := p.MayFor(r, access.DisclosureApprove, n.Unit, 0, n.Proposal.Person)
		if props.Decide = err == nil; err != nil {
			props.Waits = d.Reason
		}
		a, err := journal.Read(r.Context(), p.DB, p.Town, n.Proposal.Act)
		if err != nil {
			return web.Response{}, err
		}
		if props.By, err = p.OfficeName(r.Context(), a.By, a.Effective); err != nil {
			return web.Response{}, err
		}
	} else {
		props.Groups = n.Content.groups()
	}
	if len(marks) > 0 {
		out, words, places, err := n.Content.without(marks)
		if err == nil {
			sheet := out.view()
			props.Sheet, props.Places = &sheet, places
			if props.Also, err = p.alsoSaid(r, n, props.Row, words); err != nil {
				return web.Response{}, err
			}
			if props.Quoted, err = p.quoted(r, props.ID, words); err != nil {
				return web.Response{}, err
			}
		}
	}
	return desk.Answer(props.Form, props.Obstacle, coverPage(props)), nil
}

// alsoSaid names the notices of the same chain of corrections in which the words stand too: each is covered on its own.
func (p *Pages) alsoSaid(r *web.Request, n *Notice, row Row, words []string) ([]string, error) {
	newer, older, err := p.chain(r, row)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, other := range []*Row{newer, older} {
		if other == nil || other.Published == "" {
			continue
		}
		c, _, err := p.content(r.Context(), other.ID)
		if err != nil {
			return nil, err
		}
		if says(c.all(), words) {
			out = append(out, "《"+other.Title+"》（"+other.Number+"）")
		}
	}
	return out, nil
}

// quoted lists what was said in public about a notice with words that are to be covered: it goes with them.
func (p *Pages) quoted(r *web.Request, id int64, words []string) ([]quoting, error) {
	acts, err := quoted(r.Context(), p.DB, p.Town, id, nil, func(body json.RawMessage) bool { return bodySays(body, words) }, p.rooms())
	var out []quoting
	for _, n := range acts {
		a, err := journal.Read(r.Context(), p.DB, p.Town, n)
		if err != nil {
			return nil, err
		}
		out = append(out, quoting{n, p.Journal.Book().Title(a.Kind)})
	}
	return out, err
}

// cover previews or proposes a covering.
func (p *Pages) cover(r *web.Request) (web.Response, error) {
	props, n, err := p.covering(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.DisclosureDraft, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	props.Form = f
	marks := chosen(f, &n.Content)
	if len(marks) == 0 && f.Err("words") == "" {
		f.Fail("words", "要遮盖的地方", "还没有选。请勾选，或者写出要遮盖的字")
	}
	if left := n.Content.left(marks); len(left) > 0 {
		f.Fail("words", "要遮盖的字", "在公示的别处还有："+join(left)+"。请一并遮盖；在附件名里的，请勾选那个附件")
	}
	if f.Value("do") == "preview" {
		return p.showCover(r, props, n, marks)
	}
	var grounds []string
	for _, o := range groundOptions() {
		grounds = append(grounds, o.Value)
	}
	proposal := Proposal{Marks: marks, Ground: f.Choice("ground", "法定情形", web.Needed, grounds...), Reason: f.Required("reason", "说明", 200)}
	seen, ok := seenIn(f)
	if !ok {
		return web.Response{}, web.BadRequest("这个表单不完整，请从公开事项的页面重新打开。")
	}
	if !f.OK() {
		return p.showCover(r, props, n, marks)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{props.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Propose(ctx, w, props.ID, proposal, w.Today())
		return err
	}})
	if err != nil {
		if props.Obstacle, err = p.Obstacle(r, f, err, coverLabels); err != nil {
			return web.Response{}, err
		}
		return p.showCover(r, props, n, marks)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("遮盖的提议已登记，第 %d 号。", rec.First), Detail: "请另一位有审批职权的人决定；决定以前公示不变。"})
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d/cover", props.ID)), nil
}

var coverLabels = map[string]string{"cell": "要遮盖的地方", "ground": "法定情形", "reason": "说明", "note": "理由", "agree": "决定"}

// decideCover carries the proposal out, or refuses it.
func (p *Pages) decideCover(r *web.Request) (web.Response, error) {
	props, n, err := p.covering(r)
	if err != nil {
		return web.Response{}, err
	}
	if n.Proposal == nil {
		return web.Response{}, web.NotNow("这件遮盖提议已经办过了。")
	}
	via, err := p.MayFor(r, access.DisclosureApprove, n.Unit, 0, n.Proposal.Person)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	props.Form = f
	agree := f.Choice("agree", "决定", web.Needed, "yes", "no") == "yes"
	note := f.Text("note", "理由", 200)
	if !agree && note == "" && f.Err("agree") == "" {
		f.Fail("note", "理由", "不予遮盖的，请写明理由")
	}
	seen, ok := seenIn(f)
	if !ok {
		return web.Response{}, web.BadRequest("这个表单不完整，请从公开事项的页面重新打开。")
	}
	if !f.OK() {
		return p.showCover(r, props, n, nil)
	}
	said := "不予遮盖，已登记。公示不变。"
	_, err = p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{props.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		var err error
		if agree {
			_, err = Conceal(ctx, w, props.ID, w.Today(), p.rooms()...)
		} else {
			_, err = journal.Add(ctx, w, KindKeep, w.Today(), []int64{props.ID}, Keep{note})
		}
		return err
	}})
	if err != nil {
		if props.Obstacle, err = p.Obstacle(r, f, err, coverLabels); err != nil {
			return web.Response{}, err
		}
		return p.showCover(r, props, n, nil)
	}
	if agree {
		said = "已经遮盖。带有这些字的登记内容同时删除，登记条目和编号不变。"
		if _, n, err = p.content(r.Context(), props.ID); err != nil {
			return web.Response{}, err
		}
		if err := dropFiles(r.Context(), p.DB, p.Town, p.files, n.Removed); err != nil {
			return web.Response{}, err
		}
	}
	flash := ui.Flash{Tone: ui.Success, Text: said}
	if agree {
		if flash.Link, err = p.waits(r, props.Row); err != nil {
			return web.Response{}, err
		}
		if flash.Link.Href != "" {
			flash.Text += "公开栏上贴着的还是旧纸，要换下来。"
		}
		if err := p.DB.Scrub(r.Context()); err != nil {
			flash.Detail = "数据库文件里的残留这次没有抹净（有人正在查阅），系统过一会儿会自动再抹，不用重办。"
		}
	}
	r.SetFlash(flash)
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d", props.ID)), nil
}

func groundOptions() []ui.Option { return Lists()["disclosure.ground"] }
