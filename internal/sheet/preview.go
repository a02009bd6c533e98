package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a file, at a cell when it is about one.
type Problem struct {
	Sheet   string `json:"sheet"`
	Address string `json:"address,omitempty"` // such as "C7"; a row alone is "7"
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"` // heading in the layout's words
	Value   string `json:"value,omitempty"`  // as the file has it
	Message string `json:"message"`
	Level   Level  `json:"level"`
	Rule    string `json:"rule,omitempty"`
}

// DataRow is one row of the register. Values holds the canonical value of each
// column of the layout, in order; Extra the texts of columns the layout does
// not know, in the order of Match.Unknown.
type DataRow struct {
	Number   int      `json:"row"`
	Values   []string `json:"values"`
	Extra    []string `json:"extra,omitempty"`
	Level    Level    `json:"level,omitempty"` // gravest of the row's problems
	Selected bool     `json:"selected"`        // to be committed; rows with errors never are
}

// LineRow is a row or a phrase that is not data: a total, a balance, a remark.
type LineRow struct {
	Key     string   `json:"key"` // of the layout's line; or see the Line constants
	Number  int      `json:"row"`
	Address string   `json:"address"`
	Text    string   `json:"text"`
	Values  []string `json:"values,omitempty"` // canonical, of Money, Int and Text columns
	Amount  string   `json:"amount,omitempty"` // fen: the single amount of a labelled line
}

// Keys of lines every layout knows.
const (
	LineTotal    = "total"    // 合计
	LineSubtotal = "subtotal" // 小计
	LineNote     = "note"     // 说明, 填表人 …
	LineRepeat   = "repeat"   // the header once more, or a row of column numbers
)

// Preview is everything a file says, before any of it is recorded. It can be
// stored as JSON between upload and commit.
type Preview struct {
	File     string    `json:"file"`
	Format   string    `json:"format"`
	Layout   string    `json:"layout"`
	Keys     []string  `json:"keys"`            // of the layout's columns
	Above    []string  `json:"above,omitempty"` // texts above the header: title, period, unit
	Match    Match     `json:"match"`
	Rows     []DataRow `json:"rows"`
	Lines    []LineRow `json:"lines,omitempty"`
	Problems []Problem `json:"problems"`
	Errors   int       `json:"errors"`   // problems that are errors
	Warnings int       `json:"warnings"` // problems that are not
	BadRows  int       `json:"badRows"`  // rows with an error
	// Blocked says that errors concern the file as a whole, such as a missing
	// column or a wrong total: nothing may be committed.
	Blocked bool `json:"blocked"`
}

// maxProblems bounds the problems kept: a file with more is wrong as a whole.
const maxProblems = 20_000

// maxAbove bounds the texts kept from above the header.
const maxAbove = 50

// ReadOptions for [Read]. The zero value reads the best matching visible sheet.
type ReadOptions struct {
	Sheet string // choose the sheet by name
	// Progress is told the number of rows read, now and then.
	Progress func(rows int)
}

// Ready reports that the selected rows may be committed.
func (p *Preview) Ready() bool {
	return !p.Blocked && slices.ContainsFunc(p.Rows, func(d DataRow) bool { return d.Selected })
}

// Select chooses the rows to commit by their row numbers in the file. A row
// with errors is never chosen; the numbers of such rows are returned.
func (p *Preview) Select(rows []int) (refused []int) {
	want := make(map[int]bool, len(rows))
	for _, n := range rows {
		want[n] = true
	}
	for i := range p.Rows {
		d := &p.Rows[i]
		d.Selected = want[d.Number] && d.Level != Error
		if want[d.Number] && !d.Selected {
			refused = append(refused, d.Number)
		}
	}
	return refused
}

// Summary says in one sentence what the preview found.
func (p *Preview) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "“%s”共 %d 行数据", p.Match.Sheet, len(p.Rows))
	if p.Errors == 0 && p.Warnings == 0 {
		b.WriteString("，没有发现问题。")
		return b.String()
	}
	fmt.Fprintf(&b, "，发现 %d 处错误（涉及 %d 行）、%d 处提醒。", p.Errors, p.BadRows, p.Warnings)
	return b.String()
}
