package member_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/member"
)

const rosterHead = "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期\n"

var rosterForm = []string{"kind", "roster29", "how", string(member.In), "on", "2026-11-20"}

// late is a row whose probation lasted longer than two years, which PM-16 warns about.
func late(name string, n int) string {
	return line(name, membertestNumber("1980-02-02", "男", n), "正式党员", "文峰村第一党支部", "2005-07-01", "2009-07-01")
}

// What the rules warn of in a sheet is shown by row, answered once, and recorded with the answer; the rehearsal says the same.
func TestASheetWithWarningsIsRecordedOnceTheyAreRead(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		csv := rosterHead + late("冯一", 301) + line("褚二", membertestNumber("1980-02-03", "男", 302), "正式党员", "文峰村第一党支部", "2005-07-01", "2006-07-01") + late("卫三", 303)
		at := b.upload("/desk/members/import", "名册.csv", []byte(csv), rosterForm...).want(303).where()
		b.get(at).want(200, "登记全部 3 行", "PM-16")
		size := y.Size()

		b.post(at, "all", "1", "do", "try").want(303)
		b.get(at).want(200, "试办：这 3 行都可以登记，但有 2 条提醒", "冯一", "卫三", "看过了，照此办理").not("试办成功")
		b.post(at, "row", "2").want(303)
		one := b.get(at).want(200, "还没有登记：这 1 行有 1 条提醒", "冯一")
		b.post(at, "all", "1").want(303)
		page := b.get(at).want(200, "还没有登记：这 3 行有 2 条提醒", "PM-16 2 条")
		b.post(at, "all", "1", "heard", one.hidden("heard")).want(303) // has read of one row only
		b.get(at).want(200, "有 2 条提醒")
		b.post(at, "all", "1", "heard", page.hidden("heard"), "answer", "电话13912345678").want(303)
		b.get(at).want(200, "不能写证件号码", "看过了，照此办理")
		if y.Size() != size {
			t.Fatal("something was recorded before it was read")
		}
		b.post(at, "all", "1", "heard", page.hidden("heard"), "answer", "原表如此，已核对档案").want(303)
		b.get(at).want(200, "已登记 3 名党员")
		answers := 0
		for n := size; n < y.Size(); n++ {
			a, err := journal.Read(y.Ctx, y.DB, y.Code, n)
			must(t, err)
			if a.Answer == "原表如此，已核对档案" {
				answers++
			}
		}
		if answers != 2 {
			t.Errorf("the answer stands in %d acts", answers)
		}
		y.Sound()
	})
}

// A sheet is recorded in the office that carries its rows, and one batch in one office.
func TestABatchIsRecordedInTheOfficeThatCarriesIt(t *testing.T) {
	eachTown(t, func(y *town26) {
		who := y.Person("何组织", "女", "1980-01-01")
		y.Office(y.First, "branch-organiser", who, "2026-01-01")
		second := y.Office(y.Second, "branch-organiser", who, "2026-01-01")
		csv := rosterHead + line("冯一", membertestNumber("1980-02-02", "男", 301), "正式党员", "文峰村第一党支部", "2005-07-01", "2006-07-01") +
			line("褚二", membertestNumber("1980-02-03", "男", 302), "正式党员", "文峰村第二党支部", "2005-07-01", "2006-07-01")
		b := y.logIn("organiser", who)
		at := b.upload("/desk/members/import", "名册.csv", []byte(csv), rosterForm...).want(303).where()
		b.post(at, "all", "1").want(http.StatusUnprocessableEntity, "一批只能由一个职务办理", "第 2 行", "第 3 行")
		b.post(at, "row", "3").want(303)
		a, err := journal.Read(y.Ctx, y.DB, y.Code, y.Size()-1)
		must(t, err)
		if a.By.Office != second {
			t.Errorf("recorded in office %d, want %d", a.By.Office, second)
		}
		b.post(at, "all", "1").want(303)
		b.get(at).want(200, "已登记 1 名党员")
	})
}

// A database that does not answer is not a person without power.
func TestAFaultIsNotTakenForWantOfPower(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		at := b.upload("/desk/members/import", "名册.csv", []byte(rosterHead+late("冯一", 301)), rosterForm...).want(303).where()
		asked, whole := 0, y.house.Targets
		y.house.Targets = func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
			asked++
			return whole(ctx, q, units, on)
		}
		b.get(at).want(200, "登记全部 1 行")
		if asked != 1 {
			t.Errorf("the units of a preview were read %d times", asked)
		}
		y.house.Targets = func(context.Context, db.Querier, []int64, calendar.Date) (map[int64]access.Target, error) {
			return nil, errors.New("no answer")
		}
		b.get(at).want(http.StatusInternalServerError).not("职务范围")
		b.post(at, "all", "1").want(http.StatusInternalServerError)
	})
}

// A row that cannot be judged is told in the preview already.
func TestWhatCannotBeJudgedIsTold(t *testing.T) {
	eachTown(t, func(y *town26) {
		p := y.Person("吴日期", "男", "1970-05-01")
		y.as(y.Clerk, func(ctx context.Context, w *journal.Writer) error {
			_, err := member.Join(ctx, w, member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.Opening}, "2025-06-01")
			return err
		})
		b := y.logIn("secretary", y.Secretary)
		at := b.sends(line("2026-10-01", "预备转正", "吴日期", y.number("吴日期"), "", "", ""))
		b.get(at).want(200, "还不知道", "不能判断", "PM-15", "提醒")
		b.post(at, "all", "1", "do", "try").want(303)
		page := b.get(at).want(200, "条提醒", "还不知道")
		b.post(at, "all", "1", "heard", page.hidden("heard")).want(303)
		b.get(at).want(200, "已登记 1 件变动")
	})
}

// A file that had to make room is told apart from one whose hour is over.
func TestAFileThatMadeRoom(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		var first string
		for i := range 4 {
			at := b.upload("/desk/members/import", fmt.Sprint(i, ".csv"), []byte(rosterHead+late("冯一", 301)), rosterForm...).want(303).where()
			if i == 0 {
				first = at
			}
		}
		a := b.get(first).want(http.StatusNotFound, "一个人最多同时留 3 个")
		if strings.Contains(a.Body.String(), "只保留一小时") {
			t.Error("the page names a reason that is not it")
		}
	})
}
