package member_test

import (
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

const demoDay calendar.Date = "2026-11-20"

// demoTown has the demonstration's units.
func demoTown(t *testing.T, d *db.DB) *membertest.Town {
	y := membertest.Bare(t, d)
	y.Units("../../demo/institutions.xlsx", "../../demo/units.xlsx", "2025-05-31")
	return y
}

func preview(y *membertest.Town, book *sheet.Book, opt member.RosterOptions) (*sheet.Preview, *member.RosterPlan) {
	y.Helper()
	p, plan, err := member.PreviewRoster(y.Ctx, y.DB, y.Vault, book, opt)
	if err != nil {
		y.Fatal(err)
	}
	return p, plan
}

// commit records a plan and returns how many acts it took.
func commit(y *membertest.Town, plan *member.RosterPlan, chosen func(int) bool) int64 {
	y.Helper()
	batch, err := plan.Seal(y.Ctx, y.Vault, chosen)
	if err != nil {
		y.Fatal(err)
	}
	r, err := y.Do(batch.Record)
	if err != nil {
		y.Fatal(err)
	}
	return r.Count()
}

// The damaged roster of the demonstration has twelve damaged cells: they and no others are errors.
func TestTheDamagedRosterHasItsTwelveErrors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := demoTown(t, d)
		opt := member.RosterOptions{On: demoDay, How: member.In}
		p, plan := preview(y, y.Book("../../demo/damaged-roster.xlsx"), opt)
		want := []string{"D6 ", "D9 SE-16", "D12 SE-16", "F15 SE-16", "C18 SE-16", "L21 ", "L24 PM-01", "M27 PM-15", "J30 ", "K33 ", "H36 ", "D39 "}
		if got := membertest.Errors(p); !slices.Equal(got, want) {
			t.Errorf("errors %q\nwant   %q", got, want)
		}
		if len(plan.Rows) != 28 || p.BadRows != 12 {
			t.Errorf("%d rows may be recorded, %d are bad", len(plan.Rows), p.BadRows)
		}
		for _, q := range p.Problems {
			if q.Address == "J30" && !strings.Contains(q.Message, "联合党支部") {
				t.Errorf("no near name is suggested: %s", q.Message)
			}
		}
		p, plan = preview(y, y.Book("../../demo/repaired-roster.xlsx"), opt)
		if got := membertest.Errors(p); got != nil || len(plan.Rows) != 40 {
			t.Errorf("the repaired roster: %d rows, errors %q", len(plan.Rows), got)
		}
		if n := commit(y, plan, func(row int) bool { return row <= 24 }); n != 40 {
			t.Errorf("twenty chosen rows took %d acts", n)
		}
		// The same file again: who is on a roster is named, the others may come.
		p, plan = preview(y, y.Book("../../demo/repaired-roster.xlsx"), opt)
		if len(plan.Rows) != 20 || p.Errors != 20 || p.Problems[0].Rule != "PM-20-one" || !strings.Contains(p.Problems[0].Message, "名册上") {
			t.Errorf("half of them twice: %d rows, %d errors, %+v", len(plan.Rows), p.Errors, p.Problems[0])
		}
		commit(y, plan, nil)
		if full, prob, err := member.Count(y.Ctx, y.DB, y.Code, 0, demoDay); err != nil || full+prob != 40 {
			t.Errorf("%d full, %d probationary, %v", full, prob, err)
		}
		y.Sound()
	})
}

// A person who is registered already is found by number: the membership is hers, gaps in her particulars are filled, and what
// is known is left alone.
func TestImportFindsTheRegisteredPerson(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁爱红", "女", "1971-06-10") // the sixth, with a telephone and an address
		csv := "姓名,性别,公民身份号码,民族,人员类别,所在党支部,手机号码,入党日期,转正日期,户籍所在地\n" +
			"丁爱红,女," + membertest.IDNumber("1971-06-10", "女", 6) + ",汉族,正式党员,文峰村第一党支部,13800000000,2008-03-04,2009-03-04,江苏省扬州市广陵区文峰街道文峰村5组8号\n"
		opt := member.RosterOptions{On: "2026-03-18", How: member.Opening}
		pv, plan := preview(y, y.Open("roster.csv", []byte(csv)), opt)
		if pv.Errors != 0 || len(plan.Rows) != 1 || plan.Rows[0].Person != p {
			t.Fatalf("errors %q, plan %+v", membertest.Errors(pv), plan.Rows)
		}
		if n := commit(y, plan, nil); n != 2 {
			t.Errorf("%d acts", n)
		}
		r, err := people.Find(y.Ctx, y.DB, y.Code, p)
		if err != nil {
			t.Fatal(err)
		}
		if r.Ethnicity != "汉族" || r.Registered != "江苏省扬州市广陵区文峰街道" {
			t.Errorf("not filled in: %+v, %v", r, err)
		}
		if shown, err := y.Vault.Show(y.Ctx, "desk-reveal", "phone", r.Key, r.Phone); err != nil || shown != "19900000006" {
			t.Errorf("the telephone was replaced: %s, %v", shown, err)
		}
		// Another name under the same number is an error, at the name.
		other := strings.Replace(csv, "丁爱红", "丁艾红", 1)
		pv, _ = preview(y, y.Open("roster.csv", []byte(other)), opt)
		if got := membertest.Errors(pv); !slices.Equal(got, []string{"A2 "}) {
			t.Errorf("errors %q", got)
		}
		// Who types a number learns neither whose it is nor on which roster.
		for _, q := range pv.Problems {
			if q.Address == "A2" && q.Message != people.WrongName {
				t.Errorf("tells more than it may: %s", q.Message)
			}
		}
		y.Sound()
	})
}

// Between preview and commit somebody else registers the same member: the batch is refused as a whole and names the row.
func TestCommitNoticesWhatHappenedSince(t *testing.T) {
	each(t, func(y *membertest.Town) {
		number := membertest.IDNumber("1971-06-10", "女", 77)
		csv := "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期\n" +
			"郭晨," + membertest.IDNumber("1985-09-08", "男", 78) + ",正式党员,文峰村第一党支部,2019-07-01,2020-07-01\n" +
			"丁爱红," + number + ",正式党员,文峰村第一党支部,2008-03-04,2009-03-04\n"
		_, plan := preview(y, y.Open("roster.csv", []byte(csv)), member.RosterOptions{On: "2026-03-18", How: member.In})
		_, first := preview(y, y.Open("roster.csv", []byte(csv)), member.RosterOptions{On: "2026-03-18", How: member.In})
		commit(y, first, func(row int) bool { return row == 3 })
		batch, err := plan.Seal(y.Ctx, y.Vault, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := y.Refused(batch.Record); !strings.Contains(r.Message, "第 3 行") || len(r.Verdicts) != 1 {
			t.Errorf("%+v", r)
		}
		y.Sound()
	})
}

// Words in free columns may not carry numbers that belong under a key.
func TestNumbersInFreeTextAreRefused(t *testing.T) {
	each(t, func(y *membertest.Town) {
		csv := "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期,工作岗位\n" +
			"丁爱红," + membertest.IDNumber("1971-06-10", "女", 77) + ",正式党员,文峰村党总支,2008-03-04,2009-03-04,个体户 电话13912345678\n"
		pv, plan := preview(y, y.Open("roster.csv", []byte(csv)), member.RosterOptions{On: "2026-03-18", How: member.In})
		if got := membertest.Errors(pv); !slices.Equal(got, []string{"D2 ", "G2 "}) || len(plan.Rows) != 0 {
			t.Errorf("errors %q, %d rows", got, len(plan.Rows))
		}
		for _, q := range pv.Problems {
			if q.Address == "D2" && !strings.Contains(q.Message, "文峰村第一党支部") {
				t.Errorf("the branches below are not suggested: %s", q.Message)
			}
		}
	})
}
