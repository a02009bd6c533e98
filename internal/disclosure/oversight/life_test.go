package oversight

import (
	"context"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/org"
)

func TestAQuestionIsAnsweredForEveryoneWithoutNames(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(pose(y.ofVillager("我是顾长根，朱老三修的路为什么要128元？", false)))
		r := y.row(SortQuestion, id)
		if r.Due != "2026-12-08" || r.Line != 2 || r.Next != StepAnswer || r.Asker != y.villager || r.Title != "《文峰村2026年10月财务收支公开表》第 2 行" {
			t.Fatalf("%+v", r)
		}
		act := y.by(y.Director, give(id, "有合同和三家报价，见第12号凭证。", "朱老三"))
		b, ok, err := reply(y.Ctx, y.DB, y.Code, act)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if want := "我是×××，×××修的路为什么要128元？"; b.Question != want || !b.Covered || b.UnitName != "文峰村村民委员会" {
			t.Errorf("published %+v", b)
		}
		if r := y.row(SortQuestion, id); r.Closed != "2026-11-23" || r.PublicAct != act {
			t.Errorf("%+v", r)
		}
		wantIn(t, y.Refused(give(id, "再答一次")).Message, "已于2026年11月23日答复")
	})
}

func TestAPrivateQuestionIsAnsweredToOneOnly(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(pose(y.ofVillager("我家的补贴怎么没有", true)))
		act := y.by(y.Director, give(id, "您家的材料还缺一份。"))
		a, err := journal.Read(y.Ctx, y.DB, y.Code, act)
		if err != nil || y.J.Book().Public(a.Kind) || a.Kind != KindAnswer.Name {
			t.Errorf("%s %v", a.Kind, err)
		}
		if r := y.row(SortQuestion, id); r.PublicAct != 0 || r.Closed == "" {
			t.Errorf("%+v", r)
		}
	})
}

func TestWhatCannotBeAsked(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.By = journal.By{}
		base := y.ofVillager("为什么？", false)
		for _, c := range []struct {
			name, field string
			change      func(*Ask)
		}{
			{"no words", "text", func(a *Ask) { a.Text = "  " }},
			{"too many words", "text", func(a *Ask) { a.Text = strings.Repeat("长", longest+1) }},
			{"no such line", "line", func(a *Ask) { a.Line = 4 }},
			{"a line of nothing", "line", func(a *Ask) { a.Notice, a.Title = 0, "三季度财务" }},
			{"no such notice", "notice", func(a *Ask) { a.Notice = 1 << 40 }},
			{"another unit's notice", "notice", func(a *Ask) { a.Unit = y.other }},
			{"a unit that publishes nothing", "unit", func(a *Ask) { a.Unit = y.Village }},
			{"no such unit", "unit", func(a *Ask) { a.Unit = 1 << 40 }},
			{"no channel", "channel", func(a *Ask) { a.Channel = "" }},
			{"number in the question", "text", func(a *Ask) { a.Text = "身份证 321002 19630521 4418 的补贴呢" }},
			{"number in the title", "title", func(a *Ask) { a.Notice, a.Line, a.Title = 0, 0, "13812345678的事" }},
		} {
			a := base
			c.change(&a)
			if r := y.Refused(pose(a)); r.Field != c.field {
				t.Errorf("%s: field %q, %s", c.name, r.Field, r.Message)
			}
		}
		id := y.veiled(pose(base))
		y.As(y.Director)
		for _, text := range []string{"", "电话13812345678", strings.Repeat("长", longest+1)} {
			if r := y.Refused(give(id, text)); r.Field != "reply" {
				t.Errorf("%q: %+v", text, r)
			}
		}
		wantIn(t, y.Refused(give(1<<40, "答")).Message, "没有第")
		wantIn(t, y.Refused(object(id, "不满意")).Message, "还没有答复")
	})
}

func TestATermOfThePlaceAndItsLapse(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.As(y.Clerk)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, org.KindSetting, "2026-01-01", nil, law.SetSetting{Key: law.AnswerDays.Name, Value: 3, Level: law.Town, From: "2026-01-01", Citation: "文峰街道村务公开办法"})
			return err
		})
		id := y.veiled(pose(y.ofVillager("为什么？", false)))
		if r := y.row(SortQuestion, id); r.Due != "2026-11-26" {
			t.Fatalf("due %s", r.Due)
		}
		y.Set("2026-11-28")
		y.lapse()
		var lapsed calendar.Date
		lapsed, err := db.One[calendar.Date](y.Ctx, y.DB, `SELECT lapsed FROM matter_matter WHERE town = $1 AND id = $2`, y.Code, id)
		if err != nil || lapsed != "2026-11-26" {
			t.Errorf("lapsed %q %v", lapsed, err)
		}
		act := y.by(y.Director, give(id, "晚了，对不起。"))
		a, err := journal.Read(y.Ctx, y.DB, y.Code, act)
		if err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Outcome != law.Warn {
			t.Errorf("a late answer: %+v %v", a.Verdicts, err)
		}
	})
}

func TestWhoIsNotSatisfiedIsHeardOnceByTheSupervisors(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(pose(y.ofVillager("为什么？", false)))
		y.by(y.Director, give(id, "就是这样。"))
		y.veiled(object(id, "没有说为什么"))
		wantIn(t, y.Refused(object(id, "再说一次")).Message, "表示过不满意")
		f, err := relatedTo(y.Ctx, y.DB, y.Code, SortFinding, id)
		if err != nil || f < 0 || y.row(SortFinding, f).Next != StepLook {
			t.Fatalf("finding %d %v", f, err)
		}
		y.by(y.Watch, func(ctx context.Context, w *journal.Writer) error {
			_, err := TakeUp(ctx, w, f, true, "请说明单价怎么来的", w.Today())
			return err
		})
		if r := y.row(SortFinding, f); r.Next != StepRespond || r.Due == "" {
			t.Fatalf("%+v", r)
		}
		respond := textOf(f, KindRespond, Respond{"附三家报价"})
		y.by(y.Director, respond)
		settle := func(result string) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := CheckUp(ctx, w, f, result, "看过了", w.Today())
				return err
			}
		}
		y.by(y.Watch, settle(Again))
		y.by(y.Director, respond)
		y.by(y.Watch, settle(Up))
		y.As(y.Watch)
		wantIn(t, y.Refused(settle(Done)).Message, "还不能办")
		y.by(y.leader, textOf(f, KindStreet, Street{"已约谈，单价属实"}))
		act := y.by(y.Watch, func(ctx context.Context, w *journal.Writer) error {
			_, err := Publicise(ctx, w, f, "修路单价经三家比价，属实。", w.Today())
			return err
		})
		if r := y.row(SortFinding, f); r.Closed == "" || r.PublicAct != act {
			t.Errorf("%+v", r)
		}
	})
}

// textOf adds an act about one case.
func textOf[B any](id int64, k journal.Kind[B], body B) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := journal.Add(ctx, w, k, w.Today(), []int64{id}, body)
		return err
	}
}

func TestARequestForAuditNeedsOneFifth(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		require := func(c Call) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Require(ctx, w, c, w.Today())
				return err
			}
		}
		c := Call{Unit: y.Committee, Title: "道路工程", Text: "2025年道路工程发包", Signers: Villagers, Asked: 199, All: 1000, Handed: "2026-11-20"}
		y.As(y.Clerk)
		no := y.Refused(require(c))
		if len(no.Verdicts) == 0 || no.Verdicts[0].Rule != "DS-11-asked" {
			t.Errorf("%+v", no)
		}
		c.Asked = 200
		for field, change := range map[string]func(*Call){
			"signers": func(c *Call) { c.Signers = Residents },
			"unit":    func(c *Call) { c.Unit = y.Collective },
			"asked":   func(c *Call) { c.Asked = 1001 },
			"basis":   func(c *Call) { c.Roll = 900 },
			"handed":  func(c *Call) { c.Handed = "2026-11-24" },
		} {
			bad := c
			change(&bad)
			if r := y.Refused(require(bad)); r.Field != field {
				t.Errorf("%s: %+v", field, r)
			}
		}
		id := y.by(y.Clerk, require(c))
		y.by(y.leader, textOf(id, KindAccept, Accept{true, "签名已核对"}))
		y.by(y.leader, textOf(id, KindArrange, Arrange{Auditor: "区审计局", Begin: "2026-11-23"}))
		y.by(y.leader, func(ctx context.Context, w *journal.Writer) error {
			_, err := Delivered(ctx, w, id, Report{On: "2026-11-23", Number: "审计报告〔2026〕3号", Text: "没有问题"}, w.Today())
			return err
		})
		shown := func(notice int64) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Shown(ctx, w, id, notice, w.Today())
				return err
			}
		}
		y.As(y.leader)
		if r := y.Refused(shown(id)); r.Field != "notice" {
			t.Errorf("%+v", r)
		}
		y.by(y.leader, shown(y.notice))
		if r := y.row(SortAudit, id); r.Closed == "" || r.Notice != y.notice {
			t.Errorf("%+v", r)
		}
	})
}

func TestAComplaintLeadsToAnOrderThatDoesNotNameIt(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(func(ctx context.Context, w *journal.Writer) error {
			_, err := Lodge(ctx, w, Complain{Unit: y.Committee, Title: "三季度财务", Text: "一直没有公布", Asker: Asker{Channel: Self, Person: y.villager}}, w.Today())
			return err
		})
		command := func(o Order) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Command(ctx, w, id, o, w.Today())
				return err
			}
		}
		o := Order{Title: "三季度财务公开", Text: "十日内补公布。", Due: "2026-12-03"}
		y.As(y.discipline)
		wantIn(t, y.Refused(command(o)).Message, "先查核")
		y.by(y.discipline, textOf(id, KindExamine, Examine{true, "确实没有公布"}))
		for field, change := range map[string]func(*Order){"text": func(o *Order) { o.Text = "顾长根反映属实。" }, "due": func(o *Order) { o.Due = "2026-11-01" }, "subject": func(o *Order) { o.Title = "" }} {
			bad := o
			change(&bad)
			if r := y.Refused(command(bad)); r.Field != field {
				t.Errorf("%s: %+v", field, r)
			}
		}
		order := y.by(y.discipline, command(o))
		if r := y.row(SortOrder, order); r.Unit != y.Committee || r.Due != "2026-12-03" || r.Related != 0 {
			t.Errorf("%+v", r)
		}
		y.by(y.Director, textOf(order, KindCarry, Carry{Text: "已公布", Notice: y.notice}))
		check := func(c Confirm) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Checked(ctx, w, order, id, c, w.Today())
				return err
			}
		}
		y.by(y.discipline, check(Confirm{false, "还缺九月"}))
		y.by(y.Director, textOf(order, KindCarry, Carry{Text: "补上了"}))
		y.by(y.discipline, check(Confirm{true, "看过了"}))
		y.by(y.discipline, func(ctx context.Context, w *journal.Writer) error {
			_, err := Inform(ctx, w, id, "已责令补公布", w.Today())
			return err
		})
		if r := y.row(SortComplaint, id); r.Closed == "" || r.Related != order {
			t.Errorf("%+v", r)
		}
	})
}

func TestWhatTellsOfAPersonCanBeErased(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		public := y.veiled(pose(y.ofVillager("我是顾长根", false)))
		y.by(y.Director, give(public, "知道了。"))
		private := y.veiled(pose(y.ofVillager("我的事", true)))
		y.by(y.Director, give(private, "您的事。"))
		complaint := y.veiled(func(ctx context.Context, w *journal.Writer) error {
			_, err := Lodge(ctx, w, Complain{Unit: y.Committee, Title: "账", Text: "不公开", Asker: Asker{Channel: Self, Person: y.villager}}, w.Today())
			return err
		})
		y.by(y.discipline, textOf(complaint, KindExamine, Examine{true, "属实"}))
		y.veiled(pose(Ask{Unit: y.Committee, Title: "别人的", Text: "别人的", Asker: Asker{Channel: Self, Person: y.neighbour}}))
		y.As(y.Clerk)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			list, err := Told(ctx, w, y.villager)
			if err != nil {
				return err
			}
			if len(list) != 5 {
				t.Errorf("told by %v", list)
			}
			_, err = w.Erase(ctx, journal.Erasure{Targets: list, Basis: "《个人信息保护法》第四十七条"})
			return err
		})
		if r := y.row(SortQuestion, public); r.Asker != 0 || r.Closed == "" || r.PublicAct == 0 {
			t.Errorf("%+v", r)
		}
		if r := y.row(SortComplaint, complaint); r.Next != StepOrder || r.Asker != 0 {
			t.Errorf("%+v", r)
		}
	})
}
