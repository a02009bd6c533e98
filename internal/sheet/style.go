package sheet

import (
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Colours of what we write: faults are orange-brown, never red, which is the
// house's one accent and says nothing about right and wrong.
const (
	faultFill   = "F6D9B8"
	remarkFill  = "FBF1DC"
	faultFont   = "8A4B08"
	headerFill  = "F2F2F2"
	gridColor   = "808080"
	fontName    = "宋体"
	titleFont   = "黑体"
	bodySize    = 11
	titleSize   = 18
	headHeight  = 32
	bodyHeight  = 20
	minWidth    = 6
	maxWidth    = 40
	paperA4     = 9 // ST_PaperSize of ECMA-376
	formatText  = 49
	formatDate  = "yyyy-mm-dd"
	formatMoney = "#,##0.00"
)

// styles are the cell styles of one workbook that we write.
type styles struct {
	title, note, head, must, text, date, money, integer, number, wrap, fault, remark int
}

func newStyles(f *excelize.File) (s styles, err error) {
	grid := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		grid = append(grid, excelize.Border{Type: side, Color: gridColor, Style: 1})
	}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	body := &excelize.Font{Family: fontName, Size: bodySize}
	bold := &excelize.Font{Family: fontName, Size: bodySize, Bold: true}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	right := &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	date, money := formatDate, formatMoney
	for _, d := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: titleFont, Size: titleSize}, Alignment: centre}},
		{&s.note, excelize.Style{Font: body, Alignment: left}},
		{&s.head, excelize.Style{Font: bold, Border: grid, Fill: fill(headerFill), Alignment: centre}},
		{&s.must, excelize.Style{Font: &excelize.Font{Family: fontName, Size: bodySize, Bold: true, Color: faultFont}, Border: grid, Fill: fill(headerFill), Alignment: centre}},
		{&s.text, excelize.Style{Font: body, Border: grid, Alignment: centre, NumFmt: formatText}},
		{&s.wrap, excelize.Style{Font: body, Border: grid, Alignment: left, NumFmt: formatText}},
		{&s.date, excelize.Style{Font: body, Border: grid, Alignment: centre, CustomNumFmt: &date}},
		{&s.money, excelize.Style{Font: body, Border: grid, Alignment: right, CustomNumFmt: &money}},
		{&s.integer, excelize.Style{Font: body, Border: grid, Alignment: right, NumFmt: 1}},
		{&s.number, excelize.Style{Font: body, Border: grid, Alignment: right}},
		{&s.fault, excelize.Style{Font: body, Border: grid, Alignment: left, Fill: fill(faultFill)}},
		{&s.remark, excelize.Style{Font: body, Border: grid, Alignment: left, Fill: fill(remarkFill)}},
	} {
		if *d.id, err = f.NewStyle(&d.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// of returns the style of a column's body cells.
func (s styles) of(c *Column) int {
	switch c.Kind {
	case Date:
		if !c.Partial { // a month typed into a date cell would become its first day
			return s.date
		}
	case Money:
		return s.money
	case Int, Serial:
		return s.integer
	case Text:
		return s.wrap
	}
	return s.text
}

// displayWidth counts columns of a fixed-pitch face: two for a Chinese
// character, one for others.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 && utf8.RuneLen(r) >= 3 {
			n++
		}
	}
	return n
}

// width returns a column's width in characters, as the layout says or as its
// title and kind need.
func width(c *Column) float64 {
	if c.Width > 0 {
		return c.Width
	}
	w := min(displayWidth(c.Title), 12) + 2
	switch c.Kind {
	case IDText:
		w = max(w, 21)
	case Date:
		w = max(w, 12)
	case Month:
		w = max(w, 9)
	case Money:
		w = max(w, 14)
	case Phone:
		w = max(w, 14)
	case Choice:
		for _, o := range c.Choices {
			w = max(w, min(displayWidth(o.Value)+2, 18))
		}
	}
	return float64(min(max(w, minWidth), maxWidth))
}

// page sets A4 landscape, one page wide, with the header row repeated and page
// numbers.
func page(f *excelize.File, sheet string, header int) error {
	size, across, fit, high := paperA4, "landscape", 1, 0
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &fit, FitToHeight: &high}); err != nil {
		return err
	}
	yes := true
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	margin, edge := 0.5, 0.3
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Header: &edge, Footer: &edge, Horizontally: &yes}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	quoted := "'" + sheet + "'"
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
		RefersTo: quoted + "!$" + itoa(int64(header)) + ":$" + itoa(int64(header))})
}

// frozen keeps the header in view.
func frozen(header int) *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: header, TopLeftCell: Address(header+1, 1), ActivePane: "bottomLeft"}
}
