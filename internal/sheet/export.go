package sheet

import (
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	exportSheet = "台账"
	metaSheet   = "_cunju"
	exportMark  = "cunju-export/1"
	metaHead    = 8 // rows of the hidden sheet before the seals of the rows
)

// Meta says where an export comes from.
type Meta struct {
	Town     string // 9-digit division code
	Position int64  // number of acts in the journal when the export was taken
	Kind     string // which register; also what the caller needs to find it again
	Subtitle string // printed under the title, such as the unit and the day
	// Secret keys the seals of the export. The same one must be given to
	// ReadBack; without it nobody can tell from a seal what a row said.
	Secret []byte
}

// ExportRow is one entity as exported: its id and the canonical value of each
// column of the layout, in order.
type ExportRow struct {
	Key    int64
	Values []string
}

// Export streams a register as an .xlsx: an office table that prints on A4, with
// the entity ids in a hidden first column and, on a very hidden sheet, where it
// comes from and a seal for each row. See [ReadBack]. Memory does not grow with
// the rows beyond the packed file.
func Export(w io.Writer, l *Layout, meta Meta, rows iter.Seq[ExportRow]) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", exportSheet); err != nil {
		return err
	}
	if _, err := f.NewSheet(metaSheet); err != nil {
		return err
	}
	if err := f.SetSheetVisible(metaSheet, false, true); err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	head := 2
	if meta.Subtitle != "" {
		head = 3
	}
	if err := page(f, exportSheet, head); err != nil {
		return err
	}
	table, err := f.NewStreamWriter(exportSheet)
	if err != nil {
		return err
	}
	if err := exportHead(table, l, meta, st, head); err != nil {
		return err
	}
	seals, err := f.NewStreamWriter(metaSheet)
	if err != nil {
		return err
	}
	if err := exportMeta(seals, l, meta); err != nil {
		return err
	}
	seal := newSealer(meta)
	n := 0
	cells := make([]any, len(l.Columns)+1)
	for r := range rows {
		key := itoa(r.Key)
		cells[0] = excelize.Cell{StyleID: st.text, Value: key}
		for i := range l.Columns {
			c := &l.Columns[i]
			cells[i+1] = excelize.Cell{StyleID: st.of(c), Value: cellValue(c, r.Values[i], n+1)}
		}
		if err := table.SetRow(Address(head+1+n, 1), cells, excelize.RowOpts{Height: bodyHeight}); err != nil {
			return err
		}
		if err := seals.SetRow(Address(metaHead+1+n, 1), []any{key, seal.row(key, l, r.Values)}); err != nil {
			return err
		}
		n++
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if err := seals.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

func exportHead(sw *excelize.StreamWriter, l *Layout, meta Meta, st styles, head int) error {
	if err := sw.SetColWidth(1, 1, minWidth); err != nil {
		return err
	}
	if err := sw.SetColVisible(1, 1, false); err != nil {
		return err
	}
	for i := range l.Columns {
		if err := sw.SetColWidth(i+2, i+2, width(&l.Columns[i])); err != nil {
			return err
		}
		// New rows that a clerk adds below keep their digits.
		if k := l.Columns[i].Kind; k == IDText || k == Phone || k == Text {
			if err := sw.SetColStyle(i+2, i+2, st.of(&l.Columns[i])); err != nil {
				return err
			}
		}
	}
	if err := sw.SetPanes(frozen(head)); err != nil {
		return err
	}
	last := len(l.Columns) + 1
	for i, s := range []string{l.Title, meta.Subtitle}[:head-1] {
		if err := sw.MergeCell(Address(i+1, 2), Address(i+1, last)); err != nil {
			return err
		}
		row := make([]any, last)
		style, height := st.title, float64(headHeight)
		if i > 0 {
			style, height = st.note, bodyHeight
		}
		for k := range row {
			row[k] = excelize.Cell{StyleID: style}
		}
		row[1] = excelize.Cell{StyleID: style, Value: s}
		if err := sw.SetRow(Address(i+1, 1), row, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
	}
	row := []any{excelize.Cell{StyleID: st.head, Value: "编号（系统用）"}}
	for i := range l.Columns {
		row = append(row, excelize.Cell{StyleID: st.head, Value: l.Columns[i].Title})
	}
	return sw.SetRow(Address(head, 1), row, excelize.RowOpts{Height: headHeight})
}

// exportMeta writes what ReadBack needs to know the file as our own. The order
// of the rows is part of the format.
func exportMeta(sw *excelize.StreamWriter, l *Layout, meta Meta) error {
	fields := []string{exportMark, meta.Town, itoa(meta.Position), meta.Kind, l.Name, strings.Join(l.Keys(), ","), newSealer(meta).meta(l), ""}
	for i, s := range fields {
		if err := sw.SetRow(Address(i+1, 1), []any{s}); err != nil {
			return err
		}
	}
	return nil
}

// cellValue turns a canonical value into what the cell shows.
func cellValue(c *Column, v string, n int) any {
	switch c.Kind {
	case Serial:
		return n
	case Date:
		if d, ok := dayOf(v); ok && !c.Partial {
			return d
		}
	case Money:
		if fen, err := strconv.ParseInt(v, 10, 64); err == nil && fen < 1e15 && fen > -1e15 {
			return float64(fen) / 100
		} else if err == nil {
			return FormatMoney(fen)
		}
	case Int:
		if i, err := strconv.ParseInt(v, 10, 64); err == nil && i < 1e15 && i > -1e15 {
			return i
		}
	}
	if v == "" {
		return nil
	}
	return v
}
