package posting

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is one sheet under way: cells are text or numbers, never formulas.
type book struct {
	f   *excelize.File
	row int
	err error
}

const sheetName = "张贴证明"

func newBook(widths ...float64) *book {
	b := &book{f: excelize.NewFile()}
	b.err = b.f.SetSheetName("Sheet1", sheetName)
	for i, w := range widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if b.err == nil {
			b.err = err
		}
		if b.err == nil {
			b.err = b.f.SetColWidth(sheetName, col, col, w)
		}
	}
	size, fit := 9, 1 // A4, one page wide
	if b.err == nil {
		tall := 0
		b.err = b.f.SetPageLayout(sheetName, &excelize.PageLayoutOptions{Size: &size, FitToWidth: &fit, FitToHeight: &tall})
	}
	return b
}

// line writes one row.
func (b *book) line(cells ...any) {
	b.row++
	for i, c := range cells {
		if b.err != nil {
			return
		}
		var at string
		if at, b.err = excelize.CoordinatesToCellName(i+1, b.row); b.err != nil {
			return
		}
		switch v := c.(type) {
		case int:
			b.err = b.f.SetCellInt(sheetName, at, int64(v))
		case string:
			b.err = b.f.SetCellStr(sheetName, at, v)
		}
	}
}

// write gives the sheet out.
func (b *book) write(w io.Writer) error {
	defer b.f.Close()
	if b.err != nil {
		return b.err
	}
	return b.f.Write(w)
}

// writeReport writes one notice's report, a row a day.
func writeReport(w io.Writer, p reportProps) error {
	b := newBook(14, 8, 16, 60, 12)
	b.line("张贴证明")
	b.line("《" + p.Row.Title + "》　" + p.Row.Number + "　" + p.Unit)
	b.line(p.Report.Sentence())
	for _, s := range p.Report.Exchanges() {
		b.line(s)
	}
	b.line("日期", "是否应贴", "结果", "谁说的", "网上封存")
	for _, d := range p.Report.Days {
		words, required, online := d.says(), "否", "否"
		if d.Required {
			required = "是"
		}
		if d.Online {
			online = "是"
		}
		b.line(string(d.Date), required, result(p.Report, d), strings.Join(words, "；"), online)
	}
	return b.write(w)
}

// writeYear writes a village's year, a row a notice.
func writeYear(w io.Writer, p yearProps) error {
	b := newBook(24, 40, 14, 14, 14, 8, 8, 8, 8, 40, 40)
	b.line(fmt.Sprintf("%s%d年公示张贴证明", p.Unit.Label(), p.Year))
	b.line(p.sentence())
	b.line("编号", "标题", "公开单位", "贴上", "应贴至", "应贴天数", "已过", "有人核实", "缺", "缺的日子", "一句话")
	for i, n := range p.Notices {
		r := p.Reports[i]
		gaps := ""
		if len(r.Gaps) > 0 {
			gaps = runs(r.Gaps)
		}
		b.line(n.Number, n.Title, p.Names[n.Unit], string(n.Posted), string(n.Last), r.Required, r.Over, r.Proven, len(r.Gaps), gaps, r.Sentence())
	}
	return b.write(w)
}
