package disclosure

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cunju/internal/sheet"
)

// readRows reads rows as an office's file.
func readRows(t *testing.T, rows [][]any) (Content, *sheet.Preview) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", sheet.Address(i+1, 1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "表.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	c, p, err := ReadSheet(t.Context(), book)
	if err != nil {
		t.Fatal(err)
	}
	return c, p
}

func TestAPostingPeriodThatCannotBeIsNamedByItsCell(t *testing.T) {
	for _, c := range []struct{ shown, at, says string }{
		{"2026-11-05至2026-11-20", "", ""},
		{"11月5日至11月20日", "", ""},
		{"2026年12月25日至1月9日", "", ""},
		{"15天", "", ""},
		{"2026-11-20至2026-11-05", "I4 error", "倒过来了：2026年11月20日开始，2026年11月5日就结束"},
		{"11月20日至11月5日", "I4 error", "倒过来了"},
		{"2026年11月31日至2026年12月15日", "I4 error", "日历上没有"},
		{"2026-10-05至2026-10-20", "I4 warning", "期间到2026年10月31日才完"},
		{"2026.10.25—2026.11.10", "I4 warning", "没有读入"},
	} {
		_, p := readRows(t, [][]any{{"某村2026年10月财务公开表"}, {"上月余额：1000元"},
			{"序号", "开支项目", "金额(小写)", "金额(大写)", "资金来源", "使用部门", "负责人", "审核意见", "公示起止"},
			{1, "修路", 100, nil, "村集体", nil, nil, nil, c.shown}, {2, "路灯", 50, nil, "村集体", nil, nil, nil, c.shown}, {"本月结余：850元"}})
		at, says := "", ""
		for _, q := range p.Problems {
			at, says = at+q.Address+" "+string(q.Level), says+q.Message
		}
		if at != c.at || !strings.Contains(says, c.says) || p.Blocked != strings.HasSuffix(c.at, "error") {
			t.Errorf("%s: %q, want %q: %s", c.shown, at, c.at, says)
		}
	}
}

func TestAPostingPeriodAboveTheTableIsNotItsPeriod(t *testing.T) {
	head := []any{"序号", "开支项目", "金额"}
	c, p := readRows(t, [][]any{{"某村2026年10月财务公开表"}, {"公示起止：2026年11月5日至2026年11月20日"}, {"上月余额：1000元"}, head, {1, "修路", 100}, {"本月结余：900元"}})
	if p.Errors+p.Warnings != 0 || c.From != "2026-10-01" || c.To != "2026-10-31" {
		t.Errorf("%s–%s %+v", c.From, c.To, p.Problems)
	}
	_, p = readRows(t, [][]any{{"某村2026年10月财务公开表"}, {"上月余额：1000元"}, head, {1, "修路", 100}, {"本月结余：900元"}, {"公示时间：2026年11月20日至11月5日"}})
	if len(p.Problems) != 1 || p.Problems[0].Address != "A6" || !p.Blocked {
		t.Errorf("%+v", p.Problems)
	}
}

func TestNoDemoTableHasADoubtfulPostingPeriod(t *testing.T) {
	paths, err := filepath.Glob("../../demo/finance/*")
	if err != nil || len(paths) < 50 {
		t.Fatalf("%d tables, %v", len(paths), err)
	}
	for _, path := range paths {
		_, p, err := readFile(t, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range p.Problems {
			if q.Column == "公示起止" {
				t.Errorf("%s %s: %s", path, q.Address, q.Message)
			}
		}
	}
}
