package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// errNotFixable is why an act offers no correction: its kind is final, it is a correction itself, or its content is erased.
var errNotFixable = errors.New("not to be corrected")

// mayFix asks whether the person may correct the act: the power to correct, and the power to do such acts in the first place,
// for every unit that it is about. Nobody corrects what is about himself.
func (p *Pages) mayFix(r *web.Request, v actView) (d access.Decision, err error) {
	info := p.Journal.Book().Info(v.Kind)
	if v.Erased || info.Final != "" || info.Power == "" || v.Hidden || len(v.Units) == 0 {
		return d, errNotFixable
	}
	persons, err := p.persons(r, v.On)
	if err != nil {
		return d, err
	}
	if slices.Contains(persons, r.Who.Person) {
		return d, web.Forbidden("这一件与您本人有关，不能由您更正。")
	}
	for _, unit := range v.Units {
		if _, err = p.May(r, info.Power, unit); err != nil {
			return d, err
		}
		if d, err = p.May(r, access.JournalCorrect, unit); err != nil {
			return d, err
		}
	}
	return d, nil
}

// canFix is [Pages.mayFix] as a yes or no, to show or hide the way to the form.
func (p *Pages) canFix(r *web.Request, v actView) (bool, error) {
	_, err := p.mayFix(r, v)
	if errors.Is(err, errNotFixable) || forbidden(err) {
		return false, nil
	}
	return err == nil, err
}

// final says why an act is never corrected and what to do instead, "" for one that can be.
func (p *Pages) final(v actView) string {
	info := p.Journal.Book().Info(v.Kind)
	switch {
	case v.Did != nil:
		return fmt.Sprintf("更正和撤销本身不再更正。写错了，请对第 %d 号再作一次更正。", v.Did.Target.N)
	case info.Final != "":
		return "这一件不能更正：" + info.Final + "。"
	case v.Erased:
		return "这一件的内容已依法删除，没有可更正的内容。"
	}
	return ""
}

// fixing is the form of a correction while it is worked on.
type fixing struct {
	View actView
	Form body.Form
	Now  any // the body as it reads now
	Void bool
}

func (p *Pages) fixing(r *web.Request, void bool) (x fixing, err error) {
	x.Void = void
	if x.View, err = p.fixable(r); err != nil || void {
		return x, err
	}
	info := p.Journal.Book().Info(x.View.Kind)
	if x.Now, err = p.now(x.View); err != nil {
		return x, err
	}
	x.Form = body.NewForm(x.Now)
	x.Form.Keep, x.Form.Private = info.Keep, info.Person
	x.Form.Words, err = p.words(r.Context(), body.Numbers(x.Now))
	return x, err
}

// now decodes the body as it reads now.
func (p *Pages) now(v actView) (any, error) { return p.Journal.Book().Decode(v.Kind, v.As.Body) }

// fixForm shows the form of a correction (or, for void, only the reason).
func (p *Pages) fixForm(r *web.Request, x fixing, f *web.Form, o *Obstacle) (web.Response, error) {
	title := fmt.Sprintf("更正第 %d 号", x.View.N)
	if x.Void {
		title = fmt.Sprintf("撤销误录的第 %d 号", x.View.N)
	}
	frame, err := p.fixFrame(r, x.View, title)
	if err != nil {
		return web.Response{}, err
	}
	seen := f.Value("seen")
	if o.Clash() { // the form shows now what came meanwhile; sent again, it means it
		seen = fmt.Sprint(x.View.Last)
	}
	page := fixPage(fixProps{Frame: frame, fixing: x, Typed: f, Obstacle: o, Seen: seen, Key: r.KeyParam()})
	return Answer(f, o, page), nil
}

func (p *Pages) fixFrame(r *web.Request, v actView, title string) (ui.DeskProps, error) {
	return p.Desk(r, Frame{Title: title, Active: actsPath,
		Crumbs: []ui.Link{{Text: "总账", Href: actsPath}, {Text: fmt.Sprintf("第 %d 号", v.N), Href: actPath(v.N)}}})
}

func (p *Pages) correctForm(r *web.Request) (web.Response, error) { return p.showFix(r, false) }
func (p *Pages) voidForm(r *web.Request) (web.Response, error)    { return p.showFix(r, true) }

func (p *Pages) showFix(r *web.Request, void bool) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	if v.Final != "" {
		frame, err := p.fixFrame(r, v, fmt.Sprintf("第 %d 号不能更正", v.N))
		return web.Render(finalPage(frame, v)), err
	}
	x, err := p.fixing(r, void)
	if err != nil {
		return web.Response{}, err
	}
	pairs := []string{"day", string(x.View.As.Effective), "seen", fmt.Sprint(x.View.Last)}
	if !void {
		pairs = append(pairs, x.Form.Fill(x.Now)...)
	}
	return p.fixForm(r, x, web.NewForm(pairs...), nil)
}

// fixable reads the act of the path, or says why it is not corrected here.
func (p *Pages) fixable(r *web.Request) (actView, error) {
	v, err := p.load(r)
	if err != nil {
		return v, err
	}
	_, err = p.mayFix(r, v)
	if errors.Is(err, errNotFixable) {
		what := "这一件不能更正。"
		if v.Final != "" {
			what = v.Final
		}
		return v, web.Forbidden(what)
	}
	return v, err
}

func (p *Pages) correct(r *web.Request) (web.Response, error) { return p.fix(r, false) }
func (p *Pages) void(r *web.Request) (web.Response, error)    { return p.fix(r, true) }

// fix records a correction or an annulment of the act as it reads now. What was recorded on it since the form was opened is a
// conflict: the form comes back with what it did not touch as the other left it.
func (p *Pages) fix(r *web.Request, void bool) (web.Response, error) {
	x, err := p.fixing(r, void)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	v := x.View
	via, err := p.mayFix(r, v)
	if err != nil {
		return web.Response{}, err
	}
	c := journal.Correction{Target: v.N}
	seen := f.Int64("seen", "表单", true, 0, 1<<62)
	labels := map[string]string{}
	if !void {
		if labels = x.Form.Labels(); x.Form.Any() {
			if err := p.readFix(x, f, &c); err != nil {
				return web.Response{}, err
			}
		}
		if c.Effective = f.Date("day", "生效日期", true); c.Effective > p.Today() {
			f.Fail("day", "生效日期", "生效日期还没有到")
		}
	}
	if c.Reason = f.Required("why", "原因和依据", 500); len(codes.FindPersonal(c.Reason)) > 0 {
		f.Fail("why", "原因和依据", "这里不能写证件号码、电话或银行卡号，请去掉号码再交")
	}
	if f.OK() && !void && v.Stands && c.Effective == v.As.Effective && c.Body == nil {
		f.FailForm("内容和生效日期都没有变化，没有什么可更正的。")
	}
	var o *Obstacle
	if f.OK() {
		_, err = p.Record(r, Deed{Via: via, Seen: map[int64]int64{v.On[0]: seen}, Decide: decideFix(c, void)})
		if err == nil {
			r.SetFlash(ui.Flash{Tone: ui.Success, Text: fixDone(void)})
			return web.Redirect(actPath(v.N)), nil
		}
		if o, err = p.Obstacle(r, f, err, labels); err != nil {
			return web.Response{}, err
		}
		if o.Clash() && !void {
			if err := p.merge(r, x, f, seen); err != nil {
				return web.Response{}, err
			}
		}
	}
	return p.fixForm(r, x, f, o)
}

// merge brings a form that was opened before the last correction up to what holds now.
func (p *Pages) merge(r *web.Request, x fixing, f *web.Form, seen int64) error {
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, x.View.On[0])
	if err != nil {
		return err
	}
	was, ok := journal.AsCorrected(slices.DeleteFunc(acts, func(a journal.Act) bool { return a.N > seen }), x.View.N)
	if !ok { // it was voided then: the form showed it as it was recorded
		was = x.View.Act
	}
	opened, err := p.Journal.Book().Decode(x.View.Kind, was.Body)
	if err != nil {
		return err
	}
	x.Form.Merge(f, opened, x.Now)
	if day, err := calendar.Parse(f.Value("day")); err == nil && day == was.Effective {
		f.Set("day", string(x.View.As.Effective))
	}
	return nil
}

// readFix reads the corrected body, which stays nil where nothing of it was changed.
func (p *Pages) readFix(x fixing, f *web.Form, c *journal.Correction) error {
	b, err := p.now(x.View)
	if err != nil {
		return err
	}
	was, err := json.Marshal(x.Now)
	if err != nil {
		return err
	}
	x.Form.Read(f, b)
	is, err := json.Marshal(b)
	if err == nil && (!bytes.Equal(was, is) || !x.View.Stands) {
		c.Body = is
	}
	return err
}

// decideFix is the deed of the two forms.
func decideFix(c journal.Correction, void bool) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		if void {
			_, err := w.Void(ctx, journal.Voiding{Target: c.Target, Reason: c.Reason})
			return err
		}
		_, err := w.Correct(ctx, c)
		return err
	}
}
