package sheet

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func reopen(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func cellOf(t testing.TB, f *excelize.File, sheet, at string) string {
	t.Helper()
	s, err := f.GetCellValue(sheet, at)
	must(t, err)
	return s
}

func fillOf(t testing.TB, f *excelize.File, sheet, at string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, at)
	must(t, err)
	s, err := f.GetStyle(id)
	must(t, err)
	if len(s.Fill.Color) == 0 {
		return ""
	}
	return s.Fill.Color[0]
}

// TestMarkUp: the office's own workbook comes back with its cells, formats and
// other sheets, and with every problem on its cell and in the list.
func TestMarkUp(t *testing.T) {
	bold := &excelize.Style{Font: &excelize.Font{Bold: true}}
	data := xlsxOf(t, "名册", grid{{"姓名", "身份证号码", "性别"}, {"甲", "A1", "男"}, {nil, "A1", "人"}}, func(f *excelize.File) {
		id, err := f.NewStyle(bold)
		must(t, err)
		must(t, f.SetCellStyle("名册", "B3", "B3", id))
		must(t, f.AddComment("名册", excelize.Comment{Cell: "C3", Author: "李", Paragraph: []excelize.RichTextRun{{Text: "原有批注"}}}))
		_, err = f.NewSheet("别的")
		must(t, err)
		must(t, f.SetCellStr("别的", "A1", "留着"))
	})
	p := read(t, data, people())
	var out bytes.Buffer
	must(t, MarkUp(&out, bytes.NewReader(data), int64(len(data)), p))
	f := reopen(t, out.Bytes())
	if got := f.GetSheetList(); !reflect.DeepEqual(got, []string{problemSheet, "名册", "别的"}) {
		t.Errorf("sheets %v", got)
	}
	if cellOf(t, f, "别的", "A1") != "留着" || cellOf(t, f, "名册", "A2") != "甲" {
		t.Error("the office's own content is gone")
	}
	for at, want := range map[string]string{"A3": faultFill, "B3": faultFill, "C3": faultFill, "A2": ""} {
		if got := fillOf(t, f, "名册", at); got != want {
			t.Errorf("%s is filled %q", at, got)
		}
	}
	id, _ := f.GetCellStyle("名册", "B3")
	if s, _ := f.GetStyle(id); s.Font == nil || !s.Font.Bold {
		t.Error("the cell lost its own format")
	}
	notes := map[string]string{}
	comments, err := f.GetComments("名册")
	must(t, err)
	for _, c := range comments {
		for _, r := range c.Paragraph {
			notes[c.Cell] += r.Text
		}
	}
	if !strings.Contains(notes["B3"], "与 B2 重复") || !strings.Contains(notes["C3"], "原有批注") {
		t.Errorf("notes %v", notes)
	}
	rows, err := f.GetRows(problemSheet)
	must(t, err)
	if len(rows) != 3+len(p.Problems) {
		t.Errorf("%d rows in the list for %d problems", len(rows), len(p.Problems))
	}
	list := fmt.Sprint(rows)
	for _, q := range p.Problems {
		if !strings.Contains(list, q.Message) || !strings.Contains(list, q.Address) {
			t.Errorf("the list lacks %+v", q)
		}
	}
	// A second round over the marked file finds the same and does not pile up.
	again := read(t, out.Bytes(), people())
	if again.Match.Sheet != "名册" || again.Errors != p.Errors {
		t.Errorf("second round: %s %d errors", again.Match.Sheet, again.Errors)
	}
	var second bytes.Buffer
	must(t, MarkUp(&second, bytes.NewReader(out.Bytes()), int64(out.Len()), again))
	if got := reopen(t, second.Bytes()).GetSheetList(); len(got) != 3 {
		t.Errorf("sheets after the second round %v", got)
	}
}

// TestMarkUpCopy: files that cannot be edited come back as a new workbook.
func TestMarkUpCopy(t *testing.T) {
	var x xlsBook
	for i, row := range [][]string{{"姓名", "身份证号码"}, {"甲", "A1"}, {"乙", "A1"}} {
		for k, s := range row {
			x.text(i+2, k+1, s)
		}
	}
	x.float(5, 2, 0, 12.5)
	for name, data := range map[string][]byte{"xls": xlsOf(&x, "名册"), "csv": []byte("\n姓名,身份证号码\n甲,A1\n乙,A1\n,12.5x\n")} {
		p := read(t, data, people())
		var out bytes.Buffer
		must(t, MarkUp(&out, bytes.NewReader(data), int64(len(data)), p))
		f := reopen(t, out.Bytes())
		sheet := p.Match.Sheet
		if f.GetSheetList()[0] != problemSheet || cellOf(t, f, sheet, "A4") != "乙" || !strings.Contains(cellOf(t, f, sheet, "C4"), "B4：与 B3 重复") {
			t.Errorf("%s: %v", name, cellOf(t, f, sheet, "C4"))
		}
		if fillOf(t, f, sheet, "B4") != faultFill || fillOf(t, f, sheet, "B3") == faultFill {
			t.Errorf("%s: fills", name)
		}
		if again := read(t, out.Bytes(), people()); again.Errors != p.Errors {
			t.Errorf("%s: the copy reads with %d errors, the file with %d", name, again.Errors, p.Errors)
		}
	}
	data := []byte("姓名,身份证号码\n甲,A1\n")
	p := read(t, data, people())
	p.Match.Sheet = "另一张"
	if err := MarkUp(&bytes.Buffer{}, bytes.NewReader(data), int64(len(data)), p); refusalOf(t, err).Code != "changed" {
		t.Errorf("got %v", err)
	}
}

func TestTemplate(t *testing.T) {
	l := people()
	l.Note = []string{"请勿改动表头。"}
	var long []string
	for i := range 80 {
		long = append(long, fmt.Sprintf("选项第%02d号", i))
	}
	l.Columns = append(l.Columns, Column{Key: "long", Title: "长选项", Kind: Choice, Choices: Options(long...)})
	var out bytes.Buffer
	must(t, Template(&out, l))
	f := reopen(t, out.Bytes())
	if !reflect.DeepEqual(f.GetSheetList(), []string{formSheet, choiceSheet}) {
		t.Errorf("sheets %v", f.GetSheetList())
	}
	if v, _ := f.GetSheetVisible(choiceSheet); v {
		t.Error("the list of choices is visible")
	}
	for at, want := range map[string]int{"C9": formatText, "G9": formatText, "B9": formatText} {
		id, _ := f.GetCellStyle(formSheet, at)
		if s, _ := f.GetStyle(id); s.NumFmt != want {
			t.Errorf("%s has format %d", at, s.NumFmt)
		}
	}
	rules, err := f.GetDataValidations(formSheet)
	must(t, err)
	kinds := map[string]string{}
	for _, r := range rules {
		kinds[r.Sqref[:1]] = r.Type + " " + r.Formula1
	}
	for col, want := range map[string]string{"D": `list "男,女"`, "E": "date 367", "H": "decimal -", "I": "whole 0", "J": "list 选项!$A$1:$A$80"} {
		if !strings.HasPrefix(kinds[col], want) {
			t.Errorf("column %s: %q, want %q", col, kinds[col], want)
		}
	}
	if panes, err := f.GetPanes(formSheet); err != nil || panes.YSplit != 3 || !panes.Freeze {
		t.Errorf("panes %+v %v", panes, err)
	}
	if o, err := f.GetPageLayout(formSheet); err != nil || *o.Orientation != "landscape" || *o.Size != paperA4 {
		t.Errorf("page %+v %v", o, err)
	}
	names := fmt.Sprint(f.GetDefinedName())
	if !strings.Contains(names, "_xlnm.Print_Titles") || !strings.Contains(names, "$3:$3") {
		t.Errorf("names %s", names)
	}
	comments, _ := f.GetComments(formSheet)
	if len(comments) < 5 {
		t.Errorf("%d notes on headings", len(comments))
	}
	// What is filled in is read back without a complaint.
	for at, v := range map[string]string{"B4": "张三", "C4": "321002199001011234", "D4": "男", "G4": "13800000000", "J4": "选项第79号"} {
		must(t, f.SetCellStr(formSheet, at, v))
	}
	must(t, f.SetCellValue(formSheet, "E4", 36526))
	var filled bytes.Buffer
	must(t, f.Write(&filled))
	p := read(t, filled.Bytes(), l)
	if p.Errors+p.Warnings > 0 || len(p.Rows) != 1 || p.Rows[0].Values[4] != "2000-01-01" || p.Match.Row != 3 {
		t.Errorf("%s %+v %+v", p.Summary(), p.Problems, p.Rows)
	}
}

var secret = []byte("a secret for tests")

// row draws one row of canonical values for the people layout.
func drawRow(t *rapid.T, i int) []string {
	words := rapid.StringMatching(`[\p{Han}a-zA-Z0-9=+@,;"' -]{0,12}`)
	day := rapid.Custom(func(t *rapid.T) string {
		d, _ := serialDay(float64(rapid.IntRange(367, 80000).Draw(t, "day")), false)
		return d
	})
	maybe := func(g *rapid.Generator[string], label string) string {
		return rapid.OneOf(rapid.Just(""), g).Draw(t, label)
	}
	return []string{"", "甲" + tidy(words.Draw(t, "name")), fmt.Sprintf("%018d", i), maybe(rapid.SampledFrom([]string{"男", "女"}), "sex"), maybe(day, "birth"),
		maybe(rapid.Just("2020-07"), "joined"), maybe(rapid.Just("13800000000"), "phone"),
		maybe(rapid.Map(rapid.Int64Range(-maxFen, maxFen), itoa), "pay"), maybe(rapid.Map(rapid.Int64Range(0, 1e9), itoa), "count")}
}

func exported(t testing.TB, l *Layout, rows [][]string) []byte {
	var out bytes.Buffer
	must(t, Export(&out, l, Meta{Town: "321002003", Position: 4711, Kind: "people", Subtitle: "某村 2026-11-23", Secret: secret}, seqOf(rows)))
	return out.Bytes()
}

func seqOf(rows [][]string) func(func(ExportRow) bool) {
	return func(yield func(ExportRow) bool) {
		for i, r := range rows {
			if !yield(ExportRow{Key: int64(100 + i), Values: r}) {
				return
			}
		}
	}
}

// TestReadBack: of an export, unchanged rows cost nothing, and a change anywhere
// is exactly what comes back.
func TestReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := people()
		for i := range l.Columns {
			l.Columns[i].Required = false
		}
		var rows [][]string
		for i := range rapid.IntRange(1, 6).Draw(rt, "rows") {
			rows = append(rows, drawRow(rt, i))
		}
		data := exported(t, l, rows)
		b := open(t, data)
		m, ok := IsExport(b)
		if !ok || m.Town != "321002003" || m.Position != 4711 || m.Kind != "people" {
			rt.Fatalf("meta %+v %v", m, ok)
		}
		asked := 0
		base := func(key int64) ([]string, bool) {
			asked++
			if i := int(key - 100); i >= 0 && i < len(rows) {
				return rows[i], true
			}
			return nil, false
		}
		back, err := ReadBack(context.Background(), b, l, secret, base, ReadOptions{})
		must(t, err)
		if len(back.Changes) > 0 || len(back.Gone) > 0 || len(back.New) > 0 {
			rt.Fatalf("unchanged export came back as %+v", back)
		}
		if asked > 0 {
			rt.Fatalf("asked for %d unchanged rows of %q", asked, rows)
		}
		// Change one cell, drop one row's id, in the file as a clerk would.
		i := rapid.IntRange(0, len(rows)-1).Draw(rt, "row")
		f := reopen(t, data)
		must(t, f.SetCellStr(exportSheet, Address(4+i, 3), "新名字"))
		must(t, f.SetCellStr(exportSheet, Address(4+len(rows), 3), "新来的"))
		must(t, f.SetCellStr(exportSheet, Address(4+len(rows), 4), "新号码"))
		var out bytes.Buffer
		must(t, f.Write(&out))
		back, err = ReadBack(context.Background(), open(t, out.Bytes()), l, secret, base, ReadOptions{})
		must(t, err)
		want := []Change{{Key: int64(100 + i), Row: 4 + i, Address: Address(4+i, 3), Column: "name", Base: rows[i][1], Value: "新名字"}}
		if !reflect.DeepEqual(back.Changes, want) || !reflect.DeepEqual(back.New, []int{4 + len(rows)}) {
			rt.Fatalf("got %+v, new %v", back.Changes, back.New)
		}
	})
}

func TestReadBackTampered(t *testing.T) {
	l := people()
	rows := [][]string{
		{"", "张一", "A1", "男", "2000-01-01", "", "", "100", "1"},
		{"", "王二", "A2", "女", "", "", "", "", ""},
		{"", "李三", "A3", "女", "", "", "", "", ""},
	}
	base := func(key int64) ([]string, bool) { return rows[key-100], true }
	data := exported(t, l, rows)
	edit := func(fn func(f *excelize.File)) (*Back, error) {
		f := reopen(t, data)
		fn(f)
		var out bytes.Buffer
		must(t, f.Write(&out))
		return ReadBack(context.Background(), open(t, out.Bytes()), l, secret, base, ReadOptions{})
	}
	// A copied row and a row that was taken out.
	back, err := edit(func(f *excelize.File) {
		for c := 1; c <= 5; c++ {
			must(t, f.SetCellStr(exportSheet, Address(6, c), cellOf(t, f, exportSheet, Address(4, c))))
		}
		must(t, f.SetCellStr(exportSheet, "D6", "A9"))
	})
	must(t, err)
	if !reflect.DeepEqual(back.Gone, []int64{102}) || !strings.Contains(problem(back.Preview, "A6"), "复制") || len(back.Changes) > 0 {
		t.Errorf("copied row: %+v, %+v", back.Changes, back.Preview.Problems)
	}
	// A column taken out changes nothing; an error in a changed row stops that row only.
	back, err = edit(func(f *excelize.File) {
		must(t, f.RemoveCol(exportSheet, "I"))
		must(t, f.SetCellStr(exportSheet, "F4", "2000-13-01"))
		must(t, f.SetCellStr(exportSheet, "C5", "王二改"))
	})
	must(t, err)
	if len(back.Changes) != 1 || back.Changes[0].Key != 101 || problem(back.Preview, "F4") == "" {
		t.Errorf("removed column: %+v %+v", back.Changes, back.Preview.Problems)
	}
	// Another secret, another layout, an edited hidden sheet, no hidden sheet.
	if _, err = ReadBack(context.Background(), open(t, data), l, []byte("other"), base, ReadOptions{}); refusalOf(t, err).Code != "foreign-export" {
		t.Errorf("other secret: %v", err)
	}
	other := people()
	other.Columns = slices.Delete(other.Columns, 5, 6)
	if _, err = ReadBack(context.Background(), open(t, data), other, secret, base, ReadOptions{}); refusalOf(t, err).Code != "foreign-export" {
		t.Errorf("other layout: %v", err)
	}
	if _, err = edit(func(f *excelize.File) { must(t, f.SetCellStr(metaSheet, "A3", "9")) }); refusalOf(t, err).Code != "foreign-export" {
		t.Errorf("another position: %v", err)
	}
	if _, err = edit(func(f *excelize.File) { must(t, f.DeleteSheet(metaSheet)) }); refusalOf(t, err).Code != "not-export" {
		t.Errorf("no hidden sheet: %v", err)
	}
	// The journal cannot give back what was exported.
	rows[0] = slices.Clone(rows[0])
	rows[0][1] = "别人"
	back, err = edit(func(f *excelize.File) { must(t, f.SetCellStr(exportSheet, "C4", "张一改")) })
	must(t, err)
	if len(back.Changes) > 0 || !strings.Contains(problem(back.Preview, "A4"), "无法还原") {
		t.Errorf("lost base: %+v", back.Changes)
	}
}

// TestExportHidesNothing: the hidden parts of an export hold ids and seals, and
// not one value of the table.
func TestExportHidesNothing(t *testing.T) {
	data := exported(t, people(), [][]string{{"", "张一", "321002199001011234", "男", "2000-01-01", "", "13800000000", "12345", "1"}})
	f := reopen(t, data)
	if v, _ := f.GetSheetVisible(metaSheet); v {
		t.Error("the meta sheet is visible")
	}
	if v, _ := f.GetColVisible(exportSheet, "A"); v {
		t.Error("the key column is visible")
	}
	rows, err := f.GetRows(metaSheet)
	must(t, err)
	for _, row := range rows {
		for _, s := range row {
			for _, value := range []string{"张一", "321002199001011234", "13800000000", "2000-01-01", "123.45"} {
				if strings.Contains(s, value) {
					t.Errorf("the meta sheet holds %s", value)
				}
			}
		}
	}
	if got := cellOf(t, f, exportSheet, "D4"); got != "321002199001011234" {
		t.Errorf("identity number shows as %s", got)
	}
	if kind, _ := f.GetCellType(exportSheet, "D4"); kind != excelize.CellTypeInlineString {
		t.Errorf("identity number is of type %v", kind)
	}
	if got := cellOf(t, f, exportSheet, "I4"); got != "123.45" {
		t.Errorf("money shows as %s", got)
	}
}

// TestExportCSV: what is written as text is read again as the same values, and
// nothing in it runs as a formula.
func TestExportCSV(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := people()
		for i := range l.Columns {
			l.Columns[i].Required = false
		}
		var rows [][]string
		for i := range rapid.IntRange(1, 5).Draw(rt, "rows") {
			rows = append(rows, drawRow(rt, i))
		}
		var out bytes.Buffer
		must(t, ExportCSV(&out, l, seqOf(rows)))
		if !bytes.HasPrefix(out.Bytes(), []byte("\xef\xbb\xbf")) {
			rt.Fatal("no byte order mark")
		}
		p := read(t, out.Bytes(), l)
		for i, d := range p.Rows {
			if !reflect.DeepEqual(d.Values, rows[i]) {
				rt.Fatalf("row %d: %q, want %q", i, d.Values, rows[i])
			}
		}
		if len(p.Rows) != len(rows) {
			rt.Fatalf("%d rows of %d", len(p.Rows), len(rows))
		}
	})
	l := &Layout{Name: "x", Title: "x", Columns: []Column{{Key: "a", Title: "甲"}, {Key: "b", Title: "乙"}}}
	var out bytes.Buffer
	must(t, ExportCSV(&out, l, seqOf([][]string{{"=1+1", "@x"}, {"-y", "+z"}})))
	for _, line := range strings.Split(out.String(), "\n")[1:] {
		for _, field := range strings.Split(line, ",") {
			if field = strings.Trim(field, "\"\r"); field != "" && strings.ContainsRune("=+-@", rune(field[0])) {
				t.Errorf("%q would run", field)
			}
		}
	}
}
