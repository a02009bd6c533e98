package org

import (
	"context"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/branch"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// appointProps is the page of an appointment: first the search for the person, then the form.
type appointProps struct {
	formProps
	Unit    int64
	Q       string
	Found   []ui.Option
	Person  int64
	Name    string
	Roles   []ui.Option
	Village bool // the filing of a village secretary is asked for
}

var appointLabels = map[string]string{"role": "职务", "title": "职务名称", "effective": "任职日期", "until": "任期至", "duty": "分工", "basis": "依据", "person": "人员"}

func (p *Pages) appointForm(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OfficeAppoint)
	if err != nil {
		return web.Response{}, err
	}
	if id, err := strconv.ParseInt(r.Query("person"), 10, 64); err == nil {
		return p.showAppoint(r, s, id, web.NewForm("effective", string(p.Today())), nil)
	}
	props, err := p.appointProps(r, s, web.NewForm(), nil)
	if err != nil {
		return web.Response{}, err
	}
	if props.Q = r.Query("q"); props.Q != "" {
		if props.Found, err = p.Find(r, props.Q); err != nil {
			return web.Response{}, err
		}
	}
	return web.Render(choosePage(props)), nil
}

func (p *Pages) appointProps(r *web.Request, s seen, f *web.Form, o *desk.Obstacle) (appointProps, error) {
	form, err := p.frame(r, "登记任职", s.ID, s.Last(), unitPath(s.ID)+"/appoint", unitPath(s.ID), f, o,
		"权随职走：登记之后，职权自任职日期起有，离任之日止。", "不相容的职务由系统按法规核对，不予登记的会写明是哪一条。")
	return appointProps{formProps: form, Unit: s.ID}, err
}

// showAppoint shows the form for a person.
func (p *Pages) showAppoint(r *web.Request, s seen, person int64, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props, err := p.appointProps(r, s, f, o)
	if err != nil {
		return web.Response{}, err
	}
	props.Person, props.Roles = person, roleOptions(s.Kind)
	if props.Name, err = p.Person(r.Context(), p.DB, person); err != nil {
		return web.Response{}, err
	}
	if person == 0 || props.Name == "" {
		return web.Response{}, web.NotFound("没有这个人员。")
	}
	if _, err := p.MayFor(r, access.OfficeAppoint, s.ID, person, 0); err != nil {
		return web.Response{}, err
	}
	props.Village = kinds[s.Kind].Party
	props.Params = append(props.Params, ui.Param{Name: "person", Value: number(person)})
	return answer(props.formProps, appointPage(props)), nil
}

func (p *Pages) appoint(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OfficeAppoint)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	person, err := web.ParseInt(f.Value("person"))
	if err != nil || person <= 0 {
		return web.Response{}, web.BadRequest("没有选择人员。")
	}
	via, err := p.MayFor(r, access.OfficeAppoint, s.ID, person, 0)
	if err != nil {
		return web.Response{}, err
	}
	a := Appoint{Unit: s.ID, Person: person, Role: f.Choice("role", "职务", true, codesOf(roleOptions(s.Kind))...),
		Title: f.Text("title", "职务名称", 30), Duty: f.Text("duty", "分工", 60), Basis: f.Text("basis", "依据", 200)}
	on := f.Date("effective", "任职日期", true)
	a.Until = lastDay(f.Date("until", "任期至", false))
	if f.OK() && a.Until != "" && a.Until <= on {
		f.Fail("until", "任期至", "应不早于任职日期")
	}
	filed := f.Choice("filed", "报县级备案", false, "yes", "no")
	if !f.OK() {
		return p.showAppoint(r, s, person, f, nil)
	}
	verdicts, err := p.secretary(r.Context(), a, s.Kind, filed, on)
	if err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Install(ctx, w, a, on, verdicts...)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, appointLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showAppoint(r, s, person, f, o)
	}
	return p.done(r, "已登记任职", receipt, unitPath(s.ID)), nil
}

// secretary judges whoever is to lead a Party branch (PO-03): Party age, and for a village the filing with the county.
func (p *Pages) secretary(ctx context.Context, a Appoint, kind, filed string, on calendar.Date) ([]law.Verdict, error) {
	if a.Role != "branch-secretary" && a.Role != "general-branch-secretary" || p.FullSince == nil {
		return nil, nil
	}
	var c branch.Candidate
	since, err := p.FullSince(ctx, a.Person)
	if err != nil {
		return nil, err
	}
	if since != "" {
		c.FullSince = law.Some(since)
	}
	if filed != "" {
		c.Village, c.Filed = true, law.Some(filed == "yes")
	}
	local, err := Settings(ctx, p.DB, p.Town)
	if err != nil {
		return nil, err
	}
	return []law.Verdict{branch.Secretary.Judge(c, on, local)}, nil
}

// leaveOf reads the office of the path with its unit and checks the power.
func (p *Pages) leaveOf(r *web.Request) (OfficeRow, seen, error) {
	id, err := r.PathID("id")
	if err != nil {
		return OfficeRow{}, seen{}, err
	}
	o, err := findOffice(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return o, seen{}, web.NotFound("没有这项任职。")
	}
	if err != nil {
		return o, seen{}, err
	}
	s, err := p.load(r, o.Unit, access.OfficeAppoint)
	if err == nil {
		s.Via, err = p.MayFor(r, access.OfficeAppoint, o.Unit, o.Person, 0)
	}
	if err == nil && o.To != calendar.Forever {
		err = web.NotNow("这项任职已于" + o.To.Chinese() + "结束。")
	}
	return o, s, err
}

func (p *Pages) leaveForm(r *web.Request) (web.Response, error) {
	o, s, err := p.leaveOf(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showLeave(r, o, s, web.NewForm("effective", string(p.Today())), nil)
}

func (p *Pages) showLeave(r *web.Request, o OfficeRow, s seen, f *web.Form, trial *desk.Obstacle) (web.Response, error) {
	name, err := p.Person(r.Context(), p.DB, o.Person)
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.frame(r, "离任", o.ID, s.Last(), fmt.Sprintf("/desk/offices/%d/leave", o.ID), unitPath(s.ID), f, trial,
		"离任之日起不再有这个职务的职权。", "任职的经过照旧可查。")
	if err != nil {
		return web.Response{}, err
	}
	props.Sub = s.Last() + " · " + roleTitle(o.Role) + " · " + name + "（" + o.From.Chinese() + "任职）"
	return answer(props, leavePage(props)), nil
}

func (p *Pages) leave(r *web.Request) (web.Response, error) {
	o, s, err := p.leaveOf(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Leave{Reason: f.Required("reason", "离任原因和依据", 200)}
	on := f.Date("effective", "离任日期", true)
	if f.OK() && on <= o.From {
		f.Fail("effective", "离任日期", "应晚于任职日期（"+o.From.Chinese()+"）")
	}
	return p.record(r, s, o.ID, f, "已登记离任", map[string]string{"reason": "离任原因和依据", "effective": "离任日期"},
		func(ctx context.Context, w *journal.Writer) error {
			_, err := Release(ctx, w, o.ID, b, on)
			return err
		}, func(trial *desk.Obstacle) (web.Response, error) { return p.showLeave(r, o, s, f, trial) })
}
