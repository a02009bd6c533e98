package org_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

func TestDamagedUnits(t *testing.T) {
	each(t, func(y *membertest.Town) {
		csv := "党组织全称,简称,上级党组织,组织类别,所属村居,代码,成立日期,电话\n" +
			"中共文峰街道渡江村总支部委员会,渡江村党总支,文峰街道党工委,党总支,渡江邨,,2003-06-20,\n" + // 2: no such village
			"中共文峰街道渡江村第一支部委员会,渡江村第一党支部,渡江村党总支,党支部,,,2003-07-20,13812345678\n" + // good: its superior is in the file
			"中共文峰街道第九支部委员会,,文峰街道党工为,党支部,,,2003-07-20,\n" + // 4: a misspelt superior
			"中共文峰街道文峰村第一支部委员会,,文峰村党总支,党支部,,,2003-07-20,\n" + // 5: is there already
			"中共文峰街道甲支部委员会,甲支部,乙支部,党支部,,,2003-07-20,\n" + // 6, 7: each other's superior
			"中共文峰街道乙支部委员会,乙支部,甲支部,党支部,,,2003-07-20,\n" +
			"中共文峰街道丙支部委员会,丙支部,丙支部,党支部,,,2003-07-20,\n" + // 8: its own
			"中共文峰街道丁支部委员会,,,党支部,,,2003-07-20,\n" + // 9: nobody's
			"文峰街道戊小组,,文峰街道党工委,党小组,,,2003-07-20,\n" + // 10: no unit of its own
			"中共文峰街道己支部委员会,,文峰村,党支部,,,2003-07-20,\n" // 11: under a village
		p, plan, err := org.PreviewParty(y.Ctx, y.DB, y.Code, y.Open("units.csv", []byte(csv)), day)
		if err != nil {
			t.Fatal(err)
		}
		got := membertest.Errors(p)
		slices.Sort(got)
		if want := []string{"A5 ", "C11 ", "C4 ", "C6 ", "C7 ", "C8 ", "C9 ", "D10 ", "E2 "}; !slices.Equal(got, want) {
			t.Errorf("errors %q\n%+v", got, p.Problems)
		}
		for _, q := range p.Problems {
			if q.Address == "C4" && !strings.Contains(q.Message, "文峰街道党工委") || q.Address == "E2" && !strings.Contains(q.Message, "渡江邨") {
				t.Errorf("%s: %s", q.Address, q.Message)
			}
		}
		if len(plan.Rows) != 1 || plan.Rows[0].Unit.Contact != "" {
			t.Errorf("%+v", plan.Rows)
		}
		// Its superior was not good enough: recorded alone it is refused, in words that name the row.
		if r := y.Refused(func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) }); !strings.Contains(r.Message, "第 3 行") {
			t.Errorf("%+v", r)
		}
		y.Sound()
	})
}

func TestUnitsComeParentsFirst(t *testing.T) {
	each(t, func(y *membertest.Town) {
		csv := "单位名称,单位类别,隶属线,上级单位,区划代码,统一社会信用代码,成立日期\n" +
			"渡江村第一村民小组,村民小组,区域,渡江村,,,2003-04-21\n" + // before its village in the file and in time
			"渡江村股份经济合作社,农村集体经济组织,集体经济,渡江村,,N2321002MF9621430X,2018-11-26\n" +
			"渡江村,村,区域,文峰街道,321002003201,,2003-06-20\n"
		p, plan, err := org.PreviewInstitutions(y.Ctx, y.DB, y.Code, y.Open("institutions.csv", []byte(csv)), day)
		if err != nil || p.Errors != 0 {
			t.Fatal(err, p.Problems)
		}
		y.Must(func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) })
		group := one(y, "渡江村第一村民小组")
		if group.From != "2003-06-20" {
			t.Errorf("the group exists since %s, before its village", group.From)
		}
		u, _, err := journal.StateOf[org.Unit](y.Ctx, y.DB, y.J.Book(), y.Code, group.ID, journal.Now)
		if err != nil || !strings.Contains(u.Note, "2003年4月21日") {
			t.Errorf("the founding day is lost: %+v, %v", u, err)
		}
		coop, village := one(y, "渡江村股份经济合作社"), one(y, "渡江村")
		for _, line := range []org.Line{org.Area, org.Collective} {
			if path, err := org.Path(y.Ctx, y.DB, y.Code, line, coop.ID, day); err != nil || !slices.Contains(path, village.ID) {
				t.Errorf("the collective is not in its village on line %s: %v, %v", line, path, err)
			}
		}
		// The same register again: everything is there.
		p, plan, err = org.PreviewInstitutions(y.Ctx, y.DB, y.Code, y.Open("institutions.csv", []byte(csv)), day)
		if err != nil || p.BadRows != 3 || len(plan.Rows) != 0 {
			t.Errorf("%d bad rows, %v", p.BadRows, err)
		}
		y.Sound()
	})
}

func one(y *membertest.Town, name string) org.UnitRow {
	y.Helper()
	found, err := org.ByName(y.Ctx, y.DB, y.Code, name, day)
	if err != nil || len(found) != 1 {
		y.Fatalf("%s: %+v, %v", name, found, err)
	}
	return found[0]
}

func TestDamagedOffices(t *testing.T) {
	each(t, func(y *membertest.Town) {
		director := membertest.IDNumber("1976-01-26", "男", 3)
		csv := "单位,职务,职务类别,姓名,公民身份号码,兼管事项,任职日期,任期届满日期,离任日期\n" +
			"文峰村村委会,副主任,村（居）民委员会委员,李志强," + director + ",负责农贸市场管理,2026-02-01,2031-01-19,\n" + // good
			"文峰村村委,委员,村（居）民委员会委员,李志强," + director + ",,2026-02-01,,\n" + // 3: no such unit
			"文峰村村委会,书记,党总支书记,李志强," + director + ",,2026-02-01,,\n" + // 4: no such post there
			"文峰村村委会,委员,村长,李志强," + director + ",,2026-02-01,,\n" + // 5: no such role
			"文峰村村委会,委员,村（居）民委员会委员,李志刚," + director + ",,2026-02-01,,\n" + // 6: another's number
			"文峰村村委会,委员,村（居）民委员会委员,张三," + membertest.IDNumber("1980-01-01", "男", 400) + ",,2026-02-01,,\n" + // 7: nobody registered
			"文峰村村委会,委员,村（居）民委员会委员,李志强," + director + ",,2001-02-01,,\n" + // 8: before the committee
			"文峰村村委会,委员,村（居）民委员会委员,李志强," + director + ",,2026-02-01,2026-01-19,2026-01-01\n" // 9: ends before it begins
		p, plan, err := org.PreviewOffices(y.Ctx, y.DB, y.Code, y.Vault.Find, y.Open("offices.csv", []byte(csv)), "2026-11-23")
		if err != nil {
			t.Fatal(err)
		}
		got := membertest.Errors(p)
		slices.Sort(got)
		if want := []string{"A3 ", "C4 ", "C5 ", "D6 ", "E7 ", "G8 ", "H9 ", "I9 "}; !slices.Equal(got, want) {
			t.Errorf("errors %q\n%+v", got, p.Problems)
		}
		if len(plan.Rows) != 1 || plan.Rows[0].Office.Until != "2031-01-20" || plan.Rows[0].Office.Title != "副主任" {
			t.Fatalf("%+v", plan.Rows)
		}
		y.Must(func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, y.Vault.Find, "", "") })
		held, err := org.OfficesOf(y.Ctx, y.DB, y.Code, y.Director, day)
		if err != nil || len(held) != 2 || held[1].Duty != "负责农贸市场管理" || held[1].Title != "副主任" {
			t.Errorf("%+v, %v", held, err)
		}
		y.Sound()
	})
}

// A change of term on one day: who leaves makes room for who comes, and each day is recorded when it comes.
func TestOfficesChangeHands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := membertest.New(t, d)
		p := y.Person("张国洋", "男", "1980-01-01")
		csv := "单位,职务,职务类别,姓名,公民身份号码,任职日期,任期届满日期,离任日期,说明\n" +
			"文峰村第一党支部,书记,党支部书记,张国洋," + membertest.IDNumber("1980-01-01", "男", 6) + ",2025-12-20,2030-12-19,,\n" +
			"文峰村第一党支部,书记,党支部书记,李志强," + membertest.IDNumber("1976-01-26", "男", 3) + ",2020-12-20,2025-12-19,2025-12-20,届满换届\n"
		pv, plan, err := org.PreviewOffices(y.Ctx, y.DB, y.Code, y.Vault.Find, y.Open("offices.csv", []byte(csv)), "2026-11-23")
		if err != nil || pv.Errors != 0 {
			t.Fatal(err, pv.Problems)
		}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault.Find, "", "2025-05-31")
		})
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault.Find, "2025-06-01", "")
		})
		for on, want := range map[calendar.Date]int64{"2025-12-19": y.Director, "2025-12-20": p} {
			held, err := org.OfficesIn(y.Ctx, y.DB, y.Code, y.First, on)
			if err != nil || len(held) != 1 || held[0].Person != want {
				t.Errorf("%s: %+v, %v", on, held, err)
			}
		}
		y.Sound()
	})
}
