package disclosure

import (
	"fmt"
	"regexp"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

var (
	postedLine  = regexp.MustCompile(`^公示(?:起止|时间|期|期限|起止时间|起止日期)\s*[:：]`)
	postedDates = regexp.MustCompile(`(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})日?\s*(?:至|到|—+|～|~|－|-)\s*(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})`)
)

// hungCell is a posting period as the office's form states it, with the cell in which it stands. When a sheet really hangs is
// registered later by an act: what the form says is held against itself and not taken over.
type hungCell struct {
	at       string
	row      int
	value    string
	from, to calendar.Date
}

// checkPosted names every cell whose posting period runs backwards, is no day, or begins before the period of the table is over.
// What stands the same in many lines is named once, by its first cell.
func (c *Content) checkPosted(raw map[int][]sheet.Cell, p *sheet.Preview) {
	said := map[string]int{}
	for _, h := range postedIn(raw, p, c.To) {
		level, what := c.doubtPosted(h)
		if what == "" {
			continue
		}
		if i, ok := said[h.value]; ok {
			p.Problems[i].Message = what + "下面几行也是这样。"
			continue
		}
		q := sheet.Problem{Address: h.at, Row: h.row, Column: "公示起止", Value: h.value, Message: what}
		if level == sheet.Error {
			fault(p, q)
		} else {
			q.Sheet, q.Level = p.Match.Sheet, level
			p.Problems = append(p.Problems, q)
			p.Warnings++
		}
		said[h.value] = len(p.Problems) - 1
	}
}

// doubtPosted says what is wrong with a stated posting period, "" for nothing.
func (c *Content) doubtPosted(h hungCell) (sheet.Level, string) {
	switch {
	case !h.from.Valid() || !h.to.Valid():
		return sheet.Error, "公示起止里有一天在日历上没有，请改正后重新上传。"
	case h.to < h.from:
		return sheet.Error, fmt.Sprintf("公示起止倒过来了：%s开始，%s就结束了。请改正后重新上传。", h.from.Chinese(), h.to.Chinese())
	case c.To != "" && h.from <= c.To:
		return sheet.Warning, fmt.Sprintf("%s就开始公示，而这张表的期间到%s才完。请核对；张贴起止以以后登记的为准，这一栏没有读入。", h.from.Chinese(), c.To.Chinese())
	}
	return "", ""
}

// postedIn finds the stated posting periods: in the lines of the table, in one column or two, and in the lines around it. last is
// the end of the table's period, from which days without a year are understood.
func postedIn(raw map[int][]sheet.Cell, p *sheet.Preview, last calendar.Date) []hungCell {
	var out []hungCell
	col := columnsOf(p)
	at := func(row int, key string) string {
		for _, m := range p.Match.Columns {
			if m.Key == key {
				return sheet.Address(row, m.Col)
			}
		}
		return ""
	}
	value := func(r sheet.DataRow, key string) string {
		if i, ok := col[key]; ok {
			return r.Values[i]
		}
		return ""
	}
	table := map[int]bool{p.Match.Row: true}
	for _, r := range p.Rows {
		table[r.Number] = true
		if s := value(r, "posted"); s != "" {
			if h, ok := postedOf(s, last); ok {
				h.at, h.row = at(r.Number, "posted"), r.Number
				out = append(out, h)
			}
		}
		if from, to := value(r, "posted_from"), value(r, "posted_to"); calendar.Date(from).Valid() && calendar.Date(to).Valid() {
			out = append(out, hungCell{at(r.Number, "posted_to"), r.Number, from + "至" + to, calendar.Date(from), calendar.Date(to)})
		}
	}
	for n := 1; n <= p.Match.Row+len(p.Rows)+len(p.Lines)+1; n++ {
		for _, cell := range raw[n] {
			if s := strings.TrimSpace(cell.Raw); !table[n] && postedLine.MatchString(s) {
				if h, ok := postedOf(s, last); ok {
					h.at, h.row = sheet.Address(n, cell.Col), n
					out = append(out, h)
				}
			}
		}
	}
	return out
}

// mostPosted is how many days apart two days without years may lie to be read as the turn of a year.
const mostPosted = 90

// postedOf reads "2026年10月15日至10月30日" and its like; ok is false for a text that names no two days, such as "15天".
func postedOf(s string, last calendar.Date) (h hungCell, ok bool) {
	m := postedDates.FindStringSubmatch(s)
	if m == nil {
		return h, false
	}
	day := func(year int, month, day string) calendar.Date { return calendar.Of(year, num(month), num(day)) }
	y := num(m[1])
	if y == 0 && last == "" {
		return h, false // two days of no year can only be held against each other by guessing
	}
	if y == 0 {
		if y = last.Year(); day(y, m[2], m[3]) <= last && day(y+1, m[2], m[3]) <= last.AddDays(mostPosted) {
			y++
		}
	}
	h = hungCell{value: s, from: day(y, m[2], m[3])}
	if z := num(m[4]); z != 0 {
		h.to = day(z, m[5], m[6])
		return h, true
	}
	h.to = day(y, m[5], m[6])
	if next := day(y+1, m[5], m[6]); h.to < h.from && h.from.Valid() && next.Valid() && calendar.Days(h.from, next) <= mostPosted {
		h.to = next
	}
	return h, true
}
