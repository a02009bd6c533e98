package people_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/member/membertest"
	"cunju/internal/people"
)

func moveOut(household, person int64, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := people.MoveOut(ctx, w, household, people.Part{Person: person, Reason: "迁往外地"}, on)
		return err
	}
}

func lead(household int64, l people.Lead, on calendar.Date) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := people.GiveHead(ctx, w, household, l, on)
		return err
	}
}

// Some rows of a household first, the rest later: the rest joins the household that is there.
func TestTheRestOfAHouseholdJoinsIt(t *testing.T) {
	each(t, func(y *membertest.Town) {
		_, plan := preview(y, oneHome(y))
		first, err := plan.Seal(y.Ctx, y.Vault, func(row int) bool { return row == 2 })
		if err != nil {
			t.Fatal(err)
		}
		y.Must(first.Record)
		rest := &people.HouseholdPlan{On: plan.On, Rows: plan.Rows[1:2]} // as it waits at the counter
		batch, err := rest.Seal(y.Ctx, y.Vault, nil)
		if err != nil {
			t.Fatal(err)
		}
		y.Must(batch.Record)
		p, again := preview(y, oneHome(y)) // the same file once more, for the third
		if got := fmt.Sprint(membertest.Errors(p)); got != "[A2  A3 ]" || len(again.Rows) != 1 || again.Rows[0].Home == 0 || len(membertest.Warnings(p)) != 1 {
			t.Fatalf("errors %s, rows %+v", got, again.Rows)
		}
		commit(y, again)
		h, err := people.HouseholdOf(y.Ctx, y.DB, y.Code, y.Director)
		if err != nil || h.Size != 3 || h.Head != y.Director {
			t.Errorf("%+v, %v", h, err)
		}
		p, _ = preview(y, head+row("200-0001", "", "新来", "户主", "女", membertest.IDNumber("1980-07-07", "女", 120), "", "", "", "", "", "", "文峰村"))
		if got := fmt.Sprint(membertest.Errors(p)); got != "[A2 ]" {
			t.Errorf("a second head: %s", got)
		}
		y.Sound()
	})
}

// Nobody is registered in two households: the cell names the one where he lives.
func TestWhoLivesElsewhereIsNamed(t *testing.T) {
	each(t, func(y *membertest.Town) {
		_, plan := preview(y, oneHome(y))
		other := head + row("200-0002", "", "李志强", "户主", "男", membertest.IDNumber("1976-01-26", "男", 3), "", "", "", "", "", "", "文峰村")
		_, stale := preview(y, other)
		commit(y, plan)
		p, again := preview(y, other)
		if len(again.Rows) != 0 || len(p.Problems) == 0 || p.Problems[0].Address != "F2" || !strings.Contains(p.Problems[0].Message, "文峰村”户号 200-0001") {
			t.Errorf("%+v", p.Problems)
		}
		batch, err := stale.Seal(y.Ctx, y.Vault, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := y.Refused(batch.Record); !strings.Contains(r.Message, "第 2 行") || !strings.Contains(r.Message, "200-0001") {
			t.Errorf("%+v", r)
		}
		h, err := people.HouseholdOf(y.Ctx, y.DB, y.Code, y.Director)
		if err != nil {
			t.Fatal(err)
		}
		y.Must(moveOut(h.ID, y.Director, "2026-03-02"))
		p, _, err = people.PreviewHouseholds(y.Ctx, y.DB, y.Vault, y.Open("households.csv", []byte(other)), people.HouseholdOptions{On: "2026-03-02", Unit: -1})
		if err != nil || p.Errors != 0 {
			t.Errorf("after moving out: %+v, %v", p.Problems, err)
		}
		y.Sound()
	})
}

// A household goes on after its head: another leads it, the relations are those to the new head, the address is sealed anew.
func TestAHouseholdIsGivenAnotherHead(t *testing.T) {
	each(t, func(y *membertest.Town) {
		_, plan := preview(y, oneHome(y))
		commit(y, plan)
		h, err := people.HouseholdOf(y.Ctx, y.DB, y.Code, y.Director)
		if err != nil {
			t.Fatal(err)
		}
		find := func(name string) people.Row {
			rows, err := y.Vault.Search(y.Ctx, y.DB, name, 5)
			if err != nil || len(rows) != 1 {
				t.Fatal(name, rows, err)
			}
			return rows[0]
		}
		wife, child := find("俞静"), find("李想")
		l := people.Lead{Person: wife.ID, Key: wife.Key, Reason: "原户主迁出", Relations: []people.Resident{{Person: child.ID, Relation: "长女"}}}
		if l.Address, err = y.Vault.Address(y.Ctx, wife.Key, "文峰村1组2号"); err != nil {
			t.Fatal(err)
		}
		y.Refused(lead(h.ID, l, "2026-04-01")) // the present head lives there and got no relation
		y.Must(moveOut(h.ID, y.Director, "2026-04-01"))
		if now, err := people.FindHousehold(y.Ctx, y.DB, y.Code, h.ID); err != nil || now.Head >= 0 || now.Size != 2 {
			t.Errorf("without head: %+v, %v", now, err)
		}
		stranger := l
		stranger.Person = y.Clerk
		y.Refused(lead(h.ID, stranger, "2026-04-01"))
		y.Must(lead(h.ID, l, "2026-04-01"))
		now, err := people.FindHousehold(y.Ctx, y.DB, y.Code, h.ID)
		if err != nil || now.Head != wife.ID || now.Size != 2 {
			t.Errorf("%+v, %v", now, err)
		}
		if address, err := y.Vault.Show(y.Ctx, "desk-reveal", "address", now.Key, now.Address); err != nil || address != "文峰村1组2号" {
			t.Errorf("address %q, %v", address, err)
		}
		stays, err := people.Residents(y.Ctx, y.DB, y.Code, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, s := range stays {
			got += fmt.Sprintf("%s %s %s %s; ", s.Name, s.Relation, s.From, s.To)
		}
		if want := "俞静 户主 2026-04-01 9999-12-31; 李想 长女 2026-04-01 9999-12-31; 李志强 户主 2026-03-01 2026-04-01; " +
			"俞静 配偶 2026-03-01 2026-04-01; 李想 女 2026-03-01 2026-04-01; "; got != want {
			t.Errorf("stays\n%s", got)
		}
		y.Sound()
	})
}
