package disclosure

import (
	"fmt"
	"strings"
	"testing"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/web/ui"
)

// rooms adds the catalogue's pages to the site.
func (y *town) rooms() *town {
	catalogue.NewPages(y.site.House, y.pages.BoardFrame, nil).Routes(y.site.Server.Router)
	return y
}

// The office enters what happened, sees it among what is due, states that there was nothing where there was nothing, and drafts from
// the due item; every bad form keeps what was typed and says what is wrong.
func TestTheOfficeAnswersForWhatIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms().daily("2027-01-01")
		head, watch, other := y.site.LogIn("zhuren", y.Director), y.site.LogIn("jiandu", y.Watch), y.site.LogIn("wu", y.outsider)
		unit := fmt.Sprint(y.Committee)
		head.Get("/desk/due").Want(200, "2026年第四季度财务收支", "还有 89 天", "发生了要马上公开的事")
		watch.Get("/desk/due").Want(200, "2026年第四季度财务收支").Not("发生了要马上公开的事")
		head.Get("/desk/due?state=nonsense&area=x").Want(200, "2026年第四季度财务收支")
		for name, c := range map[string]struct {
			form []string
			says string
		}{
			"empty":            {nil, "必须填写"},
			"another's unit":   {[]string{"unit", fmt.Sprint(y.other), "item", "major", "title", "塌方", "day", "2026-12-30"}, "请从列出的单位中选择"},
			"no such item":     {[]string{"unit", unit, "item", "gossip", "title", "塌方", "day", "2026-12-30"}, "不在"},
			"with rhythm":      {[]string{"unit", unit, "item", "relief", "title", "塌方", "day", "2026-12-30"}, "到期会自动列出"},
			"tomorrow":         {[]string{"unit", unit, "item", "major", "title", "塌方", "day", "2027-01-02"}, "还没有到"},
			"a day that isn't": {[]string{"unit", unit, "item", "major", "title", "塌方", "day", "2027-02-30"}, "2027-02-30"},
			"a phone":          {[]string{"unit", unit, "item", "major", "title", "塌方请打13800138000", "day", "2026-12-30"}, "号码"},
		} {
			if p := head.Post("/desk/due/arose", c.form...).Want(422, c.says); len(c.form) > 0 && !strings.Contains(p.Body.String(), "塌方") {
				t.Errorf("%s: what was typed is gone", name)
			}
		}
		watch.Post("/desk/due/arose", "unit", unit, "item", "major", "title", "塌方", "day", "2026-12-30").Want(403)
		at := head.Post("/desk/due/arose", "unit", unit, "item", "major", "title", "村道塌方", "day", "2026-12-30").Want(303, "/desk/due/").Where()
		head.Get(at).Want(200, "村道塌方", "随时公布", "第三十五条", "起草公开")
		other.Get(at).Want(403)
		head.Get("/desk/due/999999").Want(404)

		relief, money := y.dues(y.Committee, "relief")[0], y.dues(y.Committee, "finance")[0]
		page := head.Get(catalogue.Href(relief.ID)).Want(200, "本期无此事项", "2027年3月31日", "不因休息日顺延")
		head.Get(catalogue.Href(money.ID)).Want(200).Not(`/none"`)
		watch.Get(catalogue.Href(relief.ID)).Want(200).Not(`/none"`)
		none, seen := catalogue.Href(relief.ID)+"/none", page.Hidden("seen")
		watch.Post(none, "seen", seen, "reason", "没有").Want(403)
		head.Post(none, "seen", seen).Want(422, "必须填写")
		head.Post(none, "reason", "没有").Want(400)
		head.Post(none, "seen", seen, "reason", "电话13800138000").Want(422, "号码")
		head.Post(catalogue.Href(money.ID)+"/none", "seen", fmt.Sprint(money.ID), "reason", "没有收支").Want(409, "收支为零")
		head.Post(none, "seen", seen, "reason", "本季度没有收到救助款物").Want(303)
		head.Get(catalogue.Href(relief.ID)).Want(200, "说明本期无此事项", "本季度没有收到救助款物").Not(`/none"`)
		head.Post(none, "seen", seen, "reason", "再说一遍").Want(409, "已经办结")
		head.Get("/desk/disclosure/new?unit="+unit+"&subject=finance&item=finance&from=2026-10-01&to=2026-12-31&title=第四季度财务收支").Want(200, "第四季度财务收支", "2026-12-31")
		head.Get("/desk/due/export").Want(200)
		y.daily("2027-04-02")
		y.site.Visit().Get(fmt.Sprintf("/v/%d/catalogue", y.Village)).Want(200, "财务收支", "每季度公开", "发展党员", "向本组织党员公开", "第三十五条")
		y.site.Visit().Get("/v/999999/catalogue").Want(404)
		street := y.site.LogIn("jiedao", y.Clerk)
		street.Get("/desk/disclosure/late").Want(200, "文峰村", "2026年第四季度财务收支", "第三十五条", "村会计", "2 天").Not("不排名")
		street.Get("/desk/disclosure/late/print").Want(200, "不排名", "2026年第四季度财务收支")
		street.Get("/desk/disclosure/late/export").Want(200)
		other.Get("/desk/disclosure/late").Want(200).Not("2026年第四季度财务收支\">文峰")
	})
}

// A village's board says first what is late, then its notices, then the rest; data for machines are at the foot.
func TestAVillagesBoardBeginsWithWhatIsLateAndItsNotices(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		c := catalogue.NewPages(y.site.House, y.pages.BoardFrame, nil)
		y.pages.Put(Beside{Urgent: c.Urgent, Village: c.Beside, Foot: []ui.Link{{Text: "开放数据", Href: "/api/"}}})
		y.out(october(), 0)
		path := fmt.Sprintf("/v/%d", y.Village)
		y.site.Visit().Get(path).Want(200, "应当公开的事项").Not("逾期未公开")
		y.daily("2027-04-02")
		page := y.site.Visit().Get(path).Want(200, "逾期的列在本页上方").Body.String()
		at := -1
		for _, words := range []string{"公开情况", "逾期未公开", "2026年第四季度", "还有", `role="search"`, october().Title, "应当公开的事项", "订阅和带走", "开放数据"} {
			next := strings.Index(page[at+1:], words)
			if next < 0 {
				t.Fatalf("%q is missing, or stands too early", words)
			}
			at += 1 + next
		}
		y.site.Visit().Get(path+"?q=x").Want(200).Not("逾期未公开", "应当公开的事项")
	})
}

// Several due items are stated as nothing by one form: all of them or, with the row named that is in the way, none.
func TestSeveralItemsAreStatedAsNothingAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms().daily("2027-01-01")
		head, watch := y.site.LogIn("zhuren", y.Director), y.site.LogIn("jiandu", y.Watch)
		relief, money := y.dues(y.Committee, "relief")[0], y.dues(y.Committee, "finance")[0]
		at := head.Post("/desk/due/arose", "unit", fmt.Sprint(y.Committee), "item", "major", "title", "村道塌方", "day", "2026-12-30").Want(303).Where()
		arose := strings.TrimPrefix(at, "/desk/due/")
		one, two := fmt.Sprint(relief.ID), fmt.Sprint(money.ID)
		head.Get("/desk/due").Want(200, "所选的本期无此事项", `name="id" value="`+one+`"`).Not(`name="id" value="` + two + `"`)
		watch.Get("/desk/due").Want(200).Not("所选的本期无此事项", `type="checkbox"`)
		const form = "/desk/due/none"
		head.Get(form).Want(303)
		head.Get(form + "?id=x").Want(303)
		head.Get(form + "?id=999999").Want(404)
		head.Get(form+"?id="+two).Want(422, money.Title, "收支为零")
		watch.Get(form + "?id=" + one).Want(403)
		page := head.Get(form+"?id="+one+"&id="+arose).Want(200, relief.Title, "村道塌方", "要么全部登记")
		seen := []string{"seen-" + one, page.Hidden("seen-" + one), "seen-" + arose, page.Hidden("seen-" + arose)}
		post := func(more ...string) []string { return append(more, seen...) }
		head.Post(form, post()...).Want(303)
		head.Post(form, post("id", one, "id", arose)...).Want(422, "必须填写", "村道塌方")
		head.Post(form, "id", one, "reason", "没有").Want(400)
		head.Post(form, post("id", one, "id", two, "seen-"+two, fmt.Sprint(money.ID), "reason", "没有")...).Want(422, money.Title, "收支为零", "一项也没有登记")
		head.Post(form, post("id", one, "id", arose, "reason", "电话13800138000")...).Want(422, "号码")
		watch.Post(form, post("id", one, "id", arose, "reason", "没有")...).Want(403)
		if y.dues(y.Committee, "relief")[0].Kept != "open" {
			t.Fatal("a refused form recorded something")
		}
		head.Post(form, post("id", one, "id", arose, "reason", "本期没有发生")...).Want(303, "/desk/due")
		for _, id := range []string{one, arose} {
			head.Get("/desk/due/"+id).Want(200, "说明本期无此事项", "本期没有发生")
		}
		head.Post(form, post("id", one, "id", arose, "reason", "再说一遍")...).Want(422, relief.Title, "已经办结")
	})
}

// The catalogue is widened by form; what is looser is refused with its article, and who has no power is told who has.
func TestTheCatalogueIsWidenedByForm(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms()
		chief, head, clerk := y.site.LogIn("shuji", y.Secretary), y.site.LogIn("zhuren", y.Director), y.site.LogIn("jiedao", y.Clerk)
		unit := fmt.Sprint(y.Committee)
		list := "/desk/disclosure/catalogue?unit=" + unit
		chief.Get(list).Want(200, "财务收支", "每季度", "15 日", "另加一项", "item=decisions")
		head.Get(list).Want(200, "财务收支").Not("另加一项", "item=decisions")
		head.Get("/desk/disclosure/catalogue/new?unit=" + unit).Want(403)
		chief.Get("/desk/disclosure/catalogue?unit=999999").Want(404)
		chief.Get("/desk/disclosure/catalogue/new?unit=x").Want(404)
		chief.Get("/desk/disclosure/catalogue/new?unit=" + unit + "&item=gossip").Want(404)
		chief.Get("/desk/disclosure/catalogue/new?unit=" + unit).Want(200).Not("所有的")
		clerk.Get("/desk/disclosure/catalogue/new?unit="+unit).Want(200, "所有的村民委员会")
		tighten := func(more ...string) []string {
			return append([]string{"unit", unit, "item", "decisions", "over", unit, "from", "2026-11-23", "citation", "村规民约第八条"}, more...)
		}
		const form = "/desk/disclosure/catalogue/new"
		chief.Post(form, tighten()...).Want(422, "没有填任何要改的规定")
		chief.Post(form, tighten("rhythm", "yearly")...).Want(422, "请从列出的选项中选择")
		chief.Post(form, tighten("days", "7")...).Want(422, "第三十五条", "IC-23")
		chief.Post(form, tighten("days", "many")...).Want(422, "many")
		chief.Post(form, tighten("month", "1")...).Want(422, "要一起填")
		chief.Post(form, tighten("days", "20", "until", "2026-01-01")...).Want(422, "对不上")
		head.Post(form, tighten("days", "20")...).Want(403)
		chief.Post(form, tighten("rhythm", "monthly", "month", "1", "day_of_month", "15", "days", "20")...).Want(303)
		chief.Get(list).Want(200, "每月，次月15日以前", "20 日", "村规民约第八条", "终止")
		chief.Get("/desk/disclosure/catalogue/print?unit="+unit).Want(200, "次月15日以前")
		chief.Get("/desk/disclosure/catalogue/export?unit=" + unit).Want(200)
		add := []string{"unit", unit, "item", "", "over", unit, "from", "2026-11-23", "citation", "村规民约第九条", "title", "村集体用车", "subject", "village", "scope", "public",
			"form", "table", "rhythm", "monthly", "office", "村民委员会"}
		chief.Post(form, append([]string{}, add[:10]...)...).Want(422, "事项名称", "类别", "公开范围")
		chief.Post(form, append([]string{"within", "3"}, add...)...).Want(422, "随时公开")
		chief.Post(form, add...).Want(303)
		page := chief.Get(list).Want(200, "村集体用车", "另加：村集体用车")
		_, rest, _ := strings.Cut(page.Body.String(), "/desk/disclosure/catalogue/end?id=")
		id, _, _ := strings.Cut(rest, "&")
		head.Get("/desk/disclosure/catalogue/end?id=" + id).Want(403)
		chief.Get("/desk/disclosure/catalogue/end?id=77777").Want(404)
		chief.Get("/desk/disclosure/catalogue/end?id="+id+"&unit="+unit).Want(200, "终止目录变动")
		chief.Post("/desk/disclosure/catalogue/end", "id", id, "unit", unit, "last", "2026-01-01", "reason", "章程改了").Want(422, "不能早于今天")
		chief.Post("/desk/disclosure/catalogue/end", "id", id, "unit", unit, "last", "2026-12-31").Want(422, "必须填写")
		chief.Post("/desk/disclosure/catalogue/end", "id", id, "unit", unit, "last", "2026-12-31", "reason", "章程改了").Want(303)
		chief.Get(list).Want(200, "2026-12-31")
	})
}

// The way of a notice begins with its plan: the due item, with its date while it waits and with its end when it was met; a notice that
// nothing planned begins with its draft.
func TestAWayBeginsWithItsPlan(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms().daily("2027-01-01")
		id := y.begin(y.Accountant, money("2026-10-01", "2026-12-31"), 0)
		due := y.dues(y.Committee, "finance")[0]
		head := y.site.LogIn("zhuren", y.Director)
		at := fmt.Sprintf("/desk/disclosure/%d", id)
		head.Get(at).Want(200, "计划：2026年第四季度财务收支", "应于2027年3月31日前公开，还有", catalogue.Href(due.ID))
		y.by(y.Accountant, hand(id))
		y.by(y.Watch, examine(id, Check{Agree: true, Note: "账证相符"}))
		y.by(y.Secretary, decide(id, Approve{Agree: true}))
		y.by(y.Director, release(id))
		head.Get(at).Want(200, "计划：2026年第四季度财务收支", "已按时公布", catalogue.Href(due.ID))
		again := y.begin(y.Accountant, money("2026-01-01", "2026-03-31"), 0)
		head.Get(fmt.Sprintf("/desk/disclosure/%d", again)).Want(200, "办理进度").Not("计划：")
	})
}
