package people

import (
	"context"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// homes is the import of registers of households.
func (p *Pages) homes() intake.Register {
	return intake.Register{Path: householdsPath + "/import", Title: "批量导入住户", List: ui.Link{Text: "住户名册", Href: householdsPath},
		Act: access.PeopleEdit, Denied: "您的职务不能导入住户。", Mask: MaskCell, Read: p.readHomes,
		Kinds: []intake.Kind{{Code: "households", Title: "住户登记表", Help: "一人一行，同一户号的人是一户",
			Layout: func() *sheet.Layout { return householdLayout(p.Today(), nil) }}},
		Fields: []intake.Field{{Name: "unit", Label: "没有写明村居的行，属于", Help: "表里有“所属村居”一栏的可以空着。", Options: p.villages}},
		Day:    intake.Day{Label: "表格截至日期", Help: "从这一天起登记住在这里。"}}
}

// villages are the villages and communities for which the person may register.
func (p *Pages) villages(r *web.Request) ([]ui.Option, error) {
	var out []ui.Option
	for _, a := range p.Anchors(r, access.PeopleEdit) {
		list, err := places(r.Context(), p.DB, p.Town, a, p.Today())
		if err != nil {
			return nil, err
		}
		for _, u := range list {
			if u.Kind == "village" || u.Kind == "community" {
				out = append(out, ui.Option{Value: strconv.FormatInt(u.ID, 10), Text: u.Name})
			}
		}
	}
	return out, nil
}

func (p *Pages) readHomes(ctx context.Context, in intake.Input) (intake.Reading, error) {
	opt := HouseholdOptions{On: in.On, Unit: -1, Progress: in.Progress}
	if v := in.Values["unit"]; v != "" {
		var err error
		if opt.Unit, err = strconv.ParseInt(v, 10, 64); err != nil {
			return intake.Reading{}, err
		}
	}
	preview, plan, err := PreviewHouseholds(ctx, p.DB, p.Vault, in.Book, opt)
	if err != nil {
		return intake.Reading{}, err
	}
	return intake.Reading{Preview: preview, Plan: homePlan{p, plan}}, nil
}

// homePlan shows a register of households at the desk, a person a row.
type homePlan struct {
	p    *Pages
	plan *HouseholdPlan
}

func (x homePlan) Words() intake.Words { return intake.Rows("登记", "人") }

func (x homePlan) Columns() []string {
	return []string{"行", "姓名", "户号", "与户主关系", "公民身份号码", "所在村居、小组"}
}

func (x homePlan) Len() int { return len(x.plan.Rows) }

func (x homePlan) Item(i int) intake.Item {
	e := x.plan.Rows[i]
	return intake.Item{Key: strconv.Itoa(e.Row), Row: e.Row, Needs: []desk.Need{{Act: access.PeopleEdit, Unit: e.Unit}}}
}

func (x homePlan) Line(ctx context.Context, i int) (intake.Line, error) {
	e := x.plan.Rows[i]
	unit, err := x.p.Name(ctx, x.p.DB, e.Unit)
	line := intake.Line{Tone: ui.Success, Outcome: "登记人员和住户",
		Cells: []string{strconv.Itoa(e.Row), e.Details.Name, e.Household, e.Relation, MaskCell("id_number", e.Details.IDNumber), unit}}
	switch {
	case e.Home != 0:
		line.Tone, line.Outcome = ui.Info, fmt.Sprintf("补入第 %d 号住户", e.Home)
	case e.Person != 0:
		line.Tone, line.Outcome = ui.Info, "登记住户（人员已有）"
	}
	return line, err
}

func (x homePlan) Seal(ctx context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	batch, err := x.plan.Seal(ctx, x.p.Vault, intake.Chosen(x.plan.Rows, chosen, func(e ResidentEntry) int { return e.Row }))
	if err != nil {
		return nil, err
	}
	return batch.Record, nil
}

func (x homePlan) Rest(chosen []bool, _ journal.Receipt) intake.Plan {
	return homePlan{x.p, &HouseholdPlan{On: x.plan.On, Rows: intake.Part(x.plan.Rows, chosen, false)}}
}

// MaskCell shows a cell of a sheet as the desk may see it, by the key of its column.
func MaskCell(column, value string) string {
	field := map[string]keyring.Field{"name": keyring.Name, "id_number": keyring.IDNumber, "phone": keyring.Phone, "birth": keyring.Birth,
		"residence": keyring.Address, "address": keyring.Address, "hukou": keyring.Address}[column]
	return keyring.Show(keyring.FaceDesk, field, value)
}
