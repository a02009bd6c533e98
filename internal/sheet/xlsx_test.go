package sheet

import (
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestXLSXCells(t *testing.T) {
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	month := `yyyy"年"m"月"`
	data := xlsxOf(t, "名册", grid{
		{"姓名", "身份证号码", nil, "金额"},
		{"张三", "321002199001011234", 1234.5, true},
		{day, 0.1 + 0.2, 321002199001011234.0, -7},
		{45000, 13800000000, 1e-7, 3e21},
	}, func(f *excelize.File) {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &month})
		must(t, err)
		must(t, f.SetCellStyle("名册", "A4", "A4", id))
		must(t, f.SetCellFormula("名册", "E2", "1+1"))
		must(t, f.SetCellRichText("名册", "F2", []excelize.RichTextRun{{Text: "王"}, {Text: "五 "}}))
		must(t, f.MergeCell("名册", "B1", "C1"))
		_, err = f.NewSheet("藏")
		must(t, err)
		must(t, f.SetSheetVisible("藏", false))
	})
	b := open(t, data)
	want := strings.Join([]string{
		"A1=姓名", "B1=身份证号码", "D1=金额",
		"A2=张三", "B2=321002199001011234", "C2=1234.5<2>", "D2=TRUE<4>", "E2=#公式未计算<5>", "F2=王五 ",
		"A3=2024-02-29<3>", "B3=0.3<2>", "C3=321002199001011000<2>", "D3=-7<2>",
		"A4=2023-03<3>", "B4=13800000000<2>", "C4=0.0000001<2>", "D4=3e+21<2>",
	}, "\n")
	if got := dump(t, b, 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if b.Format != "xlsx" || len(b.Sheets) != 2 || b.Sheets[0].Hidden || !b.Sheets[1].Hidden || b.Sheets[1].Name != "藏" {
		t.Errorf("sheets %+v", b.Sheets)
	}
	m, err := b.src.merges(0)
	must(t, err)
	if len(m) != 1 || m[0] != (area{1, 2, 1, 3}) {
		t.Errorf("merges %v", m)
	}
}

// TestXLSXOddities: what other programs write and the standard allows.
func TestXLSXOddities(t *testing.T) {
	sheet := `<?xml version="1.0"?><!-- c > d --><x:worksheet xmlns:x="m"><x:sheetData>
	<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c></x:row>
	<x:row r="5"><x:c r="C5" s="1"><x:v>60</x:v></x:c><x:c r="B5" s="1"><x:v>59</x:v></x:c><x:c r="A5" s='2'><x:v>0.5</x:v></x:c></x:row>
	<x:row r="6"><x:c r="A6" t="str"><x:f>B1&amp;"&lt;"</x:f><x:v>a&lt;b&amp;&#x4E2D;&#20013;&bogus;</x:v></x:c><x:c r="B6" t="e"><x:v>#N/A</x:v></x:c><x:c r="C6" t="d"><x:v>2024-05-06T00:00:00</x:v></x:c>
	<x:c r="D6" t="inlineStr"><x:is><x:r><x:t xml:space="preserve">甲 </x:t></x:r><x:r><x:t><![CDATA[<乙>]]></x:t></x:r><x:rPh><x:t>jia</x:t></x:rPh></x:is></x:c><x:c r="E6"><x:v></x:v></x:c><x:c r="F6" t="inlineStr"><x:is><x:t>行一_x000D_
行二</x:t></x:is></x:c></x:row>
	</x:sheetData><x:mergeCells count="1"><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`
	strs := `<sst><si><t>汉</t><rPh sb="0" eb="1"><t>han</t></rPh><phoneticPr/></si><si><r><t>字</t></r><r><t>&amp;</t></r></si></sst>`
	styles := `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="171" formatCode="h:mm"/></numFmts>
	<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`
	b := open(t, rawXLSX(t, sheet, map[string]string{"xl/sharedStrings.xml": strs, "xl/styles.xml": styles}))
	want := strings.Join([]string{"A1=汉", "B1=字&",
		"A5=0.5<2>", "B5=1900-02-28<3>", "C5=60<2>",
		"A6=a<b&中中&bogus;", "B6=#N/A<5>", "C6=2024-05-06<3>", "D6=甲 <乙>", "F6=行一\r\n行二"}, "\n")
	if got := dump(t, b, 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m, err := b.src.merges(0)
	must(t, err)
	if len(m) != 1 || m[0] != (area{1, 1, 2, 2}) {
		t.Errorf("merges %v", m)
	}
}

func TestXLSX1904(t *testing.T) {
	book := `<workbook><workbookPr date1904="1"/><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>`
	b := open(t, rawXLSX(t, `<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44197</v></c></row></sheetData></worksheet>`,
		map[string]string{"xl/workbook.xml": book, "xl/styles.xml": `<s><cellXfs><xf/><xf numFmtId="14"/></cellXfs></s>`}))
	if got := dump(t, b, 0); got != "A1=1904-01-01<3>\nB1=2025-01-02<3>" {
		t.Errorf("got %s", got)
	}
}

// TestXLSXBroken: a part that ends or lies early is a refusal, not a short table.
func TestXLSXBroken(t *testing.T) {
	for _, sheet := range []string{
		`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c`,
		`<worksheet><sheetData><!-- never closed`,
		`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row><c t="inlineStr"><is><t>` + strings.Repeat("长", maxToken) + `</t></is></c></row></sheetData></worksheet>`,
	} {
		b := open(t, rawXLSX(t, sheet, nil))
		var last error
		for _, err := range b.Rows(0) {
			last = err
		}
		if last == nil || refusalOf(t, last).Code != "broken" {
			t.Errorf("%.60s…: %v", sheet, last)
		}
	}
}

func TestNumberForms(t *testing.T) {
	for code, want := range map[string]dateForm{
		"General": formNone, "0.00": formNone, "#,##0.00_);[Red](#,##0.00)": formNone, "0.00E+00": formNone, "@": formNone,
		"yyyy-mm-dd": formDay, "yyyy/m/d;@": formDay, `[$-804]yyyy"年"m"月"d"日"`: formDay, "m/d/yy h:mm": formDay, "d-mmm": formDay,
		`yyyy"年"m"月"`: formMonth, "mmm-yy": formMonth, "yyyy.mm": formMonth, "h:mm:ss": formNone, "[h]:mm": formNone, "mm:ss": formNone,
		`"month"0`: formNone, `\d0`: formNone, `[DBNum1][$-804]yyyy"年"m"月"d"日";@`: formDay, "e\\年m\\月d\\日": formDay,
	} {
		if got := codeForm(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
	for serial, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 45351.75: "2024-02-29", 2958465: "9999-12-31"} {
		if got, ok := serialDay(serial, false); !ok || got != want {
			t.Errorf("%v: %s", serial, got)
		}
	}
	for _, bad := range []float64{-1, 0, 60, 2958466, 1e300} {
		if got, ok := serialDay(bad, false); ok {
			t.Errorf("%v gives %s", bad, got)
		}
	}
}
