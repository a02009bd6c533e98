package disclosure

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law"
)

// widen records a local change of the catalogue from today on, as the street's clerk.
func (y *town) widen(c catalogue.Change) int64 {
	y.Helper()
	y.As(y.Clerk)
	c.From, c.Citation = y.J.Today(), "文峰街道三务公开目录"
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := catalogue.Widen(ctx, w, c, w.Today())
		return err
	})
}

// A local item that says nothing of days gives none: its sheet hangs as the law says, and where the law is silent it may come down the
// same day.
func TestALocalItemWithoutDaysGivesNone(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		add := func(title string, days int64) string {
			y.widen(catalogue.Change{Over: y.Collective, Body: "collective", Subject: "collective", Title: title, Scope: "public", Form: "text", Rhythm: "at-once", Days: days, Office: "理事会"})
			list, err := catalogue.Of(y.Ctx, y.DB, y.Code, y.Collective, y.J.Today())
			if err != nil {
				t.Fatal(err)
			}
			return list[len(list)-1].Code
		}
		free := y.publishedIn(y.Collective, Content{Subject: "collective", Item: add("农机出借", 0), Title: "农机出借", Text: "两台。"})
		if r := y.row(free); r.Last != "" || r.Reckoning != "" {
			t.Errorf("hangs until %s: %s", r.Last, r.Reckoning)
		}
		y.by(y.Secretary, remove(free))
		held := y.publishedIn(y.Collective, Content{Subject: "collective", Item: add("农机折旧", 10), Title: "农机折旧", Text: "两台。"})
		if r := y.row(held); r.Last != "2026-12-03" {
			t.Errorf("hangs until %s: %s", r.Last, r.Reckoning)
		}
		y.Refused(remove(held))
	})
}

// What the law wants published at once or promptly, without days, is never late: it stays open, its days are counted, and when it is out
// nothing is said against it. With local days it lapses.
func TestWhatHasNoDaysIsNeverLate(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms()
		arise := func(code, what string) int64 {
			y.As(y.Director)
			return y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Arise(ctx, w, y.Committee, code, what, "2026-11-23", w.Today())
				return err
			})
		}
		free := arise("major", "村道塌方，临时封路")
		audit := arise("audit", "主任任期审计")
		y.set(law.MajorDays, 5)
		bound := arise("major", "水厂停水三天")
		y.daily("2027-03-01")
		state := func(id int64) catalogue.Due {
			d, err := catalogue.FindDue(y.Ctx, y.DB, y.Code, id)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		for _, id := range []int64{free, audit} {
			if d := state(id); d.Day != "" || d.Lapsed != "" || d.State("2027-03-01") != catalogue.Waiting || d.Words("2027-03-01") != "发生后 98 天，还没有公布" {
				t.Errorf("%s %+v", d.Words("2027-03-01"), d)
			}
		}
		if d := state(bound); d.Lapsed != "2026-11-28" || d.State("2027-03-01") != catalogue.LongOverdue {
			t.Errorf("%+v", d)
		}
		late, err := catalogue.Late(y.Ctx, y.DB, y.Code, "2027-03-01")
		if err != nil || len(late) == 0 || late[0].ID != bound {
			t.Errorf("%+v %v", late, err)
		}
		head := y.site.LogIn("zr", y.Director)
		head.Get("/desk/due").Want(200, "没有规定天数", "发生后 98 天，还没有公布", "村道塌方")
		head.Get(catalogue.Href(audit)).Want(200, "没有规定天数；离任审计的结果要在下一次选举以前公布")
		head.Get("/desk/disclosure").Want(200, "发生后 98 天，还没有公布")
		head.Get("/desk/due/export").Want(200)
		head.Get(fmt.Sprintf("/desk/due/none?id=%d", free)).Want(200, "没有规定天数")
		v, err := catalogue.Village(y.Ctx, y.DB, y.Code, y.Village, "2027-03-01")
		if err != nil || len(v.Late) == 0 || v.Late[0].ID != bound {
			t.Errorf("%+v %v", v.Late, err)
		}
		var board strings.Builder
		if err := catalogue.VillageCard(v).Render(y.Ctx, &board); err != nil {
			t.Fatal(err)
		}
		wantIn(t, board.String(), "没有规定天数，发生后 98 天，还没有公布")
		y.out(Content{Subject: "village", Item: "major", Title: "村道封路的公告", Text: "请绕行。"}, 0)
		if d := state(free); d.State("2027-03-01") != catalogue.InTime || d.LateDays != 0 || d.Words("2027-03-01") != "已公布，发生后 98 天" {
			t.Errorf("%s %+v", d.Words("2027-03-01"), d)
		}
		head.Get(catalogue.Href(free)).Want(200, "已公布，发生后 98 天").Not("逾期", "按时")
		head.Get(fmt.Sprintf("/desk/disclosure/%d", state(free).Notice)).Want(200, "没有规定天数")
	})
}

// A publication is judged by its own item: what else was published in the column says nothing of it, a correction is no publication, a
// statement that there was nothing is one, and a major matter is held against the day it arose.
func TestEachItemHasItsOwnRhythm(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		said := func(id int64) law.Verdict {
			t.Helper()
			act, err := journal.Read(y.Ctx, y.DB, y.Code, y.row(id).PublishAct)
			if err != nil {
				t.Fatal(err)
			}
			var of []law.Verdict
			for _, v := range act.Verdicts {
				if v.Rule == "DS-02" {
					of = append(of, v)
				}
			}
			if len(of) != 1 {
				t.Fatalf("%d verdicts of DS-02: %+v", len(of), act.Verdicts)
			}
			return of[0]
		}
		tell := func(item string, replaces int64) int64 {
			return y.out(Content{Subject: "village", Item: item, Title: "村务公开（" + item + "）", Text: "没有变化。"}, replaces)
		}
		relief := tell("relief", 0)
		tell("decisions", 0)
		y.daily("2027-04-06")
		tell("decisions", 0) // the column is not silent
		tell("relief", relief)
		y.As(y.Director)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Nothing(ctx, w, y.dues(y.Committee, "consultation")[0].ID, "本季度没有组织民主协商", w.Today())
			return err
		})
		y.daily("2027-07-06")
		if v := said(tell("relief", 0)); v.Outcome != law.Warn || !strings.Contains(v.Given, "上次于2026年11月23日公布") || !strings.Contains(v.Given, "已迟97日") {
			t.Errorf("silent for two quarters: %+v", v)
		}
		if v := said(tell("consultation", 0)); v.Outcome != law.Pass || !strings.Contains(v.Given, "2027年4月6日") {
			t.Errorf("stated as nothing in the last quarter: %+v", v)
		}
		for _, days := range []int64{0, 5} {
			if days > 0 {
				y.set(law.MajorDays, days)
			}
			y.As(y.Director)
			y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Arise(ctx, w, y.Committee, "major", "村道塌方", "2027-06-30", w.Today())
				return err
			})
			v := said(tell("major", 0))
			if late := days > 0; (v.Outcome == law.Warn) != late || strings.Contains(v.Given, "一般事项") || !strings.Contains(v.Given, "2027年6月30日") || strings.Contains(v.Given, "已迟1日") != late {
				t.Errorf("a major matter six days on, %d days allowed: %+v", days, v)
			}
		}
		// Another event of the same month, which nobody registered, is not judged by one that is out, nor by the month's first day.
		june := Content{Subject: "village", Item: "major", Title: "水厂停水", Text: "停水三天。", From: "2027-06-01", To: "2027-06-30"}
		if v := said(y.out(june, 0)); v.Outcome != law.Undecided || strings.Contains(v.Given, "已迟") {
			t.Errorf("an event of which no day is known: %+v", v)
		}
		june.From, june.Title = june.To, "渡口停航"
		if v := said(y.out(june, 0)); v.Outcome != law.Warn || !strings.Contains(v.Given, "2027年6月30日") || !strings.Contains(v.Given, "已迟1日") {
			t.Errorf("an event that tells its own day: %+v", v)
		}
		free := y.begin(y.Accountant, Content{Subject: "village", Item: catalogue.Outside, Title: "通知", Text: "停电。"}, 0)
		y.by(y.Accountant, hand(free))
		y.by(y.Watch, examine(free, Check{Agree: true}))
		y.by(y.Secretary, decide(free, Approve{Agree: true, Meeting: y.met()}))
		act, err := journal.Read(y.Ctx, y.DB, y.Code, y.by(y.Director, release(free)))
		if err != nil || slices.ContainsFunc(act.Verdicts, func(v law.Verdict) bool { return v.Rule == "DS-02" }) {
			t.Errorf("a notice outside the catalogue has no rhythm: %+v %v", act.Verdicts, err)
		}
	})
}

// What the law wants told to the members of a collective is told by a notice for them only, and that notice meets its item; everyone sees
// that it was told, and to whom, and reads no word of it. What is for all villagers is not shown to some.
func TestTellingTheMembersMeetsTheItem(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms().daily("2027-01-05")
		told := func(item string, from, to calendar.Date) Content {
			return Content{Subject: "collective", Scope: ScopeCollective, Item: item, Title: "合作社的账（芍药）", From: from, To: to,
				Finance: &Finance{Lines: []Line{{Item: "芍药出售", In: 800}}, Closing: 800}}
		}
		y.As(y.Director)
		land := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Arise(ctx, w, y.Collective, "land-money", "征地补偿费到账", "2027-01-05", w.Today())
			return err
		})
		id := y.publishedIn(y.Collective, told("finance", "2026-10-01", "2026-12-31"))
		d := y.dues(y.Collective, "finance")[0]
		if d.State("2027-01-05") != catalogue.InTime || d.Notice != id || d.Shown != catalogue.Collective {
			t.Errorf("%+v", d)
		}
		y.publishedIn(y.Collective, told("land-money", "", ""))
		if d, err := catalogue.FindDue(y.Ctx, y.DB, y.Code, land); err != nil || d.State("2027-01-05") != catalogue.InTime {
			t.Errorf("%+v %v", d, err)
		}
		v, err := catalogue.Village(y.Ctx, y.DB, y.Code, y.Village, "2027-01-05")
		if err != nil {
			t.Fatal(err)
		}
		var board strings.Builder
		if err := catalogue.VillageCard(v).Render(y.Ctx, &board); err != nil {
			t.Fatal(err)
		}
		wantIn(t, board.String(), "2026年第四季度集体财务收支", "已按时公布（向本集体成员公开）")
		if strings.Contains(board.String(), fmt.Sprintf("/n/%d", id)) || strings.Contains(board.String(), "芍药") {
			t.Errorf("the board leads to it: %s", &board)
		}
		y.site.Visit().Get(fmt.Sprintf("/v/%d/catalogue", y.Village)).Want(200, "向本集体成员公开，也可以向社会公开")
		y.site.LogIn("lsz", y.Director).Get(catalogue.Href(d.ID)).Want(200, "向本集体成员公开，也可以向社会公开")
		y.As(y.Director)
		own := told("finance", "2026-10-01", "2026-12-31")
		own.Subject, own.Item, own.Scope = "party", "party-plan", ScopeParty
		wantIn(t, y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.General, own, 0, w.Today())
			return err
		}).Message, "向社会公开，不能向本组织党员公开")
	})
}

// A collective's plan of money speaks of days to come, in a table or in the form of an account: it is handed in, with a caution that is
// heard, where an account is refused.
func TestAPlanSpeaksOfDaysToCome(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := Content{Subject: "collective", Scope: ScopeCollective, Item: catalogue.CodePlan, Title: "2027年财务计划", From: "2027-01-01", To: "2027-12-31",
			Finance: &Finance{Lines: []Line{{Item: "店面租金", In: 800}}, Closing: 800}}
		y.publishedIn(y.Collective, c)
		ended, err := c.ended(y.Ctx, y.DB, y.Code, y.Collective, "2026-11-23")
		if early := c.early(ended); err != nil || early != nil {
			t.Errorf("a plan is told to be early: %v, %v", early, err)
		}
		c.Item = catalogue.CodeFinance
		id := y.beginAt(y.Director, y.Collective, c)
		y.As(y.Director)
		if no := y.Refused(hand(id)); len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "IC-25" {
			t.Errorf("%+v", no)
		}
	})
}
