package org_test

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
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

func each(t *testing.T, f func(y *membertest.Town)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(membertest.New(t, d)) })
}

func setUp(e org.Establish, on calendar.Date, more ...law.Verdict) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := org.SetUp(ctx, w, e, on, more...)
		return err
	}
}

func install(a org.Appoint, on calendar.Date, more ...law.Verdict) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := org.Install(ctx, w, a, on, more...)
		return err
	}
}

func act[B any](f func(context.Context, *journal.Writer, int64, B, calendar.Date) (int64, error), id int64, b B, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := f(ctx, w, id, b, on)
		return err
	}
}

const day calendar.Date = "2026-03-01"

// What is today's tree and roster knows nothing of tomorrow: an act for a day to come waits for it.
func TestNothingBeforeItsDay(t *testing.T) {
	each(t, func(y *membertest.Town) {
		tomorrow := y.J.Today().AddDays(1)
		for name, f := range map[string]func(on calendar.Date) journaltest.Decide{
			"dissolve": func(on calendar.Date) journaltest.Decide {
				return act(org.WindUp, y.Second, org.Dissolve{Reason: "撤并"}, on)
			},
			"set up": func(on calendar.Date) journaltest.Decide {
				return setUp(org.Establish{Kind: "party-branch", Name: "新支部", Parents: map[org.Line]int64{org.Party: y.General}}, on)
			},
			"rename": func(on calendar.Date) journaltest.Decide {
				return act(org.GiveName, y.First, org.Rename{Name: "另一支部"}, on)
			},
			"attach": func(on calendar.Date) journaltest.Decide {
				return act(org.PutUnder, y.First, org.Attach{Line: org.Party, Parent: y.Working}, on)
			},
		} {
			if r := y.Refused(f(tomorrow)); r.Field != "effective" || !strings.Contains(r.Message, "还没有到") {
				t.Errorf("%s: field %q: %s", name, r.Field, r.Message)
			}
			y.Must(f(y.J.Today()))
		}
		y.Sound()
	})
}

func TestSettingUp(t *testing.T) {
	each(t, func(y *membertest.Town) {
		under := func(line org.Line, p int64) map[org.Line]int64 { return map[org.Line]int64{line: p} }
		for name, c := range map[string]struct {
			e     org.Establish
			on    calendar.Date
			field string
		}{
			"no parent":                   {org.Establish{Kind: "party-branch", Name: "新支部"}, day, "parent"},
			"no such kind":                {org.Establish{Kind: "club", Name: "新支部", Parents: under(org.Party, y.General)}, day, "kind"},
			"no such parent":              {org.Establish{Kind: "party-branch", Name: "新支部", Parents: under(org.Party, 9999)}, day, "parent"},
			"a person for a parent":       {org.Establish{Kind: "party-branch", Name: "新支部", Parents: under(org.Party, y.Clerk)}, day, "parent"},
			"before its parent":           {org.Establish{Kind: "party-branch", Name: "新支部", Parents: under(org.Party, y.General)}, "2001-01-01", "parent"},
			"a village as Party superior": {org.Establish{Kind: "party-branch", Name: "新支部", Parents: under(org.Party, y.Village)}, day, "parent"},
			"inside a committee":          {org.Establish{Kind: "service-centre", Name: "便民服务站", Parents: under(org.Area, y.Committee)}, day, "parent"},
			"an unknown line":             {org.Establish{Kind: "party-branch", Name: "新支部", Parents: under("trade", y.General)}, day, "parent"},
			"a name twice":                {org.Establish{Kind: "village", Name: "文峰村", Parents: under(org.Area, y.Street)}, day, "name"},
			"no name":                     {org.Establish{Kind: "village", Name: " ", Parents: under(org.Area, y.Street)}, day, "name"},
			"a wrong division code":       {org.Establish{Kind: "village", Name: "渡江村", Code: "32100200399", Parents: under(org.Area, y.Street)}, day, "code"},
		} {
			if r := y.Refused(setUp(c.e, c.on)); r.Field != c.field {
				t.Errorf("%s: field %q: %s", name, r.Field, r.Message)
			}
		}
		y.Must(setUp(org.Establish{Kind: "village", Name: "渡江村", Code: "321002003201", Parents: under(org.Area, y.Street)}, day))
		if r := y.Refused(setUp(org.Establish{Kind: "village", Name: "渡江新村", Code: "321002003201", Parents: under(org.Area, y.Street)}, day)); r.Field != "code" {
			t.Errorf("a code twice: %+v", r)
		}
		warned := law.Verdict{Rule: "PO-01", Version: 1, Outcome: law.Warn, Given: "正式党员2人"}
		n := y.Must(setUp(org.Establish{Kind: "party-branch", Name: "新支部", Parents: under(org.Party, y.General)}, day, warned))
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, n); err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Rule != "PO-01" {
			t.Errorf("the warning is not in the act: %+v, %v", a.Verdicts, err)
		}
		refused := law.Verdict{Rule: "PO-01", Version: 1, Outcome: law.Refuse, Given: "正式党员2人", Need: "3人以上"}
		if r := y.Refused(setUp(org.Establish{Kind: "party-branch", Name: "再一支部", Parents: under(org.Party, y.General)}, day, refused)); len(r.Verdicts) != 1 {
			t.Errorf("refused without its verdict: %+v", r)
		}
		y.Sound()
	})
}

func TestNamesAreDated(t *testing.T) {
	each(t, func(y *membertest.Town) {
		y.Must(act(org.GiveName, y.Village, org.Rename{Name: "文峰社区"}, day))
		y.Refused(act(org.GiveName, y.Village, org.Rename{Name: "文峰社区"}, "2026-04-01"))
		if r := y.Refused(act(org.GiveName, y.Committee, org.Rename{Name: "文峰社区"}, "2026-04-01")); r.Field != "name" {
			t.Errorf("a taken name: %+v", r)
		}
		for on, name := range map[calendar.Date]string{"2026-02-28": "文峰村", day: "文峰社区"} {
			if got, err := org.ByName(y.Ctx, y.DB, y.Code, name, on); err != nil || len(got) != 1 || got[0].ID != y.Village {
				t.Errorf("%s on %s: %+v, %v", name, on, got, err)
			}
		}
		y.Sound()
	})
}

func TestDissolvingNeedsEmptyHands(t *testing.T) {
	each(t, func(y *membertest.Town) {
		r := y.Refused(act(org.WindUp, y.General, org.Dissolve{Reason: "撤并"}, day))
		if !strings.Contains(r.Message, "2 个组织、1 项任职") || r.Act != y.First {
			t.Errorf("act %d (want %d): %s", r.Act, y.First, r.Message)
		}
		offices, err := org.OfficesIn(y.Ctx, y.DB, y.Code, y.General, day)
		if err != nil || len(offices) != 1 {
			t.Fatal(offices, err)
		}
		// All in one request: the branches go, the secretary leaves, the general branch ends.
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			for _, b := range []int64{y.First, y.Second} {
				if _, err := org.PutUnder(ctx, w, b, org.Attach{Line: org.Party, Parent: y.Working}, day); err != nil {
					return err
				}
			}
			if _, err := org.Release(ctx, w, offices[0].ID, org.Leave{Reason: "撤并"}, day); err != nil {
				return err
			}
			_, err := org.WindUp(ctx, w, y.General, org.Dissolve{Reason: "撤并"}, day)
			return err
		})
		y.Refused(act(org.WindUp, y.General, org.Dissolve{Reason: "撤并"}, day))
		y.Refused(act(org.WindUp, y.Second, org.Dissolve{}, day))
		y.Refused(act(org.PutUnder, y.First, org.Attach{Line: org.Party, Parent: y.General}, day))
		y.Sound()
	})
}

func TestNobodyIsHisOwnSuperior(t *testing.T) {
	each(t, func(y *membertest.Town) {
		y.Refused(act(org.PutUnder, y.General, org.Attach{Line: org.Party, Parent: y.General}, day))
		r := y.Refused(act(org.PutUnder, y.General, org.Attach{Line: org.Party, Parent: y.First}, day))
		if !strings.Contains(r.Message, "自己的上级") {
			t.Errorf("a cycle: %s", r.Message)
		}
		y.Must(act(org.PutUnder, y.Second, org.Attach{Line: org.Party, Parent: y.First}, day))
		y.Sound()
	})
}

func TestOfficesThatDoNotGoTogether(t *testing.T) {
	each(t, func(y *membertest.Town) {
		// The director cannot head the committee that supervises him; nor may he after leaving on a later day.
		y.Must(act(org.Release, officeOf(y, y.Watch), org.Leave{Reason: "辞职"}, day))
		r := y.Refused(install(org.Appoint{Unit: y.Supervision, Role: "supervision-head", Person: y.Director}, day))
		if len(r.Verdicts) != 1 || !strings.Contains(r.Message, "第三十七条") || r.Verdicts[0].Remedy == "" {
			t.Errorf("the refusal does not cite the article: %+v", r)
		}
		// What a guideline advises against is kept as a warning: the secretary heads supervision.
		n := y.Must(install(org.Appoint{Unit: y.Supervision, Role: "supervision-head", Person: y.Secretary}, day))
		a, err := journal.Read(y.Ctx, y.DB, y.Code, n)
		if err != nil || len(a.Verdicts) != 1 || a.Verdicts[0].Outcome != law.Warn {
			t.Errorf("the warning is not in the act: %+v, %v", a.Verdicts, err)
		}
		// An office entered late is compared with those that began after it.
		p := y.Person("张国洋", "男", "1980-01-01")
		y.Must(install(org.Appoint{Unit: y.Collective, Role: "collective-supervisor", Person: p}, "2026-06-01"))
		if r := y.Refused(install(org.Appoint{Unit: y.Collective, Role: "council-member", Person: p}, "2026-01-01")); len(r.Verdicts) != 1 {
			t.Errorf("supervisor and council member: %+v", r)
		}
		y.Sound()
	})
}

func officeOf(y *membertest.Town, person int64) int64 {
	y.Helper()
	list, err := org.OfficesOf(y.Ctx, y.DB, y.Code, person, day)
	if err != nil || len(list) == 0 {
		y.Fatalf("offices of %d: %v, %v", person, list, err)
	}
	return list[0].ID
}

func TestPostsAndTheirUnits(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("张国洋", "男", "1980-01-01")
		r := y.Refused(install(org.Appoint{Unit: y.General, Role: "general-branch-secretary", Person: p}, day))
		if held := officeOf(y, y.Secretary); r.Field != "role" || r.Act != held {
			t.Errorf("a taken post: act %d (want %d), %s", r.Act, held, r.Message)
		}
		for name, a := range map[string]org.Appoint{
			"a secretary of a committee": {Unit: y.Committee, Role: "general-branch-secretary", Person: p},
			"no such role":               {Unit: y.General, Role: "mayor", Person: p},
			"no such unit":               {Unit: 9999, Role: "branch-member", Person: p},
			"no such person":             {Unit: y.General, Role: "branch-member", Person: 9999},
			"a term that ends at once":   {Unit: y.General, Role: "branch-member", Person: p, Until: day},
			"an impossible end":          {Unit: y.General, Role: "branch-member", Person: p, Until: "2031-02-30"},
			"the same post twice":        {Unit: y.Collective, Role: "accountant", Person: y.Accountant},
		} {
			if r := y.Refused(install(a, day)); r.Message == "" {
				t.Errorf("%s: refused without a word", name)
			}
		}
		// The post is free from the day on which the holder leaves, and no day sooner.
		y.Must(act(org.Release, officeOf(y, y.Secretary), org.Leave{Reason: "届满换届"}, "2026-06-01"))
		y.Refused(install(org.Appoint{Unit: y.General, Role: "general-branch-secretary", Person: p}, "2026-05-31"))
		y.Must(install(org.Appoint{Unit: y.General, Role: "general-branch-secretary", Person: p, Until: "2031-06-01"}, "2026-06-01"))
		y.Refused(act(org.Release, officeOf(y, y.Clerk), org.Leave{}, "2026-06-01"))
		a := y.Actor(p)
		if len(a.Offices) != 1 || a.Offices[0].Title != "文峰村党总支书记" || a.Offices[0].Area != y.Village {
			t.Errorf("the new secretary acts as %+v", a.Offices)
		}
		y.Sound()
	})
}

func TestLocalTermsMayOnlyTighten(t *testing.T) {
	each(t, func(y *membertest.Town) {
		adopt := func(days int64) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := org.Adopt(ctx, w, law.SetSetting{Key: law.PostingDays.Name, Value: days, Level: law.Town, From: day, Citation: "街道村务公开办法"}, day)
				return err
			}
		}
		y.Refused(adopt(7))
		n := y.Must(adopt(20))
		s, err := org.Settings(y.Ctx, y.DB, y.Code)
		if err != nil {
			t.Fatal(err)
		}
		if days, by := law.PostingDays.In(s.On(day)); days != 20 || by != n {
			t.Errorf("posting days %d by act %d", days, by)
		}
		if days, by := law.PostingDays.In(s.On("2026-02-28")); days != 15 || by != 0 {
			t.Errorf("before: posting days %d by act %d", days, by)
		}
		y.Sound()
	})
}
