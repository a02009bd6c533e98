package people

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// moveOutProps is the form that ends a stay in a household.
type moveOutProps struct {
	Frame ui.DeskProps
	Row   Row
	Home  HouseholdRow
	Form  *web.Form
	Trial *desk.Obstacle
	Key   ui.Param
}

// MoveOut records that a person lives in a household no longer, from a day on.
func MoveOut(ctx context.Context, w *journal.Writer, household int64, p Part, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindPart, on, []int64{household}, p)
}

// home reads the person of the path and the household where he lives today.
func (p *Pages) home(r *web.Request) (Row, HouseholdRow, access.Decision, error) {
	row, _, err := p.one(r, access.PeopleRead)
	if err != nil {
		return row, HouseholdRow{}, access.Decision{}, err
	}
	h, err := HouseholdOf(r.Context(), p.DB, p.Town, row.ID)
	if db.Kind(err) == db.NotFound {
		return row, h, access.Decision{}, web.Conflict("“" + row.Name + "”现在不在任何住户里。")
	}
	if err != nil {
		return row, h, access.Decision{}, err
	}
	d, err := p.May(r, access.PeopleEdit, h.Unit)
	return row, h, d, err
}

func (p *Pages) moveOutForm(r *web.Request) (web.Response, error) {
	row, h, _, err := p.home(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showMoveOut(r, row, h, web.NewForm("effective", string(p.Today())), nil)
}

func (p *Pages) showMoveOut(r *web.Request, row Row, h HouseholdRow, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := moveOutProps{Row: row, Home: h, Form: f, Trial: o, Key: r.KeyParam()}
	var err error
	if props.Frame, err = p.Desk(r, deskFrame("迁出住户", "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"},
		ui.Link{Text: row.Name, Href: personPath(row.ID)})); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, moveOutPage(props)), nil
}

func (p *Pages) moveOut(r *web.Request) (web.Response, error) {
	row, h, via, err := p.home(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	on := f.Date("effective", "迁出日期", web.Needed)
	part := Part{Person: row.ID, Reason: f.Required("reason", "迁出原因", 100)}
	if !f.OK() {
		return p.showMoveOut(r, row, h, f, nil)
	}
	_, err = p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := MoveOut(ctx, w, h.ID, part, on)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"effective": "迁出日期"})
		if err != nil {
			return web.Response{}, err
		}
		return p.showMoveOut(r, row, h, f, o)
	}
	flash := ui.Flash{Tone: ui.Success, Text: "迁出已登记。以前住在哪一户，仍可以查看。"}
	if h.Head == row.ID && h.Size > 1 {
		flash.Text, flash.Link = "户主迁出已登记，这一户还有人住，现在没有户主。", ui.Link{Text: "确定新户主", Href: householdPath(h.ID) + "/head"}
	}
	r.SetFlash(flash)
	return web.Redirect(personPath(row.ID)), nil
}
