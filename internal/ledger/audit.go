package ledger

import (
	"context"

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
	bad, err := unbalanced(ctx, q, town)
	if err != nil {
		return nil, err
	}
	sums := Sums{}
	note := func(sign int64) func(yearRow) error {
		return func(r yearRow) error {
			k := year{r.Commodity, r.Account, r.Year}
			if sums[k] += sign * r.Amount; sums[k] == 0 {
				delete(sums, k)
			}
			return nil
		}
	}
	// The lines lie in this order: nothing is sorted.
	err = db.Each(ctx, q, `SELECT commodity, owner, account, CAST(substr(effective, 1, 4) AS BIGINT), CAST(SUM(amount) AS BIGINT) FROM ledger_line
		WHERE town = $1 GROUP BY commodity, owner, account, substr(effective, 1, 4)`, note(1), town)
	if err != nil {
		return nil, err
	}
	if err := db.Each(ctx, q, `SELECT commodity, owner, account, year, amount FROM ledger_year WHERE town = $1`, note(-1), town); err != nil {
		return nil, err
	}
	for _, k := range sums.changed() {
		bad = append(bad, Imbalance{Account: k.account, Commodity: k.commodity, Sum: sums[k]})
	}
	return bad, nil
}

// unbalanced finds the acts whose lines do not sum to zero. The lines of an act lie far apart, so each act's are first
// gathered in one number, in which every entity and commodity weighs differently; only when one is not zero are they sorted.
func unbalanced(ctx context.Context, q db.Querier, town string) ([]Imbalance, error) {
	open := map[int64]uint64{}
	commodity, salt := "", uint64(0)
	err := db.Each(ctx, q, `SELECT commodity, act, entity, amount FROM ledger_line WHERE town = $1`, func(r struct {
		Commodity           string
		Act, Entity, Amount int64
	}) error {
		if r.Commodity != commodity {
			commodity, salt = r.Commodity, salt+0x9e3779b97f4a7c15
		}
		if sum := open[r.Act] + uint64(r.Amount)*weight(uint64(r.Entity)^salt); sum == 0 {
			delete(open, r.Act)
		} else {
			open[r.Act] = sum
		}
		return nil
	}, town)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return db.All[Imbalance](ctx, q, `SELECT act, '', commodity, CAST(SUM(amount) AS BIGINT) FROM ledger_line
		WHERE town = $1 GROUP BY act, entity, commodity HAVING SUM(amount) <> 0 ORDER BY act`, town)
}

// weight is an odd number that says nothing of x (the finalizer of SplitMix64).
func weight(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return (x ^ x>>31) | 1
}
