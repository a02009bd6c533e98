package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// textTable reads delimited text (RFC 4180, leniently) in the encodings that
// Chinese offices produce: UTF-8, UTF-16 and GB18030 (GB 18030-2022).
type textTable struct {
	r        io.ReaderAt
	size     int64
	encoding string
	decode   func(io.Reader) io.Reader
	comma    byte
}

// sampleLen is how much of a text is looked at to choose encoding and delimiter.
const sampleLen = 64 << 10

// openText finds encoding and delimiter and makes sure that the whole text can
// be decoded, so that no mojibake gets in.
func openText(r io.ReaderAt, size int64) (*textTable, error) {
	head := make([]byte, min(size, sampleLen))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, broken("文件", err)
	}
	t := &textTable{r: r, size: size}
	utf16 := func(e unicode.Endianness) {
		t.encoding = "UTF-16"
		t.decode = func(r io.Reader) io.Reader {
			return transform.NewReader(r, unicode.UTF16(e, unicode.IgnoreBOM).NewDecoder())
		}
	}
	skip := 0
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		t.encoding, skip = "UTF-8", 3
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		skip = 2
		utf16(unicode.LittleEndian)
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		skip = 2
		utf16(unicode.BigEndian)
	case bytes.IndexByte(head, 0) >= 0:
		even, odd := zeros(head)
		if even > odd {
			utf16(unicode.BigEndian)
		} else {
			utf16(unicode.LittleEndian)
		}
	case t.valid(nil):
		t.encoding = "UTF-8"
	default:
		t.encoding = "GB18030"
		t.decode = func(r io.Reader) io.Reader {
			return transform.NewReader(r, simplifiedchinese.GB18030.NewDecoder())
		}
	}
	t.r = io.NewSectionReader(r, int64(skip), max(size-int64(skip), 0))
	t.size -= int64(skip)
	if !t.valid(t.decode) {
		if bytes.IndexByte(head, 0) >= 0 && t.encoding == "UTF-16" && skip == 0 {
			return nil, refuseKind("binary")
		}
		return nil, refuseKind("encoding")
	}
	t.comma = t.delimiter()
	return t, nil
}

// zeros counts zero bytes at even and odd places.
func zeros(b []byte) (even, odd int) {
	for i, c := range b {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	return even, odd
}

// valid reports that the whole text decodes to characters people write: no
// replacement characters and no control characters but tab and line ends.
func (t *textTable) valid(decode func(io.Reader) io.Reader) bool {
	br := bufio.NewReaderSize(t.open(decode), 64<<10)
	for {
		r, n, err := br.ReadRune()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		if r == utf8.RuneError && n <= 3 || r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != 0x1A {
			return false
		}
	}
}

func (t *textTable) open(decode func(io.Reader) io.Reader) io.Reader {
	var r io.Reader = io.NewSectionReader(t.r, 0, t.size)
	if decode != nil {
		r = decode(r)
	}
	return r
}

// delimiter chooses the mark that splits the first lines most evenly: the one
// that occurs on most of them, then the most frequent; a comma in doubt.
func (t *textTable) delimiter() byte {
	sample := make([]byte, sampleLen)
	n, _ := io.ReadFull(t.open(t.decode), sample)
	best, bestLines, bestCount := byte(','), 0, 0
	for _, d := range []byte{',', '\t', ';'} {
		lines, count, on, quoted := 0, 0, false, false
		for _, c := range sample[:n] {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '\n':
				on = false
			case c == d:
				count++
				if !on {
					lines, on = lines+1, true
				}
			}
		}
		if lines > bestLines || lines == bestLines && count > bestCount {
			best, bestLines, bestCount = d, lines, count
		}
	}
	return best
}

// rows splits the text. A record is a row, blank lines count: addresses agree
// with what a spreadsheet program shows for the same file.
func (t *textTable) rows(_ int, yield func(Row) bool) error {
	s := &splitter{br: bufio.NewReaderSize(t.open(t.decode), 64<<10), comma: t.comma}
	var row Row
	for {
		fields, err := s.record()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken("文字", err)
		}
		row.Number++
		row.Cells = row.Cells[:0]
		for i, f := range fields {
			if f = unguard(f); f != "" && i < maxCols {
				row.Cells = append(row.Cells, Cell{Raw: f, Row: row.Number, Col: i + 1, Kind: CellText})
			}
		}
		if len(row.Cells) > 0 && !yield(row) {
			return nil
		}
	}
}

func (t *textTable) merges(int) ([]area, error) { return nil, nil }

// unguard takes off what people put before digits so that a spreadsheet program
// leaves them alone: a tab, an apostrophe, ="…".
func unguard(f string) string {
	f = strings.Trim(f, " \t\r\u00a0\u3000")
	if g, ok := strings.CutPrefix(f, `="`); ok {
		f = strings.TrimSuffix(g, `"`)
	}
	if g, ok := strings.CutPrefix(f, "'"); ok {
		f = g
	}
	return f
}

// splitter reads records of delimited text. A quote counts only at the start of
// a field; an unclosed one ends with the cell's longest length, not the file.
type splitter struct {
	br     *bufio.Reader
	comma  byte
	fields []string
	field  strings.Builder
}

var errLongField = errors.New("field longer than a cell")

// record returns the fields of the next record; the slice is used again.
func (s *splitter) record() ([]string, error) {
	s.fields = s.fields[:0]
	s.field.Reset()
	quoted, start, any := false, true, false
	end := func() {
		if len(s.fields) < maxCols {
			s.fields = append(s.fields, s.field.String())
		}
		s.field.Reset()
		start = true
	}
	for {
		c, err := s.br.ReadByte()
		if errors.Is(err, io.EOF) && any {
			end()
			return s.fields, nil
		}
		if err != nil {
			return nil, err
		}
		any = true
		switch {
		case quoted && c == '"':
			if next, err := s.br.Peek(1); err == nil && next[0] == '"' {
				_, _ = s.br.Discard(1)
				s.field.WriteByte('"')
			} else {
				quoted = false
			}
		case quoted:
			s.field.WriteByte(c)
		case c == '"' && start:
			quoted, start = true, false
		case c == s.comma:
			end()
		case c == '\n':
			end()
			return s.fields, nil
		case c == '\r':
			if next, err := s.br.Peek(1); err != nil || next[0] != '\n' {
				end()
				return s.fields, nil
			}
		case c == 0x1A: // end-of-file mark of old programs
		default:
			s.field.WriteByte(c)
			start = false
		}
		if s.field.Len() > 4*maxCellLen {
			return nil, errLongField
		}
	}
}
