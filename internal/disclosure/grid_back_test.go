package disclosure

import (
	"bytes"
	"fmt"
	"html"
	"testing"

	"cunju/internal/desk/desktest"
)

// carrying is a form of a finance notice that carries a table; what is named first counts.
func carrying(y *town, page *desktest.Page, do string, more ...string) []string {
	if page != nil {
		more = append(more, "table", html.UnescapeString(page.Hidden("table")))
	}
	return append(more, draftForm(y, "subject", "finance", "item", "finance", "title", "十月财务", "text", "", "from", "2026-10-01", "to", "2026-10-31", "do", do)...)
}

// An account that is overdrawn is mended in place like any other.
func TestAnOverdrawnBalanceIsTyped(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		rows := []string{"grid", "finance", "rows", "5", "opening", "-300", "r1-item", "店面租金", "r1-in", "100.50"}
		form := func(more ...string) []string {
			return append(append(more, rows...), draftForm(y, "subject", "finance", "item", "finance", "text", "", "from", "2026-10-01", "to", "2026-10-31")...)
		}
		made := clerk.Post(newNotice, form()...)
		c := y.written(made)
		if f := c.Finance; f.Opening != -300_00 || f.Closing != -199_50 {
			t.Fatalf("%+v", f)
		}
		edit := made.Where() + "/edit"
		open := clerk.Get(edit)
		seen := open.Hidden("seen")
		clerk.Post(edit, carrying(y, open, "fill-finance", "seen", seen)...).Want(200, `value="-300.00"`, `value="-199.50"`)
		clerk.Post(edit, form("seen", seen, "closing", "-199.50", "r2-item", "水电", "r2-out", "0.50")...).Want(422, "元不符，差")
		clerk.Post(edit, form("seen", seen, "closing", "－200", "r2-item", "水电", "r2-out", "0.50")...).Want(303)
		clerk.Post(newNotice, form("r2-item", "水电", "r2-out", "-1")...).Want(422, "第 2 行 支出", "不能小于零")
	})
}

// Who opens a table that was there and gives up typing finds it as it was, however often lines were added.
func TestATableFromBeforeIsNotLost(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		var file bytes.Buffer
		if err := WriteSheet(&file, "文峰村村民委员会", october()); err != nil {
			t.Fatal(err)
		}
		sheets := []desktest.File{{Field: "sheet", Name: "十月.xlsx", Content: file.Bytes()}}
		read := clerk.Upload(newNotice, sheets, draftForm(y, "subject", "finance", "item", "finance", "title", "十月财务", "text", "")...).Want(200, "环卫劳务费")
		open := clerk.Post(newNotice, carrying(y, read, "fill-finance")...).Want(200, `value="环卫劳务费"`, "不改了，留着原来的财务收支")
		typed := []string{"grid", "finance", "rows", "5", "opening", "1", "r1-item", "别的", "r1-in", "1"}
		more := clerk.Post(newNotice, carrying(y, open, "more", typed...)...).Want(200, `value="别的"`, "第 10 行")
		clerk.Post(newNotice, carrying(y, more, "save", "grid", "finance", "rows", "5", "r1-item", "别的")...).Want(422, "第 1 行 收入", "上期结余")
		back := clerk.Post(newNotice, carrying(y, more, "unfill", typed...)...).Want(200, "环卫劳务费", "可以在这里直接改").Not("别的", "必须填写", `name="grid"`)
		c := y.written(clerk.Post(newNotice, carrying(y, back, "save")...))
		if f := c.Finance; f == nil || len(f.Lines) != 2 || f.Closing != october().Finance.Closing {
			t.Errorf("%+v", f)
		}
		// What was only typed goes, and comes back from nowhere.
		clerk.Post(newNotice, carrying(y, nil, "more", typed...)...).Want(200, "不填财务收支了").Not(`name="table"`)
		clerk.Post(newNotice, carrying(y, nil, "unfill", typed...)...).Want(200, "在这里一行一行地填").Not("别的")

		// A file takes the place of lines half typed: their faults have no field any more.
		half := []string{"grid", "finance", "rows", "5", "r1-item", "别的"}
		clerk.Upload(newNotice, sheets, carrying(y, nil, "save", half...)...).Want(200, "环卫劳务费").Not("第 1 行", "必须填写", "别的")
		broken := []desktest.File{{Field: "sheet", Name: "十月.csv", Content: []byte("什么都没有\n")}}
		clerk.Upload(newNotice, broken, carrying(y, nil, "save", half...)...).Want(422, "第 1 行 收入", `value="别的"`)
	})
}

// A draft from before items had to be chosen is not placed outside the catalogue unseen: the item is chosen when it is saved.
func TestAnOldDraftsItemIsChosen(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		clerk := y.site.LogIn("kj", y.Accountant)
		at := fmt.Sprintf("/desk/disclosure/%d/edit", y.begin(y.Accountant, Content{Subject: "village", Title: "修路", Text: "十一月修路。"}, 0))
		open := clerk.Get(at).Want(200, "请选择").Not(`<option value="outside" selected>`)
		clerk.Post(at, draftForm(y, "item", "", "seen", open.Hidden("seen"))...).Want(422, "请选择这张公示是目录里的哪一项")
		account := fmt.Sprintf("/desk/disclosure/%d/edit", y.begin(y.Accountant, october(), 0))
		clerk.Get(account).Want(200, `<option value="finance" selected>`)
	})
}
