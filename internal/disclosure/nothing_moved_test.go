package disclosure

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"cunju/internal/desk/desktest"
)

// still is the account of a month in which nothing moved.
func still() Content {
	c := october()
	c.Title, c.From, c.To = "文峰村2026年9月财务收支公开表", "2026-09-01", "2026-09-30"
	c.Finance = &Finance{Opening: 2_548_720_66, Lines: []Line{}, Closing: 2_548_720_66}
	return c
}

// Where nothing came and nothing went there is no line to write: the balances are the table. It goes out as a sheet and comes back.
func TestATableWithoutLinesStandsIfNothingMoved(t *testing.T) {
	want := still()
	if err := want.check(); err != nil {
		t.Fatal(err)
	}
	if got := writeAndRead(t, want); !reflect.DeepEqual(got, want) {
		t.Errorf("wrote %+v\nread  %+v", want.Finance, got.Finance)
	}
	n := want.view()
	if text := strings.Join(n.Paragraphs, ""); len(n.Tables) != 1 || !strings.Contains(text, "没有收入，也没有支出") {
		t.Errorf("%d tables, %s", len(n.Tables), text)
	}
	want.Finance.Closing--
	if err := want.check(); err == nil || !strings.Contains(err.Error(), "不符，差 0.01 元") {
		t.Errorf("a balance that moved without a line: %v", err)
	}
}

// What cannot be stated as nothing can be published as zero: imported or typed. It is an account like any other, against which the next is held.
func TestNothingMovedIsPublished(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		var file bytes.Buffer
		if err := WriteSheet(&file, "文峰村村民委员会", still()); err != nil {
			t.Fatal(err)
		}
		form := func(do string, more ...string) []string {
			return append(append([]string{}, more...), draftForm(y, "subject", "finance", "item", "finance", "title", "文峰村2026年9月财务收支公开表", "text", "", "from", "2026-09-01", "to", "2026-09-30", "do", do)...)
		}
		clerk.Upload(newNotice, []desktest.File{{Field: "sheet", Name: "九月.xlsx", Content: file.Bytes()}}, form("save")...).Want(200, "2,548,720.66", "没有收入，也没有支出")
		clerk.Post(newNotice, form("save", "grid", "finance", "rows", "5")...).Want(422, "请填写公开内容")
		clerk.Post(newNotice, form("save", "grid", "finance", "rows", "5", "opening", "2548720.66", "r1-item", "无")...).Want(422, "第 1 行 收入", "没有收支的，不用写这一行")
		clerk.Post(newNotice, form("save", "grid", "finance", "rows", "5", "opening", "2548720.66", "closing", "1")...).Want(422, "元不符")
		made := clerk.Post(newNotice, form("save", "grid", "finance", "rows", "5", "opening", "2,548,720.66")...).Want(303)
		at := made.Where()
		if c := y.written(made); c.Finance == nil || len(c.Finance.Lines) != 0 || c.Finance.Closing != 2_548_720_66 {
			t.Fatalf("%+v", c.Finance)
		}
		clerk.Get(at+"/edit").Want(200, `value="fill-finance"`).Not(`value="fill-aid"`)
		clerk.Get(at+"/form").Want(200, "没有收入，也没有支出")

		zero := y.out(still(), 0)
		y.site.Visit().Get(fmt.Sprintf("/n/%d", zero)).Want(200, "没有收入，也没有支出", "2,548,720.66")
		if got := y.row(zero).summary(); !strings.Contains(got, "收入 0.00 元，支出 0.00 元，结余 2,548,720.66 元") {
			t.Error(got)
		}
		next := y.begin(y.Accountant, october(), 0)
		clerk.Get(fmt.Sprintf("/desk/disclosure/%d", next)).Want(200, "与上期对照")
		if fen, ok, err := lastClosing(y.Ctx, y.DB, y.Code, y.Committee, "2026-10-01"); err != nil || !ok || fen != 2_548_720_66 {
			t.Errorf("%d, %v, %v", fen, ok, err)
		}
	})
}
