package member

import (
	"context"
	"slices"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk/intake"
	"cunju/internal/people"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// The codes of the kinds of roster.
const (
	kindRoster  = "roster29"
	kindVillage = "village-roster"
)

// rosters is the import of rosters: who is on them, and what they say anew of those who are.
func (p *Pages) rosters() intake.Register {
	return intake.Register{Path: importPath, Title: "批量导入党员", List: ui.Link{Text: "党员名册", Href: listPath},
		Act: access.MemberImport, Denied: "您的职务不能批量导入党员。", Mask: people.MaskCell, Read: p.readRoster,
		Kinds: []intake.Kind{
			{Code: kindRoster, Title: "党员花名册（29 列）", Help: "组织部门系统导出的格式；只有姓名、号码、类别、支部、入党日期也可以。新的人从这里登记",
				Layout: func() *sheet.Layout { return layouts.Roster29(layouts.Checks{}) }},
			{Code: kindVillage, Title: "村（居）党员名册", Help: "没有身份号码的常用名册：按姓名和支部对上已在册的党员，补充电话和入党日期",
				Layout: func() *sheet.Layout { return layouts.VillageRoster(layouts.Checks{}) }}},
		Fields: []intake.Field{{Name: "how", Label: "登记方式", Help: "表里的人怎样来到本街道的名册。", Need: web.Needed, Default: string(Opening),
			Options: func(*web.Request) ([]ui.Option, error) { return waysInOptions(), nil }}},
		Day: intake.Day{Label: "花名册截至日期", Help: "从这一天起计入各支部。"}}
}

// readRoster reads a roster, a village's list, or an export that came back: of that only what was changed in it is proposed.
func (p *Pages) readRoster(ctx context.Context, in intake.Input) (intake.Reading, error) {
	opt := RosterOptions{On: in.On, How: How(in.Values["how"]), Progress: in.Progress}
	var read intake.Reading
	var changes *ChangePlan
	var err error
	switch _, own := sheet.IsExport(in.Book); {
	case own:
		var back *sheet.Back
		if back, changes, err = ReadBack(ctx, p.DB, p.Journal.Book(), p.Vault, in.Book, ExportSecret(p.Vault), p.Today()); err == nil {
			read.Preview = back.Preview
		}
	case in.Kind == kindVillage:
		read.Preview, changes, err = PreviewVillage(ctx, p.DB, p.Vault, in.Book, opt)
	default:
		var plan *RosterPlan
		if read.Preview, plan, err = PreviewRoster(ctx, p.DB, p.Vault, in.Book, opt); err == nil {
			read.Plan = rosterPlan{p, plan}
		}
	}
	if err == nil && changes != nil {
		read.Plan, err = p.cells(ctx, read.Preview, changes)
	}
	return read, err
}

// cells makes a plan of changed cells, with the branches whose power they take.
func (p *Pages) cells(ctx context.Context, v *sheet.Preview, changes *ChangePlan) (intake.Plan, error) {
	plan := cellPlan{p: p, plan: changes, clean: len(changes.Cells) == 0 && len(v.Problems) == 0, branches: map[int64]int64{}}
	for _, c := range changes.Cells {
		if _, ok := plan.branches[c.Member]; ok {
			continue
		}
		branch, err := db.One[int64](ctx, p.DB, `SELECT branch FROM member_record WHERE town = $1 AND id = $2`, p.Town, c.Member)
		if err != nil {
			return nil, err
		}
		plan.branches[c.Member] = branch
	}
	return plan, nil
}

// maskChange masks the columns that hold numbers and addresses.
func maskChange(column, value string) string {
	if slices.Contains(sealedColumns, column) {
		return people.MaskCell(column, value)
	}
	return value
}
