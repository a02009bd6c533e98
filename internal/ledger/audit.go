package ledger

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Imbalance is an act whose lines do not sum to zero, or an account whose carried sum differs from its lines: proof of damage.
type Imbalance struct {
	Act       int64
	Account   string
	Commodity string
	Sum       int64
}

// Audit returns every act that does not balance, within each history that it moved something in, and every carried sum that
// differs from its lines. Empty means sound.
func Audit(ctx context.Context, q db.Querier, town string) ([]Imbalance, error) {
	sums, open, err := addUp(ctx, q, town)
	if err != nil {
		return nil, err
	}
	var bad []Imbalance
	if len(open) > 0 {
		bad, err = db.All[Imbalance](ctx, q, `SELECT act, '', commodity, CAST(SUM(amount) AS BIGINT) FROM ledger_line
			WHERE town = $1 GROUP BY act, entity, commodity HAVING SUM(amount) <> 0 ORDER BY act`, town)
		if err != nil {
			return nil, err
		}
	}
	err = db.Each(ctx, q, `SELECT commodity, account, year, amount FROM ledger_year WHERE town = $1`, func(r struct {
		Commodity, Account string
		Year, Amount       int64
	}) error {
		sums[year{r.Commodity, r.Account, r.Year}] -= r.Amount
		return nil
	}, town)
	if err != nil {
		return nil, err
	}
	for _, k := range sums.changed() {
		bad = append(bad, Imbalance{Account: k.account, Commodity: k.commodity, Sum: sums[k]})
	}
	return bad, nil
}

// addUp reads every line once and returns the yearly sums and the acts that seem not to balance. The lines of an act lie far
// apart, so each act's are gathered in one number, in which every entity and commodity weighs differently.
func addUp(ctx context.Context, q db.Querier, town string) (sums Sums, open map[int64]uint64, err error) {
	sums, open = Sums{}, map[int64]uint64{}
	var key year   // of the lines being read, which lie together
	var sum int64  // of that key so far
	var day string // that the key's year was read from
	var salt uint64
	err = db.Each(ctx, q, `SELECT commodity, account, effective, act, entity, amount FROM ledger_line WHERE town = $1`, func(r struct {
		Commodity, Account  string
		Effective           calendar.Date
		Act, Entity, Amount int64
	}) error {
		if r.Account != key.account || r.Commodity != key.commodity || string(r.Effective) != day {
			if r.Commodity != key.commodity {
				salt += 0x9e3779b97f4a7c15
			}
			sums[key] += sum
			key, sum, day = year{r.Commodity, r.Account, int64(r.Effective.Year())}, 0, string(r.Effective)
		}
		sum += r.Amount
		if left := open[r.Act] + uint64(r.Amount)*weight(uint64(r.Entity)^salt); left == 0 {
			delete(open, r.Act)
		} else {
			open[r.Act] = left
		}
		return nil
	}, town)
	sums[key] += sum
	return sums, open, err
}

// weight is an odd number that says nothing of x (the finalizer of SplitMix64).
func weight(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return (x ^ x>>31) | 1
}
