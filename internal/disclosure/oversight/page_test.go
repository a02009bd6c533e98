package oversight

import (
	"net/http"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
)

func TestAVillagerAsksAndIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		v, n := y.site.LogIn("villager", y.villager), itoa(y.notice)
		guest := y.site.Visit()
		guest.Get("/n/"+n).Want(http.StatusOK, "村民询问", "还没有人提问", "第 2 行　修路 128.00 元")
		guest.Get("/n/"+n+"/ask?line=2").Want(http.StatusOK, "登录提问", "代为登记")
		v.Get("/n/"+n+"/ask?line=2").Want(http.StatusSeeOther, "/me/questions/new?notice="+n+"&line=2")
		v.Get("/me/questions").Want(http.StatusOK, "您还没有提过问题")
		v.Get("/me/questions/new?notice="+n+"&line=2").Want(http.StatusOK, "修路 128.00 元", "只给我看")
		v.Post("/me/questions/new", "notice", n, "line", "2", "private", "no").Want(http.StatusUnprocessableEntity, "必须填写", "修路 128.00 元")
		v.Post("/me/questions/new", "notice", n, "line", "9", "text", "为什么", "private", "no").Want(http.StatusUnprocessableEntity, "只有 3 行", "为什么")
		v.Post("/me/questions/new", "notice", "99999", "text", "为什么", "private", "no").Want(http.StatusUnprocessableEntity, "没有找到这张公示")
		v.Post("/me/questions/new", "notice", n, "text", strings.Repeat("长", longest+1), "private", "no").Want(http.StatusUnprocessableEntity, "最多 1000 个字")
		key := "AAAAAAAAAAAAAAAAAAAAAA"
		first := v.PostKey(key, "/me/questions/new", "notice", n, "line", "2", "text", "为什么要128元", "private", "no").Want(http.StatusSeeOther, "/me/questions/").Where()
		if again := v.PostKey(key, "/me/questions/new", "notice", n, "line", "2", "text", "为什么要128元", "private", "no").Where(); again != first {
			t.Errorf("a second submit led to %s, the first to %s", again, first)
		}
		v.Get(first).Want(http.StatusOK, "为什么要128元", "最迟2026年12月8日答复", "当日不计")
		guest.Get("/n/"+n).Want(http.StatusOK, "1 个", "今天提出，还没有答复").Not("为什么要128元")
		y.site.LogIn("neighbour", y.neighbour).Get(first).Want(http.StatusNotFound)

		page := strings.Replace(first, "/me/", "/desk/oversight/", 1)
		director := y.site.LogIn("director", y.Director)
		director.Get("/desk/oversight").Want(http.StatusOK, "第 2 行", "还有 15 天")
		show := director.Get(page).Want(http.StatusOK, "为什么要128元", "答复并公开").Not("顾长根")
		director.Post(page+"/answer", "reply", "有合同").Want(http.StatusBadRequest)
		director.Post(page+"/answer", "seen", show.Hidden("seen"), "reply", " ").Want(http.StatusUnprocessableEntity, "必须填写")
		director.Post(page+"/answer", "seen", show.Hidden("seen"), "reply", "找13812345678").Want(http.StatusUnprocessableEntity, "手机", "找13812345678")
		y.site.LogIn("stranger", y.otherClerk).Post(page+"/answer", "seen", show.Hidden("seen"), "reply", "有合同").Want(http.StatusForbidden)
		y.site.LogIn("watch", y.Watch).Post(page+"/answer", "seen", show.Hidden("seen"), "reply", "有合同").Want(http.StatusForbidden)
		director.Post(page+"/answer", "seen", show.Hidden("seen"), "reply", "有合同，见凭证12号").Want(http.StatusSeeOther, page)
		director.Post(page+"/answer", "seen", show.Hidden("seen"), "reply", "再答").Want(http.StatusConflict, "现在不能办")
		guest.Get("/n/"+n).Want(http.StatusOK, "为什么要128元", "有合同，见凭证12号", "封存在总账第")
		director.Get(page+"/print").Want(http.StatusOK, "询问答复单", "有合同，见凭证12号")
		v.Get(first).Want(http.StatusOK, "有合同，见凭证12号", "对答复不满意")
		v.Post(first+"/doubt").Want(http.StatusUnprocessableEntity, "必须填写")
		v.Post(first+"/doubt", "text", "合同没贴").Want(http.StatusSeeOther, first)
		v.Get(first).Want(http.StatusOK, "已转监督委员会")
		v.Post(first+"/doubt", "text", "再说").Want(http.StatusUnprocessableEntity, "表示过不满意")
		guest.Get("/n/"+n).Want(http.StatusOK, "提问人不满意").Not("合同没贴")
	})
}

func TestWhatASiteMapOfTheDeskShows(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		n := itoa(y.notice)
		clerk, watch, leader := y.site.LogIn("clerk", y.Clerk), y.site.LogIn("watch", y.Watch), y.site.LogIn("leader", y.leader)
		clerk.Get("/desk/oversight/questions/new?notice="+n+"&q=顾").Want(http.StatusOK, "顾长根", "person="+itoa(y.villager))
		clerk.Post("/desk/oversight/questions/new", "notice", n, "text", "垃圾清运费怎么收", "private", "no", "channel", "phone", "name", "过路人", "phone", "13912345678", "reply", "按户").
			Want(http.StatusUnprocessableEntity, "不能答复")
		made := clerk.Post("/desk/oversight/questions/new", "notice", n, "text", "垃圾清运费怎么收", "private", "no", "channel", "phone", "name", "过路人", "phone", "13912345678").Want(http.StatusSeeOther).Where()
		clerk.Get(made).Want(http.StatusOK, "电话", "看是谁提出的").Not("过路人", "13912345678")
		clerk.Post(made+"/who").Want(http.StatusUnprocessableEntity, "必须填写")
		clerk.Post(made+"/who", "reason", "打电话答复").Want(http.StatusOK, "过路人", "13912345678")
		director := y.site.LogIn("director", y.Director)
		spot := director.Post("/desk/oversight/questions/new", "unit", itoa(y.Committee), "title", "三季度财务", "text", "什么时候公布", "private", "no", "channel", "visit",
			"name", "某人", "reply", "本周五公布").Want(http.StatusSeeOther).Where()
		director.Get(spot).Want(http.StatusOK, "本周五公布", "登记不满意")
		director.Get("/desk/oversight/questions/new?person=" + itoa(y.villager)).Want(http.StatusForbidden).Not("顾长根") // he lives nowhere in this village's register
		clerk.Get("/desk/oversight/questions/new?person="+itoa(y.villager)).Want(http.StatusOK, "顾长根")
		clerk.Post("/desk/oversight/questions/new", "unit", itoa(y.Committee), "title", "路灯", "text", "什么时候修", "private", "no", "channel", "visit", "person", "99999").Want(http.StatusUnprocessableEntity, "没有这个人员")
		clerk.Post("/desk/oversight/questions/new", "unit", itoa(y.Committee), "title", "路灯", "text", "什么时候修", "private", "no", "channel", "visit", "person", itoa(y.villager)).Want(http.StatusSeeOther)
		clerk.Get("/desk/oversight/export").Want(http.StatusOK)
		director.Get("/desk/oversight?state=closed&q=三季度").Want(http.StatusOK, "三季度财务", "1 件")

		watch.Post("/desk/oversight/findings/new", "notice", n).Want(http.StatusUnprocessableEntity, "必须填写")
		director.Get("/desk/oversight/findings/new").Want(http.StatusForbidden)
		f := watch.Post("/desk/oversight/findings/new", "notice", n, "text", "第3行没有凭证").Want(http.StatusSeeOther).Where()
		show := director.Get(f).Want(http.StatusOK, "第3行没有凭证", "提交回应")
		director.Post(f+"/respond", "seen", show.Hidden("seen"), "text", "补上了").Want(http.StatusSeeOther)
		show = watch.Get(f).Want(http.StatusOK, "补上了")
		watch.Post(f+"/settle", "seen", show.Hidden("seen"), "result", "done").Want(http.StatusUnprocessableEntity)
		watch.Post(f+"/settle", "seen", show.Hidden("seen"), "result", "done", "text", "凭证已补").Want(http.StatusSeeOther)
		show = watch.Get(f).Want(http.StatusOK, "要不要公开")
		watch.Post(f+"/summary", "seen", show.Hidden("seen"), "summary", "第3行补了凭证。").Want(http.StatusSeeOther)
		y.site.Visit().Get("/n/"+n).Want(http.StatusOK, "第3行补了凭证。")

		clerk.Get("/desk/oversight/audits/new?unit="+itoa(y.Committee)).Want(http.StatusOK, "签名人数")
		clerk.Post("/desk/oversight/audits/new", "unit", itoa(y.Committee), "title", "道路", "text", "发包", "signers", "villagers", "asked", "10", "all", "1000", "handed", "2026-11-20").
			Want(http.StatusUnprocessableEntity, "五分之一", "DS-11-asked")
		a := clerk.Post("/desk/oversight/audits/new", "unit", itoa(y.Committee), "title", "道路", "text", "发包", "signers", "villagers", "asked", "200", "all", "1000", "handed", "2026-11-20").Want(http.StatusSeeOther).Where()
		show = leader.Get(a).Want(http.StatusOK, "200 人", "受理，安排审计")
		leader.Post(a+"/accept", "seen", show.Hidden("seen"), "agree", "yes", "text", "核对过").Want(http.StatusSeeOther)
		show = leader.Get(a)
		leader.Post(a+"/arrange", "seen", show.Hidden("seen"), "auditor", "区审计局", "begin", "2026-11-23").Want(http.StatusSeeOther)
		show = leader.Get(a)
		leader.Post(a+"/report", "seen", show.Hidden("seen"), "number", "〔2026〕3号", "on", "2026-11-23", "text", "没有问题").Want(http.StatusSeeOther)
		show = leader.Get(a)
		leader.Post(a+"/publish", "seen", show.Hidden("seen"), "notice", "3").Want(http.StatusUnprocessableEntity, "不是这个单位已经公布的公示")
		leader.Post(a+"/publish", "seen", show.Hidden("seen"), "notice", n).Want(http.StatusSeeOther)
	})
}

// secrets are what no page of the board and no public act may hold.
var secrets = []string{"顾长根", "13812345678", "我家补贴的私事", "过路人", "13912345678", "只说给街道听的话", "只答复本人的话"}

func TestNothingPrivateReachesTheBoardOrTheLog(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		n := itoa(y.notice)
		v, clerk, director := y.site.LogIn("villager", y.villager), y.site.LogIn("clerk", y.Clerk), y.site.LogIn("director", y.Director)
		answer := func(me, text string) {
			page := strings.Replace(me, "/me/", "/desk/oversight/", 1)
			show := director.Get(page)
			director.Post(page+"/answer", "seen", show.Hidden("seen"), "reply", text).Want(http.StatusSeeOther)
		}
		answer(v.Post("/me/questions/new", "notice", n, "line", "1", "text", "我是顾长根", "private", "no").Want(http.StatusSeeOther).Where(), "顾长根您好，已核对。")
		answer(v.Post("/me/questions/new", "notice", n, "text", "我家补贴的私事", "private", "yes").Want(http.StatusSeeOther).Where(), "只答复本人的话")
		clerk.Post("/desk/oversight/questions/new", "notice", n, "text", "怎么收", "private", "no", "channel", "phone", "name", "过路人", "phone", "13912345678").Want(http.StatusSeeOther)
		complaint := v.Post("/me/complaints/new", "unit", itoa(y.Committee), "title", "只说给街道听的话", "text", "只说给街道听的话").Want(http.StatusSeeOther).Where()
		v.Get(complaint).Want(http.StatusOK, "只说给街道听的话")

		guest := y.site.Visit()
		for _, path := range []string{"/", "/n/" + n, "/n/" + n + "/ask", "/n/" + n + "/verify", "/v/" + itoa(y.Village), "/v/" + itoa(y.Village) + "/asked", "/?q=只说给街道听的话"} {
			page := guest.Get(path).Want(http.StatusOK)
			body := strings.ReplaceAll(page.Body.String(), `value="只说给街道听的话"`, "")
			body = strings.ReplaceAll(body, "查找“只说给街道听的话”", "")
			for _, s := range secrets {
				if strings.Contains(body, s) && !strings.HasPrefix(path, "/?q=") {
					t.Errorf("%s shows %q", path, s)
				}
			}
		}
		public := 0
		for i := range y.Size() {
			a, err := journal.Read(y.Ctx, y.DB, y.Code, i)
			if err != nil {
				t.Fatal(err)
			}
			served := guest.Get("/log/" + y.Code + "/act/" + itoa(i) + ".json")
			for _, s := range secrets {
				if strings.Contains(served.Body.String(), s) || y.J.Book().Public(a.Kind) && strings.Contains(string(a.Body), s) {
					t.Errorf("act %d (%s) shows %q", i, a.Kind, s)
				}
			}
			if a.Kind == KindReply.Name {
				public++
			}
			if shown := body.Raw(y.J.Book().Body(a.Kind), a.Body); strings.HasPrefix(a.Kind, "disclosure.") && (strings.Contains(shown, "asker") || strings.Contains(shown, "contact")) {
				t.Errorf("the page of act %d (%s) tells who asked: %s", i, a.Kind, shown)
			}
			if (a.Kind == KindComplain.Name || a.Kind == KindAsk.Name && strings.Contains(string(a.Body), `"self"`)) && a.By != (journal.By{}) {
				t.Errorf("act %d names who sent it: %+v", i, a.By)
			}
		}
		if public != 1 {
			t.Errorf("%d public replies", public)
		}
	})
}

func TestAVillageNeverSeesWhoComplains(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		v := y.site.LogIn("villager", y.villager)
		me := v.Post("/me/complaints/new", "notice", itoa(y.notice), "text", "第2行是假的").Want(http.StatusSeeOther).Where()
		id := strings.TrimPrefix(me, "/me/complaints/")
		page := "/desk/oversight/complaints/" + id
		street := y.site.LogIn("discipline", y.discipline)
		village := map[string]int64{"director": y.Director, "secretary": y.Secretary, "watch": y.Watch, "accountant": y.Accountant, "other": y.otherClerk}
		for login, person := range village {
			b := y.site.LogIn(login, person)
			b.Get(page).Want(http.StatusForbidden)
			b.Get(page + "/who").Want(http.StatusForbidden)
			b.Get("/desk/oversight?sort=complaint").Want(http.StatusForbidden).Not("第2行是假的")
			b.Get("/desk/oversight/complaints/new").Want(http.StatusForbidden)
			b.Post(page+"/check", "seen", id, "found", "no", "text", "没有").Want(http.StatusForbidden)
		}
		// The clerk who enters callers' complaints does not read them afterwards.
		y.site.LogIn("clerk", y.Clerk).Get(page).Want(http.StatusForbidden)
		show := street.Get(page).Want(http.StatusOK, "第2行是假的").Not("顾长根")
		street.Get("/desk/oversight?sort=complaint").Want(http.StatusOK, "1 件")
		street.Post(page+"/check", "seen", show.Hidden("seen"), "found", "yes", "text", "凭证对不上").Want(http.StatusSeeOther)
		show = street.Get(page)
		where := street.Post(page+"/order", "seen", show.Hidden("seen"), "text", "核对后更正", "due", "2026-12-03").Want(http.StatusSeeOther).Where()
		if where != page {
			t.Errorf("led to %s", where)
		}
		director := y.site.Visit()
		director.Post("/login", "login", "director", "password", "Qx7-mountain")
		orders := director.Get("/desk/oversight?sort=order").Want(http.StatusOK, "《文峰村2026年10月财务收支公开表》").Not("第2行是假的", "顾长根")
		_, rest, _ := strings.Cut(orders.Body.String(), "/desk/oversight/orders/")
		order, _, _ := strings.Cut(rest, `"`)
		show = director.Get("/desk/oversight/orders/"+order).Want(http.StatusOK, "核对后更正").Not("第2行是假的", "顾长根", "有关的反映")
		director.Post("/desk/oversight/orders/"+order+"/carry", "seen", show.Hidden("seen"), "text", "已更正").Want(http.StatusSeeOther)
		show = street.Get("/desk/oversight/orders/"+order).Want(http.StatusOK, "有关的反映")
		street.Post("/desk/oversight/orders/"+order+"/confirm", "seen", show.Hidden("seen"), "agree", "yes", "text", "看过了").Want(http.StatusSeeOther)
		show = street.Get(page).Want(http.StatusOK, "答复反映人")
		street.Post(page+"/tell", "seen", show.Hidden("seen"), "text", "已责令更正").Want(http.StatusSeeOther)
		v.Get(me).Want(http.StatusOK, "已责令更正")
		street.Get(page+"/who").Want(http.StatusOK, "查看原因")
		street.Post(page+"/who", "reason", "打电话").Want(http.StatusOK, "顾长根")
		views, err := y.site.House.Views.Of(y.Ctx, y.DB, y.villager, access.Before{}, 10)
		if err != nil || len(views) != 0 {
			t.Errorf("the view log ties the complainant to it: %+v %v", views, err)
		}
	})
}

// Nobody handles a complaint of his own.
func TestNobodyHandlesHisOwnComplaint(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		d := y.site.LogIn("discipline", y.discipline)
		me := d.Post("/me/complaints/new", "notice", itoa(y.notice), "text", "不对").Want(http.StatusSeeOther).Where()
		d.Get(strings.Replace(me, "/me/", "/desk/oversight/", 1)).Want(http.StatusForbidden)
		y.site.LogIn("leader", y.leader).Get(strings.Replace(me, "/me/", "/desk/oversight/", 1)).Want(http.StatusOK)
	})
}
