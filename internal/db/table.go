package db

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Type is the type of a column; the same on every engine.
type Type uint8

// The types of columns. All but the last two are NOT NULL.
const (
	Int       Type = iota // 64 bit
	Text                  // UTF-8 without NUL, ordered by code point
	Bytes                 // any bytes
	Date                  // YYYY-MM-DD, or empty
	Bool                  // 0 or 1
	NullText              // Text or NULL
	NullBytes             // Bytes or NULL
)

// Column is one column of a [Table].
type Column struct {
	Name string
	Type Type
}

// Index is an index of a [Table]. Its columns begin with town; a column may
// be followed by " DESC". Where makes it partial.
type Index struct {
	Name    string
	Columns []string
	Unique  bool
	Where   string
}

// Table describes a table for every engine.
type Table struct {
	Name    string
	Columns []Column
	Key     int // the first Key columns are the primary key; the first of all is town
	Indexes []Index
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// Validate answers what of the table breaks the conventions: the first column
// and the first column of each index is town, so that one town's rows can be
// exported, moved and distributed by themselves.
func (t Table) Validate() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("db: table %q: %s", t.Name, fmt.Sprintf(format, args...))
	}
	if !nameForm.MatchString(t.Name) {
		return bad("the name must be lower case letters, digits and _")
	}
	if len(t.Columns) == 0 || t.Columns[0].Name != "town" {
		return bad("the first column must be town")
	}
	if t.Key < 1 || t.Key > len(t.Columns) {
		return bad("key of %d columns out of %d", t.Key, len(t.Columns))
	}
	seen := map[string]bool{}
	for i, c := range t.Columns {
		switch {
		case !nameForm.MatchString(c.Name) || seen[c.Name]:
			return bad("column %q: bad or repeated name", c.Name)
		case c.Type > NullBytes:
			return bad("column %q: unknown type %d", c.Name, c.Type)
		case i < t.Key && c.Type.nullable():
			return bad("column %q: a key cannot be NULL", c.Name)
		}
		seen[c.Name] = true
	}
	for _, x := range t.Indexes {
		if !nameForm.MatchString(x.Name) {
			return bad("index %q: bad name", x.Name)
		}
		if len(x.Columns) == 0 || x.Columns[0] != "town" {
			return bad("index %q must begin with town", x.Name)
		}
		for _, c := range x.Columns {
			if !seen[strings.TrimSuffix(c, " DESC")] {
				return bad("index %q: no column %q", x.Name, c)
			}
		}
	}
	return nil
}

func (t Type) nullable() bool { return t == NullText || t == NullBytes }

// takes reports whether a checked value has the type of the column. NULL is
// left to the engine, which names the constraint.
func (t Type) takes(plain any) bool {
	switch plain.(type) {
	case int64:
		return t == Int || t == Bool
	case string:
		return t == Text || t == Date || t == NullText
	case []byte:
		return t == Bytes || t == NullBytes
	}
	return true
}

// DDL answers the statements that create the table and its indexes where they
// are missing. It panics when [Table.Validate] fails: a table is written down
// in the program, not made at run time.
func (t Table) DDL(e Engine) []string {
	if err := t.Validate(); err != nil {
		panic(err)
	}
	d := dialects[e]
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE IF NOT EXISTS %s (\n", t.Name)
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "  %s %s", c.Name, d.column(c.Type))
		if !c.Type.nullable() {
			b.WriteString(" NOT NULL")
		}
		switch c.Type {
		case Date:
			fmt.Fprintf(&b, " CHECK (length(%s) = 10 OR %[1]s = '')", c.Name)
		case Bool:
			fmt.Fprintf(&b, " CHECK (%s IN (0, 1))", c.Name)
		}
		b.WriteString(",\n")
	}
	fmt.Fprintf(&b, "  PRIMARY KEY (%s)\n)%s", strings.Join(t.names(0, t.Key), ", "), d.tableSuffix())
	return append([]string{b.String()}, t.indexDDL()...)
}

func (t Table) indexDDL() []string {
	var out []string
	for _, x := range t.Indexes {
		unique, where := "", ""
		if x.Unique {
			unique = "UNIQUE "
		}
		if x.Where != "" {
			where = " WHERE " + x.Where
		}
		out = append(out, fmt.Sprintf("CREATE %sINDEX IF NOT EXISTS %s ON %s (%s)%s",
			unique, x.Name, t.Name, strings.Join(x.Columns, ", "), where))
	}
	return out
}

// names are the names of the columns from and before to.
func (t Table) names(from, to int) []string {
	var out []string
	for _, c := range t.Columns[from:to] {
		out = append(out, c.Name)
	}
	return out
}

// Create creates the tables and indexes that are missing. A table that exists
// is left as it is, whatever its columns.
func (tx *Tx) Create(ctx context.Context, tables ...Table) error {
	for _, t := range tables {
		if err := t.Validate(); err != nil {
			return err
		}
		if err := tx.each(ctx, t.DDL(tx.Engine())); err != nil {
			return err
		}
	}
	return nil
}

// AddColumns adds the columns from the given one on to a table that has those before; rows that stand get 0 or the empty text.
// Bytes cannot be added: no default means the same on every engine.
func (tx *Tx) AddColumns(ctx context.Context, t Table, from int) error {
	if err := t.Validate(); err != nil {
		return err
	}
	for _, c := range t.Columns[from:] {
		standard := "''"
		switch c.Type {
		case Int, Bool:
			standard = "0"
		case Bytes, NullBytes, NullText:
			return fmt.Errorf("db: table %q: column %q of this type cannot be added", t.Name, c.Name)
		}
		if _, err := tx.Exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s NOT NULL DEFAULT %s", t.Name, c.Name, dialects[tx.Engine()].column(c.Type), standard)); err != nil {
			return err
		}
	}
	return nil
}

// Drop removes the tables with all rows and indexes, the last one first.
func (tx *Tx) Drop(ctx context.Context, tables ...Table) error {
	for _, t := range slices.Backward(tables) {
		if _, err := tx.Exec(ctx, "DROP TABLE IF EXISTS "+t.Name); err != nil {
			return err
		}
	}
	return nil
}

// DropIndexes removes the indexes, but not the keys, before a bulk load: to
// build them once at the end takes half the time.
func (tx *Tx) DropIndexes(ctx context.Context, tables ...Table) error {
	for _, t := range tables {
		for _, x := range t.Indexes {
			if _, err := tx.Exec(ctx, "DROP INDEX IF EXISTS "+x.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// CreateIndexes creates the indexes that are missing.
func (tx *Tx) CreateIndexes(ctx context.Context, tables ...Table) error {
	for _, t := range tables {
		if err := t.Validate(); err != nil {
			return err
		}
		if err := tx.each(ctx, t.indexDDL()); err != nil {
			return err
		}
	}
	return nil
}

// each runs the statements one by one: a prepared statement holds only one.
func (tx *Tx) each(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if _, err := tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
