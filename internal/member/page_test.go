package member_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/web"
)

// town26 has three members in the first branch and one in the second, and a branch of another village.
type town26 struct {
	*site
	ids    []int64 // memberships
	other  int64   // a branch that the village's secretary has no power over
	beyond int64   // a membership there
}

func populated(s *site) *town26 {
	y := &town26{site: s}
	village := s.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: s.Street})
	general := s.Unit("party-general-branch", "中共文峰街道渡江村总支部委员会", "渡江村党总支", map[org.Line]int64{org.Party: s.Working, org.Area: village})
	y.other = s.Unit("party-branch", "中共文峰街道渡江村第一支部委员会", "渡江村第一党支部", map[org.Line]int64{org.Party: general})
	for i, n := range []string{"赵大江", "钱小河", "孙中湖", "李远洋"} {
		branch := s.First
		if i == 3 {
			branch = s.Second
		}
		y.ids = append(y.ids, s.Member(s.Person(n, "男", "1960-05-01"), branch, "1986-07-01", "2025-06-01"))
	}
	y.beyond = s.Member(s.Person("周对岸", "女", "1970-05-01"), y.other, "1996-07-01", "2025-06-01")
	return y
}

func eachTown(t *testing.T, f func(y *town26)) { eachSite(t, func(s *site) { f(populated(s)) }) }

func TestTheRegisterShowsTheSubtreeOfAnOffice(t *testing.T) {
	eachTown(t, func(y *town26) {
		clerk, secretary := y.logIn("clerk", y.Clerk), y.logIn("secretary", y.Secretary)
		clerk.get("/desk/members").want(200, "文峰街道党工委", "赵大江", "周对岸", "共 5 名党员", "321002********", "批量导入", "登记党员")
		secretary.get("/desk/members").want(200, "文峰村党总支", "赵大江", "李远洋", "共 4 名党员", "第一党支部").not("周对岸", "渡江村", "批量导入")
		secretary.get(fmt.Sprintf("/desk/members?unit=%d", y.other)).want(http.StatusForbidden, "可以办理的")
		secretary.get(fmt.Sprintf("/desk/members/%d", y.beyond)).want(http.StatusForbidden).not("周对岸")
		y.logIn("accountant", y.Accountant).get("/desk/members").want(http.StatusForbidden, "不能查看党员名册")

		clerk.get(fmt.Sprintf("/desk/members?unit=%d", y.Second)).want(200, "李远洋", "共 1 名党员").not("赵大江")
		clerk.get(fmt.Sprintf("/desk/members?unit=%d&branch=%d", y.General, y.Second)).want(200, "李远洋", "1 人").not("赵大江")
		clerk.get("/desk/members?q=赵大江").want(200, "赵大江").not("钱小河")
		clerk.get("/desk/members?q=查无此人").want(200, "没有符合条件的党员")
		clerk.get("/desk/members?category=probationary").want(200, "没有符合条件的党员")
		clerk.get("/desk/members?unit=99999").want(http.StatusForbidden)
		clerk.get("/desk/members?unit=x").want(http.StatusNotFound)
		clerk.get("/desk/members?after=%ff%00&category=x&branch=-4&asof=never").want(200, "赵大江")
		clerk.get("/desk/members/export?asof=never").want(http.StatusNotFound, "看不懂", "没有导出")
		clerk.get("/desk/members/export?asof=2199-01-01").want(http.StatusNotFound, "还没有到", "没有导出")
	})
}

func TestTheRegisterOfAPastDay(t *testing.T) {
	eachTown(t, func(y *town26) {
		y.as(y.Clerk, func(ctx context.Context, w *journal.Writer) error {
			_, err := member.Transfer(ctx, w, y.ids[0], member.Move{Branch: y.other}, "2026-03-01")
			return err
		})
		b := y.logIn("clerk", y.Clerk)
		first := fmt.Sprintf("/desk/members?unit=%d", y.First)
		b.get(first).want(200, "共 2 名党员").not("赵大江")
		b.get(first+"&asof=2026-02-28").want(200, "共 3 名党员", "赵大江", "正在查看")
		b.get(first+"&asof=2026-03-01").want(200, "共 2 名党员").not("赵大江")
		b.get(first+"&asof=2026-02-28&q=大江").want(200, "赵大江").not("钱小河")
		b.get(first+"&asof=2026-02-28&floating=1").want(200, "历史日期不列流动党员")
		b.get(first+"&asof=2000-01-01").want(http.StatusNotFound, "还没有党组织")
		b.get(first+"&asof=2024-01-01").want(200, "这一天还没有党员")
	})
}

func TestPagesOfTheRegisterFollowEachOther(t *testing.T) {
	eachSite(t, func(s *site) {
		for i := range 45 {
			s.Member(s.Person(fmt.Sprintf("张%c%c", '一'+rune(i%7), '丁'+rune(i)), "女", "1980-02-03"), s.First, "2005-07-01", "2025-06-01")
		}
		b := s.logIn("clerk", s.Clerk)
		for _, asof := range []string{"", "&asof=2026-01-01"} {
			seen, next, pages := map[string]bool{}, fmt.Sprintf("/desk/members?unit=%d%s", s.First, asof), 0
			for next != "" {
				a := b.get(next).want(200, "共 45 条")
				for _, part := range strings.Split(a.Body.String(), `<th class="" scope="row"><a href="/desk/members/`)[1:] {
					id, _, _ := strings.Cut(part, `"`)
					if seen[id] {
						t.Errorf("%s is on two pages", id)
					}
					seen[id] = true
				}
				pages++
				_, rest, more := strings.Cut(a.Body.String(), `rel="next"`)
				if next = ""; more && len(rest) > 0 {
					before := a.Body.String()[:strings.Index(a.Body.String(), `rel="next"`)]
					href := before[strings.LastIndex(before, `href="`)+6:]
					next = strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(href), `"`), "&amp;", "&")
				}
			}
			if len(seen) != 45 || pages != 3 {
				t.Errorf("%d members on %d pages%s", len(seen), pages, asof)
			}
		}
	})
}

func TestNoListShowsAPersonalNumber(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		for _, path := range []string{"/desk/members", "/desk/members?asof=2026-01-01", "/desk/members?q=大江", "/desk/members/print", fmt.Sprintf("/desk/members/%d", y.ids[0]),
			fmt.Sprintf("/desk/members/%d/change", y.ids[0]), "/desk/members/new", "/desk/members/import", "/desk/members/export"} {
			a := b.get(path).want(200)
			for _, s := range codes.FindPersonal(plain(a.Body.String())) {
				t.Errorf("%s shows a %s", path, s.Kind)
			}
		}
	})
}

func TestEveryLookIsNoted(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		b.get("/desk/members").want(200)
		path := fmt.Sprintf("/desk/members/%d", y.ids[0])
		b.get(path).want(200, "321002********", "谁看过").not("32100219600501")
		m, ok, err := stateOf(y.Town, y.ids[0])
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		reveal := fmt.Sprintf("/desk/people/%d/reveal", m.Person) // one page reveals, whoever leads to it
		b.get(path).want(200, reveal, "查看完整号码")
		b.get(reveal).want(200, "查看原因")
		b.post(reveal, "reason", " ").want(http.StatusUnprocessableEntity, "必须填写").not("32100219600501")
		b.post(reveal, "reason", "核对组织关系").want(200, "32100219600501", "现在显示的是完整号码")
		views, err := y.house.Views.By(y.Ctx, y.DB, y.Clerk, access.Before{}, 20)
		must(t, err)
		var acts []string
		for _, v := range views {
			acts = append(acts, fmt.Sprintf("%s %d %q", v.Act, v.Persons, v.Reason))
		}
		got := strings.Join(acts, "; ")
		if want := `people.reveal 1 "核对组织关系"`; !strings.Contains(got, want) || !strings.Contains(got, `member.read 5 ""`) || !strings.Contains(got, `member.read 1 ""`) {
			t.Errorf("view log: %s", got)
		}
		if n := strings.Count(got, "people.reveal"); n != 1 {
			t.Errorf("%d reveals noted", n)
		}
		y.logIn("watch", y.Watch).post(reveal, "reason", "看看").want(http.StatusForbidden)

		// A branch's secretary has the power through the branch where the person is a member, and over no other's.
		lead := y.Person("支书", "男", "1970-01-01")
		y.Office(y.First, "branch-secretary", lead, "2026-01-01")
		s := y.logIn("branch", lead)
		s.get(path).want(200, reveal)
		s.post(reveal, "reason", "核对组织关系").want(200, "32100219600501")
		views, err = y.house.Views.By(y.Ctx, y.DB, lead, access.Before{}, 20)
		must(t, err)
		if !slices.ContainsFunc(views, func(v access.View) bool {
			return v.Act == access.PeopleReveal && v.Subject == m.Person && v.Reason == "核对组织关系" && strings.Contains(v.Office, "支部")
		}) {
			t.Errorf("the secretary's look: %+v", views)
		}
		far, ok, err := stateOf(y.Town, y.beyond)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		s.post(fmt.Sprintf("/desk/people/%d/reveal", far.Person), "reason", "看看").want(http.StatusForbidden).not("周对岸")
	})
}

func TestAMemberOnAnyDayAndAsKnownThen(t *testing.T) {
	eachTown(t, func(y *town26) {
		id := y.ids[0]
		float := y.as(y.Clerk, func(ctx context.Context, w *journal.Writer) error {
			_, err := member.Travel(ctx, w, id, member.Float{Away: true, Place: "江苏省苏州市"}, "2026-02-01")
			return err
		})
		move := y.as(y.Clerk, func(ctx context.Context, w *journal.Writer) error {
			_, err := member.Transfer(ctx, w, id, member.Move{Branch: y.other}, "2026-03-01")
			return err
		})
		b := y.logIn("clerk", y.Clerk)
		path := fmt.Sprintf("/desk/members/%d", id)
		b.get(path).want(200, "渡江村第一党支部 · 正式党员 · 外出", "江苏省苏州市", fmt.Sprintf("第 %d 号", float), fmt.Sprintf("第 %d 号", move), "建账登记")
		b.get(path+"?asof=2026-02-15").want(200, "文峰村第一党支部 · 正式党员 · 外出", "正在查看")
		b.get(path+"?asof=2026-01-15").want(200, "文峰村第一党支部 · 正式党员 · 在册")
		b.get(path+"?asof=2020-01-01").want(200, "这时还没有此人的党籍记录")
		b.get(path+fmt.Sprintf("?known=%d", float)).want(200, "文峰村第一党支部 · 正式党员 · 外出", "只按第", "看全部记录").not("/move\"")
		b.get("/desk/members/999999").want(http.StatusNotFound)
		b.get("/desk/members/abc").want(http.StatusNotFound)
		b.get(fmt.Sprintf("/desk/members/%d", y.Clerk)).want(http.StatusNotFound) // a person is no membership
	})
}

func TestADeedOnAMember(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		path := fmt.Sprintf("/desk/members/%d", y.ids[0])
		bad := func(form, want string, pairs ...string) {
			t.Helper()
			seen := b.get(path + form).want(200).hidden("seen")
			b.post(path+form, append([]string{"seen", seen}, pairs...)...).want(http.StatusUnprocessableEntity, want)
		}
		bad("/move", "必须填写")
		bad("/move", "请从列出的选项中选择", "branch", fmt.Sprint(y.Village), "on", "2026-11-01")
		bad("/move", "不能晚于今天", "branch", fmt.Sprint(y.Second), "on", "2027-01-01")
		bad("/move", "2026-13-01", "branch", fmt.Sprint(y.Second), "on", "2026-13-01")
		bad("/leave", "转出的请填写接收的党组织", "how", string(member.Out), "on", "2026-11-01")
		bad("/leave", "出党的请写明决定和批准文件", "how", string(member.Left), "on", "2026-11-01")
		bad("/leave", "请从列出的选项中选择", "how", "world/moon", "on", "2026-11-01")
		bad("/float", "必须填写", "away", "away", "on", "2026-11-01")
		bad("/change", "没有任何改动", "on", "2026-11-01", "admitted", "1986-07-01", "full", "1987-07-01")
		bad("/change", "不能填写证件号码", "on", "2026-11-01", "admitted", "1986-07-01", "full", "1987-07-01", "r_post", "电话13912345678")
		bad("/change", "早于入党日期", "on", "2026-11-01", "admitted", "1986-07-01", "full", "1985-07-01")
		bad("/change", "PM-15", "on", "2026-11-01", "admitted", "1986-07-01", "full", "1987-06-30")
		b.get(path+"/full").want(http.StatusConflict, "已是正式党员")
		if a := b.post(path + "/move"); a.Code != http.StatusUnprocessableEntity {
			t.Errorf("an empty form answered %d", a.Code)
		}

		before := y.Size()
		seen := b.get(path + "/move").hidden("seen")
		key := (&web.Request{}).NewKey()
		form := []string{"seen", seen, "branch", fmt.Sprint(y.Second), "on", "2026-11-01", "reason", "搬家"}
		b.postKey(key, path+"/move", form...).want(http.StatusSeeOther, path)
		b.postKey(key, path+"/move", form...).want(http.StatusSeeOther, path) // pressed twice
		if got := y.Size() - before; got != 1 {
			t.Errorf("%d acts recorded by one form", got)
		}
		b.get(path).want(200, "已办理，总账第", "文峰村第二党支部")
		seen = b.get(path+"/float").want(200, "外出登记").hidden("seen")
		b.post(path+"/float", "seen", seen, "away", "away", "place", "上海市", "on", "2026-11-02").want(http.StatusSeeOther)
		seen = b.get(path+"/float").want(200, "返回登记").hidden("seen")
		b.post(path+"/float", "seen", seen, "away", "back", "on", "2026-11-03").want(http.StatusSeeOther)
		seen = b.get(path + "/change").hidden("seen")
		b.post(path+"/change", "seen", seen, "on", "2026-11-03", "admitted", "1986-07-01", "full", "1987-07-01", "r_post", "农机手").want(http.StatusSeeOther)
		b.get(path).want(200, "农机手")
		seen = b.get(path + "/leave").hidden("seen")
		b.post(path+"/leave", "seen", seen, "how", string(member.Out), "to", "扬州市邗江区委组织部", "on", "2026-11-20").want(http.StatusSeeOther)
		b.get(path).want(200, "组织关系转出", "更正信息").not("转接支部")
		b.get(path+"/move").want(http.StatusConflict, "不再在册")
		y.Sound()
	})
}

func TestAProbationaryMemberTurnsFull(t *testing.T) {
	eachTown(t, func(y *town26) {
		id := y.Must(enter(member.Enter{Person: y.Person("郑新苗", "女", "1999-01-02"), Branch: y.First, Category: member.Probationary, How: member.Admitted, Admitted: "2026-03-18"}, "2026-03-18"))
		path := fmt.Sprintf("/desk/members/%d", id)
		b := y.logIn("secretary", y.Secretary)
		seen := b.get(path+"/full").want(200, "预备期满一年").hidden("seen")
		b.post(path+"/full", "seen", seen, "on", "2026-11-20").want(http.StatusUnprocessableEntity, "必须填写")
		b.post(path+"/full", "seen", seen, "on", "2026-11-20", "basis", "支部大会").want(http.StatusUnprocessableEntity, "PM-15", "第七条", "不符合")
	})
}

func TestTwoClerksAtOneMember(t *testing.T) {
	eachTown(t, func(y *town26) {
		clerk, secretary := y.logIn("clerk", y.Clerk), y.logIn("secretary", y.Secretary)
		path := fmt.Sprintf("/desk/members/%d", y.ids[0])
		seen := clerk.get(path + "/change").hidden("seen")
		other := secretary.get(path + "/move").hidden("seen")
		secretary.post(path+"/move", "seen", other, "branch", fmt.Sprint(y.Second), "on", "2026-11-01").want(http.StatusSeeOther)

		form := []string{"on", "2026-11-03", "admitted", "1986-07-02", "full", "1987-07-02", "r_post", "农机手"}
		size := y.Size()
		a := clerk.post(path+"/change", append(form, "seen", seen)...).want(http.StatusConflict, "现在的", "您填的", "1986-07-02", "1986-07-01", "农机手", "组织关系转接", "再次提交")
		if y.Size() != size {
			t.Error("a conflict recorded something")
		}
		clerk.post(path+"/change", append(form, "seen", a.hidden("seen"))...).want(http.StatusSeeOther, path)
		clerk.get(path).want(200, "农机手", "文峰村第二党支部")
		y.Sound()
	})
}

func TestRegisteringOneMember(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		b.get(fmt.Sprintf("/desk/members/new?unit=%d", y.First)).want(200, "登记党员")
		id := membertestNumber("1999-03-05", "女", 77)
		good := map[string]string{"name": "吴新人", "idnumber": id, "branch": fmt.Sprint(y.First), "category": "probationary", "how": string(member.Admitted), "admitted": "2026-11-01", "on": "2026-11-01", "ethnicity": "汉族", "phone": "13912345678"}
		with := func(name, value string) []string {
			var pairs []string
			for k, v := range good {
				if k == name {
					v = value
				}
				pairs = append(pairs, k, v)
			}
			if _, ok := good[name]; !ok {
				pairs = append(pairs, name, value)
			}
			return pairs
		}
		size := y.Size()
		for _, c := range [][3]string{{"name", "", "必须填写"}, {"idnumber", id[:17] + "0", "校验位"}, {"idnumber", "321002990305123", "15位"}, {"birth", "1999-03-06", "不一致"},
			{"sex", "男", "不一致"}, {"phone", "12345", "field-error"}, {"branch", "", "必须填写"}, {"ethnicity", "火星族", "请从列出的选项中选择"}, {"category", "guest", "请从列出的选项中选择"},
			{"admitted", "2026-02-30", "field-error"}, {"on", "2027-01-01", "不能晚于今天"}, {"category", "full", "先为预备党员"}, {"full", "2026-11-10", "转正日期"}, {"admitted", "1998-01-01", "不晚于出生日期"}, {"how", string(member.In), "转出党组织"}} {
			b.post("/desk/members/new", with(c[0], c[1])...).want(http.StatusUnprocessableEntity, c[2], "吴新人"[:len(good["name"])*boolInt(c[0] != "name")])
		}
		if y.Size() != size {
			t.Error("a refused form recorded something")
		}
		b.post("/desk/members/new", with("branch", fmt.Sprint(y.Village))...).want(http.StatusUnprocessableEntity)
		y.logIn("secretary", y.Secretary).post("/desk/members/new", with("branch", fmt.Sprint(y.other))...).want(http.StatusForbidden)
		where := b.post("/desk/members/new", with("", "")...).want(http.StatusSeeOther, "/desk/members/").where()
		b.get(where).want(200, "吴新人", "预备党员", "321002********").not(id)
		b.post("/desk/members/new", with("", "")...).want(http.StatusUnprocessableEntity, "PM-20-one")
		b.post("/desk/members/new", with("name", "另一人")...).want(http.StatusUnprocessableEntity, "另一个姓名")
		y.Sound()
	})
}

// What the constitution of the time warns of is shown before the member is entered, with its article; so is it for a change.
func TestWarningsAboutAMemberAreReadFirst(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		pairs := []string{"name", "吴老", "idnumber", membertestNumber("1947-12-05", "男", 91), "branch", fmt.Sprint(y.First), "category", "full", "how", string(member.In),
			"admitted", "1965-07-01", "full", "1966-07-01", "from", "南京市", "on", "2026-11-01", "ethnicity", "汉族"}
		size := y.Size()
		asks := b.post("/desk/members/new", pairs...).want(http.StatusUnprocessableEntity, "有 1 条提醒", "PM-01", "时年17周岁", "《中国共产党章程》", "吴老", "看过了，照此办理")
		if y.Size() != size {
			t.Error("recorded before the warning was read")
		}
		where := b.post("/desk/members/new", append(pairs, "heard", asks.hidden("heard"), "answer", "档案如此")...).want(http.StatusSeeOther).where()
		size = y.Size()
		a, err := journal.Read(y.Ctx, y.DB, y.Code, size-1)
		must(t, err)
		if a.Answer != "档案如此" || len(a.Verdicts) != 1 {
			t.Errorf("the act keeps %q and %+v", a.Answer, a.Verdicts)
		}
		change := []string{"seen", fmt.Sprint(size - 1), "on", "2026-11-02", "admitted", "1965-07-01", "full", "1966-03-01"}
		asks = b.post(where+"/change", change...).want(http.StatusUnprocessableEntity, "有 2 条提醒", "PM-01", "PM-15")
		b.post(where+"/change", append(change, "heard", asks.hidden("heard"))...).want(http.StatusSeeOther)
		b.post(where+"/change", "seen", fmt.Sprint(y.Size()-1), "on", "2026-11-02", "admitted", "1965-07-01", "full", "1966-03-01", "r_party_age_offset", "-99").
			want(http.StatusUnprocessableEntity, "超出可能的范围").not("看过了")
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestMyOwnPage(t *testing.T) {
	eachTown(t, func(y *town26) {
		m, _, err := journal.StateOf[member.Member](y.Ctx, y.DB, y.J.Book(), y.Code, y.ids[0], journal.Now)
		must(t, err)
		clerk := y.logIn("clerk", y.Clerk)
		clerk.get(fmt.Sprintf("/desk/members/%d", y.ids[0])).want(200)
		b := y.logIn("zhao", m.Person)
		b.get("/me").want(200, "赵大江，您好", "正式党员", "文峰村第一党支部", "321002********", "谁看过我的信息", "文峰街道办事处", "陈晓梅", "信息有误怎么办").not("32100219600501")
		b.get("/desk/members").want(http.StatusForbidden)
		y.logIn("stranger", 0).get("/me").want(200, "还没有对应到登记的人员")
	})
}
