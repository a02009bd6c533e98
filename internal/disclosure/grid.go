package disclosure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// A form holds up to mostTyped lines of a list; it begins with firstTyped, and "再加几行" adds as many. Longer lists come from a file.
const (
	mostTyped  = 40
	firstTyped = 5
)

// gridColumn is one column of a list that is typed into the form.
type gridColumn struct {
	key, label string
	sort       string // "" text, day, money, long
	need       bool   // in a line that is not blank
	offered    []code // to choose from
	rare       bool   // shown only where something stands in it
}

// cells are one line as it was read.
type cells struct {
	text map[string]string
	day  map[string]calendar.Date
	fen  map[string]int64
}

// grid is a list as the form has it, line by line. All lists have this shape.
type grid struct {
	kind, title string
	columns     []gridColumn
	held        func(c *Content) [][]string           // the lines of a content, as they are typed
	clear       func(c *Content)                      // takes the list out of a content
	add         func(c *Content, r cells)             // a line
	wrong       func(c *Content) (column, why string) // with the line added last; "" for nothing
}

// gridOf is the list of a kind, nil for none.
func gridOf(kind string) *grid {
	for i := range grids {
		if grids[i].kind == kind {
			return &grids[i]
		}
	}
	return nil
}

// grid is the list that is typed into the form now, nil for none.
func (e *entry) grid() *grid { return gridOf(e.Value("grid")) }

// lines is how many lines the form shows.
func (e *entry) lines() int {
	n, err := strconv.Atoi(e.Value("rows"))
	if err != nil {
		return firstTyped
	}
	return min(max(n, 1), mostTyped)
}

func cellName(line int, key string) string { return fmt.Sprintf("r%d-%s", line, key) }

// blank reports whether nothing was typed into a line.
func (g *grid) blank(e *entry, line int) bool {
	return !slices.ContainsFunc(g.columns, func(c gridColumn) bool { return strings.TrimSpace(e.Value(cellName(line, c.key))) != "" })
}

// read takes what was typed into the content, in place of the list that was there. Each fault stands at its cell and is called by line and
// column. Blank lines are left out.
func (g *grid) read(e *entry, c *Content) {
	g.clear(c)
	if g.kind == "finance" {
		defer c.readBalances(e)
	}
	for line := 1; line <= e.lines(); line++ {
		if g.blank(e, line) {
			continue
		}
		r, sound := cells{map[string]string{}, map[string]calendar.Date{}, map[string]int64{}}, true
		for _, col := range g.columns {
			name, label, need := cellName(line, col.key), fmt.Sprintf("第 %d 行 %s", line, col.label), web.Need(col.need)
			switch {
			case col.offered != nil:
				r.text[col.key] = e.Choice(name, label, need, codesOf(col.offered)...)
			case col.sort == "day":
				r.day[col.key] = e.Date(name, label, need)
			case col.sort == "money":
				r.fen[col.key] = e.Money(name, label, need)
			case col.need:
				r.text[col.key] = e.Required(name, label, col.limit())
			default:
				r.text[col.key] = e.Text(name, label, col.limit())
			}
			sound = sound && e.Err(name) == ""
		}
		g.add(c, r)
		if key, why := g.wrong(c); sound && why != "" {
			at := slices.IndexFunc(g.columns, func(col gridColumn) bool { return col.key == key })
			e.Fail(cellName(line, key), fmt.Sprintf("第 %d 行 %s", line, g.columns[at].label), why)
		}
	}
}

// limit is how many characters a cell holds.
func (col gridColumn) limit() int {
	if col.sort == "long" {
		return 500
	}
	return 120
}

// readBalances reads what stands before and after the lines of a finance table; the closing balance is reckoned when it is left out.
func (c *Content) readBalances(e *entry) {
	if c.Finance == nil {
		if e.Value("opening") == "" && e.Value("closing") == "" {
			return
		}
		c.Finance = &Finance{Lines: []Line{}} // nothing moved
	}
	f := c.Finance
	f.Opening = e.Balance("opening", "上期结余", web.Needed)
	if e.Value("closing") != "" {
		f.Closing = e.Balance("closing", "本期结余", web.Optional)
		return
	}
	in, out := f.Sums()
	f.Closing = f.Opening + in - out
}

// fill puts the list of a content into the form, with room for more. A list too long to be typed stays as it is, with a word about it.
func (g *grid) fill(e *entry, c *Content) {
	rows := g.held(c)
	if len(rows) > mostTyped {
		e.Fail("sheet", "表格", fmt.Sprintf("这张表有 %d 行，在这里最多填 %d 行；请改好表格文件重新导入", len(rows), mostTyped))
		return
	}
	n := min(max(firstTyped, len(rows)+2), mostTyped)
	e.set["grid"], e.set["rows"] = g.kind, strconv.Itoa(n)
	for line := 1; line <= n; line++ {
		for i, col := range g.columns {
			e.set[cellName(line, col.key)] = ""
			if line <= len(rows) {
				e.set[cellName(line, col.key)] = rows[line-1][i]
			}
		}
	}
	if f := c.Finance; g.kind == "finance" && f != nil {
		e.set["opening"], e.set["closing"] = sheet.FormatMoney(f.Opening), sheet.FormatMoney(f.Closing)
	}
}

// reshapes reports whether a button only changes the form.
func reshapes(do string) bool {
	return do == "more" || do == "unfill" || strings.HasPrefix(do, "fill-")
}

// shape does what a button asks that only changes the form: it opens a list, adds lines, or gives up what was typed, so that the list
// from before stands again. What is still wrong is told when the form is sent.
func (t *typed) shape(e *entry) {
	c, do := &t.Content, e.Value("do")
	if reshapes(do) {
		e.Pardon()
	}
	open, opens := strings.CutPrefix(do, "fill-")
	switch {
	case do == "more":
		e.set["rows"] = strconv.Itoa(min(e.lines()+firstTyped, mostTyped))
	case do == "unfill":
		e.set["grid"] = ""
	case opens && gridOf(open) != nil:
		e.open(gridOf(open), c)
	default:
		return
	}
}

// open shows a list in the form. One of recipients hides names unless somebody wants them whole; none is money.
func (e *entry) open(g *grid, c *Content) {
	if e.Value("subject") == "finance" && g.kind != "finance" {
		c.Subject, e.set["subject"] = "village", "village"
	}
	if g.kind == "aid" && c.Aid == nil {
		e.set["maskname"] = "1"
	}
	if g.kind == "finance" && c.Finance == nil {
		e.set["large"] = sheet.FormatMoney(usualLarge)
	}
	g.fill(e, c)
}

func codesOf(list []code) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Code
	}
	return out
}

// options are what a column offers.
func (col gridColumn) options() []ui.Option {
	out := make([]ui.Option, len(col.offered))
	for i, c := range col.offered {
		out[i] = ui.Option{Value: c.Code, Text: c.Title}
	}
	return out
}

// shown are the columns that the form shows: rare ones where something stands in them.
func (g *grid) shown(e *entry) []gridColumn {
	return slices.DeleteFunc(slices.Clone(g.columns), func(col gridColumn) bool {
		for line := 1; col.rare && line <= e.lines(); line++ {
			if e.Value(cellName(line, col.key)) != "" {
				return false
			}
		}
		return col.rare
	})
}
