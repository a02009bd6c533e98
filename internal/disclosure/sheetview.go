package disclosure

import (
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/web/ui"
)

// view lays a content out as villagers read it, on the screen and on paper.
func (c Content) view() ui.Notice {
	s, _ := SubjectOf(c.Subject)
	n := ui.Notice{Kind: s.Title, Title: c.Title, Period: period(c.From, c.To)}
	for _, line := range strings.Split(c.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			n.Paragraphs = append(n.Paragraphs, line)
		}
	}
	if c.Finance != nil {
		n.Tables = append(n.Tables, c.Finance.summary())
		if len(c.Finance.Lines) > 0 {
			n.Tables = append(n.Tables, c.Finance.lines())
		} else {
			n.Paragraphs = append(n.Paragraphs, nothingMoved)
		}
		if t, ok := c.Finance.against(); ok {
			n.Tables = append(n.Tables, t)
		}
	}
	if c.Table != nil {
		n.Tables = append(n.Tables, c.Table.view())
	}
	return c.lists(n)
}

// nothingMoved stands where a finance table has no lines.
const nothingMoved = "本期没有收入，也没有支出。"

// period says a span of days as people do: a month, a quarter, a year, else its two ends.
func period(from, to calendar.Date) string {
	switch {
	case from == "" || to == "":
		return ""
	case from == from.MonthStart() && to == from.MonthEnd():
		return strings.TrimSuffix(from.Chinese(), "1日")
	case from == from.QuarterStart() && to == from.QuarterEnd():
		return from.Chinese()[:len("2026年")] + "第" + []string{"", "一", "二", "三", "四"}[from.Quarter()] + "季度"
	case from == calendar.Of(from.Year(), 1, 1) && to == calendar.Of(from.Year(), 12, 31):
		return from.Chinese()[:len("2026年")]
	}
	return from.Chinese() + "至" + to.Chinese()
}

// summary is what everybody looks for first: what was there, what came, what went, what is left, in figures and in words.
func (f *Finance) summary() ui.NoticeTable {
	in, out := f.Sums()
	row := func(name string, fen int64) []string { return []string{name, ui.Money(fen), ui.Capital(fen)} }
	return ui.NoticeTable{Caption: "收支结余", Unit: "单位：元", Heads: []string{"项目", "金额", "大写"}, Numeric: []bool{false, true, false},
		Rows:  [][]string{row("上期结余", f.Opening), row("本期收入", in), row("本期支出", out)},
		Total: row("本期结余", f.Closing)}
}

// lines is the table of all lines, without columns that nobody filled in; what is the same in every line is said once, above. Each has
// its number, by which questions name it.
func (f *Finance) lines() ui.NoticeTable {
	money := func(fen int64) string {
		if fen == 0 {
			return ""
		}
		return ui.Money(fen)
	}
	cols := []struct {
		head string
		num  bool
		cell func(Line) string
	}{
		{"日期", false, func(l Line) string { return string(l.Day) }}, {"收支项目", false, func(l Line) string { return l.Item }},
		{"收入", true, func(l Line) string { return money(l.In) }}, {"支出", true, func(l Line) string { return money(l.Out) }},
		{"大写", false, func(l Line) string { return f.inWords(l) }},
		{"资金来源", false, func(l Line) string { return l.Source }}, {"使用部门", false, func(l Line) string { return l.Dept }},
		{"负责人", false, func(l Line) string { return l.Handler }}, {"审核意见", false, func(l Line) string { return l.Opinion }},
		{"凭证号", false, func(l Line) string { return l.Voucher }}, {"备注", false, func(l Line) string { return l.Note }},
	}
	t := ui.NoticeTable{Caption: "收支明细", Unit: "单位：元", Heads: []string{"序号"}, Numeric: []bool{false}, Rows: make([][]string, len(f.Lines)), Total: []string{""}}
	for i := range t.Rows {
		t.Rows[i] = []string{strconv.Itoa(i + 1)}
	}
	in, out := f.Sums()
	var once []string
	for _, c := range cols {
		filled, same := c.num, len(f.Lines) > 1 && c.head != "日期" && c.head != "大写"
		for _, l := range f.Lines {
			filled = filled || c.cell(l) != ""
			same = same && c.cell(l) == c.cell(f.Lines[0])
		}
		if !filled {
			continue
		}
		if same && !c.num && c.head != "收支项目" {
			once = append(once, c.head+"均为"+c.cell(f.Lines[0]))
			continue
		}
		if c.head == "收支项目" {
			t.Lead = len(t.Heads)
		}
		t.Heads, t.Numeric = append(t.Heads, c.head), append(t.Numeric, c.num)
		for i, l := range f.Lines {
			t.Rows[i] = append(t.Rows[i], c.cell(l))
		}
		t.Total = append(t.Total, map[string]string{"收支项目": "合计", "收入": ui.Money(in), "支出": ui.Money(out)}[c.head])
	}
	if once != nil {
		t.Caption += "（" + strings.Join(once, "；") + "）"
	}
	return t
}

// inWords is a large amount in capital characters, "" for others.
func (f *Finance) inWords(l Line) string {
	if f.Large <= 0 || l.In+l.Out < f.Large {
		return ""
	}
	return ui.Capital(l.In + l.Out)
}

func (t *Table) view() ui.NoticeTable {
	v := ui.NoticeTable{Caption: "附表", Heads: t.Columns, Rows: t.Rows, Total: t.Total, Numeric: make([]bool, len(t.Columns))}
	if t.Unit != "" {
		v.Unit = "单位：" + t.Unit
	}
	for i := range t.Columns {
		v.Numeric[i] = true
		for _, r := range t.Rows {
			if _, ok := decimal(r[i]); !ok && r[i] != "" {
				v.Numeric[i] = false
			}
		}
	}
	return v
}
