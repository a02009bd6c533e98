package member

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/people"
	"cunju/internal/web/ui"
)

// rosterPlan shows a roster's rows at the desk.
type rosterPlan struct {
	p    *Pages
	plan *RosterPlan
}

func (x rosterPlan) Words() intake.Words {
	w := intake.Rows("登记", "名党员")
	w.Head = "核对导入（" + x.plan.How.Chinese() + "）"
	return w
}

func (x rosterPlan) Columns() []string {
	return []string{"行", "姓名", "性别", "公民身份号码", "所在支部", "类别", "入党日期"}
}

func (x rosterPlan) Len() int { return len(x.plan.Rows) }

func (x rosterPlan) Item(i int) intake.Item {
	r := x.plan.Rows[i]
	return intake.Item{Key: strconv.Itoa(r.Row), Row: r.Row, Needs: []desk.Need{{Act: access.MemberImport, Unit: r.Enter.Branch}}}
}

func (x rosterPlan) Line(ctx context.Context, i int) (intake.Line, error) {
	r := x.plan.Rows[i]
	branch, err := x.p.Name(ctx, x.p.DB, r.Enter.Branch)
	line := intake.Line{Tone: ui.Success, Outcome: "登记人员和党籍", Cells: []string{strconv.Itoa(r.Row), r.Details.Name, r.Details.Sex,
		people.MaskCell("id_number", r.Details.IDNumber), branch, r.Enter.Category.Chinese(), string(r.Enter.Admitted)}}
	if r.Person != 0 {
		line.Tone, line.Outcome = ui.Info, "登记党籍（人员已有）"
	}
	return line, err
}

func (x rosterPlan) Seal(ctx context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	batch, err := x.plan.Seal(ctx, x.p.Vault, intake.Chosen(x.plan.Rows, chosen, func(r RosterRow) int { return r.Row }))
	if err != nil {
		return nil, err
	}
	return batch.Record, nil
}

func (x rosterPlan) Rest(chosen []bool, _ journal.Receipt) intake.Plan {
	return rosterPlan{x.p, &RosterPlan{On: x.plan.On, How: x.plan.How, Rows: intake.Part(x.plan.Rows, chosen, false)}}
}

// cellPlan shows the changed cells of a list at the desk.
type cellPlan struct {
	p        *Pages
	plan     *ChangePlan
	clean    bool // the file says nothing new
	branches map[int64]int64
}

// identity are the columns by which a person is known: to change them takes the power over persons.
var identity = []string{"name", "sex", "birth", "id_number"}

func (x cellPlan) Words() intake.Words {
	w := intake.Words{Head: "核对改动", Unit: "处", Do: "记录", Table: "改动", Ready: "可以直接记录", Apart: "两边都改过", Bad: "没有读取",
		Empty: ui.EmptyProps{Icon: "circle-check", Title: "没有要改的", Text: "表里的内容与现在的记录一致。"},
		Done:  func(n int) string { return fmt.Sprintf("已记录 %d 处改动。", n) }}
	if x.clean {
		w.Sum = "与现在的记录完全一致，没有要改的。"
	}
	return w
}

func (x cellPlan) Columns() []string {
	return []string{"单元格", "姓名", "栏目", "导出时", "现在的", "表里的"}
}

func (x cellPlan) Len() int { return len(x.plan.Cells) }

func (x cellPlan) Item(i int) intake.Item {
	c := x.plan.Cells[i]
	act := access.MemberImport
	if slices.Contains(identity, c.Column) {
		act = access.PeopleEdit
	}
	return intake.Item{Key: c.Address, Row: c.Row, Apart: c.Conflict, Needs: []desk.Need{{Act: act, Unit: x.branches[c.Member], Person: c.Person}}}
}

func (x cellPlan) Line(_ context.Context, i int) (intake.Line, error) {
	c := x.plan.Cells[i]
	line := intake.Line{Href: memberPath(c.Member), Tone: ui.Success, Outcome: "可以记录", Cells: []string{c.Address, c.Name, c.Title,
		maskChange(c.Column, c.Base), maskChange(c.Column, c.Now), maskChange(c.Column, c.Value)}}
	if c.Conflict {
		line.Tone, line.Outcome = ui.Warn, "两边都改过"
	}
	return line, nil
}

func (x cellPlan) Seal(_ context.Context, chosen []bool) (func(context.Context, *journal.Writer) error, error) {
	wanted := intake.Chosen(x.plan.Cells, chosen, func(c CellChange) string { return c.Address })
	return func(ctx context.Context, w *journal.Writer) error {
		return x.plan.Record(ctx, w, x.p.Vault, w.Today(), func(c CellChange) bool { return wanted(c.Address) })
	}, nil
}

// Rest keeps the cells that were not chosen. The acts just recorded are then known: they are the clerk's own.
func (x cellPlan) Rest(chosen []bool, done journal.Receipt) intake.Plan {
	left := &ChangePlan{Full: x.plan.Full, Seen: x.plan.Seen}
	for i, c := range x.plan.Cells {
		if chosen[i] {
			left.Seen[c.Member] = done.Last
		} else {
			left.Cells = append(left.Cells, c)
		}
	}
	x.plan = left
	return x
}
