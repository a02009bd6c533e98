package membertest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/sheet"
)

// Book opens a spreadsheet.
func (y *Town) Book(path string) *sheet.Book {
	y.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		y.Fatal(err)
	}
	return y.Open(filepath.Base(path), raw)
}

// Open opens the bytes of a spreadsheet.
func (y *Town) Open(name string, raw []byte) *sheet.Book {
	y.Helper()
	b, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)), name)
	if err != nil {
		y.Fatal(err)
	}
	return b
}

// Errors are the cells with an error, in order, each with its rule.
func Errors(p *sheet.Preview) []string { return cells(p, sheet.Error) }

// Warnings are the cells with a warning, likewise.
func Warnings(p *sheet.Preview) []string { return cells(p, sheet.Warning) }

func cells(p *sheet.Preview, level sheet.Level) []string {
	var out []string
	for _, q := range p.Problems {
		if q.Level == level {
			out = append(out, q.Address+" "+q.Rule)
		}
	}
	return out
}

// Units establishes the units of two registers of the same form as the demonstration's: institutions, then Party organisations.
func (y *Town) Units(institutions, party string, on calendar.Date) {
	y.Helper()
	p, plan, err := org.PreviewInstitutions(y.Ctx, y.DB, y.Code, y.Book(institutions), on)
	y.commit(p, err, func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) })
	p, plan, err = org.PreviewParty(y.Ctx, y.DB, y.Code, y.Book(party), on)
	y.commit(p, err, func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) })
}

func (y *Town) commit(p *sheet.Preview, err error, decide func(context.Context, *journal.Writer) error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
	if p.Errors > 0 {
		y.Fatalf("%s: %+v", p.File, p.Problems)
	}
	y.Must(decide)
}
