package member_test

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

func adopt(rule string, from calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := org.Adopt(ctx, w, law.SetSetting{Key: law.Adoption(rule, "").Name, Value: 1, Level: law.Town, From: from, Citation: "街道党工委会议纪要"}, w.Today())
		return err
	}
}

// What the town has adopted refuses what is entered from that day on, however old the deed; what was entered before stands.
func TestAdoptedRulesRefuseEntries(t *testing.T) {
	each(t, func(y *membertest.Town) {
		young := member.Enter{Person: y.Person("早入党", "男", "1947-12-05"), Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "1965-07-01", Full: "1966-07-01"}
		short := member.Enter{Person: y.Person("早转正", "男", "1946-03-05"), Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "1965-07-01", Full: "1966-03-01"}
		late := member.Enter{Person: y.Person("晚转正", "男", "1960-03-05"), Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "1985-07-01", Full: "1988-07-01"}
		for rule, e := range map[string]member.Enter{"PM-01": young, "PM-15": short, "PM-16": late} {
			y.Must(adopt(rule, "2026-11-01"))
			if r := y.Refused(enter(e, "2026-11-20")); len(r.Verdicts) != 1 || r.Verdicts[0].Rule != rule || r.Verdicts[0].Setting == 0 {
				t.Errorf("%s adopted: %+v", rule, r.Verdicts)
			}
			n := y.Must(enter(e, "2026-10-31"))
			if a, err := journal.Read(y.Ctx, y.DB, y.Code, n); err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Outcome != law.Warn {
				t.Errorf("%s before it was adopted: %+v, %v", rule, a.Verdicts, err)
			}
			same := e.Full
			if r := y.Refused(act(member.Amend, n, member.Change{Full: &same}, "2026-11-20")); len(r.Verdicts) != 1 || r.Verdicts[0].Rule != rule {
				t.Errorf("%s: amended after it was adopted: %+v", rule, r.Verdicts)
			}
		}
		p := y.Person("久不转正", "男", "1990-01-01")
		id := y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.Opening, Admitted: "2020-01-01"}, "2025-01-01"))
		if got := rules(y.Refused(act(member.Confirm, id, member.TurnFull{}, "2026-11-20"))); got != "PM-16 第七条" {
			t.Errorf("confirmed years late: %s", got)
		}
		y.Must(act(member.Confirm, id, member.TurnFull{}, "2026-10-20"))
		y.Sound()
	})
}

func correct(target int64, body string, effective calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := w.Correct(ctx, journal.Correction{Target: target, Body: []byte(body), Effective: effective, Reason: "照档案改正"})
		return err
	}
}

// A corrected entry is held against the person's birthday and against what later acts made of the membership.
func TestCorrectedMembershipsAreHeldAgainstBirthAndLaterActs(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("郭晨", "男", "2003-06-25")
		e := member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.In, Admitted: "2022-06-25", From: "扬州大学党委"}
		id := y.Must(enter(e, "2023-03-18"))
		full := y.Must(act(member.Confirm, id, member.TurnFull{}, "2023-06-25"))
		body := func(admitted string) string {
			return fmt.Sprintf(`{"person":%d,"branch":%d,"category":"probationary","how":"world/in","admitted":%q,"from":"扬州大学党委"}`, p, y.First, admitted)
		}
		if got := rules(y.Refused(correct(id, body("2021-06-24"), ""))); got != "PM-01 第一条" {
			t.Errorf("corrected to a day too young: %s", got)
		}
		if got := rules(y.Refused(correct(id, body("2022-07-25"), ""))); got != "PM-15 第七条" {
			t.Errorf("corrected to less than a year before being full: %s", got)
		}
		if got := rules(y.Refused(correct(full, "", "2023-06-24"))); got != "PM-15 第七条" {
			t.Errorf("full a day too early: %s", got)
		}
		y.Must(correct(id, body("2022-06-24"), ""))
		day := calendar.Date("2022-06-20")
		change := y.Must(act(member.Amend, id, member.Change{Admitted: &day}, "2024-01-01"))
		if got := rules(y.Refused(correct(change, `{"admitted":"2021-06-20"}`, ""))); got != "PM-01 第一条" {
			t.Errorf("a change corrected to a day too young: %s", got)
		}
		y.Must(correct(change, `{"admitted":"2021-06-25"}`, ""))
		y.Sound()
	})
}
