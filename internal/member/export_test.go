package member_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

var secret = []byte("seal of this town")

// exportOf exports the roster of the general branch.
func exportOf(y *membertest.Town, form member.ExportForm, full bool) []byte {
	y.Helper()
	var b bytes.Buffer
	persons, err := member.ExportRoster(y.Ctx, y.DB, y.Vault, &b, member.ExportOptions{Form: form, Unit: y.General, Full: full, On: "2026-11-23", Secret: secret})
	if err != nil {
		y.Fatal(err)
	}
	if len(persons) != 2 {
		y.Fatalf("%d persons shown", len(persons))
	}
	return b.Bytes()
}

// edit changes cells of a spreadsheet by the heading and the name in the row.
func edit(y *membertest.Town, raw []byte, name string, cells map[string]string) []byte {
	y.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		y.Fatal(err)
	}
	defer f.Close()
	visible := f.GetSheetName(0)
	rows, err := f.GetRows(visible)
	if err != nil {
		y.Fatal(err)
	}
	var head []string
	done := 0
	for i, row := range rows {
		if slices.Contains(row, "姓名") {
			head = row
		}
		if head == nil || !slices.Contains(row, name) {
			continue
		}
		for title, value := range cells {
			at, err := excelize.CoordinatesToCellName(slices.Index(head, title)+1, i+1)
			if err != nil {
				y.Fatal(title, err)
			}
			if err := f.SetCellStr(visible, at, value); err != nil {
				y.Fatal(err)
			}
			done++
		}
	}
	if done != len(cells) {
		y.Fatalf("%d of %d cells edited", done, len(cells))
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		y.Fatal(err)
	}
	return out.Bytes()
}

func readBack(y *membertest.Town, raw []byte) (*sheet.Back, *member.ChangePlan) {
	y.Helper()
	back, plan, err := member.ReadBack(y.Ctx, y.DB, y.J.Book(), y.Vault, y.Open("back.xlsx", raw), secret, "2026-11-23")
	if err != nil {
		y.Fatal(err)
	}
	return back, plan
}

func twoMembers(y *membertest.Town) (first, second int64) {
	first = y.Member(y.Person("丁晓峰", "男", "1984-10-28"), y.First, "2010-07-01", "2025-05-31")
	return first, y.Member(y.Person("郭晨", "女", "1985-09-08"), y.Second, "2019-07-01", "2025-05-31")
}

func TestAnUneditedExportProposesNothing(t *testing.T) {
	each(t, func(y *membertest.Town) {
		twoMembers(y)
		for _, form := range []member.ExportForm{member.Form29, member.FormVillage} {
			for _, full := range []bool{false, true} {
				raw := exportOf(y, form, full)
				back, plan := readBack(y, raw)
				if len(plan.Cells) != 0 || len(back.Gone) != 0 || len(back.New) != 0 || back.Preview.Errors != 0 {
					t.Errorf("%s, full %v: %+v, problems %+v", form, full, plan.Cells, back.Preview.Problems)
				}
				if shows := bytes.Contains(unpacked(y, raw), []byte(membertest.IDNumber("1984-10-28", "男", 6))); shows != (full && form == member.Form29) {
					t.Errorf("%s, full %v: shows the whole number: %v", form, full, shows)
				}
			}
		}
		y.Sound()
	})
}

// unpacked is the text of all visible cells.
func unpacked(y *membertest.Town, raw []byte) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		y.Fatal(err)
	}
	defer f.Close()
	var out []byte
	for _, s := range f.GetSheetList() {
		rows, err := f.GetRows(s)
		if err != nil {
			y.Fatal(err)
		}
		for _, r := range rows {
			out = append(append(out, strings.Join(r, "|")...), '\n')
		}
	}
	return out
}

func TestOnlyTheEditedCellsAreProposed(t *testing.T) {
	each(t, func(y *membertest.Town) {
		first, _ := twoMembers(y)
		raw := edit(y, exportOf(y, member.Form29, true), "丁晓峰", map[string]string{"手机号码": "13812345678", "工作岗位": "个体工商户", "学历": "大学本科", "入党日期": "2009-07-01"})
		_, plan := readBack(y, raw)
		var got []string
		for _, c := range plan.Cells {
			got = append(got, c.Column+" "+c.Base+"→"+c.Value)
			if c.Member != first || c.Conflict || c.Name != "丁晓峰" {
				t.Errorf("%+v", c)
			}
		}
		slices.Sort(got)
		if want := []string{"admitted 2010-07-01→2009-07-01", "education →大学本科", "phone 19900000006→13812345678", "post →个体工商户"}; !slices.Equal(got, want) {
			t.Fatalf("proposed %q", got)
		}
		before := y.Size()
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault, "2026-11-23", nil)
		})
		if n := y.Size() - before; n != 2 {
			t.Errorf("%d acts for one person and one membership", n)
		}
		m, _, err := journal.StateOf[member.Member](y.Ctx, y.DB, y.J.Book(), y.Code, first, journal.Now)
		if err != nil || m.Admitted != "2009-07-01" || m.Record["post"] != "个体工商户" {
			t.Errorf("%+v, %v", m, err)
		}
		r, err := people.Find(y.Ctx, y.DB, y.Code, m.Person)
		if err != nil || r.Education != "大学本科" {
			t.Errorf("%+v, %v", r, err)
		}
		// The same file once more: everything is done, nothing is left to propose.
		if _, again := readBack(y, raw); len(again.Cells) != 0 {
			t.Errorf("proposed again: %+v", again.Cells)
		}
		y.Sound()
	})
}

func TestWhatChangedMeanwhileIsAConflict(t *testing.T) {
	each(t, func(y *membertest.Town) {
		first, _ := twoMembers(y)
		raw := edit(y, exportOf(y, member.Form29, true), "丁晓峰", map[string]string{"工作岗位": "个体工商户"})
		y.Must(act(member.Amend, first, member.Change{Record: map[string]string{"post": "社区工作者"}}, "2026-11-23"))
		_, plan := readBack(y, raw)
		if len(plan.Cells) != 1 || !plan.Cells[0].Conflict || plan.Cells[0].Now != "社区工作者" || plan.Cells[0].Base != "" {
			t.Fatalf("%+v", plan.Cells)
		}
		before := y.Size()
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault, "2026-11-23", nil)
		})
		if y.Size() != before {
			t.Error("a conflict was recorded without being chosen")
		}
		choose := func(member.CellChange) bool { return true }
		// Somebody acts between the plan and its recording: the request is a conflict, not a silent overwriting.
		y.Must(act(member.Amend, first, member.Change{Record: map[string]string{"industry": "教育"}}, "2026-11-23"))
		_, err := y.Do(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault, "2026-11-23", choose)
		})
		var c *journal.Conflict
		if !errors.As(err, &c) || c.Entity != first {
			t.Errorf("not a conflict: %v", err)
		}
		y.Sound()
	})
}

func TestColumnsThatAListCannotChange(t *testing.T) {
	each(t, func(y *membertest.Town) {
		twoMembers(y)
		raw := edit(y, exportOf(y, member.Form29, false), "丁晓峰", map[string]string{"所在党支部": "文峰村第二党支部", "手机号码": "13812345678", "党龄": "50"})
		back, plan := readBack(y, raw)
		if len(plan.Cells) != 0 || back.Preview.Errors != 3 {
			t.Errorf("proposed %+v, problems %+v", plan.Cells, back.Preview.Problems)
		}
		_, _, err := member.ReadBack(y.Ctx, y.DB, y.J.Book(), y.Vault, y.Open("back.xlsx", raw), []byte("another seal"), "2026-11-23")
		if err == nil {
			t.Error("taken for our own under another secret")
		}
		if _, _, err := member.ReadBack(y.Ctx, y.DB, y.J.Book(), y.Vault, y.Book("../../demo/repaired-roster.xlsx"), secret, "2026-11-23"); err == nil {
			t.Error("a foreign file was taken for an export")
		}
	})
}

func TestVillageRosterMatchesByName(t *testing.T) {
	each(t, func(y *membertest.Town) {
		first, _ := twoMembers(y)
		for range 2 { // two of one name in one branch
			y.Member(y.Person("张伟", "男", "1980-01-01"), y.First, "2008-07-01", "2025-05-31")
		}
		csv := "姓名,性别,所在村,所在支部,入党时间,联系电话\n" +
			"丁晓峰,男,文峰村,文峰村第一党支部,2010-07-01,13812345678\n" +
			"张伟,男,文峰村,文峰村第一党支部,2008-07-01,19900000009\n" +
			"张伟,男,文峰村,文峰村第一党支部,2008-07-01,\n" +
			"郭晨,女,文峰村,文峰村第一党支部,2019-07-01,\n" +
			"无名氏,男,文峰村,文峰村第九党支部,2019-07-01,\n"
		p, plan, err := member.PreviewVillage(y.Ctx, y.DB, y.Vault, y.Open("village.csv", []byte(csv)), member.RosterOptions{On: "2026-11-23"})
		if err != nil {
			t.Fatal(err)
		}
		if got := membertest.Errors(p); !slices.Equal(got, []string{"A4 ", "A5 ", "D6 "}) {
			t.Errorf("errors %q: %+v", got, p.Problems)
		}
		if len(plan.Cells) != 1 || plan.Cells[0].Member != first || plan.Cells[0].Value != "13812345678" || plan.Cells[0].Address != "F2" {
			t.Errorf("proposed %+v", plan.Cells)
		}
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			return plan.Record(ctx, w, y.Vault, "2026-11-23", nil)
		})
		y.Sound()
	})
}

// A roster of a past day shows who was there then, in which branch and category, and how many years they had; it cannot be
// brought back as changes of today.
func TestRosterOfAPastDay(t *testing.T) {
	each(t, func(y *membertest.Town) {
		first, _ := twoMembers(y)
		y.Must(act(member.Transfer, first, member.Move{Branch: y.Second}, "2026-06-01"))
		gone := y.Member(y.Person("朱建军", "男", "1950-01-01"), y.First, "1980-07-01", "2025-05-31")
		y.Must(act(member.Depart, gone, member.Leave{How: member.Died}, "2026-03-01"))
		newcomer := y.Person("新党员", "女", "2000-01-01")
		y.Must(enter(member.Enter{Person: newcomer, Branch: y.First, Category: member.Probationary, How: member.Admitted}, "2025-07-01"))
		newcomer = y.Size() - 1
		y.Must(act(member.Confirm, newcomer, member.TurnFull{Basis: "支部大会"}, "2026-07-01"))
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := org.GiveName(ctx, w, y.Village, org.Rename{Name: "文峰社区村"}, "2026-08-01")
			return err
		})
		for _, form := range []member.ExportForm{member.Form29, member.FormVillage} {
			var b bytes.Buffer
			opt := member.ExportOptions{Form: form, Unit: y.General, On: "2026-02-01", Secret: secret, Past: true, Book: y.J.Book()}
			persons, err := member.ExportRoster(y.Ctx, y.DB, y.Vault, &b, opt)
			if err != nil || len(persons) != 4 {
				t.Fatal(form, persons, err)
			}
			text := string(unpacked(y, b.Bytes()))
			want := []string{"截至2026年2月1日　共4人", "朱建军", "文峰村第一党支部", "2010-07-01"}
			if form == member.Form29 {
				want = append(want, "预备党员")
			} else {
				want = append(want, "|文峰村|")
			}
			for _, s := range want {
				if !strings.Contains(text, s) {
					t.Errorf("%s: %q is not in the roster:\n%s", form, s, text)
				}
			}
			if strings.Contains(text, "文峰社区村") || strings.Count(text, "文峰村第二党支部") != 1 {
				t.Errorf("%s: a later name or branch is in the roster:\n%s", form, text)
			}
			if _, _, err := member.ReadBack(y.Ctx, y.DB, y.J.Book(), y.Vault, y.Open("back.xlsx", b.Bytes()), secret, "2026-11-23"); err == nil {
				t.Error("a past roster was taken back")
			}
			b.Reset()
			if _, err := member.ExportRoster(y.Ctx, y.DB, y.Vault, &b, member.ExportOptions{Form: form, Unit: y.General, On: "2026-11-23", Secret: secret}); err != nil {
				t.Fatal(err)
			}
			today := string(unpacked(y, b.Bytes()))
			if !strings.Contains(today, "共3人") || strings.Contains(today, "朱建军") || strings.Contains(today, "预备党员") {
				t.Errorf("%s: today's roster:\n%s", form, today)
			}
		}
		var b bytes.Buffer
		chosen := member.ExportOptions{Form: member.Form29, Unit: y.General, On: "2026-11-23", Secret: secret, Only: []int64{first}}
		if persons, err := member.ExportRoster(y.Ctx, y.DB, y.Vault, &b, chosen); err != nil || len(persons) != 1 {
			t.Errorf("one chosen: %v, %v", persons, err)
		}
	})
}
