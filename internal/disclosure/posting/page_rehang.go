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

// caseProps is the page of a sheet that was said to be gone.
type caseProps struct {
	Frame   ui.DeskProps
	ID      int64
	Seen    *Seen
	Row     disclosure.Row
	Matter  matter.Row
	Events  []ui.Event
	May     bool
	Waits   string
	Form    *web.Form
	Problem *desk.Obstacle
	Key     ui.Param
}

// loadCase finds a check-in whose notice's posting the reader may see.
func (p *Pages) loadCase(r *web.Request) (int64, *Seen, error) {
	id, err := r.PathID("id")
	if err != nil {
		return 0, nil, err
	}
	s, ok, err := journal.StateOf[Seen](r.Context(), p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil {
		return 0, nil, err
	}
	if !ok {
		return 0, nil, web.NotFound("没有这一次现场核实。")
	}
	for _, power := range powers {
		if p.Can(r, power, s.CheckIn.Unit, 0, 0) {
			return id, s, nil
		}
	}
	return 0, nil, web.Forbidden("这张公示的张贴不属于您的职责范围。")
}

func (p *Pages) rehangForm(r *web.Request) (web.Response, error) {
	id, s, err := p.loadCase(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.caseWith(r, id, s, web.NewForm(), nil)
}

func (p *Pages) caseWith(r *web.Request, id int64, s *Seen, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := caseProps{ID: id, Seen: s, Form: f, Problem: o, Key: r.KeyParam()}
	var err error
	if props.Row, err = disclosure.Find(r.Context(), p.DB, p.Town, s.Notice); err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "现场核实", Active: "/desk/disclosure", Crumbs: []ui.Link{
		{Text: "三务公开", Href: "/desk/disclosure"}, {Text: "张贴：" + props.Row.Title, Href: fmt.Sprintf("/desk/posting/%d", s.Notice)}}}); err != nil {
		return web.Response{}, err
	}
	if props.Matter, err = matter.Find(r.Context(), p.DB, p.Town, id); err != nil && db.Kind(err) != db.NotFound {
		return web.Response{}, err
	}
	if props.Events, err = p.events(r, id); err != nil {
		return web.Response{}, err
	}
	if props.Matter.Next == StepRehang {
		d, err := p.May(r, access.DisclosurePublish, s.CheckIn.Unit)
		if props.May = err == nil; err != nil {
			props.Waits = d.Reason
		}
	}
	return desk.Answer(f, o, casePage(props)), nil
}

// rehang records what the office found and did.
func (p *Pages) rehang(r *web.Request) (web.Response, error) {
	id, s, err := p.loadCase(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.DisclosurePublish, s.CheckIn.Unit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Rehang{Done: f.Choice("done", "处理结果", web.Needed, HungAgain, StillHung, DaysOver), Note: f.Text("note", "说明", longest)}
	if !f.OK() {
		return p.caseWith(r, id, s, f, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Mend(ctx, w, id, b)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"done": "处理结果", "note": "说明"})
		if err != nil {
			return web.Response{}, err
		}
		return p.caseWith(r, id, s, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "处理结果已登记。缺的日子仍然是缺，从现在起请人再来核实。", Link: ui.Link{Text: fmt.Sprintf("登记号第 %d 号", rec.First), Href: fmt.Sprintf("/desk/acts/%d", rec.First)}})
	return web.Redirect(fmt.Sprintf("/desk/posting/%d", s.Notice)), nil
}
