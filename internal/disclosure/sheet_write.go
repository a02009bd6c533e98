package disclosure

import (
	"crypto/rand"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// financeHeads are the columns of a finance table as we write it, with their widths; all of them are read back by name.
var financeHeads = []struct {
	title string
	width float64
}{{"序号", 6}, {"日期", 12}, {"收支项目", 30}, {"收入金额", 15}, {"支出金额", 15}, {"结余", 15}, {"资金来源", 16}, {"使用部门", 18}, {"负责人", 10},
	{"审核意见", 12}, {"凭证号", 10}, {"备注", 16}}

// WriteSheet writes a content as an .xlsx that prints on A4 and that [ReadSheet] reads back to the same content (attachments
// aside). Money is in yuan.
// above are further lines for its head, such as since when it is posted.
func WriteSheet(w io.Writer, unit string, c Content, more ...string) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "公开"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	s := &writer{f: f, name: name}
	s.styles()
	s.line(s.title, c.Title)
	for _, line := range more {
		s.line(0, line)
	}
	above := "单位：" + unit
	if c.From != "" && c.To != "" {
		above += "　所属期间：" + string(c.From) + "至" + string(c.To)
	}
	width := 1
	switch {
	case c.Finance != nil:
		s.line(0, above+"　金额单位：元")
		width = len(financeHeads)
		s.finance(c.Finance)
	case c.Table != nil:
		if c.Table.Unit != "" {
			above += "　单位：" + c.Table.Unit
		}
		s.line(0, above)
		width = len(c.Table.Columns)
		s.table(c.Table)
	default:
		s.line(0, above)
		width = s.lists(c)
	}
	for _, p := range strings.Split(c.Text, "\n") {
		if p != "" && c.tabular() {
			s.line(0, "说明："+p)
		} else if p != "" {
			s.line(0, p)
		}
	}
	s.page(width)
	if c.Finance != nil {
		s.compare(c.Finance)
	}
	if s.err != nil {
		return s.err
	}
	return f.Write(w)
}

// writer fills a sheet from top to bottom and keeps the first error.
type writer struct {
	f                        *excelize.File
	name                     string
	row                      int
	title, head, text, money int
	err                      error
}

func (s *writer) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *writer) styles() {
	border := []excelize.Border{{Type: "left", Color: "000000", Style: 1}, {Type: "right", Color: "000000", Style: 1},
		{Type: "top", Color: "000000", Style: 1}, {Type: "bottom", Color: "000000", Style: 1}}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "center"}
	style := func(st excelize.Style) int {
		id, err := s.f.NewStyle(&st)
		s.do(err)
		return id
	}
	money := "#,##0.00"
	s.title = style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}})
	s.head = style(excelize.Style{Border: border, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}})
	s.text = style(excelize.Style{Border: border, Alignment: wrap, NumFmt: 49})
	s.money = style(excelize.Style{Border: border, CustomNumFmt: &money})
}

// line writes one text across a row of its own; 0 is the plain style.
func (s *writer) line(style int, text string) {
	s.row++
	at := sheet.Address(s.row, 1)
	s.do(s.f.SetCellStr(s.name, at, text))
	s.do(s.f.SetCellStyle(s.name, at, at, style))
}

// cells writes a row: an int64 is an amount in fen, an int a plain number, nil an empty framed cell.
func (s *writer) cells(style int, values ...any) {
	s.row++
	for i, v := range values {
		at, st := sheet.Address(s.row, i+1), style
		switch v := v.(type) {
		case int64:
			st = s.money
			s.do(s.f.SetCellFloat(s.name, at, float64(v)/100, 2, 64))
		case int:
			s.do(s.f.SetCellInt(s.name, at, int64(v)))
		case string:
			s.do(s.f.SetCellStr(s.name, at, v))
		}
		s.do(s.f.SetCellStyle(s.name, at, at, st))
	}
}

func (s *writer) finance(f *Finance) {
	heads := make([]any, len(financeHeads))
	for i, h := range financeHeads {
		heads[i] = h.title
		col := sheet.ColumnName(i + 1)
		s.do(s.f.SetColWidth(s.name, col, col, h.width))
	}
	s.cells(s.head, heads...)
	labelled := func(label string, in, out, rest any) {
		s.cells(s.text, nil, nil, label, in, out, rest, nil, nil, nil, nil, nil, nil)
	}
	labelled("上期结余", nil, nil, f.Opening)
	for i, l := range f.Lines {
		s.cells(s.text, i+1, string(l.Day), l.Item, amount(l.In), amount(l.Out), nil, l.Source, l.Dept, l.Handler, l.Opinion, l.Voucher, l.Note)
	}
	in, out := f.Sums()
	labelled("合计", in, out, nil)
	labelled("本期结余", nil, nil, f.Closing)
}

// amount leaves a cell empty where nothing moved.
func amount(fen int64) any {
	if fen == 0 {
		return nil
	}
	return fen
}

func (s *writer) table(t *Table) {
	s.cells(s.head, anys(t.Columns)...)
	for _, r := range t.Rows {
		s.cells(s.text, anys(r)...)
	}
	if t.Total != nil {
		s.cells(s.text, anys(t.Total)...)
	}
	for i := range t.Columns {
		col := sheet.ColumnName(i + 1)
		s.do(s.f.SetColWidth(s.name, col, col, 16))
	}
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

// page sets A4 across for wide tables, the heading repeated, and everything on the width of one page.
func (s *writer) page(width int) {
	a4, fit, high, orientation := 9, 1, 0, "portrait"
	if width > 6 {
		orientation = "landscape"
	}
	s.do(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &fit, FitToHeight: &high}))
	yes := true
	s.do(s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	s.do(s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}))
}

// register is the list of notices as an office keeps it.
var register = &sheet.Layout{Name: "disclosure", Title: "公开事项台账", Columns: []sheet.Column{
	{Key: "no", Title: "序号", Kind: sheet.Serial},
	{Key: "number", Title: "编号", Kind: sheet.Text, Width: 24},
	{Key: "unit", Title: "公开单位", Kind: sheet.Text, Width: 20},
	{Key: "subject", Title: "类别", Kind: sheet.Text, Width: 14},
	{Key: "title", Title: "标题", Kind: sheet.Text, Width: 36},
	{Key: "from", Title: "期间起", Kind: sheet.Date}, {Key: "to", Title: "期间止", Kind: sheet.Date},
	{Key: "state", Title: "现在", Kind: sheet.Text, Width: 14},
	{Key: "published", Title: "公布日期", Kind: sheet.Date}, {Key: "posted", Title: "上栏日期", Kind: sheet.Date},
	{Key: "place", Title: "张贴地点", Kind: sheet.Text, Width: 20}, {Key: "taken", Title: "撤下日期", Kind: sheet.Date},
	{Key: "income", Title: "收入", Kind: sheet.Money}, {Key: "spending", Title: "支出", Kind: sheet.Money}, {Key: "closing", Title: "结余", Kind: sheet.Money},
}}

// writeRegister writes a list of notices. names gives the units' names.
func writeRegister(w io.Writer, town string, position int64, on calendar.Date, rows []Row, names map[int64]string) error {
	secret := make([]byte, 32) // nobody reads this export back, so nobody needs the key
	rand.Read(secret)
	meta := sheet.Meta{Town: town, Position: position, Kind: "disclosure", Subtitle: "截至" + on.Chinese(), Secret: secret}
	return sheet.Export(w, register, meta, func(yield func(sheet.ExportRow) bool) {
		for _, r := range rows {
			s, _ := SubjectOf(r.Subject)
			v := []string{"", r.Number, names[r.Unit], s.Title, r.Title, string(r.From), string(r.To), r.State(), string(r.Published), string(r.Posted),
				r.Place, string(r.TakenDown), "", "", ""}
			if r.Money == 1 {
				v = append(slices.Clone(v[:12]), fenText(r.Income), fenText(r.Spending), fenText(r.Closing))
			}
			if !yield(sheet.ExportRow{Key: r.ID, Values: v}) {
				return
			}
		}
	})
}
