package disclosure

import (
	"bytes"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/sheet"
)

func TestTheListOfFiles(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	head, watch := y.site.LogIn("zr", y.Director), y.site.LogIn("jw", y.Watch)
	head.Get("/desk/disclosure/filed").Want(200, "还没有归档的公示")
	one, two := y.out(october(), 0), y.out(october(), 0)
	y.Set("2026-12-09")
	y.by(y.Secretary, remove(one))
	y.by(y.Secretary, remove(two))
	y.by(y.Accountant, archive(one, "WF-1"))
	y.As(y.Accountant)
	if no := y.Refused(archive(two, "WF-1")); no.Field != "number" {
		t.Errorf("a number given twice: %+v", no)
	}
	head.Get("/desk/disclosure/filed").Want(200, "WF-1", "公示原件、监督审查表", "待归档", "2 件")
	watch.Get("/desk/disclosure/filed").Want(200, "WF-1")
	watch.Get("/desk/disclosure/filed/export").Want(403, "不能导出台账")
	file := head.Get("/desk/disclosure/filed/export").Want(200).Body.Bytes()
	book, err := sheet.Open(bytes.NewReader(file), int64(len(file)), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	p, err := sheet.Read(t.Context(), book, filing, sheet.ReadOptions{})
	if err != nil || len(p.Rows) != 2 || p.Errors > 0 {
		t.Fatalf("%+v %v", p, err)
	}
}

func TestNumbersThatLookLikeCardsAreAskedAbout(t *testing.T) {
	for text, want := range map[string]bool{
		"卡号6222021234567890127":       true, // the check digit of …0128 spoiled
		"银行卡：6222 0212 3456 7890 127": true,
		"账号 6222021234567890128":      false, // a card indeed: covered or vouched for
		"合同编号6222021234567890127":     false,
		"卡号见存折":                       false,
	} {
		if got := cardLike(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
