package disclosure

import (
	"bytes"
	"fmt"
	"html"
	"reflect"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/sheet"
)

// csvOf reads a table as an office might type it.
func csvOf(t *testing.T, text string) (Content, *sheet.Preview) {
	t.Helper()
	book, err := sheet.Open(strings.NewReader(text), int64(len(text)), "表.csv")
	if err != nil {
		t.Fatal(err)
	}
	c, p, err := ReadSheet(t.Context(), book)
	if err != nil {
		t.Fatal(err)
	}
	return c, p
}

const (
	decided = "文峰村决议落实情况,,,,,\n会议,会议日期,决议内容,责任人,完成时限,进展\n村民代表会议,2026-09-01,修东塘路,李某,2026-12-31,进行中\n村民代表会议,2026-09-01,装路灯,王某,2026-10-31,已完成\n"
	aided   = "文峰村临时救助名单,,,,,\n序号,户主姓名,组,救助金额,身份证号,银行卡号\n1,芍药花,一组,500,321002199001010016,6222021234567890128\n2,牡丹,二组,300.50,,\n合计,,,800.50,,\n"
	audited = "审计种类,被审计人,审计期间起,审计期间止,审计机构,审计结论,整改\n离任审计,原主任,2021-01-01,2025-12-31,某会计师事务所,少记一笔租金,已补记\n"
)

func TestTypedListsAreRead(t *testing.T) {
	c, p := csvOf(t, decided)
	if p.Errors > 0 || len(c.Decisions) != 2 || c.Decisions[0] != (Decision{Meeting: "村民代表会议", Day: "2026-09-01", Text: "修东塘路", Charge: "李某", Deadline: "2026-12-31", State: "doing"}) || c.Subject != "village" {
		t.Errorf("%+v %+v", c.Decisions, p.Problems)
	}
	if c, p = csvOf(t, aided); p.Errors > 0 || c.Aid == nil || len(c.Aid.Rows) != 2 || c.Aid.sum() != 800_50 || c.Aid.Rows[0] != (Recipient{Name: "芍药花", Group: "一组", Amount: 500_00}) {
		t.Errorf("%+v %+v", c.Aid, p.Problems)
	}
	if p.Warnings < 2 || strings.Contains(fmt.Sprintf("%+v", c.Aid), "3210") {
		t.Errorf("columns that are not for the public: %+v", p.Problems)
	}
	if c, p = csvOf(t, audited); p.Errors > 0 || len(c.Results) != 1 || c.Results[0].Kind != "leave" || c.Results[0].Mended != "已补记" {
		t.Errorf("%+v %+v", c.Results, p.Problems)
	}
	if _, p = csvOf(t, strings.ReplaceAll(decided, "进行中", "快了")); p.Errors == 0 {
		t.Error("a state of no list was taken")
	}
	if _, p = csvOf(t, strings.ReplaceAll(aided, "800.50", "900")); p.Errors == 0 {
		t.Error("a total that is wrong was taken")
	}
}

func TestTypedListsSurviveAWayOut(t *testing.T) {
	for _, text := range []string{decided, aided, audited} {
		want, _ := csvOf(t, text)
		var b bytes.Buffer
		if err := WriteSheet(&b, "文峰村村民委员会", want, "公示起止：2026年11月23日至2026年12月8日"); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "a.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		got, p, err := ReadSheet(t.Context(), book)
		if err != nil || p.Errors > 0 {
			t.Fatal(err, p.Problems)
		}
		if !reflect.DeepEqual(got.Decisions, want.Decisions) || !reflect.DeepEqual(got.Results, want.Results) || (got.Aid == nil) != (want.Aid == nil) ||
			got.Aid != nil && !reflect.DeepEqual(got.Aid.Rows, want.Aid.Rows) || got.Title != want.Title && want.Title != "" || got.Text != want.Text {
			t.Errorf("wrote %+v\nread %+v", want, got)
		}
	}
}

func TestTypedListsAreHeldAgainstThemselves(t *testing.T) {
	for name, c := range map[string]Content{
		"no state":        {Decisions: []Decision{{Meeting: "会", Text: "修路", State: "soon"}}},
		"no meeting":      {Decisions: []Decision{{Text: "修路", State: "done"}}},
		"deadline turned": {Decisions: []Decision{{Meeting: "会", Text: "修路", State: "done", Day: "2026-09-01", Deadline: "2026-08-01"}}},
		"no auditor":      {Results: []Result{{Kind: "term", Subject: "主任", Finding: "无"}}},
		"period turned":   {Results: []Result{{Kind: "term", Subject: "主任", By: "所", Finding: "无", From: "2026-02-01", To: "2026-01-01"}}},
		"no last day":     {Aid: &Aid{Matter: "救助", Rows: []Recipient{{Name: "王"}}}},
		"nobody":          {Aid: &Aid{Matter: "救助", Last: "2026-12-01"}},
		"no name":         {Aid: &Aid{Matter: "救助", Last: "2026-12-01", Rows: []Recipient{{Amount: 1}}}},
		"not masked":      {Aid: &Aid{Matter: "救助", Last: "2026-12-01", Masked: true, Rows: []Recipient{{Name: "王小明"}}}},
		"negative":        {Aid: &Aid{Matter: "救助", Last: "2026-12-01", Rows: []Recipient{{Name: "王", Amount: -1}}}},
		"voucher beyond":  {Text: "x", Vouchers: []Voucher{{Line: 1, File: File{Name: "a.pdf", Size: 1, Type: "application/pdf", Hash: strings.Repeat("0", 64)}}}},
	} {
		c.Subject, c.Title = "village", "公示"
		if err := c.check(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for from, want := range map[string]string{"王": "王", "王明": "王＊", "欧阳小明": "欧＊＊＊", "王＊": "王＊"} {
		if got := maskName(from); got != want {
			t.Errorf("%s is masked as %s, want %s", from, got, want)
		}
	}
}

func TestAListGoesThroughTheForm(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	clerk := y.site.LogIn("kj", y.Accountant)
	p := clerk.Upload("/desk/disclosure/new", []desktest.File{{Field: "sheet", Name: "名单.csv", Content: []byte(aided)}}, draftForm(y, "title", "", "text", "")...).
		Want(422, "请写明名单公开到哪一天", "芍＊＊", "这一栏不在公开的栏目里").Not("芍药花", "3210", "6222")
	table := html.UnescapeString(p.Hidden("table"))
	clerk.Post("/desk/disclosure/new", draftForm(y, "table", table, "title", "临时救助名单", "text", "", "aidmatter", "临时救助", "listuntil", "2026-13-01", "maskname", "1")...).Want(422, "2026-13-01")
	made := clerk.Post("/desk/disclosure/new", draftForm(y, "table", table, "title", "临时救助名单", "text", "", "aidmatter", "临时救助", "listuntil", "2026-12-31", "maskname", "1")...).Want(303)
	clerk.Get(made.Where()).Want(200, "临时救助名单（2 人，公开到2026年12月31日）", "800.50", "捌佰元伍角整").Not("芍药花")
	clerk.Get(made.Where()+"/edit").Want(200, "2026-12-31", "临时救助")
}

func TestComparisonWithPlanAndLastPeriod(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.out(october(), 0)
		c := october()
		y.Set("2026-12-01")
		c.Title, c.From, c.To = "文峰村2026年11月财务收支公开表", "2026-11-01", "2026-11-30"
		c.Finance.Opening, c.Finance.Closing = c.Finance.Closing, c.Finance.Closing+50_000_00-21_600_00
		c.Finance.Lines[0].In, c.Finance.Large = 50_000_00, 30_000_00
		c.Finance.Plan = []Planned{{Item: "店面租金", In: 60_000_00}, {Item: "环卫劳务费", Out: 20_000_00}}
		id := y.out(c, 0)
		row := y.row(id)
		p, _, err := Published(y.Ctx, y.DB, y.Code, row)
		if err != nil || p.Content.Finance.Last == nil {
			t.Fatalf("no last period: %v", err)
		}
		rows := p.Content.Finance.comparison()
		if len(rows) != 5 || *rows[0].last != 68_600_00 || rows[0].now != 50_000_00 || *rows[0].plan != 60_000_00 || rows[0].done() != "83.3%" ||
			rows[4].now != 21_600_00 || *rows[4].last != 21_600_00 || rows[4].done() != "108.0%" {
			t.Errorf("%+v", rows)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "与上期、计划对照（上期：2026年10月）", "-18,600.00", "83.3%", "伍万元整")
		if f := p.Content.Finance; f.inWords(f.Lines[0]) != "伍万元整" || f.inWords(f.Lines[1]) != "" {
			t.Errorf("in words: %s, %s", f.inWords(f.Lines[0]), f.inWords(f.Lines[1]))
		}
	})
}

func TestPlansAreReadLineByLine(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	clerk := y.site.LogIn("kj", y.Accountant)
	c := october()
	form := func(plan string) *desktest.Page {
		return clerk.Post("/desk/disclosure/new", draftForm(y, "table", tablesText(c), "subject", "finance", "text", "", "plan", plan, "large", "30000", "do", "preview")...)
	}
	form("店面租金 收入 820,000\n环卫劳务费　支出　5万元").Want(200, "与计划对照", "820,000.00")
	form("店面租金 820000").Want(422, "第 1 行“店面租金 820000”看不懂", "店面租金 820000")
	form("店面租金 收入 1.2.3").Want(422, "金额看不懂")
}
