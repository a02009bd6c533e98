package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/ledger"
)

// move is one move of a scenario.
type move struct {
	act      int64
	day      calendar.Date
	from, to string
	amount   int64
}

var accounts = []string{"outside", "outside/admitted", "12", "12/party", "12/party/full", "12/party/probationary", "12/partying", "120/party/full",
	"30", "30/122/现金", "30/122-1", "transit/31"}

func genMove(t *rapid.T, act int64) move {
	return move{act, calendar.Of(rapid.IntRange(2023, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.SampledFrom([]int{1, 28}).Draw(t, "day")),
		rapid.SampledFrom(accounts).Draw(t, "from"), rapid.SampledFrom(accounts).Draw(t, "to"), rapid.Int64Range(-3, 50).Draw(t, "amount")}
}

// post writes moves as a journal does: lines into the table, sums carried.
func post(ctx context.Context, d *db.DB, town string, add, remove []move) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		sums := ledger.Sums{}
		for _, m := range remove {
			sums.Remove(lines(m))
			if _, err := tx.Exec(ctx, `DELETE FROM ledger_line WHERE town = $1 AND act = $2`, town, m.act); err != nil {
				return err
			}
		}
		var rows [][]any
		for _, m := range add {
			ls := lines(m)
			sums.Add(ls)
			for _, l := range ls {
				rows = append(rows, l.Row(town))
			}
		}
		if err := tx.Insert(ctx, ledger.Entries, rows); err != nil {
			return err
		}
		return sums.Carry(ctx, tx, town)
	})
}

func lines(m move) []ledger.Line {
	ls := ledger.Move(m.act, m.day, m.from, m.to, "head", m.amount)
	for i := range ls {
		ls[i].N = int64(i)
	}
	return ls
}

func inside(account, root string) bool {
	return account == root || strings.HasPrefix(account, root+"/")
}

// Balances, movements and statements of any subtree and any period are what the moves add up to; opening + in − out = closing;
// and every carried sum is the sum of its lines.
func TestLedgerAddsUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		if err := d.Update(ctx, func(tx *db.Tx) error { return tx.Create(ctx, ledger.Entries, ledger.Years) }); err != nil {
			t.Fatal(err)
		}
		towns := 0
		rapid.Check(t, func(t *rapid.T) {
			towns++
			town := fmt.Sprintf("%09d", towns)
			var all []move
			next := int64(0)
			for range rapid.IntRange(1, 4).Draw(t, "transactions") {
				var add, remove []move
				for i := len(all) - 1; i >= 0; i-- {
					if rapid.IntRange(0, 4).Draw(t, "remove") == 0 {
						remove = append(remove, all[i])
						all = slices.Delete(all, i, i+1)
					}
				}
				for range rapid.IntRange(0, 25).Draw(t, "moves") {
					add = append(add, genMove(t, next))
					next++
				}
				all = append(all, add...)
				if err := post(ctx, d, town, add, remove); err != nil {
					t.Fatal(err)
				}
			}
			bad, err := ledger.Audit(ctx, d, town)
			if err != nil || len(bad) > 0 {
				t.Fatalf("audit: %+v %v", bad, err)
			}
			if n, err := db.One[int64](ctx, d, `SELECT count(*) FROM ledger_year WHERE town = $1 AND amount = 0`, town); err != nil || n > 0 {
				t.Fatalf("%d sums of nothing, %v", n, err)
			}
			for range 5 {
				compare(t, ctx, d, town, all)
			}
		})
	})
}

func compare(t *rapid.T, ctx context.Context, d *db.DB, town string, all []move) {
	root := rapid.SampledFrom(append(accounts, "12/par", "13")).Draw(t, "root")
	after, until := genMove(t, 0).day, genMove(t, 0).day
	if after > until {
		after, until = until, after
	}
	var opening, closing int64
	want := map[string][2]int64{}
	crossing := 0
	for _, m := range all {
		if inside(m.from, root) == inside(m.to, root) {
			continue
		}
		amount, contra := m.amount, m.from
		if inside(m.from, root) {
			amount, contra = -m.amount, m.to
		}
		if m.day <= after {
			opening += amount
		}
		if m.day <= until {
			closing += amount
		}
		if m.day > after && m.day <= until && amount != 0 {
			v := want[contra]
			want[contra] = [2]int64{v[0] + max(amount, 0), v[1] + max(-amount, 0)}
			crossing++
		}
	}
	a, err := ledger.Balance(ctx, d, town, "head", root, after)
	if err != nil || a != opening {
		t.Fatalf("balance of %s on %s: %d %v, want %d", root, after, a, err, opening)
	}
	z, err := ledger.Balance(ctx, d, town, "head", root, until)
	if err != nil || z != closing {
		t.Fatalf("balance of %s on %s: %d %v, want %d", root, until, z, err, closing)
	}
	moves, err := ledger.Movements(ctx, d, town, "head", root, after, until)
	if err != nil || len(moves) != len(want) {
		t.Fatalf("movements of %s: %+v %v, want %v", root, moves, err, want)
	}
	sum := a
	for _, m := range moves {
		if want[m.Contra] != [2]int64{m.In, m.Out} {
			t.Fatalf("movements of %s with %s: %+v, want %v", root, m.Contra, m, want[m.Contra])
		}
		sum += m.In - m.Out
	}
	if sum != z {
		t.Fatalf("%s from %s to %s: opening + in − out = %d, closing %d", root, after, until, sum, z)
	}
	items, err := ledger.Statement(ctx, d, town, "head", root, after, until, 0)
	if err != nil || len(items) != crossing {
		t.Fatalf("statement of %s: %d lines, %v; want %d", root, len(items), err, crossing)
	}
	for i, it := range items {
		a += it.Amount
		if !inside(it.Account, root) || inside(it.Contra, root) || i > 0 && it.Effective < items[i-1].Effective {
			t.Fatalf("statement of %s: line %d is %+v", root, i, it)
		}
	}
	if a != z {
		t.Fatalf("the statement of %s ends at %d, the balance is %d", root, a, z)
	}
	if short, err := ledger.Statement(ctx, d, town, "head", root, after, until, 2); err != nil || len(short) != min(2, crossing) {
		t.Fatalf("a statement of two lines has %d, %v", len(short), err)
	}
}

// Damage to a line or to a carried sum is found.
func TestAuditFindsDamage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		const town = "321002003"
		if err := d.Update(ctx, func(tx *db.Tx) error { return tx.Create(ctx, ledger.Entries, ledger.Years) }); err != nil {
			t.Fatal(err)
		}
		moves := []move{{4, "2026-01-01", "outside", "12/party/full", 3}, {5, "2025-01-01", "outside", "12/party/full", 2}}
		if err := post(ctx, d, town, moves, nil); err != nil {
			t.Fatal(err)
		}
		for change, want := range map[string]ledger.Imbalance{
			`UPDATE ledger_line SET amount = 4 WHERE town = $1 AND act = 4 AND line = 1`:                  {Act: 4, Commodity: "head", Sum: 1},
			`UPDATE ledger_year SET amount = amount - 1 WHERE town = $1 AND year = 2025 AND owner = 12`:   {Account: "12/party/full", Commodity: "head", Sum: 1},
			`UPDATE ledger_line SET effective = '2024-01-01' WHERE town = $1 AND act = 5 AND amount > 0`:  {Account: "12/party/full", Commodity: "head", Sum: -2},
			`UPDATE ledger_line SET account = '12/party/none' WHERE town = $1 AND act = 4 AND amount = 3`: {Account: "12/party/full", Commodity: "head", Sum: -3},
		} {
			err := d.Update(ctx, func(tx *db.Tx) error {
				if n, err := tx.Exec(ctx, change, town); err != nil || n != 1 {
					t.Fatalf("%s: %d %v", change, n, err)
				}
				bad, err := ledger.Audit(ctx, tx, town)
				if err != nil || !slices.Contains(bad, want) {
					t.Errorf("%s: %+v %v", change, bad, err)
				}
				return fmt.Errorf("undo")
			})
			if err == nil {
				t.Fatal("not undone")
			}
		}
	})
}

func TestOwner(t *testing.T) {
	for account, want := range map[string]int64{"12": 12, "12/party": 12, "outside": 0, "outside/12": 0, "": 0, "-3/x": 0, "12a/x": 0} {
		if got := ledger.Owner(account); got != want {
			t.Errorf("owner of %q is %d, want %d", account, got, want)
		}
	}
}
