package disclosure

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/org"
)

// daily lets the calendar bring a day.
func (y *town) daily(day calendar.Date) {
	y.Helper()
	y.Set(day)
	if err := catalogue.Daily(y.Ctx, y.J, y.Code, day); err != nil {
		y.Fatal(err)
	}
}

// dues are the due items of a unit under a code, oldest first.
func (y *town) dues(unit int64, code string) []catalogue.Due {
	y.Helper()
	all, err := catalogue.DueOf(y.Ctx, y.DB, y.Code, catalogue.DueFilter{Item: code, Limit: 1000})
	if err != nil {
		y.Fatal(err)
	}
	var out []catalogue.Due
	for _, d := range all {
		if d.Unit == unit {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b catalogue.Due) int { return strings.Compare(string(a.From), string(b.From)) })
	return out
}

// money is a finance notice of a period with one line.
func money(from, to calendar.Date) Content {
	return Content{Subject: "finance", Title: "财务收支公开表", From: from, To: to, Finance: &Finance{Opening: 100, Lines: []Line{{Item: "租金", In: 50}}, Closing: 150}}
}

// The quarter's finances become due when the quarter is over, lapse with their date, are long overdue a month later, and end with the
// notices that cover the quarter, however many, with the days they were late.
func TestAQuarterBecomesDueLapsesAndIsMetLate(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.daily("2026-12-31")
		if list := y.dues(y.Committee, "finance"); len(list) != 0 {
			t.Fatalf("due before the quarter is over: %+v", list)
		}
		y.daily("2027-01-01")
		list := y.dues(y.Committee, "finance")
		if len(list) != 1 || list[0].Title != "2026年第四季度财务收支" || list[0].Day != "2027-03-31" || list[0].From != "2026-10-01" {
			t.Fatalf("%+v", list)
		}
		wantIn(t, list[0].Reckoning+list[0].Basis, "2027年第一季度", "不因休息日顺延", "第三十五条")
		before := y.Size()
		y.daily("2027-01-01")
		if y.Size() != before {
			t.Error("the same day brought the same items twice")
		}
		y.out(money("2026-10-01", "2026-10-31"), 0)
		y.daily("2027-04-01")
		if d := y.dues(y.Committee, "finance")[0]; d.State("2027-04-01") != catalogue.Overdue || d.Lapsed != "2027-03-31" {
			t.Fatalf("a month does not make a quarter: %+v", d)
		}
		y.daily("2027-05-01")
		if d := y.dues(y.Committee, "finance")[0]; d.State("2027-05-01") != catalogue.LongOverdue {
			t.Fatalf("%+v", d)
		}
		y.Set("2027-05-03")
		id := y.out(money("2026-11-01", "2026-12-31"), 0)
		d := y.dues(y.Committee, "finance")[0]
		if d.State("2027-05-03") != catalogue.MetLate || d.LateDays != 33 || d.Notice != id {
			t.Fatalf("%+v", d)
		}
		late, err := catalogue.Late(y.Ctx, y.DB, y.Code, "2027-05-03")
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range late {
			if l.AreaName == "" || l.UnitName == "" || i > 0 && late[i-1].Area > l.Area {
				t.Errorf("late %+v", l)
			}
		}
	})
}

// A local term names a day; the National Day holidays move it, and the reckoning says so. Money monthly shortens the period.
func TestALocalDayMovesOffTheHolidays(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.set(law.MonthlyMoney, 1)
		y.As(y.Clerk)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Widen(ctx, w, catalogue.Change{Over: y.Street, Body: "village", Item: "finance", Month: 1, Day: 3, Days: 20, From: "2026-11-23",
				Citation: "文峰街道村务公开办法第四条"}, w.Today())
			return err
		})
		y.daily("2027-01-02")
		list := y.dues(y.Committee, "finance")
		if len(list) != 2 || list[0].Title != "2026年11月财务收支" || list[1].Title != "2026年12月财务收支" {
			t.Fatalf("%+v", list)
		}
		if list[1].Day != "2027-01-04" { // 3 January 2027 is a Sunday
			t.Errorf("December is due on %s: %s", list[1].Day, list[1].Reckoning)
		}
		wantIn(t, list[1].Reckoning, "次月3日", "遇星期日", "顺延至2027年1月4日")
		wantIn(t, list[1].Basis, "文峰街道村务公开办法第四条")
		y.Set("2027-01-05")
		id := y.out(money("2026-12-01", "2026-12-31"), 0)
		if r := y.row(id); r.Last != "2027-01-25" || !strings.Contains(r.Reckoning, "公开目录规定") {
			t.Errorf("the sheet hangs until %s: %s", r.Last, r.Reckoning)
		}
	})
}

// What was published before the clock ran counts; a unit that is no more owes nothing from then on; an outage is made up for with true
// dates; nothing is due for the time before the unit was entered.
func TestTheClockMakesUpForAnOutage(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.Set("2027-01-01")
		id := y.out(money("2026-10-01", "2026-12-31"), 0)
		y.daily("2027-10-20") // nothing ran for ten months
		list := y.dues(y.Committee, "finance")
		if len(list) != 4 {
			t.Fatalf("%d due: %+v", len(list), list)
		}
		byTitle := map[string]catalogue.Due{}
		for _, d := range list {
			byTitle[d.Title] = d
		}
		if d := byTitle["2026年第四季度财务收支"]; d.Notice != id || d.State("2027-10-20") != catalogue.InTime {
			t.Errorf("published before it was due: %+v", d)
		}
		if d := byTitle["2027年第一季度财务收支"]; d.Lapsed != "2027-06-30" || d.Long != "2027-07-31" || d.Opened != "2027-04-01" {
			t.Errorf("made up for: %+v", d)
		}
		act, err := journal.Read(y.Ctx, y.DB, y.Code, byTitle["2027年第一季度财务收支"].ID)
		if err != nil || calendar.On(time.UnixMilli(act.Recorded)) != "2027-10-20" || !act.By.System {
			t.Errorf("the record is dated back: %+v %v", act, err)
		}
		y.By = journal.By{System: true}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, org.KindDissolve, "2027-09-01", []int64{y.other}, org.Dissolve{Reason: "并村"})
			return err
		})
		y.daily("2027-10-21")
		for _, d := range y.dues(y.other, "finance") {
			if d.State("2027-10-21") != catalogue.Ceased {
				t.Errorf("still due from a unit that is no more: %+v", d)
			}
		}
		before := len(y.dues(y.other, "finance"))
		y.daily("2028-04-01")
		if after := len(y.dues(y.other, "finance")); after != before {
			t.Errorf("%d became due from a unit that is no more", after-before)
		}
	})
}

// Something at once is entered by the office, ends with its notice, or with a statement; finances never end with one.
func TestWhatHappensAtOnceIsDueAtOnce(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		arise := func(code, what string, day calendar.Date) func(context.Context, *journal.Writer) error {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Arise(ctx, w, y.Committee, code, what, day, w.Today())
				return err
			}
		}
		y.As(y.Director)
		y.set(law.MajorDays, 5)
		id := y.Must(arise("major", "村道塌方，临时封路", "2026-11-20"))
		d, err := catalogue.FindDue(y.Ctx, y.DB, y.Code, id)
		if err != nil || d.Day != "2026-11-25" || !d.Arose {
			t.Fatalf("%+v %v", d, err)
		}
		wantIn(t, y.Refused(arise("major", "明天开会", "2026-11-24")).Message, "还没有到")
		wantIn(t, y.Refused(arise("finance", "十月的账", "2026-11-20")).Message, "到期会自动列出")
		wantIn(t, y.Refused(arise("party-plan", "工作计划", "2026-11-20")).Message, "“职责任务、年度工作计划和完成情况”不在", "公开目录里")
		wantIn(t, y.Refused(arise("major", "联系人13800138000", "2026-11-20")).Message, "号码")
		y.out(Content{Subject: "village", Item: "major", Title: "村道封路的公告", Text: "请绕行。", From: "2026-11-20", To: "2026-11-20"}, 0)
		if d, _ := catalogue.FindDue(y.Ctx, y.DB, y.Code, id); d.State("2026-11-25") != catalogue.InTime {
			t.Errorf("%+v", d)
		}
		y.daily("2027-01-01")
		nothing := func(code, reason string) func(context.Context, *journal.Writer) error {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Nothing(ctx, w, y.dues(y.Committee, code)[0].ID, reason, w.Today())
				return err
			}
		}
		y.As(y.Director)
		wantIn(t, y.Refused(nothing("finance", "没有收支")).Message, "收支为零")
		wantIn(t, y.Refused(nothing("relief", " ")).Message, "请填写说明")
		y.Must(nothing("relief", "本季度没有收到救灾救助资金和物资"))
		if d := y.dues(y.Committee, "relief")[0]; d.State("2027-01-01") != catalogue.Stated || d.Reason == "" {
			t.Errorf("%+v", d)
		}
		y.Refused(nothing("relief", "再说一遍"))
	})
}

// The catalogue is widened and made stricter, never loosened; an item outside it is refused by name; scopes are kept.
func TestTheCatalogueIsOnlyWidened(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.As(y.Secretary)
		no := y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Widen(ctx, w, catalogue.Change{Over: y.Committee, Body: "village", Item: "finance", Days: 20, From: "1900-01-01", Citation: "章程"}, w.Today())
			return err
		})
		wantIn(t, no.Message, "文峰村村委会在", "才设立")
		widen := func(c catalogue.Change) func(context.Context, *journal.Writer) error {
			if c.Body == "" {
				c.Over, c.Body = y.Committee, "village"
			}
			c.From, c.Citation = "2026-11-23", "文峰村村民自治章程第十二条"
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Widen(ctx, w, c, w.Today())
				return err
			}
		}
		r := y.Refused(widen(catalogue.Change{Item: "decisions", Rhythm: "yearly"}))
		if len(r.Verdicts) == 0 || r.Verdicts[0].Rule != "IC-23" {
			t.Errorf("%+v", r)
		}
		wantIn(t, r.Verdicts[0].Need, "第三十五条")
		y.Refused(widen(catalogue.Change{Item: "decisions", Days: 10}))
		y.Refused(widen(catalogue.Change{Item: "decisions"}))
		y.Refused(widen(catalogue.Change{Item: "facilities", Rhythm: "monthly"}))
		y.Refused(widen(catalogue.Change{Title: "村集体用车"}))
		y.Refused(widen(catalogue.Change{Over: y.Committee, Body: "party", Item: "party-plan", Rhythm: "monthly"}))
		for _, c := range []struct{ subject, scope, says string }{{"party", "public", "没有“党务公开”这一类"}, {"collective", "collective", "没有“集体财务公开”这一类"},
			{"village", "party", "不能只向本组织党员公开"}, {"finance", "collective", "不能只向本集体成员公开"}} {
			wantIn(t, y.Refused(widen(catalogue.Change{Title: "谁也公布不了的一项", Subject: c.subject, Scope: c.scope, Form: "text", Rhythm: "monthly", Office: "村民委员会"})).Message, c.says)
		}
		own := y.Must(widen(catalogue.Change{Title: "村集体用车", Subject: "village", Scope: "public", Form: "table", Rhythm: "monthly", Month: 1, Day: 10, Days: 20, Office: "村民委员会"}))
		list, err := catalogue.Of(y.Ctx, y.DB, y.Code, y.Committee, "2026-11-23")
		if err != nil || list[len(list)-1].Title != "村集体用车" || len(list) != len(catalogue.Defaults("village"))+1 {
			t.Fatalf("%+v %v", list, err)
		}
		if list, _ := catalogue.Of(y.Ctx, y.DB, y.Code, y.other, "2026-11-23"); len(list) != len(catalogue.Defaults("village")) {
			t.Error("one village's item is in another's catalogue")
		}
		draft := func(unit int64, c Content) func(context.Context, *journal.Writer) error {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Begin(ctx, w, unit, c, 0, w.Today())
				return err
			}
		}
		car := Content{Subject: "village", Item: list[len(list)-1].Code, Title: "用车", Text: "三次"}
		y.Must(draft(y.Committee, car))
		wantIn(t, y.Refused(draft(y.other, car)).Message, "不在", "公开目录里")
		wantIn(t, y.Refused(draft(y.Committee, Content{Subject: "village", Item: "facilities", Title: "设施", Text: "开放"})).Message, "“服务设施使用情况”不在")
		wantIn(t, y.Refused(draft(y.General, Content{Subject: "party", Item: "party-dues", Title: "党费", Text: "收缴情况"})).Message, "向本组织党员公开")
		y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Finish(ctx, w, own, catalogue.End{Last: "2026-11-01", Reason: "章程修改"}, w.Today())
			return err
		})
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Finish(ctx, w, own, catalogue.End{Last: "2027-01-31", Reason: "章程修改"}, w.Today())
			return err
		})
		y.daily("2027-06-01")
		if n := len(y.dues(y.Committee, car.Item)); n != 3 { // November, in which it was added, to January
			t.Errorf("%d months were due", n)
		}
	})
}

// A period that skips or repeats what was published is pointed out when the draft is handed on.
func TestPeriodsThatSkipOrRepeatArePointedOut(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.out(money("2026-07-01", "2026-07-31"), 0)
		for _, c := range []struct {
			from, to calendar.Date
			want     law.Outcome
			says     string
		}{{"2026-08-01", "2026-08-31", law.Pass, "上一期到"}, {"2026-09-01", "2026-09-30", law.Warn, "漏了31日"}, {"2026-07-15", "2026-08-15", law.Warn, "重叠"}} {
			id := y.begin(y.Accountant, money(c.from, c.to), 0)
			act, err := journal.Read(y.Ctx, y.DB, y.Code, y.by(y.Accountant, hand(id)))
			if err != nil {
				t.Fatal(err)
			}
			v := act.Verdicts[len(act.Verdicts)-1]
			if v.Rule != "IC-24" || v.Outcome != c.want {
				t.Errorf("%s: %+v", c.from, v)
			}
			wantIn(t, v.Given, c.says)
		}
	})
}

// What was due to members only is met, long overdue and ended by acts whose words the public log does not hold; that a date passed is
// public, and says no more.
func TestWhatBecomesOfItemsForMembersStaysWithin(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		branch := y.Unit("party-branch", "渡江村党支部", "", map[org.Line]int64{org.Area: y.Village, org.Party: y.Working})
		y.daily("2027-01-01")
		c := forParty()
		c.Item, c.From, c.To = "party-dues", "2026-11-23", "2026-12-31"
		y.publishedIn(y.General, c)
		y.daily("2028-02-15")
		y.By = journal.By{System: true}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, org.KindDissolve, "2028-02-15", []int64{branch}, org.Dissolve{Reason: "合并"})
			return err
		})
		y.daily("2028-02-16")
		seen := map[string]bool{}
		for _, unit := range []int64{y.General, branch} {
			for _, code := range []string{"party-dues", "party-plan"} {
				for _, d := range y.dues(unit, code) {
					acts, err := journal.Acts(y.Ctx, y.DB, y.Code, d.ID)
					if err != nil {
						t.Fatal(err)
					}
					for _, a := range acts {
						seen[a.Kind] = true
						if want := code == "party-plan" || a.Kind == "matter.lapsed/1"; y.J.Book().Public(a.Kind) != want {
							t.Errorf("%s of %s: public is not %v", a.Kind, code, want)
						}
					}
				}
			}
		}
		for _, kind := range []string{"met-within/1", "long-overdue-within/1", "ceased-within/1", "long-overdue/1", "ceased/1"} {
			if !seen["disclosure."+kind] {
				t.Errorf("no %s among %v", kind, seen)
			}
		}
	})
}

// A due item that refuses its record keeps no other from its own, and takes it by the next run once it can.
func TestOneRefusedDueItemStopsNoClock(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.daily("2027-01-01")
		bad := y.dues(y.Committee, "finance")[0].ID
		move := func(from, to int64) {
			if n, err := y.DB.Exec(y.Ctx, `UPDATE disclosure_due SET id = $3 WHERE town = $1 AND id = $2`, y.Code, from, to); err != nil || n != 1 {
				t.Fatal(n, err)
			}
		}
		move(bad, y.Street) // a street does not lapse
		y.Set("2027-05-10")
		err := catalogue.Daily(y.Ctx, y.J, y.Code, "2027-05-10")
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("due item %d:", y.Street)) {
			t.Fatalf("the refused one is not named: %v", err)
		}
		if d := y.dues(y.other, "finance")[0]; d.Lapsed != "2027-03-31" || d.State("2027-05-10") != catalogue.LongOverdue {
			t.Errorf("another waits for the refused one: %+v", d)
		}
		move(y.Street, bad)
		y.daily("2027-05-10")
		if d := y.dues(y.Committee, "finance")[0]; d.Lapsed != "2027-03-31" || d.State("2027-05-10") != catalogue.LongOverdue {
			t.Errorf("%+v", d)
		}
	})
}

// Of a Party organisation's standing matters the desk asks before it takes a statement that there was nothing; the catalogue says so, and
// what a statute wants every year is refused.
func TestWhatShouldNotBeAbsentIsAskedAbout(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		residents := y.Unit("residents-committee", "东苑社区居民委员会", "", map[org.Line]int64{org.Area: y.Village})
		y.rooms().daily("2027-01-01")
		plan := y.dues(y.General, "party-plan")
		if len(plan) != 1 {
			t.Fatalf("%+v", plan)
		}
		y.As(y.Secretary)
		appraisal := y.dues(residents, "appraisal")
		if len(appraisal) != 1 {
			t.Fatalf("%+v", appraisal)
		}
		wantIn(t, y.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Nothing(ctx, w, appraisal[0].ID, "今年没有评议", w.Today())
			return err
		}).Message, "每期都应当有", "没有登记")
		chief, at := y.site.LogIn("sj", y.Secretary), catalogue.Href(plan[0].ID)
		chief.Get(at).Want(200, plan[0].Title, `/none"`)
		chief.Post(at+"/none", "seen", fmt.Sprint(plan[0].ID), "reason", "换届期间没有计划").Want(422, "DS-17-each", "每年都应当有", "看过了，照此办理")
		chief.Get(fmt.Sprintf("/desk/due/none?id=%d", plan[0].ID)).Want(200, plan[0].Title)
		chief.Get("/desk/due").Want(200, fmt.Sprintf(`name="id" value="%d"`, plan[0].ID))
		chief.Get(fmt.Sprintf("/desk/disclosure/catalogue?unit=%d", y.General)).Want(200, "每期都应当有", "可以说明没有")
		y.site.Visit().Get(fmt.Sprintf("/v/%d/catalogue", y.Village)).Want(200, "每期都应当有，说明“本期无此事项”要写清原因")
		y.As(y.Secretary)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Nothing(ctx, w, plan[0].ID, "换届期间没有计划", w.Today())
			return err
		})
		if d := y.dues(y.General, "party-plan")[0]; d.State("2027-01-01") != catalogue.Stated {
			t.Errorf("%+v", d)
		}
	})
}

// No item passes unnoticed: one is chosen, or that there is none; a finance table is offered as the finances; each item stands once.
func TestEveryNoticeHasItsItemChosen(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms()
		clerk := y.site.LogIn("kj", y.Accountant)
		clerk.Get("/desk/disclosure/new").Want(200, "目录以外的事项", `<optgroup label="村民委员会">`)
		clerk.Post("/desk/disclosure/new", draftForm(y, "item", "")...).Want(422, "公开目录事项", "目录里没有的，选“目录以外的事项”", "十一月修路")
		at := clerk.Post("/desk/disclosure/new", draftForm(y, "item", catalogue.Outside)...).Want(303).Where()
		outside := y.row(y.Size() - 1)
		if outside.Item != catalogue.Outside {
			t.Errorf("%+v", outside)
		}
		clerk.Get(at+"/edit").Want(200, `<option value="outside" selected>`)
		clerk.Post("/desk/disclosure/new", draftForm(y, "subject", "finance", "item", "", "text", "", "table", tablesText(october()))...).Want(303)
		if r := y.row(y.Size() - 1); r.Item != catalogue.CodeFinance {
			t.Errorf("a finance table: %+v", r)
		}
		// Outside is outside: its table meets no due item, and its period stands beside nothing.
		c := money("2026-10-01", "2026-10-31")
		c.Item = catalogue.Outside
		y.out(c, 0)
		y.out(c, 0)
		y.daily("2027-01-01")
		if d := y.dues(y.Committee, "finance")[0]; d.Notice >= 0 {
			t.Errorf("met by a notice outside the catalogue: %+v", d)
		}
	})
}

// Of several units of a body each item is offered once, what the street added for all of them too; what one unit added stands under its name.
func TestEachItemIsOfferedOnce(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.As(y.Clerk)
		for over, title := range map[int64]string{y.Street: "村集体用车", y.Committee: "路灯巡查"} {
			y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := catalogue.Widen(ctx, w, catalogue.Change{Over: over, Body: "village", Subject: "village", Title: title, Scope: "public", Form: "table", Rhythm: "monthly",
					Office: "村民委员会", From: "2026-11-23", Citation: "文峰街道三务公开目录"}, w.Today())
				return err
			})
		}
		var units []org.UnitRow
		for _, id := range []int64{y.Committee, y.other} {
			u, err := org.Find(y.Ctx, y.DB, y.Code, id)
			if err != nil {
				t.Fatal(err)
			}
			units = append(units, u)
		}
		list, err := catalogue.OptionsOf(y.Ctx, y.DB, y.Code, units, "2026-11-23")
		if err != nil {
			t.Fatal(err)
		}
		groups := map[string][]string{}
		for _, o := range list {
			groups[o.Text] = append(groups[o.Text], o.Group)
		}
		for title, want := range map[string]string{"财务收支": "村民委员会", "村集体用车": "村民委员会", "路灯巡查": "文峰村村委会"} {
			if got := groups[title]; len(got) != 1 || got[0] != want {
				t.Errorf("%s stands under %q, want %q", title, got, want)
			}
		}
	})
}
