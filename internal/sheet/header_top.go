package sheet

import (
	"strings"
)

// top is the beginning of a sheet, with merged cells filled in.
type top struct {
	rows   map[int]map[int]Cell // by row, by column
	merged []area               // all of the sheet
	high   []area               // those that begin where a header may be
	width  int
}

// readTop reads as many rows as a header may reach.
func readTop(b *Book, sheet int) (*top, error) {
	t := &top{rows: map[int]map[int]Cell{}}
	last := HeaderSearch + maxHeaderHeight
	for r, err := range b.Rows(sheet) {
		if err != nil {
			return nil, err
		}
		if r.Number > last {
			break
		}
		m := make(map[int]Cell, len(r.Cells))
		for _, c := range r.Cells {
			m[c.Col] = c
			t.width = max(t.width, c.Col)
		}
		t.rows[r.Number] = m
	}
	if t.width == 0 {
		return t, nil
	}
	var err error
	if t.merged, err = b.src.merges(sheet); err != nil {
		return nil, err
	}
	for _, a := range t.merged {
		if a.r1 <= last && len(t.high) < maxCols {
			t.high = append(t.high, a)
		}
	}
	return t, nil
}

// text returns what a header cell says; a merged cell says it everywhere.
func (t *top) text(row, col int) string {
	if c, ok := t.rows[row][col]; ok {
		return c.Raw
	}
	for _, a := range t.high {
		if a.holds(row, col) {
			return t.rows[a.r1][a.c1].Raw
		}
	}
	return ""
}

// header returns the headings of height rows from row: for each column the
// texts from top to bottom joined, and the lowest text alone.
func (t *top) header(row, height int) (joined, lowest []string) {
	joined, lowest = make([]string, t.width+1), make([]string, t.width+1)
	for col := 1; col <= t.width; col++ {
		for r := row; r < row+height; r++ {
			s := strings.TrimSpace(t.text(r, col))
			if s == "" || s == lowest[col] {
				continue
			}
			joined[col] += s
			lowest[col] = s
		}
	}
	return joined, lowest
}

// scale finds the unit stated above a header, in fen, 0 when none is.
func (t *top) scale(before int) int64 {
	for row := 1; row < before; row++ {
		for _, c := range t.rows[row] {
			if s := scaleOf(c.Raw); s > 0 {
				return s
			}
		}
	}
	return 0
}
