package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
)

// rows streams a worksheet part. Cells without content cost nothing but the
// passing over; formulas give their stored results.
func (x *xlsx) rows(sheet int, yield func(Row) bool) error {
	if err := x.load(); err != nil {
		return broken("文字", err)
	}
	var (
		row             Row
		cell            Cell
		typ             []byte
		style           int
		value           []byte
		inText, inPh    bool
		hasValue, hasFx bool
		inCell, inData  bool
		lastRow         int
	)
	emit := func() error {
		if len(row.Cells) == 0 {
			return nil
		}
		if !slices.IsSortedFunc(row.Cells, byColumn) {
			slices.SortStableFunc(row.Cells, byColumn)
		}
		if !yield(row) {
			return errStop
		}
		return nil
	}
	err := x.scan(x.sheets[sheet], func(t token) error {
		if t.kind == tokText {
			if inText && !inPh && len(value) < 4*maxCellLen {
				value = appendText(value, t)
			}
			return nil
		}
		start := t.kind == tokStart
		switch string(t.name) {
		case "sheetData":
			if !start || t.self {
				return errStop
			}
			inData = true
		case "row":
			if !inData {
				return nil
			}
			if !start {
				return emit()
			}
			row.Number = lastRow + 1
			if n, err := strconv.Atoi(string(t.attr("r"))); err == nil && n > 0 && n <= 1<<20 {
				row.Number = n
			}
			lastRow, row.Cells, cell.Col = row.Number, row.Cells[:0], 0
		case "c":
			if start {
				col := cell.Col + 1
				if n := columnOf(t.attr("r")); n > 0 {
					col = n
				}
				cell = Cell{Row: row.Number, Col: col}
				if inCell = !t.self; !inCell {
					return nil
				}
				typ = append(typ[:0], t.attr("t")...)
				style, _ = strconv.Atoi(string(t.attr("s")))
				value, hasValue, hasFx = value[:0], false, false
				return nil
			}
			inCell = false
			if hasFx && !hasValue {
				cell.Kind, cell.Raw = CellError, noResult
			} else {
				x.fill(&cell, string(typ), style, value, hasValue)
			}
			if cell.Kind != CellEmpty && cell.Col <= maxCols {
				row.Cells = append(row.Cells, cell)
			}
		case "v", "t":
			inText = start && !t.self && inCell
			hasValue = hasValue || inText
		case "f":
			hasFx = hasFx || start
		case "rPh":
			inPh = start && !t.self
		}
		return nil
	})
	if err != nil {
		return broken("工作表", err)
	}
	return nil
}

func byColumn(a, b Cell) int { return cmp.Compare(a.Col, b.Col) }

// columnOf reads the column of a reference such as "AB12", 0 when there is none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<14 {
			return 0
		}
	}
	return n
}

// fill sets a cell's kind and text from its stored type, style and value.
func (x *xlsx) fill(c *Cell, typ string, style int, value []byte, has bool) {
	if !has {
		return
	}
	text := func(s string) {
		if s != "" {
			c.Kind, c.Raw = CellText, s
		}
	}
	switch typ {
	case "s":
		if i, err := strconv.Atoi(string(bytes.TrimSpace(value))); err == nil && i >= 0 && i < len(x.strings) {
			text(x.strings[i])
		}
	case "inlineStr", "str":
		text(string(unescapeX(value)))
	case "b":
		c.Kind, c.Raw = CellBool, "FALSE"
		if string(value) == "1" || string(value) == "true" {
			c.Raw = "TRUE"
		}
	case "e":
		c.Kind, c.Raw = CellError, string(value)
	case "d":
		c.Kind, c.Raw = CellDate, string(value[:min(10, len(value))])
	default:
		s := string(bytes.TrimSpace(value))
		if s == "" {
			return
		}
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			text(s)
			return
		}
		form := formNone
		if style >= 0 && style < len(x.forms) {
			form = x.forms[style]
		}
		c.number(f, form, x.era1904)
	}
}

// merges reads the merged ranges, which a worksheet part lists after its data:
// the data is skipped as bytes, not as tokens.
func (x *xlsx) merges(sheet int) ([]area, error) {
	rc, err := x.open(x.sheets[sheet])
	if err != nil || rc == nil {
		return nil, err
	}
	defer rc.Close()
	s := newScanner(rc)
	if err := skipPast(s, []byte("<mergeCells"), []byte(":mergeCells")); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, broken("工作表", err)
	}
	var out []area
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) || err == nil && t.kind == tokEnd && string(t.name) == "mergeCells" {
			return out, nil
		}
		if err != nil {
			return nil, broken("工作表", err)
		}
		if t.kind == tokStart && string(t.name) == "mergeCell" && len(out) < MaxRows {
			if a, ok := parseArea(t.attr("ref")); ok {
				out = append(out, a)
			}
		}
	}
}

// skipPast moves behind the first occurrence of any mark. Marks cannot occur in
// cell text, where "<" is escaped; ":mergeCells" in a text would only make the
// following tags be looked at in vain.
func skipPast(s *scanner, marks ...[]byte) error {
	const overlap = 16
	for {
		for _, m := range marks {
			if i := bytes.Index(s.buf[s.pos:s.end], m); i >= 0 {
				s.pos += i + len(m)
				return nil
			}
		}
		s.pos = max(s.pos, s.end-overlap)
		if err := s.fill(); err != nil {
			return err
		}
	}
}

// parseArea reads a range such as "A1:C2".
func parseArea(ref []byte) (area, bool) {
	a, b, ok := bytes.Cut(ref, []byte(":"))
	if !ok {
		return area{}, false
	}
	row := func(p []byte) int {
		n, _ := strconv.Atoi(string(bytes.TrimLeft(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
		return n
	}
	out := area{row(a), columnOf(a), row(b), columnOf(b)}
	return out, out.r1 > 0 && out.c1 > 0 && out.r2 >= out.r1 && out.c2 >= out.c1
}
