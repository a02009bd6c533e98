package disclosure

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"cunju/internal/journal"
	"cunju/internal/sheet"
)

// maxTableRows bounds a table that is printed as it stands: the public act carries it whole.
const maxTableRows = 500

// readTable takes a table over as printed. Where its totals row states a figure, the column must add up to it.
func readTable(raw map[int][]sheet.Cell, p *sheet.Preview) *Table {
	type column struct {
		col   int
		title string
	}
	var cols []column
	for _, c := range p.Match.Columns {
		cols = append(cols, column{c.Col, c.Found})
	}
	for _, h := range append(slices.Clone(p.Match.Unknown), p.Match.Doubles...) {
		cols = append(cols, column{h.Col, h.Title})
	}
	slices.SortFunc(cols, func(a, b column) int { return a.col - b.col })
	print := func(n int) []string {
		out := make([]string, len(cols))
		for i, c := range cols {
			for _, cell := range raw[n] {
				if cell.Col == c.col {
					out[i] = strings.TrimSpace(cell.Raw)
				}
			}
		}
		return out
	}
	t := &Table{}
	for _, c := range cols {
		t.Columns = append(t.Columns, c.title)
	}
	for _, r := range p.Rows {
		t.Rows = append(t.Rows, print(r.Number))
	}
	total := 0
	for _, l := range p.Lines {
		if l.Key == sheet.LineTotal {
			t.Total, total = print(l.Number), l.Number
		}
	}
	for _, s := range p.Above {
		if m := statedUnit.FindStringSubmatch(s); m != nil {
			t.Unit = m[1]
		}
	}
	switch {
	case len(t.Rows) == 0:
		fault(p, sheet.Problem{Message: "表里没有内容行，请填写后重新上传"})
	case len(t.Rows) > maxTableRows:
		fault(p, sheet.Problem{Message: "一张公示的表最多 500 行。请按村或按月拆成几张公示"})
	}
	for i, w := range t.wrong() {
		if w != "" {
			fault(p, sheet.Problem{Address: sheet.Address(total, cols[i].col), Row: total, Column: cols[i].title, Value: t.Total[i], Message: w})
		}
	}
	return t
}

var (
	statedUnit = regexp.MustCompile(`单位[:：]\s*(人民币元|千元|万元|亿元|元)`)
	figure     = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)
)

// decimal reads a printed figure exactly; ok is false for anything else.
func decimal(s string) (*big.Rat, bool) {
	s = strings.NewReplacer(",", "", "，", "", " ", "", "￥", "", "¥", "").Replace(s)
	if !figure.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// wrong says for each column how its total differs from its rows; "" where it agrees or states no figure.
func (t *Table) wrong() []string {
	out := make([]string, len(t.Columns))
	for i := range t.Columns {
		if i >= len(t.Total) {
			continue
		}
		stated, ok := decimal(t.Total[i])
		if !ok {
			continue
		}
		if slices.ContainsFunc(t.Rows, func(r []string) bool { return i < len(r) && strings.Contains(r[i], cover) }) {
			continue // what was covered adds up no more
		}
		sum := new(big.Rat)
		for _, r := range t.Rows {
			if i < len(r) && r[i] != "" {
				n, ok := decimal(r[i])
				if !ok {
					out[i] = "这一栏写了合计，但有一行“" + r[i] + "”不是数字，无法核对。请改成数字"
					break
				}
				sum.Add(sum, n)
			}
		}
		if out[i] == "" && sum.Cmp(stated) != 0 {
			out[i] = "各行“" + t.Columns[i] + "”相加是 " + trimZeros(sum.FloatString(6)) + "，合计填的是 " + t.Total[i] + "，请核对"
		}
	}
	return out
}

func trimZeros(s string) string { return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") }

// check holds a table against itself before it is recorded.
func (t *Table) check() error {
	switch {
	case len(t.Columns) == 0 || len(t.Rows) == 0:
		return journal.RefuseField("finance", "表里没有内容。没有保存，请重新导入。")
	case len(t.Rows) > maxTableRows:
		return journal.RefuseField("finance", "一张表最多 %d 行，现在有 %d 行。没有保存，请拆开。", maxTableRows, len(t.Rows))
	}
	for i, r := range append(slices.Clone(t.Rows), t.Total) {
		if len(r) != len(t.Columns) && !(i == len(t.Rows) && t.Total == nil) {
			return journal.RefuseField("finance", "第 %d 行有 %d 格，表头有 %d 栏。没有保存，请重新导入。", i+1, len(r), len(t.Columns))
		}
	}
	for _, w := range t.wrong() {
		if w != "" {
			return journal.RefuseField("finance", "%s。没有保存。", w)
		}
	}
	return nil
}
