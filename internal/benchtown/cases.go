package benchtown

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"cunju/internal/bench"
	"cunju/internal/calendar"
	"cunju/internal/member"
)

// Members is the size of the town unless told otherwise.
const Members = 500_000

// Cases returns the measurements; the first one that runs builds the town.
func Cases(members int) []bench.Case {
	if members == 0 {
		members = Members
	}
	s := &shared{members: members}
	most := func(ms float64) bench.Target { return bench.Target{Value: ms, Unit: "ms", AtMost: true} }
	size := fmt.Sprintf("%d members, %d spans", members, 4*members)
	return []bench.Case{
		{Name: "list page p95, " + size, Target: most(50), Run: s.run(s.lists)},
		{Name: "list page p95, probationary only", Target: most(50), Run: s.run(s.filtered)},
		{Name: "search page p95", Target: most(50), Run: s.run(s.search)},
		{Name: fmt.Sprintf("roster of %d members on a past date, p95", members/committees), Target: most(300), Run: s.run(s.past)},
		{Name: "counts of the whole tree from the ledger, p95", Target: most(50), Run: s.run(s.counts)},
	}
}

// shared is the town that the cases have in common.
type shared struct {
	members int
	t       *town
	r       *rand.Rand
}

func (s *shared) run(f func(ctx context.Context, b *bench.Bench) (time.Duration, error)) func(context.Context, *bench.Bench) (bench.Measure, error) {
	return func(ctx context.Context, b *bench.Bench) (bench.Measure, error) {
		if s.t == nil {
			t, err := open(ctx, b.Dir)
			if err != nil {
				return bench.Measure{}, err
			}
			if err := t.fill(ctx, s.members); err != nil {
				return bench.Measure{}, err
			}
			s.t, s.r = t, rand.New(rand.NewPCG(3, 4))
		}
		d, err := f(ctx, b)
		return bench.Measure{Value: float64(d.Microseconds()) / 1000}, err
	}
}

// p95 runs f n times and returns the time that 95 of 100 stay under.
func p95(n int, f func() error) (time.Duration, error) {
	took := make([]time.Duration, n)
	for i := range took {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[n*95/100], nil
}

// unit picks a unit of any size, the street among them.
func (s *shared) unit() int64 {
	sizes := [][]int64{{s.t.street}, s.t.large, s.t.middle, s.t.small}
	list := sizes[s.r.IntN(len(sizes))]
	return list[s.r.IntN(len(list))]
}

// page reads one page of a unit's roster the way the page does: the count from the ledger first, then fifty rows from a random
// place in the alphabet.
func (s *shared) page(ctx context.Context, b *bench.Bench, f member.Filter) error {
	f.Unit, f.Limit = s.unit(), 50
	f.After.Sortkey = string(rune('a' + s.r.IntN(26)))
	full, probationary, err := member.CountNow(ctx, s.t.db, code, f.Unit)
	if err != nil {
		return err
	}
	_, err = member.Today(ctx, s.t.db, code, f, full+probationary)
	return err
}

func (s *shared) lists(ctx context.Context, b *bench.Bench) (time.Duration, error) {
	return p95(400, func() error { return s.page(ctx, b, member.Filter{}) })
}

// filtered asks for what nobody is: the worst case for a walk that stops when the page is full.
func (s *shared) filtered(ctx context.Context, b *bench.Bench) (time.Duration, error) {
	return p95(100, func() error { return s.page(ctx, b, member.Filter{Category: member.Probationary}) })
}

func (s *shared) search(ctx context.Context, b *bench.Bench) (time.Duration, error) {
	return p95(400, func() error {
		_, err := s.t.vault.Search(ctx, s.t.db, name(s.r), 50)
		return err
	})
}

func (s *shared) past(ctx context.Context, _ *bench.Bench) (time.Duration, error) {
	return p95(40, func() error {
		unit := s.t.large[s.r.IntN(len(s.t.large))]
		rows, err := member.AsOf(ctx, s.t.db, code, unit, calendar.Of(2021+s.r.IntN(5), 1+s.r.IntN(12), 15))
		if err == nil && len(rows) == 0 {
			err = fmt.Errorf("an empty roster")
		}
		return err
	})
}

func (s *shared) counts(ctx context.Context, _ *bench.Bench) (time.Duration, error) {
	return p95(40, func() error {
		_, err := member.Counts(ctx, s.t.db, code)
		return err
	})
}
