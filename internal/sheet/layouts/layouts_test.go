package layouts

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cunju/internal/sheet"
)

func all() []*sheet.Layout {
	return []*sheet.Layout{Roster29(Checks{}), VillageRoster(Checks{}), OrganisationForm(Checks{}), Households(Checks{}), FinanceTable(), TransferTable()}
}

// TestWords: within a layout every key is one column, every word means one
// column at the same rank, choices are spelled once, and titles are in yuan.
func TestWords(t *testing.T) {
	for _, l := range all() {
		keys, words := map[string]bool{}, map[string]string{}
		for _, c := range l.Columns {
			if keys[c.Key] || c.Key == "" || c.Title == "" {
				t.Errorf("%s: column %q twice or without name", l.Name, c.Key)
			}
			keys[c.Key] = true
			for _, w := range append([]string{c.Title}, c.Synonyms...) {
				if was := words[w]; was != "" {
					t.Errorf("%s: %q means %s and %s", l.Name, w, was, c.Key)
				}
				words[w] = c.Key
			}
			if strings.Contains(c.Title, "万") {
				t.Errorf("%s: the title %s is not in yuan", l.Name, c.Title)
			}
			options := map[string]string{}
			for _, o := range c.Choices {
				for _, s := range append([]string{o.Value}, o.Synonyms...) {
					if was, ok := options[s]; ok {
						t.Errorf("%s.%s: %q stands for %s and %s", l.Name, c.Key, s, was, o.Value)
					}
					options[s] = o.Value
				}
			}
		}
	}
	if n := len(nations); n != 56 {
		t.Errorf("%d ethnic groups", n)
	}
	if n := len(Roster29(Checks{}).Columns); n != 29 {
		t.Errorf("the 29-column roster has %d columns", n)
	}
}

// TestForms: each blank form can be written, is recognised as its own layout,
// and as no other layout with all required columns better.
func TestForms(t *testing.T) {
	for _, l := range all() {
		var out bytes.Buffer
		if err := sheet.Template(&out, l); err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		b, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), l.Name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := sheet.Find(b, l, "")
		if err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		if len(m.Columns) != len(l.Columns) || len(m.Missing)+len(m.Unknown)+len(m.Doubles) > 0 {
			t.Errorf("%s: %d of %d columns, missing %v, unknown %v, doubles %v", l.Name, len(m.Columns), len(l.Columns), m.Missing, m.Unknown, m.Doubles)
		}
	}
}

func read(t *testing.T, l *sheet.Layout, rows [][]any, merges ...string) *sheet.Preview {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for r, row := range rows {
		for c, v := range row {
			if v != nil {
				if err := f.SetCellValue("Sheet1", sheet.Address(r+1, c+1), v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for _, m := range merges {
		a, b, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", a, b); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	b, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), "测试.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	p, err := sheet.Read(context.Background(), b, l, sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// faults lists "address level" of all problems but remarks on the header.
func faults(p *sheet.Preview) string {
	var out []string
	for _, q := range p.Problems {
		if q.Row > p.Match.Row || q.Level == sheet.Error {
			out = append(out, q.Address+" "+string(q.Level))
		}
	}
	return strings.Join(out, ", ")
}

func TestRosterDates(t *testing.T) {
	head := []any{"姓名", "公民身份证号码", "政治面貌", "所在支部", "出生年月日", "性别", "入党时间", "转正时间"}
	const id = "321002198001010019" // born 1980-01-01, odd order: a man
	for _, c := range []struct {
		name string
		row  []any
		want string
	}{
		{"right", []any{"甲", id, "正式党员", "一支部", "1980-01-01", "男", "2000-07-01", "2001-07-01"}, ""},
		{"birthday differs", []any{"甲", id, "正式", "一支部", "1980-01-02", "男", "2000-07-01", "2001-07-01"}, "E2 warning"},
		{"sex differs", []any{"甲", id, "正式党员", "一支部", "1980-01-01", "女", "2000-07-01", "2001-07-01"}, "F2 warning"},
		{"17 when admitted", []any{"甲", id, "正式党员", "一支部", "1980-01-01", "男", "1997-12-31", "1999-07-01"}, "G2 error"},
		{"18 that day", []any{"甲", id, "正式党员", "一支部", "1980-01-01", "男", "1998-01-01", "1999-07-01"}, ""},
		{"17 by the number alone", []any{"甲", id, "正式党员", "一支部", nil, "男", "1997-12-31", "1999-07-01"}, "G2 error"},
		{"17 before the present constitution", []any{"甲", "321002193301010012", "正式党员", "一支部", nil, "男", "1950-12-31", "1951-12-31"}, "G2 warning"},
		{"full before admitted", []any{"甲", id, "正式党员", "一支部", nil, "男", "2000-07-01", "2000-06-30"}, "H2 error"},
		{"full within the year", []any{"甲", id, "正式党员", "一支部", nil, "男", "2000-07-01", "2001-06-30"}, "H2 error"},
		{"no probation in the seventies", []any{"甲", "321002195001010011", "正式党员", "一支部", nil, "男", "1970-07-01", "1970-07-01"}, ""},
		{"probationary but full", []any{"甲", id, "预备党员", "一支部", nil, "男", "2025-07-01", "2026-07-01"}, "H2 error"},
		{"full member without the day", []any{"甲", id, "正式党员", "一支部", nil, "男", "2000-07-01", nil}, "H2 warning"},
		{"probationary", []any{"甲", id, "预备党员", "一支部", nil, "男", "2026-07-01", nil}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := read(t, Roster29(Checks{}), [][]any{head, c.row})
			if got := faults(p); got != c.want {
				t.Errorf("got %s, want %s: %+v", got, c.want, p.Problems)
			}
		})
	}
}

// TestInjectedChecks: the numbers are judged by whoever knows the standard, under
// its rule.
func TestInjectedChecks(t *testing.T) {
	bad := func(string) string { return "号码不对" }
	p := read(t, Roster29(Checks{IDNumber: bad}), [][]any{{"姓名", "身份证号", "人员类别", "党支部", "入党日期"}, {"甲", "321002198001010019", "预备党员", "一支部", "2026-07-01"}})
	if len(p.Problems) == 0 || p.Rows[0].Level != sheet.Error {
		t.Fatalf("%+v", p.Problems)
	}
	found := false
	for _, q := range p.Problems {
		found = found || q.Rule == "SE-16" && q.Message == "号码不对" && q.Address == "B2"
	}
	if !found {
		t.Errorf("%+v", p.Problems)
	}
	p = read(t, OrganisationForm(Checks{CreditCode: bad}), [][]any{{"党组织全称(按公章)", "书记", "联系人", "电话(区号)", "组织类别", "所在单位情况", "统一社会信用代码"},
		{"中共某村总支部委员会", "甲", "乙", "0514-87654321", "总支", "法人单位", "5132100"}})
	if got := faults(p); got != "G2 error" || p.Rows[0].Values[3] != "党总支" {
		t.Errorf("got %s %q", got, p.Rows[0].Values)
	}
}

func TestVillageRoster(t *testing.T) {
	p := read(t, VillageRoster(Checks{}), [][]any{
		{"文峰村50年党龄老党员名册"},
		{"序号", "姓名", "性别", "所在村", "出生年月", "入党时间", "党龄", "联系电话", "补助金额(元)"},
		{1, "甲", "男", "文峰村", "1940.05", "1965.7.1", "60年", "13800000000", 600},
		{2, "乙", "女", nil, "1941年", 196907, 57, nil, 600},
		{nil, "合计", nil, nil, nil, nil, nil, nil, 1200},
	}, "D3:D4")
	if got := faults(p); got != "E3 warning, E4 error, F4 warning" {
		t.Errorf("got %s: %+v", got, p.Problems)
	}
	if v := p.Rows[1].Values; v[3] != "文峰村" || v[5] != "1969-07" || p.Rows[0].Values[6] != "60" {
		t.Errorf("values %q", v)
	}
}

func TestHouseholds(t *testing.T) {
	p := read(t, Households(Checks{}), [][]any{
		{"户号", "户主姓名", "姓名", "与户主关系", "性别", "身份证号码", "住址"},
		{"001", "甲", "甲", "本人", "男", "321002198001010019", "一组1号"},
		{nil, nil, "乙", "妻子", "女", "321002198101010028", nil},
		{"002", "丙", "丙", "户主", "男", "321002197001010018", "一组2号"},
		{"002", "丙", "丁", "户主", "女", "321002197101010027", "一组2号"},
		{"003", "戊", "己", "户主", "女", "321002197201010026", "一组3号"},
		{"004", "庚", "辛", "子", "男", "321002200001010015", "一组4号"},
	}, "A2:A3", "B2:B3", "G2:G3")
	if got := faults(p); got != "D5 error, B6 error, D7 warning" {
		t.Errorf("got %s: %+v", got, p.Problems)
	}
	if v := p.Rows[1].Values; v[0] != "001" || v[1] != "甲" || v[3] != "配偶" || v[10] != "一组1号" {
		t.Errorf("values %q", v)
	}
}

// TestTransferTable imports the published distribution of 云霄县 2017 (case D01):
// 4 万元 for each village and community and 1 万元 more for a poor village.
func TestTransferTable(t *testing.T) {
	published := []struct {
		town                                string
		villages, poor, communities, amount int
	}{
		{"云陵镇", 4, 0, 15, 76}, {"莆美镇", 16, 1, 8, 97}, {"陈岱镇", 18, 2, 0, 74}, {"列屿镇", 12, 2, 0, 50}, {"东厦镇", 15, 2, 0, 62}, {"火田镇", 21, 6, 1, 94},
		{"下河乡", 23, 9, 1, 105}, {"和平乡", 13, 7, 0, 59}, {"马铺乡", 28, 9, 0, 121}, {"开发区", 8, 2, 0, 34}, {"和平农场", 13, 0, 0, 52},
	}
	build := func(total int) [][]any {
		rows := [][]any{{"2017年度村级组织运转经费分配表"}, {nil, nil, nil, nil, "单位：万元"}, {"乡（镇、场）", "行政村", "其中：贫困村", "社区", "金额"}}
		for _, r := range published {
			rows = append(rows, []any{r.town, r.villages, r.poor, r.communities, r.amount})
		}
		return append(rows, []any{"合  计", 171, 40, 25, total})
	}
	p := read(t, TransferTable(), build(824))
	if p.Errors > 0 || len(p.Rows) != 11 || !p.Ready() {
		t.Fatalf("%s %+v", p.Summary(), p.Problems)
	}
	for i, r := range p.Records() {
		v, _ := r.Int("villages")
		poor, _ := r.Int("poor")
		c, _ := r.Int("communities")
		fen, _ := r.Int("amount")
		if want := (4*(v+c) + poor) * 1_000_000; fen != want || r.Text("town") != published[i].town {
			t.Errorf("%s: %d fen, the formula gives %d", r.Text("town"), fen, want)
		}
	}
	p = read(t, TransferTable(), build(825))
	if !p.Blocked || !strings.Contains(fmt.Sprint(p.Problems), "8250000.00 元，各行相加是 8240000.00 元") {
		t.Errorf("a wrong total passed: %+v", p.Problems)
	}
}
