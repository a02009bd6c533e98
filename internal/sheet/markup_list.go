package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// listProblems fills the sheet that names every problem.
func listProblems(f *excelize.File, p *Preview) error {
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	titles := []string{"序号", "单元格", "栏目", "填写内容", "级别", "问题和改法", "依据"}
	if err := page(f, problemSheet, 3); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(problemSheet)
	if err != nil {
		return err
	}
	for i, w := range []float64{6, 9, 16, 24, 7, 70, 14} {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(frozen(3)); err != nil {
		return err
	}
	if err := sw.MergeCell("A1", "G1"); err != nil {
		return err
	}
	if err := sw.MergeCell("A2", "G2"); err != nil {
		return err
	}
	if err := sw.SetRow("A1", []any{excelize.Cell{StyleID: st.title, Value: problemSheet}}, excelize.RowOpts{Height: headHeight}); err != nil {
		return err
	}
	how := p.Summary() + "请在“" + p.Match.Sheet + "”里改正标成橙色的格子，保存后重新上传本文件。"
	if err := sw.SetRow("A2", []any{excelize.Cell{StyleID: st.note, Value: how}}, excelize.RowOpts{Height: headHeight}); err != nil {
		return err
	}
	var row []any
	for _, t := range titles {
		row = append(row, excelize.Cell{StyleID: st.head, Value: t})
	}
	if err := sw.SetRow("A3", row); err != nil {
		return err
	}
	for i, q := range p.Problems {
		level, style := "提醒", st.remark
		if q.Level == Error {
			level, style = "错误", st.fault
		}
		row = append(row[:0], excelize.Cell{StyleID: st.integer, Value: i + 1}, jump(p.Match.Sheet, q, st.text))
		for _, s := range []string{q.Column, q.Value} {
			row = append(row, excelize.Cell{StyleID: st.wrap, Value: s})
		}
		row = append(row, excelize.Cell{StyleID: st.text, Value: level}, excelize.Cell{StyleID: style, Value: q.Message},
			excelize.Cell{StyleID: st.text, Value: q.Rule})
		if err := sw.SetRow(Address(i+4, 1), row); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// jump is a cell that leads to the faulty one when clicked.
func jump(sheet string, q Problem, style int) excelize.Cell {
	at := q.Address
	switch {
	case at == "" && q.Row > 0:
		return excelize.Cell{StyleID: style, Value: fmt.Sprintf("第%d行", q.Row)}
	case at == "":
		return excelize.Cell{StyleID: style, Value: "整张表"}
	case at[0] < 'A':
		return excelize.Cell{StyleID: style, Value: "第" + at + "行"}
	}
	target := "#'" + strings.ReplaceAll(sheet, "'", "''") + "'!" + at
	return excelize.Cell{StyleID: style, Value: at, Formula: `HYPERLINK("` + strings.ReplaceAll(target, `"`, `""`) + `","` + at + `")`}
}
