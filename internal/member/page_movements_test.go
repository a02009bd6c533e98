package member_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
)

func TestMovementsComeInAtTheDesk(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("secretary", y.Secretary)
		b.get("/desk/members").want(200, "导入变动").not("批量导入<")
		b.get("/desk/members/movements/import").want(200, "党员变动登记表", "新增党员花名册")
		b.get("/desk/members/movements/import/blank").want(200)
		b.get("/desk/members/movements/import/blank?kind=roster29").want(200)
		y.logIn("accountant", y.Accountant).get("/desk/members/movements/import").want(http.StatusForbidden, "可以导入的职务")

		newcomer := membertest.IDNumber("2000-01-01", "女", 401)
		moves := moveHead +
			line("2026-10-01", "街道内转接", "赵大江", y.number("赵大江"), "文峰村第一党支部", "文峰村第二党支部", "") +
			line("2026-10-02", "去世", "周对岸", y.number("周对岸"), "", "", "") + // of another village
			line("2026-09-01", "发展党员", "新党员", newcomer, "", "文峰村第一党支部", "支部大会通过")
		roster := "姓名,公民身份号码,人员类别,所在党支部,入党日期,手机号码\n" + line("新党员", newcomer, "预备党员", "文峰村第一党支部", "2026-09-01", "13812345678")
		files := []desktest.File{{Field: "file", Name: "变动.csv", Content: []byte(moves)}}
		size := y.Size()

		at := b.uploads("/desk/members/movements/import", files, "kind", "movements").want(303).where()
		b.get(at).want(200, "没有此人的资料", "登记全部 1 行", "有 1 行", "不在职务范围")

		bad := append(files, desktest.File{Field: "second", Name: "新增.csv", Content: []byte(roster + "坏人,321002199001010011,预备党员,文峰村第一党支部,2026-09-01,13812345679\n")})
		at = b.uploads("/desk/members/movements/import", bad, "kind", "movements").want(303).where()
		b.get(at).want(200, "新增.csv", "请先改好这一张", "现在没有可以登记的行")
		b.get(at + "/marked").want(200)
		at = b.upload(at+"/again", "新增.csv", []byte(roster)).want(303).where()

		page := b.get(at).want(200, "变动.csv", "新党员", "登记发展入党", "登记全部 2 行")
		if found := codes.FindPersonal(plain(page.Body.String())); len(found) > 0 {
			t.Errorf("the preview shows %d whole numbers", len(found))
		}
		b.post(at, "all", "1", "do", "try").want(303, at)
		b.get(at).want(200, "试办成功")
		if y.Size() != size {
			t.Fatal("a rehearsal recorded something")
		}
		b.post(at, "row", "3").want(http.StatusUnprocessableEntity, "没有可以登记的行")
		b.post(at, "all", "1").want(303, at)
		b.get(at).want(200, "已登记 2 件变动", "编号", "还有 1 行")
		after := y.Size()
		b.post(at, "all", "1")
		if y.Size() != after {
			t.Error("a second press recorded something")
		}
		b.get("/desk/members?q=新党员").want(200, "新党员", "预备党员")
		y.Sound()
	})
}

// number is the identity number of somebody by name.
func (y *town26) number(name string) string {
	y.Helper()
	rows, err := y.Vault.Search(y.Ctx, y.DB, name, 1)
	must(y, err)
	return y.Number(rows[0].ID)
}

const movementsPath = "/desk/members/movements/import"

// sends uploads a register of movements and returns where it waits.
func (b *browser) sends(lines ...string) string {
	b.Helper()
	return b.upload(movementsPath, "变动.csv", []byte(moveHead+strings.Join(lines, "")), "kind", "movements").want(303).where()
}

// A line is asked about where the lines before lead: when they cannot be recorded, neither can it.
func TestALineRestsOnTheLinesBeforeIt(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("secretary", y.Secretary)
		over, own := y.number("周对岸"), y.number("赵大江")
		size := y.Size()
		at := b.sends(line("2026-10-01", "街道内转接", "周对岸", over, "渡江村第一党支部", "文峰村第一党支部", ""),
			line("2026-10-02", "去世", "周对岸", over, "", "", ""))
		b.get(at).want(200, "不在职务范围", "接在第 2 行后面，那一行不能办", "现在没有可以登记的行")
		b.post(at, "all", "1").want(http.StatusUnprocessableEntity, "没有可以登记的行")
		b.post(at, "row", "3").want(http.StatusUnprocessableEntity, "没有可以登记的行")

		at = b.sends(line("2026-10-01", "街道内转接", "赵大江", own, "文峰村第一党支部", "文峰村第二党支部", ""),
			line("2026-10-02", "去世", "赵大江", own, "文峰村第二党支部", "", ""))
		b.post(at, "row", "3").want(http.StatusUnprocessableEntity, "第 3 行接在同一个人的第 2 行后面")
		if y.Size() != size {
			t.Fatal("a line was recorded without the one before it")
		}
		b.post(at, "row", "2").want(303)
		b.get(at+"?rest=1").want(200, "登记全部 1 行")
		b.post(at, "all", "1").want(303)
		b.get(at).want(200, "已登记 1 件变动")
		y.Sound()
	})
}

// A move takes power over both branches, in one office.
func TestAMoveTakesPowerOverBothEnds(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("secretary", y.Secretary)
		form := fmt.Sprintf("/desk/members/%d/move", y.ids[0])
		page := b.get(form).want(200, "文峰村第二党支部").not("渡江村第一党支部")
		b.post(form, "seen", page.hidden("seen"), "branch", fmt.Sprint(y.other), "on", "2026-11-01").want(http.StatusUnprocessableEntity, "请从列出的选项中选择")
		y.logIn("clerk", y.Clerk).get(form).want(200, "渡江村第一党支部")

		at := b.sends(line("2026-10-01", "街道内转接", "赵大江", y.number("赵大江"), "文峰村第一党支部", "渡江村第一党支部", ""))
		b.get(at).want(200, "不在职务范围", "现在没有可以登记的行")

		// The secretary of two branches holds two offices, and neither reaches both ends.
		both := y.Person("吴两地", "男", "1980-01-01")
		y.Office(y.First, "branch-secretary", both, "2026-01-01")
		y.Office(y.other, "branch-secretary", both, "2026-01-01")
		y.logIn("both", both).get(form).want(200, "只管这一个支部")
	})
}

// The power was asked for a branch: when the member is elsewhere by the time of recording, the line is refused.
func TestAMemberWhoWasMovedMeanwhileIsNotTouched(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("secretary", y.Secretary)
		at := b.sends(line("2026-10-02", "去世", "赵大江", y.number("赵大江"), "", "", ""))
		y.as(y.Clerk, func(ctx context.Context, w *journal.Writer) error {
			_, err := member.Transfer(ctx, w, y.ids[0], member.Move{Branch: y.other}, "2026-10-01")
			return err
		})
		size := y.Size()
		b.post(at, "all", "1", "do", "try").want(303)
		b.get(at).want(200, "第 2 行", "在“渡江村第一党支部”，不在核对时的“文峰村第一党支部”", "整批没有登记")
		b.post(at, "all", "1").want(303)
		b.get(at).want(200, "不在核对时的")
		if y.Size() != size {
			t.Error("a member of another village was recorded as dead")
		}
		clerk := y.logIn("clerk", y.Clerk)
		clerk.get(clerk.sends(line("2026-09-02", "外出流动", "赵大江", y.number("赵大江"), "", "", "去向南京市"))).want(200, "来到“渡江村第一党支部”", "2026年10月1日")
	})
}
