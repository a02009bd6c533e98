package people_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law/pipl"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
)

// whole is every row of every table of the database, in order.
func whole(o *office) map[string]string {
	o.Helper()
	list := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if o.DB.Engine() == db.Postgres {
		list = `SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	tables, err := db.All[string](o.Ctx, o.DB, list)
	if err != nil {
		o.Fatal(err)
	}
	cells := map[string]string{}
	for _, table := range tables {
		rows, err := o.DB.Query(o.Ctx, `SELECT * FROM `+table)
		if err != nil {
			o.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			o.Fatal(err)
		}
		var lines []string
		row, ptrs := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			ptrs[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(ptrs...); err != nil {
				o.Fatal(err)
			}
			var b strings.Builder
			for _, v := range row {
				if raw, ok := v.([]byte); ok {
					v = string(raw)
				}
				fmt.Fprintf(&b, "%v\t", v)
			}
			lines = append(lines, b.String())
		}
		if err := rows.Err(); err != nil {
			o.Fatal(err)
		}
		rows.Close()
		slices.Sort(lines)
		cells[table] = strings.Join(lines, "\n")
	}
	return cells
}

// past is somebody who was a member, held an office and lived in a household, all of which is over, entered with every slip that
// the office can make.
func (o *office) past() (person, membership int64, words []string) {
	o.Helper()
	const other = "温故去"
	person = o.Person(other, "男", "1944-04-04")
	must := func(do func(w *journal.Writer) (int64, error)) int64 {
		o.Helper()
		return o.Must(func(_ context.Context, w *journal.Writer) error { _, err := do(w); return err })
	}
	void := func(n int64, why string) {
		must(func(w *journal.Writer) (int64, error) {
			return w.Void(o.Ctx, journal.Voiding{Target: n, Reason: why})
		})
	}
	fix := func(n int64, body, why string) {
		must(func(w *journal.Writer) (int64, error) {
			return w.Correct(o.Ctx, journal.Correction{Target: n, Body: []byte(body), Reason: why})
		})
	}
	enter := member.Enter{Person: person, Branch: o.First, Category: member.Full, How: member.In, Admitted: "1961-07-01", Full: "1962-07-01",
		From: "高邮湖农场党委", Record: map[string]string{"post": "运河酒厂看门"}}
	wrong := must(func(w *journal.Writer) (int64, error) { return member.Join(o.Ctx, w, enter, "2026-01-05") })
	void(wrong, "温故去录到别的支部去了")
	membership = must(func(w *journal.Writer) (int64, error) { return member.Join(o.Ctx, w, enter, "2026-01-06") })
	fix(membership, fmt.Sprintf(`{"person":%d,"branch":%d,"category":"full","how":"world/in","admitted":"1961-07-02","full":"1962-07-01","record":{"post":"运河酒厂门卫"}}`, person, o.First), "温故去的岗位写错")
	must(func(w *journal.Writer) (int64, error) {
		return member.Amend(o.Ctx, w, membership, member.Change{Record: map[string]string{"post": "退休门卫"}}, "2026-02-01")
	})
	must(func(w *journal.Writer) (int64, error) {
		return member.Travel(o.Ctx, w, membership, member.Float{Away: true, Place: "苏州女儿家", Note: "带外孙"}, "2026-03-01")
	})
	must(func(w *journal.Writer) (int64, error) {
		return member.Transfer(o.Ctx, w, membership, member.Move{Branch: o.Second, Reason: "搬到二组老屋"}, "2026-04-01")
	})
	gone := must(func(w *journal.Writer) (int64, error) {
		return member.Depart(o.Ctx, w, membership, member.Leave{How: member.Out, To: "苏州娄门社区", Reason: "随女儿定居"}, "2026-06-01")
	})
	fix(gone, `{"how":"world/out","to":"苏州平江社区","reason":"随女儿定居平江"}`, "温故去去的是平江")

	seat := must(func(w *journal.Writer) (int64, error) {
		return org.Install(o.Ctx, w, org.Appoint{Unit: o.Supervision, Role: "supervision-member", Person: person, Title: "老温委员", Duty: "看管酒厂账目", Basis: "温故去当选"}, "2026-01-06")
	})
	must(func(w *journal.Writer) (int64, error) {
		return org.Release(o.Ctx, w, seat, org.Leave{Reason: "年老多病辞职"}, "2026-05-01")
	})
	join := must(func(w *journal.Writer) (int64, error) {
		return journal.Add(o.Ctx, w, people.KindJoin, calendar.Date("2026-01-07"), []int64{o.household},
			people.Join{Resident: people.Resident{Person: person, Relation: "兄"}, Reason: "投靠妹妹王家"})
	})
	fix(join, fmt.Sprintf(`{"person":%d,"relation":"表兄","reason":"投靠表妹王家"}`, person), "温故去是表兄")
	must(func(w *journal.Writer) (int64, error) {
		return journal.Add(o.Ctx, w, people.KindPart, calendar.Date("2026-06-01"), []int64{o.household}, people.Part{Person: person, Reason: "迁往苏州平江"})
	})
	row, err := people.Find(o.Ctx, o.DB, o.Code, person)
	if err != nil {
		o.Fatal(err)
	}
	return person, membership, []string{other, row.IDNumber, row.Phone, row.Address, "1944-04-04", "1944年4月4日", "高邮湖农场", "酒厂", "门卫", "看门", "苏州", "外孙",
		"二组老屋", "女儿", "平江", "老温", "年老多病", "表妹", "投靠"}
}

// What stays of a member is what was counted: the same spans, the same heads, on any day.
func TestErasureLeavesNoWordInAnyTable(t *testing.T) {
	open(t, func(o *office) {
		secretary := o.Person("沈书记", "男", "1968-06-06")
		o.Office(o.Working, "street-secretary", secretary, membertest.Seated)
		chief := o.site.LogIn("chief", secretary)
		person, membership, words := o.past()
		cells := whole(o)
		for _, w := range words {
			found := false
			for _, text := range cells {
				found = found || strings.Contains(text, w)
			}
			if !found {
				t.Errorf("%q was never in the database: the test looks for nothing", w)
			}
		}
		counted := func() string {
			cells := whole(o)
			return cells["member_span"] + cells["ledger_line"] + cells["ledger_year"] + cells["member_own"] + cells["people_resident"]
		}
		before, was := counted(), states(o, membership)
		here := o.clerk.Post(at(person, "/erase"), "ground", pipl.PurposeGone).Want(303).Where()
		chief.Post(here+"/agree", "sure", "1").Want(303, here)

		cells = whole(o)
		for table, text := range cells {
			for _, w := range words {
				if strings.Contains(text, w) {
					t.Errorf("table %s still says %q", table, w)
				}
			}
		}
		if after := counted(); after != before {
			t.Errorf("what was counted changed:\n%s\n%s", before, after)
		}
		if is := states(o, membership); is != was {
			t.Errorf("past days read otherwise:\n%s\n%s", was, is)
		}
		if _, err := o.J.Rebuild(o.Ctx, o.Code, nil); err != nil {
			t.Fatal(err)
		}
		if after := counted(); after != before {
			t.Errorf("a rebuild counts otherwise:\n%s\n%s", before, after)
		}
		o.Sound()
	})
}

// states is a membership without its words, on several days and as it was known at each of its acts.
func states(o *office, id int64) string {
	o.Helper()
	var b strings.Builder
	look := func(at journal.At) {
		m, ok, err := journal.StateOf[member.Member](o.Ctx, o.DB, o.J.Book(), o.Code, id, at)
		if err != nil {
			o.Fatalf("%+v: %v", at, err)
		}
		if ok {
			m.Record, m.Place = nil, ""
			fmt.Fprintf(&b, "%+v: %+v\n", at, *m)
		}
	}
	for _, day := range []calendar.Date{"2026-01-06", "2026-03-02", "2026-05-05", "2026-06-02"} {
		look(journal.AsOf(day))
	}
	acts, err := journal.Acts(o.Ctx, o.DB, o.Code, id)
	if err != nil {
		o.Fatal(err)
	}
	for _, a := range acts {
		if a.Kind != journal.Erase.Name {
			look(journal.At{Known: a.N})
		}
	}
	return b.String()
}
