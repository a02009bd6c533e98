package org_test

import (
	"net/http"
	"strings"
	"testing"

	"cunju/internal/desk/desktest"
	"cunju/internal/law/codes"
	"cunju/internal/org"
)

func csv(name, text string) []desktest.File {
	return []desktest.File{{Field: "file", Name: name, Content: []byte(text)}}
}

func TestUnitsComeInAtTheDesk(t *testing.T) {
	open(t, func(o *office) {
		o.clerk.Get("/desk/org").Want(200, "导入组织", "导入任职")
		o.village.Get("/desk/org").Want(200).Not("导入组织")
		o.clerk.Get("/desk/org/import").Want(200, "党组织信息采集表", "区域和机构一览表", "空白表")
		o.village.Get("/desk/org/import").Want(403, "可以导入的职务")
		for _, kind := range []string{"party", "institutions"} {
			o.clerk.Get("/desk/org/import/blank?kind=" + kind).Want(200)
		}
		size := o.Size()
		table := "党组织全称,简称,上级党组织,组织类别,所属村居,代码,成立日期,电话\n" +
			"中共文峰街道乙支部委员会,乙支部,甲总支,党支部,,,2024-07-20,\n" +
			"中共文峰街道甲总支部委员会,甲总支,文峰街道党工委,党总支,,,2024-07-01,\n" +
			"中共文峰街道丙支部委员会,丙支部,没有的上级,党支部,,,2024-07-20,\n"
		at := o.clerk.Upload("/desk/org/import", csv("党组织.csv", table), "kind", "party", "on", "2026-11-20").Want(303, "/desk/imports/").Where()
		o.clerk.Get(at).Want(200, "核对导入", "3 行", "没有名为“没有的上级”", "设立全部 2 行", "设立组织")
		o.clerk.Get(at + "/marked").Want(200)
		o.clerk.Post(at, "row", "3", "row", "2", "do", "try").Want(303, at)
		o.clerk.Get(at).Want(200, "试办成功", "记入总账 2 件")
		o.clerk.Post(at, "row", "2", "do", "try").Want(303, at)
		o.clerk.Get(at).Want(200, "第 2 行", "找不到")
		if o.Size() != size {
			t.Fatal("a rehearsal recorded something")
		}
		o.clerk.Post(at, "all", "1").Want(303, at)
		o.clerk.Get(at).Want(200, "已设立 2 个组织", "编号", "1 行有错误")
		after := o.Size()
		o.clerk.Post(at, "all", "1") // nothing is left
		if o.Size() != after || after != size+2 {
			t.Errorf("%d acts instead of two", o.Size()-size)
		}
		o.clerk.Get("/desk/org").Want(200, "甲总支")
		o.clerk.Upload("/desk/org/import", csv("a.txt", "x"), "kind", "party", "on", "2026-11-20").Want(422, "只接受这些类型的文件")
		o.clerk.Upload("/desk/org/import", csv("a.csv", "甲,乙\n1,2\n"), "kind", "nothing", "on", "2027-11-20").Want(422, "请从列出的选项中选择", "不能晚于今天")
		o.village.Upload("/desk/org/import", csv("a.csv", table), "kind", "party", "on", "2026-11-20").Want(403)
		o.village.Get(at).Want(http.StatusNotFound, "已经不在了")
	})
}

func TestOfficesComeInAtTheDesk(t *testing.T) {
	open(t, func(o *office) {
		someone := o.Person("钱任职", "男", "1980-03-03")
		number := o.Number(someone)
		table := "单位名称,职务类别,职务,姓名,公民身份号码,任职日期,离任日期,届满日期\n" +
			"文峰村村民委员会,村（居）民委员会委员,委员,钱任职," + number + ",2026-02-01,,\n" +
			"文峰村村民委员会,村（居）民委员会委员,委员,查无人,321002198001010015,2026-02-01,,\n"
		at := o.clerk.Upload("/desk/offices/import", csv("任职.csv", table), "kind", "offices").Want(303, "/desk/imports/").Where()
		page := o.clerk.Get(at).Want(200, "钱任职", "登记任职", "登记全部 1 行")
		if found := codes.FindPersonal(strings.ReplaceAll(page.Body.String(), "\n", " ")); len(found) > 0 {
			t.Errorf("the preview shows %d whole numbers", len(found))
		}
		o.clerk.Post(at, "all", "1").Want(303, at)
		o.clerk.Get(at).Want(200, "已登记 1 项任职")
		held, err := org.OfficesOf(o.Ctx, o.DB, o.Code, someone, "2026-11-23")
		if err != nil || len(held) != 1 {
			t.Errorf("%v %v", held, err)
		}
		o.village.Get("/desk/offices/import").Want(403)
		o.clerk.Get("/desk/offices/import/blank").Want(200)
		own := "单位名称,职务类别,职务,姓名,公民身份号码,任职日期\n文峰村村民委员会,村（居）民委员会委员,委员,陈晓梅," + o.Number(o.Clerk) + ",2026-02-01\n"
		at = o.clerk.Upload("/desk/offices/import", csv("本人.csv", own), "kind", "offices").Want(303).Where()
		o.clerk.Get(at).Want(200, "不在职务范围", "有 1 行")
		o.clerk.Post(at, "all", "1").Want(422, "没有可以登记的")
	})
}
