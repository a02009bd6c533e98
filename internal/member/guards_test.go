package member_test

import (
	"context"
	"encoding/json"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
)

func install(a org.Appoint, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := org.Install(ctx, w, a, on)
		return err
	}
}

func born(person int64, birth calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := people.Amend(ctx, w, person, people.Change{Birth: &birth}, "2026-11-20")
		return err
	}
}

// Whichever way an office is filled, its holder lives and is eighteen.
func TestOfficesAreFilledByTheLivingAndGrown(t *testing.T) {
	each(t, func(y *membertest.Town) {
		young := y.Person("王小明", "男", "2008-05-05")
		a := org.Appoint{Unit: y.Second, Role: "branch-member", Person: young}
		if got := rules(y.Refused(install(a, "2026-05-04"))); got != "IC-07 " {
			t.Errorf("a day too young: %s", got)
		}
		n := y.Must(install(a, "2026-05-05"))
		if got := rules(y.Refused(correct(n, "", "2026-05-04"))); got != "IC-07 " {
			t.Errorf("corrected to a day too young: %s", got)
		}
		dead := y.Person("周老", "男", "1940-01-01")
		m := y.Member(dead, y.Second, "1970-07-01", "2026-01-05")
		y.Must(act(member.Depart, m, member.Leave{How: member.Died}, "2026-10-01"))
		a.Person = dead
		if got := rules(y.Refused(install(a, "2026-10-01"))); got != "IC-07 " {
			t.Errorf("after death: %s", got)
		}
		y.Sound()
	})
}

// Another birthday is held against what is recorded of the person, whether it comes as a change or as a correction.
func TestABirthdayFitsMembershipsAndOffices(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("郭晨", "男", "1990-06-25")
		m := y.Member(p, y.First, "2010-07-01", "2025-05-31")
		if got := rules(y.Refused(born(p, "1993-01-01"))); got != "PM-01 第一条" {
			t.Errorf("admitted at seventeen: %s", got)
		}
		if r := y.Refused(born(p, "2011-01-01")); r.Act != m || r.Field != "birth" {
			t.Errorf("admitted before birth: %+v", r)
		}
		change := y.Must(born(p, "1991-01-01"))
		if got := rules(y.Refused(correct(change, `{"birth":"1993-01-01"}`, ""))); got != "PM-01 第一条" {
			t.Errorf("a change corrected: %s", got)
		}

		old := y.Person("老党员", "男", "1940-01-01")
		y.Member(old, y.First, "1965-07-01", "2025-05-31")
		n := y.Must(born(old, "1948-01-01"))
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, n); err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Rule != "PM-01" || a.Verdicts[0].Outcome != law.Warn {
			t.Errorf("under the older constitution it warns: %+v, %v", a.Verdicts, err)
		}

		held := y.Person("任职", "女", "1990-01-01")
		y.Must(install(org.Appoint{Unit: y.Second, Role: "branch-member", Person: held}, "2010-03-01"))
		if got := rules(y.Refused(born(held, "1992-03-02"))); got != "IC-07 " {
			t.Errorf("in office at seventeen: %s", got)
		}
		s, ok, err := journal.StateOf[people.Person](y.Ctx, y.DB, y.J.Book(), y.Code, held, journal.Now)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		enrol := s.Enrol
		enrol.Birth = "1992-03-02"
		body, err := json.Marshal(enrol)
		if err != nil {
			t.Fatal(err)
		}
		if got := rules(y.Refused(correct(held, string(body), ""))); got != "IC-07 " {
			t.Errorf("the enrolment corrected: %s", got)
		}
		y.Must(born(held, "1992-03-01"))
		y.Sound()
	})
}
