package oversight

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/desk/desktest"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// What an asker writes as title is as private as his question: it is public only as the answer has it.
func TestATitleIsPublicOnlyAsItWasAnswered(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		free := Ask{Unit: y.Committee, Title: "顾长根家的低保", Text: "为什么没有钱桂芳家的低保？", Asker: Asker{Channel: Self, Person: y.villager}}
		private := free
		private.Private = true
		id, alone := y.veiled(pose(free)), y.veiled(pose(private))
		path := "/v/" + itoa(y.Village) + "/asked"
		guest := y.site.Visit()
		guest.Get(path).Want(http.StatusOK, "关于文峰村村委会的询问").Not("顾长根", "低保")
		act := y.by(y.Director, give(id, "钱桂芳、顾长根两家都在公示里。", "钱桂芳"))
		y.by(y.Director, give(alone, "材料还缺一份。"))
		guest.Get(path).Want(http.StatusOK, "×××家的低保", "关于文峰村村委会的询问").Not("顾长根", "钱桂芳")
		b, ok, err := reply(y.Ctx, y.DB, y.Code, act)
		if err != nil || !ok || b.Title != "×××家的低保" || b.Answer != "×××、×××两家都在公示里。" {
			t.Errorf("%+v %v %v", b, ok, err)
		}
		doubt := y.veiled(object(id, "还是没有"))
		f, err := relatedTo(y.Ctx, y.DB, y.Code, SortFinding, id)
		if err != nil || strings.Contains(y.row(SortFinding, f).Title, "顾长根") {
			t.Errorf("the finding of act %d: %+v %v", doubt, y.row(SortFinding, f), err)
		}
		y.As(y.Clerk)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			list, err := Told(ctx, w, y.villager)
			if err == nil {
				_, err = w.Erase(ctx, journal.Erasure{Targets: list, Basis: "《个人信息保护法》第四十七条"})
			}
			return err
		})
		if r := y.row(SortQuestion, id); r.Title != gone {
			t.Errorf("after an erasure: %+v", r)
		}
	})
}

// A village's year is read in pages; what waits longest stands first.
func TestAVillagesQuestionsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		for i := range askedPageRows + 1 {
			a := y.ofVillager(fmt.Sprintf("第%d个问题？", i), false)
			a.Line = int64(i%3 + 1)
			id := y.veiled(pose(a))
			y.by(y.Director, give(id, fmt.Sprintf("第%d个答复。", i)))
		}
		path := "/v/" + itoa(y.Village) + "/asked"
		guest := y.site.Visit()
		guest.Get(path).Want(http.StatusOK, "第20个问题", "第1个答复", "《文峰村2026年10月财务收支公开表》", "修路 128.00 元", "后面的询问").Not("第0个问题")
		guest.Get(path+"?skip=20").Want(http.StatusOK, "第0个问题").Not("后面的询问", "第1个答复")
		guest.Get(path+"?skip=x").Want(http.StatusOK, "第20个问题")
	})
}

// What is covered in a notice goes from the public answers about it too; that it was asked and answered stays.
func TestWhatIsCoveredGoesFromAnswersToo(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(pose(y.ofVillager("为什么修路要这么多钱？", false)))
		quoting := y.by(y.Director, give(id, "有合同。"))
		other := y.veiled(pose(Ask{Unit: y.Committee, Notice: y.notice, Line: 3, Text: "环卫谁做？", Asker: Asker{Channel: Self, Person: y.villager}}))
		kept := y.by(y.Director, give(other, "三家比价。"))
		mark := disclosure.Mark{Path: "finance.lines.1.item", From: 0, To: 2}
		y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Propose(ctx, w, y.notice, disclosure.Proposal{Marks: []disclosure.Mark{mark}, Ground: "withdrawn", Reason: "本人要求"}, w.Today())
			return err
		})
		y.site.LogIn("secretary", y.Secretary).Get("/desk/disclosure/"+itoa(y.notice)+"/cover").Want(http.StatusOK, "内容会一并删除", "公开答复询问", "/desk/acts/"+itoa(quoting)).Not("/desk/acts/" + itoa(kept) + `"`)
		y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Conceal(ctx, w, y.notice, w.Today(), Covering)
			return err
		})
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, quoting); err != nil || !a.Erased {
			t.Errorf("the answer stands: %s %v", a.Body, err)
		}
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, kept); err != nil || a.Erased {
			t.Errorf("another answer is gone: %v", err)
		}
		y.site.Visit().Get("/n/"+itoa(y.notice)).Want(http.StatusOK, "内容随公示一同遮盖", "三家比价").Not("修路")
		if r := y.row(SortQuestion, id); r.Closed == "" || r.PublicAct != quoting {
			t.Errorf("%+v", r)
		}
	})
}

// When the days of a list of recipients are over, what was answered about it goes too where it names one of them.
func TestAnswersGoWithTheListThatTheyName(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		list := y.shown(disclosure.Content{Subject: "village", Title: "临时救助名单", Aid: &disclosure.Aid{Matter: "临时救助", Last: "2026-12-10",
			Rows: []disclosure.Recipient{{Name: "钱桂芳", Group: "一组", Amount: 500_00}, {Name: "孙来娣", Group: "二组", Amount: 300_00}}}})
		answered := func(text string) int64 {
			id := y.veiled(pose(Ask{Unit: y.Committee, Notice: list, Text: text, Asker: Asker{Channel: Self, Person: y.villager}}))
			return y.by(y.Director, give(id, "按办法评议的。"))
		}
		naming, general := answered("为什么有钱桂芳？"), answered("一共几户？")
		y.Set("2026-12-11")
		y.By = journal.By{System: true}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.CoverList(ctx, w, list, w.Today(), Covering)
			return err
		})
		for act, want := range map[int64]bool{naming: true, general: false} {
			if a, err := journal.Read(y.Ctx, y.DB, y.Code, act); err != nil || a.Erased != want {
				t.Errorf("answer %d: erased %v, %v", act, a.Erased, err)
			}
		}
		y.site.Visit().Get("/n/"+itoa(list)).Want(http.StatusOK, "内容随公示一同遮盖", "一共几户").Not("钱桂芳")
	})
}

// A title that is covered is covered wherever a case is about that notice: acts hold its number alone.
func TestACoveredTitleStaysInNoCase(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		question := y.veiled(pose(y.ofVillager("为什么？", false)))
		finding := y.by(y.Watch, found(Finding{Unit: y.Committee, Notice: y.notice, Title: "《文峰村2026年10月财务收支公开表》不清楚", Text: "凭证没有附上"}))
		complaint := y.veiled(lodge(Complain{Unit: y.Committee, Notice: y.notice, Text: "第2行不对", Asker: Asker{Channel: Self, Person: y.villager}}))
		y.by(y.discipline, textOf(complaint, KindExamine, Examine{Found: true, Text: "属实"}))
		var order int64
		y.by(y.discipline, func(ctx context.Context, w *journal.Writer) (err error) {
			order, err = Command(ctx, w, complaint, Order{Title: "文峰村2026年10月财务收支公开表", Text: "更正", Due: w.Today().AddDays(10)}, w.Today())
			return err
		})
		y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Propose(ctx, w, y.notice, disclosure.Proposal{Marks: []disclosure.Mark{{Path: "title", From: 0, To: 3}}, Ground: "withdrawn", Reason: "本人要求"}, w.Today())
			return err
		})
		y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Conceal(ctx, w, y.notice, w.Today(), Covering)
			return err
		})
		for sort, id := range map[string]int64{SortQuestion: question, SortFinding: finding, SortComplaint: complaint, SortOrder: order} {
			if r := y.row(sort, id); !strings.Contains(r.Title, "《＊＊＊2026年10月财务收支公开表》") {
				t.Errorf("%s: %s", sort, r.Title)
			}
			left, err := db.One[int64](y.Ctx, y.DB, `SELECT COUNT(*) FROM matter_matter WHERE town = $1 AND id = $2 AND title LIKE '%文峰村2026%'`, y.Code, id)
			if err != nil || left != 0 {
				t.Errorf("the matter of the %s still has the title: %v", sort, err)
			}
		}
	})
}

// Personal numbers are refused at their field in every form of this room, with the same words, and nothing typed is lost.
func TestPersonalNumbersAreRefusedInEveryForm(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		const id, phone, card = "321002 19630512 4417", "13812345678", "6222 0212 3456 7890 128"
		n, unit := itoa(y.notice), itoa(y.Committee)
		villager, clerk, watch, street := y.site.LogIn("villager", y.villager), y.site.LogIn("clerk", y.Clerk), y.site.LogIn("watch", y.Watch), y.site.LogIn("discipline", y.discipline)
		audit := []string{"unit", unit, "signers", "villagers", "asked", "300", "all", "1000", "basis", "选民名册", "handed", "2026-11-20"}
		for name, c := range map[string]struct {
			who  *desktest.Browser
			path string
			form []string
			said string
			kept string
		}{
			"question":        {villager, "/me/questions/new", []string{"notice", n, "text", "我的号是" + id, "private", "no"}, "问题里有身份证号码", "我的号是"},
			"question title":  {villager, "/me/questions/new", []string{"unit", unit, "title", "问" + phone, "text", "补贴呢", "private", "no"}, "关于什么里有手机号码", "补贴呢"},
			"complaint":       {villager, "/me/complaints/new", []string{"notice", n, "text", "卡" + card + "的钱"}, "反映内容里有", "的钱"},
			"complaint title": {villager, "/me/complaints/new", []string{"unit", unit, "title", "问" + phone, "text", "没有公布"}, "关于什么里有", "没有公布"},
			"counter":         {clerk, "/desk/oversight/questions/new", []string{"notice", n, "text", "他的号" + phone, "private", "no", "channel", "visit"}, "问题里有手机号码", "他的号"},
			"finding":         {watch, "/desk/oversight/findings/new", []string{"notice", n, "text", "经手人" + id}, "发现的问题里有", "经手人"},
			"finding title":   {watch, "/desk/oversight/findings/new", []string{"unit", unit, "title", "关于" + phone, "text", "没有按期公布"}, "关于什么里有", "没有按期公布"},
			"audit":           {clerk, "/desk/oversight/audits/new", append([]string{"title", "道路工程", "text", "联系" + phone}, audit...), "要求审计的事项里有", "道路工程"},
			"audit title":     {clerk, "/desk/oversight/audits/new", append([]string{"title", "查" + phone, "text", "发包情况"}, audit...), "审计什么里有", "发包情况"},
		} {
			size := y.Size()
			if c.who.Post(c.path, c.form...).Want(http.StatusUnprocessableEntity, c.said, "去掉号码再交", c.kept); y.Size() != size {
				t.Errorf("%s: recorded", name)
			}
		}
		complaint := y.veiled(lodge(Complain{Unit: y.Committee, Title: "财务", Text: "没有公布", Asker: Asker{Channel: Self, Person: y.villager}}))
		y.by(y.discipline, textOf(complaint, KindExamine, Examine{Found: true, Text: "属实"}))
		page := "/desk/oversight/complaints/" + itoa(complaint)
		for field, typed := range map[string][]string{"责令内容": {"subject", "财务", "text", "退到" + card}, "关于什么": {"subject", "财务" + phone, "text", "公布"}} {
			street.Post(page+"/order", append([]string{"seen", street.Get(page).Hidden("seen"), "due", "2026-12-03"}, typed...)...).Want(http.StatusUnprocessableEntity, field+"里有", "财务")
		}
	})
}
