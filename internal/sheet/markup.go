package sheet

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	problemSheet  = "问题清单"
	commentAuthor = "村居"
	// maxMarked is the size of all worksheet parts up to which the office's own
	// file is edited in place, about 4,000 rows of 29 columns: editing takes some
	// sixteen times their size in memory. Above it, and for other formats, a
	// plain copy is written, which takes no more for more rows.
	maxMarked = 6 << 20
	// maxComments bounds the notes put on cells; the list names all problems.
	maxComments = 2000
)

// MarkUp writes the file back to its office with the problems of its preview:
// faulty cells coloured with a note saying what is wrong, and a first sheet that
// lists all problems. An .xlsx keeps everything else it had; other formats come
// back as a new .xlsx with a last column that says what is wrong with the row.
func MarkUp(w io.Writer, r io.ReaderAt, size int64, p *Preview) error {
	b, err := Open(r, size, p.File)
	if err != nil {
		return err
	}
	if p.Match.Index >= len(b.Sheets) || b.Sheets[p.Match.Index].Name != p.Match.Sheet {
		return refuse("changed", "文件和预览时不一样了，没有生成标注。请重新上传。")
	}
	if x, ok := b.src.(*xlsx); ok && x.size() <= maxMarked && p.Match.Sheet != problemSheet {
		return markOwn(w, io.NewSectionReader(r, 0, size), p)
	}
	return markCopy(w, b, p)
}

// markOwn edits the office's own workbook.
func markOwn(w io.Writer, r io.Reader, p *Preview) error {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnpack, UnzipXMLSizeLimit: maxMarked})
	if err != nil {
		return broken("表格", err)
	}
	defer f.Close()
	if err := ownMarks(f, p); err != nil {
		return broken("工作表", err)
	}
	if i, err := f.GetSheetIndex(problemSheet); err == nil && i >= 0 {
		if err := f.DeleteSheet(problemSheet); err != nil {
			return err
		}
	}
	if _, err := f.NewSheet(problemSheet); err != nil {
		return err
	}
	if err := f.MoveSheet(problemSheet, f.GetSheetName(0)); err != nil {
		return err
	}
	i, err := f.GetSheetIndex(problemSheet)
	if err != nil {
		return err
	}
	// Before the list is streamed: making a sheet active parses all of them.
	f.SetActiveSheet(i)
	if err := listProblems(f, p); err != nil {
		return err
	}
	return f.Write(w)
}

// cellNotes joins the problems by cell, in their order; a cell with an error is
// one even if it has warnings too.
func cellNotes(p *Preview) (order []string, notes map[string]string, levels map[string]Level) {
	notes, levels = map[string]string{}, map[string]Level{}
	for _, q := range p.Problems {
		a := q.Address
		if a == "" || a[0] < 'A' {
			continue
		}
		if notes[a] == "" {
			order = append(order, a)
			notes[a], levels[a] = q.Message, q.Level
			continue
		}
		notes[a] += "\n" + q.Message
		levels[a] = worse(levels[a], q.Level)
	}
	return order, notes, levels
}

// ownMarks colours cells and puts notes on them, after taking off the notes of
// an earlier round.
func ownMarks(f *excelize.File, p *Preview) error {
	sheet := p.Match.Sheet
	old, err := f.GetComments(sheet)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, c := range old {
		if c.Author != commentAuthor {
			taken[c.Cell] = true
		} else if err := f.DeleteComment(sheet, c.Cell); err != nil {
			return err
		}
	}
	type shade struct {
		style int
		level Level
	}
	shades := map[shade]int{}
	order, notes, levels := cellNotes(p)
	for n, a := range order {
		id, err := f.GetCellStyle(sheet, a)
		if err != nil {
			return err
		}
		key := shade{id, levels[a]}
		if shades[key] == 0 {
			if shades[key], err = shaded(f, id, levels[a]); err != nil {
				return err
			}
		}
		if err := f.SetCellStyle(sheet, a, a, shades[key]); err != nil {
			return err
		}
		if n >= maxComments || taken[a] {
			continue
		}
		if err := f.AddComment(sheet, excelize.Comment{Cell: a, Author: commentAuthor, Width: 260, Height: 90,
			Paragraph: []excelize.RichTextRun{{Text: notes[a]}}}); err != nil {
			return err
		}
	}
	return nil
}

// shaded derives from a style the same with the fill of a level.
func shaded(f *excelize.File, id int, level Level) (int, error) {
	s, err := f.GetStyle(id)
	if err != nil || s == nil {
		s = &excelize.Style{}
	}
	color := remarkFill
	if level == Error {
		color = faultFill
	}
	s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	return f.NewStyle(s)
}

// markCopy writes a plain copy of the sheet, row by row.
func markCopy(w io.Writer, b *Book, p *Preview) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", problemSheet); err != nil {
		return err
	}
	if err := listProblems(f, p); err != nil {
		return err
	}
	name := p.Match.Sheet
	if strings.EqualFold(name, problemSheet) {
		name += "(原表)"
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	last := 0
	for _, c := range p.Match.Columns {
		last = max(last, c.Col)
	}
	for _, h := range p.Match.Unknown {
		last = max(last, h.Col)
	}
	if err := sw.SetColWidth(1, max(last, 1), 14); err != nil {
		return err
	}
	if err := sw.SetColWidth(last+1, last+1, 60); err != nil {
		return err
	}
	_, notes, levels := cellNotes(p)
	for row, err := range b.Rows(p.Match.Index) {
		if err != nil {
			return err
		}
		if err := sw.SetRow(Address(row.Number, 1), markedRow(row, st, last, notes, levels, p)); err != nil {
			return err
		}
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

func markedRow(row Row, st styles, last int, notes map[string]string, levels map[string]Level, p *Preview) []any {
	out := make([]any, last+1)
	var said []string
	for col := 1; col <= last; col++ {
		c := row.at(col)
		cell := excelize.Cell{StyleID: st.wrap, Value: c.Raw}
		if c.Kind == CellNumber && len(c.Raw) <= 15 {
			if n, err := strconv.ParseFloat(c.Raw, 64); err == nil {
				cell = excelize.Cell{StyleID: st.number, Value: n}
			}
		}
		a := Address(row.Number, col)
		switch levels[a] {
		case Error:
			cell.StyleID = st.fault
		case Warning:
			cell.StyleID = st.remark
		}
		if m := notes[a]; m != "" {
			said = append(said, a+"："+m)
		}
		out[col-1] = cell
	}
	if row.Number == p.Match.Row {
		said = append([]string{"问题"}, said...)
	}
	if len(said) > 0 {
		out[last] = excelize.Cell{StyleID: st.fault, Value: strings.Join(said, "\n")}
	}
	return out
}
