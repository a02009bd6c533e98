package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func sampleXLS(width int) *xlsBook {
	x := &xlsBook{width: width}
	x.format(164, `yyyy"年"m"月"`)
	x.xf(0)
	x.xf(14)
	x.xf(164)
	rec(&x.sheet, 0x0200, make([]byte, 14)) // DIMENSIONS, passed over
	x.text(1, 1, "姓名")
	x.text(1, 2, "ASCII only")
	x.text(1, 3, strings.Repeat("很长的备注。", 30))
	x.text(2, 1, "é Latin-1 ÿ")
	x.float(2, 2, 0, 1234.56)
	x.float(2, 3, 1, 45351)
	x.float(3, 1, 2, 45351)
	x.rk(3, 2, 0, uint32(12345)<<2|2)
	minus := int32(-12345)
	x.rk(3, 3, 0, uint32(minus)<<2|3)
	x.rk(3, 4, 0, 0x3FF80000) // 1.5
	rec(&x.sheet, recMulRK, le16(3), le16(0), le16(0), le32(7<<2|2), le16(1), le32(45351<<2|2), le16(1))
	rec(&x.sheet, recBoolErr, x.at(5, 1, 0), []byte{1, 0})
	rec(&x.sheet, recBoolErr, x.at(5, 2, 0), []byte{0x2A, 1})
	rec(&x.sheet, recLabel, x.at(5, 3, 0), le16(2), wide("旧式"))
	rec(&x.sheet, recFormula, x.at(6, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xF0, 0x3F}, make([]byte, 8)) // 1.0
	rec(&x.sheet, recFormula, x.at(6, 2, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
	rec(&x.sheet, 0x04BC, make([]byte, 10)) // SHRFMLA between formula and result
	rec(&x.sheet, recString, le16(3), wide("计算得"))
	rec(&x.sheet, recFormula, x.at(6, 3, 0), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
	rec(&x.sheet, recFormula, x.at(6, 4, 0), []byte{2, 0, 7, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
	rec(&x.sheet, recFormula, x.at(6, 5, 0), []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
	rec(&x.sheet, recBOF, bof(0x20)) // an embedded chart with cells of its own
	x.float(1, 1, 0, 999)
	rec(&x.sheet, recEOF)
	x.merge(1, 1, 2, 3)
	return x
}

// TestXLS reads every kind of record, with the strings broken over CONTINUE
// records at every possible place.
func TestXLS(t *testing.T) {
	want := strings.Join([]string{
		"A1=姓名", "B1=ASCII only", "C1=" + strings.Repeat("很长的备注。", 30),
		"A2=é Latin-1 ÿ", "B2=1234.56<2>", "C2=2024-02-29<3>",
		"A3=2024-02<3>", "B3=12345<2>", "C3=-123.45<2>", "D3=1.5<2>",
		"A4=7<2>", "B4=2024-02-29<3>",
		"A5=TRUE<4>", "B5=#N/A<5>", "C5=旧式",
		"A6=1<2>", "B6=计算得", "C6=TRUE<4>", "D6=#DIV/0!<5>",
	}, "\n")
	for width := 12; width < 140; width++ {
		b := open(t, xlsOf(sampleXLS(width), "二〇二四"))
		if got := dump(t, b, 0); got != want {
			t.Fatalf("width %d: got\n%s\nwant\n%s", width, got, want)
		}
		if b.Format != "xls" || b.Sheets[0].Name != "二〇二四" {
			t.Fatalf("%+v", b.Sheets)
		}
		m, err := b.src.merges(0)
		must(t, err)
		if len(m) != 1 || m[0] != (area{1, 2, 1, 3}) {
			t.Fatalf("merges %v", m)
		}
	}
}

func TestXLS1904(t *testing.T) {
	x := &xlsBook{}
	rec(&x.globals, recDate1904, le16(1))
	x.xf(14)
	x.float(1, 1, 0, 44197)
	if got := dump(t, open(t, xlsOf(x, "a")), 0); got != "A1=2025-01-02<3>" {
		t.Error(got)
	}
}

// TestXLSUnordered: rows in any order come out sorted and whole.
func TestXLSUnordered(t *testing.T) {
	x := &xlsBook{}
	for _, r := range []int{3, 1, 2, 3, 1} {
		x.float(r, x.sheet.Len()%7+1, 0, float64(r))
	}
	var rows []int
	n := 0
	for r, err := range open(t, xlsOf(x, "a")).Rows(0) {
		must(t, err)
		rows = append(rows, r.Number)
		n += len(r.Cells)
	}
	if fmt.Sprint(rows) != "[1 2 3]" || n != 5 {
		t.Errorf("rows %v with %d cells", rows, n)
	}
}

// TestXLSCut: a stream cut anywhere is refused or loses nothing silently.
func TestXLSCut(t *testing.T) {
	whole := sampleXLS(0).stream("a")
	for cut := range whole {
		if strings.Trim(string(whole[cut:]), "\x00") == "" {
			continue // the container's padding makes the stream whole again
		}
		data := oleOf(map[string][]byte{"Workbook": whole[:cut]})
		b, err := Open(bytes.NewReader(data), int64(len(data)), "a")
		if err != nil {
			refusalOf(t, err)
			continue
		}
		var last error
		for _, err := range b.Rows(0) {
			last = err
		}
		if last == nil {
			t.Fatalf("cut at %d of %d gave a table without its end", cut, len(whole))
		}
	}
}
