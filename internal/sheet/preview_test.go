package sheet

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// spoiled is a register with one fault of each kind, whose addresses the tests
// name.
func spoiled(t testing.TB) []byte {
	return xlsxOf(t, "名册", grid{
		{"某村名册"},
		{"序号", "姓名", "身份证号码", "性别", "出生日期", "电话", "金额（元）", "人数"},
		{1, "张一", "A1", "男", "2000-01-02", "13800000000", 100.5, 2},
		{2, nil, "A2", "人", "2000-02-30", "123", "十元", 1},
		{3, "王三", "A1", "女", nil, nil, -3, -1},
		{4, "赵四", 321002199001011234.0, "女", "1999.1", nil, nil, nil},
		{5, "钱五", "A5", "男性", 36526, nil, 2.5, 1},
		{6},
		{nil, "合计", nil, nil, nil, nil, 100, 4},
		{"说明：本表一式两份。"},
		{"填表人：甲", nil, nil, "审核人：乙"},
	})
}

func TestPreview(t *testing.T) {
	p := read(t, spoiled(t), people())
	if len(p.Rows) != 5 || p.BadRows != 3 {
		t.Fatalf("%d rows, %d bad: %s", len(p.Rows), p.BadRows, p.Summary())
	}
	for address, want := range map[string]string{
		"B4": "不能为空", "D4": "可填：男、女", "E4": "没有30日", "F4": "11 位", "G4": "看不懂金额",
		"C5": "与 C3 重复", "H5": "负数", "C6": "后几位已经丢失", "E6": "请补上日",
		"G9": "填的是 100.00 元，各行相加是 100.00 元", "H9": "",
	} {
		got := problem(p, address)
		if address == "G9" {
			want = "" // 100.50 − 3.00 + 2.50 is what the total says
		}
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	if p.Problems[0].Row > p.Problems[len(p.Problems)-1].Row {
		t.Error("problems are not in the order of rows")
	}
	var lines []string
	for _, l := range p.Lines {
		lines = append(lines, l.Key+" "+l.Address)
	}
	if got := strings.Join(lines, ", "); got != "total B9, note A10, note A11" {
		t.Errorf("lines %s", got)
	}
	if got := p.Rows[4].Values; !reflect.DeepEqual(got, []string{"", "钱五", "A5", "男", "2000-01-01", "", "", "250", "1"}) {
		t.Errorf("values %q", got)
	}
	if refused := p.Select([]int{3, 4, 7}); !reflect.DeepEqual(refused, []int{4}) || len(p.Records()) != 2 {
		t.Errorf("refused %v, records %d", refused, len(p.Records()))
	}
	r := p.Records()[1]
	if fen, ok := r.Int("pay"); r.Row() != 7 || fen != 250 || !ok || r.Date("birth") != "2000-01-01" || r.Text("none") != "" {
		t.Errorf("record %+v", r.row)
	}
	if p.Above[0] != "某村名册" {
		t.Errorf("above %v", p.Above)
	}
}

func TestPreviewJSON(t *testing.T) {
	p := read(t, spoiled(t), people())
	first, err := json.Marshal(p)
	must(t, err)
	var q Preview
	must(t, json.Unmarshal(first, &q))
	second, err := json.Marshal(&q)
	must(t, err)
	if string(first) != string(second) {
		t.Error("a stored preview does not come back the same")
	}
	if len(q.Records()) != len(p.Records()) || q.Records()[0].Text("id") != "A1" {
		t.Error("records of a stored preview differ")
	}
}

func TestTotals(t *testing.T) {
	head := []any{"姓名", "身份证号码", "金额", "人数"}
	for _, c := range []struct {
		name    string
		rows    grid
		address string
		says    string
	}{
		{"right", grid{head, {"甲", "1", 1.1, 1}, {"乙", "2", 2.2, 1}, {"合 计", nil, 3.3, 2}}, "C4", ""},
		{"wrong", grid{head, {"甲", "1", 1.1, 1}, {"乙", "2", 2.2, 1}, {"合计", nil, 3.4, 2}}, "C4", "填的是 3.40 元，各行相加是 3.30 元"},
		{"subtotals", grid{head, {"甲", "1", 1, 1}, {"小计", nil, 1, 1}, {"乙", "2", 2, 1}, {"小计", nil, 2, 1}, {"总计", nil, 3, 2}}, "C6", ""},
		{"wrong subtotal", grid{head, {"甲", "1", 1, 1}, {"小计", nil, 1, 1}, {"乙", "2", 2, 1}, {"小计", nil, 3, 1}}, "C5", "各行相加是 2.00"},
		{"total first", grid{head, {"合计", nil, 3, 2}, {"甲", "1", 1, 1}, {"乙", "2", 2, 1}}, "C2", ""},
		{"other unit", grid{{"姓名", "身份证号码", "金额(万元)"}, {"甲", "1", 1.5}, {"合计", nil, 1.6}}, "C3", "填的是 16000.00 元，各行相加是 15000.00 元"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := read(t, xlsxOf(t, "表", c.rows), people())
			got := problem(p, c.address)
			if (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
				t.Errorf("got %q", got)
			}
			if p.Blocked != (c.says != "") {
				t.Errorf("blocked %v", p.Blocked)
			}
		})
	}
}

// TestNotData: rows that people put among the data are not taken for it, and
// data that looks a little like them is.
func TestNotData(t *testing.T) {
	p := read(t, xlsxOf(t, "表", grid{
		{"序号", "姓名", "身份证号码", "性别", "人数"},
		{"甲", "乙", "1", "2", "3"},
		{1, "注册员", "A1", "男", 1},
		{"序号", "姓名", "身份证号码", "性别", "人数"},
		{2, "合计生", "A2", "女", 1},
		{3, "例", "A3", "女", 1},
		{nil, "说明", nil, nil, nil},
		{"填表日期：2024年1月1日"},
		{nil, nil, "以上数据均由各小组组长逐户核实后签字确认，如有不实之处由填报人承担全部责任。"},
	}), people())
	var rows []int
	for _, d := range p.Rows {
		rows = append(rows, d.Number)
	}
	if !reflect.DeepEqual(rows, []int{3, 5, 6}) {
		t.Errorf("data rows %v, lines %+v", rows, p.Lines)
	}
}

func TestColumnNumbers(t *testing.T) {
	p := read(t, xlsxOf(t, "表", grid{{"姓名", "身份证号码", "性别", "人数"}, {1, 2, 3, 4}, {"甲", "A1", "男", 1}}), people())
	if len(p.Rows) != 1 || len(p.Lines) != 1 || p.Lines[0].Key != LineRepeat {
		t.Errorf("rows %+v, lines %+v", p.Rows, p.Lines)
	}
}

func TestFillDown(t *testing.T) {
	l := people()
	l.Column("name").FillDown = true
	data := xlsxOf(t, "表", grid{
		{"姓名", "身份证号码", "金额"},
		{"一户", "1", 1}, {nil, "2", nil}, {nil, nil, nil},
		{"二户", "3", nil}, {nil, "4", nil},
	}, func(f *excelize.File) {
		must(t, f.MergeCell("表", "A2", "A4"))
		must(t, f.MergeCell("表", "C2", "C3"))
	})
	p := read(t, data, l)
	var got []string
	for _, d := range p.Rows {
		got = append(got, d.Values[1]+d.Values[2]+"/"+d.Values[7])
	}
	if s := strings.Join(got, " "); s != "一户1/100 一户2/ 二户3/ 4/" {
		t.Errorf("got %s", s)
	}
	if problem(p, "A6") == "" {
		t.Error("a cell that is merely empty must stay empty")
	}
}

// TestRowChecks: a layout's check sees all rows and reports by cell.
func TestRowChecks(t *testing.T) {
	l := people()
	l.Check = func(tb *Table) {
		if tb.Has("joined") || !tb.Has("sex") || tb.Heading("id") != "证件号码" {
			t.Error("the table misstates its columns")
		}
		for i := range tb.Len() {
			if r := tb.Record(i); r.Text("sex") == "女" {
				r.Report("sex", Error, "R-1", "与 "+tb.Record(0).Address("sex")+" 不同")
				r.Report("joined", Warning, "", "没有这一栏")
			}
		}
		tb.Warn(LineRow{}, "整张表的提醒")
	}
	p := read(t, xlsxOf(t, "表", grid{{"姓名", "证件号码", "性别"}, {"甲", "1", "男"}, {"乙", "2", "女"}}), l)
	if got := problem(p, "C3"); got != "error: 与 C2 不同" || p.Rows[1].Selected || p.Rows[1].Level != Error || p.BadRows != 1 {
		t.Errorf("got %q, row %+v", got, p.Rows[1])
	}
	if problem(p, "3") == "" || problem(p, "") == "" {
		t.Errorf("problems %+v", p.Problems)
	}
}

// TestSameFromAllFormats: one register gives one preview, whatever it comes in.
func TestSameFromAllFormats(t *testing.T) {
	rows := [][]string{{"姓名", "身份证号码", "性别", "出生日期"}, {"张㐀", "A1", "男", "2000-01-02"}, {"李二", "A2", "女", "1999-12-31"}}
	var x xlsBook
	var text strings.Builder
	var g grid
	for i, row := range rows {
		var cells []any
		for k, s := range row {
			x.text(i+1, k+1, s)
			cells = append(cells, s)
		}
		g = append(g, cells)
		text.WriteString(strings.Join(row, ",") + "\n")
	}
	want := read(t, xlsxOf(t, "表", g), people())
	for name, data := range map[string][]byte{"xls": xlsOf(&x, "表"), "csv": []byte(text.String()), "utf-16": utf16le(text.String())} {
		if got := read(t, data, people()); !reflect.DeepEqual(got.Rows, want.Rows) {
			t.Errorf("%s: %+v\nwant %+v", name, got.Rows, want.Rows)
		}
	}
}

func TestTooManyProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString("姓名,身份证号码,电话,性别\n")
	for range maxProblems {
		b.WriteString(",,x,人\n")
	}
	p := read(t, []byte(b.String()), people())
	if len(p.Problems) != maxProblems+1 || p.Errors <= maxProblems || !p.Blocked {
		t.Errorf("%d problems kept of %d", len(p.Problems), p.Errors)
	}
}
