package disclosure

import (
	"fmt"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
)

// scanned is a file as a scanner makes it.
func scanned(name, body string) desktest.File {
	return desktest.File{Field: "voucher", Name: name, Content: []byte("%PDF-1.7\n" + body + "\n%%EOF\n")}
}

func TestVouchersStandBehindTheirLines(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	c := october()
	c.Finance.Lines[0].Voucher, c.Finance.Lines[1].Voucher = "记-012", "记-013"
	id := y.begin(y.Accountant, c, 0)
	clerk := y.site.LogIn("kj", y.Accountant)
	page := fmt.Sprintf("/desk/disclosure/%d/vouchers", id)
	send := func(files []desktest.File, pairs ...string) *desktest.Page {
		t.Helper()
		return clerk.Upload(page, files, append([]string{"seen", clerk.Get(page).Want(200).Hidden("seen")}, pairs...)...)
	}
	size := y.Size()
	for name, bad := range map[string]struct {
		file desktest.File
		want string
	}{
		"not what it says": {desktest.File{Field: "voucher", Name: "12.jpg", Content: []byte("%PDF-1.7\nx\n%%EOF\n")}, "名字和内容不一致"},
		"a workbook":       {desktest.File{Field: "voucher", Name: "12.xlsx", Content: []byte("PK\x03\x04")}, "只接受这些类型的文件"},
		"a script":         {desktest.File{Field: "voucher", Name: "12.pdf", Content: []byte("<script>")}, "不是其中任何一种"},
		"empty":            {desktest.File{Field: "voucher", Name: "12.pdf"}, "文件是空的"},
		"of no line":       {scanned("收据.pdf", "a"), "不知道“收据.pdf”是哪一行的"},
		"a phone in it":    {scanned("12-13812345678.pdf", "a"), "手机号码"},
	} {
		if p := send([]desktest.File{bad.file}).Want(422, bad.want); p == nil {
			t.Error(name)
		}
	}
	send(nil).Want(422, "没有选文件")
	send([]desktest.File{scanned("13.pdf", "a")}, "line", "9").Want(422)
	if y.Size() != size {
		t.Fatalf("%d acts were recorded", y.Size()-size)
	}
	send([]desktest.File{scanned("12-租金收据.pdf", "rent"), scanned("别的.pdf", "other")}, "open", "1").Want(303)
	clerk.Get(page).Want(200, "别的.pdf", "没有登记", "12-租金收据.pdf", "网上可看")
	send([]desktest.File{scanned("劳务合同.pdf", "labour"), scanned("多传.pdf", "more")}, "line", "2").Want(303)
	_, n, err := y.pages.content(y.Ctx, id)
	if err != nil || len(n.Content.Vouchers) != 3 {
		t.Fatalf("%+v %v", n.Content.Vouchers, err)
	}
	send(nil, "drop", n.Content.Vouchers[2].form()).Want(303)
	// A table imported anew keeps the vouchers of the lines that are still there, wherever they stand now.
	turned := c.clone()
	turned.Finance.Lines[0], turned.Finance.Lines[1] = turned.Finance.Lines[1], turned.Finance.Lines[0]
	turned.Finance.Lines[1].In, turned.Finance.Closing = turned.Finance.Lines[1].In+100, turned.Finance.Closing+100
	kept := n.Content.stillThere(turned.Finance)
	if len(kept) != 2 || kept[0].Line != 1 || kept[0].File.Name != "劳务合同.pdf" {
		t.Fatalf("kept %+v", kept)
	}
	y.by(y.Accountant, hand(id))
	clerk.Get(page).Want(200, "已经提交，凭证不能再改").Not("添加凭证")
	y.by(y.Watch, examine(id, Check{Agree: true}))
	y.by(y.Secretary, decide(id, Approve{Agree: true}))
	y.by(y.Director, release(id))
	visitor, open, closed := y.site.Visit(), n.Content.Vouchers[0].File, n.Content.Vouchers[1].File
	visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "第 1 行：店面租金", "12-租金收据.pdf", "劳务合同.pdf，可以到").Not("多传.pdf")
	visitor.Get(fmt.Sprintf("/n/%d/file/%s", id, open.Hash)).Want(200)
	visitor.Get(fmt.Sprintf("/n/%d/file/%s", id, closed.Hash)).Want(404)
	y.site.LogIn("jw", y.Watch).Get(fmt.Sprintf("/desk/disclosure/%d/file/%s", id, closed.Hash)).Want(200)
	y.sign()
	visitor.Get(fmt.Sprintf("/n/%d/verify", id)).Want(200, "附件“劳务合同.pdf”", "和登记的指纹一样")
	y.Sound()
}
