package layouts

import (
	"strings"
	"testing"
)

// TestFinanceForms reads the shapes in which villages publish their accounts.
func TestFinanceForms(t *testing.T) {
	two := []any{"序号", "日期", "摘要", "收入", "支出", "结余", "经手人", "备注"}
	capital := []any{"序号", "开支项目", "金额(小写)", "金额(大写)", "资金来源", "使用部门", "负责人", "审核意见", "公示起止"}
	for _, c := range []struct {
		name    string
		rows    [][]any
		want    string // faults
		says    string
		blocked bool
	}{
		{"two columns with balances", [][]any{
			{"某村2026年10月财务公开表"}, {"上月余额：1,000.00元"}, two,
			{1, "2026-10-01", "租金", 500, nil, 1500, "甲"}, {2, "2026-10-02", "电费", nil, 200.5, 1299.5, "乙"},
			{nil, nil, "合计", 500, 200.5}, {"本月收入：500元  本月支出：200.50元  本月结余：1,299.50元"}, {"民主理财小组签字："}}, "", "", false},
		{"closing is wrong", [][]any{{"上期结余 1000"}, two, {1, "2026-10-01", "租金", 500, nil, nil, "甲"}, {"期末余额：1,400元"}},
			"A4 error", "1000.00 元 ＋ 收入 500.00 元 － 支出 0.00 元 ＝ 1500.00 元，表上填的是 1400.00 元", true},
		{"running balance is wrong", [][]any{two, {1, nil, "租金", 500, nil, 1500}, {2, nil, "电费", nil, 200, 1200}, {3, nil, "水费", nil, 100, 1100}}, "F3 error", "应为 1300.00", false},
		{"nothing moved", [][]any{{"上期结余：1,000元"}, two, {"本期收入：0元  本期支出：0元  本期结余：1,000元"}}, "", "", false},
		{"a balance moved, and no row says why", [][]any{{"上期结余：1,000元"}, two, {"本期结余：900元"}}, " error, A3 error", "结余对不上", true},
		{"no row, no balance", [][]any{two}, " error", "表头下面没有数据行", true},
		{"stated income is wrong", [][]any{two, {1, nil, "租金", 500, nil, nil}, {nil, nil, "本月收入合计", 600}}, "C3 error", "各行收入相加是 500.00 元，表上填的是 600.00 元", true},
		{"balance as rows", [][]any{two, {1, nil, "上月结余", nil, nil, 1000}, {2, nil, "租金", 500, nil, 1500}, {3, nil, "本月结余", nil, nil, 1500}}, "", "", false},
		{"balance as rows, wrong", [][]any{two, {1, nil, "上月结余", nil, nil, 1000}, {2, nil, "租金", 500, nil, 1500}, {3, nil, "本月结余", nil, nil, 1600}}, "C4 error", "结余对不上", true},
		{"capital amounts", [][]any{capital, {1, "修路", 1234.5, "壹仟贰佰叁拾肆元伍角整", "村集体"}, {2, "路灯", 200, "贰佰元", "村集体"}, {"合计", nil, 1434.5, "壹仟肆佰叁拾肆元伍角整"}}, "", "", false},
		{"capital differs", [][]any{capital, {1, "修路", 1234.5, "壹仟贰佰叁拾伍元伍角整"}}, "D2 error", "大写应为：人民币壹仟贰佰叁拾肆元伍角整", false},
		{"capital unreadable", [][]any{capital, {1, "修路", 1234.5, "一千多"}}, "D2 error", "看不懂大写金额", false},
		{"total's capital differs", [][]any{capital, {1, "修路", 100, "壹佰元整"}, {"合计（大写）：贰佰元整", nil, 100}}, "A3 error", "合计的大写金额是 200.00 元，各行相加是 100.00 元", true},
		{"total differs", [][]any{capital, {1, "修路", 100, nil}, {"合计", nil, 110}}, "C3 error", "各行相加是 100.00", true},
		{"no amount", [][]any{capital, {1, "修路", nil, nil, "村集体"}}, "C2 error", "没有金额", false},
		{"no amount column", [][]any{{"序号", "开支项目", "资金来源"}, {1, "修路", "村集体"}}, " error", "没有找到金额栏", true},
		{"receipts and payments not told apart", [][]any{{"上月余额：100元"}, {"序号", "收支项目", "金额"}, {1, "某事", 100}, {"本月结余：200元"}}, "A4 warning", "没有核对", false},
		{"told apart by a column", [][]any{{"上月余额：100元"}, {"序号", "收支项目", "收支类别", "金额"}, {1, "租金", "收入", 300}, {2, "电费", "支出", 150}, {"本月结余：250元"}}, "", "", false},
		{"quarter, in rows with a kind of their own", [][]any{{"序号", "项目", "收支类别", "金额(元)", "金额(大写)"}, {1, "上季度余额", "余额", 100, "壹佰元整"}, {2, "拨款", "收入", 50, "伍拾元整"},
			{3, "本季度收入合计", "合计", 50, "伍拾元整"}, {4, "本季度支出合计", "合计", 0, nil}, {5, "本季度余额", "余额", 150, "壹佰伍拾元整"}}, "", "", false},
		{"group heads", [][]any{{"序号", "摘要", "金额", nil}, {nil, nil, "收入", "支出"}, {1, "租金", 5, nil}, {2, "电费", nil, 3}, {nil, "合计", 5, 3}}, "", "", false},
		{"in 万元", [][]any{{"单位：万元"}, {"序号", "收入项目", "金额"}, {1, "拨款", 1.23456}, {nil, "合计", 1.23456}}, "", "", false},
		{"a remark that names a balance stays a remark", [][]any{two, {1, "2026-10-01", "付工资", nil, 500, nil, "甲", "其中上月余额1000元"}}, "", "", false},
		{"an amount that cannot be read is named once", [][]any{{"上月余额：1,000.00元"}, two, {1, "2026-10-01", "租金", "五百多", nil, 1500, "甲"}, {2, "2026-10-02", "电费", nil, 200, 1300, "乙"},
			{nil, nil, "合计", 500, 200}, {"本月收入：500元  本月支出：200元  本月结余：1,300元"}}, "D3 error", "", false},
		{"two amounts that cannot be read are named each", [][]any{{"上月余额：1,000.00元"}, two, {1, "2026-10-01", "租金", "?", nil, 1500, "甲"}, {2, "2026-10-02", "电费", nil, "12O", 1300, "乙"},
			{nil, nil, "合计", 500, 200}, {"本月结余：1,300元"}}, "D3 error, E4 error", "", false},
		{"both in and out", [][]any{two, {1, nil, "冲账", 5, 5, nil}}, "E2 warning", "既有收入又有支出", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var merges []string
			if c.name == "group heads" {
				merges = []string{"A1:A2", "B1:B2", "C1:D1"}
			}
			p := read(t, FinanceTable(), c.rows, merges...)
			if got := faults(p); got != c.want {
				t.Errorf("got %q, want %q: %+v\nlines %+v", got, c.want, p.Problems, p.Lines)
			}
			text := ""
			for _, q := range p.Problems {
				text += q.Message + "\n"
			}
			if !strings.Contains(text, c.says) || p.Blocked != c.blocked {
				t.Errorf("blocked %v, says %s", p.Blocked, text)
			}
		})
	}
}
