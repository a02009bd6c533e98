package org_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/org"
)

// naive is the tree kept a second time, by hand: every unit's life and parents, and ancestors found by walking up.
type naive struct {
	town  *journaltest.Town
	rand  *rand.Rand
	units []int64
}

// days on which something may happen or be asked.
func (n *naive) day() calendar.Date { return calendar.Date("2020-01-01").AddDays(30 * n.rand.IntN(40)) }

func (n *naive) unit() int64 { return n.units[n.rand.IntN(len(n.units))] }

// lower is any unit but the root, which stays.
func (n *naive) lower() int64 { return n.units[1+n.rand.IntN(len(n.units)-1)] }

// step tries one random act on the tree, at a random day: late entries and impossible ones among them. It reports whether the
// journal took it.
func (n *naive) step(i int) bool {
	on, set := n.day(), calendar.Date("2019-06-01").AddDays(30*n.rand.IntN(12))
	_, err := n.town.Do(func(ctx context.Context, w *journal.Writer) error {
		what := n.rand.IntN(8)
		if len(n.units) < 4 {
			what = 0
		}
		switch what {
		case 0, 1, 2:
			id, err := org.SetUp(ctx, w, org.Establish{Kind: "party-general-branch", Name: fmt.Sprintf("组织%d", i), Parents: map[org.Line]int64{org.Party: n.unit()}}, set)
			if err == nil {
				err = w.Flush(ctx)
			}
			if err == nil {
				n.units = append(n.units, id)
			}
			return err
		case 3, 4, 5:
			_, err := org.PutUnder(ctx, w, n.lower(), org.Attach{Line: org.Party, Parent: n.unit()}, on)
			return err
		case 6: // merge: what is below one unit goes to another, and the first ends
			from, to := n.lower(), n.unit()
			children, err := org.Under(ctx, w, w.Town, org.Party, from, on)
			if err != nil {
				return err
			}
			for _, c := range children {
				if c.Parent != from {
					continue
				}
				if _, err := org.PutUnder(ctx, w, c.ID, org.Attach{Line: org.Party, Parent: to}, on); err != nil {
					return err
				}
			}
			_, err = org.WindUp(ctx, w, from, org.Dissolve{Reason: "合并"}, on)
			return err
		default:
			_, err := org.WindUp(ctx, w, n.lower(), org.Dissolve{Reason: "撤销"}, on)
			return err
		}
	})
	return err == nil
}

// ancestors walks up from a unit on a day by the states that the journal folds, without any table.
func (n *naive) ancestors(states map[int64]*org.Unit, id int64, on calendar.Date) map[int64]bool {
	out := map[int64]bool{}
	for depth := 0; ; depth++ {
		if depth > len(n.units) {
			n.town.Fatalf("unit %d is its own superior on %s", id, on)
		}
		u := states[id]
		if !u.Life.Has(on) {
			return out
		}
		out[id] = true
		if id = u.ParentOn(org.Party, on); id < 0 {
			return out
		}
	}
}

func (n *naive) compare() {
	n.town.Helper()
	states := map[int64]*org.Unit{}
	for _, id := range n.units {
		u, ok, err := journal.StateOf[org.Unit](n.town.Ctx, n.town.DB, n.town.J.Book(), n.town.Code, id, journal.Now)
		if err != nil || !ok {
			n.town.Fatal(id, ok, err)
		}
		states[id] = u
	}
	for range 12 {
		on := n.day()
		for _, id := range n.units {
			want := n.ancestors(states, id, on)
			got, err := org.Path(n.town.Ctx, n.town.DB, n.town.Code, org.Party, id, on)
			if err != nil {
				n.town.Fatal(err)
			}
			same := len(got) == len(want)
			for _, a := range got {
				same = same && want[a]
			}
			if !same {
				n.town.Fatalf("superiors of %d on %s: closure %v, walked %v", id, on, got, want)
			}
		}
	}
}

// The closure is what walking up finds, on any day, after any acts in any order, and no sequence makes a cycle.
func TestClosureIsTheWalk(t *testing.T) {
	run := func(t *testing.T, d *db.DB, seed uint64, steps int) {
		n := &naive{town: journaltest.New(t, d, org.Slice()), rand: rand.New(rand.NewPCG(seed, 7))}
		street := n.town.Must(setUp(org.Establish{Kind: "town", Name: "文峰街道"}, "2019-01-01"))
		n.units = append(n.units, n.town.Must(setUp(org.Establish{Kind: "party-working-committee", Name: "党工委", Parents: map[org.Line]int64{org.Area: street}}, "2019-01-01")))
		taken, refused := 0, 0
		for i := range steps {
			if n.step(i) {
				taken++
			} else {
				refused++
			}
		}
		if taken < steps/5 || refused < steps/10 {
			t.Errorf("seed %d: %d acts taken, %d refused: the steps prove little", seed, taken, refused)
		}
		n.compare()
		n.town.Sound()
	}
	for seed := range uint64(5) {
		t.Run(fmt.Sprintf("sqlite/%d", seed), func(t *testing.T) { run(t, dbtest.SQLite(t), seed, 120) })
	}
	t.Run("postgres", func(t *testing.T) { run(t, dbtest.Postgres(t), 99, 80) })
}
