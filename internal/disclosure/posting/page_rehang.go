package posting

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// again is what waits for a sheet to be hung again: it was said to be gone, or its notice was covered.
type again struct {
	ID     int64
	Seen   *Seen    // nil for a covering
	Old    *Renewal // nil for a check-in
	Notice int64
	Unit   int64
}

// rehung is what the office did, nil before.
func (a again) rehung() *Rehang {
	if a.Old != nil {
		return a.Old.Rehung
	}
	return a.Seen.Rehung
}

// into is the task that takes this one in, 0 for none.
func (a again) into() int64 {
	if a.Old != nil {
		return a.Old.Case
	}
	return a.Seen.Case
}

// choices are the results that can be recorded.
func (a again) choices() []ui.Option {
	if a.Old == nil {
		return rehangs
	}
	return []ui.Option{{Value: HungAgain, Text: "已换下旧纸，贴上新打印的"}, {Value: DaysOver, Text: "已经登记撤下，不用再挂"}}
}

// caseProps is the page of a sheet that has to be hung again.
type caseProps struct {
	again
	Frame   ui.DeskProps
	Row     disclosure.Row
	Matter  matter.Row
	Events  []ui.Event
	May     bool
	Waits   string
	Form    *web.Form
	Problem *desk.Obstacle
	Key     ui.Param
}

// heading names the page.
func (p caseProps) heading() string {
	if p.Old != nil {
		return "换下旧纸"
	}
	return "现场核实"
}

// step names what is to be done.
func (p caseProps) step() string {
	if p.Old != nil {
		return Renewals.Steps[0].Title
	}
	return Procedure.Steps[0].Title
}

// print is where the sheet is printed: one for some only carries no code.
func (p caseProps) print(paper string) string {
	if p.Row.Scope != disclosure.ScopePublic {
		return fmt.Sprintf("/desk/disclosure/%d/print%s", p.Row.ID, paper)
	}
	return fmt.Sprintf("/desk/posting/%d/print%s", p.Row.ID, paper)
}

// loadCase finds a check-in or a covering whose notice's posting the reader may see.
func (p *Pages) loadCase(r *web.Request) (a again, err error) {
	if a.ID, err = r.PathID("id"); err != nil {
		return a, err
	}
	seen, ok, err := journal.StateOf[Seen](r.Context(), p.DB, p.Journal.Book(), p.Town, a.ID, journal.Now)
	if err != nil {
		return a, err
	}
	if ok {
		a.Seen, a.Notice, a.Unit = seen, seen.Notice, seen.CheckIn.Unit
	} else {
		old, ok, err := journal.StateOf[Renewal](r.Context(), p.DB, p.Journal.Book(), p.Town, a.ID, journal.Now)
		if err != nil {
			return a, err
		}
		if !ok {
			return a, web.NotFound("没有这一次现场核实。")
		}
		a.Old, a.Notice, a.Unit = old, old.Notice, old.Outdated.Unit
	}
	for _, power := range powers {
		if p.Can(r, power, a.Unit, 0, 0) {
			return a, nil
		}
	}
	return a, web.Forbidden("这张公示的张贴不属于您的职责范围。")
}

func (p *Pages) rehangForm(r *web.Request) (web.Response, error) {
	a, err := p.loadCase(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.caseWith(r, a, web.NewForm(), nil)
}

func (p *Pages) caseWith(r *web.Request, a again, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := caseProps{again: a, Form: f, Problem: o, Key: r.KeyParam()}
	var err error
	if props.Row, err = disclosure.Find(r.Context(), p.DB, p.Town, a.Notice); err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: props.heading(), Active: "/desk/disclosure", Crumbs: []ui.Link{
		{Text: "三务公开", Href: "/desk/disclosure"}, {Text: "张贴：" + props.Row.Title, Href: fmt.Sprintf("/desk/posting/%d", a.Notice)}}}); err != nil {
		return web.Response{}, err
	}
	if props.Matter, err = matter.Find(r.Context(), p.DB, p.Town, a.ID); err != nil && db.Kind(err) != db.NotFound {
		return web.Response{}, err
	}
	if props.Events, err = p.events(r, a.ID); err != nil {
		return web.Response{}, err
	}
	if props.Matter.Next != "" {
		d, err := p.May(r, access.DisclosurePublish, a.Unit)
		if props.May = err == nil; err != nil {
			props.Waits = d.Reason
		}
	}
	return desk.Answer(f, o, casePage(props)), nil
}

// waits is what a covering left to do here.
func (p *Pages) waits(r *web.Request, n disclosure.Row) (ui.Link, error) {
	id, err := Waiting(r.Context(), p.DB, p.Town, n.ID)
	if err != nil || id < 0 {
		return ui.Link{}, err
	}
	return ui.Link{Text: Renewals.Steps[0].Title, Href: fmt.Sprintf("/desk/rehang/%d", id)}, nil
}

// rehang records what the office found and did.
func (p *Pages) rehang(r *web.Request) (web.Response, error) {
	a, err := p.loadCase(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.DisclosurePublish, a.Unit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Rehang{Done: f.Choice("done", "处理结果", web.Needed, HungAgain, StillHung, DaysOver), Note: f.Text("note", "说明", longest)}
	if !f.OK() {
		return p.caseWith(r, a, f, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Mend(ctx, w, a.ID, b)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"done": "处理结果", "note": "说明"})
		if err != nil {
			return web.Response{}, err
		}
		return p.caseWith(r, a, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "处理结果已登记。缺的日子仍然是缺，从现在起请人再来核实。", Link: ui.Link{Text: fmt.Sprintf("登记号第 %d 号", rec.First), Href: fmt.Sprintf("/desk/acts/%d", rec.First)}})
	if row, err := disclosure.Find(r.Context(), p.DB, p.Town, a.Notice); err != nil || row.Scope != disclosure.ScopePublic {
		return web.Redirect(fmt.Sprintf("/desk/disclosure/%d", a.Notice)), err
	}
	return web.Redirect(fmt.Sprintf("/desk/posting/%d", a.Notice)), nil
}
