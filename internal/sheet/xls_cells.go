package sheet

import (
	"encoding/binary"
	"math"
)

// substream calls fn for each record of a sheet, leaving out embedded charts.
func (x *xls) substream(sheet int, fn func(record) error) error {
	r, ok := x.at(x.offset[sheet])
	if !ok || r.id != recBOF {
		return errXLS
	}
	for depth := 1; depth > 0; {
		if r, ok = x.at(r.next); !ok {
			return errXLS
		}
		switch r.id {
		case recBOF:
			depth++
		case recEOF:
			depth--
		default:
			if depth == 1 {
				if err := fn(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cells calls fn for each non-empty cell of a sheet in file order.
func (x *xls) cells(sheet int, fn func(Cell) error) error {
	var formula Cell // waiting for the STRING record with its result
	waiting := false
	return x.substream(sheet, func(r record) error {
		d := r.data
		cell := Cell{Row: u16(d, 0) + 1, Col: u16(d, 2) + 1}
		form := x.form(u16(d, 4))
		switch r.id {
		case recNumber:
			if len(d) >= 14 {
				cell.number(math.Float64frombits(binary.LittleEndian.Uint64(d[6:])), form, x.era1904)
			}
		case recRK:
			if len(d) >= 10 {
				cell.number(rkNumber(binary.LittleEndian.Uint32(d[6:])), form, x.era1904)
			}
		case recMulRK:
			return x.mulRK(d, fn)
		case recLabelSST:
			if i := u16(d, 6) | u16(d, 8)<<16; len(d) >= 10 && i < len(x.strings) {
				cell.text(x.strings[i])
			}
		case recLabel, recRString:
			if len(d) > 8 {
				s := &segmented{segs: [][]byte{d[6:]}}
				cell.text(s.text(s.u16()))
			}
		case recBoolErr:
			if len(d) >= 8 {
				cell.boolErr(d[6], d[7] == 1)
			}
		case recFormula:
			if len(d) < 14 {
				return nil
			}
			if v := d[6:14]; v[6] != 0xFF || v[7] != 0xFF {
				cell.number(math.Float64frombits(binary.LittleEndian.Uint64(v)), form, x.era1904)
			} else if v[0] == 1 || v[0] == 2 {
				cell.boolErr(v[2], v[0] == 2)
			} else if v[0] == 0 {
				formula, waiting = cell, true
				return nil
			}
		case recString:
			if !waiting {
				return nil
			}
			cell, waiting = formula, false
			s := &segmented{segs: x.segments(r)}
			cell.text(s.text(s.u16()))
		default:
			return nil
		}
		if cell.Kind == CellEmpty || cell.Col > maxCols {
			return nil
		}
		return fn(cell)
	})
}

func (x *xls) form(xf int) dateForm {
	if xf < len(x.forms) {
		return x.forms[xf]
	}
	return formNone
}

// mulRK reads a run of numbers in one row: row, first column, then format and
// number of each, then the last column.
func (x *xls) mulRK(d []byte, fn func(Cell) error) error {
	for i := 0; 4+6*(i+1)+2 <= len(d); i++ {
		p := d[4+6*i:]
		c := Cell{Row: u16(d, 0) + 1, Col: u16(d, 2) + 1 + i}
		c.number(rkNumber(binary.LittleEndian.Uint32(p[2:])), x.form(u16(p, 0)), x.era1904)
		if c.Col > maxCols {
			return nil
		}
		if err := fn(c); err != nil {
			return err
		}
	}
	return nil
}

// rkNumber expands a compressed number (MS-XLS 2.5.122).
func rkNumber(v uint32) float64 {
	f := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

func (c *Cell) boolErr(v byte, isErr bool) {
	switch {
	case isErr:
		c.Kind, c.Raw = CellError, errorNames[v]
		if c.Raw == "" {
			c.Raw = "#ERR"
		}
	case v != 0:
		c.Kind, c.Raw = CellBool, "TRUE"
	default:
		c.Kind, c.Raw = CellBool, "FALSE"
	}
}

func (c *Cell) text(s string) {
	if s != "" {
		c.Kind, c.Raw = CellText, s
	}
}
