package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func utf16le(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// TestRefusals opens every kind of file that clerks have taken for a table. The
// message must say what the file is and what to do.
func TestRefusals(t *testing.T) {
	var filepass xlsBook
	rec(&filepass.globals, recFilePass, make([]byte, 6))
	biff5 := append(le16(recBOF), cat(le16(8), le16(0x0500), le16(5), le32(0))...)
	big5 := oleOf(map[string][]byte{"Workbook": append(biff5, 0x0A, 0, 0, 0)})
	parts := map[string]string{}
	for i := range maxParts + 1 {
		parts[fmt.Sprintf("xl/%d", i)] = ""
	}
	for _, c := range []struct {
		name string
		data []byte
		code string
		says string
	}{
		{"empty", nil, "empty", "空的"},
		{"html as xls", []byte("\xef\xbb\xbf \r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>姓名"), "html", "请用 WPS 打开后另存为 xlsx"},
		{"html in GB18030", []byte("<TABLE><tr><td>\xd0\xd5\xc3\xfb</td></tr></TABLE>"), "html", "网页"},
		{"html in UTF-16", utf16le("<table><tr><td>姓名</td></tr></table>"), "html", "网页"},
		{"html after doctype", []byte("<!DOCTYPE html><html>"), "html", "网页"},
		{"web archive", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related"), "mhtml", "网页存档"},
		{"xml 2003", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), "xml2003", "2003"},
		{"bare BIFF5", append([]byte{0x09, 0x08, 8, 0}, make([]byte, 8)...), "biff5", "旧格式"},
		{"BIFF5 in Book", oleOf(map[string][]byte{"Book": biff5}), "biff5", "旧格式"},
		{"BIFF5 in Workbook", big5, "biff5", "旧格式"},
		{"encrypted xls", xlsOf(&filepass, "表"), "encrypted", "密码"},
		{"encrypted xlsx", oleOf(map[string][]byte{"EncryptedPackage": {1}, "EncryptionInfo": {1}}), "encrypted", "密码"},
		{"doc", oleOf(map[string][]byte{"WordDocument": {1}}), "docx", "Word"},
		{"other ole", oleOf(map[string][]byte{"Thing": {1}}), "ole", "不是表格"},
		{"docx", zipOf(t, map[string]string{"word/document.xml": "<a/>"}), "docx", "Word"},
		{"pptx", zipOf(t, map[string]string{"ppt/presentation.xml": "<a/>"}), "pptx", "演示"},
		{"ofd", zipOf(t, map[string]string{"OFD.xml": "<a/>"}), "ofd", "OFD"},
		{"ods", zipOf(t, map[string]string{"content.xml": "<a/>", "mimetype": "x"}), "ods", "ODS"},
		{"xlsb", zipOf(t, map[string]string{"xl/workbook.bin": "x"}), "xlsb", "xlsb"},
		{"zip", zipOf(t, map[string]string{"a.txt": "x"}), "archive", "解压"},
		{"rar", []byte("Rar!\x1a\x07\x00......"), "archive", "解压"},
		{"pdf", []byte("%PDF-1.7\n"), "pdf", "PDF"},
		{"rtf", []byte(`{\rtf1\ansi`), "rtf", "rtf"},
		{"jpeg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "image", "图片"},
		{"png", []byte("\x89PNG\r\n\x1a\n"), "image", "图片"},
		{"bmp", append([]byte("BM\x36\x00\x0c\x00\x00\x00\x00\x00"), make([]byte, 20)...), "image", "图片"},
		{"webp", []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), "image", "图片"},
		{"binary", append([]byte{1, 2, 3, 0, 0, 7, 255, 254, 0, 0xD8, 0, 0xD8}, make([]byte, 100)...), "binary", "认不出"},
		{"not decodable", []byte("姓名,\xff\xff\xff\n"), "encoding", "乱码"},
		{"too many parts", zipOf(t, parts), "bomb", "部件"},
		{"cut off zip", xlsxOf(t, "表", grid{{"姓名"}})[:400], "broken", "损坏"},
		{"cut off ole", xlsOf(&xlsBook{}, "表")[:600], "broken", "损坏"},
		{"no sheets", zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "no-sheet", "没有工作表"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(bytes.NewReader(c.data), int64(len(c.data)), "名册.xls")
			r := refusalOf(t, err)
			if r.Code != c.code || !strings.Contains(r.Message, c.says) {
				t.Errorf("got %s: %s", r.Code, r.Message)
			}
			if !strings.ContainsAny(r.Message, "请") || strings.ContainsAny(r.Message, "%") {
				t.Errorf("the message does not say what to do: %s", r.Message)
			}
		})
	}
	if _, err := Open(bytes.NewReader(nil), maxFile+1, "大.xlsx"); refusalOf(t, err).Code != "large" {
		t.Error("a file above the cap must be refused before it is read")
	}
}

// endless is a long run of one text, as a bomb unpacks to.
type endless struct {
	text string
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, errors.New("drained")
	}
	n := 0
	for n+len(e.text) <= len(p) && e.left > 0 {
		n += copy(p[n:], e.text)
		e.left -= len(e.text)
	}
	return n, nil
}

// TestZipBombs: a part that says it is too large is refused at once, one that
// lies about its size when it grows over the cap.
func TestZipBombs(t *testing.T) {
	for name, unpacked := range map[string]uint64{"part over the cap": maxPart + 1, "ratio over the cap": ratioFloor + 1} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for part, text := range map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"} {
			w, err := z.Create(part)
			must(t, err)
			_, err = w.Write([]byte(text))
			must(t, err)
		}
		w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: 100, UncompressedSize64: unpacked})
		must(t, err)
		_, err = w.Write(make([]byte, 100))
		must(t, err)
		must(t, z.Close())
		if _, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "x"); refusalOf(t, err).Code != "bomb" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	l := &limited{ReadCloser: noClose{&endless{text: "<row/>", left: maxPart + 1<<20}}, left: maxPart}
	s := newScanner(l)
	for {
		if _, err := s.next(); err != nil {
			var r *Refusal
			if !errors.As(err, &r) || r.Code != "bomb" {
				t.Errorf("got %v", err)
			}
			return
		}
	}
}

type noClose struct{ *endless }

func (noClose) Close() error { return nil }

// TestMillionEmptyRows: empty rows are passed over without being kept.
func TestMillionEmptyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>身份证号码</t></is></c></row>`)
	b.WriteString(`<row r="2"><c r="A2" t="inlineStr"><is><t>张一</t></is></c><c r="B2" t="inlineStr"><is><t>A1</t></is></c></row>`)
	for i := 3; i <= 1_000_000; i++ {
		fmt.Fprintf(&b, `<row r="%d" spans="1:2"><c r="A%d" s="1"/></row>`, i, i)
	}
	b.WriteString(`<row r="1000001"><c r="A1000001" t="inlineStr"><is><t>李二</t></is></c><c r="B1000001" t="inlineStr"><is><t>A2</t></is></c></row></sheetData></worksheet>`)
	data := rawXLSX(t, b.String(), nil)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p := read(t, data, people())
	runtime.ReadMemStats(&after)
	if len(p.Rows) != 2 || p.Rows[1].Number != 1_000_001 {
		t.Fatalf("rows %+v", p.Rows)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
		t.Errorf("a million empty rows allocated %d MB", n>>20)
	}
}

func TestRowCap(t *testing.T) {
	var b strings.Builder
	b.WriteString("姓名,身份证号码\n")
	for i := range MaxRows {
		fmt.Fprintf(&b, "甲,%d\n", i)
	}
	book := open(t, []byte(b.String()))
	var last error
	for _, err := range book.Rows(0) {
		last = err
	}
	if r := refusalOf(t, last); r.Code != "rows" || !strings.Contains(r.Message, "拆成") {
		t.Errorf("got %v", last)
	}
}

// failing reads well up to a point, as a disk does that goes away.
type failing struct {
	data []byte
	from int64
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, os.ErrClosed
	}
	return bytes.NewReader(f.data).ReadAt(p, off)
}

// TestReadFaults: an error of the disk comes out as a refusal with its cause, at
// whatever byte it strikes, and never as a shorter table.
func TestReadFaults(t *testing.T) {
	var x xlsBook
	x.text(1, 1, "姓名")
	gb, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("姓名,身份证号码\n张一,A1\n"))
	for name, data := range map[string][]byte{"xlsx": xlsxOf(t, "表", grid{{"姓名"}, {"张一"}}), "xls": xlsOf(&x, "表"), "csv": gb} {
		whole := dump(t, open(t, data), 0)
		for cut := int64(0); cut < int64(len(data)); cut += max(1, int64(len(data))/60) {
			b, err := Open(failing{data, cut}, int64(len(data)), "x")
			if err == nil {
				var got []string
				for r, e := range b.Rows(0) {
					if err = e; e == nil {
						for _, c := range r.Cells {
							got = append(got, c.Address()+"="+c.Raw)
						}
					}
				}
				if err == nil && strings.Join(got, "\n") != whole {
					t.Fatalf("%s cut at %d: lost cells without an error", name, cut)
				}
			}
			if err != nil && refusalOf(t, err).Message == "" {
				t.Errorf("%s cut at %d: %v", name, cut, err)
			}
		}
	}
}
