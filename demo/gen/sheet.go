package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// sheet is one table on one sheet: title, notes, headings, rows.
type sheet struct {
	Name, Title string
	Notes       []string // below the title, after the disclaimer
	Head        []string
	Rows        [][]any
	Text        []string // columns to be formatted as text, so that long numbers keep their digits
	Widths      []float64
}

func (s *sheet) add(cells ...any) { s.Rows = append(s.Rows, cells) }

func (s *sheet) addText(cells ...string) {
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = c
	}
	s.Rows = append(s.Rows, row)
}

// save writes the table as a workbook with fixed properties, so that the same
// table gives the same bytes.
func (s *sheet) save(dir, name string) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := s.fill(f); err != nil {
		return err
	}
	return saveBook(f, filepath.Join(dir, name))
}

func (s *sheet) fill(f *excelize.File) error {
	if err := f.SetSheetName("Sheet1", s.Name); err != nil {
		return err
	}
	styles, err := bookStyles(f)
	if err != nil {
		return err
	}
	for i, width := range s.Widths {
		col, _ := excelize.ColumnNumberToName(i + 1)
		if err := f.SetColWidth(s.Name, col, col, width); err != nil {
			return err
		}
	}
	for _, col := range s.Text {
		if err := f.SetColStyle(s.Name, col, styles.text); err != nil {
			return err
		}
	}
	row := 1
	for i, line := range append([]string{s.Title, disclaimer + "。"}, s.Notes...) {
		at, end := cell(1, row), cell(len(s.Head), row)
		if err := f.SetCellStr(s.Name, at, line); err != nil {
			return err
		}
		if err := f.MergeCell(s.Name, at, end); err != nil {
			return err
		}
		style := styles.note
		if i == 0 {
			style = styles.title
		}
		if err := f.SetCellStyle(s.Name, at, end, style); err != nil {
			return err
		}
		row++
	}
	for i, h := range s.Head {
		if err := f.SetCellStr(s.Name, cell(i+1, row), h); err != nil {
			return err
		}
	}
	if err := f.SetCellStyle(s.Name, cell(1, row), cell(len(s.Head), row), styles.head); err != nil {
		return err
	}
	if err := f.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: cell(1, row+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, cells := range s.Rows {
		row++
		if err := s.fillRow(f, row, cells); err != nil {
			return err
		}
	}
	return nil
}

// fillRow writes one row; empty cells stay absent.
func (s *sheet) fillRow(f *excelize.File, row int, cells []any) error {
	for i, c := range cells {
		if c == "" || c == nil {
			continue
		}
		if err := f.SetCellValue(s.Name, cell(i+1, row), c); err != nil {
			return err
		}
	}
	return nil
}

func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

type styleSet struct{ title, note, head, text int }

func bookStyles(f *excelize.File) (s styleSet, err error) {
	for _, each := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: &excelize.Alignment{Horizontal: "center"}}},
		{&s.note, excelize.Style{Font: &excelize.Font{Size: 10, Color: "808080"}}},
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2E6E8"}}}},
		{&s.text, excelize.Style{NumFmt: 49}},
	} {
		if *each.to, err = f.NewStyle(&each.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func saveBook(f *excelize.File, path string) error {
	const stamp = "2026-11-20T00:00:00Z"
	if err := f.SetDocProps(&excelize.DocProperties{Title: disclaimer, Creator: "演示数据", LastModifiedBy: "演示数据", Created: stamp, Modified: stamp}); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// saveCSV writes the table as GB18030 text with CRLF line ends, the way the
// spreadsheet programs of Chinese offices save it; the disclaimer is its first line.
func (s *sheet) saveCSV(dir, name string) error {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString(strings.Join(cells, ","))
		b.WriteString("\r\n")
	}
	line([]string{s.Title + "（" + disclaimer + "）"})
	line(s.Head)
	for _, row := range s.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = csvCell(c)
		}
		line(cells)
	}
	data, err := simplifiedchinese.GB18030.NewEncoder().String(b.String())
	if err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(data), 0o644)
}

// csvCell is one value as text; none of the files holds a comma or a quotation mark.
func csvCell(c any) string {
	switch v := c.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', 2, 64)
	default:
		return fmt.Sprint(v)
	}
}

// pack writes a compressed copy beside a file, for the program to carry.
func pack(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(raw); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(path+".gz", b.Bytes(), 0o644)
}
