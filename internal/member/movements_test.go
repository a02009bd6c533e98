package member_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
)

const moveHead = "日期,事项,姓名,公民身份号码,原支部,现支部,说明\n"

func line(cells ...string) string { return strings.Join(cells, ",") + "\n" }

// A person's whole way stands in one register: it is followed in order of date, whatever the order of lines.
func TestMovementsAreFollowedInOrderOfDate(t *testing.T) {
	each(t, func(y *membertest.Town) {
		first, _ := twoMembers(y)
		known := membertest.IDNumber("1984-10-28", "男", 6)
		newcomer := membertest.IDNumber("2000-01-01", "女", 201)
		roster := "姓名,公民身份号码,人员类别,所在党支部,入党日期,手机号码\n" + line("新党员", newcomer, "预备党员", "文峰村第一党支部", "2025-07-01", "13812345678")
		_, arrivals := preview(y, y.Open("arrivals.csv", []byte(roster)), member.RosterOptions{On: "2026-11-20", How: member.In})
		csv := moveHead +
			line("2026-09-01", "去世", "丁晓峰", known, "文峰村第二党支部", "", "因病去世") +
			line("2026-02-01", "外出流动", "丁晓峰", known, "文峰村第一党支部", "", "去向苏州市") +
			line("2026-06-01", "流动返回", "丁晓峰", known, "", "", "") +
			line("2026-08-01", "街道内转接", "丁晓峰", known, "文峰村第一党支部", "文峰村第二党支部", "") +
			line("2025-07-01", "发展党员", "新党员", newcomer, "", "文峰村第一党支部", "支部大会通过") +
			line("2026-07-01", "转正", "新党员", newcomer, "文峰村第一党支部", "", "按期转正")
		p, plan, err := member.PreviewMovements(y.Ctx, y.DB, y.Vault, y.Open("moves.csv", []byte(csv)), arrivals, "2026-11-20")
		if err != nil || p.Errors != 0 || len(plan.Rows) != 6 {
			t.Fatal(err, p.Problems)
		}
		// The first half, then the rest: each is one batch.
		for _, half := range []func(member.MovementRow) bool{func(m member.MovementRow) bool { return m.On < "2026-06-15" }, func(m member.MovementRow) bool { return m.On > "2026-06-15" }} {
			batch, err := plan.Seal(y.Ctx, y.Vault, half)
			if err != nil {
				t.Fatal(err)
			}
			y.Must(batch.Record)
		}
		for on, want := range map[calendar.Date][2]int64{"2025-06-30": {1, 0}, "2025-07-01": {1, 1}, "2026-07-01": {2, 0}, "2026-08-01": {1, 0}, "2026-09-01": {1, 0}} {
			full, prob, err := member.Count(y.Ctx, y.DB, y.Code, y.First, on)
			if err != nil || [2]int64{full, prob} != want {
				t.Errorf("first branch on %s: %d, %d, %v", on, full, prob, err)
			}
		}
		m, _, err := stateOf(y, first)
		if err != nil || m.Ended != member.Died || m.Place != "" {
			t.Errorf("%+v, %v", m, err)
		}
		y.Sound()
	})
}

func TestDamagedMovements(t *testing.T) {
	each(t, func(y *membertest.Town) {
		twoMembers(y)
		known := membertest.IDNumber("1984-10-28", "男", 6)
		other := membertest.IDNumber("1985-09-08", "女", 7)
		nobody := membertest.IDNumber("1999-09-09", "女", 300)
		csv := moveHead +
			line("2026-02-01", "街道内转接", "丁晓峰", known, "文峰村第二党支部", "文峰村第一党支部", "") + // 2: is not in the second
			line("2026-02-02", "街道内转接", "丁晓峰", known, "文峰村第一党支部", "文峰村第一党支部", "") + // 3: is there already
			line("2026-02-03", "流动返回", "丁晓峰", known, "", "", "") + // 4: is not away
			line("2026-02-04", "预备转正", "丁晓峰", known, "", "", "") + // 5: is a full member
			line("2026-02-05", "组织关系转入", "丁晓峰", known, "", "文峰村第二党支部", "") + // 6: is on a roster
			line("2026-02-06", "组织关系转入", "陌生人", nobody, "", "文峰村第二党支部", "") + // 7: nobody knows her
			line("2026-02-07", "去世", "陌生人", nobody, "", "", "") + // 8
			line("2026-02-08", "组织关系转出", "丁晓风", known, "", "南京市", "") + // 9: another name
			line("2026-02-09", "组织关系转出", "郭晨", other, "", "", "") + // 10: to where?
			line("2027-02-09", "去世", "丁晓峰", known, "", "", "") + // 11: tomorrow
			line("2020-02-09", "去世", "丁晓峰", known, "", "", "") + // 12: before the roster
			line("2026-02-10", "升职", "丁晓峰", known, "", "", "") // 13: no such step
		p, plan, err := member.PreviewMovements(y.Ctx, y.DB, y.Vault, y.Open("moves.csv", []byte(csv)), nil, "2026-11-20")
		if err != nil {
			t.Fatal(err)
		}
		got := membertest.Errors(p)
		slices.Sort(got)
		if want := []string{"A11 ", "A12 ", "B13 ", "B4 ", "B5 ", "C9 ", "D6 PM-20-one", "D7 ", "D8 ", "E2 ", "F10 ", "F3 "}; !slices.Equal(got, want) {
			t.Errorf("errors %q\n%+v", got, p.Problems)
		}
		if len(plan.Rows) != 0 {
			t.Errorf("%+v", plan.Rows)
		}
	})
}

// Where a line is at fault, the later ones of the same person wait for it.
func TestLinesAfterAFaultyOneWait(t *testing.T) {
	each(t, func(y *membertest.Town) {
		twoMembers(y)
		known, other := membertest.IDNumber("1984-10-28", "男", 6), membertest.IDNumber("1985-09-08", "女", 7)
		csv := moveHead +
			line("2026-02-01", "街道内转接", "丁晓峰", known, "", "没有这个支部", "") +
			line("2026-02-02", "去世", "丁晓峰", known, "", "", "") +
			line("2026-02-03", "去世", "郭晨", other, "", "", "")
		p, plan, err := member.PreviewMovements(y.Ctx, y.DB, y.Vault, y.Open("moves.csv", []byte(csv)), nil, "2026-11-20")
		if got := membertest.Errors(p); err != nil || !slices.Equal(got, []string{"D3 ", "F2 "}) && !slices.Equal(got, []string{"F2 ", "D3 "}) {
			t.Errorf("errors %q, %v", got, err)
		}
		if len(plan.Rows) != 1 || plan.Rows[0].Row != 4 {
			t.Errorf("%+v", plan.Rows)
		}
	})
}

func TestConversionBeforeItsTimeIsFoundInTheRegister(t *testing.T) {
	each(t, func(y *membertest.Town) {
		p := y.Person("丁晓峰", "男", "1984-10-28")
		y.Must(enter(member.Enter{Person: p, Branch: y.First, Category: member.Probationary, How: member.Admitted}, "2025-06-27"))
		csv := moveHead + line("2026-06-26", "预备转正", "丁晓峰", membertest.IDNumber("1984-10-28", "男", 6), "文峰村第一党支部", "", "")
		pv, _, err := member.PreviewMovements(y.Ctx, y.DB, y.Vault, y.Open("moves.csv", []byte(csv)), nil, "2026-11-20")
		if got := membertest.Errors(pv); err != nil || !slices.Equal(got, []string{"A2 PM-15"}) {
			t.Errorf("errors %q, %v", got, err)
		}
	})
}

func TestExportOfOrganisations(t *testing.T) {
	each(t, func(y *membertest.Town) {
		twoMembers(y)
		var b bytes.Buffer
		persons, err := member.ExportOrganisations(y.Ctx, y.DB, y.Vault, &b, member.ExportOptions{Unit: y.Working, On: "2026-11-23", Secret: secret})
		if err != nil || !slices.Equal(persons, []int64{y.Secretary}) {
			t.Fatal(persons, err)
		}
		text := string(unpacked(y, b.Bytes()))
		for _, want := range []string{"中共文峰街道文峰村总支部委员会|文峰街道党工委|党总支|王建国", "中共文峰街道文峰村第二支部委员会|文峰村党总支|党支部"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in the form:\n%s", want, text)
			}
		}
	})
}
