package org

import (
	"errors"
	"fmt"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// formProps is what every form of an act on a unit shows.
type formProps struct {
	Frame  ui.DeskProps
	Title  string
	Sub    string
	Action string
	Back   string
	Form   *web.Form
	Params []ui.Param
	Help   []string // what the act means, beside the form
	Trial  *desk.Obstacle
}

// frame fills what the forms on a unit have in common. The hidden field seen says what the form knew of the unit.
func (p *Pages) frame(r *web.Request, title string, id int64, name, action, back string, f *web.Form, o *desk.Obstacle, help ...string) (formProps, error) {
	frame, err := p.Desk(r, desk.Frame{Title: title, Active: treePath, Crumbs: []ui.Link{{Text: "组织机构", Href: treePath}, {Text: name, Href: back}}})
	if err != nil {
		return formProps{}, err
	}
	seen := f.Value("seen")
	if last, ok := o.Known(id); ok {
		seen = number(last)
	}
	if seen == "" {
		last, err := journal.LastAct(r.Context(), p.DB, p.Town, id)
		if err != nil {
			return formProps{}, err
		}
		seen = number(last)
	}
	return formProps{Frame: frame, Title: title, Sub: name, Action: action, Back: back, Form: f, Help: help, Trial: o,
		Params: []ui.Param{r.KeyParam(), {Name: "seen", Value: seen}}}, nil
}

// seenOf reads what the form knew; a form without it was not made by this program.
func seenOf(f *web.Form) (int64, error) {
	n, err := web.ParseInt(f.Value("seen"))
	if err != nil || n < 0 {
		return 0, web.BadRequest("这张表单不完整。").Because(errors.New("no field seen"))
	}
	return n, nil
}

// living is [Pages.one] for acts that only a living unit can take.
func (p *Pages) living(r *web.Request, act string) (seen, error) {
	s, err := p.one(r, act)
	if err == nil && s.Life.To != calendar.Forever {
		return s, web.NotNow("“" + s.Last() + "”已于" + s.Life.To.Chinese() + "撤销，不能再办理这件事。")
	}
	return s, err
}

// done tells what was recorded and goes to a page.
func (p *Pages) done(r *web.Request, what string, receipt journal.Receipt, to string) web.Response {
	flash := ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("%s，总账第 %d 号。", what, receipt.First)}
	if receipt.Repeated {
		flash = ui.Flash{Tone: ui.Info, Text: fmt.Sprintf("这张表单已经办理过，没有重复办理，总账第 %d 号。", receipt.First)}
	}
	flash.Link = ui.Link{Text: "查看", Href: fmt.Sprintf("/desk/acts/%d", receipt.First)}
	r.SetFlash(flash)
	return web.Redirect(to)
}

// answer is the page of a form with the status that fits.
func answer(props formProps, page templ.Component) web.Response {
	return desk.Answer(props.Form, props.Trial, page)
}

// parentOptions are the units that may carry a line, as they are today: what the person may see, by kind.
func (p *Pages) parentOptions(r *web.Request, line Line, but int64) ([]ui.Option, error) {
	f, err := p.forest(r, line, p.Today())
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, k := range kindList {
		if line == Party && !k.Party || line != Party && !k.Place {
			continue
		}
		for _, u := range sortedUnits(f.Units) {
			if u.Kind == k.Code && u.ID != but {
				out = append(out, ui.Option{Value: number(u.ID), Text: u.Label(), Group: k.Title})
			}
		}
	}
	return out, nil
}

// mayAll asks for a power over each of several units.
func (p *Pages) mayAll(r *web.Request, act string, units []int64) (d access.Decision, err error) {
	for _, u := range units {
		if d, err = p.May(r, act, u); err != nil {
			return d, err
		}
	}
	return d, nil
}
