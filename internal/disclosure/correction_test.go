package disclosure

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/desk/desktest"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
)

// withActs adds the pages of the journal and of units, with the words of every slice, as the program has them.
func (y *town) withActs() {
	h := y.site.House
	h.Targets = func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
		return org.Targets(ctx, q, y.Code, units, on)
	}
	h.Entities, h.Lists = map[string]desk.Entity{}, body.Lists{}
	for _, m := range []map[string]desk.Entity{org.Entities(), people.Entities(), member.Entities(), Entities()} {
		for name, e := range m {
			h.Entities[name] = e
		}
	}
	for _, l := range []body.Lists{org.Lists(), people.Lists(), member.Lists(), Lists()} {
		for name, list := range l {
			h.Lists[name] = list
		}
	}
	(&desk.Pages{House: h}).Routes(y.site.Server.Router)
	org.NewPages(h, org.Outside{}, intake.NewCounter(h)).Routes(y.site.Server.Router)
}

func actPath(n int64) string { return fmt.Sprintf("/desk/acts/%d", n) }

// offered is a form as the page offers it, with what a test changes: pairs of field and value.
func offered(t *testing.T, p *desktest.Page, change ...string) []string {
	t.Helper()
	var pairs []string
	given := map[string]string{}
	for i := 0; i < len(change); i += 2 {
		given[change[i]] = change[i+1]
	}
	for name, value := range fields(p.Body.String()) {
		if _, ok := given[name]; !ok && name != "_key" {
			pairs = append(pairs, name, value)
		}
	}
	for name := range given {
		if !strings.Contains(p.Body.String(), `name="`+name+`"`) {
			t.Errorf("the page offers no field %s", name)
		}
	}
	return append(pairs, change...)
}

// fields reads the inputs, choices and texts of a page's form that is posted.
func fields(page string) map[string]string {
	_, page, _ = strings.Cut(page, `method="post" action="/desk/acts/`)
	page, _, _ = strings.Cut(page, "</form>")
	out := map[string]string{}
	for _, part := range strings.Split(page, "<")[1:] {
		tag, text, _ := strings.Cut(part, ">")
		name, value := attribute(tag, "name"), attribute(tag, "value")
		switch {
		case strings.HasPrefix(tag, "input") && strings.Contains(tag, `type="checkbox"`):
			if strings.Contains(tag, " checked") {
				out[name] = value
			}
		case strings.HasPrefix(tag, "input"):
			out[name] = value
		case strings.HasPrefix(tag, "textarea"):
			out[name] = text
		case strings.HasPrefix(tag, "select"):
			out["<"] = name
		case strings.HasPrefix(tag, "option") && strings.Contains(tag, " selected"):
			out[out["<"]] = value
		}
	}
	delete(out, "<")
	return out
}

func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

func TestCorrectionsOfAMemberAUnitAndANotice(t *testing.T) { onBoth(t, correctionsOfAll) }

func correctionsOfAll(t *testing.T, y *town) {
	y.withActs()
	clerk := y.site.LogIn("clerk", y.Clerk)
	someone := y.Person("林志祥", "男", "1956-04-22")
	m := y.Member(someone, y.First, "1980-07-01", "2026-01-01")

	t.Run("a member", func(t *testing.T) {
		clerk.Get(actPath(m)).Want(200, "正式党员", "建账登记", "1980年7月1日", "林志祥", "/desk/members/", "文峰村第一党支部").Not(">full<", ">world/opening<")
		form := clerk.Get(actPath(m)+"/correct").Want(200, "不能用更正来改的", "林志祥", `value="1980-07-01"`, "花名册其他栏目", "工作岗位").Not(`name="person"`, `name="branch"`)
		clerk.Post(actPath(m)+"/correct", offered(t, form, "admitted", "1980-13-01", "record.post", "身份证11010519491231002X", "why", "")...).
			Want(422, `value="1980-13-01"`, "必须填写", "不能填写证件号码", "原为：1980年7月1日")
		clerk.Post(actPath(m)+"/correct", offered(t, form, "admitted", "1981年7月1日", "full", "1982-07-01", "record.post", "退休", "floating", "1", "why", "档案写的是1981年")...).
			Want(http.StatusSeeOther, actPath(m))
		clerk.Get(actPath(m)).Want(200, "<del>1980年7月1日</del>", "<ins>1981年7月1日</ins>", "工作岗位", "<ins>退休</ins>", "档案写的是1981年", "陈晓梅")
		s, ok, err := journal.StateOf[member.Member](y.Ctx, y.DB, y.J.Book(), y.Code, m, journal.Now)
		if err != nil || !ok || s.Admitted != "1981-07-01" || s.Record["post"] != "退休" || !s.Floating {
			t.Errorf("the membership reads %+v (%v)", s, err)
		}
		// What the law forbids about the corrected reading is refused with its verdict.
		form = clerk.Get(actPath(m) + "/correct")
		clerk.Post(actPath(m)+"/correct", offered(t, form, "admitted", "2000-01-01", "full", "1999-01-01", "why", "试一试")...).Want(422, `value="2000-01-01"`, `id="f-full-e"`)
		clerk.Post(actPath(m)+"/correct", offered(t, form, "admitted", "2000-01-01", "full", "2000-03-01", "why", "试一试")...).Want(422, `value="2000-03-01"`, "PM-15", "法规审核")
	})

	t.Run("a unit", func(t *testing.T) {
		form := clerk.Get(actPath(y.Second)+"/correct").Want(200, "党支部", "文峰村党总支", "中共文峰街道文峰村第二支部委员会").Not(`name="kind"`, `name="parents`)
		clerk.Post(actPath(y.Second)+"/correct", offered(t, form, "name", "甲/乙", "why", "x")...).Want(422, `value="甲/乙"`, "不合要求")
		clerk.Post(actPath(y.Second)+"/correct", offered(t, form, "name", "中共文峰街道文峰村老年支部委员会", "short", "文峰村老年党支部", "why", "批复写的是老年支部")...).
			Want(http.StatusSeeOther)
		fix := actPath(y.Size() - 1)
		clerk.Get(fmt.Sprintf("/desk/org/%d", y.Second)).Want(200, "文峰村老年支部", "已更正第 ", "“中共文峰街道文峰村第二支部委员会”改为“中共文峰街道文峰村老年支部委员会”", "批复写的是老年支部", `href="`+fix+`"`)
		clerk.Get(fix).Want(200, "更正第 ", `href="`+actPath(y.Second)+`"`, "<del>文峰村第二党支部</del>", "<ins>文峰村老年党支部</ins>")
	})

	t.Run("a finance table", func(t *testing.T) {
		id := y.out(october(), 0)
		row := y.row(id)
		accountant := y.site.LogIn("accountant", y.Accountant)
		accountant.Get(actPath(id)).Want(200, "收支明细", "店面租金", "68,600.00 元", "2,548,720.66 元", "财务公开", "2026年10月1日", "村集体经营收入").Not(">finance<")
		accountant.Get(actPath(row.PublishAct)).Want(200, "收支明细", "环卫劳务费", "公布编号", row.Number)
		accountant.Get(actPath(row.PublishAct)+"/correct").Want(200, "请另行起草一张更正的公示", fmt.Sprintf(`href="/desk/disclosure/%d"`, id))
		accountant.Get(fmt.Sprintf("/desk/disclosure/%d", id)).Want(200, "更正")
		accountant.Post(actPath(row.PublishAct)+"/correct", "why", "x", "seen", "0").Want(403, "请另行起草一张更正的公示")
	})

	clerk.Get("/desk/acts").Want(200, "林志祥", "文峰村2026年10月财务收支公开表", "徐海燕", "监督委员会审查")
	clerk.Get("/desk/acts?kind=member.enter%2F1").Want(200, "林志祥").Not("财务收支公开表")
	y.Sound()
}
