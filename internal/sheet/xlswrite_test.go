package sheet

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// xlsBook writes BIFF8 records for tests, after MS-XLS, independently of the
// reader: what it writes Excel 97 to 2003 reads too.
type xlsBook struct {
	globals, sheet bytes.Buffer
	tail           bytes.Buffer // records of the globals behind the sheet list
	strings        []string
	width          int // bytes of string data per record before CONTINUE, 0 for the limit
}

func le16(v int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(v)) }
func le32(v int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(v)) }
func cat(parts ...[]byte) []byte {
	return bytes.Join(parts, nil)
}

func rec(b *bytes.Buffer, id int, data ...[]byte) {
	d := cat(data...)
	b.Write(le16(id))
	b.Write(le16(len(d)))
	b.Write(d)
}

// wide writes a string's flag and characters, one byte each where they fit.
func wide(s string) []byte {
	u := utf16.Encode([]rune(s))
	narrow := true
	for _, c := range u {
		narrow = narrow && c < 0x100
	}
	if narrow {
		out := []byte{0}
		for _, c := range u {
			out = append(out, byte(c))
		}
		return out
	}
	out := []byte{1}
	for _, c := range u {
		out = append(out, le16(int(c))...)
	}
	return out
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func (x *xlsBook) xf(format int) { rec(&x.tail, recXF, le16(0), le16(format), make([]byte, 16)) }
func (x *xlsBook) format(id int, code string) {
	rec(&x.tail, recFormat, le16(id), le16(units(code)), wide(code))
}
func (x *xlsBook) at(row, col, xf int) []byte { return cat(le16(row-1), le16(col-1), le16(xf)) }
func (x *xlsBook) text(row, col int, s string) {
	x.strings = append(x.strings, s)
	rec(&x.sheet, recLabelSST, x.at(row, col, 0), le32(len(x.strings)-1))
}
func (x *xlsBook) float(row, col, xf int, f float64) {
	rec(&x.sheet, recNumber, x.at(row, col, xf), binary.LittleEndian.AppendUint64(nil, math.Float64bits(f)))
}
func (x *xlsBook) rk(row, col, xf int, v uint32) {
	rec(&x.sheet, recRK, x.at(row, col, xf), le32(int(v)))
}
func (x *xlsBook) merge(r1, r2, c1, c2 int) {
	rec(&x.sheet, recMerges, le16(1), le16(r1-1), le16(r2-1), le16(c1-1), le16(c2-1))
}

// sst writes the shared strings, broken into CONTINUE records inside strings.
func (x *xlsBook) sst(b *bytes.Buffer) {
	limit := x.width
	if limit == 0 {
		limit = 8224
	}
	cur := cat(le32(len(x.strings)), le32(len(x.strings)))
	id := recSST
	flush := func() {
		rec(b, id, cur)
		id, cur = recContinue, nil
	}
	for i, s := range x.strings {
		u := utf16.Encode([]rune(s))
		head := cat(le16(len(u)), []byte{1})
		tail := []byte(nil)
		if i%3 == 2 { // formatting runs and phonetic data, to be passed over
			head = cat(le16(len(u)), []byte{1 | 4 | 8}, le16(2), le32(5))
			tail = []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9}
		}
		if len(cur)+len(head)+2 > limit {
			flush()
		}
		cur = append(cur, head...)
		for _, c := range u {
			if len(cur)+2 > limit {
				flush()
				cur = append(cur, 1)
			}
			cur = append(cur, le16(int(c))...)
		}
		for _, c := range tail {
			if len(cur) >= limit {
				flush()
			}
			cur = append(cur, c)
		}
	}
	flush()
}

var bof = func(kind int) []byte {
	return cat(le16(0x0600), le16(kind), le16(0), le16(0), le32(0), le32(0x600))
}

// stream assembles the workbook stream with one sheet.
func (x *xlsBook) stream(name string) []byte {
	var tail bytes.Buffer
	tail.Write(x.tail.Bytes())
	x.sst(&tail)
	rec(&tail, recEOF)
	var out bytes.Buffer
	rec(&out, recBOF, bof(5))
	out.Write(x.globals.Bytes())
	sheetRec := 4 + 8 + len(wide(name)) - 1
	start := out.Len() + sheetRec + tail.Len()
	rec(&out, recSheet, le32(start), []byte{0, 0, byte(units(name))}, wide(name))
	out.Write(tail.Bytes())
	if out.Len() != start {
		panic("sheet offset")
	}
	rec(&out, recBOF, bof(0x10))
	out.Write(x.sheet.Bytes())
	rec(&out, recEOF)
	return out.Bytes()
}

// oleOf wraps streams into a compound file (MS-CFB) with 512-byte sectors. Each
// stream is padded to the size below which it would go to the mini stream.
func oleOf(streams map[string][]byte) []byte {
	const sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
	var body bytes.Buffer
	var fat []uint32
	chain := func(data []byte) int {
		start := len(fat)
		data = append(data, make([]byte, (sector-len(data)%sector)%sector)...)
		body.Write(data)
		for i := 0; i < len(data)/sector; i++ {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = end
		return start
	}
	entry := func(name string, kind byte, right, child uint32, start, size int) []byte {
		e := make([]byte, 128)
		u := utf16.Encode([]rune(name))
		for i, c := range u {
			binary.LittleEndian.PutUint16(e[2*i:], c)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(u)+2))
		e[66], e[67] = kind, 1
		binary.LittleEndian.PutUint32(e[68:], free)
		binary.LittleEndian.PutUint32(e[72:], right)
		binary.LittleEndian.PutUint32(e[76:], child)
		binary.LittleEndian.PutUint32(e[116:], uint32(start))
		binary.LittleEndian.PutUint64(e[120:], uint64(size))
		return e
	}
	dir := entry("Root Entry", 5, free, 1, end, 0)
	n := 0
	for name, data := range streams {
		n++
		if len(data) < 4096 {
			data = append(bytes.Clone(data), make([]byte, 4096-len(data))...)
		}
		right := uint32(free)
		if n < len(streams) {
			right = uint32(n + 1)
		}
		dir = append(dir, entry(name, 2, right, free, chain(data), len(data))...)
	}
	for len(dir)%sector != 0 {
		dir = append(dir, entry("", 0, free, free, 0, 0)...)
	}
	dirStart := chain(dir)
	fats := 1
	for (len(fat)+fats+127)/128 > fats {
		fats++
	}
	fatStart := len(fat)
	for range fats {
		fat = append(fat, 0xFFFFFFFD)
	}
	for len(fat) < fats*128 {
		fat = append(fat, free)
	}
	h := make([]byte, 512)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put := func(off int, v uint32) { binary.LittleEndian.PutUint32(h[off:], v) }
	binary.LittleEndian.PutUint16(h[24:], 0x3E)
	binary.LittleEndian.PutUint16(h[26:], 3)
	binary.LittleEndian.PutUint16(h[28:], 0xFFFE)
	binary.LittleEndian.PutUint16(h[30:], 9)
	binary.LittleEndian.PutUint16(h[32:], 6)
	put(44, uint32(fats))
	put(48, uint32(dirStart))
	put(56, 4096)
	put(60, end)
	put(68, end)
	for i := range 109 {
		v := uint32(free)
		if i < fats {
			v = uint32(fatStart + i)
		}
		put(76+4*i, v)
	}
	out := append(h, body.Bytes()...)
	for _, v := range fat {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func xlsOf(x *xlsBook, name string) []byte {
	return oleOf(map[string][]byte{"Workbook": x.stream(name)})
}
