package disclosure

import (
	"io"

	"github.com/xuri/excelize/v2"

	"cunju/internal/sheet"
	"cunju/internal/web/ui"
)

// writeForm writes the office's form as an .xlsx of two sheets, for A4: the table in the office's columns, which [ReadSheet] reads back,
// and the three reviews with their signatures. Money is in yuan.
func writeForm(w io.Writer, o officeForm) error {
	f := excelize.NewFile()
	defer f.Close()
	s := &writer{f: f, name: "公开表"}
	if err := f.SetSheetName("Sheet1", s.name); err != nil {
		return err
	}
	s.styles()
	s.line(s.title, o.Title)
	s.line(0, "单位："+o.Unit+"　所属期间："+o.Period+"　金额单位：元")
	s.widths(6, 28, 14, 14, 26, 16, 18, 10, 12, 26)
	s.cells(s.head, anys(append(formHeads[:len(formHeads):len(formHeads)], "公示起止"))...)
	labelled := func(label string, in, out, words any) {
		s.cells(s.text, nil, label, in, out, words, nil, nil, nil, nil, nil)
	}
	labelled("上期结余", o.Money[0].Fen, nil, ui.Capital(o.Money[0].Fen))
	for i, l := range o.Lines {
		s.cells(s.text, i+1, l.Item, amount(l.In), amount(l.Out), l.Words, l.Source, l.Dept, l.Handler, l.Opinion, o.Hangs)
	}
	labelled("合计", o.Money[1].Fen, o.Money[2].Fen, nil)
	labelled("本期结余", o.Money[3].Fen, nil, ui.Capital(o.Money[3].Fen))
	s.page(len(formHeads) + 1)

	s.name, s.row = "三审表", 0
	_, err := f.NewSheet(s.name)
	s.do(err)
	s.widths(20, 24, 16, 34, 20)
	s.line(s.title, "财务收支三审表")
	s.line(0, o.Title+"　"+o.Number)
	s.cells(s.head, "项目", "金额（小写）", "金额（大写）", nil, nil)
	for _, m := range o.Money {
		s.cells(s.text, m.Label, m.Fen, ui.Capital(m.Fen), nil, nil)
		s.do(f.MergeCell(s.name, sheet.Address(s.row, 3), sheet.Address(s.row, 5)))
	}
	s.cells(s.head, "下"+o.Span+"拟办事项", "预计收支金额", nil, "备注", nil)
	for range 3 {
		s.cells(s.text, nil, nil, nil, nil, nil)
	}
	s.cells(s.head, "审次", "办理", "日期", "意见", "签字（盖章）")
	for _, r := range o.Reviews {
		on := ""
		if r.On != "" {
			on = r.On.Chinese()
		}
		s.cells(s.text, r.Step, r.Office, on, r.Opinion, nil)
		s.do(f.SetRowHeight(s.name, s.row, 40))
	}
	s.cells(s.text, "党员代表签字", nil, nil, nil, nil)
	s.do(f.MergeCell(s.name, sheet.Address(s.row, 2), sheet.Address(s.row, 5)))
	s.do(f.SetRowHeight(s.name, s.row, 40))
	s.line(0, "一式三份：村（居）民委员会、村（居）务监督委员会、街道（乡镇）各一份。")
	s.page(5)
	if s.err != nil {
		return s.err
	}
	return f.Write(w)
}

// widths sets the columns' widths.
func (s *writer) widths(list ...float64) {
	for i, w := range list {
		col := sheet.ColumnName(i + 1)
		s.do(s.f.SetColWidth(s.name, col, col, w))
	}
}
