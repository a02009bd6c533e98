package sheet

import (
	"slices"
	"strconv"

	"cunju/internal/calendar"
)

// Table is what a layout's check sees: all parsed rows and lines of a file, and
// the means to report.
type Table struct{ r *reading }

// Len returns the number of data rows.
func (t *Table) Len() int { return len(t.r.p.Rows) }

// Record returns a data row by its place among the rows, from 0.
func (t *Table) Record(i int) Record {
	return Record{keys: t.r.p.Keys, row: &t.r.p.Rows[i], table: t}
}

// Has reports that the file has a column.
func (t *Table) Has(key string) bool {
	i := t.r.l.column(key)
	return i >= 0 && t.r.cols[i] > 0
}

// Lines returns the labelled lines of a key.
func (t *Table) Lines(key string) []LineRow {
	var out []LineRow
	for _, l := range t.r.p.Lines {
		if l.Key == key {
			out = append(out, l)
		}
	}
	return out
}

// Amount returns the amount of the only line of a key; not ok when the file has
// none, or two that differ.
func (t *Table) Amount(key string) (fen int64, line LineRow, ok bool) {
	for _, l := range t.Lines(key) {
		n, err := strconv.ParseInt(l.Amount, 10, 64)
		if err != nil {
			continue
		}
		if ok && n != fen {
			return 0, LineRow{}, false
		}
		fen, line, ok = n, l, true
	}
	return fen, line, ok
}

// Sum adds up a Money or Int column over all rows; not ok on overflow.
func (t *Table) Sum(key string) (sum int64, ok bool) {
	return t.sum(t.r.l.column(key), 0, 1<<31)
}

func (t *Table) sum(col, from, to int) (sum int64, ok bool) {
	for i := range t.r.p.Rows {
		d := &t.r.p.Rows[i]
		if d.Number < from || d.Number > to || d.Values[col] == "" {
			continue
		}
		n, err := strconv.ParseInt(d.Values[col], 10, 64)
		if err != nil {
			return 0, false
		}
		next := sum + n
		if n > 0 && next < sum || n < 0 && next > sum {
			return 0, false
		}
		sum = next
	}
	return sum, true
}

// Unread reports that some filled cell of a column could not be read: what is reckoned from the column would only name that
// fault again elsewhere.
func (t *Table) Unread(key string) bool {
	i := t.r.l.column(key)
	return i >= 0 && len(t.r.unread[i]) > 0
}

// Block reports an error of the file as a whole, at a line.
func (t *Table) Block(at LineRow, message string) {
	t.r.block(Problem{Address: at.Address, Row: at.Number, Value: at.Text, Message: message})
}

// Warn reports a warning about the file as a whole, at a line.
func (t *Table) Warn(at LineRow, message string) {
	t.r.add(Problem{Address: at.Address, Row: at.Number, Value: at.Text, Message: message, Level: Warning})
}

// Heading returns what the file calls a column, "" when it lacks it.
func (t *Table) Heading(key string) string {
	for _, c := range t.r.m.Columns {
		if c.Key == key {
			return c.Found
		}
	}
	return ""
}

// Value returns what a line says in a column.
func (t *Table) Value(line LineRow, key string) string {
	if i := t.r.l.column(key); i >= 0 && i < len(line.Values) {
		return line.Values[i]
	}
	return ""
}

// totals compares each totals row with the sum of what stands above it.
func (t *Table) totals() {
	from := 0
	for _, line := range t.r.p.Lines {
		if line.Key != LineTotal && line.Key != LineSubtotal {
			continue
		}
		start := 0
		if line.Key == LineSubtotal {
			start = from
			from = line.Number + 1
		}
		for i := range t.r.l.Columns {
			c := &t.r.l.Columns[i]
			if !c.Summed || line.Values[i] == "" || len(t.r.unread[i]) > 0 {
				continue
			}
			stated, _ := strconv.ParseInt(line.Values[i], 10, 64)
			sum, ok := t.sum(i, start, t.reach(line))
			if ok && sum == stated {
				continue
			}
			t.r.block(Problem{Address: Address(line.Number, t.r.cols[i]), Row: line.Number, Column: c.Title, Value: t.show(c, stated),
				Message: "“" + line.Text + "”填的是 " + t.show(c, stated) + "，各行相加是 " + t.show(c, sum) + "，请核对"})
		}
	}
}

// reach is the last row a totals line speaks of: a subtotal, those above it; a
// total, which some forms put first, all.
func (t *Table) reach(line LineRow) int {
	if line.Key == LineSubtotal {
		return line.Number
	}
	return 1 << 31
}

// show writes an amount of a column for people.
func (t *Table) show(c *Column, n int64) string {
	if c.Kind == Money {
		return FormatMoney(n) + " 元"
	}
	return itoa(n)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Record reads one data row by column key. Values are canonical; a column that
// the file lacks reads as empty.
type Record struct {
	keys  []string
	row   *DataRow
	table *Table // nil outside a layout's check
}

// Records returns the selected rows of a preview, ready to be turned into acts.
func (p *Preview) Records() []Record {
	var out []Record
	for i := range p.Rows {
		if p.Rows[i].Selected {
			out = append(out, Record{keys: p.Keys, row: &p.Rows[i]})
		}
	}
	return out
}

// Has reports that the file has a column. It may only be called within a
// layout's check.
func (r Record) Has(key string) bool { return r.table.Has(key) }

// Unread reports that the row's cell in a column is filled in and could not be read. It may only be called within a layout's
// check.
func (r Record) Unread(key string) bool {
	i := r.table.r.l.column(key)
	if i < 0 {
		return false
	}
	_, found := slices.BinarySearch(r.table.r.unread[i], r.row.Number)
	return found
}

// Row returns the row's number in the file.
func (r Record) Row() int { return r.row.Number }

// Text returns the canonical value of a column.
func (r Record) Text(key string) string {
	for i, k := range r.keys {
		if k == key {
			return r.row.Values[i]
		}
	}
	return ""
}

// Int returns a Money column in fen or an Int column; not ok when it is empty.
func (r Record) Int(key string) (int64, bool) {
	n, err := strconv.ParseInt(r.Text(key), 10, 64)
	return n, err == nil
}

// Date returns a Date column; "" when it is empty or only a month is known.
func (r Record) Date(key string) calendar.Date {
	if s := r.Text(key); len(s) == len("2006-01-02") {
		return calendar.Date(s)
	}
	return ""
}

// Report notes a problem with one cell of the row, under a rule's id if any.
// It may only be called within a layout's check.
func (r Record) Report(key string, level Level, rule, message string) {
	rd := r.table.r
	i := rd.l.column(key)
	p := Problem{Row: r.row.Number, Address: itoa(int64(r.row.Number)), Message: message, Level: level, Rule: rule}
	if i >= 0 {
		p.Column, p.Value = rd.l.Columns[i].Title, r.row.Values[i]
		if rd.l.Columns[i].Kind == Money && p.Value != "" {
			n, _ := strconv.ParseInt(p.Value, 10, 64)
			p.Value = FormatMoney(n)
		}
		if rd.cols[i] > 0 {
			p.Address = Address(r.row.Number, rd.cols[i])
		}
	}
	r.row.Level = worse(r.row.Level, level)
	rd.add(p)
}

// Faulty reports that an error of the row is known so far.
func (r Record) Faulty() bool { return r.row.Level == Error }

// Address names the cell of a column in this row, for messages about two rows.
// It may only be called within a layout's check.
func (r Record) Address(key string) string {
	rd := r.table.r
	if i := rd.l.column(key); i >= 0 && rd.cols[i] > 0 {
		return Address(r.row.Number, rd.cols[i])
	}
	return itoa(int64(r.row.Number))
}
