package org_test

import (
	"fmt"
	"strings"
	"testing"

	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/org"
)

func TestEstablishForm(t *testing.T) {
	open(t, func(o *office) {
		good := []string{"kind", "party-branch", "name", "中共文峰街道农贸市场支部委员会", "short", "农贸市场党支部", "parent-party", fmt.Sprint(o.General), "effective", "2026.11.2"}
		for name, c := range map[string]struct {
			change []string
			says   string
		}{
			"nothing filled":         {[]string{"kind", "", "name", "", "parent-party", "", "effective", ""}, "有 4 处填写有误"},
			"a kind that is not":     {[]string{"kind", "club"}, "请从列出的选项中选择"},
			"a date that is not":     {[]string{"effective", "2026-02-30"}, "设立日期"},
			"a village as superior":  {[]string{"parent-party", fmt.Sprint(o.Village)}, "请从列出的选项中选择"},
			"a name twice":           {[]string{"name", "中共文峰街道文峰村第一支部委员会"}, "已有名为"},
			"before its superior":    {[]string{"effective", "2001-01-01"}, "没有第"},
			"a wrong code":           {[]string{"kind", "village", "code", "32100200399", "parent-party", "", "parent-area", fmt.Sprint(o.Street)}, "代码“32100200399”"},
			"a telephone that is no": {[]string{"contact", "一二三"}, "办公电话"},
			"more full than all":     {[]string{"members", "3", "full", "5"}, "正式党员不能多于党员总数"},
			"a number that is none":  {[]string{"members", "三"}, "党员人数"},
		} {
			size := o.Size()
			o.refused(o.clerk.Post("/desk/org/new", with(good, c.change)...), size, 422, c.says)
			if t.Failed() {
				t.Fatal(name)
			}
		}
		// Too few members only warns until the town adopts the rule: the clerk reads it before anything is recorded, the act keeps
		// it with the answer, and the page shows it.
		small := append(good, "members", "2", "full", "2", "committee", "0", "deputies", "0")
		size := o.Size()
		o.refused(o.clerk.Post("/desk/org/new", small...), size, 422, "还没有记录：有 1 条提醒", "正式党员2人", "PO-01", "农贸市场党支部")
		o.clerk.PostHeard("/desk/org/new", "年内再发展一名", []string{"PO-01"}, small...).Want(303, at(o.last(), ""))
		if a, err := journal.Read(o.Ctx, o.DB, o.Code, o.last()); err != nil || a.Answer != "年内再发展一名" || len(a.Verdicts) == 0 {
			t.Errorf("the act keeps %q and %+v, %v", a.Answer, a.Verdicts, err)
		}
		o.clerk.Get(at(o.last(), "")).Want(200, "农贸市场党支部", "设立时的法规审核", "正式党员2人", "已设立")
		o.clerk.Get("/desk/org?asof=2026-11-01").Want(200, "当时还没有，2026年11月2日设立")
		// Adopted, it refuses and names the article.
		o.clerk.Post("/desk/settings/new", "key", "adopt.PO-01", "value", "是", "level", "town", "from", "2026-01-01", "citation", "街道党工委会议纪要〔2026〕3号").Want(303, "/desk/settings")
		size = o.Size()
		o.refused(o.clerk.Post("/desk/org/new", with(good, []string{"name", "中共文峰街道花卉市场支部委员会", "members", "2", "full", "2"})...), size, 422,
			"与邻近单位成立联合党支部", "《中国共产党支部工作条例（试行）》", "PO-01", "花卉市场")
	})
}

// with replaces and adds pairs.
func with(pairs, change []string) []string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	for i := 0; i < len(change); i += 2 {
		m[change[i]] = change[i+1]
	}
	var out []string
	for k, v := range m {
		out = append(out, k, v)
	}
	return out
}

func TestRenameForm(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.Second, "/rename")
		seen := o.clerk.Get(path).Want(200, "文峰村第二党支部").Hidden("seen")
		size := o.Size()
		o.refused(o.clerk.Post(path, "seen", seen, "name", "", "effective", "昨天"), size, 422, "有 2 处填写有误", `value="昨天"`)
		o.refused(o.clerk.Post(path, "seen", seen, "name", "中共文峰街道文峰村第一支部委员会", "effective", "2026-11-01"), size, 422, "已有名为")
		o.refused(o.clerk.Post(path, "seen", seen, "name", "一/二", "effective", "2026-11-01"), size, 422, "不合要求")
		o.refused(o.clerk.Post(path, "name", "新名", "effective", "2026-11-01"), size, 400)
		o.refused(o.clerk.Post(path, "seen", seen, "name", "中共文峰街道文峰村第二支部委员会", "short", "文峰村第二党支部", "effective", "2026-11-01"), size, 422, "名称没有变化")
		// The same form twice is one act.
		key := "AAAAAAAAAAAAAAAAAAAAAA"
		form := []string{"seen", seen, "name", "文峰村商会党支部", "short", "商会支部", "effective", "2026-11-01"}
		o.clerk.PostKey(key, path, form...).Want(303, at(o.Second, ""))
		o.clerk.PostKey(key, path, form...).Want(303, at(o.Second, ""))
		o.clerk.Get(at(o.Second, "")).Want(200, "没有重复办理", "商会支部")
		if n := o.Size(); n != size+1 {
			t.Errorf("%d acts for one form sent twice", n-size)
		}
		// Another clerk's form of before is a conflict: it shows what was done meanwhile, keeps what was typed, and goes on from there.
		p := o.clerk.Post(path, "seen", seen, "name", "文峰村个体党支部", "effective", "2026-11-02")
		o.refused(p, size+1, 409, "别人刚刚办理的", "组织更名", "文峰村个体党支部")
		o.clerk.Post(path, "seen", p.Hidden("seen"), "name", "文峰村个体党支部", "effective", "2026-11-02").Want(303, at(o.Second, ""))
	})
}

func TestAttachForm(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.Second, "/attach")
		p := o.clerk.Get(path).Want(200, "退出党组织线", "文峰街道党工委")
		seen, size := p.Hidden("seen"), o.Size()
		o.refused(o.clerk.Post(path, "seen", seen), size, 422, "有 2 处填写有误")
		o.refused(o.clerk.Post(path, "seen", fmt.Sprint(size), "parent", fmt.Sprintf("party/%d", o.Working), "effective", "2026-11-01"), size, 400, "表单不完整")
		o.refused(o.clerk.Post(path, "seen", "4611686018427387904", "parent", fmt.Sprintf("party/%d", o.Working), "effective", "2026-11-01"), size, 400, "表单不完整")
		o.refused(o.clerk.Post(path, "seen", seen, "parent", fmt.Sprintf("party/%d", o.Village), "effective", "2026-11-01"), size, 422, "请从列出的选项中选择")
		o.refused(o.clerk.Post(path, "seen", seen, "parent", fmt.Sprintf("party/%d", o.Second), "effective", "2026-11-01"), size, 422, "请从列出的选项中选择")
		o.refused(o.clerk.Post(path, "seen", seen, "parent", fmt.Sprintf("party/%d", o.General), "effective", "2026-11-01"), size, 422, "隶属关系没有变化")
		o.refused(o.clerk.Post(at(o.General, "/attach"), "seen", o.seen(o.General), "parent", fmt.Sprintf("party/%d", o.First), "effective", "2026-11-01"), size, 422, "成为自己的上级")
		// What moves with it, and whose power ends, is read first.
		joined := o.Member(o.Person("郭晨", "女", "1985-09-08"), o.Second, "2019-07-01", "2026-01-05")
		seen, size = o.seen(o.Second), o.Size()
		leaves := []string{"seen", seen, "parent", "party/-1", "effective", "2026-11-01"}
		o.refused(o.clerk.Post(path, leaves...), size, 422, "IC-06", "有1名党员", "先转接党员，再撤销组织")
		o.clerk.PostHeard(path, "党工委会议纪要第12号", []string{"IC-06", "1名党员", "补记", "不再有职权管它的：", "党总支书记"},
			"seen", seen, "parent", fmt.Sprintf("party/%d", o.Working), "effective", "2026-11-01").Want(303, at(o.Second, ""))
		if full, _, err := member.Count(o.Ctx, o.DB, o.Code, o.General, "2026-11-20"); err != nil || full != 1 {
			t.Errorf("the general branch counts %d, %v", full, err)
		}
		o.Must(act(member.Depart, joined, member.Leave{How: member.Died}, "2026-11-20"))
		o.clerk.Get(at(o.Second, "")).Want(200, "党组织线改属“文峰街道党工委”", "2003年6月18日至2026年10月31日")
		o.clerk.Get("/desk/org?asof=2026-10-01").Want(200, "现隶属“文峰街道党工委”，当时隶属“文峰村党总支”")
	})
}

func TestDissolveForm(t *testing.T) {
	open(t, func(o *office) {
		size := o.Size()
		// What still hangs on it is in the way; the refusal leads to the act.
		path := at(o.General, "/dissolve")
		o.clerk.Get(path).Want(200, "2 个下级组织、1 项任职")
		o.refused(o.clerk.Post(path, "seen", o.seen(o.General), "reason", "合并", "effective", "2026-11-01"), size, 422, "没有撤销", "挡在前面的事项", "/desk/acts/")
		// A member on the roster is in the way too, though no unit or office is.
		o.refused(o.clerk.Post(at(o.First, "/dissolve"), "seen", o.seen(o.First), "reason", "合并", "effective", "2026-11-01"), size, 422, "挡在前面的事项")
		path = at(o.Second, "/dissolve")
		seen := o.seen(o.Second)
		o.refused(o.clerk.Post(path, "seen", seen, "reason", "", "effective", ""), size, 422, "有 2 处填写有误")
		o.refused(o.clerk.Post(path, "seen", seen, "reason", "合并", "effective", "2003-06-18"), size, 422, "应晚于设立日期")
		o.clerk.Post(path, "seen", seen, "reason", "并入第一党支部", "effective", "2026-11-01").Want(303, at(o.Second, ""))
		o.clerk.Get(at(o.Second, "")).Want(200, "它已于2026年11月1日撤销", "并入第一党支部").Not("/rename", "/appoint")
		o.clerk.Get(at(o.Second, "?asof=2026-10-31")).Want(200).Not("已撤销。")
		o.clerk.Get("/desk/org?asof=2026-10-31").Want(200, "文峰村第二党支部（已撤销）", "已于2026年11月1日撤销")
		for _, form := range []string{"/rename", "/attach", "/dissolve", "/appoint"} {
			o.clerk.Get(at(o.Second, form)).Want(409, "已于2026年11月1日撤销")
		}
		o.nothing.Get(at(o.Second, "")).Want(403)
	})
}

func TestAppointAndLeave(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.Committee, "/appoint")
		o.clerk.Get(path+"?q=王建国").Want(200, "找到的人", fmt.Sprintf("/appoint?person=%d", o.Secretary))
		o.clerk.Get(path+"?q=查无此人").Want(200, "没有找到")
		o.clerk.Get(path+"?person=999999").Want(404, "没有这个人员")
		o.clerk.Get(path + fmt.Sprintf("?person=%d", o.Village)).Want(404)
		o.clerk.Get(path+fmt.Sprintf("?person=%d", o.Secretary)).Want(200, "王建国", "村（居）民委员会委员").Not("党支部书记</option>", "系统管理员")
		o.clerk.Get(path + fmt.Sprintf("?person=%d", o.Clerk)).Want(403) // nobody appoints himself
		size := o.Size()
		who := fmt.Sprint(o.Secretary)
		o.refused(o.clerk.Post(path, "role", "committee-member", "effective", "2026-11-01"), size, 400)
		o.refused(o.clerk.Post(path, "person", who), size, 422, "有 2 处填写有误", "王建国")
		o.refused(o.clerk.Post(path, "person", who, "role", "branch-secretary", "effective", "2026-11-01"), size, 422, "请从列出的选项中选择")
		o.refused(o.clerk.Post(path, "person", who, "role", "committee-member", "effective", "2026-11-01", "until", "2026-10-01"), size, 422, "应不早于任职日期")
		o.refused(o.clerk.Post(path, "person", fmt.Sprint(o.Clerk), "role", "committee-member", "effective", "2026-11-01"), size, 403)
		o.refused(o.clerk.Post(path, "person", who, "role", "village-director", "effective", "2026-11-01"), size, 422, "已有人担任", "挡在前面的事项")
		// The head of supervision cannot sit in the committee: the article is named.
		o.refused(o.clerk.Post(path, "person", fmt.Sprint(o.Watch), "role", "committee-member", "effective", "2026-11-01"), size, 422,
			"法规审核", "《村民委员会组织法》第三十七条", "不得担任村（居）务监督委员会成员")
		o.clerk.Post(path, "person", who, "role", "committee-member", "title", "市场委员", "duty", "负责农贸市场管理", "effective", "2026-11-01", "until", "2029-12-20").Want(303, at(o.Committee, ""))
		id := o.last()
		o.clerk.Get(at(o.Committee, "")).Want(200, "市场委员", "负责农贸市场管理", "任期至2029年12月20日", fmt.Sprintf("/desk/offices/%d/leave", id))

		leave := fmt.Sprintf("/desk/offices/%d/leave", id)
		seen := o.clerk.Get(leave).Want(200, "王建国", "2026年11月1日任职").Hidden("seen")
		size = o.Size()
		o.village.Get(leave).Want(403)
		o.refused(o.village.Post(leave, "seen", seen, "reason", "辞职", "effective", "2026-11-20"), size, 403)
		o.refused(o.clerk.Post(leave, "seen", seen), size, 422, "有 2 处填写有误")
		o.refused(o.clerk.Post(leave, "seen", seen, "reason", "辞职", "effective", "2026-11-01"), size, 422, "应晚于任职日期")
		o.clerk.Post(leave, "seen", seen, "reason", "辞职", "effective", "2026-11-20").Want(303, at(o.Committee, ""))
		o.clerk.Get(at(o.Committee, "")).Want(200, "历任", "市场委员", "2026-11-20")
		o.clerk.Get(leave).Want(409, "已于2026年11月20日结束")
	})
}

// Children and the dead hold no office; a code of another town is asked about.
func TestWhoCanHoldAnOffice(t *testing.T) {
	open(t, func(o *office) {
		child := o.Person("王小明", "男", "2010-05-05")
		size := o.Size()
		path := at(o.Second, "/appoint")
		o.refused(o.clerk.Post(path, "person", fmt.Sprint(child), "role", "branch-member", "effective", "2026-11-01"), size, 422, "IC-07", "未满十八周岁")
		dead := o.Person("周老", "男", "1940-01-01")
		m := o.Member(dead, o.Second, "1970-07-01", "2026-01-05")
		o.Must(act(member.Depart, m, member.Leave{How: member.Died}, "2026-10-01"))
		size = o.Size()
		o.refused(o.clerk.Post(path, "person", fmt.Sprint(dead), "role", "branch-member", "effective", "2026-11-01"), size, 422, "IC-07", "2026年10月1日去世")
		o.clerk.Post(path, "person", fmt.Sprint(dead), "role", "branch-member", "effective", "2026-02-01", "until", "2026-08-01").Want(303, at(o.Second, ""))

		village := []string{"kind", "village", "name", "别区村", "parent-area", fmt.Sprint(o.Street), "effective", "2026-11-02"}
		o.clerk.PostHeard("/desk/org/new", "区划刚调整", []string{"SE-18", "本街道（乡镇）是" + o.Code}, append(village, "code", "321012118204")...).Want(303)
		o.clerk.Post("/desk/org/new", "kind", "village", "name", "本区村", "parent-area", fmt.Sprint(o.Street), "effective", "2026-11-02", "code", o.Code+"204").Want(303)
	})
}

// What was reported or published under the old line changes only with a reason, and the reason stays in the act.
func TestAttachingWithEffectForThePast(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.Second, "/attach")
		o.Member(o.Person("郭晨", "女", "1985-09-08"), o.Second, "2019-07-01", "2024-01-05")
		form := []string{"seen", o.seen(o.Second), "parent", fmt.Sprintf("party/%d", o.Working), "effective", "2024-06-01"}
		size := o.Size()
		o.refused(o.clerk.Post(path, form...), size, 422, "没有写原因", "2024年年末", "2025年年末", "写明原因和依据")
		o.clerk.PostHeard(path, "", []string{"2024年年末"}, append(form, "reason", "党工委批复〔2024〕7号，当时漏记")...).Want(303, at(o.Second, ""))
		a, err := journal.Read(o.Ctx, o.DB, o.Code, o.last())
		if err != nil || !strings.Contains(string(a.Body), "当时漏记") || a.Verdicts[0].Rule != "IC-06" {
			t.Errorf("%s %+v, %v", a.Body, a.Verdicts, err)
		}
		// A body of one village put under another: its offices work there from now on.
		other := o.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: o.Street})
		o.Office(o.Committee, "committee-member", o.Person("周永", "男", "1980-01-01"), "2026-01-05")
		o.clerk.Post(at(o.Committee, "/attach"), "seen", o.seen(o.Committee), "parent", fmt.Sprintf("area/%d", other), "effective", "2026-11-23").
			Want(422, "任职人的职权随之到渡江村", "2项任职")
	})
}

// A Party secretary is judged by the day of full membership; the warning stays in the act.
func TestSecretarysPartyAge(t *testing.T) {
	open(t, func(o *office) {
		o.clerk.PostHeard(at(o.Second, "/appoint"), "", []string{"2026年6月1日转为正式党员", "PO-03"},
			"person", fmt.Sprint(o.Director), "role", "branch-secretary", "effective", "2026-11-01", "filed", "no").Want(303, at(o.Second, ""))
		a, err := journal.Read(o.Ctx, o.DB, o.Code, o.last())
		if err != nil || a.Kind != org.KindAppoint.Name || len(a.Verdicts) != 1 || a.Verdicts[0].Rule != "PO-03" || a.Answer != "知悉" {
			t.Errorf("%s %+v %q, %v", a.Kind, a.Verdicts, a.Answer, err)
		}
	})
}

func TestSettings(t *testing.T) {
	open(t, func(o *office) {
		o.clerk.Get("/desk/settings").Want(200, "公开内容张贴的最少天数", "15日", "不得低于15日", "《村民委员会组织法》第三十五条", "还没有登记本地规定")
		o.village.Get("/desk/settings").Want(200).Not("登记本地规定</span>")
		path := "/desk/settings/new"
		good := []string{"key", "disclosure.posting-days", "value", "20", "level", "city", "from", "2026-01-01", "citation", "扬府办发〔2026〕18号"}
		size := o.Size()
		for name, c := range map[string]struct {
			change []string
			says   string
		}{
			"nothing filled":          {[]string{"key", "", "value", "", "level", "", "from", "", "citation", ""}, "有 4 处填写有误"},
			"no such key":             {[]string{"key", "disclosure.nothing"}, "请从列出的选项中选择"},
			"looser than the law":     {[]string{"value", "10"}, "地方只能更严"},
			"out of range":            {[]string{"value", "1000"}, "365日"},
			"words for a number":      {[]string{"value", "很久"}, "定为"},
			"a number for yes or no":  {[]string{"key", "disclosure.monthly-money", "value", "2"}, "请填“是”或“否”"},
			"a unit without charter":  {[]string{"unit", fmt.Sprint(o.Village)}, "只有章程、村规才写所属单位"},
			"a charter without unit":  {[]string{"level", "charter"}, "所属单位"},
			"a charter of a branch":   {[]string{"level", "charter", "unit", fmt.Sprint(o.First)}, "请从列出的选项中选择"},
			"ends before it begins":   {[]string{"until", "2025-12-01"}, "失效日期晚于生效日期"},
			"no document":             {[]string{"citation", " "}, "依据"},
			"a date that is not":      {[]string{"from", "2026-13-01"}, "自哪一天起"},
			"looser, with the source": {[]string{"value", "14"}, "《村民委员会组织法》第三十五条"},
		} {
			p := o.clerk.Post(path, with(good, c.change)...)
			o.refused(p, size, 422, c.says)
			if t.Failed() {
				t.Fatal(name)
			}
		}
		o.clerk.Post(path, good...).Want(303, "/desk/settings")
		n := o.last()
		o.clerk.Get("/desk/settings").Want(200, "20日", "扬府办发〔2026〕18号", "陈晓梅 2026-11-23", fmt.Sprintf("/desk/acts/%d", n), "有效")
		o.clerk.Get("/desk/settings?asof=2025-12-31").Want(200, "自2026年1月1日起")
		o.clerk.Post(path, with(good, []string{"key", "disclosure.monthly-money", "value", "是", "level", "charter", "unit", fmt.Sprint(o.Village), "until", "2026-10-31"})...).Want(303, "/desk/settings")
		o.clerk.Get("/desk/settings").Want(200, "文峰村章程、村规", "已于2026年11月1日失效")
	})
}
