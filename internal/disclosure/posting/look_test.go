package posting

import (
	"context"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/matter"
)

func wantIn(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in %q", p, text)
		}
	}
}

func signed(s SignOff) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error { _, err := Enter(ctx, w, s); return err }
}

func mended(id int64, r Rehang) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error { _, err := Mend(ctx, w, id, r); return err }
}

func TestASheetIsSeenTornOffAndHungAgain(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("防汛值班安排")
		y.later(1)
		y.see(y.Watch, CheckIn{Notice: id, Witness: "supervisor", Answer: "there", Code: true})
		size := y.Size()
		y.see(y.Watch, CheckIn{Notice: id, Witness: "supervisor", Answer: "there"}) // the same again is nothing new
		if y.Size() != size {
			t.Error("the same word of a day is recorded twice")
		}
		y.later(1)
		gone := y.see(y.Secretary, CheckIn{Notice: id, Witness: "villager", Answer: "gone", Note: "被雨淋掉了"})
		more := y.see(0, CheckIn{Notice: id, Witness: "scan", Answer: "differs", Code: true, Mark: "a"})
		m, err := matter.Find(y.Ctx, y.DB, y.Code, gone)
		if err != nil || m.Next != StepRehang || m.Title != y.row(id).Number+"不在公开栏上" || !strings.Contains(m.Title, "〔2026〕") || m.Unit != y.Committee {
			t.Errorf("%+v, %v", m, err)
		}
		if _, err := matter.Find(y.Ctx, y.DB, y.Code, more); err == nil {
			t.Error("a second word about the same sheet opens a second matter")
		}
		a, err := journal.Read(y.Ctx, y.DB, y.Code, more)
		if err != nil || !strings.Contains(string(a.Body), `"case":`) || a.By.Person != 0 {
			t.Errorf("%s %+v, %v", a.Body, a.By, err)
		}
		y.As(y.Director)
		wantIn(t, y.Refused(mended(gone, Rehang{Done: DaysOver})).Message, "还没有期满")
		wantIn(t, y.Refused(mended(more, Rehang{Done: HungAgain})).Message, "没有反映问题")
		wantIn(t, y.Refused(mended(id, Rehang{Done: HungAgain})).Message, "没有第")
		y.by(y.Director, mended(gone, Rehang{Done: HungAgain, Note: "换了塑料封套"}))
		if m, err = matter.Find(y.Ctx, y.DB, y.Code, gone); err != nil || m.Closed == "" || !strings.Contains(m.Outcome, "重新打印") {
			t.Errorf("%+v, %v", m, err)
		}
		y.later(1)
		y.see(0, CheckIn{Notice: id, Witness: "scan", Answer: "there", Code: true, Mark: "b"})
		y.later(14)
		want := "应贴 15 天，有 2 天有人在现场核实，缺 13 天：11月25日、11月27日至12月8日。"
		if got := y.report(id).Sentence(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// Whoever pressed the wrong button says it again: his last word of the day counts, the earlier one stays on record, and he does not
// dispute with himself. Another's word stands beside it.
func TestTheLastWordOfAWitnessCounts(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("防汛值班安排")
		day := y.later(1)
		size := y.Size()
		say := func(person int64, mark, witness, answer string, want Standing, words int, split bool) {
			t.Helper()
			y.see(person, CheckIn{Notice: id, Witness: witness, Answer: answer, Mark: mark})
			d := y.report(id).Days[1]
			if d.Date != day || d.Standing != want || len(d.Words) != words || d.Split() != split {
				t.Errorf("%s says %s: %+v, split %v", witness, answer, d, d.Split())
			}
		}
		say(y.Secretary, "", "villager", "there", Proven, 1, false)
		say(y.Secretary, "", "villager", "gone", Absent, 1, false)
		say(y.Secretary, "", "villager", "there", Proven, 1, false) // and back again
		if y.Size() != size+3 {
			t.Errorf("%d words on record, want 3", y.Size()-size)
		}
		say(0, "a", "scan", "gone", Proven, 2, true)
		say(0, "b", "scan", "gone", Proven, 2, true) // two phones, joined in one line
		say(0, "a", "scan", "there", Proven, 3, true)
		say(0, "b", "scan", "there", Proven, 2, false)
	})
}

func TestWhatCannotBeCheckedIsRefused(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		never := y.published("还没有贴")
		id := y.hung("防汛值班安排")
		y.As(y.Watch)
		here := CheckIn{Notice: id, Witness: "supervisor", Answer: "there"}
		with := func(f func(*CheckIn)) string {
			c := here
			f(&c)
			return y.Refused(says(c)).Message
		}
		wantIn(t, with(func(c *CheckIn) { c.Notice = never }), "还没有登记贴上公开栏", "补登张贴")
		wantIn(t, with(func(c *CheckIn) { c.Notice = 99999 }), "没有找到这张公示")
		wantIn(t, with(func(c *CheckIn) { c.Notice = y.Committee }), "没有找到这张公示")
		wantIn(t, with(func(c *CheckIn) { c.Answer = "maybe" }), "请选择")
		wantIn(t, with(func(c *CheckIn) { c.Witness = "online" }), "请选择")
		wantIn(t, with(func(c *CheckIn) { c.Witness = "paper" }), "请选择")
		wantIn(t, with(func(c *CheckIn) { c.Witness = "office" }), "不能作证明")
		wantIn(t, with(func(c *CheckIn) { c.Answer, c.Note = "gone", "找13812345678" }), "手机号")

		y.later(16)
		y.down(id)
		wantIn(t, with(func(*CheckIn) {}), "撤下归档", "没有登记")

		other := y.hung("另一张")
		for i := range scanMost {
			y.see(0, CheckIn{Notice: other, Witness: "scan", Answer: "there", Code: true, Mark: string(rune('a'+i%26)) + string(rune('a'+i/26))})
		}
		y.As(0)
		wantIn(t, y.Refused(says(CheckIn{Notice: other, Witness: "scan", Answer: "there", Code: true, Mark: "zz"})).Message, "今天已经", "登录")
		y.see(y.Watch, CheckIn{Notice: other, Witness: "supervisor", Answer: "there"})
	})
}

func TestAPaperListIsEnteredAfterwards(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.hung("防汛值班安排")
		up := y.J.Today()
		y.As(y.Accountant)
		list := SignOff{Notice: id, Side: SideOffice, Rows: []Signed{{up.AddDays(1), "villager"}}}
		wantIn(t, y.Refused(signed(list)).Message, "还没有到")
		y.later(5)
		with := func(rows ...Signed) string {
			l := list
			l.Rows = rows
			return y.Refused(signed(l)).Message
		}
		wantIn(t, with(), "至少填写一天")
		wantIn(t, with(Signed{up.AddDays(-1), "villager"}), "才贴上")
		wantIn(t, with(Signed{"2026-02-30", "villager"}), "成对填写")
		wantIn(t, with(Signed{up, "somebody"}), "成对填写")
		var many []Signed
		for i := range rowsMost + 1 {
			many = append(many, Signed{up.AddDays(i - 100), "villager"})
		}
		wantIn(t, with(many...), "最多补录")
		entered := y.by(y.Accountant, signed(SignOff{Notice: id, Side: SideOffice, Rows: []Signed{
			{up.AddDays(3), "delegate"}, {up.AddDays(1), "villager"}, {up.AddDays(1), "villager"}, {up.AddDays(1), "supervisor"}}}))
		r := y.report(id)
		if r.Proven != 2 || r.Days[1].Words[0].Side != SideOffice || r.Days[1].Words[0].Witness != Paper {
			t.Errorf("%+v", r)
		}
		// Entered in error: it is voided, and proves nothing any more.
		y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := w.Void(ctx, journal.Voiding{Target: entered, Reason: "录到了另一张公示上"})
			return err
		})
		if r := y.report(id); r.Proven != 0 {
			t.Errorf("%+v", r)
		}
		y.later(20)
		y.down(id)
		y.As(y.Watch)
		wantIn(t, y.Refused(signed(SignOff{Notice: id, Side: SideSupervision, Rows: []Signed{{y.later(1), "villager"}}})).Message, "已经撤下")
		y.by(y.Watch, signed(SignOff{Notice: id, Side: SideSupervision, Rows: []Signed{{up.AddDays(2), "villager"}}}))
	})
}

func TestTheYearOfAVillage(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		a := y.hung("甲")
		y.later(1)
		y.see(y.Watch, CheckIn{Notice: a, Witness: "supervisor", Answer: "there"})
		y.Set("2026-12-25")
		b := y.hung("乙")
		y.Set("2027-02-01")
		for _, c := range []struct {
			year int
			area int64
			want []int64
		}{{2026, y.Village, []int64{a, b}}, {2027, y.Village, []int64{b}}, {2025, y.Village, nil}, {2026, y.Street, []int64{a, b}}, {2026, y.neighbour, nil}} {
			rows, reports, err := Year(y.Ctx, y.DB, y.Code, c.area, c.year, y.J.Today())
			if err != nil || len(rows) != len(c.want) || len(reports) != len(rows) {
				t.Fatalf("%d: %d notices, %v", c.year, len(rows), err)
			}
			for i, n := range rows {
				if n.ID != c.want[i] {
					t.Errorf("%d: notice %d, want %d", c.year, n.ID, c.want[i])
				}
			}
		}
		_, reports, err := Year(y.Ctx, y.DB, y.Code, y.Village, 2026, y.J.Today())
		if s := Total(reports); err != nil || s.Notices != 2 || s.Proven != 1 || s.Ended != 2 || s.Whole != 0 || s.Gaps != s.Over-1 {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

func TestCodesAreForOneNoticeAndTheirTime(t *testing.T) {
	codes := Codes{func(s string) string { return "key|" + s }}
	n := notice(7, "2026-12-08")
	k := codes.For(7, "2026-11-23", 0)
	fault := func(n disclosure.Row, code string, today calendar.Date) string {
		_, why := codes.read(n, code, []int64{0}, today)
		return why
	}
	if why := fault(n, k, "2026-11-24"); why != "" || fault(n, " "+strings.ToUpper(k), "2026-11-24") != "" {
		t.Error(why)
	}
	swap := func(i int) string { // another letter at a place
		b := []byte(k)
		if b[i] = 'b'; k[i] == 'b' {
			b[i] = 'c'
		}
		return string(b)
	}
	for name, c := range map[string]struct {
		code  string
		today calendar.Date
		want  string
	}{
		"none":           {"", "2026-11-24", "不完整"},
		"cut":            {k[:10], "2026-11-24", "不完整"},
		"nonsense":       {strings.Repeat("x", codeLength), "2026-11-24", "看不懂"},
		"forged":         {swap(codeLength - 1), "2026-11-24", "不是这张公示的"},
		"another day":    {"261124" + k[6:], "2026-11-24", "不是这张公示的"},
		"another notice": {codes.For(8, "2026-11-23", 0), "2026-11-24", "不是这张公示的"},
		"another town":   {Codes{func(s string) string { return "other|" + s }}.For(7, "2026-11-23", 0), "2026-11-24", "不是这张公示的"},
		"expired":        {k, "2027-02-24", "过期"},
	} {
		if got := fault(n, c.code, c.today); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if why := fault(n, k, "2027-02-23"); why != "" {
		t.Error(why)
	}
	if why := fault(notice(7, "2027-06-30"), k, "2027-06-30"); why != "" {
		t.Errorf("a sheet that must hang longer: %s", why)
	}
	// A sheet is known by the covering after which it was printed.
	if sheet, why := codes.read(n, codes.For(7, "2026-11-23", 40), []int64{20, 40, 0}, "2026-11-24"); why != "" || sheet != 40 {
		t.Errorf("sheet %d, %s", sheet, why)
	}
	if sheet, why := codes.read(n, k, []int64{20, 40, 0}, "2026-11-24"); why != "" || sheet != 0 {
		t.Errorf("sheet %d, %s", sheet, why)
	}
	a, b := codes.mark("x", 7, "2026-11-23"), codes.mark("x", 7, "2026-11-24")
	if a == b || a == codes.mark("x", 8, "2026-11-23") || a != codes.mark("x", 7, "2026-11-23") || codes.mark("", 7, "2026-11-23") != "" {
		t.Error("marks of a device can be put together, or are not its own")
	}
}
