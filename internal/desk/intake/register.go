package intake

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Register is one register that comes in by spreadsheets, with its entry page.
type Register struct {
	Path   string  // address of the entry page, under which the slice puts it into the site map
	Title  string  // 批量导入党员
	List   ui.Link // where what was recorded is seen; its address is also the navigation's entry
	Act    string  // power without which nobody gets in
	Denied string  // what they are told: 您的职务不能批量导入党员。
	Kinds  []Kind
	Fields []Field
	Day    Day
	Second *Second
	Mask   func(column, value string) string // shows a cell of a column with personal data, by its key; nil when there are none
	Read   func(ctx context.Context, in Input) (Reading, error)

	counter *Counter
}

// Part are the rows of a plan that were chosen, or, unless want, the others.
func Part[T any](rows []T, chosen []bool, want bool) []T {
	var part []T
	for i, x := range rows {
		if chosen[i] == want {
			part = append(part, x)
		}
	}
	return part
}

// Chosen tells by its key whether a row of a plan was chosen.
func Chosen[T any, K comparable](rows []T, chosen []bool, key func(T) K) func(K) bool {
	keys := map[K]bool{}
	for i, x := range rows {
		keys[key(x)] = chosen[i]
	}
	return func(k K) bool { return keys[k] }
}

// Kind is a form of sheet that is read.
type Kind struct {
	Code, Title, Help string
	Layout            func() *sheet.Layout // for the blank form, and to know which columns are personal
}

// Day asks for the day as of which a sheet holds.
type Day struct {
	Label string // "" when the sheet itself dates its rows
	Help  string
}

// Field is something else that must be said beside the file, chosen from a list.
type Field struct {
	Name, Label, Help string
	Need              web.Need
	Default           string
	Options           func(r *web.Request) ([]ui.Option, error)
}

// Second is another sheet that may come with the first.
type Second struct {
	Label, Help string
	Blank       Kind
}

// Input is a file with what was said beside it.
type Input struct {
	Kind     string
	On       calendar.Date
	Values   map[string]string // of the fields
	Book     *sheet.Book
	Second   *sheet.Book // nil when none came
	Progress func(rows int)
}

// Reading is what a file says. The error beside it is a *sheet.Refusal when the file is no such sheet at all.
type Reading struct {
	Preview *sheet.Preview
	Plan    Plan // what the rows without errors would record; nil when nothing could be planned
	Second  bool // the preview is of the second sheet, whose faults stand in the way of the first
}

// Item is what is known of a row without showing it.
type Item struct {
	Key   string      // value of its checkbox, unique in the plan
	Row   int         // its number in the file
	After string      // key of an earlier row of the plan that must be recorded with it, "" for none
	Needs []desk.Need // all of them, in one office
	Apart bool        // not taken with "all": the clerk must choose it by itself
}

// Line is a row as it is shown: numbers masked, one cell for each column of the plan.
type Line struct {
	Cells   []string
	Href    string
	Tone    ui.Tone
	Outcome string // what recording it would do
}

// Words are how a plan speaks of its rows.
type Words struct {
	Head  string // 核对导入
	Sum   string // one sentence about the file; "" takes the preview's own
	Unit  string // 行
	Do    string // 登记
	Table string // 可以登记的行
	Ready string // 可以登记
	Apart string // of rows that are not taken with "all"; "" when there are none by nature
	Bad   string // 错误
	Empty ui.EmptyProps
	Done  func(n int) string
}

// Plan is what a file would record, row by row.
type Plan interface {
	Words() Words
	Columns() []string // headings; the second is the row's name
	Len() int
	Item(i int) Item
	Line(ctx context.Context, i int) (Line, error)
	// Seal makes ready what recording needs, such as keys for new persons, and returns the Decide of the request.
	Seal(ctx context.Context, chosen []bool) (func(ctx context.Context, w *journal.Writer) error, error)
	// Rest is the plan of the rows that were not chosen, after the chosen ones were recorded.
	Rest(chosen []bool, done journal.Receipt) Plan
}

// kind finds a kind by its code; the first when there is none.
func (g *Register) kind(code string) Kind {
	for _, k := range g.blanks() {
		if k.Code == code {
			return k
		}
	}
	return g.Kinds[0]
}

// blanks are the kinds of which there are empty forms to fill in.
func (g *Register) blanks() []Kind {
	if g.Second == nil {
		return g.Kinds
	}
	return append(g.Kinds[:len(g.Kinds):len(g.Kinds)], g.Second.Blank)
}

// crumbs are the way to a page of an upload.
func (g *Register) crumbs(more ...ui.Link) []ui.Link {
	return append([]ui.Link{g.List}, more...)
}

func (g *Register) self() ui.Link { return ui.Link{Text: g.Title, Href: g.Path} }
