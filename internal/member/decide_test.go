package member_test

import (
	"context"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/ledger"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

func each(t *testing.T, f func(y *membertest.Town)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(membertest.New(t, d)) })
}

func enter(e member.Enter, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := member.Join(ctx, w, e, on)
		return err
	}
}

func act[B any](f func(context.Context, *journal.Writer, int64, B, calendar.Date) (int64, error), id int64, b B, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := f(ctx, w, id, b, on)
		return err
	}
}

func rules(r *journal.Refusal) string {
	var ids []string
	for _, v := range r.Verdicts {
		ids = append(ids, v.Rule+" "+v.Article)
	}
	return strings.Join(ids, ",")
}

func TestAdmissionIsJudgedByTheConstitutionOfItsDay(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("郭晨", "男", "2003-06-25")
		e := member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.In, Admitted: "2021-06-24", Full: "2022-06-24", From: "扬州大学党委"}
		if got := rules(y.Refused(enter(e, "2026-03-18"))); got != "PM-01 第一条" {
			t.Errorf("a day too young: %s", got)
		}
		e.Admitted, e.Full = "2021-06-25", "2022-06-24"
		if got := rules(y.Refused(enter(e, "2026-03-18"))); got != "PM-15 第七条" {
			t.Errorf("a day too early a full member: %s", got)
		}
		e.Full = "2022-06-25"
		n := y.Must(enter(e, "2026-03-18"))
		a, err := journal.Read(y.Ctx, y.DB, y.Code, n)
		if err != nil || len(a.Verdicts) != 0 {
			t.Errorf("a plain entry keeps verdicts %+v, %v", a.Verdicts, err)
		}
		if got := rules(y.Refused(enter(e, "2026-05-01"))); got != "PM-20-one 第八条" {
			t.Errorf("entered twice: %s", got)
		}
		y.Sound()
	})
}

func TestOldMembersAreOnlyWarned(t *testing.T) {
	each(t, func(y *membertest.Town) {
		for _, c := range []struct {
			birth, admitted, full calendar.Date
			want                  string
		}{
			{"1947-12-05", "1965-07-01", "1966-07-01", "PM-01"}, // seventeen, under the constitution of 1956
			{"1946-03-05", "1965-07-01", "1966-03-01", "PM-15"}, // eight months of probation
			{"1950-03-05", "1971-07-01", "1971-07-01", ""},      // no probation then
			{"1930-03-05", "1949-05-01", "1949-05-01", ""},
			{"1960-03-05", "1985-07-01", "1988-07-01", "PM-16"}, // three years of probation
		} {
			p := y.Person("老党员", "男", c.birth)
			n := y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.Opening, Admitted: c.admitted, Full: c.full}, "2025-05-31"))
			a, err := journal.Read(y.Ctx, y.DB, y.Code, n)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, v := range a.Verdicts {
				if got += v.Rule; v.Outcome != law.Warn {
					t.Errorf("%+v: %s", c, v.Text())
				}
			}
			if got != c.want {
				t.Errorf("%+v: verdicts %q", c, got)
			}
		}
		y.Sound()
	})
}

func TestRefusedEntries(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁晓峰", "男", "1984-10-28")
		good := member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.Admitted, Admitted: "2025-06-27"}
		for name, c := range map[string]struct {
			change func(*member.Enter)
			on     calendar.Date
			field  string
		}{
			"no such person":         {func(e *member.Enter) { e.Person = 9999 }, "2025-06-27", "person"},
			"a unit for a person":    {func(e *member.Enter) { e.Person = y.First }, "2025-06-27", "person"},
			"into the general":       {func(e *member.Enter) { e.Branch = y.General }, "2025-06-27", ""},
			"no such branch":         {func(e *member.Enter) { e.Branch = 9999 }, "2025-06-27", "branch"},
			"before the branch":      {func(e *member.Enter) { e.Admitted = "2003-01-01" }, "2003-01-01", "branch"},
			"admitted as full":       {func(e *member.Enter) { e.Category = member.Full }, "2025-06-27", "category"},
			"probation with date":    {func(e *member.Enter) { e.How, e.Full = member.In, "2026-06-27" }, "2026-07-01", "full"},
			"full before admission":  {func(e *member.Enter) { e.How, e.Category, e.Full = member.In, member.Full, "2025-06-26" }, "2026-07-01", "full"},
			"admitted after entry":   {func(e *member.Enter) { e.Admitted = "2025-06-28" }, "2025-06-27", "admitted"},
			"full after entry":       {func(e *member.Enter) { e.How, e.Category, e.Full = member.In, member.Full, "2026-08-01" }, "2026-07-01", "full"},
			"no category":            {func(e *member.Enter) { e.Category = "applicant" }, "2025-06-27", "category"},
			"no way in":              {func(e *member.Enter) { e.How = member.Died }, "2025-06-27", "how"},
			"an impossible day":      {func(e *member.Enter) {}, "2025-06-31", "effective"},
			"nineteen hundred words": {func(e *member.Enter) { e.How = "" }, "2025-06-27", "how"},
		} {
			e := good
			c.change(&e)
			if r := y.Refused(enter(e, c.on)); r.Field != c.field && c.field != "effective" {
				t.Errorf("%s: field %q: %s", name, r.Field, r.Message)
			}
		}
		y.Must(enter(good, "2025-06-27"))
		y.Sound()
	})
}

func TestAMemberGoesThroughEverything(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁晓峰", "男", "1984-10-28")
		id := y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.Admitted}, "2025-06-27"))
		if got := rules(y.Refused(act(member.Confirm, id, member.TurnFull{}, "2026-06-26"))); got != "PM-15 第七条" {
			t.Errorf("a day before probation ends: %s", got)
		}
		y.Must(act(member.Confirm, id, member.TurnFull{Basis: "支部大会2026年6月27日"}, "2026-06-27"))
		y.Refused(act(member.Confirm, id, member.TurnFull{}, "2026-07-27"))
		if got := rules(y.Refused(act(member.Transfer, id, member.Move{Branch: y.General}, "2026-08-01"))); got != "PM-20-one 第八条" {
			t.Errorf("moved into a general branch: %s", got)
		}
		y.Must(act(member.Transfer, id, member.Move{Branch: y.Second}, "2026-08-01"))
		y.Refused(act(member.Transfer, id, member.Move{Branch: y.Second}, "2026-08-02"))
		y.Refused(act(member.Travel, id, member.Float{Away: true}, "2026-08-10"))
		y.Must(act(member.Travel, id, member.Float{Away: true, Place: "苏州市"}, "2026-08-10"))
		y.Must(act(member.Travel, id, member.Float{}, "2026-10-10"))
		y.Refused(act(member.Travel, id, member.Float{}, "2026-10-11"))
		y.Refused(act(member.Depart, id, member.Leave{How: member.Out}, "2026-11-01"))
		y.Refused(act(member.Depart, id, member.Leave{How: member.Left}, "2026-11-01"))
		y.Refused(act(member.Depart, id, member.Leave{How: member.Opening}, "2026-11-01"))
		y.Must(act(member.Depart, id, member.Leave{How: member.Out, To: "仪征市真州镇党委"}, "2026-11-01"))
		y.Refused(act(member.Travel, id, member.Float{Away: true, Place: "南京市"}, "2026-11-02"))
		// He comes back: another membership of the same person.
		again := y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.In, Admitted: "2025-06-27", Full: "2026-06-27", From: "仪征市真州镇党委"}, "2026-11-10"))
		if ids, err := member.Of(y.Ctx, y.DB, y.Code, p); err != nil || len(ids) != 2 || ids[1] != again {
			t.Errorf("memberships %v, %v", ids, err)
		}
		for _, c := range []struct {
			on         calendar.Date
			unit       int64
			full, prob int64
		}{
			{"2025-06-26", y.General, 0, 0}, {"2025-06-27", y.First, 0, 1}, {"2026-06-26", y.Working, 0, 1}, {"2026-06-27", y.First, 1, 0},
			{"2026-08-01", y.First, 0, 0}, {"2026-08-01", y.Second, 1, 0}, {"2026-11-01", y.General, 0, 0}, {"2026-11-10", y.Village, 1, 0},
		} {
			full, prob, err := member.Count(y.Ctx, y.DB, y.Code, c.unit, c.on)
			if err != nil || full != c.full || prob != c.prob {
				t.Errorf("unit %d on %s: %d and %d, %v", c.unit, c.on, full, prob, err)
			}
			rows, err := member.AsOf(y.Ctx, y.DB, y.Code, c.unit, c.on)
			if err != nil || int64(len(rows)) != c.full+c.prob {
				t.Errorf("roster of unit %d on %s: %+v, %v", c.unit, c.on, rows, err)
			}
		}
		y.Sound()
	})
}

func TestALateEntryMayNotBreakALaterAct(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁晓峰", "男", "1984-10-28")
		id := y.Member(p, y.First, "2010-07-01", "2025-05-31")
		moved := y.Must(act(member.Transfer, id, member.Move{Branch: y.Second}, "2026-08-01"))
		r := y.Refused(act(member.Depart, id, member.Leave{How: member.Died}, "2026-07-01"))
		if r.Act != moved {
			t.Errorf("the refusal names act %d, not %d: %s", r.Act, moved, r.Message)
		}
		// The branch cannot be dissolved under its member, nor the person corrected away.
		if r := y.Refused(act(org.WindUp, y.Second, org.Dissolve{Reason: "撤并"}, "2026-09-01")); r.Act != moved {
			t.Errorf("dissolving names act %d, not %d: %s", r.Act, moved, r.Message)
		}
		y.Must(act(member.Transfer, id, member.Move{Branch: y.First}, "2026-08-20"))
		y.Must(act(org.WindUp, y.Second, org.Dissolve{Reason: "撤并"}, "2026-09-01"))
		y.Refused(act(member.Transfer, id, member.Move{Branch: y.Second}, "2026-09-02"))
		y.Sound()
	})
}

func TestNothingBeforeItsDay(t *testing.T) {
	each(t, func(y *membertest.Town) {
		tomorrow := y.J.Today().AddDays(1)
		p := y.Person("丁晓峰", "男", "1984-10-28")
		id := y.Member(p, y.First, "2010-07-01", "2025-05-31")
		other := y.Person("郭晨", "男", "1984-10-28")
		for name, f := range map[string]journaltest.Decide{
			"enter":  enter(member.Enter{Person: other, Branch: y.First, Category: member.Probationary, How: member.Admitted}, tomorrow),
			"full":   act(member.Confirm, id, member.TurnFull{}, tomorrow),
			"move":   act(member.Transfer, id, member.Move{Branch: y.Second}, tomorrow),
			"leave":  act(member.Depart, id, member.Leave{How: member.Died}, tomorrow),
			"float":  act(member.Travel, id, member.Float{Away: true, Place: "苏州市"}, tomorrow),
			"change": act(member.Amend, id, member.Change{Record: map[string]string{"post": "个体工商户"}}, tomorrow),
		} {
			if r := y.Refused(f); r.Field != "effective" {
				t.Errorf("%s: field %q: %s", name, r.Field, r.Message)
			}
		}
		y.Sound()
	})
}

func TestChangesOfDatesAreJudged(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁晓峰", "男", "1984-10-28")
		id := y.Member(p, y.First, "2010-07-01", "2025-05-31")
		day := func(d calendar.Date) *calendar.Date { return &d }
		if got := rules(y.Refused(act(member.Amend, id, member.Change{Full: day("2011-06-30")}, "2026-01-05"))); got != "PM-15 第七条" {
			t.Errorf("probation of a day less: %s", got)
		}
		if got := rules(y.Refused(act(member.Amend, id, member.Change{Admitted: day("2002-10-27")}, "2026-01-05"))); got != "PM-01 第一条" {
			t.Errorf("seventeen: %s", got)
		}
		y.Must(act(member.Amend, id, member.Change{Admitted: day("2009-07-01"), Record: map[string]string{"post": "个体工商户"}}, "2026-01-05"))
		m, ok, err := journal.StateOf[member.Member](y.Ctx, y.DB, y.J.Book(), y.Code, id, journal.Now)
		if err != nil || !ok || m.Admitted != "2009-07-01" || m.Full != "2011-07-01" || m.Record["post"] != "个体工商户" {
			t.Errorf("%+v, %v", m, err)
		}
		y.Sound()
	})
}

func TestReviewOfBranches(t *testing.T) {
	each(t, func(y *membertest.Town) {
		on := calendar.Date("2026-06-01")
		for i := range 7 {
			y.Member(y.Person("党员", "女", "1970-01-01"), y.First, calendar.Of(2000+i, 7, 1), "2025-05-31")
		}
		y.Member(y.Person("党员", "女", "1970-01-01"), y.Second, "2001-07-01", "2025-05-31")
		list, err := member.Review(y.Ctx, y.DB, y.Code, on)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int64]string{}
		for _, s := range list {
			for _, v := range s.Verdicts {
				got[s.Unit] += v.Rule + " "
			}
		}
		want := map[int64]string{y.General: "PO-04 ", y.First: "PO-02 ", y.Second: "PO-01 "}
		if len(got) != len(want) || got[y.General] != want[y.General] || got[y.First] != want[y.First] || got[y.Second] != want[y.Second] {
			t.Errorf("review: %v, want %v", got, want)
		}
		y.Sound()
	})
}

// Every movement stands on two accounts, so opening + in − out = closing for any unit and any period.
func TestOpeningPlusInMinusOutIsClosing(t *testing.T) {
	each(t, func(y *membertest.Town) {
		var ids []int64
		for i := range 6 {
			ids = append(ids, y.Member(y.Person("党员", "男", "1970-01-01"), y.First, calendar.Of(2000+i, 7, 1), "2025-05-31"))
		}
		y.Must(act(member.Depart, ids[0], member.Leave{How: member.Died}, "2025-09-03"))
		y.Must(act(member.Depart, ids[1], member.Leave{How: member.Out, To: "南京市"}, "2026-01-03"))
		y.Must(act(member.Transfer, ids[2], member.Move{Branch: y.Second}, "2026-02-03"))
		y.Must(enter(member.Enter{Person: y.Person("新党员", "男", "2000-01-01"), Branch: y.First, Category: member.Probationary, How: member.Admitted}, "2026-03-03"))
		after, until := calendar.Date("2025-08-31"), calendar.Date("2026-11-20")
		for _, branch := range []int64{y.First, y.Second} {
			account := strings.TrimSuffix(member.Account(branch, member.Full), "/full")
			opening, err1 := ledger.Balance(y.Ctx, y.DB, y.Code, member.Head, account, after)
			closing, err2 := ledger.Balance(y.Ctx, y.DB, y.Code, member.Head, account, until)
			moves, err3 := ledger.Movements(y.Ctx, y.DB, y.Code, member.Head, account, after, until)
			sum := opening
			for _, m := range moves {
				sum += m.In - m.Out
			}
			if err1 != nil || err2 != nil || err3 != nil || sum != closing {
				t.Errorf("branch %d: %d + movements = %d, closing %d (%v %v %v)", branch, opening, sum, closing, err1, err2, err3)
			}
		}
		y.Sound()
	})
}

func stateOf(y *membertest.Town, id int64) (*member.Member, bool, error) {
	return journal.StateOf[member.Member](y.Ctx, y.DB, y.J.Book(), y.Code, id, journal.Now)
}
