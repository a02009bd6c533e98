package disclosure

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// ReadSheet reads an office's table as the content of a notice: a finance table with its balances becomes Finance, a list of decisions,
// of results or of recipients becomes what it is, any other table with a heading of its own becomes Table, as printed, its totals checked. Title and period come from the lines above
// the heading. When the preview has errors the content is empty and nothing may be recorded; the error is a *sheet.Refusal
// when the file is no such table at all.
func ReadSheet(ctx context.Context, book *sheet.Book) (Content, *sheet.Preview, error) {
	p, err := layoutOf(ctx, book)
	if err != nil {
		return Content{}, nil, err
	}
	raw, err := rawRows(book, p)
	if err != nil {
		return Content{}, nil, err
	}
	c := Content{Subject: "finance"}
	c.heading(raw, p)
	if slices.Contains([]string{"decisions", "results", "aid"}, p.Layout) {
		c.readList(p)
		c.Subject = c.subjectOf()
	} else if p.Layout == "finance" && (has(p, "opening") || has(p, "closing")) {
		c.Finance = readFinance(p)
	} else {
		c.Table = readTable(raw, p)
	}
	c.checkPosted(raw, p)
	if p.Errors > 0 {
		return Content{}, p, nil
	}
	return c, p, nil
}

func has(p *sheet.Preview, key string) bool {
	for _, l := range p.Lines {
		if l.Key == key {
			return true
		}
	}
	return false
}

// fault adds an error of ours to what the layout found.
func fault(p *sheet.Preview, q sheet.Problem) {
	q.Sheet, q.Level = p.Match.Sheet, sheet.Error
	p.Problems = append(p.Problems, q)
	p.Errors++
	p.Blocked = true
}

// balance is the only amount of a labelled line, in fen.
func balance(p *sheet.Preview, key, title string) int64 {
	var found []sheet.LineRow
	for _, l := range p.Lines {
		if l.Key == key && (len(found) == 0 || found[0].Amount != l.Amount) {
			found = append(found, l)
		}
	}
	switch {
	case len(found) == 0:
		fault(p, sheet.Problem{Message: "表上没有写明" + title + "。请补上这一行后重新上传"})
		return 0
	case len(found) > 1:
		fault(p, sheet.Problem{Address: found[1].Address, Row: found[1].Number, Value: found[1].Text, Message: "表上有两个不同的" + title + "，请只留一个"})
		return 0
	}
	fen, err := strconv.ParseInt(found[0].Amount, 10, 64)
	if err != nil {
		fault(p, sheet.Problem{Address: found[0].Address, Row: found[0].Number, Value: found[0].Text, Message: "看不懂" + title + "的金额，请填数字"})
	}
	return fen
}

// readFinance turns the rows into lines. Faults that only show here are added to the preview.
func readFinance(p *sheet.Preview) *Finance {
	f := &Finance{Opening: balance(p, "opening", "上期结余"), Closing: balance(p, "closing", "本期结余"), Lines: []Line{}}
	col := columnsOf(p)
	for _, r := range p.Rows {
		text := func(key string) string { return r.Values[col[key]] }
		l := Line{Item: text("item"), Source: text("source"), Dept: text("department"), Handler: text("officer"), Opinion: text("review"),
			Voucher: text("voucher"), Note: text("remark")}
		if l.Handler == "" {
			l.Handler = text("handler")
		}
		if d := calendar.Date(text("date")); d.Valid() {
			l.Day = d
		} else if d != "" {
			l.Note = strings.TrimSpace(string(d) + " " + l.Note)
		}
		in, out, amount := fen(text("income")), fen(text("expense")), fen(text("amount"))
		switch outgoing(p, text("direction")) {
		case "收入":
			in += amount
		case "支出":
			out += amount
		default:
			if amount != 0 && r.Level != sheet.Error {
				fault(p, sheet.Problem{Row: r.Number, Address: strconv.Itoa(r.Number), Value: l.Item, Message: "没有写明这一行是收入还是支出，请补填“收支类别”"})
			}
		}
		l.In, l.Out = in, out
		if err := l.check(); err != "" && r.Level != sheet.Error { // a faulty row has its faults by cell already
			fault(p, sheet.Problem{Row: r.Number, Address: strconv.Itoa(r.Number), Value: l.Item, Message: err})
		}
		f.Lines = append(f.Lines, l)
	}
	return f
}

// outgoing says which way a single amount moves: by its own column, else by the heading above it.
func outgoing(p *sheet.Preview, direction string) string {
	if direction != "" {
		return direction
	}
	head := ""
	for _, m := range p.Match.Columns {
		if m.Key == "item" || m.Key == "amount" {
			head += m.Found
		}
	}
	switch {
	case strings.Contains(head, "收支"):
		return ""
	case strings.Contains(head, "支"):
		return "支出"
	case strings.Contains(head, "收"):
		return "收入"
	}
	return ""
}

func fen(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0 // an empty cell; faulty ones are in the preview already
	}
	return n
}

func fenText(n int64) string { return strconv.FormatInt(n, 10) }

func columnsOf(p *sheet.Preview) map[string]int {
	m := map[string]int{}
	for i, k := range p.Keys {
		m[k] = i
	}
	return m
}

var (
	ranged   = regexp.MustCompile(`(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?\s*(?:至|到|—|～|~|－)\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})`)
	quarters = regexp.MustCompile(`(\d{4})\s*年度?\s*第?\s*([一二三四1-4])\s*季度`)
	months   = regexp.MustCompile(`(\d{4})\s*年\s*(\d{1,2})\s*月`)
	years    = regexp.MustCompile(`(\d{4})\s*年`)
)

// periodIn finds the period that a title or a line above a table names; empty when it names none.
func periodIn(s string) (from, to calendar.Date) {
	if m := ranged.FindStringSubmatch(s); m != nil {
		from, to = calendar.Of(num(m[1]), num(m[2]), num(m[3])), calendar.Of(num(m[4]), num(m[5]), num(m[6]))
	} else if m := quarters.FindStringSubmatch(s); m != nil {
		q := strings.Index("一1二2三3四4", m[2])
		from = calendar.Of(num(m[1]), q/4*3+1, 1)
		to = from.QuarterEnd()
	} else if m := months.FindStringSubmatch(s); m != nil {
		from = calendar.Of(num(m[1]), num(m[2]), 1)
		to = from.MonthEnd()
	} else if m := years.FindStringSubmatch(s); m != nil {
		from, to = calendar.Of(num(m[1]), 1, 1), calendar.Of(num(m[1]), 12, 31)
	}
	if !from.Valid() || !to.Valid() || to < from {
		return "", ""
	}
	return from, to
}

func num(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

var formWords = regexp.MustCompile(`^(单位|公示起止|编制单位|填报单位|金额单位|所属期间|填表|制表|填报)`)

// heading takes title, period and remarks from what stands around the table.
func (c *Content) heading(raw map[int][]sheet.Cell, p *sheet.Preview) {
	var texts []string
	for n := 1; n < p.Match.Row; n++ {
		for _, cell := range raw[n] {
			if s := strings.TrimSpace(cell.Raw); s != "" && cell.Kind == sheet.CellText {
				texts = append(texts, s)
			}
		}
	}
	for _, s := range texts {
		if ranged.MatchString(s) && !postedLine.MatchString(s) {
			c.From, c.To = periodIn(s)
			break
		}
	}
	for _, s := range texts {
		if c.From == "" && !postedLine.MatchString(s) {
			c.From, c.To = periodIn(s)
		}
		switch {
		case c.Title == "":
			c.Title = s
		case !formWords.MatchString(s) && !balanced(p, s):
			c.Text = joined(c.Text, s)
		}
	}
	for _, l := range p.Lines {
		if l.Key != sheet.LineNote {
			continue
		}
		for _, cell := range raw[l.Number] {
			for _, word := range []string{"说明：", "说明:", "附注：", "附注:"} {
				if s, ok := strings.CutPrefix(strings.TrimSpace(cell.Raw), word); ok && s != "" {
					c.Text = joined(c.Text, s)
				}
			}
		}
	}
}

// balanced says that a text above the table is a balance rather than a remark.
func balanced(p *sheet.Preview, s string) bool {
	for _, l := range p.Lines {
		if l.Number < p.Match.Row && strings.HasPrefix(s, strings.TrimRight(l.Text, "…")) {
			return true
		}
	}
	return false
}

func joined(text, s string) string {
	if text == "" {
		return s
	}
	return text + "\n" + s
}

// rawRows returns the cells of the matched sheet as the file holds them, by row.
func rawRows(b *sheet.Book, p *sheet.Preview) (map[int][]sheet.Cell, error) {
	rows := map[int][]sheet.Cell{}
	for row, err := range b.Rows(p.Match.Index) {
		if err != nil {
			return nil, fmt.Errorf("read %s again: %w", p.File, err)
		}
		rows[row.Number] = append([]sheet.Cell(nil), row.Cells...)
	}
	return rows, nil
}
