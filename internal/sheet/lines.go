package sheet

import (
	"slices"
	"strings"
)

// label is one way to write a line, normalised.
type label struct{ word, key string }

// Words that begin rows every layout knows. A longer word is tried first.
var commonLabels = []label{
	{"合计", LineTotal}, {"总计", LineTotal}, {"共计", LineTotal}, {"累计", LineTotal}, {"合计金额", LineTotal}, {"总合计", LineTotal}, {"全部合计", LineTotal},
	{"小计", LineSubtotal}, {"本页合计", LineSubtotal}, {"本页小计", LineSubtotal},
}

// Words that begin a remark when a colon or nothing follows.
var noteWords = []string{"说明", "填表说明", "备注", "注", "附注", "填表人", "制表人", "制表", "填报人", "填报单位", "填表单位", "填表日期", "填报日期", "审核人", "审核",
	"复核人", "复核", "负责人", "单位负责人", "主管领导", "分管领导", "报账员", "会计", "出纳", "经办人", "监委会主任", "村监委主任", "民主理财小组", "民主理财小组签字",
	"党员代表签字", "村民代表签字", "理财小组成员", "单位盖章", "盖章", "联系电话", "公示时间", "公示日期", "公示期限", "监督电话", "举报电话", "示例", "例", "单位"}

func lineLabels(l *Layout) []label {
	out := slices.Clone(commonLabels)
	for _, line := range l.Lines {
		for _, s := range append([]string{line.Title}, line.Labels...) {
			out = append(out, label{letters(tight(s)), line.Key})
		}
	}
	slices.SortStableFunc(out, func(a, b label) int { return len(b.word) - len(a.word) })
	return out
}

// lines recognises a row that is not data and returns what it says; a data row
// gives none.
func (r *reading) lines(row Row) []LineRow {
	if r.repeats(row) {
		c := row.Cells[0]
		return []LineRow{{Key: LineRepeat, Number: row.Number, Address: c.Address(), Text: tidy(c.Raw)}}
	}
	first := r.firstWord(row)
	if first.Kind == CellEmpty {
		return nil
	}
	text := tight(first.Raw)
	word := letters(text)
	out := LineRow{Number: row.Number, Address: first.Address(), Text: tidy(first.Raw)}
	for _, l := range r.labels {
		if word == l.word || l.key == LineTotal && spelledTotal(text, l.word) {
			out.Key = l.key
			r.amounts(&out, row, first.Col)
			return []LineRow{out}
		}
	}
	// A balance mentioned in one cell of a full row is a remark of that row.
	if found, cells := r.phrases(row); cells*2 >= len(row.Cells) && len(found) > 0 {
		return found
	}
	if r.remark(row, text) {
		out.Key = LineNote
		return []LineRow{out}
	}
	return nil
}

// spelledTotal recognises totals such as 合计（大写）：壹万元整.
func spelledTotal(text, word string) bool {
	rest, ok := strings.CutPrefix(text, word)
	if !ok {
		return false
	}
	for _, s := range []string{":", "(", "人民币", "大写"} {
		if strings.HasPrefix(rest, s) {
			return true
		}
	}
	return false
}

// firstWord returns the first text of a row, passing over its running number.
func (r *reading) firstWord(row Row) Cell {
	for _, c := range row.Cells {
		if c.Kind == CellText && strings.Trim(tight(c.Raw), "0123456789.、") != "" {
			return c
		}
	}
	return Cell{}
}

// amounts reads what a total or balance row says in columns of amounts and texts.
func (r *reading) amounts(out *LineRow, row Row, from int) {
	out.Values = make([]string, len(r.l.Columns))
	for i, p := range r.parsers {
		if p == nil {
			continue
		}
		c := row.at(r.cols[i])
		if p.col.Kind == Text && c.Col != from {
			out.Values[i] = tidy(c.Raw)
		}
		if p.col.Kind != Money && p.col.Kind != Int {
			continue
		}
		if v, f := p.parse(c); f == nil && v != "" {
			out.Values[i] = v
			if out.Amount == "" && p.col.Kind == Money {
				out.Amount = v
			}
		} else if f != nil && c.Col != from {
			r.add(Problem{Address: c.Address(), Row: row.Number, Column: p.col.Title, Value: clip(c.Raw), Message: f.message, Level: Warning})
		}
	}
	if out.Amount != "" {
		return
	}
	for _, c := range row.Cells {
		if c.Col > from && (c.Kind == CellNumber || c.Kind == CellText) {
			if fen, m := ParseMoney(c.Raw, r.unit()); m == "" {
				out.Amount = itoa(fen)
				return
			}
		}
	}
}

// unit is the sheet's unit of money in fen.
func (r *reading) unit() int64 {
	for _, c := range r.p.Match.Columns {
		if c.Scale > 0 {
			return c.Scale
		}
	}
	if r.m.scale > 0 {
		return r.m.scale
	}
	return unitScale["元"]
}

// repeats recognises the header printed once more on a later page, and the row
// of column numbers that official forms have right under the header.
func (r *reading) repeats(row Row) bool {
	same, running, n := 0, 0, 0
	for _, c := range row.Cells {
		word := tight(c.Raw)
		if n++; slices.Contains([]string{"甲", "乙", "丙", "丁", "栏次"}, word) || numbered(word, n) {
			running++
		}
		if word == r.found[c.Col] {
			same++
		}
	}
	return n >= 3 && (running == n && row.Number == r.m.Row+r.m.Height || same*2 > n && same >= 3)
}

// numbered reports that a word is the n-th column's number, counted with or
// without the two columns that forms letter 甲 and 乙.
func numbered(word string, n int) bool {
	return word == itoa(int64(n)) || word == itoa(int64(n-1)) || word == itoa(int64(n-2))
}

// remark recognises notes and signatures below the data: a telling first word,
// and most of the row empty.
func (r *reading) remark(row Row, text string) bool {
	filled, required := 0, 0
	for i, col := range r.cols {
		if col > 0 && row.at(col).Kind != CellEmpty {
			filled++
			if r.l.Columns[i].Required {
				required++
			}
		}
	}
	for _, w := range noteWords {
		rest, ok := strings.CutPrefix(text, w)
		if !ok || filled > max(2, len(r.m.Columns)/2) {
			continue
		}
		if rest == "" && required < 2 || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "、") {
			return true
		}
	}
	// A long sentence alone in its row under the data.
	return len(row.Cells) == 1 && filled == 1 && required <= 1 && len([]rune(text)) > 30
}

// phrases finds labelled amounts inside texts, such as 上月余额：1,234.50元
// above the header, and says how many cells take part.
func (r *reading) phrases(row Row) (out []LineRow, cells int) {
	for k, c := range row.Cells {
		if c.Kind != CellText || len(r.phrase) == 0 {
			continue
		}
		text, hits := tight(c.Raw), 0
		for {
			at, hit := len(text), label{}
			for _, l := range r.phrase {
				if i := strings.Index(text, l.word); i >= 0 && i < at {
					at, hit = i, l
				}
			}
			if hit.key == "" {
				break
			}
			text = strings.TrimLeft(text[at+len(hit.word):], ":=为")
			amount := leadingAmount(text)
			if amount == "" && text == "" && k+1 < len(row.Cells) {
				amount = row.Cells[k+1].Raw
			}
			if fen, m := ParseMoney(amount, r.unit()); amount != "" && m == "" {
				out = append(out, LineRow{Key: hit.key, Number: row.Number, Address: c.Address(), Text: clip(c.Raw), Amount: itoa(fen)})
				hits++
			}
		}
		if hits > 0 {
			cells++
		}
	}
	return out, cells
}

// leadingAmount cuts the amount off the head of a text.
func leadingAmount(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("0123456789.,-¥￥()万元", r)
	})
	if end >= 0 {
		s = s[:end]
	}
	s = strings.TrimRight(s, ",.")
	if i := strings.LastIndex(s, "元"); i >= 0 {
		s = s[:i+len("元")]
	}
	return s
}
