package disclosure

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/matter"
)

func hurry(id int64, reason string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Hurry(ctx, w, id, reason, w.Today())
		return err
	}
}

func settle(id int64, c Confirm) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Settle(ctx, w, id, c, w.Today())
		return err
	}
}

func reply(id int64, text string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Reply(ctx, w, id, text, w.Today())
		return err
	}
}

// flood is something that could not wait.
func flood() Content {
	return Content{Subject: "village", Title: "防汛物资发放", Text: "今天发放编织袋二百条。"}
}

func TestAnOpinionIsAnsweredBeforeTheMeeting(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(id))
		y.As(y.Watch)
		if no := y.Refused(examine(id, Check{Agree: true, Answer: true})); no.Field != "note" {
			t.Fatalf("an opinion without words: %+v", no)
		}
		y.by(y.Watch, examine(id, Check{Agree: true, Answer: true, Note: "租金低于合同价"}))
		y.Refused(decide(id, Approve{Agree: true}))
		y.As(y.Secretary)
		y.Refused(decide(id, Approve{Agree: true})) // not answered yet
		if r := y.row(id); r.Next != StepAnswer || r.Unanswered != 1 || r.State() != "待答复监督意见" {
			t.Fatalf("%+v", r)
		}
		y.As(y.Accountant)
		if no := y.Refused(reply(id, " ")); no.Field != "note" {
			t.Fatalf("an empty answer: %+v", no)
		}
		y.by(y.Accountant, reply(id, "淡季减租，有协议"))
		met := &Meeting{Day: "2026-11-23", Chair: "王建国", Expected: 7, Attended: 6, Decision: "同意公布"}
		for name, m := range map[string]Meeting{
			"more than all":   {Day: met.Day, Chair: "王", Expected: 3, Attended: 4},
			"nobody presided": {Day: met.Day, Expected: 3, Attended: 3},
			"in the future":   {Day: "2026-11-24", Chair: "王", Expected: 3, Attended: 3},
			"nobody came":     {Day: met.Day, Chair: "王", Expected: 3},
		} {
			y.As(y.Secretary)
			if no := y.Refused(decide(id, Approve{Agree: true, Meeting: &m})); no.Field == "" {
				t.Errorf("%s: %+v", name, no)
			}
		}
		y.by(y.Secretary, decide(id, Approve{Agree: true, Meeting: met}))
		y.by(y.Director, release(id))
		page := y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "监督委员会审查时提出意见 1 条", "2026年11月23日，应到 7 人，实到 6 人")
		page.Not("王建国", "租金低于合同价") // neither who presided nor what was said
	})
}

// The order of the steps is a practice: a meeting before the check is warned of and stays in the act, until a town adopts the rule.
func TestAMeetingBeforeTheCheckIsWarnedOf(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		early := func() (int64, *Meeting) {
			id := y.begin(y.Accountant, october(), 0)
			y.by(y.Accountant, hand(id))
			y.by(y.Watch, examine(id, Check{Agree: true}))
			m := y.met()
			m.Day = m.Day.AddDays(-1)
			return id, m
		}
		id, m := early()
		act, err := journal.Read(y.Ctx, y.DB, y.Code, y.by(y.Secretary, decide(id, Approve{Agree: true, Meeting: m})))
		if err != nil || !slices.ContainsFunc(act.Verdicts, func(v law.Verdict) bool { return v.Rule == "DS-09" && v.Outcome == law.Warn }) {
			t.Fatalf("%+v %v", act.Verdicts, err)
		}
		y.set(law.Adoption("DS-09", ""), 1)
		id, m = early()
		y.As(y.Secretary)
		if no := y.Refused(decide(id, Approve{Agree: true, Meeting: m})); len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "DS-09" {
			t.Errorf("after the adoption: %+v", no)
		}
		id = y.begin(y.Accountant, flood(), 0)
		y.As(y.Director)
		if no := y.Refused(hurry(id, "汛情")); len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "DS-09" {
			t.Errorf("an urgent way round the order: %+v", no)
		}
		none := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(none))
		y.by(y.Watch, examine(none, Check{Agree: true}))
		y.As(y.Secretary)
		if no := y.Refused(decide(none, Approve{Agree: true})); !slices.ContainsFunc(no.Verdicts, func(v law.Verdict) bool { return v.Rule == "DS-09" }) {
			t.Errorf("approved without a meeting, and never to be published: %+v", no)
		}
		y.set(law.ConfirmDays, 2)
		y.by(y.Director, hurry(id, "汛情"))
	})
}

func TestWhatIsUrgentIsConfirmedAfterwards(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, flood(), 0)
		y.As(y.Accountant)
		if no := y.Refused(hurry(id, "汛情")); len(no.Verdicts) == 0 {
			t.Fatalf("published by its author: %+v", no)
		}
		y.As(y.Director)
		if no := y.Refused(hurry(id, "")); no.Field != "urgent" {
			t.Fatalf("no reason: %+v", no)
		}
		y.by(y.Director, hurry(id, "今夜暴雨，等不及开会"))
		m, err := matter.Find(y.Ctx, y.DB, y.Code, id)
		if err != nil || m.Due != "2026-11-26" || m.Next != StepCheck || m.Procedure != UrgentProcedure.Code {
			t.Fatalf("%+v %v", m, err)
		}
		visitor := y.site.Visit()
		path := fmt.Sprintf("/n/%d", id)
		visitor.Get(path).Want(200, "先行公布，等待确认", "2026年11月26日", "今夜暴雨")
		visitor.Get(path+"/verify").Want(200, "先行公布，等待确认")
		y.by(y.Director, hang(id)) // at once
		if r := y.row(id); r.Posted == "" || r.Next != StepCheck || r.Confirm != Awaiting {
			t.Fatalf("%+v", r)
		}
		y.As(y.Secretary)
		y.Refused(remove(id))                       // not while it waits
		y.Refused(settle(id, Confirm{Agree: true})) // checked first
		y.Refused(decide(id, Approve{Agree: true})) // not by the ordinary act
		y.Set("2026-11-27")
		y.By = journal.By{System: true}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, matter.KindLapsed, w.Today(), []int64{id}, matter.Lapse{Step: StepCheck, Due: "2026-11-26"})
			return err
		})
		y.by(y.Watch, examine(id, Check{Agree: true}))
		if m, err = matter.Find(y.Ctx, y.DB, y.Code, id); err != nil || m.Due != "2026-11-26" || m.Next != StepApprove {
			t.Fatalf("the clock stopped: %+v %v", m, err)
		}
		y.As(y.Secretary)
		if no := y.Refused(settle(id, Confirm{Agree: true, Meeting: &Held{"2026-11-22", 7, 7}})); no.Field != "met" {
			t.Errorf("confirmed before it was published: %+v", no)
		}
		act, err := journal.Read(y.Ctx, y.DB, y.Code, y.by(y.Secretary, settle(id, Confirm{Agree: true, Meeting: &Held{"2026-11-27", 7, 7}})))
		if err != nil {
			t.Fatal(err)
		}
		late := false
		for _, v := range act.Verdicts {
			late = late || v.Rule == "DS-09-urgent" && v.Outcome == law.Warn
		}
		if !late {
			t.Errorf("the late confirmation has no warning: %+v", act.Verdicts)
		}
		if r := y.row(id); r.Next != StepTakeDown || r.Confirm != Confirmed {
			t.Fatalf("%+v", r)
		}
		visitor.Get(path).Want(200, "已经补办监督审查和确认").Not("等待确认")
	})
}

func TestWhoPublishedAsUrgentDoesNotConfirm(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, flood(), 0)
		y.by(y.Secretary, hurry(id, "今夜暴雨"))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.As(y.Secretary)
		if no := y.Refused(settle(id, Confirm{Agree: true})); len(no.Verdicts) == 0 {
			t.Errorf("confirmed by who published it: %+v", no)
		}
		n, _, err := journal.StateOf[Notice](y.Ctx, y.DB, y.J.Book(), y.Code, id, journal.Now)
		if err != nil || author(n, y.Secretary) != y.Secretary {
			t.Errorf("the pages let the publisher confirm: %v", err)
		}
		y.by(y.Director, settle(id, Confirm{Agree: true}))
		if r := y.row(id); r.Confirm != Alone {
			t.Errorf("settled without a meeting: %+v", r)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "没有登记联席会议").Not("审查和确认。")
	})
}

func TestARefusedConfirmationLeadsToACorrection(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, flood(), 0)
		y.by(y.Director, hurry(id, "今夜暴雨"))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.As(y.Secretary)
		if no := y.Refused(settle(id, Confirm{})); no.Field != "note" {
			t.Fatalf("refused without a reason: %+v", no)
		}
		y.by(y.Secretary, settle(id, Confirm{Note: "数量不对"}))
		if r := y.row(id); r.Next != StepCorrect || r.Confirm != Refused {
			t.Fatalf("%+v", r)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "没有得到确认")
		fixed := flood()
		fixed.Text = "更正：发放编织袋一百条。"
		newer := y.out(fixed, id)
		if r := y.row(id); r.Next != StepPost {
			t.Fatalf("after the correction %+v", r)
		}
		if r := y.row(newer); r.Next != StepTakeDown {
			t.Fatalf("the correction %+v", r)
		}
	})
}

func TestUrgencyHasItsBounds(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		handed := y.begin(y.Accountant, flood(), 0)
		y.by(y.Accountant, hand(handed))
		y.As(y.Director)
		y.Refused(hurry(handed, "暴雨")) // on its ordinary way already
		y.by(y.Watch, examine(handed, Check{Note: "写清数量"}))
		y.As(y.Director)
		y.Refused(hurry(handed, "暴雨")) // an opinion is open
		party := y.beginAt(y.Accountant, y.General, forParty())
		y.As(y.Secretary)
		y.Refused(hurry(party, "暴雨")) // for some only
	})
}

func TestDeskOfUrgentAnswersAndFiling(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.begin(y.Accountant, flood(), 0)
	page := fmt.Sprintf("/desk/disclosure/%d", id)
	clerk, head, watch, chief := y.site.LogIn("kj", y.Accountant), y.site.LogIn("zr", y.Director), y.site.LogIn("jw", y.Watch), y.site.LogIn("sj", y.Secretary)
	step := func(b *desktest.Browser, what string, pairs ...string) *desktest.Page {
		t.Helper()
		seen := b.Get(page).Want(200).Hidden("seen")
		return b.Post(page+what, append([]string{"seen", seen}, pairs...)...)
	}
	clerk.Get(page).Want(200).Not("紧急公布")
	step(head, "/urgent", "urgent", "").Want(422, "必须填写")
	step(head, "/urgent", "urgent", "打13812345678").Want(422, "手机号码")
	step(head, "/urgent", "urgent", "今夜暴雨").Want(303)
	head.Get(page).Want(200, "等待事后确认", "登记上栏张贴", "已紧急公布，待事后确认", "起草", "已完成", "紧急公布", "已完成", "监督委员会审查", "办理中", "打印上栏张贴", "未开始")
	step(head, "/post", "day", "2026-11-23", "place", "").Want(422, "必须填写")
	step(head, "/post", "day", "2026-11-23", "place", "公开栏").Want(303)
	head.Get(page).Want(200, "起草", "已完成", "紧急公布", "已完成", "打印上栏张贴", "已完成", "监督委员会审查", "办理中")
	step(watch, "/check", "agree", "answer").Want(422, "请写明是什么意见")
	step(watch, "/check", "agree", "answer", "note", "数量写清").Want(303)
	watch.Get(page).Want(200, "现在等“答复监督意见”。可以办理的职务").Not("不能在这里起草")
	step(clerk, "/answer", "note", "").Want(422, "必须填写")
	step(clerk, "/answer", "note", "二百条").Want(303)
	step(chief, "/approve", "agree", "yes", "met", "2026-11-23", "chair", "", "expected", "3", "attended", "9").Want(422, "必须填写", "2026-11-23")
	step(chief, "/approve", "agree", "yes", "met", "2026-11-23", "chair", "王", "expected", "3", "attended", "9").Want(422, "不能多于应到人数")
	step(chief, "/approve", "agree", "yes", "met", "2026-11-23", "chair", "王", "expected", "7", "attended", "6").Want(303)
	chief.Get(page).Want(200, "数量写清", "答复：二百条", "张贴中")
	y.Sound()
}

func TestAnApprovalWithoutAMeetingSaysSo(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		outcome := func(act int64, rule string) (law.Outcome, string) {
			a, err := journal.Read(y.Ctx, y.DB, y.Code, act)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range a.Verdicts {
				if v.Rule == rule {
					return v.Outcome, v.Text()
				}
			}
			return "", ""
		}
		approved := func(m *Meeting) (id, decided, published int64) {
			id = y.begin(y.Accountant, flood(), 0)
			y.by(y.Accountant, hand(id))
			y.by(y.Watch, examine(id, Check{Agree: true}))
			decided = y.by(y.Secretary, decide(id, Approve{Agree: true, Meeting: m}))
			return id, decided, y.by(y.Director, release(id))
		}
		id, decided, published := approved(nil)
		if o, _ := outcome(decided, "DS-09-meeting"); o != law.Warn {
			t.Errorf("no meeting: %s", o)
		}
		if o, text := outcome(published, "DS-09"); o != law.Warn || !strings.Contains(text, "审批（没有登记联席会议）") {
			t.Errorf("no meeting: %s %s", o, text)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "审批（没有登记联席会议）")

		id, decided, published = approved(&Meeting{Day: "2026-11-23", Chair: "王建国", Expected: 7, Attended: 1})
		if o, text := outcome(decided, "DS-09-meeting"); o != law.Warn || !strings.Contains(text, "应到 7 人，实到 1 人") {
			t.Errorf("one of seven: %s %s", o, text)
		}
		if o, _ := outcome(published, "DS-09"); o != law.Pass {
			t.Errorf("a meeting: %s", o)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "应到 7 人，实到 1 人").Not("没有登记联席会议")

		party := y.beginAt(y.Accountant, y.General, forParty()) // a body without two committees
		y.by(y.Accountant, hand(party))
		y.by(y.Watch, examine(party, Check{Agree: true}))
		if o, _ := outcome(y.by(y.Secretary, decide(party, Approve{Agree: true})), "DS-09-meeting"); o != law.NotApplicable {
			t.Errorf("a Party organisation: %s", o)
		}
	})
}

func TestTheDeskAsksAboutAMissingMeeting(t *testing.T) { onBoth(t, theDeskAsksAboutAMissingMeeting) }

func theDeskAsksAboutAMissingMeeting(t *testing.T, y *town) {
	id := y.begin(y.Accountant, flood(), 0)
	y.by(y.Accountant, hand(id))
	y.by(y.Watch, examine(id, Check{Agree: true}))
	page := fmt.Sprintf("/desk/disclosure/%d", id)
	chief, head := y.site.LogIn("sj", y.Secretary), y.site.LogIn("zr", y.Director)
	asked := func(b *desktest.Browser, what string, pairs []string, want ...string) {
		t.Helper()
		form := append([]string{"seen", b.Get(page).Want(200).Hidden("seen")}, pairs...)
		p := b.Post(page+what, form...).Want(422, want...)
		_, rest, _ := strings.Cut(p.Body.String(), `name="heard" value="`)
		mark, _, _ := strings.Cut(rest, `"`)
		b.Post(page+what, append(form, "heard", mark)...).Want(303)
	}
	asked(chief, "/approve", []string{"agree", "yes"}, "没有登记两委联席会议", "看过了，照此办理")
	asked(head, "/publish", nil, "DS-09", "审批（没有登记联席会议）", "看过了，照此办理")
	y.Sound()
}

// What is written at a step is kept for ever and has no personal numbers, whether it is published or not.
func TestStepsTakeNoPersonalNumbers(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		const phone = "找13812345678"
		refused := func(who int64, f journaltest.Decide) {
			t.Helper()
			y.As(who)
			if no := y.Refused(f); no.Field == "" || !strings.Contains(no.Message, "手机号码 1 处") {
				t.Errorf("%+v", no)
			}
		}
		id := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(id))
		refused(y.Watch, examine(id, Check{Agree: true, Note: phone}))
		refused(y.Watch, examine(id, Check{Note: phone}))
		refused(y.Watch, examine(id, Check{Agree: true, Answer: true, Note: phone}))
		y.by(y.Watch, examine(id, Check{Agree: true, Answer: true, Note: "请说明"}))
		refused(y.Accountant, reply(id, phone))
		y.by(y.Accountant, reply(id, "已说明"))
		refused(y.Secretary, decide(id, Approve{Agree: true, Note: phone}))
		refused(y.Secretary, decide(id, Approve{Note: phone}))
		back := y.begin(y.Accountant, october(), 0)
		y.by(y.Accountant, hand(back))
		y.by(y.Watch, examine(back, Check{Note: "不清楚"}))
		refused(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := HandAnswering(ctx, w, back, phone, w.Today())
			return err
		})
	})
}

// What was published as urgent and is not confirmed, or was refused, or was corrected, says so wherever it is listed.
func TestListsMarkWhatIsNotToBeTakenAsItStands(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, flood(), 0)
		visitor, head := y.site.Visit(), y.site.LogIn("zr", y.Director)
		listed := func(words, desk string) {
			t.Helper()
			v := fmt.Sprintf("/v/%d", y.Village)
			for _, list := range []string{"/", "/?q=防汛物资", v, v + "?q=防汛物资", v + "/list/print", "/feed.atom", v + "/feed.atom"} {
				visitor.Get(list).Want(200, flood().Title, words)
			}
			head.Get("/desk/disclosure").Want(200, desk)
		}
		feed := func() string { return between(visitor.Get("/feed.atom").Body.String(), "<updated>", "</updated>") }
		y.by(y.Director, hurry(id, "今夜暴雨"))
		listed("先行公布，待确认", "待事后确认")
		y.by(y.Director, hang(id))
		y.Set("2026-11-24")
		was := feed()
		y.by(y.Watch, examine(id, Check{Note: "数量不对"}))
		listed("事后没有得到确认，等待更正", "待公布更正")
		if feed() == was {
			t.Error("the feed tells nobody that it was refused")
		}
		y.Set("2026-11-25")
		was = feed()
		fixed := flood()
		fixed.Text = "更正：发放编织袋一百条。"
		newer := y.out(fixed, id)
		listed("已更正，以更正的公示为准", "张贴中，已更正")
		if feed() == was || y.row(id).Newer != newer || y.row(newer).Newer != 0 {
			t.Errorf("the correction: %+v", y.row(id))
		}
		y.Sound()
	})
}
