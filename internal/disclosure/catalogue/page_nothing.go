package catalogue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// nothingMost is how many due items one form states as nothing.
const nothingMost = 100

// nothingProps is the form that states for several due items that there was nothing.
type nothingProps struct {
	Frame    ui.DeskProps
	Rows     []Line
	Form     *web.Form
	Obstacle *desk.Obstacle
	Params   []ui.Param
}

// options are the due items, each with its unit and date.
func (p nothingProps) options() []ui.Option {
	out := make([]ui.Option, len(p.Rows))
	for i, l := range p.Rows {
		out[i] = ui.Option{Value: strconv.FormatInt(l.ID, 10), Text: l.Title, Help: l.UnitName + "，" + l.By()}
	}
	return out
}

// stateable reports whether an office may state that there was nothing: never of what cannot be absent, nor of what has ended.
func (d Due) stateable() bool { return d.Kept == stateOpen && present(d.Item, d.Title, d.Form) == "" }

// answer is who answers for a due item: a unit, by the power of its subject.
type answer struct {
	Unit  int64
	Power string
}

func answerOf(l Line) answer { return answer{l.Unit, powerOf(l.Subject)} }

// mayState asks once for every unit and power whether the reader answers for it.
func (p *Pages) mayState(r *web.Request, rows []Line) map[answer]bool {
	may := map[answer]bool{}
	for _, l := range rows {
		a := answerOf(l)
		if _, asked := may[a]; l.stateable() && !asked {
			may[a] = p.Can(r, a.Power, a.Unit, 0, 0)
		}
	}
	return may
}

// nothingForm shows the due items that were chosen in the list.
func (p *Pages) nothingForm(r *web.Request) (web.Response, error) {
	var ticked []string
	for _, id := range r.URL.Query()["id"] {
		ticked = append(ticked, "id", id)
	}
	f := web.NewForm(ticked...)
	ids := f.IDs("id", "哪些事项", web.Needed, nothingMost)
	if len(ids) == 0 {
		r.SetFlash(ui.Flash{Tone: ui.Warn, Text: "没有登记：" + f.Err("id") + "。", Detail: "请在列表里勾选没有可以公开内容的事项。"})
		return web.Redirect(duePath), nil
	}
	rows, err := p.chosen(r, ids)
	if err != nil {
		return web.Response{}, err
	}
	if _, err := p.answers(r, f, rows); err != nil {
		return web.Response{}, err
	}
	return p.showNothing(r, f, rows, nil, nil)
}

// chosen reads the chosen due items in the order of their dates; one that does not exist is not found.
func (p *Pages) chosen(r *web.Request, ids []int64) ([]Line, error) {
	var list []Due
	for _, id := range ids {
		d, err := FindDue(r.Context(), p.DB, p.Town, id)
		if db.Kind(err) == db.NotFound {
			return nil, web.NotFound("没有这件应公开事项。")
		}
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b Due) int { return strings.Compare(string(a.Day), string(b.Day))*2 + compare(a.Title, b.Title) })
	return named(r.Context(), p.DB, p.Town, list)
}

// answers asks whether the reader may state of every row that there was nothing, and in which office. What is not possible is said on
// the form, by name; who answers for none of the rows is told that he has no power.
func (p *Pages) answers(r *web.Request, f *web.Form, rows []Line) (via access.Decision, err error) {
	first := -1
	for i, l := range rows {
		d, no := p.May(r, powerOf(l.Subject), l.Unit)
		why := present(l.Item, l.Title+"（"+l.UnitName+"）", l.Form)
		var denied *web.Error
		switch {
		case no != nil && !errors.As(no, &denied):
			return via, no
		case no != nil:
			err = no
			f.Fail("id", "哪些事项", fmt.Sprintf("《%s》（%s）不由您负责。一项也没有登记，请去掉它的勾", l.Title, l.UnitName))
			continue
		case why != "":
			f.Fail("id", "哪些事项", why+"。一项也没有登记，请去掉它的勾")
		case l.Kept != stateOpen:
			f.Fail("id", "哪些事项", fmt.Sprintf("《%s》（%s）已经办结：%s。一项也没有登记，请去掉它的勾", l.Title, l.UnitName, l.Words(p.Today())))
		case first >= 0 && d.Via.ID != via.Via.ID:
			f.Fail("id", "哪些事项", fmt.Sprintf("《%s》（%s）和《%s》要用您的不同职务办理。一项也没有登记，请分两次办理", l.Title, l.UnitName, rows[first].Title))
		}
		if first < 0 {
			first, via = i, d
		}
	}
	if first < 0 {
		return via, err
	}
	return via, nil
}

// showNothing shows the form. seen is what it knew when it was opened; nil reads what it knows now.
func (p *Pages) showNothing(r *web.Request, f *web.Form, rows []Line, seen map[int64]int64, o *desk.Obstacle) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "本期无此事项", Active: duePath, Crumbs: []ui.Link{{Text: "应公开事项", Href: duePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := nothingProps{Frame: frame, Rows: rows, Form: f, Obstacle: o, Params: []ui.Param{r.KeyParam()}}
	for _, l := range rows {
		last, ok := seen[l.ID]
		if !ok {
			acts, err := journal.Acts(r.Context(), p.DB, p.Town, l.ID)
			if err != nil {
				return web.Response{}, err
			}
			last = acts[len(acts)-1].N
		}
		if known, ok := o.Known(l.ID); ok {
			last = known
		}
		props.Params = append(props.Params, ui.Param{Name: seenOf(l.ID), Value: strconv.FormatInt(last, 10)})
	}
	return desk.Answer(f, o, nothingPage(props)), nil
}

// seenOf is the field that holds the last act which the form knew of a due item.
func seenOf(id int64) string { return fmt.Sprintf("seen-%d", id) }

// nothing records for all chosen due items that there was nothing, or for none.
func (p *Pages) nothing(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	ids := f.IDs("id", "哪些事项", web.Needed, nothingMost)
	if len(ids) == 0 {
		r.SetFlash(ui.Flash{Tone: ui.Warn, Text: "没有登记：" + f.Err("id") + "。", Detail: "请在列表里重新勾选。"})
		return web.Redirect(duePath), nil
	}
	reason := f.Required("reason", "说明", 200)
	rows, err := p.chosen(r, ids)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.answers(r, f, rows)
	if err != nil {
		return web.Response{}, err
	}
	seen := map[int64]int64{}
	for _, id := range ids {
		n, err := web.ParseInt(f.Value(seenOf(id)))
		if err != nil || n < 0 {
			return web.Response{}, web.BadRequest("这个表单不完整，请从应公开事项的列表重新勾选。")
		}
		seen[id] = n
	}
	if !f.OK() {
		return p.showNothing(r, f, rows, seen, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Seen: seen, Decide: func(ctx context.Context, w *journal.Writer) error {
		for _, l := range rows {
			if _, err := Nothing(ctx, w, l.ID, reason, w.Today()); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		return p.nothingRefused(r, f, rows, seen, err)
	}
	return p.done(r, fmt.Sprintf("%d 项的说明已登记", rec.Count()), rec, duePath), nil
}

// nothingRefused shows the form again with what stood in the way; what others did meanwhile is said with the name of its row.
func (p *Pages) nothingRefused(r *web.Request, f *web.Form, rows []Line, seen map[int64]int64, err error) (web.Response, error) {
	var clash *journal.Conflict
	if errors.As(err, &clash) && !clash.Reused {
		for _, l := range rows {
			if l.ID == clash.Entity {
				f.Fail("id", "哪些事项", fmt.Sprintf("《%s》（%s）别人刚刚办理过。一项也没有登记，请核对", l.Title, l.UnitName))
			}
		}
	}
	o, err := p.Obstacle(r, f, err, map[string]string{"reason": "说明"})
	if err != nil {
		return web.Response{}, err
	}
	return p.showNothing(r, f, rows, seen, o)
}
