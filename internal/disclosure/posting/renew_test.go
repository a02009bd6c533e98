package posting

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// covered covers the first two characters of a notice's text, proposed by the accountant and decided by the secretary.
func (y *town) covered(id int64) {
	y.Helper()
	y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Propose(ctx, w, id, disclosure.Proposal{Marks: []disclosure.Mark{{Path: "text", From: 0, To: 2}}, Ground: "unlawful", Reason: "误登"}, w.Today())
		return err
	})
	y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Conceal(ctx, w, id, w.Today(), Covering)
		return err
	})
}

// waiting is what waits for the sheet of a notice to be hung again, −1 for nothing.
func (y *town) waiting(id int64) int64 {
	y.Helper()
	open, err := Waiting(y.Ctx, y.DB, y.Code, id)
	if err != nil {
		y.Fatal(err)
	}
	return open
}

// After a covering the old sheet proves nothing: a task opens, and only the new sheet counts.
func TestACoveredNoticeNeedsANewSheet(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("慰问名单")
		see := func(person int64, witness, mark string, code bool, sheet int64) {
			t.Helper()
			y.see(person, CheckIn{Notice: id, Witness: witness, Answer: "there", Code: code, Sheet: sheet, Mark: mark})
		}
		standing := func(want ...Standing) {
			t.Helper()
			days := y.report(id).Days
			for i, s := range want {
				if days[i].Standing != s {
					t.Errorf("%s: %s, want %s", days[i].Date, days[i].Standing, s)
				}
			}
		}
		covered := y.later(1)
		see(y.Watch, "supervisor", "", true, 0) // in the morning
		y.covered(id)
		see(y.Watch, "supervisor", "", false, 0) // what hangs is the old one: it takes nothing back
		open := y.waiting(id)
		m, err := matter.Find(y.Ctx, y.DB, y.Code, open)
		if err != nil || m.Next != StepRenew || m.Unit != y.Committee || strings.Contains(m.Title, "慰问") {
			t.Fatalf("%+v, %v", m, err)
		}
		y.later(1)
		see(y.Watch, "supervisor", "", false, 0)
		y.later(1)
		see(0, "scan", "a", true, sheetOf(y.row(id))) // the new sheet hangs, and the office has not said so yet
		standing(Free, Proven, Stale, Proven)
		y.As(0)
		wantIn(t, y.Refused(says(CheckIn{Notice: id, Witness: "scan", Answer: "there", Code: true, Mark: "b"})).Message, "旧纸", "没有登记")
		joined := y.see(0, CheckIn{Notice: id, Witness: "scan", Answer: "differs", Code: true, Mark: "b"})
		if _, err := matter.Find(y.Ctx, y.DB, y.Code, joined); err == nil || y.waiting(id) != open {
			t.Error("the old sheet opens a second task")
		}
		y.covered(id) // once more, while the first is under way
		if y.waiting(id) != open {
			t.Error("a second covering opens a second task")
		}
		y.later(1)
		standing(Free, Proven, Stale, Absent, Open)
		y.As(y.Director)
		wantIn(t, y.Refused(mended(open, Rehang{Done: StillHung})).Message, "换下旧纸")
		wantIn(t, y.Refused(mended(open, Rehang{Done: DaysOver})).Message, "旧纸")
		again := y.report(id)
		wantIn(t, strings.Join(again.Exchanges(), ""), covered.Chinese()+"遮盖过", "还没有登记换上新纸")
		y.by(y.Director, mended(open, Rehang{Done: HungAgain}))
		see(y.Watch, "supervisor", "", false, 0)
		standing(Free, Proven, Stale, Absent, Proven)
		day := y.later(1)
		y.by(y.Watch, signed(SignOff{Notice: id, Side: SideSupervision, Rows: []Signed{{covered.AddDays(1), "villager"}, {day, "villager"}}}))
		standing(Free, Proven, Stale, Absent, Proven, Proven)
		wantIn(t, strings.Join(y.report(id).Exchanges(), ""), day.AddDays(-1).Chinese()+"登记换上新纸")
		// The old sheet hangs on: that is told anew.
		found := y.see(0, CheckIn{Notice: id, Witness: "scan", Answer: "differs", Code: true, Mark: "c"})
		if y.waiting(id) != found {
			t.Error("nobody is told that the old sheet hangs on")
		}
		y.by(y.Director, mended(found, Rehang{Done: HungAgain}))
		y.later(15)
		y.down(id)
		y.covered(id)
		if y.waiting(id) >= 0 {
			t.Error("a sheet that was taken down has to be exchanged")
		}
	})
}

// A notice whose sheet is already waited for takes a covering in.
func TestACoveringJoinsWhatWaits(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("慰问名单")
		y.later(1)
		gone := y.see(y.Watch, CheckIn{Notice: id, Witness: "supervisor", Answer: "gone"})
		y.covered(id)
		y.As(y.Director)
		wantIn(t, y.Refused(mended(gone, Rehang{Done: StillHung})).Message, "换下旧纸")
		y.by(y.Director, mended(gone, Rehang{Done: HungAgain}))
		if r := y.report(id); len(r.Covers) != 1 || r.Covers[0].open() || y.waiting(id) >= 0 {
			t.Errorf("%+v", r.Covers)
		}
		// What is not on the board needs no new sheet.
		other := y.published("还没有贴")
		y.covered(other)
		if y.waiting(other) >= 0 {
			t.Error("a notice that does not hang has a task")
		}
	})
}

func TestTheOldSheetSaysSo(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("慰问名单")
		old := s.code(id)
		s.later(1)
		v := s.Visit()
		here := fmt.Sprintf("/n/%d/here", id)
		v.Get(here+"?k="+old).Want(200, "贴在公开栏上吗")
		s.covered(id)
		fresh := s.code(id)
		if old == fresh {
			t.Fatal("the new sheet has the old code")
		}
		v.Get(here+"?k="+old).Want(200, "这张纸过期了", "已经接到换纸的待办").Not("贴在公开栏上吗", "旧纸还贴着")
		v.Get(here+"?k="+fresh).Want(200, "贴在公开栏上吗").Not("过期", "还没有登记换上新纸")
		s.LogIn("jw", s.Watch).Get(here).Want(200, "还没有登记换上新纸", "没有扫现场的码")
		v.Post(here, "k", old, "answer", "there").Want(422, "旧纸")
		v.Post(here, "k", fresh, "answer", "there").Want(303)

		director := s.LogIn("zr", s.Director)
		director.Get(fmt.Sprintf("/desk/posting/%d", id)).Want(200, "旧纸要换下来")
		director.Get("/desk/disclosure/posting").Want(200, "待补挂")
		director.Get(fmt.Sprintf("/desk/disclosure/%d", id)).Want(200, "旧纸要换下来")
		task := fmt.Sprintf("/desk/rehang/%d", s.waiting(id))
		director.Get(task).Want(200, "换下旧纸，重新打印张贴", "为什么要换纸", "打印上栏（A3）").Not("去看过")
		s.LogIn("kj", s.Accountant).Get(task).Want(200, "由别人办理")
		director.Post(task, "done", "intact").Want(422, "换下旧纸")
		director.Post(task).Want(422, "处理结果")
		director.Post(task, "done", "hung").Want(303)
		director.Get(task).Want(200, "已重新打印并贴上")
		v.Get(fmt.Sprintf("/n/%d/posting", id)).Want(200, "遮盖过个人信息", "登记换上新纸", "旧：")
		v.Get(fmt.Sprintf("/n/%d/posting/print", id)).Want(200, "遮盖过个人信息")
		v.Get(here+"?k="+old).Want(200, "这张纸过期了", "旧纸还贴着").Not("贴在公开栏上吗")
		v.Get(v.Post(here, "k", old, "answer", "differs").Want(303).Where()).Want(200, "登记好了")
		v.Get(here+"?k="+old).Want(200, "已经接到换纸的待办")
	})
}

// Whoever is logged in and scanned nothing says it of himself; the report says so, of supervisors too.
func TestAWordWithoutTheCodeIsMarked(t *testing.T) {
	for _, c := range []struct {
		word Word
		want string
	}{
		{Word{Witness: Villager, Answer: There}, "登录后自述，没有扫现场的码"},
		{Word{Witness: Supervisor, Answer: There}, "登录后自述，没有扫现场的码"},
		{Word{Witness: Supervisor, Answer: There, Code: true}, "扫了码"},
		{Word{Witness: Villager, Answer: There, Code: true, Old: true}, "旧纸，不算"},
	} {
		wantIn(t, strings.Join(Day{Words: []Word{c.word}}.says(), ""), c.want)
	}
}

// What is on record as hung only after a covering, but hung before it, has to be exchanged like any other: nobody's word about the old
// sheet proves a day. What was hung after the covering is the new sheet.
func TestAHangingEnteredAfterACovering(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		hang := func(id int64, on calendar.Date) {
			t.Helper()
			y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
				_, err := disclosure.Hang(ctx, w, id, "公开栏", on, Covering)
				return err
			})
		}
		late, fresh := y.published("迟登记的"), y.published("遮盖以后才贴的")
		posted := y.J.Today()
		day := y.later(1)
		y.covered(late)
		y.covered(fresh)
		y.later(1)
		hang(late, posted)
		hang(fresh, day.AddDays(1))
		if y.waiting(fresh) >= 0 {
			t.Error("a new sheet has to be exchanged")
		}
		open := y.waiting(late)
		if open < 0 {
			t.Fatal("the old sheet hangs and nobody is told")
		}
		if c := y.report(late).Covers; len(c) != 1 || c[0].Day != day || c[0].Act != y.row(late).ShownAct || !c[0].open() {
			t.Errorf("%+v", c)
		}
		y.see(y.Watch, CheckIn{Notice: late, Witness: "supervisor", Answer: "there"}) // logged in, no scan: the old sheet
		y.see(y.Watch, CheckIn{Notice: fresh, Witness: "supervisor", Answer: "there"})
		y.later(1)
		y.by(y.Watch, signed(SignOff{Notice: late, Side: SideSupervision, Rows: []Signed{{day.AddDays(1), "villager"}}}))
		if days := y.report(late).Days; days[2].Standing != Stale {
			t.Errorf("the old sheet proves %s: %s", days[2].Date, days[2].Standing)
		}
		if days := y.report(fresh).Days; days[0].Standing != Proven {
			t.Errorf("the new sheet proves nothing: %s", days[0].Standing)
		}
		y.by(y.Director, mended(open, Rehang{Done: HungAgain}))
		y.see(y.Watch, CheckIn{Notice: late, Witness: "supervisor", Answer: "there"})
		if days := y.report(late).Days; days[3].Standing != Proven {
			t.Errorf("%s: %s", days[3].Date, days[3].Standing)
		}
	})
}

// The clerk who enters such a hanging is led to the exchange.
func TestEnteringAnOldHangingLeadsToTheExchange(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.published("慰问名单")
		posted := s.J.Today()
		s.later(1)
		s.covered(id)
		s.later(1)
		director := s.LogIn("zr", s.Director)
		page := fmt.Sprintf("/desk/disclosure/%d", id)
		seen := director.Get(page).Want(200).Hidden("seen")
		director.Get(director.Post(page+"/post", "seen", seen, "day", string(posted), "place", "公开栏").Want(303).Where()).Want(200, "遮盖过，栏上的纸要换成", "旧纸要换下来")
		director.Get(fmt.Sprintf("/desk/rehang/%d", s.waiting(id))).Want(200, "为什么要换纸")
	})
}

// However many notices a year has, each is asked for what was covered.
func TestCoveringsOfMoreNoticesThanOneStatementAsks(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("慰问名单")
		y.covered(id)
		ids := make([]int64, 70_000) // more than either engine takes values in one statement
		for i := range ids {
			ids[i] = int64(1_000_000 + i)
		}
		ids[len(ids)-1] = id
		all, err := coversOf(y.Ctx, y.DB, y.Code, ids)
		if err != nil || len(all) != 1 || len(all[id]) != 1 {
			t.Errorf("%+v %v", all, err)
		}
	})
}
