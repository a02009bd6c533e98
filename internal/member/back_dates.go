package member

import (
	"cmp"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/constitution"
	"cunju/internal/sheet"
)

// datedColumns are those whose values are held together.
var datedColumns = []string{"birth", "admitted", "full", offsetKey}

// judge names the cells of the plan whose days and years cannot be, or that a rule refuses, and takes all such cells of that
// member from the plan. What a rule warns of is told and stays. Now is the membership as it stands, with the person's birthday.
func (p *ChangePlan) judge(preview *sheet.Preview, local law.Settings, on calendar.Date, now func(member int64) (*Member, calendar.Date, error)) error {
	dated := map[int64][]CellChange{}
	var order []int64
	for _, c := range p.Cells {
		if !slices.Contains(datedColumns, c.Column) {
			continue
		}
		if dated[c.Member] == nil {
			order = append(order, c.Member)
		}
		dated[c.Member] = append(dated[c.Member], c)
	}
	for _, id := range order {
		m, birth, err := now(id)
		if err != nil {
			return err
		}
		if !tellDates(preview, local, dated[id], m, birth, on) {
			p.Cells = slices.DeleteFunc(p.Cells, func(c CellChange) bool {
				return c.Member == id && slices.Contains(datedColumns, c.Column)
			})
		}
	}
	return nil
}

// tellDates reports on one member's cells; false when they cannot be recorded.
func tellDates(preview *sheet.Preview, local law.Settings, cells []CellChange, m *Member, birth, on calendar.Date) bool {
	var change Change
	for _, c := range cells {
		if c.Column == "birth" {
			birth = calendar.Date(c.Value)
		} else {
			c.putMember(&change)
		}
	}
	at := func(column string) CellChange {
		for _, c := range cells {
			if c.Column == column {
				return c
			}
		}
		return cells[0]
	}
	e, _ := m.with(change)
	if x := wrongEntry(e, birth, on); x != nil {
		fault(preview, at(x.field), "", sheet.Error, x.what+"。这一格的改动没有读取，请核对")
		return false
	}
	good := true
	for _, v := range entryVerdicts(e, birth, on, local.Entered(on)) {
		column := "full"
		if v.Rule == constitution.Age[0].ID {
			column = "admitted"
		}
		says := v.Given + "。" + v.Need + "（" + v.Cite() + "）"
		switch v.Outcome {
		case law.Refuse:
			fault(preview, at(column), v.Rule, sheet.Error, says+"，这一格的改动没有读取，请核对")
			good = false
		case law.Warn:
			fault(preview, at(column), v.Rule, sheet.Warning, cmp.Or(says, v.Note)+"，请核对")
		case law.Undecided:
			fault(preview, at(column), v.Rule, sheet.Warning, undecided(v)+"，请核对")
		}
	}
	return good
}

// fault reports a cell of a table that came back.
func fault(p *sheet.Preview, c CellChange, rule string, level sheet.Level, message string) {
	if level == sheet.Error {
		p.Errors++
	} else {
		p.Warnings++
	}
	p.Problems = append(p.Problems, sheet.Problem{Sheet: p.Match.Sheet, Address: c.Address, Row: c.Row, Column: c.Title, Value: c.Value, Rule: rule, Message: message, Level: level})
}
