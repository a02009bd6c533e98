package sheet

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestCSV(t *testing.T) {
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		must(t, err)
		return b
	}
	be := func(s string) []byte {
		out := []byte{0xFE, 0xFF}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u>>8), byte(u))
		}
		return out
	}
	plain := "姓名,身份证号,备注\r\n张㐀三,\t321002199001011234,\"一,二\"\r\n\r\n李四,'0123,\"说\"\"好\"\"\n换行\"\r\n"
	want := "A1=姓名\nB1=身份证号\nC1=备注\nA2=张㐀三\nB2=321002199001011234\nC2=一,二\nA4=李四\nB4=0123\nC4=说\"好\"\n换行"
	for _, c := range []struct {
		name, encoding string
		data           []byte
		want           string
	}{
		{"utf-8", "UTF-8", []byte(plain), want},
		{"utf-8 bom", "UTF-8", []byte("\ufeff" + plain), want},
		{"gb18030", "GB18030", gbk(plain), want},
		{"utf-16 le", "UTF-16", utf16le(plain), want},
		{"utf-16 be", "UTF-16", be(plain), want},
		{"utf-16 without mark", "UTF-16", utf16le(plain + "abc,def\n")[2:], want + "\nA5=abc\nB5=def"},
		{"tab", "UTF-8", []byte("姓名\t电话\n甲,乙\t1\n"), "A1=姓名\nB1=电话\nA2=甲,乙\nB2=1"},
		{"semicolon", "UTF-8", []byte("姓名;电话\n甲;\"1;2\"\n"), "A1=姓名\nB1=电话\nA2=甲\nB2=1;2"},
		{"old mac", "UTF-8", []byte("a,b\rc,d"), "A1=a\nB1=b\nA2=c\nB2=d"},
		{"formula guard", "UTF-8", []byte("a,b\n=\"0012\",x"), "A1=a\nB1=b\nA2=0012\nB2=x"},
		{"quote inside", "UTF-8", []byte("a,b\n5\"管,x"), "A1=a\nB1=b\nA2=5\"管\nB2=x"},
		{"old end mark", "UTF-8", []byte("a,b\n\x1a"), "A1=a\nB1=b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.data)
			if b.Encoding != c.encoding || b.Format != "csv" {
				t.Errorf("taken for %s %s", b.Format, b.Encoding)
			}
			if got := dump(t, b, 0); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestUnclosedQuote: one stray quote must not swallow a file unseen.
func TestUnclosedQuote(t *testing.T) {
	data := []byte("姓名,备注\n甲,\"" + strings.Repeat("乙,丙\n", 60_000))
	var last error
	for _, err := range open(t, data).Rows(0) {
		last = err
	}
	if last == nil || refusalOf(t, last).Code != "broken" {
		t.Errorf("got %v", last)
	}
}

// FuzzOpen: no bytes may crash the readers or come out as anything but rows or a
// refusal; text comes out as text.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("姓名,电话\n甲,1\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("\xd0\xd5\xc3\xfb;\xb5\xe7\xbb\xb0\n"))
	f.Add([]byte("<html>"))
	f.Add(xlsxOf(f, "表", grid{{"姓名", 1.5}, {nil, "x"}}))
	f.Add(xlsOf(sampleXLS(40), "表"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(bytes.NewReader(data), int64(len(data)), "x")
		if err != nil {
			refusalOf(t, err)
			return
		}
		for i := range b.Sheets {
			walk(t, b, i)
		}
	})
}

// FuzzXLS gives the bytes to the reader of the workbook stream directly.
func FuzzXLS(f *testing.F) {
	f.Add(sampleXLS(0).stream("a"))
	f.Add(sampleXLS(30).stream("很长的名字"))
	f.Add((&xlsBook{}).stream("a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := &xls{data: data}
		infos, err := x.globals()
		if err != nil {
			return
		}
		for i := range infos {
			walk(t, &Book{Sheets: infos, src: x}, i)
		}
	})
}

// FuzzSheetXML gives the bytes to the reader of a worksheet part.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>a&amp;</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add([]byte(`<a:sheetData b='>'><!-- - --><![CDATA[x]]><c r="ZZZZ9999999"/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(bytes.NewReader(rawXLSX(t, string(data), nil)), 1<<20, "x")
		if err != nil {
			refusalOf(t, err)
			return
		}
		walk(t, b, 0)
	})
}

// walk reads a sheet through and checks what every reader promises.
func walk(t *testing.T, b *Book, sheet int) {
	last := 0
	for r, err := range b.Rows(sheet) {
		if err != nil {
			refusalOf(t, err)
			break
		}
		if b.Format == "csv" && r.Number <= last {
			t.Fatalf("row %d after %d", r.Number, last)
		}
		last = r.Number
		for i, c := range r.Cells {
			if c.Row != r.Number || c.Kind == CellEmpty || c.Raw == "" && c.Kind != CellError || i > 0 && c.Col < r.Cells[i-1].Col {
				t.Fatalf("bad cell %+v", c)
			}
		}
	}
	if _, err := b.src.merges(sheet); err != nil {
		refusalOf(t, err)
	}
}
