package oversight

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// mineProps is what a villager asked, or one of it.
type mineProps struct {
	Frame    ui.PhoneProps
	Rows     []Row
	Row      Row
	Unit     string
	Line     string // that it is about, "" for none
	Words    []Said
	Reckoned string
	Shown    *Reply // as everybody reads it
	Finding  string // how far the supervisors are, "" for nothing
	Form     *web.Form
	Obstacle *desk.Obstacle
	Key      ui.Param
	Today    calendar.Date
}

func (p *Pages) mine(r *web.Request) (web.Response, error) {
	if err := identified(r); err != nil {
		return web.Response{}, err
	}
	s := mineProps{Today: p.Today()}
	var err error
	if s.Frame, err = p.phone(r, "我的询问", ui.Link{Text: "我的", Href: "/me"}); err != nil {
		return web.Response{}, err
	}
	s.Rows, err = mine(r.Context(), p.DB, p.Town, r.Who.Person)
	return web.Render(minePage(s)), err
}

// own finds a case of the path that is the reader's; anybody else's does not exist here.
func (p *Pages) own(r *web.Request, sort string) (Row, error) {
	id, err := r.PathID("id")
	if err != nil {
		return Row{}, err
	}
	row, err := find(r.Context(), p.DB, p.Town, sort, id)
	if db.Kind(err) == db.NotFound || err == nil && (row.Asker != r.Who.Person || r.Who.Person == 0) {
		return row, web.NotFound("没有找到您的这一件。")
	}
	return row, err
}

func (p *Pages) myQuestion(r *web.Request) (web.Response, error) {
	row, err := p.own(r, SortQuestion)
	if err != nil {
		return web.Response{}, err
	}
	return p.showMine(r, row, web.NewForm(), nil)
}

func (p *Pages) showMine(r *web.Request, row Row, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	ctx := r.Context()
	s := mineProps{Row: row, Form: f, Obstacle: o, Key: r.KeyParam(), Today: p.Today()}
	var err error
	if s.Frame, err = p.phone(r, sortTitles[row.Sort], ui.Link{Text: "我的询问", Href: "/me/questions"}); err != nil {
		return web.Response{}, err
	}
	if s.Unit, err = p.Name(ctx, p.DB, row.Unit); err != nil {
		return web.Response{}, err
	}
	if s.Line, err = p.lineText(ctx, row); err != nil {
		return web.Response{}, err
	}
	if row.Sort == SortComplaint {
		c, err := stateOf[Complaint](ctx, p, row.ID)
		if err != nil {
			return web.Response{}, err
		}
		s.Reckoned = c.Progress.Reckoning
		s.Words = []Said{{row.ID, c.Opened, "您反映的", c.Text}}
		if c.Words != "" {
			s.Words = append(s.Words, Said{0, c.Closed, "街道答复", c.Words})
		}
		return web.Render(myPage(s)), nil
	}
	q, err := stateOf[Question](ctx, p, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	s.Reckoned = q.Progress.Reckoning
	s.Words = []Said{{row.ID, q.Opened, "您问的", q.Text}}
	if q.Answered != "" {
		s.Words = append(s.Words, Said{q.By, q.Answered, "答复", q.Words})
	}
	if q.Doubted != "" {
		s.Words = append(s.Words, Said{0, q.Doubted, "您不满意的原因", q.Doubt})
		if s.Finding, err = p.followed(ctx, row.ID, &s); err != nil {
			return web.Response{}, err
		}
	}
	if q.Public {
		shown, ok, err := reply(ctx, p.DB, p.Town, q.By)
		if err != nil {
			return web.Response{}, err
		}
		if ok && shown.Covered {
			s.Shown = &shown
		}
	}
	return desk.Answer(f, o, myPage(s)), nil
}

// followed says how far the supervisors are with what did not satisfy, and adds what they wrote to the asker.
func (p *Pages) followed(ctx context.Context, question int64, s *mineProps) (string, error) {
	id, err := relatedTo(ctx, p.DB, p.Town, SortFinding, question)
	if err != nil || id < 0 {
		return "", err
	}
	f, err := stateOf[Found](ctx, p, id)
	if err != nil {
		return "", err
	}
	s.Words = append(s.Words, f.Said...)
	if f.Closed != "" {
		return f.Closed.Chinese() + f.Outcome + "。", nil
	}
	step, _ := Findings.Step(f.Next)
	return "已转监督委员会，现在等待：" + step.Title + "。", nil
}

// object says that the asker is not satisfied.
func (p *Pages) object(r *web.Request) (web.Response, error) {
	row, err := p.own(r, SortQuestion)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	text := f.Required("text", "不满意的原因", longest)
	if !f.OK() {
		return p.showMine(r, row, f, nil)
	}
	_, err = p.Record(r, desk.Deed{Veiled: true, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Object(ctx, w, row.ID, text, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, labels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showMine(r, row, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已转监督委员会。", Detail: "监督委员会怎么处理，这里会显示。"})
	return web.Redirect("/me/questions/" + itoa(row.ID)), nil
}

func (p *Pages) myComplaint(r *web.Request) (web.Response, error) {
	row, err := p.own(r, SortComplaint)
	if err != nil {
		return web.Response{}, err
	}
	return p.showMine(r, row, web.NewForm(), nil)
}
