package sheet

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// matched writes a match as "key=column" in the layout's order.
func matched(m *Match) string {
	var out []string
	for _, c := range m.Columns {
		out = append(out, fmt.Sprintf("%s=%s", c.Key, ColumnName(c.Col)))
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}

func TestHeaders(t *testing.T) {
	all := people()
	for _, c := range []struct {
		name   string
		rows   grid
		merge  []string
		want   string
		row    int
		height int
	}{
		{"plain", grid{{"序号", "姓名", "身份证号码", "电话"}, {1, "甲", "A1", ""}}, nil, "id=C name=B no=A phone=D", 1, 1},
		{"synonyms, spaces, widths", grid{{"姓　名 ", "身份证号\n（必填）", "出 生 日 期：", "＊电话"}, {"甲", "A1"}}, nil, "birth=C id=B name=A phone=D", 1, 1},
		{"title and unit above", grid{{"某村名册"}, {"单位：万元"}, {}, {"姓名", "证件号码", "金额"}, {"甲", "A1", 1}}, []string{"A1:C1"}, "id=B name=A pay=C", 4, 1},
		{"tenth row", grid{{"说明"}, {}, {}, {}, {}, {}, {}, {}, {}, {"姓名", "身份证号码"}, {"甲", "A1"}}, nil, "id=B name=A", 10, 1},
		{"groups over two rows", grid{{"序号", "基本情况", nil, nil, "收支", nil}, {nil, "姓名", "性别", "身份证号码", "金额", "人数"}, {1, "甲", "男", "A1", 1, 2}},
			[]string{"A1:A2", "B1:D1", "E1:F1"}, "count=F id=D name=B no=A pay=E sex=C", 2, 1},
		{"words split over two rows", grid{{"姓名", "身份证", "出生", "加入"}, {nil, "号码", "日期", "年月"}, {"甲", "A1", "2000-01-01", "2020-01"}},
			[]string{"A1:A2"}, "birth=C id=B joined=D name=A", 1, 2},
		{"groups that only label", grid{{"一、基本情况", nil, "二、其他"}, {"姓名", "身份证号码", "电话"}, {"甲", "A1"}}, []string{"A1:B1"}, "id=B name=A phone=C", 2, 1},
		{"unit in brackets", grid{{"姓名", "身份证号码", "金额（万元）", "人数(人)"}, {"甲", "A1", "1.5", 3}}, nil, "count=D id=B name=A pay=C", 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := xlsxOf(t, "表", c.rows, func(f *excelize.File) {
				for _, m := range c.merge {
					a, b, _ := strings.Cut(m, ":")
					must(t, f.MergeCell("表", a, b))
				}
			})
			m, err := Find(open(t, data), all, "")
			must(t, err)
			if matched(m) != c.want || m.Row != c.row || m.Height != c.height {
				t.Errorf("got %s at %d+%d, want %s at %d+%d", matched(m), m.Row, m.Height, c.want, c.row, c.height)
			}
		})
	}
}

func TestHeaderRemarks(t *testing.T) {
	p := read(t, xlsxOf(t, "表", grid{{"姓名", "名字", "爱好", "性别"}, {"甲", "乙", "棋", "男"}}), people())
	if p.Match.Doubles[0].Title != "名字" || p.Match.Doubles[0].Means != "姓名" {
		t.Errorf("doubles %+v", p.Match.Doubles)
	}
	if p.Match.Unknown[0].Title != "爱好" || p.Rows[0].Extra[0] != "棋" {
		t.Errorf("unknown %+v, extra %v", p.Match.Unknown, p.Rows[0].Extra)
	}
	if p.Match.Missing[0] != "身份证号码" || !p.Blocked || p.Ready() {
		t.Errorf("missing %v, blocked %v", p.Match.Missing, p.Blocked)
	}
	if p.Match.Absent[0] != "出生日期" {
		t.Errorf("absent %v", p.Match.Absent)
	}
	if !strings.Contains(problem(p, "B1"), "没有读取") || !strings.Contains(problem(p, "C1"), "不认识“爱好”") {
		t.Errorf("problems %+v", p.Problems)
	}
}

func TestChooseSheet(t *testing.T) {
	data := xlsxOf(t, "封面", grid{{"说明"}, {"请填写"}}, func(f *excelize.File) {
		for name, rows := range map[string]grid{"名册": {{"姓名", "身份证号码", "性别"}, {"甲", "A1", "男"}}, "短表": {{"姓名", "性别"}, {"乙", "女"}}} {
			_, err := f.NewSheet(name)
			must(t, err)
			for r, row := range rows {
				for c, v := range row {
					must(t, f.SetCellValue(name, Address(r+1, c+1), v))
				}
			}
		}
	})
	b := open(t, data)
	m, err := Find(b, people(), "")
	must(t, err)
	if m.Sheet != "名册" {
		t.Errorf("chose %s", m.Sheet)
	}
	if m, err = Find(b, people(), "短表"); err != nil || m.Sheet != "短表" {
		t.Errorf("asked for 短表, got %v %v", m, err)
	}
	_, err = Find(b, people(), "没有的")
	if r := refusalOf(t, err); !strings.Contains(r.Message, "“名册”") {
		t.Errorf("the message does not list the sheets: %s", r.Message)
	}
	_, err = Find(open(t, []byte("甲,乙\n1,2\n")), people(), "")
	if r := refusalOf(t, err); r.Code != "no-header" || !strings.Contains(r.Message, "姓名、身份证号码") {
		t.Errorf("got %v", err)
	}
}

// TestMatchingIgnoresOrder: whatever the order of the columns, each heading
// means the same.
func TestMatchingIgnoresOrder(t *testing.T) {
	words := []string{"序号", "姓名", "名字", "身份证号", "证件号码", "性别", "电话", "金额(元)", "人数", "出生日期", "别的", "加入年月", "电 话"}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, len(words)).Draw(t, "n")
		base := words[:n]
		mix := rapid.Permutation(base).Draw(t, "order")
		l := people()
		v := vocabulary(l)
		meaning := func(heads []string) map[string]string {
			joined := append([]string{""}, heads...)
			cols, doubles := v.assign(l, joined, joined)
			out := map[string]string{}
			for _, c := range cols {
				out[c.Key] = parseHeading(c.Found).full
			}
			for _, d := range doubles {
				out["double "+d.Means] = ""
			}
			return out
		}
		a, b := meaning(base), meaning(mix)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%v: %v\n%v: %v", base, a, mix, b)
		}
	})
}

func TestScaleOf(t *testing.T) {
	for text, want := range map[string]int64{"单位：万元": 1_000_000, "金额单位:元": 100, "（单位：千元）": 100_000, "单位：某村委会": 0, "单位：元宝村": 0, "编制单位：甲 单位：万元": 1_000_000, "": 0} {
		if got := scaleOf(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestCancel(t *testing.T) {
	var b strings.Builder
	b.WriteString("姓名,身份证号码\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "甲,%d\n", i)
	}
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := Read(ctx, open(t, []byte(b.String())), people(), ReadOptions{Progress: func(n int) {
		if calls++; n >= 1000 {
			cancel()
		}
	}})
	if err != context.Canceled || calls == 0 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}
