package sheet

import (
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

const (
	formSheet    = "填写"
	choiceSheet  = "选项"
	formRows     = 3000 // rows under the header that carry drop-downs and formats
	inlineChoice = 255  // UTF-16 units of a drop-down kept in the rule itself
)

// Template writes a blank form of a register: title, remarks, header, and under
// it rows whose columns only take what the layout allows. Headings of required
// columns are set apart by colour, and each heading's note says what to fill in.
func Template(w io.Writer, l *Layout) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", formSheet); err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	head, err := formHead(f, l)
	if err != nil {
		return err
	}
	if err := page(f, formSheet, head); err != nil {
		return err
	}
	if err := f.SetPanes(formSheet, frozen(head)); err != nil {
		return err
	}
	lists := 0
	for i := range l.Columns {
		c := &l.Columns[i]
		name := ColumnName(i + 1)
		if err := f.SetColWidth(formSheet, name, name, width(c)); err != nil {
			return err
		}
		// The whole column, so that rows added far below keep their digits too.
		if err := f.SetColStyle(formSheet, name, st.of(c)); err != nil {
			return err
		}
		style := st.head
		if c.Required {
			style = st.must
		}
		at := Address(head, i+1)
		if err := f.SetCellStyle(formSheet, at, at, style); err != nil {
			return err
		}
		if err := f.SetCellValue(formSheet, at, c.Title); err != nil {
			return err
		}
		if text := help(c); text != "" {
			if err := f.AddComment(formSheet, excelize.Comment{Cell: at, Author: commentAuthor, Width: 240, Height: 80,
				Paragraph: []excelize.RichTextRun{{Text: text}}}); err != nil {
				return err
			}
		}
		if err := validate(f, c, name, head+1, &lists); err != nil {
			return err
		}
	}
	if err := plainRows(f, st, head, len(l.Columns)); err != nil {
		return err
	}
	f.SetActiveSheet(0)
	return f.Write(w)
}

// formHead writes title and remarks and returns the header's row.
func formHead(f *excelize.File, l *Layout) (int, error) {
	head := len(l.Note) + 2
	last := ColumnName(len(l.Columns))
	for i, s := range append([]string{l.Title}, l.Note...) {
		row := itoa(int64(i + 1))
		if err := f.SetCellValue(formSheet, "A"+row, s); err != nil {
			return 0, err
		}
		if err := f.MergeCell(formSheet, "A"+row, last+row); err != nil {
			return 0, err
		}
		height := float64(bodyHeight)
		if i == 0 {
			height = headHeight
		}
		if err := f.SetRowHeight(formSheet, i+1, height); err != nil {
			return 0, err
		}
	}
	return head, f.SetRowHeight(formSheet, head, headHeight)
}

// plainRows gives title and remarks their own style over the columns' one.
func plainRows(f *excelize.File, st styles, head, cols int) error {
	if err := f.SetCellStyle(formSheet, "A1", Address(1, cols), st.title); err != nil {
		return err
	}
	if head > 2 {
		return f.SetCellStyle(formSheet, "A2", Address(head-1, cols), st.note)
	}
	return nil
}

// help is the note on a heading.
func help(c *Column) string {
	var parts []string
	if c.Required {
		parts = append(parts, "必填。")
	}
	if c.Help != "" {
		parts = append(parts, c.Help)
	}
	switch c.Kind {
	case Date:
		parts = append(parts, "填年月日，如 2026-11-23。")
	case Month:
		parts = append(parts, "填年月，如 2026-11。")
	case IDText:
		parts = append(parts, "此栏为文本格式，请勿改成数字。")
	case Money:
		parts = append(parts, "以元为单位，最多两位小数。")
	case Choice:
		parts = append(parts, "从下拉列表中选择。")
	}
	return strings.Join(parts, "\n")
}

// validate adds the rule that a column's cells obey while they are typed.
func validate(f *excelize.File, c *Column, name string, from int, lists *int) error {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = name + itoa(int64(from)) + ":" + name + itoa(int64(from+formRows-1))
	stop := excelize.DataValidationErrorStyleStop
	switch c.Kind {
	case Choice:
		var values []string
		for _, o := range c.Choices {
			values = append(values, o.Value)
		}
		joined := strings.Join(values, ",")
		if len(utf16.Encode([]rune(joined))) <= inlineChoice && strings.Count(joined, ",") == len(values)-1 {
			if err := dv.SetDropList(values); err != nil {
				return err
			}
		} else if err := hiddenList(f, dv, values, lists); err != nil {
			return err
		}
		if c.Open {
			stop = excelize.DataValidationErrorStyleWarning
		}
		dv.SetError(stop, c.Title, "请从下拉列表中选择。")
	case Date:
		if c.Partial {
			return nil // a month alone is text, which a date rule would refuse
		}
		first, _ := dayOf("1901-01-01")
		last, _ := dayOf("2199-12-31")
		if err := dv.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		dv.SetError(stop, c.Title, "请填年月日，例如 2026-11-23。")
	case Int:
		low := -1_000_000_000
		if c.Positive {
			low = 0
		}
		if err := dv.SetRange(low, 1_000_000_000, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		dv.SetError(stop, c.Title, "请填整数。")
	case Money:
		low := -1e12
		if c.Positive {
			low = 0
		}
		if err := dv.SetRange(low, 1e12, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		dv.SetError(stop, c.Title, "请填数字，以元为单位。")
	default:
		return nil
	}
	return f.AddDataValidation(formSheet, dv)
}

// hiddenList puts a long list of choices on a hidden sheet.
func hiddenList(f *excelize.File, dv *excelize.DataValidation, values []string, lists *int) error {
	if *lists == 0 {
		if _, err := f.NewSheet(choiceSheet); err != nil {
			return err
		}
		if err := f.SetSheetVisible(choiceSheet, false); err != nil {
			return err
		}
	}
	*lists++
	col := ColumnName(*lists)
	for i, v := range values {
		if err := f.SetCellStr(choiceSheet, col+itoa(int64(i+1)), v); err != nil {
			return err
		}
	}
	dv.SetSqrefDropList(choiceSheet + "!$" + col + "$1:$" + col + "$" + itoa(int64(len(values))))
	return nil
}
