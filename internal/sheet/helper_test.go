package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// grid is a sheet for tests: rows of cells; nil is an empty cell.
type grid [][]any

// xlsxOf writes sheets with excelize, a writer that is not ours.
func xlsxOf(t testing.TB, name string, g grid, more ...func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetSheetName("Sheet1", name))
	for r, row := range g {
		for c, v := range row {
			if v != nil {
				must(t, f.SetCellValue(name, Address(r+1, c+1), v))
			}
		}
	}
	for _, fn := range more {
		fn(f)
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

// zipOf writes a zip of named parts.
func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// rawXLSX writes a workbook from the XML of its one sheet and further parts.
func rawXLSX(t testing.TB, sheet string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
	for k, v := range more {
		parts[k] = v
	}
	return zipOf(t, parts)
}

func open(t testing.TB, data []byte) *Book {
	t.Helper()
	b, err := Open(bytes.NewReader(data), int64(len(data)), "测试")
	must(t, err)
	return b
}

// dump writes all cells of a sheet as "A1=text" with the kind of others behind.
func dump(t testing.TB, b *Book, sheet int) string {
	t.Helper()
	var out []string
	for r, err := range b.Rows(sheet) {
		must(t, err)
		for _, c := range r.Cells {
			if c.Row != r.Number {
				t.Fatalf("cell %s in row %d", c.Address(), r.Number)
			}
			s := c.Address() + "=" + c.Raw
			if c.Kind != CellText {
				s += fmt.Sprintf("<%d>", c.Kind)
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

func read(t testing.TB, data []byte, l *Layout) *Preview {
	t.Helper()
	p, err := Read(context.Background(), open(t, data), l, ReadOptions{})
	must(t, err)
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refusalOf(t testing.TB, err error) *Refusal {
	t.Helper()
	r, ok := err.(*Refusal)
	if !ok {
		t.Fatalf("want a refusal, got %v", err)
	}
	return r
}

// problem returns the problems at an address, one a line.
func problem(p *Preview, address string) string {
	var out []string
	for _, q := range p.Problems {
		if q.Address == address {
			out = append(out, string(q.Level)+": "+q.Message)
		}
	}
	return strings.Join(out, "\n")
}

// people is a small register for tests.
func people() *Layout {
	return &Layout{Name: "people", Title: "名册", Columns: []Column{
		{Key: "no", Title: "序号", Kind: Serial},
		{Key: "name", Title: "姓名", Required: true, Synonyms: []string{"名字"}},
		{Key: "id", Title: "身份证号码", Kind: IDText, Required: true, Unique: true, Synonyms: []string{"身份证号", "证件号码"}},
		{Key: "sex", Title: "性别", Kind: Choice, Choices: []Option{{Value: "男", Synonyms: []string{"男性"}}, {Value: "女"}}},
		{Key: "birth", Title: "出生日期", Kind: Date, Expected: true},
		{Key: "joined", Title: "加入年月", Kind: Month},
		{Key: "phone", Title: "电话", Kind: Phone},
		{Key: "pay", Title: "金额", Kind: Money, Summed: true},
		{Key: "count", Title: "人数", Kind: Int, Positive: true, Summed: true},
	}}
}
