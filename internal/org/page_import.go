package org

import (
	"context"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web/ui"
)

// The codes of the kinds of register.
const (
	kindParty        = "party"
	kindInstitutions = "institutions"
)

// units is the import of registers of units.
func (p *Pages) units() intake.Register {
	return intake.Register{Path: importPath, Title: "批量导入组织", List: ui.Link{Text: "组织机构", Href: treePath},
		Act: access.OrgEdit, Denied: "您的职务不能导入组织。", Mask: p.Mask, Read: p.readUnits,
		Kinds: []intake.Kind{
			{Code: kindParty, Title: "党组织信息采集表", Help: "党委、党总支、党支部，上级可以在同一张表里", Layout: partyLayout},
			{Code: kindInstitutions, Title: "区域和机构一览表", Help: "村、社区、小组、村（居）委会、监委会、合作社等", Layout: institutionLayout}},
		Day: intake.Day{Label: "表格截至日期", Help: "没有填成立日期的组织，从这一天起算。"}}
}

func (p *Pages) readUnits(ctx context.Context, in intake.Input) (intake.Reading, error) {
	read := PreviewParty
	if in.Kind == kindInstitutions {
		read = PreviewInstitutions
	}
	preview, plan, err := read(ctx, p.DB, p.Town, in.Book, in.On)
	if err != nil {
		return intake.Reading{}, err
	}
	x := unitPlan{plan: plan, above: map[int][]int64{}}
	names, err := LoadNames(ctx, p.DB, p.Town, in.On)
	if err != nil {
		return intake.Reading{}, err
	}
	first, err := p.Units(ctx) // what hangs on nothing that is known takes the power over the whole street
	if err != nil {
		return intake.Reading{}, err
	}
	file := map[string]UnitEntry{}
	for _, e := range plan.Rows { // parents first
		x.above[e.Row] = above(names, file, x.above, e)
		if len(x.above[e.Row]) == 0 {
			x.above[e.Row] = first
		}
		for _, n := range []string{e.Unit.Name, e.Unit.Short} {
			if n != "" {
				file[plainName(n)] = e
			}
		}
	}
	return intake.Reading{Preview: preview, Plan: x}, nil
}

// above are the units that exist and below which a row hangs, through other rows of its file where it must be.
func above(names *Names, file map[string]UnitEntry, known map[int][]int64, e UnitEntry) (units []int64) {
	for _, line := range lineOrder {
		name := e.Parents[line]
		if name == "" {
			continue
		}
		if up, ok := file[plainName(name)]; ok {
			units = append(units, known[up.Row]...)
			continue
		}
		for _, u := range names.Find(name, func(u UnitRow) bool { return line == Party && u.IsParty() || line != Party && u.IsPlace() }) {
			units = append(units, u.ID)
		}
	}
	return units
}

// unitPlan shows a register of units at the desk, parents before children.
type unitPlan struct {
	plan  *UnitPlan
	above map[int][]int64 // units over which a row takes power, by row
}

func (x unitPlan) Words() intake.Words { return intake.Rows("设立", "个组织") }

func (x unitPlan) Columns() []string {
	return []string{"行", "全称", "类别", "上级", "代码", "成立日期"}
}

func (x unitPlan) Len() int { return len(x.plan.Rows) }

func (x unitPlan) Item(i int) intake.Item {
	e := x.plan.Rows[i]
	item := intake.Item{Key: strconv.Itoa(e.Row), Row: e.Row}
	for _, u := range x.above[e.Row] {
		item.Needs = append(item.Needs, desk.Need{Act: access.OrgEdit, Unit: u})
	}
	return item
}

func (x unitPlan) Line(_ context.Context, i int) (intake.Line, error) {
	e := x.plan.Rows[i]
	parent := ""
	for _, line := range lineOrder {
		if name := e.Parents[line]; name != "" && parent == "" {
			parent = name
		}
	}
	return intake.Line{Tone: ui.Success, Outcome: "设立组织",
		Cells: []string{strconv.Itoa(e.Row), e.Unit.Name, kindTitle(e.Unit.Kind), parent, e.Unit.Code, string(e.Founded)}}, nil
}

func (x unitPlan) Seal(_ context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	wanted := intake.Chosen(x.plan.Rows, chosen, func(e UnitEntry) int { return e.Row })
	return func(ctx context.Context, w *journal.Writer) error { return x.plan.Record(ctx, w, wanted) }, nil
}

func (x unitPlan) Rest(chosen []bool, _ journal.Receipt) intake.Plan {
	x.plan = &UnitPlan{On: x.plan.On, Rows: intake.Part(x.plan.Rows, chosen, false)}
	return x
}

// posts is the import of registers of who holds which office.
func (p *Pages) posts() intake.Register {
	return intake.Register{Path: officesImportPath, Title: "批量导入任职", List: ui.Link{Text: "组织机构", Href: treePath},
		Act: access.OfficeAppoint, Denied: "您的职务不能导入任职。", Mask: p.Mask, Read: p.readOffices,
		Kinds: []intake.Kind{{Code: "offices", Title: "任职情况表", Help: "单位、职务、任职人和起止日期，任职人须先登记过",
			Layout: func() *sheet.Layout { return officeLayout(idCheck(p.Today())) }}}}
}

func (p *Pages) readOffices(ctx context.Context, in intake.Input) (intake.Reading, error) {
	preview, plan, err := PreviewOffices(ctx, p.DB, p.Town, p.Numbers, in.Book, in.On)
	if err != nil {
		return intake.Reading{}, err
	}
	return intake.Reading{Preview: preview, Plan: officePlan{p, plan}}, nil
}

// officePlan shows a register of offices at the desk, in order of date.
type officePlan struct {
	p    *Pages
	plan *OfficePlan
}

func (x officePlan) Words() intake.Words { return intake.Rows("登记", "项任职") }

func (x officePlan) Columns() []string {
	return []string{"行", "姓名", "单位", "职务", "任职日期", "任期届满", "离任日期"}
}

func (x officePlan) Len() int { return len(x.plan.Rows) }

func (x officePlan) Item(i int) intake.Item {
	e := x.plan.Rows[i]
	return intake.Item{Key: strconv.Itoa(e.Row), Row: e.Row, Needs: []desk.Need{{Act: access.OfficeAppoint, Unit: e.Office.Unit, Person: e.Office.Person}}}
}

func (x officePlan) Line(ctx context.Context, i int) (intake.Line, error) {
	e := x.plan.Rows[i]
	unit, err := x.p.Name(ctx, x.p.DB, e.Office.Unit)
	until := ""
	if e.Office.Until != "" {
		until = string(e.Office.Until.AddDays(-1))
	}
	line := intake.Line{Tone: ui.Success, Outcome: "登记任职",
		Cells: []string{strconv.Itoa(e.Row), e.Name, unit, roleTitle(e.Office.Role), string(e.From), until, string(e.Left)}}
	if e.Left != "" {
		line.Outcome = "登记任职和离任"
	}
	return line, err
}

func (x officePlan) Seal(_ context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	part := &OfficePlan{Rows: intake.Part(x.plan.Rows, chosen, true)}
	return func(ctx context.Context, w *journal.Writer) error { return part.Record(ctx, w, x.p.Numbers, "", "") }, nil
}

func (x officePlan) Rest(chosen []bool, _ journal.Receipt) intake.Plan {
	return officePlan{x.p, &OfficePlan{Rows: intake.Part(x.plan.Rows, chosen, false)}}
}
