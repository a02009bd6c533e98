package people_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/member/membertest"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

const day calendar.Date = "2026-03-01"

func each(t *testing.T, f func(y *membertest.Town)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(membertest.New(t, d)) })
}

func preview(y *membertest.Town, csv string) (*sheet.Preview, *people.HouseholdPlan) {
	y.Helper()
	p, plan, err := people.PreviewHouseholds(y.Ctx, y.DB, y.Vault, y.Open("households.csv", []byte(csv)), people.HouseholdOptions{On: day, Unit: -1})
	if err != nil {
		y.Fatal(err)
	}
	return p, plan
}

func commit(y *membertest.Town, plan *people.HouseholdPlan) int64 {
	y.Helper()
	batch, err := plan.Seal(y.Ctx, y.Vault, nil)
	if err != nil {
		y.Fatal(err)
	}
	r, err := y.Do(batch.Record)
	if err != nil {
		y.Fatal(err)
	}
	return r.Count()
}

const head = "户号,户主,姓名,与户主关系,性别,公民身份号码,出生日期,民族,手机号码,村民小组,门牌地址,户籍,所属村居\n"

func row(cells ...string) string { return strings.Join(cells, ",") + "\n" }

// oneHome is a household of three; the head is registered already.
func oneHome(y *membertest.Town) string {
	return head +
		row("200-0001", "李志强", "李志强", "户主", "男", membertest.IDNumber("1976-01-26", "男", 3), "1976-01-26", "汉族", "", "", "文峰村1组1号", "本地", "文峰村") +
		row("200-0001", "李志强", "俞静", "妻", "女", membertest.IDNumber("1978-07-07", "女", 101), "1978-07-07", "汉族", "13812345678", "", "文峰村1组1号", "本地", "文峰村") +
		row("200-0001", "李志强", "李想", "女儿", "女", membertest.IDNumber("2008-05-05", "女", 102), "", "", "", "", "文峰村1组1号", "本地", "文峰村")
}

func TestHouseholdsAreEnteredOnce(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p, plan := preview(y, oneHome(y))
		if p.Errors != 0 || len(plan.Rows) != 3 || plan.Rows[0].Person != y.Director {
			t.Fatalf("%+v, %+v", p.Problems, plan.Rows)
		}
		if n := commit(y, plan); n != 4 { // the head's missing particulars, two persons, the household
			t.Errorf("%d acts", n)
		}
		h, err := people.HouseholdOf(y.Ctx, y.DB, y.Code, y.Director)
		if err != nil || h.Head != y.Director || h.Size != 3 || h.Unit != y.Village || h.Number != "200-0001" {
			t.Errorf("%+v, %v", h, err)
		}
		if address, err := y.Vault.Show(y.Ctx, "desk-reveal", "address", h.Key, h.Address); err != nil || address != "文峰村1组1号" {
			t.Errorf("address %q, %v", address, err)
		}
		child, err := y.Vault.Search(y.Ctx, y.DB, "李想", 5)
		if err != nil || len(child) != 1 || child[0].Birth != "2008-05-05" || child[0].Phone != "" {
			t.Errorf("%+v, %v", child, err)
		}
		p, plan = preview(y, oneHome(y))
		if got := membertest.Errors(p); !slices.Equal(got, []string{"A2 ", "A3 ", "A4 "}) || len(plan.Rows) != 0 {
			t.Errorf("a second time: %q", got)
		}
		y.Sound()
	})
}

func TestDamagedHouseholds(t *testing.T) {
	each(t, func(y *membertest.Town) {
		id := membertest.IDNumber("1978-07-07", "女", 101)
		p, plan := preview(y, head+
			row("1", "", "俞静", "户主", "女", id[:17]+"0", "", "", "", "", "", "", "文峰村")+ // 2: check digit
			row("2", "", "李志刚", "户主", "男", membertest.IDNumber("1976-01-26", "男", 3), "", "", "", "", "", "", "文峰村")+ // 3: another's number
			row("3", "", "甲", "户主", "女", membertest.IDNumber("1978-07-07", "女", 111), "", "", "", "", "", "", "文锋村")+ // 4: no such village
			row("4", "", "乙", "户主", "女", membertest.IDNumber("1978-07-07", "女", 112), "", "", "", "第三村民小组", "", "", "文峰村")+ // 5: no such group
			row("5", "", "丙", "户主", "女", membertest.IDNumber("1978-07-07", "女", 113), "", "", "", "", "", "", "")+ // 6: nowhere
			row("6", "", "丁", "户主", "女", membertest.IDNumber("1978-07-07", "女", 114), "", "", "", "", "", "", "文峰村")+
			row("6", "", "戊", "户主", "女", membertest.IDNumber("1978-07-07", "女", 115), "", "", "", "", "", "", "文峰村")) // 8: two heads
		got := membertest.Errors(p)
		slices.Sort(got)
		if want := []string{"C3 ", "D8 ", "F2 SE-16", "J5 ", "M4 ", "M6 "}; !slices.Equal(got, want) {
			t.Errorf("errors %q\n%+v", got, p.Problems)
		}
		for _, q := range p.Problems {
			if q.Address == "M4" && !strings.Contains(q.Message, "文峰村") {
				t.Errorf("no near name: %s", q.Message)
			}
		}
		if len(plan.Rows) != 1 {
			t.Errorf("%d rows may be recorded", len(plan.Rows))
		}
		if n := commit(y, plan); n != 2 {
			t.Errorf("%d acts", n)
		}
		y.Sound()
	})
}

// Somebody registers the household, or its head, between preview and commit.
func TestHouseholdsNoticeWhatHappenedSince(t *testing.T) {
	each(t, func(y *membertest.Town) {
		_, plan := preview(y, oneHome(y))
		_, other := preview(y, oneHome(y))
		commit(y, other)
		batch, err := plan.Seal(y.Ctx, y.Vault, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := y.Refused(batch.Record); !strings.Contains(r.Message, "200-0001") {
			t.Errorf("%+v", r)
		}
		y.Sound()
	})
}

func TestExportOfHouseholds(t *testing.T) {
	each(t, func(y *membertest.Town) {
		_, plan := preview(y, oneHome(y))
		commit(y, plan)
		for _, full := range []bool{false, true} {
			var b bytes.Buffer
			persons, err := people.ExportHouseholds(y.Ctx, y.DB, y.Vault, &b, people.ExportOptions{Unit: y.Street, Full: full, On: day, Secret: []byte("s")})
			if err != nil || len(persons) != 3 || persons[0] != y.Director {
				t.Fatal(persons, err)
			}
			// Read again by the importer: only numbers that are whole pass as numbers.
			p, _, err := people.PreviewHouseholds(y.Ctx, y.DB, y.Vault, y.Open("export.xlsx", b.Bytes()), people.HouseholdOptions{On: day, Unit: y.Village})
			if err != nil {
				t.Fatal(err)
			}
			rows, wrong := len(p.Rows), 0
			for _, q := range p.Problems {
				if q.Rule == "SE-16" && q.Level == sheet.Error {
					wrong++
				}
			}
			if rows != 3 || full != (wrong == 0) {
				t.Errorf("full %v: %d rows, %d of them with masked numbers", full, rows, wrong)
			}
		}
		if none, err := people.ExportHouseholds(y.Ctx, y.DB, y.Vault, new(bytes.Buffer), people.ExportOptions{Unit: y.Street, On: "2026-02-28", Secret: []byte("s")}); err != nil || len(none) != 0 {
			t.Errorf("a day before: %v, %v", none, err)
		}
	})
}
