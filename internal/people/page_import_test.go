package people_test

import (
	"fmt"
	"testing"

	"cunju/internal/desk/desktest"
	"cunju/internal/law/codes"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

func csv(name, text string) []desktest.File {
	return []desktest.File{{Field: "file", Name: name, Content: []byte(text)}}
}

const homesHead = "户号,姓名,与户主关系,公民身份号码,性别,民族,户籍地址,联系电话,所属村居\n"

func TestAVillageBringsOnlyItsOwnHouseholds(t *testing.T) {
	open(t, func(o *office) {
		o.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: o.Street})
		o.village.Get("/desk/households").Want(200, "批量导入")
		o.none.Get("/desk/households/import").Want(403)
		o.village.Get("/desk/households/import").Want(200, "住户登记表", "文峰村", "表格截至日期").Not("渡江村")
		o.village.Get("/desk/households/import/blank").Want(200)
		father, mother, other := membertest.IDNumber("1970-03-03", "男", 401), membertest.IDNumber("1972-04-04", "女", 402), membertest.IDNumber("1971-05-05", "男", 403)
		table := homesHead + "0501,周大山,户主," + father + ",男,汉族,江苏省扬州市,13912345678,\n" +
			"0501,吴小兰,配偶," + mother + ",女,汉族,江苏省扬州市,,\n" +
			"0601,郑外村,户主," + other + ",男,汉族,江苏省扬州市,,渡江村\n" +
			"0307,重户,户主,32100219900101,男,汉族,江苏省扬州市,,文峰村\n"
		size := o.Size()
		form := []string{"kind", "households", "unit", "", "on", "2026-11-20"}
		at := o.village.Upload("/desk/households/import", csv("住户.csv", table), form...).Want(303).Where()
		o.village.Get(at).Want(200, "没有写明属于哪个村或社区")
		form[3] = fmt.Sprint(o.Village)
		at = o.village.Upload("/desk/households/import", csv("住户.csv", table), form...).Want(303).Where()
		page := o.village.Get(at).Want(200, "周大山", "吴小兰", "郑外村", "不在职务范围", "有 1 行", "登记全部 2 行", "户号 0307 已经登记")
		if found := codes.FindPersonal(page.Body.String()); len(found) > 0 {
			t.Errorf("the preview shows %d whole numbers", len(found))
		}
		if o.Size() != size {
			t.Fatal("looking recorded something")
		}
		o.village.Post(at, "row", "4").Want(422, "没有可以登记的行") // the other village's
		o.village.Post(at, "all", "1").Want(303, at)
		o.village.Get(at).Want(200, "已登记 2 人", "还有 1 行")
		o.village.Get("/desk/people?q=周大山").Want(200, "周大山")
		o.village.Get("/desk/households").Want(200, "0501")
		o.clerk.Get(at).Want(404, "已经不在了")
		o.clerk.Upload("/desk/households/import", csv("a.csv", "甲,乙\n1,2\n"), "kind", "households", "unit", "77", "on", "2026-11-20").Want(422, "请从列出的选项中选择")
	})
}
