package org

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// record hands an act on a unit, or on one of its offices, to the journal and answers with the unit's page, or shows the form again.
func (p *Pages) record(r *web.Request, s seen, entity int64, f *web.Form, what string, labels map[string]string,
	decide func(ctx context.Context, w *journal.Writer) error, again func(*desk.Obstacle) (web.Response, error)) (web.Response, error) {
	known, err := seenOf(f)
	if err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return again(nil)
	}
	receipt, err := p.Record(r, desk.Deed{Via: s.Via, Seen: map[int64]int64{entity: known}, Decide: decide})
	if err != nil {
		o, err := p.Obstacle(r, f, err, labels)
		if err != nil {
			return web.Response{}, err
		}
		return again(o)
	}
	return p.done(r, what, receipt, unitPath(s.ID)), nil
}

func (p *Pages) renameForm(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	name := s.Name()
	return p.showRename(r, s, web.NewForm("name", name.Name, "short", name.Short, "effective", string(p.Today())), nil)
}

func (p *Pages) showRename(r *web.Request, s seen, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props, err := p.frame(r, "更名", s.ID, s.Last(), unitPath(s.ID)+"/rename", unitPath(s.ID), f, o,
		"原来的名称不会消失：查看更名以前的日期，看到的还是当时的名称。", "更名不改变编号、隶属、任职和党员。")
	if err != nil {
		return web.Response{}, err
	}
	return answer(props, renamePage(props)), nil
}

func (p *Pages) rename(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Rename{Name: f.Required("name", "新的全称", 60), Short: f.Text("short", "新的简称", 60)}
	on := f.Date("effective", "生效日期", true)
	return p.record(r, s, s.ID, f, "已更名为“"+b.Name+"”", map[string]string{"name": "新的全称", "short": "新的简称", "effective": "生效日期"},
		func(ctx context.Context, w *journal.Writer) error {
			_, err := GiveName(ctx, w, s.ID, b, on)
			return err
		}, func(o *desk.Obstacle) (web.Response, error) { return p.showRename(r, s, f, o) })
}

// attachProps is the form of another superior.
type attachProps struct {
	formProps
	Now     []parentRow
	Options []ui.Option
}

func (p *Pages) attachForm(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	return p.showAttach(r, s, web.NewForm("effective", string(p.Today())), nil)
}

func (p *Pages) showAttach(r *web.Request, s seen, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	form, err := p.frame(r, "调整隶属", s.ID, s.Last(), unitPath(s.ID)+"/attach", unitPath(s.ID), f, o,
		"每条隶属线各有一个上级，一次调整一条线。", "下级组织随它一起走；以前的隶属照旧可查。",
		"提交以后先列出一起变动的党员、住户、任职和在办事项，以及职权的变化，看过再办理。")
	if err != nil {
		return web.Response{}, err
	}
	props := attachProps{formProps: form}
	if props.Options, err = p.attachOptions(r, s); err != nil {
		return web.Response{}, err
	}
	if props.Now, err = p.parentRows(r, s); err != nil {
		return web.Response{}, err
	}
	return answer(form, attachPage(props)), nil
}

// attachOptions are the superiors to choose from, "line/unit", and for each line on which it has one, to leave it.
func (p *Pages) attachOptions(r *web.Request, s seen) ([]ui.Option, error) {
	var out []ui.Option
	for _, line := range lineOrder {
		if line == Party && !kinds[s.Kind].Party {
			continue
		}
		units, err := p.parentOptions(r, line, s.ID)
		if err != nil {
			return nil, err
		}
		group := lineTitles[line] + "线"
		for _, u := range units {
			out = append(out, ui.Option{Value: string(line) + "/" + u.Value, Text: u.Text, Group: group})
		}
		if s.ParentOn(line, p.Today()) >= 0 {
			out = append(out, ui.Option{Value: string(line) + "/-1", Text: "退出" + group, Group: group})
		}
	}
	return out, nil
}

func (p *Pages) attach(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	options, err := p.attachOptions(r, s)
	if err != nil {
		return web.Response{}, err
	}
	on := f.Date("effective", "生效日期", true)
	line, unit, _ := strings.Cut(f.Choice("parent", "新的上级", true, codesOf(options)...), "/")
	b := Attach{Line: Line(line), Parent: -1, Reason: f.Text("reason", "原因和依据", 300)}
	if f.OK() {
		if b.Parent, err = strconv.ParseInt(unit, 10, 64); err != nil {
			return web.Response{}, err
		}
		if b.Parent >= 0 {
			if _, err := p.May(r, access.OrgEdit, b.Parent); err != nil {
				return web.Response{}, err
			}
		}
	}
	return p.record(r, s, s.ID, f, "已调整隶属", map[string]string{"parent": "新的上级", "line": "新的上级", "effective": "生效日期"},
		func(ctx context.Context, w *journal.Writer) error {
			_, err := putUnder(ctx, w, s.ID, b, on, p.Affected)
			return err
		}, func(o *desk.Obstacle) (web.Response, error) { return p.showAttach(r, s, f, o) })
}

func (p *Pages) dissolveForm(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	return p.showDissolve(r, s, web.NewForm("effective", string(p.Today())), nil)
}

func (p *Pages) showDissolve(r *web.Request, s seen, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	below, err := children(r.Context(), p.DB, p.Town, s.ID, p.Today())
	if err != nil {
		return web.Response{}, err
	}
	held, err := OfficesIn(r.Context(), p.DB, p.Town, s.ID, p.Today())
	if err != nil {
		return web.Response{}, err
	}
	help := []string{"撤销之后，它的名称、隶属、任职和经过都照旧可查。"}
	if len(below)+len(held) > 0 {
		help = append(help, fmt.Sprintf("它现在有 %d 个下级组织、%d 项任职。要先调整隶属、办理离任，才能撤销。", len(below), len(held)))
	}
	props, err := p.frame(r, "撤销组织", s.ID, s.Last(), unitPath(s.ID)+"/dissolve", unitPath(s.ID), f, o, help...)
	if err != nil {
		return web.Response{}, err
	}
	return answer(props, dissolvePage(props)), nil
}

func (p *Pages) dissolve(r *web.Request) (web.Response, error) {
	s, err := p.living(r, access.OrgEdit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Dissolve{Reason: f.Required("reason", "撤销原因和依据", 300)}
	on := f.Date("effective", "撤销日期", true)
	if f.OK() && on <= s.Life.From {
		f.Fail("effective", "撤销日期", "应晚于设立日期（"+s.Life.From.Chinese()+"）")
	}
	return p.record(r, s, s.ID, f, "已撤销", map[string]string{"reason": "撤销原因和依据", "effective": "撤销日期"},
		func(ctx context.Context, w *journal.Writer) error {
			_, err := WindUp(ctx, w, s.ID, b, on)
			return err
		}, func(o *desk.Obstacle) (web.Response, error) { return p.showDissolve(r, s, f, o) })
}

// lastDay turns the last day of a term, as people write it, into the first day after it.
func lastDay(d calendar.Date) calendar.Date {
	if d == "" {
		return ""
	}
	return d.AddDays(1)
}
