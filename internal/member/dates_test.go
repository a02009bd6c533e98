package member_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
)

// What cannot be is refused whatever the rules of its time asked for.
func TestDaysThatCannotBe(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("老党员", "男", "1947-12-05")
		for name, c := range map[string]struct {
			admitted, full calendar.Date
			offset, field  string
		}{
			"admitted before birth, under an old constitution": {"1946-07-01", "1966-07-01", "", "admitted"},
			"admitted at birth":                           {"1947-12-05", "1966-07-01", "", "admitted"},
			"full before birth, admission unknown":        {"", "1940-07-01", "", "full"},
			"full before admission, without probation":    {"1971-07-01", "1971-06-30", "", "full"},
			"older than the Party":                        {"1921-06-30", "1922-07-01", "", "admitted"},
			"admitted after entry":                        {"2025-06-01", "", "", "admitted"},
			"full after entry":                            {"2024-06-01", "2025-06-01", "", "full"},
			"a correction that is no number":              {"1971-07-01", "1971-07-01", "两年", "party_age_offset"},
			"a correction in parts of years":              {"1971-07-01", "1971-07-01", "1.5", "party_age_offset"},
			"fewer than no years":                         {"1971-07-01", "1971-07-01", "-54", "party_age_offset"},
			"longer a member than alive":                  {"1971-07-01", "1971-07-01", "25", "party_age_offset"},
			"a correction beyond all ages":                {"", "", "9999", "party_age_offset"},
			"a correction beyond all ages, the other way": {"", "", "-9999", "party_age_offset"},
		} {
			e := member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.Opening, Admitted: c.admitted, Full: c.full, Record: map[string]string{"party_age_offset": c.offset}}
			if p := y.Person("更早的人", "男", "1900-01-01"); name == "older than the Party" {
				e.Person = p
			}
			if r := y.Refused(enter(e, "2025-05-31")); r.Field != c.field || len(r.Verdicts) != 0 {
				t.Errorf("%s: field %q: %s", name, r.Field, r.Message)
			}
		}
		good := member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "1971-07-01", Full: "1971-07-01", Record: map[string]string{"party_age_offset": "-53"}}
		id := y.Must(enter(good, "2025-05-31"))
		for field, c := range map[string]member.Change{
			"admitted":         {Admitted: day("1946-07-01")},
			"full":             {Full: day("1971-06-30")},
			"party_age_offset": {Full: day("1973-07-01")}, // two years fewer than the correction takes away
		} {
			if r := y.Refused(act(member.Amend, id, c, "2025-06-01")); r.Field != field {
				t.Errorf("changed %s: field %q: %s", field, r.Field, r.Message)
			}
		}
		probationary := member.Enter{Person: y.Person("新党员", "女", "1999-03-05"), Branch: y.First, Category: member.Probationary, How: member.Admitted, Record: map[string]string{"party_age_offset": "1"}}
		if r := y.Refused(enter(probationary, "2026-06-01")); r.Field != "party_age_offset" {
			t.Errorf("years of a probationary member: %q %s", r.Field, r.Message)
		}
		child := member.Enter{Person: probationary.Person, Branch: y.First, Category: member.Full, How: member.Opening}
		if r := y.Refused(enter(child, "1999-03-05")); r.Field != "on" && r.Field != "branch" {
			t.Errorf("entered at birth: %q %s", r.Field, r.Message)
		}
		y.Sound()
	})
}

func corrects(n int64, body json.RawMessage) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := w.Correct(ctx, journal.Correction{Target: n, Body: body, Reason: "照档案改正"})
		return err
	}
}

func day(d calendar.Date) *calendar.Date { return &d }

// A correction of the entry is held to the same order of days.
func TestACorrectedDayMustBePossibleToo(t *testing.T) {
	each(t, func(y *membertest.Town) {
		e := member.Enter{Person: y.Person("丁晓峰", "男", "1984-10-28"), Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "2010-07-01", Full: "2011-07-01"}
		id := y.Must(enter(e, "2025-05-31"))
		change := y.Must(act(member.Amend, id, member.Change{Admitted: day("2010-06-01")}, "2025-06-01"))
		correct := func(n int64, body any) *journal.Refusal {
			t.Helper()
			raw, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			return y.Refused(corrects(n, raw))
		}
		e.Full = "2010-06-30"
		correct(id, e)
		e.Full, e.Record = "2011-07-01", map[string]string{"party_age_offset": "很多"}
		correct(id, e)
		correct(change, member.Change{Admitted: day("1920-01-01")})
		correct(change, member.Change{Record: map[string]string{"party_age_offset": "300"}})
		y.Sound()
	})
}

// Case E12: years count from the day of full membership, probation and its extension do not.
func TestYearsOfMembership(t *testing.T) {
	each(t, func(y *membertest.Town) {
		for _, c := range []struct {
			full   calendar.Date
			offset string
			want   string
		}{{"2012-07-01", "", "4"}, {"2013-07-01", "", "3"}, {"2012-07-01", "-2", "2"}, {"2012-07-02", "", "3"}, {"2012-07-01", "3", "7"}} {
			p := y.Person("丁晓峰", "男", "1984-10-28")
			id := y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Full, How: member.Opening, Admitted: "2011-07-01", Full: c.full,
				Record: map[string]string{"party_age_offset": c.offset}}, "2016-07-01"))
			var b bytes.Buffer
			if _, err := member.ExportRoster(y.Ctx, y.DB, y.Vault, &b, member.ExportOptions{Form: member.Form29, Unit: y.First, On: "2016-07-01", Secret: secret}); err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("|%s|%s|%s|", c.full, c.want, c.offset); !strings.Contains(string(unpacked(y, b.Bytes())), want) {
				t.Errorf("%+v: %q is not in the roster\n%s", c, want, unpacked(y, b.Bytes()))
			}
			y.Must(act(member.Depart, id, member.Leave{How: member.Died}, "2016-07-01"))
		}
	})
}

// Previews name the cell, in every kind of sheet that brings days.
func TestDaysThatCannotBeAreNamedByCell(t *testing.T) {
	each(t, func(y *membertest.Town) {
		roster := "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期,手机号码,党龄,党龄校正值\n"
		row := func(n int, admitted, full, years, offset string) string {
			return line(fmt.Sprintf("党员%c", '甲'+n), membertest.IDNumber("1947-12-05", "男", 400+2*n), "正式党员", "文峰村第一党支部", admitted, full, "13812345678", years, offset)
		}
		p, _ := preview(y, y.Open("roster.csv", []byte(roster+
			row(0, "1946-07-01", "1966-07-01", "", "")+ // 2: admitted before birth
			row(1, "1971-07-01", "1971-06-30", "", "")+ // 3: full before admission
			row(2, "1965-07-01", "1966-07-01", "", "")+ // 4: seventeen, only warned of
			row(3, "1971-07-01", "1971-07-01", "40", "")+ // 5: fifty-five years, not forty
			row(4, "1971-07-01", "1971-07-01", "54", "")+ // 6: a year old
			row(5, "1971-07-01", "1971-07-01", "", "-60"))), // 7
			member.RosterOptions{On: "2026-11-20", How: member.In})
		if got := membertest.Errors(p); !slices.Equal(got, []string{"E2 ", "F3 ", "I7 "}) {
			t.Errorf("roster: errors %q: %+v", got, p.Problems)
		}
		// The first four warnings name columns that this short sheet lacks.
		if got := membertest.Warnings(p)[4:]; !slices.Equal(got, []string{"E4 PM-01", "H5 "}) {
			t.Errorf("roster: warnings %q: %+v", got, p.Problems)
		}

		first, _ := twoMembers(y)
		raw := edit(y, exportOf(y, member.Form29, true), "丁晓峰", map[string]string{"转正日期": "1980-01-01", "工作岗位": "会计"})
		back, plan := readBack(y, raw)
		if got := membertest.Errors(back.Preview); len(got) != 1 || len(plan.Cells) != 1 || plan.Cells[0].Column != "post" {
			t.Errorf("a list that came back: errors %q, proposed %+v: %+v", got, plan.Cells, back.Preview.Problems)
		}
		back, plan = readBack(y, edit(y, exportOf(y, member.Form29, true), "丁晓峰", map[string]string{"转正日期": "2014-07-01"}))
		if got := membertest.Warnings(back.Preview); len(got) != 1 || !strings.HasSuffix(got[0], "PM-16") || len(plan.Cells) != 1 {
			t.Errorf("a late conversion: warnings %q, proposed %+v", got, plan.Cells)
		}
		csv := "姓名,性别,所在村,所在支部,入党时间,联系电话\n丁晓峰,男,文峰村,文峰村第一党支部,1980-07-01,\n"
		v, changes, err := member.PreviewVillage(y.Ctx, y.DB, y.Vault, y.Open("village.csv", []byte(csv)), member.RosterOptions{On: "2026-11-23"})
		if err != nil || !slices.Equal(membertest.Errors(v), []string{"E2 "}) || len(changes.Cells) != 0 {
			t.Errorf("village: %v, %+v, proposed %+v", err, v.Problems, changes.Cells)
		}
		known := membertest.IDNumber("1984-10-28", "男", 6)
		y.Must(act(member.Depart, first, member.Leave{How: member.Out, To: "南京市"}, "2026-01-01"))
		moves, _, err := member.PreviewMovements(y.Ctx, y.DB, y.Vault, y.Open("moves.csv", []byte(moveHead+
			line("1980-02-01", "发展党员", "丁晓峰", known, "", "文峰村第一党支部", ""))), nil, "2026-11-20")
		if err != nil || !slices.Equal(membertest.Errors(moves), []string{"A2 "}) {
			t.Errorf("movements: %v, %+v", err, moves.Problems)
		}
	})
}
