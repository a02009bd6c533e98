package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cunju/internal/access"
	"cunju/internal/journal"
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

// fixForm shows the form of a correction (or, for void, only the reason).
func (p *Pages) fixForm(r *web.Request, v actView, f *web.Form, o *Obstacle, void bool) (web.Response, error) {
	title := fmt.Sprintf("更正第 %d 号", v.N)
	if void {
		title = fmt.Sprintf("撤销误录的第 %d 号", v.N)
	}
	frame, err := p.Desk(r, Frame{Title: title, Active: "/desk/acts",
		Crumbs: []ui.Link{{Text: "总账", Href: "/desk/acts"}, {Text: fmt.Sprintf("第 %d 号", v.N), Href: fmt.Sprintf("/desk/acts/%d", v.N)}}})
	if err != nil {
		return web.Response{}, err
	}
	seen := f.Value("seen")
	if o.Clash() { // the form shows now what came meanwhile; sent again, it means it
		seen = fmt.Sprint(v.Last)
	}
	page := fixPage(fixProps{Frame: frame, View: v, Form: f, Obstacle: o, Seen: seen, Key: r.KeyParam(), Void: void})
	return Answer(f, o, page), nil
}

func (p *Pages) correctForm(r *web.Request) (web.Response, error) { return p.showFix(r, false) }
func (p *Pages) voidForm(r *web.Request) (web.Response, error)    { return p.showFix(r, true) }

func (p *Pages) showFix(r *web.Request, void bool) (web.Response, error) {
	v, err := p.fixable(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.fixForm(r, v, web.NewForm("effective", string(v.As.Effective), "body", v.AsBody, "seen", fmt.Sprint(v.Last)), nil, void)
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
		if why := p.Journal.Book().Info(v.Kind).Final; why != "" {
			what = "这一件不能更正：" + why + "。"
		}
		return v, web.Forbidden(what)
	}
	return v, err
}

func (p *Pages) correct(r *web.Request) (web.Response, error) { return p.fix(r, false) }
func (p *Pages) void(r *web.Request) (web.Response, error)    { return p.fix(r, true) }

// fix records a correction or an annulment of the act as it reads now. What was recorded on it since the form was opened is a
// conflict.
func (p *Pages) fix(r *web.Request, void bool) (web.Response, error) {
	v, err := p.fixable(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.mayFix(r, v)
	if err != nil {
		return web.Response{}, err
	}
	c := journal.Correction{Target: v.N, Reason: f.Required("reason", "更正原因和依据", 500)}
	seen := f.Int64("seen", "表单", true, 0, 1<<62)
	if !void {
		c.Effective = f.Date("effective", "生效日期", true)
		c.Body = compact(f, f.Required("body", "内容", 200_000))
		if c.Effective > p.Today() {
			f.Fail("effective", "生效日期", "生效日期还没有到。")
		}
		if f.OK() && v.Stands && c.Effective == v.As.Effective && bytes.Equal(c.Body, plain(v.As.Body)) {
			f.FailForm("内容和生效日期都没有变化，没有什么可更正的。")
		}
	}
	var o *Obstacle
	if f.OK() {
		_, err = p.Record(r, Deed{Via: via, Seen: map[int64]int64{v.On[0]: seen}, Decide: decideFix(c, void)})
		if err == nil {
			r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已更正。原来的记录仍在，可以随时查看。"})
			return web.Redirect(fmt.Sprintf("/desk/acts/%d", v.N)), nil
		}
		labels := map[string]string{"reason": "原因和依据", "effective": "生效日期", "body": "内容"}
		if o, err = p.Obstacle(r, f, err, labels); err != nil {
			return web.Response{}, err
		}
	}
	return p.fixForm(r, v, f, o, void)
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

// compact reads the corrected body; it must be JSON of the same shape, which the kind's own check holds it to.
func compact(f *web.Form, text string) json.RawMessage {
	raw := plain(json.RawMessage(text))
	if raw == nil && f.OK() {
		f.Fail("body", "内容", "内容的格式不对（引号、逗号或括号有误），没有保存。请对照原来的内容修改数值。")
	}
	return raw
}

// plain is JSON without spaces, nil when it is none.
func plain(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return nil
	}
	return b.Bytes()
}
