package sheet

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"
)

// Record types of the workbook stream that carry what is read (MS-XLS 2.3).
const (
	recFormula  = 0x0006
	recEOF      = 0x000A
	recDate1904 = 0x0022
	recFilePass = 0x002F
	recContinue = 0x003C
	recSheet    = 0x0085
	recMulRK    = 0x00BD
	recRString  = 0x00D6
	recXF       = 0x00E0
	recMerges   = 0x00E5
	recSST      = 0x00FC
	recLabelSST = 0x00FD
	recNumber   = 0x0203
	recLabel    = 0x0204
	recBoolErr  = 0x0205
	recString   = 0x0207
	recRK       = 0x027E
	recFormat   = 0x041E
	recBOF      = 0x0809
)

// maxLoose bounds the cells sorted in memory when a file lists its rows out of
// order, which no spreadsheet program does.
const maxLoose = 1 << 20

var errXLS = errors.New("malformed workbook stream")

// xls reads a BIFF8 workbook: the stream of records in a compound file that
// Excel 97 to 2003 wrote (MS-XLS) and many offices still save.
type xls struct {
	data    []byte
	offset  []int // of each sheet's substream
	strings []string
	forms   []dateForm // by cell format index
	era1904 bool
}

// openXLS reads the workbook globals.
func openXLS(r io.ReaderAt) (source, []Info, error) {
	data, err := workbookStream(r)
	if err != nil {
		return nil, nil, broken("表格", err)
	}
	x := &xls{data: data}
	infos, err := x.globals()
	if err != nil {
		return nil, nil, broken("表格", err)
	}
	return x, infos, nil
}

// workbookStream takes the stream named Workbook out of the compound file.
func workbookStream(r io.ReaderAt) ([]byte, error) {
	doc, err := mscfb.New(r)
	if err != nil {
		return nil, err
	}
	for _, f := range doc.File {
		if strings.EqualFold(f.Name, "Workbook") {
			if f.Size > maxFile {
				return nil, refuseSize()
			}
			return io.ReadAll(io.LimitReader(f, maxFile))
		}
	}
	return nil, errXLS
}

// record is one record with its continuations joined on demand.
type record struct {
	id   int
	data []byte
	next int // offset behind it
}

// at reads the record at an offset.
func (x *xls) at(off int) (record, bool) {
	if off < 0 || off+4 > len(x.data) {
		return record{}, false
	}
	n := int(binary.LittleEndian.Uint16(x.data[off+2:]))
	if off+4+n > len(x.data) {
		return record{}, false
	}
	return record{int(binary.LittleEndian.Uint16(x.data[off:])), x.data[off+4 : off+4+n], off + 4 + n}, true
}

// segments returns a record's data followed by that of its CONTINUE records.
func (x *xls) segments(r record) [][]byte {
	out := [][]byte{r.data}
	for {
		c, ok := x.at(r.next)
		if !ok || c.id != recContinue {
			return out
		}
		out, r.next = append(out, c.data), c.next
	}
}

func u16(b []byte, off int) int {
	if off+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[off:]))
}

// globals reads the first substream: sheets, strings, formats, date system.
func (x *xls) globals() ([]Info, error) {
	r, ok := x.at(0)
	if !ok || r.id != recBOF {
		return nil, errXLS
	}
	if u16(r.data, 0) != 0x0600 {
		return nil, refuseKind("biff5")
	}
	var infos []Info
	codes := map[int]dateForm{}
	var formats []int
	for r.id != recEOF {
		if r, ok = x.at(r.next); !ok {
			return nil, errXLS
		}
		switch r.id {
		case recFilePass:
			return nil, refuseKind("encrypted")
		case recDate1904:
			x.era1904 = u16(r.data, 0) == 1
		case recFormat:
			s := &segmented{segs: [][]byte{r.data}}
			id := s.u16()
			codes[id] = codeForm(s.text(s.u16()))
		case recXF:
			formats = append(formats, u16(r.data, 2))
		case recSheet:
			if len(r.data) < 8 || r.data[5] != 0 { // only worksheets
				continue
			}
			s := &segmented{segs: [][]byte{r.data[6:]}}
			infos = append(infos, Info{Name: s.text(s.u8()), Hidden: r.data[4]&3 != 0})
			x.offset = append(x.offset, int(binary.LittleEndian.Uint32(r.data)))
		case recSST:
			if err := x.sst(r); err != nil {
				return nil, err
			}
		}
	}
	for _, id := range formats {
		form, ok := codes[id]
		if !ok {
			form = builtinForm(id)
		}
		x.forms = append(x.forms, form)
	}
	return infos, nil
}

// sst reads the shared strings (MS-XLS 2.4.265).
func (x *xls) sst(r record) error {
	s := &segmented{segs: x.segments(r)}
	s.skip(4)
	count := s.u16() | s.u16()<<16
	total := 0
	for range count {
		if s.done() {
			return nil // fewer strings than stated: cells that use them stay empty
		}
		t := s.richText()
		if total += len(t) + 16; total > maxStrings {
			return refuseSize()
		}
		x.strings = append(x.strings, t)
	}
	return nil
}

// rows streams a sheet. Programs write cells in row order; a file that does not
// is sorted first.
func (x *xls) rows(sheet int, yield func(Row) bool) error {
	last, ordered := 0, true
	if err := x.cells(sheet, func(c Cell) error {
		ordered, last = ordered && c.Row >= last, c.Row
		return nil
	}); err != nil {
		return broken("工作表", err)
	}
	var row Row
	emit := func() bool {
		if len(row.Cells) == 0 {
			return true
		}
		slices.SortStableFunc(row.Cells, byColumn)
		return yield(row)
	}
	add := func(c Cell) error {
		if c.Row != row.Number {
			if !emit() {
				return errStop
			}
			row.Number, row.Cells = c.Row, row.Cells[:0]
		}
		row.Cells = append(row.Cells, c)
		return nil
	}
	if ordered {
		err := x.cells(sheet, add)
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return broken("工作表", err)
		}
		emit()
		return nil
	}
	var all []Cell
	if err := x.cells(sheet, func(c Cell) error {
		if all = append(all, c); len(all) > maxLoose {
			return refuseSize()
		}
		return nil
	}); err != nil {
		return broken("工作表", err)
	}
	slices.SortStableFunc(all, func(a, b Cell) int { return cmp.Compare(a.Row, b.Row) })
	for _, c := range all {
		if add(c) != nil {
			return nil
		}
	}
	emit()
	return nil
}

// merges reads the merged ranges (MS-XLS 2.4.168).
func (x *xls) merges(sheet int) ([]area, error) {
	var out []area
	err := x.substream(sheet, func(r record) error {
		if r.id != recMerges {
			return nil
		}
		for i := 2; i+8 <= len(r.data) && len(out) < MaxRows; i += 8 {
			d := r.data[i:]
			a := area{u16(d, 0) + 1, u16(d, 4) + 1, u16(d, 2) + 1, u16(d, 6) + 1}
			if a.r2 >= a.r1 && a.c2 >= a.c1 {
				out = append(out, a)
			}
		}
		return nil
	})
	if err != nil {
		return nil, broken("工作表", err)
	}
	return out, nil
}
