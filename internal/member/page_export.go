package member

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// pastMost is the largest roster of a past day that goes out: each member's acts are folded for it.
const pastMost = 5000

// maskedReason stands in the view log for a file without whole numbers when nothing else was said.
const maskedReason = "导出台账（号码已隐去）"

// exportProps is the form of an export.
type exportProps struct {
	Frame  ui.DeskProps
	Form   *web.Form
	Key    ui.Param
	Unit   org.UnitRow
	Day    calendar.Date
	Past   bool
	Count  int64
	Reveal bool // the person may take whole numbers away
}

// exportCase is what an export is about.
type exportCase struct {
	unit org.UnitRow
	day  calendar.Date
	via  access.Decision
}

// exportCase reads unit and day, from the address or the form, and checks the power.
func (p *Pages) exportCase(r *web.Request, value func(string) string) (c exportCase, err error) {
	c.day = p.Today()
	if s := value("asof"); s != "" {
		d, err := calendar.Parse(s)
		if err != nil {
			return c, web.NotFound("日期“" + s + "”看不懂，没有导出。请写成 2026-06-30 这样。")
		}
		if d > c.day {
			return c, web.NotFound(d.Chinese() + "还没有到，没有导出。请选今天或以前的日期。")
		}
		c.day = d
	}
	unit, err := strconv.ParseInt(value("unit"), 10, 64)
	if value("unit") == "" {
		t, err := p.treeOf(r, access.SheetExport, c.day)
		if err != nil {
			return c, err
		}
		if len(t.roots) == 0 {
			return c, web.NotFound("在 " + c.day.Chinese() + "，您的职务范围内还没有党组织。")
		}
		unit = t.roots[0]
	} else if err != nil {
		return c, web.NotFound("没有这个党组织。")
	}
	if c.via, err = p.May(r, access.SheetExport, unit); err != nil {
		return c, err
	}
	if _, err := p.May(r, access.MemberRead, unit); err != nil { // a power over other registers does not open this one
		return c, err
	}
	c.unit, err = org.Find(r.Context(), p.DB, p.Town, unit)
	return c, err
}

func (p *Pages) exportForm(r *web.Request) (web.Response, error) {
	c, err := p.exportCase(r, r.Query)
	if err != nil {
		return web.Response{}, err
	}
	return p.showExport(r, c, web.NewForm("what", "masked", "form", string(Form29)))
}

func (p *Pages) showExport(r *web.Request, c exportCase, f *web.Form) (web.Response, error) {
	full, probationary, err := Count(r.Context(), p.DB, p.Town, c.unit.ID, c.day)
	if err != nil {
		return web.Response{}, err
	}
	props := exportProps{Form: f, Key: r.KeyParam(), Unit: c.unit, Day: c.day, Past: c.day != p.Today(), Count: full + probationary,
		Reveal: p.Can(r, access.PeopleReveal, c.unit.ID, 0, 0)}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "导出台账", Active: listPath, Crumbs: crumbs()}); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, nil, exportPage(props)), nil
}

// export gives the file, after the view log knows of it.
func (p *Pages) export(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	c, err := p.exportCase(r, f.Value)
	if err != nil {
		return web.Response{}, err
	}
	ids := f.IDs("id", "所选党员", web.Optional, listPage)
	opt := ExportOptions{Form: Form29, Unit: c.unit.ID, On: c.day, Secret: ExportSecret(p.Vault), Book: p.Journal.Book()}
	if f.Value("form") == string(FormVillage) {
		opt.Form = FormVillage
	}
	opt.Full = f.Value("what") == "full"
	reason := f.Text("reason", "导出原因", 200)
	if opt.Full {
		if _, err := p.May(r, access.PeopleReveal, c.unit.ID); err != nil {
			return web.Response{}, err
		}
		if reason == "" {
			f.Fail("reason", "导出原因", "导出完整号码必须填写原因；本人可以看到")
		}
	}
	if !f.OK() {
		return p.showExport(r, c, f)
	}
	if opt.Past = c.day != p.Today(); opt.Past {
		if err := p.notTooMany(r.Context(), opt); err != nil {
			return web.Response{}, err
		}
	}
	if len(ids) > 0 {
		opt.Only = ids
	}
	var file bytes.Buffer
	persons, err := ExportRoster(r.Context(), p.DB, p.Vault, &file, opt)
	if err != nil {
		return web.Response{}, err
	}
	if err := p.noteExport(r, c, opt.Full, reason, persons); err != nil {
		return web.Response{}, err
	}
	name := fmt.Sprintf("党员花名册_%s_%s.xlsx", c.unit.Label(), c.day)
	return web.File(name, web.XLSX, int64(file.Len()), &file, true), nil
}

// noteExport writes the view log: whole numbers are noted for each person, a masked file once with its number of persons.
func (p *Pages) noteExport(r *web.Request, c exportCase, full bool, reason string, persons []int64) error {
	v := access.View{Act: access.SheetExport, What: "党员花名册（完整号码）", Reason: reason}
	if full {
		return p.note(r, c.via, v.Each(persons)...)
	}
	v.What, v.Persons = "党员花名册（号码已隐去）", int64(len(persons))
	if reason == "" {
		v.Reason = maskedReason
	}
	return p.note(r, c.via, v)
}

// notTooMany refuses a past day's roster that would take too long while somebody waits for it; the command line has no such
// limit.
func (p *Pages) notTooMany(ctx context.Context, opt ExportOptions) error {
	full, probationary, err := Count(ctx, p.DB, p.Town, opt.Unit, opt.On)
	if err != nil || full+probationary <= pastMost {
		return err
	}
	e := web.Fail(422, fmt.Sprintf("这里当时有 %d 名党员，历史名册一次最多导出 %d 名。", full+probationary, pastMost))
	e.Kept, e.Do = "没有生成文件。", "请到下一级党组织分别导出，或请管理员用 cunju export 命令导出。"
	return e
}
