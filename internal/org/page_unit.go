package org

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// seen is a unit as its pages work with it.
type seen struct {
	ID int64
	*Unit
	Via access.Decision
}

// Last is the name the unit bears today, or bore at its end.
func (s seen) Last() string { return s.Name().Name }

// one reads the unit of the path and checks the power.
func (p *Pages) one(r *web.Request, act string) (seen, error) {
	id, err := r.PathID("id")
	if err != nil {
		return seen{}, err
	}
	return p.load(r, id, act)
}

// load reads a unit and checks the power over it.
func (p *Pages) load(r *web.Request, id int64, act string) (seen, error) {
	s := seen{ID: id}
	if _, err := Find(r.Context(), p.DB, p.Town, id); db.Kind(err) == db.NotFound {
		return s, web.NotFound("没有这个组织。")
	} else if err != nil {
		return s, err
	}
	u, ok, err := journal.StateOf[Unit](r.Context(), p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil {
		return s, err
	}
	if !ok {
		return s, web.NotFound("没有这个组织。")
	}
	s.Unit = u
	s.Via, err = p.May(r, act, id)
	return s, err
}

func (p *Pages) unit(r *web.Request) (web.Response, error) {
	s, err := p.one(r, access.OrgRead)
	if err != nil {
		return web.Response{}, err
	}
	on := p.Day(r)
	name := nameOn(s.Names, on).Name
	frame, err := p.Desk(r, desk.Frame{Title: name, Active: treePath, AsOf: true, Crumbs: []ui.Link{{Text: "组织机构", Href: treePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := unitProps{Frame: frame, ID: s.ID, Name: name, On: on, Sub: kindTitle(s.Kind) + " · 第 " + number(s.ID) + " 号组织"}
	switch {
	case on < s.Life.From:
		props.Note = "这一天它还没有设立。下面是它设立后的情况。"
	case s.Life.To <= on:
		props.Note = "它已于" + s.Life.To.Chinese() + "撤销。名称、隶属和任职照旧保存，可以把“数据截至”改到撤销以前查看。"
	case name != s.Last():
		props.Note = "这是当时的名称，今名“" + s.Last() + "”。"
	}
	if props.Facts, err = p.facts(r, s, on); err != nil {
		return web.Response{}, err
	}
	for i := len(s.Names) - 2; i >= 0; i-- {
		props.Names = append(props.Names, s.Names[i])
	}
	if props.Parents, err = p.parentRows(r, s); err != nil {
		return web.Response{}, err
	}
	if props.Children, err = children(r.Context(), p.DB, p.Town, s.ID, on); err != nil {
		return web.Response{}, err
	}
	if props.Offices, err = p.holders(r, s.ID, on); err != nil {
		return web.Response{}, err
	}
	former, err := formerOffices(r.Context(), p.DB, p.Town, s.ID, on)
	if err != nil {
		return web.Response{}, err
	}
	if props.Former, err = p.named(r, former, on); err != nil {
		return web.Response{}, err
	}
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, s.ID)
	if err != nil {
		return web.Response{}, err
	}
	props.Verdicts = desk.Panel(acts[0].Verdicts)
	fixes, err := p.Fixes(r, acts)
	if err != nil {
		return web.Response{}, err
	}
	props.Fixes = desk.InForce(fixes)
	if props.Acts, err = p.story(r, acts); err != nil {
		return web.Response{}, err
	}
	if on == p.Today() && s.Life.Has(on) {
		props.MayEdit = p.Can(r, access.OrgEdit, s.ID, 0, 0)
		props.MayAppoint = p.Can(r, access.OfficeAppoint, s.ID, 0, 0)
		for i, o := range props.Offices {
			if props.MayAppoint && p.Can(r, access.OfficeAppoint, s.ID, o.Person, 0) {
				props.Offices[i].Leave = fmt.Sprintf("/desk/offices/%d/leave", o.ID)
			}
		}
	}
	props.Day = func(id int64) string { return unitDay(id, on, p.Today()) }
	return web.Render(unitPage(props)), nil
}

// facts are the unit's particulars on a day.
func (p *Pages) facts(r *web.Request, s seen, on calendar.Date) ([]ui.KV, error) {
	name := nameOn(s.Names, on)
	kv := []ui.KV{{Key: "全称", Value: name.Name, Wide: true}, {Key: "简称", Value: name.Short}, {Key: "类别", Value: kindTitle(s.Kind)},
		{Key: "代码", Value: s.Code}, {Key: "办公电话", Value: s.Contact}, {Key: "存续", Value: period(s.Life)}}
	if power := powerTitles[kinds[s.Kind].Power]; power != "" {
		kv = append(kv, ui.KV{Key: "职能", Value: power})
	}
	if p.Counts != nil {
		counts, err := p.Counts(r.Context(), on)
		if err != nil {
			return nil, err
		}
		if n, ok := counts[s.ID]; ok {
			kv = append(kv, ui.KV{Key: "党员（含下级）", Value: fmt.Sprintf("%d 人", n)})
		}
	}
	if s.Note != "" {
		kv = append(kv, ui.KV{Key: "说明", Value: s.Note, Wide: true})
	}
	return kv, nil
}

// parentRow is one superior on one line with its dates.
type parentRow struct {
	ParentSpan
	Name string
}

// parentRows lists the superiors, present ones first.
func (p *Pages) parentRows(r *web.Request, s seen) ([]parentRow, error) {
	out := make([]parentRow, len(s.Parents))
	for i, x := range s.Parents {
		name, err := p.Name(r.Context(), p.DB, x.Parent)
		if err != nil {
			return nil, err
		}
		out[i] = parentRow{x, name}
	}
	slices.SortStableFunc(out, func(a, b parentRow) int {
		if a.Line != b.Line {
			return slices.Index(lineOrder, a.Line) - slices.Index(lineOrder, b.Line)
		}
		if a.From > b.From {
			return -1
		}
		return 1
	})
	return out, nil
}

// story tells a unit's acts in words, the latest first.
func (p *Pages) story(r *web.Request, acts []journal.Act) ([]ui.Event, error) {
	out := p.Events(acts)
	for i, a := range acts {
		if a.By.System {
			out[i].Who = "系统"
		} else {
			name, err := p.Person(r.Context(), p.DB, a.By.Person)
			if err != nil {
				return nil, err
			}
			out[i].Who = name
		}
		what, err := p.told(r, a)
		if err != nil {
			return nil, err
		}
		if what != "" {
			out[i].Text = what + "；" + out[i].Text
		}
	}
	slices.Reverse(out)
	return out, nil
}

// told is what an act said, in one phrase.
func (p *Pages) told(r *web.Request, a journal.Act) (what string, err error) {
	var b struct {
		Name   string
		Reason string
		Line   Line
		Parent int64
	}
	if a.Erased {
		return "", nil
	}
	if err := json.Unmarshal(a.Body, &b); err != nil {
		return "", err
	}
	switch a.Kind {
	case KindEstablish.Name:
		return b.Name, nil
	case KindRename.Name:
		return "更名为“" + b.Name + "”", nil
	case KindDissolve.Name, journal.Correct.Name, journal.Void.Name:
		return b.Reason, nil
	case KindAttach.Name:
		if b.Parent < 0 {
			return "退出" + lineTitles[b.Line] + "线", nil
		}
		name, err := p.Name(r.Context(), p.DB, b.Parent)
		return lineTitles[b.Line] + "线改属“" + name + "”", err
	}
	return "", nil
}

// unitActions are the buttons of a unit's page.
func unitActions(p unitProps) []templ.Component {
	var out []templ.Component
	if p.MayAppoint {
		out = append(out, ui.LinkButton(ui.Primary, "user-plus", "登记任职", unitPath(p.ID)+"/appoint"))
	}
	if p.MayEdit {
		out = append(out, ui.LinkButton(ui.Secondary, "pencil", "更名", unitPath(p.ID)+"/rename"),
			ui.LinkButton(ui.Secondary, "arrows-exchange", "调整隶属", unitPath(p.ID)+"/attach"),
			ui.LinkButton(ui.Secondary, "ban", "撤销", unitPath(p.ID)+"/dissolve"))
	}
	return out
}

// treeActions are the buttons of the tree's page.
func treeActions(p treeProps) []templ.Component {
	out := []templ.Component{ui.LinkButton(ui.Secondary, "printer", "打印 A4", p.Print), ui.LinkButton(ui.Secondary, "printer", "打印 A3", p.Print+"&paper=a3")}
	if p.MayImport {
		out = append(out, ui.LinkButton(ui.Secondary, "file-import", "导入组织", importPath))
	}
	if p.MayAppoint {
		out = append(out, ui.LinkButton(ui.Secondary, "file-import", "导入任职", officesImportPath))
	}
	if p.MayExport {
		out = append(out, ui.LinkButton(ui.Secondary, "download", "导出", "/desk/org/export"))
	}
	if p.MayEdit {
		out = append(out, ui.LinkButton(ui.Primary, "plus", "设立组织", "/desk/org/new"))
	}
	return out
}
