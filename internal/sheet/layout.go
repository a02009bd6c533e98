package sheet

// Kind says how the text of a column is understood and what its canonical
// value looks like.
type Kind uint8

// The kinds of column, with their canonical values.
const (
	Text   Kind = iota // trimmed text, line breaks kept
	IDText             // letters and digits that must stay text: identity numbers, codes, accounts
	Date               // YYYY-MM-DD; also YYYY-MM when the column is Partial
	Month              // YYYY-MM
	Money              // whole fen in decimal digits, "-" before negatives
	Int                // decimal integer
	Choice             // one of the column's choices, as the layout spells it
	Phone              // digits, and a hyphen after the area code of a landline
	Serial             // running number of the row; ignored on reading, counted on writing
)

// Option is one allowed value of a Choice column and other ways to write it.
type Option struct {
	Value    string
	Synonyms []string
}

// Options makes choices without synonyms.
func Options(values ...string) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i].Value = v
	}
	return out
}

// Column describes one column of a register.
type Column struct {
	Key      string // stable English name, used by code and in stored previews
	Title    string // heading as we write it
	Synonyms []string
	Kind     Kind
	Required bool // the column must be there and no row may leave it empty
	Expected bool // a file without the column is accepted with a remark
	Unique   bool // a value may occur once in a file
	Partial  bool // Date: a month alone is accepted, with a warning
	FillDown bool // a cell merged over several rows holds for each of them
	Summed   bool // Money, Int: a totals row must equal the sum of the rows
	Positive bool // Money, Int: negative values are refused
	Open     bool // Choice: other values are kept, with a warning
	Choices  []Option
	Help     string // one sentence for the person filling it in
	Width    float64
	Personal bool // personal data: callers mask it where the viewer may not see it
	// Check judges a canonical value; its message, when not empty, is an error
	// under the name of Rule.
	Check func(value string) (message string)
	Rule  string
}

// Line is a labelled amount that stands beside or between the data rows of a
// form, such as 上月余额.
type Line struct {
	Key    string
	Title  string
	Labels []string // further ways to write the title
}

// Layout describes a register: what offices call its columns and what must
// hold among them.
type Layout struct {
	Name    string // stable English name
	Title   string // as printed above the table
	Columns []Column
	Lines   []Line
	// Check looks at the whole table after all cells are parsed and reports
	// what does not hold within a row or between rows.
	Check func(t *Table)
	// Bare reports whether a table says enough without any row; nil: none does.
	Bare func(t *Table) bool
	// Note is printed under the header of a blank form, one remark a line.
	Note []string
}

// column returns the index of a column by key, -1 when there is none.
func (l *Layout) column(key string) int {
	for i := range l.Columns {
		if l.Columns[i].Key == key {
			return i
		}
	}
	return -1
}

// Column returns a column by key, nil when there is none: a slice sets the Check
// of a column that only it can judge.
func (l *Layout) Column(key string) *Column {
	if i := l.column(key); i >= 0 {
		return &l.Columns[i]
	}
	return nil
}

// Keys returns the keys of all columns, in order.
func (l *Layout) Keys() []string {
	keys := make([]string, len(l.Columns))
	for i := range l.Columns {
		keys[i] = l.Columns[i].Key
	}
	return keys
}
