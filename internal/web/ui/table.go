package ui

import (
	"slices"

	"github.com/a-h/templ"
)

// Column is one column of a table of T. Make it with [TextCol] or [Col] and
// refine it with the methods.
type Column[T any] struct {
	Title  string
	cell   func(T) templ.Component
	text   func(T) string
	sort   string
	num    bool
	strong bool
	wide   bool
	fold   bool
	muted  bool
}

// TextCol is a column of plain text; an empty text is shown as a dash.
func TextCol[T any](title string, text func(T) string) Column[T] {
	return Column[T]{Title: title, text: text}
}

// Col is a column of components, such as a badge.
func Col[T any](title string, cell func(T) templ.Component) Column[T] {
	return Column[T]{Title: title, cell: cell}
}

// Num aligns at the right with tabular digits.
func (c Column[T]) Num() Column[T] { c.num = true; return c }

// Strong makes the column the head of its row: bold, and the link when rows have one.
func (c Column[T]) Strong() Column[T] { c.strong = true; return c }

// Wide lets long text wrap; other cells stay on one line.
func (c Column[T]) Wide() Column[T] { c.wide = true; return c }

// Fold lets text wrap that is short in most rows and long in some.
func (c Column[T]) Fold() Column[T] { c.fold = true; return c }

// Muted prints in the softer colour.
func (c Column[T]) Muted() Column[T] { c.muted = true; return c }

// SortBy makes the heading a link that sorts by key.
func (c Column[T]) SortBy(key string) Column[T] { c.sort = key; return c }

// Sort is the present order and how to ask for another.
type Sort struct {
	Key  string
	Desc bool
	Href func(key string, desc bool) string
}

// Pager leads through a list by keys: only the neighbours are known.
type Pager struct {
	Text  string // 第 1–10 条，共 216 条
	First string // addresses; empty where there is none
	Prev  string
	Next  string
	Pages []PageLink // numbered pages, only where the list is short
}

// PageLink is one numbered page.
type PageLink struct {
	Text   string
	Href   string
	Active bool
}

// Bulk lets rows be chosen and acted on together. The chosen keys are sent as
// repeated values of Name.
type Bulk struct {
	Action  string
	Opens   bool   // the buttons open a page about the chosen rows and change nothing: the form is sent by GET
	Name    string // "id" when empty
	Params  []Param
	Buttons []ButtonProps
}

// TableProps is a list with its filters, choice and paging.
type TableProps[T any] struct {
	ID      string // needed for Bulk; unique on the page
	Title   string // heading of the card; also the table's name for readers
	Count   string // 216 人
	Actions []templ.Component
	Filters templ.Component // fields; the table puts them in a GET form
	Filter  string          // address of that form
	Params  []Param         // carried along by the filter form
	Columns []Column[T]
	Rows    []T
	Key     func(T) string // value of a row's checkbox, "" for a row that cannot be chosen; needed for Bulk
	Href    func(T) string // where the strong column leads; empty string for no link
	Late    func(T) bool   // marks rows that need attention
	Bulk    *Bulk
	Sort    Sort
	Pager   Pager
	Empty   EmptyProps // shown when there are no rows
	Foot    []string   // cells of a total row, one per column
	Scroll  bool       // on phones scroll sideways instead of turning rows into cards
}

// Table is a list in a card: heading, filters, rows, choice and paging.
func Table[T any](p TableProps[T]) templ.Component { return table(p.byIndex()) }

// byIndex is the same table of the rows' indexes. What is drawn by it is compiled once and not for every sort of row, which
// would be a twentieth of the program.
func (p TableProps[T]) byIndex() TableProps[int] {
	q := TableProps[int]{ID: p.ID, Title: p.Title, Count: p.Count, Actions: p.Actions, Filters: p.Filters, Filter: p.Filter, Params: p.Params,
		Bulk: p.Bulk, Sort: p.Sort, Pager: p.Pager, Empty: p.Empty, Foot: p.Foot, Scroll: p.Scroll,
		Key: at(p.Rows, p.Key), Href: at(p.Rows, p.Href), Late: at(p.Rows, p.Late)}
	for i := range p.Rows {
		q.Rows = append(q.Rows, i)
	}
	for _, c := range p.Columns {
		q.Columns = append(q.Columns, Column[int]{c.Title, at(p.Rows, c.cell), at(p.Rows, c.text), c.sort, c.num, c.strong, c.wide, c.fold, c.muted})
	}
	return q
}

// at is f of the row with an index, nil when f is.
func at[T, V any](rows []T, f func(T) V) func(int) V {
	if f == nil {
		return nil
	}
	return func(i int) V { return f(rows[i]) }
}

func (p TableProps[T]) bulk() bool { return p.Bulk != nil && p.Key != nil }

// method is how the bar's form is sent.
func (b Bulk) method() string {
	if b.Opens {
		return "get"
	}
	return "post"
}

// lead is the column whose cell heads its row, and its card on phones: the strong one, else the first.
func (p TableProps[T]) lead() int {
	return max(0, slices.IndexFunc(p.Columns, func(c Column[T]) bool { return c.strong }))
}

func (p TableProps[T]) bulkID() string { return p.ID + "-bulk" }

func (c Column[T]) class() string {
	s := ""
	if c.num {
		s = "num"
	}
	if c.fold {
		s += " fold"
	}
	if c.wide {
		s += " wide"
	}
	if c.muted {
		s += " muted"
	}
	return s
}

func (c Column[T]) body(row T) templ.Component {
	if c.cell != nil {
		return c.cell(row)
	}
	return Text(or(c.text(row), "—"))
}

func (p TableProps[T]) href(c Column[T], row T) string {
	if !c.strong || p.Href == nil {
		return ""
	}
	return p.Href(row)
}

func (s Sort) href(key string) templ.SafeURL {
	return templ.URL(s.Href(key, s.Key == key && !s.Desc))
}

// aria is the value of aria-sort.
func (s Sort) aria(key string) string {
	switch {
	case key == "" || s.Key != key:
		return "none"
	case s.Desc:
		return "descending"
	}
	return "ascending"
}
