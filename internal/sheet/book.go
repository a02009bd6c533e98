package sheet

import (
	"io"
	"iter"
	"strconv"
)

// Caps on what one file may ask of the server. They are far above any register
// of a town and below what would hurt the machine.
const (
	maxFile    = 64 << 20  // bytes of the file as uploaded
	maxPart    = 256 << 20 // bytes of one unpacked part of an .xlsx
	maxUnpack  = 512 << 20 // bytes of all parts of an .xlsx together
	maxParts   = 2000      // entries of the zip
	maxRatio   = 400       // unpacked : packed, of a part above ratioFloor
	ratioFloor = 64 << 20
	maxStrings = 96 << 20 // bytes of shared strings kept in memory
	maxCellLen = 32767    // characters of a cell, as in Excel
	maxCols    = 512      // columns read of a row; no register is wider

	// MaxRows is the largest number of rows with content that one sheet may
	// have; above it the file is refused with a request to split it.
	MaxRows = 200_000
)

// CellKind says what the file itself holds in a cell.
type CellKind uint8

// The kinds of cell. A CellDate holds its day as text (YYYY-MM-DD, or YYYY-MM
// when its number format shows no day); a CellError holds the error's name,
// such as #N/A.
const (
	CellEmpty CellKind = iota
	CellText
	CellNumber
	CellDate
	CellBool
	CellError
)

// noResult is the Raw of a formula cell that was saved without a result.
const noResult = "#公式未计算"

// Cell is one cell as the file holds it. Row and Col count from 1. Raw is the
// text, the number in its shortest decimal form, or see [CellKind].
type Cell struct {
	Raw      string
	Row, Col int
	Kind     CellKind
	era1904  bool // serial dates of this book count from 1904
}

// Address names the cell as people do, such as "C7".
func (c Cell) Address() string { return Address(c.Row, c.Col) }

// Address names the cell at a row and column, both from 1: (7, 3) is "C7".
func Address(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }

// ColumnName names a column from 1: 3 is "C", 28 is "AB".
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// Row is one row with content. Cells holds its non-empty cells by ascending
// column. The slice is used again for the next row: copy what you keep.
type Row struct {
	Number int
	Cells  []Cell
}

// at returns the cell in a column, empty when the row has none there.
func (r Row) at(col int) Cell {
	for _, c := range r.Cells {
		if c.Col == col {
			return c
		}
	}
	return Cell{Row: r.Number, Col: col}
}

// Info describes one sheet of a book.
type Info struct {
	Name   string
	Hidden bool // hidden or very hidden
}

// area is a merged range, rows and columns from 1, ends included.
type area struct{ r1, c1, r2, c2 int }

func (a area) holds(row, col int) bool {
	return row >= a.r1 && row <= a.r2 && col >= a.c1 && col <= a.c2
}

// source is what each format's reader offers.
type source interface {
	// rows calls yield for each row with content until it returns false.
	rows(sheet int, yield func(Row) bool) error
	// merges returns the merged ranges of a sheet.
	merges(sheet int) ([]area, error)
}

// Book is an opened spreadsheet. It reads from the given file while it is
// used; it holds nothing that must be closed.
type Book struct {
	Name   string // the file's name as uploaded, for messages
	Format string // "xlsx", "xls" or "csv"
	Sheets []Info
	// Encoding is the character set of a csv: "UTF-8", "UTF-16" or "GB18030".
	Encoding string
	src      source
}

// Open recognises a file by its bytes and opens it. The error is a [Refusal]
// when the file is not a spreadsheet this package reads.
func Open(r io.ReaderAt, size int64, name string) (*Book, error) {
	if size > maxFile {
		return nil, refuse("large", "文件有 %d MB，超过 %d MB 的上限，没有读取。请按村或支部拆成几个文件，分别上传。", size>>20, maxFile>>20)
	}
	b := &Book{Name: name}
	kind, err := sniff(r, size)
	if err != nil {
		return nil, err
	}
	b.Format = kind
	switch kind {
	case "xlsx":
		b.src, b.Sheets, err = openXLSX(r, size)
	case "xls":
		b.src, b.Sheets, err = openXLS(r)
	default:
		var t *textTable
		t, err = openText(r, size)
		if err == nil {
			b.src, b.Encoding = t, t.encoding
			b.Sheets = []Info{{Name: "表格"}} // a text file has one sheet without a name
		}
	}
	if err != nil {
		return nil, err
	}
	if len(b.Sheets) == 0 {
		return nil, refuse("no-sheet", "文件里没有工作表。请用 WPS 打开，检查内容后另存为 xlsx 再上传。")
	}
	return b, nil
}

// Rows streams the rows with content of the sheet at an index of Sheets. After
// an error the stream ends.
func (b *Book) Rows(sheet int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		n := 0
		stopped := false
		err := b.src.rows(sheet, func(r Row) bool {
			if n++; n > MaxRows {
				stopped = !yield(Row{}, refuse("rows", "“%s”的内容超过 %d 行，没有导入。请按村或支部拆成几个文件，分别上传。", b.Sheets[sheet].Name, MaxRows))
				stopped = true
				return false
			}
			stopped = !yield(r, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(Row{}, err)
		}
	}
}
