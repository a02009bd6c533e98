package disclosure

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// editProps is the form of a new notice or a draft.
type editProps struct {
	Frame    ui.DeskProps
	ID       int64 // of the draft that is rewritten, 0 for a new one
	Action   string
	Heading  string
	Form     *entry
	Content  Content // what is filled in so far: table and attachments
	Before   Content // the table that was there before a list was typed
	Units    []org.UnitRow
	Items    []ui.Option // of their catalogues
	Fixed    bool        // the unit cannot be changed any more
	Replaces *Row
	Preview  *sheet.Preview
	Personal string // personal numbers found, in words
	Doubts   []ui.Flash
	Obstacle *desk.Obstacle
	Hidden   []ui.Param
}

// newForm is the empty form; with ?replaces= it starts from a published notice that it is to correct.
func (p *Pages) newForm(r *web.Request) (web.Response, error) {
	props, err := p.editing(r)
	if err != nil {
		return web.Response{}, err
	}
	props.Content = Content{Subject: subjects[0].Code}
	unit := int64(-1)
	if len(props.Units) > 0 {
		unit = props.Units[0].ID
	}
	if props.Replaces != nil {
		if props.Content, _, err = p.content(r.Context(), props.Replaces.ID); err != nil {
			return web.Response{}, err
		}
		unit = props.Replaces.Unit
	}
	if props.Replaces == nil {
		unit = asDue(r, &props.Content, unit)
	}
	props.Before, props.Form = props.Content, fill(unit, props.Content)
	if g := gridOf(r.Query("fill")); g != nil {
		props.Form.open(g, &props.Content)
	}
	return p.showForm(r, props)
}

// asDue fills in what the page of a due item hands over in the address: unit, item, period, title. What cannot be read stays empty.
func asDue(r *web.Request, c *Content, unit int64) int64 {
	if r.Query("item") == "" || !catalogue.Known(r.Query("item")) {
		return unit
	}
	if id, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		unit = id
	}
	if s, ok := SubjectOf(r.Query("subject")); ok {
		c.Subject = s.Code
	}
	c.Item, c.Title = r.Query("item"), r.Query("title")
	if from, to := calendar.Date(r.Query("from")), calendar.Date(r.Query("to")); from.Valid() && to.Valid() {
		c.From, c.To = from, to
	}
	if s := Scope(r.Query("scope")); Scope(catalogue.Narrow[c.Subject]) == s {
		c.Scope = s
	}
	return unit
}

// editing fills what every showing of a new notice's form needs.
func (p *Pages) editing(r *web.Request) (editProps, error) {
	props := editProps{Action: "/desk/disclosure/new", Heading: "起草公开事项"}
	anchors := p.Anchors(r, access.DisclosureDraft)
	if len(anchors) == 0 {
		return props, web.Forbidden("您的职务不能起草公开事项。")
	}
	var err error
	if props.Units, err = p.unitsUnder(r.Context(), anchors, p.Today()); err != nil {
		return props, err
	}
	asked := r.Query("replaces")
	if r.Method != "GET" {
		f, err := r.Form()
		if err != nil {
			return props, err
		}
		asked = f.Value("replaces")
	}
	if asked == "" {
		return props, nil
	}
	id, err := strconv.ParseInt(asked, 10, 64)
	if err != nil || id < 0 {
		return props, web.NotFound("没有要更正的公示。")
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	if err != nil {
		return props, err
	}
	if _, err := p.May(r, access.DisclosureDraft, row.Unit); err != nil {
		return props, err
	}
	props.Replaces, props.Fixed, props.Heading = &row, true, "更正公示"
	props.Hidden = append(props.Hidden, ui.Param{Name: "replaces", Value: asked})
	return props, nil
}

// content is what a notice says now, with its whole state.
func (p *Pages) content(ctx context.Context, id int64) (Content, *Notice, error) {
	n, ok, err := journal.StateOf[Notice](ctx, p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil {
		return Content{}, nil, err
	}
	if !ok {
		return Content{}, nil, web.NotFound("没有这件公开事项。")
	}
	return n.Content, n, nil
}

func (p *Pages) showForm(r *web.Request, props editProps) (web.Response, error) {
	var err error
	props.Frame, err = p.Desk(r, desk.Frame{Title: props.Heading, Active: "/desk/disclosure", Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}}})
	if err != nil {
		return web.Response{}, err
	}
	props.Hidden = append(props.Hidden, r.KeyParam())
	if props.Items, err = catalogue.OptionsOf(r.Context(), p.DB, p.Town, props.Units, p.Today()); err != nil {
		return web.Response{}, err
	}
	var replaces int64
	if props.Replaces != nil {
		replaces = props.Replaces.ID
	}
	for _, u := range props.Units { // of others' drafts nobody learns here
		if props.Form.Value("unit") != strconv.FormatInt(u.ID, 10) {
			continue
		}
		if props.Doubts, err = p.reminders(r.Context(), u.ID, props.ID, props.Content, replaces); err != nil {
			return web.Response{}, err
		}
	}
	return desk.Answer(props.Form.Form, props.Obstacle, editPage(props)), nil
}

// create drafts a notice. An upload is shown first; nothing is recorded with it.
func (p *Pages) create(r *web.Request) (web.Response, error) {
	props, err := p.editing(r)
	if err != nil {
		return web.Response{}, err
	}
	t, err := p.submitted(r, &props)
	if err != nil {
		return web.Response{}, err
	}
	var replaces int64
	if props.Replaces != nil {
		replaces, t.Unit = props.Replaces.ID, props.Replaces.Unit
	}
	if !slices.ContainsFunc(props.Units, func(u org.UnitRow) bool { return u.ID == t.Unit }) {
		props.Form.Fail("unit", "公开单位", "请从列出的单位中选择")
	}
	if !props.Form.OK() || t.Fresh {
		return p.showForm(r, props)
	}
	d, err := p.May(r, access.DisclosureDraft, t.Unit)
	if err != nil {
		return web.Response{}, err
	}
	var id int64
	rec, err := p.Record(r, desk.Deed{Via: d, Decide: func(ctx context.Context, w *journal.Writer) error {
		var err error
		id, err = Begin(ctx, w, t.Unit, t.Content, replaces, w.Today())
		return err
	}})
	if err != nil {
		return p.refused(r, props, err)
	}
	if rec.Repeated {
		id = rec.First
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("草稿已保存，登记号第 %d 号。", rec.First), Detail: "核对无误后点“提交审查”。"})
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d", id)), nil
}

// submitted reads the posted form into the props and returns what was typed.
func (p *Pages) submitted(r *web.Request, props *editProps) (typed, error) {
	f, err := r.Form()
	if err != nil {
		return typed{}, err
	}
	props.Form = &entry{f, map[string]string{}}
	t := p.parse(r, props.Form)
	props.Content, props.Before, props.Preview, props.Personal = t.Content, t.Before, t.Preview, t.Content.Personal()
	return t, nil
}

// refused shows the form again with what stands in its way.
func (p *Pages) refused(r *web.Request, props editProps, err error) (web.Response, error) {
	props.Obstacle, err = p.Obstacle(r, props.Form.Form, err, labels)
	if err != nil {
		return web.Response{}, err
	}
	return p.showForm(r, props)
}

// draft finds a notice whose draft may be rewritten by the reader.
func (p *Pages) draft(r *web.Request) (editProps, *Notice, access.Decision, error) {
	id, err := r.PathID("id")
	if err != nil {
		return editProps{}, nil, access.Decision{}, err
	}
	c, n, err := p.content(r.Context(), id)
	if err != nil {
		return editProps{}, nil, access.Decision{}, err
	}
	d, err := p.May(r, access.DisclosureDraft, n.Unit)
	if err != nil {
		return editProps{}, nil, d, err
	}
	if n.Next != StepSubmit {
		e := web.NotNow("《" + n.Title + "》已经提交，不能再改草稿。")
		e.Do = "需要改的，请审查人或审批人先退回；已经公布的，另发更正。"
		return editProps{}, nil, d, e
	}
	props := editProps{ID: id, Action: fmt.Sprintf("/desk/disclosure/%d/edit", id), Heading: "修改草稿", Content: c, Fixed: true}
	u, err := org.Find(r.Context(), p.DB, p.Town, n.Unit)
	props.Units = []org.UnitRow{u}
	return props, n, d, err
}

func (p *Pages) editForm(r *web.Request) (web.Response, error) {
	props, n, _, err := p.draft(r)
	if err != nil {
		return web.Response{}, err
	}
	props.Form = fill(n.Unit, n.Content)
	props.Personal = n.Content.Personal()
	id, err := r.PathID("id")
	if err != nil {
		return web.Response{}, err
	}
	return p.withSeen(r, props, id)
}

// withSeen shows a draft's form with the last act that it knows of, so that two who rewrite at once notice each other.
func (p *Pages) withSeen(r *web.Request, props editProps, id int64) (web.Response, error) {
	seen, ok := props.Obstacle.Known(id)
	if !ok && r.Method != "GET" {
		seen, ok = seenIn(props.Form.Form)
	}
	if !ok {
		var err error
		if seen, err = journal.LastAct(r.Context(), p.DB, p.Town, id); err != nil {
			return web.Response{}, err
		}
	}
	props.Hidden = append(props.Hidden, ui.Param{Name: "seen", Value: strconv.FormatInt(seen, 10)})
	return p.showForm(r, props)
}

func seenIn(f *web.Form) (int64, bool) {
	n, err := strconv.ParseInt(f.Value("seen"), 10, 64)
	return n, err == nil
}

// edit rewrites a draft.
func (p *Pages) edit(r *web.Request) (web.Response, error) {
	props, n, d, err := p.draft(r)
	if err != nil {
		return web.Response{}, err
	}
	id, err := r.PathID("id")
	if err != nil {
		return web.Response{}, err
	}
	t, err := p.submitted(r, &props)
	if err != nil {
		return web.Response{}, err
	}
	seen, ok := seenIn(props.Form.Form)
	if !ok {
		return web.Response{}, web.BadRequest("这个表单不完整，请从草稿页重新打开。")
	}
	if !props.Form.OK() || t.Fresh {
		return p.withSeen(r, props, id)
	}
	_, err = p.Record(r, desk.Deed{Via: d, Seen: map[int64]int64{id: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Rewrite(ctx, w, id, t.Content, w.Today())
		return err
	}})
	if err != nil {
		if props.Obstacle, err = p.Obstacle(r, props.Form.Form, err, labels); err != nil {
			return web.Response{}, err
		}
		return p.withSeen(r, props, id)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "草稿已修改。", Detail: "《" + n.Title + "》的前一稿仍在经过里。"})
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d", id)), nil
}
