package disclosure

import (
	"fmt"
	"html"
	"reflect"
	"strings"
	"testing"

	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
)

const newNotice = "/desk/disclosure/new"

// typing is a form of a notice with a list that is typed into it.
func typing(y *town, kind, do string, cells ...string) []string {
	return append(draftForm(y, "text", "", "do", do), append([]string{"grid", kind, "rows", "5"}, cells...)...)
}

// written is the content of the notice that was drafted last.
func (y *town) written(page *desktest.Page) Content {
	y.Helper()
	var id int64
	if _, err := fmt.Sscanf(page.Want(303).Where(), "/desk/disclosure/%d", &id); err != nil {
		y.Fatal(err)
	}
	n, ok, err := journal.StateOf[Notice](y.Ctx, y.DB, y.J.Book(), y.Code, id, journal.Now)
	if err != nil || !ok {
		y.Fatal(ok, err)
	}
	return n.Content
}

func TestDecisionsAreTypedLineByLine(t *testing.T) { onBoth(t, decisionsAreTyped) }

func decisionsAreTyped(t *testing.T, y *town) {
	clerk := y.site.LogIn("kj", y.Accountant)
	size := y.Size()
	clerk.Get(newNotice).Want(200, "在这里一行一行地填", `value="fill-decisions"`)
	clerk.Get(newNotice+"?fill=decisions").Want(200, "决议及落实 第 5 行")
	open := clerk.Post(newNotice, draftForm(y, "text", "", "title", "", "do", "fill-decisions")...).
		Want(200, "决议及落实 第 5 行", "会议（必填）", "再加几行", `name="r5-deadline"`).Not("第 6 行", "必须填写")
	if open.Hidden("grid") != "decisions" || open.Hidden("rows") != "5" {
		t.Fatal(open.Hidden("grid"), open.Hidden("rows"))
	}
	line := []string{"r2-meeting", "村民代表会议", "r2-day", "2026-09-01", "r2-state", "doing", "r2-text", "修东塘路", "r2-deadline", "2026-12-31"}
	more := clerk.Post(newNotice, typing(y, "decisions", "more", line...)...).Want(200, "第 10 行", `value="村民代表会议"`, "修东塘路").Not("第 11 行")
	if more.Hidden("rows") != "10" {
		t.Errorf("%s lines", more.Hidden("rows"))
	}
	for name, c := range map[string]struct{ change, want []string }{
		"no meeting":   {[]string{"r4-text", "装路灯", "r4-state", "done"}, []string{"第 4 行 会议", "必须填写", "装路灯", "修东塘路"}},
		"no such day":  {[]string{"r4-meeting", "会", "r4-text", "装路灯", "r4-state", "done", "r4-day", "2026-02-30"}, []string{"第 4 行 日期", "2026-02-30"}},
		"days turned":  {[]string{"r4-meeting", "会", "r4-text", "灯", "r4-state", "done", "r4-day", "2026-09-01", "r4-deadline", "2026-08-01"}, []string{"第 4 行 完成期限", "早于决议日期"}},
		"gossip":       {[]string{"r4-meeting", "会", "r4-text", "灯", "r4-state", "soon"}, []string{"第 4 行 落实情况", "请从列出的选项中选择"}},
		"a long title": {[]string{"r4-meeting", strings.Repeat("长", 121), "r4-text", "灯", "r4-state", "done"}, []string{"第 4 行 会议", "最多 120 个字"}},
		"a number":     {[]string{"r4-meeting", "会", "r4-text", "找13812345678", "r4-state", "done"}, []string{"手机号码 1 处"}},
	} {
		t.Run(name, func(t *testing.T) {
			clerk.Post(newNotice, typing(y, "decisions", "save", append(line, c.change...)...)...).Want(422, append(c.want, "修东塘路", `name="grid"`)...)
		})
	}
	clerk.Post(newNotice, typing(y, "decisions", "save")...).Want(422, "请填写公开内容") // blank lines are none
	if y.Size() != size {
		t.Fatalf("%d acts were recorded", y.Size()-size)
	}
	masked := clerk.Post(newNotice, typing(y, "decisions", "save", append(line, "r4-meeting", "会", "r4-text", "找13812345678", "r4-state", "done", "personal", "mask")...)...)
	if c := y.written(masked); len(c.Decisions) != 2 || strings.Contains(fmt.Sprint(c), "13812345678") {
		t.Errorf("%+v", c.Decisions)
	}
	made := clerk.Post(newNotice, typing(y, "decisions", "save", line...)...)
	want := Decision{Meeting: "村民代表会议", Day: "2026-09-01", Text: "修东塘路", Deadline: "2026-12-31", State: "doing"}
	if c := y.written(made); len(c.Decisions) != 1 || c.Decisions[0] != want || c.Item != "decisions" {
		t.Errorf("%+v", c)
	}

	// One cell of a draft is mended where it stands.
	edit := made.Where() + "/edit"
	page := clerk.Get(edit).Want(200, "可以在这里直接改", `value="fill-decisions"`).Not(`value="fill-aid"`)
	form := func(do string, more ...string) []string {
		return append(draftForm(y, "text", "", "do", do, "seen", page.Hidden("seen"), "table", html.UnescapeString(page.Hidden("table"))), more...)
	}
	clerk.Post(edit, form("fill-decisions")...).Want(200, `value="村民代表会议" id="f-r1-meeting"`, "修东塘路")
	clerk.Post(edit, form("save", "grid", "decisions", "rows", "5", "r1-meeting", "村民代表会议", "r1-text", "修西塘路", "r1-state", "done")...).Want(303)
	clerk.Get(made.Where()).Want(200, "修西塘路").Not("修东塘路")
	y.Sound()
}

func TestAListOfRecipientsIsTyped(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		clerk.Post(newNotice, draftForm(y, "item", "relief", "text", "", "subject", "finance", "do", "fill-aid")...).
			Want(200, "受益名单 第 1 行", "名单公开到", `value="1" checked id="f-maskname"`, `<option value="village" selected>`)
		rows := []string{"r1-name", "芍药花", "r1-group", "一组", "r1-amount", "500", "r3-name", "牡丹", "r3-goods", "米 一袋"}
		clerk.Post(newNotice, typing(y, "aid", "save", rows...)...).Want(422, "请写明名单公开到哪一天", "芍药花")
		clerk.Post(newNotice, typing(y, "aid", "save", append(rows, "listuntil", "2026-12-31", "r2-amount", "五百")...)...).Want(422, "第 2 行 姓名", "第 2 行 金额")
		c := y.written(clerk.Post(newNotice, typing(y, "aid", "save", append(rows, "listuntil", "2026-12-31", "maskname", "1", "aidmatter", "临时救助")...)...))
		if want := []Recipient{{Name: "芍＊＊", Group: "一组", Amount: 500_00}, {Name: "牡＊", Goods: "米 一袋"}}; c.Aid == nil || !reflect.DeepEqual(c.Aid.Rows, want) || c.Aid.Matter != "临时救助" {
			t.Errorf("%+v", c.Aid)
		}
		clerk.Post(newNotice, typing(y, "aid", "unfill", rows...)...).Want(200, "在这里一行一行地填").Not("芍药花", "必须填写")
	})
}

func TestAFinanceTableIsTyped(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		money := func(do string, cells ...string) []string {
			return append(typing(y, "finance", do, cells...), "subject", "finance", "item", "", "from", "2026-10-01", "to", "2026-10-31")
		}
		form := func(do string, cells ...string) []string { // what is named first counts
			return append([]string{"subject", "finance", "item", ""}, money(do, cells...)...)
		}
		rows := []string{"opening", "1,000", "r1-item", "店面租金", "r1-in", "500.50", "r2-item", "水电", "r2-out", "200", "r2-day", "2026-10-08"}
		clerk.Post(newNotice, form("save", append(rows, "r3-item", "维修")...)...).Want(422, "第 3 行 收入", "应只填收入或只填支出", "店面租金")
		clerk.Post(newNotice, form("save", append(rows, "r3-item", "维修", "r3-out", "-5")...)...).Want(422, "第 3 行 支出", "不能小于零")
		clerk.Post(newNotice, form("save", append(rows, "closing", "1300")...)...).Want(422, `<a href="#f-closing">本期结余</a>`, "元不符，差 0.50 元")
		clerk.Post(newNotice, form("save", rows[2:]...)...).Want(422, "上期结余", "必须填写")
		clerk.Post(newNotice, form("preview", rows...)...).Want(200, "1,300.50", "壹仟叁佰元伍角整")
		c := y.written(clerk.Post(newNotice, form("save", rows...)...))
		if f := c.Finance; f == nil || f.Opening != 1000_00 || f.Closing != 1300_50 || len(f.Lines) != 2 || f.Lines[1].Day != "2026-10-08" || c.Item != "finance" {
			t.Errorf("%+v", c)
		}
		long := october()
		for len(long.Finance.Lines) <= mostTyped {
			long.Finance.Lines = append(long.Finance.Lines, Line{Item: "零星", In: 1})
			long.Finance.Closing++
		}
		clerk.Post(newNotice, draftForm(y, "subject", "finance", "item", "finance", "text", "", "table", tablesText(long), "do", "fill-finance")...).
			Want(422, "在这里最多填 40 行").Not("第 1 行")
	})
}

// What is typed and read again is the same, whatever the list; what an office's form has beside it is not lost.
func TestTypedListsReadAsTheyAreFilled(t *testing.T) {
	for _, c := range []Content{
		{Finance: &Finance{Opening: 5, Closing: 10, Lines: []Line{{Day: "2026-10-01", Item: "租金", In: 5, Source: "村集体", Dept: "村委会", Handler: "李某", Opinion: "同意", Voucher: "1", Note: "无"}}}},
		{Finance: &Finance{Opening: 5, Closing: 5, Lines: []Line{}}},
		{Decisions: []Decision{{Meeting: "会", Day: "2026-10-01", Text: "修路", Charge: "李某", Deadline: "2026-12-01", State: "part", Note: "无"}}},
		{Aid: &Aid{Rows: []Recipient{{Name: "王", Group: "一组", Kind: "低保", Amount: 1234_56, Goods: "米"}}}},
		{Results: []Result{{Kind: "leave", Subject: "原主任", From: "2021-01-01", To: "2025-12-31", By: "事务所", Finding: "少记一笔", Mended: "已补记"}}},
	} {
		for i := range grids {
			g := &grids[i]
			if g.held(&c) == nil {
				continue
			}
			e := fill(1, Content{})
			g.fill(e, &c)
			for name, value := range e.set {
				e.Set(name, value)
			}
			got := Content{}
			g.read(e, &got)
			if !e.OK() || !reflect.DeepEqual(got, c) {
				t.Errorf("%s: %+v, want %+v; %v", g.kind, got, c, e.Errors())
			}
		}
	}
}
