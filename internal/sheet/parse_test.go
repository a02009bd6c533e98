package sheet

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	text := func(s string) Cell { return Cell{Raw: s, Kind: CellText} }
	num := func(s string) Cell { return Cell{Raw: s, Kind: CellNumber} }
	day := func(s string) Cell { return Cell{Raw: s, Kind: CellDate} }
	choice := &Column{Kind: Choice, Choices: []Option{{Value: "汉族", Synonyms: []string{"汉"}}, {Value: "是", Synonyms: []string{"√"}}, {Value: "否", Synonyms: []string{"无"}}}}
	open := &Column{Kind: Choice, Open: true, Choices: choice.Choices}
	for _, c := range []struct {
		col  *Column
		cell Cell
		want string
		says string // part of the message; "" for none
	}{
		{&Column{}, text("  张　三 "), "张 三", ""},
		{&Column{}, text("行一\n行二"), "行一\n行二", ""},
		{&Column{}, text("—"), "", ""},
		{&Column{}, text("无"), "无", ""},
		{&Column{}, num("13800000000"), "13800000000", ""},
		{&Column{}, Cell{Raw: "#N/A", Kind: CellError}, "", "公式出错"},
		{&Column{}, Cell{Raw: noResult, Kind: CellError}, "", "保存一次"},

		{&Column{Kind: IDText}, text("３２１００２１９９００１０１１２３x"), "32100219900101123X", ""},
		{&Column{Kind: IDText}, text("'3210 0219 9001 0112 34"), "321002199001011234", ""},
		{&Column{Kind: IDText}, num("321002199001011000"), "", "后几位已经丢失"},
		{&Column{Kind: IDText}, text("3.21002E+17"), "", "后几位已经丢失"},
		{&Column{Kind: IDText}, num("321002900101123"), "321002900101123", ""},
		{&Column{Kind: IDText}, num("12.5"), "", "文本"},
		{&Column{Kind: IDText}, day("2024-01-01"), "", "文本"},
		{&Column{Kind: IDText}, text("无"), "", ""},

		{&Column{Kind: Date}, text("2024年2月29日"), "2024-02-29", ""},
		{&Column{Kind: Date}, text("2024.2.29."), "2024-02-29", ""},
		{&Column{Kind: Date}, text("2024/2/29 00:00:00"), "2024-02-29", ""},
		{&Column{Kind: Date}, text("2024年2月29号"), "2024-02-29", ""},
		{&Column{Kind: Date}, text("20240229"), "2024-02-29", ""},
		{&Column{Kind: Date}, text("２０２４－２－２９"), "2024-02-29", ""},
		{&Column{Kind: Date}, num("20240229"), "2024-02-29", ""},
		{&Column{Kind: Date}, num("45351"), "2024-02-29", ""},
		{&Column{Kind: Date}, Cell{Raw: "43889", Kind: CellNumber, era1904: true}, "2024-02-29", ""},
		{&Column{Kind: Date}, day("2024-02-29"), "2024-02-29", ""},
		{&Column{Kind: Date}, text("2023-02-29"), "", "没有29日"},
		{&Column{Kind: Date}, text("1998.07"), "", "请补上日"},
		{&Column{Kind: Date}, day("1998-07"), "", "请补上日"},
		{&Column{Kind: Date}, num("1998.1"), "", "分不清是 1 月还是 10 月"},
		{&Column{Kind: Date}, text("不详"), "", "看不懂"},
		{&Column{Kind: Date, Partial: true}, text("1998.07"), "1998-07", "只有年月"},
		{&Column{Kind: Date, Partial: true}, num("199807"), "1998-07", "只有年月"},
		{&Column{Kind: Date, Partial: true}, num("1998.12"), "1998-12", "只有年月"},
		{&Column{Kind: Month}, text("2024年2月"), "2024-02", ""},
		{&Column{Kind: Month}, day("2024-02-29"), "2024-02", ""},
		{&Column{Kind: Month}, num("202402"), "2024-02", ""},
		{&Column{Kind: Month}, text("2024"), "", "年月"},

		{&Column{Kind: Money}, text("￥1,234.50 元"), "123450", ""},
		{&Column{Kind: Money}, num("1234.56"), "123456", ""},
		{&Column{Kind: Money}, num("1234.567"), "", "不到一分"},
		{&Column{Kind: Money, Positive: true}, text("(300)"), "", "负数"},
		{&Column{Kind: Money}, num("400000000000.01"), "", "4000 亿"},
		{&Column{Kind: Money}, text("/"), "", ""},

		{&Column{Kind: Int}, text("1,024 人"), "1024", ""},
		{&Column{Kind: Int}, num("35.0"), "35", ""},
		{&Column{Kind: Int}, text("三"), "", "整数"},
		{&Column{Kind: Int, Positive: true}, num("-1"), "", "负数"},

		{choice, text("汉"), "汉族", ""},
		{choice, text("01汉族"), "汉族", ""},
		{choice, text("汉族（01）"), "汉族", ""},
		{choice, text("无"), "否", ""},
		{choice, Cell{Raw: "TRUE", Kind: CellBool}, "是", ""},
		{choice, text("火星族"), "", "可填：汉族、是、否"},
		{open, text("火星族"), "火星族", "照原样保留"},

		{&Column{Kind: Phone}, num("13800000000"), "13800000000", ""},
		{&Column{Kind: Phone}, text("+86 138-0000-0000"), "13800000000", ""},
		{&Column{Kind: Phone}, text("（0514）87654321"), "0514-87654321", ""},
		{&Column{Kind: Phone}, text("051487654321"), "0514-87654321", ""},
		{&Column{Kind: Phone}, text("87654321"), "87654321", "区号"},
		{&Column{Kind: Phone}, text("13800000000/13900000000"), "13800000000", "只取第一个"},
		{&Column{Kind: Phone}, text("1380000000"), "", "11 位"},
		{&Column{Kind: Phone}, text("1.38E+10"), "", "丢失"},
		{&Column{Kind: Serial}, num("7"), "", ""},
	} {
		got, f := newParser(c.col, 100).parse(c.cell)
		says := ""
		if f != nil {
			says = f.message
		}
		if got != c.want || (c.says == "") != (says == "") || !strings.Contains(says, c.says) {
			t.Errorf("kind %d, %q: got %q with %q, want %q with %q", c.col.Kind, c.cell.Raw, got, says, c.want, c.says)
		}
	}
}

// TestChecks: an injected check judges the canonical value under its rule.
func TestChecks(t *testing.T) {
	col := &Column{Kind: IDText, Rule: "SE-16", Check: func(v string) string {
		if v != "A1X" {
			return "校验码不对"
		}
		return ""
	}}
	if _, f := newParser(col, 0).parse(Cell{Raw: " a1x", Kind: CellText}); f != nil {
		t.Errorf("good value: %+v", f)
	}
	if _, f := newParser(col, 0).parse(Cell{Raw: "A2", Kind: CellText}); f == nil || f.rule != "SE-16" || f.level != Error {
		t.Errorf("bad value: %+v", f)
	}
	if _, f := newParser(col, 0).parse(Cell{Raw: "", Kind: CellEmpty}); f != nil {
		t.Errorf("empty value: %+v", f)
	}
}
