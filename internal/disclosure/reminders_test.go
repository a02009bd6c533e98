package disclosure

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db/dbtest"
)

func TestASecondNoticeOfTheSameMatterIsPointedOut(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		first := y.out(october(), 0)
		clerk := y.site.LogIn("kj", y.Accountant)
		const said = "同一期间的同一事项已经有一件：《文峰村2026年10月财务收支公开表》"
		table := tablesText(october())
		form := func(change ...string) []string {
			return draftForm(y, append([]string{"subject", "finance", "item", "", "title", "十月账目", "from", "2026-10-01", "to", "2026-10-31", "table", table}, change...)...)
		}
		clerk.Post("/desk/disclosure/new", form("do", "preview")...).Want(200, said, y.row(first).Number, fmt.Sprintf(`href="/desk/disclosure/%d"`, first))
		clerk.Post("/desk/disclosure/new", form("do", "preview", "from", "2026-09-01", "to", "2026-09-30")...).Want(200).Not("已经有一件")
		clerk.Post("/desk/disclosure/new", form("do", "preview", "from", "2026-07-15", "to", "2026-10-14")...).Want(200, "期间重叠（2026年10月）的同一事项已经有一件")
		const elsewhere = "标题写的是“渡江村”，公开单位是“文峰村村委会”"
		clerk.Post("/desk/disclosure/new", form("do", "preview", "title", "渡江村2026年10月财务收支公开表")...).Want(200, elsewhere)
		clerk.Post("/desk/disclosure/new", form("do", "preview", "title", "文峰村与渡江村共用水渠的账目")...).Want(200).Not("公开单位是")
		clerk.Post("/desk/disclosure/new", form("do", "preview", "unit", fmt.Sprint(y.other))...).Want(422).Not("已经有一件")
		made := clerk.Post("/desk/disclosure/new", form()...).Want(303) // a reminder refuses nothing
		second := made.Header().Get("Location")
		clerk.Get(second).Want(200, said)
		clerk.Get(second+"/edit").Want(200, said)
		clerk.Get(fmt.Sprintf("/desk/disclosure/%d", first)).Want(200).Not("已经有一件")              // published already
		clerk.Get(fmt.Sprintf("/desk/disclosure/new?replaces=%d", first)).Want(200).Not("已经有一件") // on purpose
		id := y.Size() - 1
		page := clerk.Get(second)
		clerk.Post(second+"/withdraw", "seen", page.Hidden("seen"), "reason", "重复").Want(303)
		third := clerk.Post("/desk/disclosure/new", form()...).Want(303).Header().Get("Location")
		clerk.Get(third).Want(200, said).Not(fmt.Sprintf(`href="/desk/disclosure/%d">查看那一件`, id))
	})
}

func TestTitlePeriodAndTableAreHeldAgainstEachOther(t *testing.T) {
	for _, c := range []struct {
		title, from, to string
		want            string // "" agrees
	}{
		{"文峰村2026年10月财务收支公开表", "2026-10-01", "2026-10-31", ""},
		{"文峰村2026年9月财务收支公开表", "2026-10-01", "2026-10-31", "标题说的是2026年9月，填写的期间是2026年10月"},
		{"文峰村２０２６年９月财务收支公开表", "2026-10-01", "2026-10-31", "标题说的是2026年9月"},
		{"九月以后的账", "2026-10-01", "2026-10-31", ""}, // no figures
		{"文峰村9月财务收支公开表", "2026-10-01", "2026-10-31", "标题说的是9月"},
		{"文峰村10月财务收支公开表", "2026-10-01", "2026-10-31", ""},
		{"2026年第三季度财务收支", "2026-07-01", "2026-09-30", ""},
		{"2026年第二季度财务收支", "2026-07-01", "2026-09-30", "标题说的是2026年4月1日至2026年6月30日"},
		{"2026年度财务收支", "2026-07-01", "2026-09-30", ""},
		{"1月账目", "2025-12-16", "2026-01-15", ""},
		{"13月账目", "2025-12-16", "2026-01-15", ""},
		{"2026年9月财务", "", "", ""},
	} {
		k := october()
		k.Title, k.From, k.To = c.title, calendar.Date(c.from), calendar.Date(c.to)
		got := strings.Join(k.doubts(), " ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s for %s–%s: %q, want %q", c.title, c.from, c.to, got, c.want)
		}
	}
	k := october()
	k.Finance.Lines[0].Day, k.Finance.Lines[1].Day = "2026-09-30", "2026-10-02"
	if got := strings.Join(k.doubts(), " "); !strings.Contains(got, "表里有 1 笔的日期不在这个期间，如2026年9月30日的“店面租金”") {
		t.Errorf("a line of another month: %q", got)
	}
}

func TestAnUploadOfAnotherPeriodIsPointedOut(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.site.LogIn("kj", y.Accountant)
	august, err := os.ReadFile("../../demo/finance/wenfeng-2026-08.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	look := func(fields ...string) string {
		fields = append(fields, "unit", fmt.Sprint(y.Committee), "subject", "finance", "title", "文峰村2026年9月财务收支公开表", "do", "preview")
		w := upload(t, y, session(y, "kj"), "/desk/disclosure/new", fields, part{"sheet", "八月.xlsx", august})
		if w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		return w.Body.String()
	}
	wantIn(t, look(), "标题说的是2026年9月，填写的期间是2026年8月")
	wantIn(t, look("from", "2026-09-01", "to", "2026-09-30"), "表头写的期间是2026年8月，您填写的是2026年9月")

	// A cell that cannot be read is named once, and nothing that only follows from it.
	bad := "文峰村2026年10月财务公开表\n序号,收支项目,收入金额,支出金额\n,上期结余,100,\n1,租金,五十块,\n2,维修,,20\n,合计,50,20\n,本期结余,130,\n"
	w := upload(t, y, session(y, "kj"), "/desk/disclosure/new", []string{"unit", fmt.Sprint(y.Committee), "subject", "finance"}, part{"sheet", "a.csv", []byte(bad)})
	wantIn(t, w.Body.String(), "C4", "错误 1 处")
}
