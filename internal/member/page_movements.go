package member

import (
	"context"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/people"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web/ui"
)

// movements is the import of a register of movements: who came, was moved, went out or left.
func (p *Pages) movements() intake.Register {
	return intake.Register{Path: movementsPath, Title: "批量导入党员变动", List: ui.Link{Text: "党员名册", Href: listPath},
		Act: access.MemberEdit, Denied: "您的职务不能导入党员变动。", Mask: people.MaskCell, Read: p.readMovements,
		Kinds: []intake.Kind{{Code: "movements", Title: "党员变动登记表", Help: "发展、转正、转接、流动、减少，按日期逐条办理",
			Layout: func() *sheet.Layout { return movementLayout(p.Today(), nil) }}},
		Second: &intake.Second{Label: "新增党员花名册", Help: "变动表里有新发展、转入的人，而系统里还没有他们的资料时，把他们的花名册一起上传。",
			Blank: intake.Kind{Code: kindRoster, Title: "党员花名册（29 列）", Layout: func() *sheet.Layout { return layouts.Roster29(layouts.Checks{}) }}}}
}

// readMovements follows every member through the register. Faults in the roster of those who come are shown first.
func (p *Pages) readMovements(ctx context.Context, in intake.Input) (intake.Reading, error) {
	var arrivals *RosterPlan
	if in.Second != nil {
		preview, plan, err := PreviewRoster(ctx, p.DB, p.Vault, in.Second, RosterOptions{On: in.On, How: In, Progress: in.Progress})
		if err != nil {
			return intake.Reading{}, err
		}
		if preview.Errors > 0 {
			return intake.Reading{Preview: preview, Second: true}, nil
		}
		arrivals = plan
	}
	preview, plan, err := PreviewMovements(ctx, p.DB, p.Vault, in.Book, arrivals, in.On)
	if err != nil {
		return intake.Reading{}, err
	}
	return intake.Reading{Preview: preview, Plan: p.movementPlan(plan)}, nil
}

// movementPlan shows a register's lines at the desk, in order of date.
type movementPlan struct {
	p     *Pages
	plan  *MovementPlan
	after []string // key of the line before of the same person, "" when there is none
}

func (p *Pages) movementPlan(plan *MovementPlan) movementPlan {
	x := movementPlan{p, plan, make([]string, len(plan.Rows))}
	last := map[string]string{}
	for i, m := range plan.Rows {
		x.after[i] = last[m.Number]
		last[m.Number] = strconv.Itoa(m.Row)
	}
	return x
}

func (x movementPlan) Words() intake.Words { return intake.Rows("登记", "件变动") }

func (x movementPlan) Columns() []string {
	return []string{"行", "姓名", "日期", "事项", "公民身份号码", "原支部", "现支部或去向"}
}

func (x movementPlan) Len() int { return len(x.plan.Rows) }

// Item asks for the power over the branch where the member is, as the forms of single deeds do; of a move, over both branches; of
// who comes, over the branch that takes him in. Where the member is, the lines before have told: each rests on the one before it.
func (x movementPlan) Item(i int) intake.Item {
	m := x.plan.Rows[i]
	item := intake.Item{Key: strconv.Itoa(m.Row), Row: m.Row, After: x.after[i]}
	if entering[m.Step] == "" {
		item.Needs = append(item.Needs, desk.Need{Act: access.MemberEdit, Unit: m.At, Person: m.Person})
	}
	if entering[m.Step] != "" || m.Step == StepMove {
		item.Needs = append(item.Needs, desk.Need{Act: access.MemberEdit, Unit: m.Branch, Person: m.Person})
	}
	return item
}

func (x movementPlan) Line(ctx context.Context, i int) (intake.Line, error) {
	m := x.plan.Rows[i]
	to := m.To
	if m.Step == StepAway {
		to = m.place()
	}
	from := m.From
	if from == "" && m.At != 0 {
		var err error
		if from, err = x.p.Name(ctx, x.p.DB, m.At); err != nil {
			return intake.Line{}, err
		}
	}
	return intake.Line{Tone: ui.Success, Outcome: "登记" + string(m.Step),
		Cells: []string{strconv.Itoa(m.Row), m.Name, string(m.On), string(m.Step), people.MaskCell("id_number", m.Number), from, to}}, nil
}

func (x movementPlan) Seal(ctx context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	wanted := intake.Chosen(x.plan.Rows, chosen, func(m MovementRow) int { return m.Row })
	batch, err := x.plan.Seal(ctx, x.p.Vault, func(m MovementRow) bool { return wanted(m.Row) })
	if err != nil {
		return nil, err
	}
	return batch.Record, nil
}

func (x movementPlan) Rest(chosen []bool, _ journal.Receipt) intake.Plan {
	return x.p.movementPlan(&MovementPlan{Arrivals: x.plan.Arrivals, Rows: intake.Part(x.plan.Rows, chosen, false)})
}
