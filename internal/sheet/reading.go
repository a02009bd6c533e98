package sheet

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Read matches a book with a layout, parses every row and checks the whole. The
// error is a [Refusal] when the file cannot be read as this register at all;
// everything else is in the preview's problems.
func Read(ctx context.Context, b *Book, l *Layout, opt ReadOptions) (*Preview, error) {
	m, err := Find(b, l, opt.Sheet)
	if err != nil {
		return nil, err
	}
	r := newReading(b, l, m)
	n := 0
	for row, err := range b.Rows(m.Index) {
		if err != nil {
			return nil, err
		}
		if n++; n%500 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if opt.Progress != nil {
				opt.Progress(n)
			}
		}
		r.row(row)
	}
	r.finish()
	if opt.Progress != nil {
		opt.Progress(n)
	}
	return r.p, nil
}

// reading is the work of one Read.
type reading struct {
	p       *Preview
	l       *Layout
	m       *Match
	parsers []*parser // by layout column, nil when the file lacks it
	cols    []int     // file column by layout column, 0 when it lacks it
	tall    []area    // merges over several rows of FillDown columns
	filled  map[int]Cell
	seen    map[int]map[string]string // Unique columns: value to address
	unread  map[int][]int             // rows, rising, whose filled cell could not be read, by layout column
	labels  []label
	phrase  []label        // labels of the layout's own lines
	found   map[int]string // headings by file column, tight
}

func newReading(b *Book, l *Layout, m *Match) *reading {
	r := &reading{l: l, m: m, filled: map[int]Cell{}, seen: map[int]map[string]string{}, unread: map[int][]int{},
		parsers: make([]*parser, len(l.Columns)), cols: make([]int, len(l.Columns)), labels: lineLabels(l), found: map[int]string{}}
	for _, lb := range r.labels {
		if lb.key != LineTotal && lb.key != LineSubtotal {
			r.phrase = append(r.phrase, lb)
		}
	}
	for _, c := range m.Columns {
		r.found[c.Col] = tight(c.Found)
	}
	r.p = &Preview{File: b.Name, Format: b.Format, Layout: l.Name, Keys: l.Keys(), Match: *m,
		Rows: []DataRow{}, Problems: []Problem{}}
	down := map[int]bool{}
	for i, c := range m.Columns {
		scale := c.Scale
		if scale == 0 {
			scale = m.scale
		}
		if scale == 0 {
			scale = unitScale["元"]
		}
		col := &l.Columns[c.index]
		if col.Kind == Money {
			r.p.Match.Columns[i].Scale = scale
		}
		r.parsers[c.index], r.cols[c.index] = newParser(col, scale), c.Col
		down[c.Col] = col.FillDown
		if col.Unique {
			r.seen[c.index] = map[string]string{}
		}
	}
	for _, a := range m.merged {
		if a.r2 > a.r1 && a.r1 >= m.Row+m.Height && down[a.c1] {
			r.tall = append(r.tall, a)
		}
	}
	slices.SortFunc(r.tall, func(a, b area) int { return a.r1 - b.r1 })
	r.headerProblems()
	return r
}

func (r *reading) headerProblems() {
	at := func(col int) string { return Address(r.m.Row+r.m.Height-1, col) }
	for _, t := range r.m.Missing {
		r.block(Problem{Address: "", Row: r.m.Row, Column: t, Message: "缺少“" + t + "”这一栏，请补上这一栏后重新上传"})
	}
	for _, t := range r.m.Absent {
		r.add(Problem{Row: r.m.Row, Column: t, Level: Warning, Message: "没有“" + t + "”这一栏，这一项将留空"})
	}
	for _, h := range r.m.Doubles {
		r.add(Problem{Address: at(h.Col), Row: r.m.Row, Column: h.Means, Value: h.Title, Level: Warning,
			Message: "“" + h.Title + "”和另一栏都表示“" + h.Means + "”，这一栏没有读取"})
	}
	for _, h := range r.m.Unknown {
		r.add(Problem{Address: at(h.Col), Row: r.m.Row, Value: h.Title, Level: Warning,
			Message: "不认识“" + h.Title + "”这一栏，内容照原样附在每行后面，不参与核对"})
	}
}

// add notes a problem and counts it.
func (r *reading) add(p Problem) {
	p.Sheet = r.m.Sheet
	if p.Level == Error {
		r.p.Errors++
	} else {
		r.p.Warnings++
	}
	if len(r.p.Problems) < maxProblems {
		r.p.Problems = append(r.p.Problems, p)
	}
}

// block notes an error of the file as a whole.
func (r *reading) block(p Problem) {
	p.Level = Error
	r.p.Blocked = true
	r.add(p)
}

// row takes in one row of the sheet.
func (r *reading) row(row Row) {
	if row.Number < r.m.Row {
		for _, c := range row.Cells {
			if s := tidy(c.Raw); s != "" && len(r.p.Above) < maxAbove {
				r.p.Above = append(r.p.Above, s)
			}
		}
		lines, _ := r.phrases(row)
		r.p.Lines = append(r.p.Lines, lines...)
		return
	}
	if row.Number < r.m.Row+r.m.Height {
		return
	}
	if lines := r.lines(row); len(lines) > 0 {
		r.p.Lines = append(r.p.Lines, lines...)
		return
	}
	d := DataRow{Number: row.Number, Values: make([]string, len(r.l.Columns))}
	raws := make([]Cell, len(r.l.Columns))
	empty := true
	for i, col := range r.cols {
		if col == 0 {
			continue
		}
		c := row.at(col)
		if r.l.Columns[i].FillDown {
			c = r.fillDown(c)
		}
		raws[i] = c
		// What a merged cell of an earlier row says does not make this one data.
		if c.Kind != CellEmpty && c.Row == row.Number && r.l.Columns[i].Kind != Serial {
			empty = false
		}
	}
	for _, h := range r.m.Unknown {
		s := tidy(row.at(h.Col).Raw)
		if d.Extra = append(d.Extra, s); s != "" {
			empty = false
		}
	}
	if empty { // nothing but a running number that somebody filled in ahead
		return
	}
	r.values(&d, raws)
	d.Selected = d.Level != Error
	r.p.Rows = append(r.p.Rows, d)
}

// values parses a row's cells and notes what is wrong with them.
func (r *reading) values(d *DataRow, raws []Cell) {
	for i := range raws {
		p := r.parsers[i]
		if p == nil {
			continue
		}
		c := raws[i]
		at := Address(d.Number, r.cols[i])
		v, f := p.parse(c)
		if f == nil && v == "" && p.col.Required {
			f = errorf("“" + p.col.Title + "”不能为空")
		}
		if f == nil && v != "" && r.seen[i] != nil {
			if first, ok := r.seen[i][v]; ok {
				f = errorf(fmt.Sprintf("与 %s 重复：同一个%s出现了两次", first, p.col.Title))
			} else {
				r.seen[i][v] = at
			}
		}
		d.Values[i] = v
		if f != nil {
			if f.level == Error && v == "" && c.Kind != CellEmpty {
				r.unread[i] = append(r.unread[i], d.Number)
			}
			d.Level = worse(d.Level, f.level)
			r.add(Problem{Address: at, Row: d.Number, Column: p.col.Title, Value: clip(c.Raw),
				Message: f.message, Level: f.level, Rule: f.rule})
		}
	}
}

func worse(a, b Level) Level {
	if a == Error || b == Error {
		return Error
	}
	return Warning
}

// fillDown gives a cell the content of the merged range it lies in.
func (r *reading) fillDown(c Cell) Cell {
	for len(r.tall) > 0 && r.tall[0].r2 < c.Row && r.tall[0].r1 < c.Row {
		r.tall = r.tall[1:]
	}
	for _, a := range r.tall {
		if a.r1 > c.Row {
			break
		}
		if !a.holds(c.Row, c.Col) {
			continue
		}
		if c.Row == a.r1 {
			r.filled[a.c1] = c
			return c
		}
		if top := r.filled[a.c1]; c.Kind == CellEmpty && top.Row == a.r1 {
			return top
		}
	}
	return c
}

// finish runs the layout's checks and counts.
func (r *reading) finish() {
	t := &Table{r: r}
	t.totals()
	if r.l.Check != nil {
		r.l.Check(t)
	}
	for i := range r.p.Rows {
		d := &r.p.Rows[i]
		if d.Level == Error {
			d.Selected = false
			r.p.BadRows++
		}
	}
	if len(r.p.Rows) == 0 && (r.l.Bare == nil || !r.l.Bare(t)) {
		r.block(Problem{Row: r.m.Row, Message: "表头下面没有数据行，请填写后重新上传"})
	}
	if n := r.p.Errors + r.p.Warnings; n > maxProblems {
		r.p.Problems = append(r.p.Problems, Problem{Sheet: r.m.Sheet, Level: Error, Message: fmt.Sprintf("共有 %d 处问题，只列出前 %d 处。请先改正，再重新上传", n, maxProblems)})
		r.p.Errors++
		r.p.Blocked = true
	}
	slices.SortStableFunc(r.p.Problems, func(a, b Problem) int {
		return cmp.Or(a.Row-b.Row, columnOf([]byte(a.Address))-columnOf([]byte(b.Address)))
	})
}
