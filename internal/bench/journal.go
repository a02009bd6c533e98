package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// cases are the promises about the journal, in the order in which they fill it. The peer groups by waiting for others, for as
// long as its batch may age; the journal groups whoever waits already, and lets nobody wait. Both settings of the peer that
// suit a lone caller are shown: one that also serves many, and one that writes every entry by itself.
func cases() []Case {
	const shared, alone = "Tessera POSIX, batch age 2 ms", "Tessera POSIX, batches of one"
	var beside []Case
	if hasPeer {
		beside = []Case{
			{"lone act", shared, Target{10, "×", false}, against(1, 256, 2*time.Millisecond)},
			{"lone act", alone, Target{4, "×", false}, against(1, 1, 2*time.Millisecond)},
			{"64 callers", shared, Target{1, "×", false}, against(64, 256, 2*time.Millisecond)},
		}
	}
	return append(beside, []Case{
		{"batch, each act creates an entity", "", Target{15_000, "acts/s", false}, createBatch},
		{"batch, each act changes an entity", "", Target{15_000, "acts/s", false}, changeBatch},
		{"rehearsal of such a batch", "", Target{15_000, "acts/s", false}, rehearse},
		{"start, until an act is recorded", "", Target{100, "ms", true}, start},
		{"proof of an act", "", Target{1, "ms", true}, prove},
		{"verify", "", Target{200_000, "entries/s", false}, verify},
		{"verify a mirror, without its server", "", Target{200_000, "entries/s", false}, verifyMirror},
		{"rebuild, three acts an entity", "", Target{50_000, "acts/s", false}, rebuild},
	}...)
}

func (b *Bench) foundUnits(ctx context.Context) error {
	r, err := b.record(ctx, func(ctx context.Context, w *journal.Writer) error {
		for i := range 60 {
			if _, err := journal.Add(ctx, w, kFound, "2020-01-01", nil, found{fmt.Sprintf("第%d支部", i+1)}); err != nil {
				return err
			}
		}
		return nil
	})
	for id := r.First; id <= r.Last; id++ {
		b.units = append(b.units, id)
	}
	return err
}

func (b *Bench) record(ctx context.Context, decide func(context.Context, *journal.Writer) error) (journal.Receipt, error) {
	r, err := b.Journal.Record(ctx, Town, journal.Request{By: journal.By{Person: 7, Office: 12}, Decide: decide})
	if err == nil {
		b.mu.Lock()
		b.last = max(b.last, r.Last+1)
		b.mu.Unlock()
	}
	return r, err
}

// person makes the n-th resident; the same each time.
func (b *Bench) person(n int) enter {
	return enter{Unit: b.units[n%len(b.units)], Name: fmt.Sprintf("张%06d", n), Sex: "男", Born: "1968-04-12", Nation: "汉族", School: "高中",
		Work: "文峰建材市场有限公司物业管理部", Category: "正式党员", Since: "1995-07-01", Note: "由原机械厂支部转入，组织关系介绍信已收"}
}

func (b *Bench) create(n int) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := journal.Add(ctx, w, kEnter, "2024-03-01", nil, b.person(n))
		return err
	}
}

// against has callers record one act after the other, in turn with the peer, and compares the medians.
func against(callers int, size uint, age time.Duration) func(context.Context, *Bench) (Measure, error) {
	return func(ctx context.Context, b *Bench) (m Measure, err error) {
		p, err := openPeer(ctx, filepath.Join(b.Dir, fmt.Sprintf("peer-%d-%d", callers, size)), size, age)
		if err != nil {
			return m, err
		}
		defer func() { err = errors.Join(err, p.close()) }()
		var own, other []float64
		for range 3 {
			v, err := b.rate(callers, func(n int) error { _, err := b.record(ctx, b.create(n)); return err })
			if err != nil {
				return m, err
			}
			own = append(own, v)
			if v, err = b.rate(callers, func(n int) error { return p.append(ctx, n) }); err != nil {
				return m, err
			}
			other = append(other, v)
		}
		return Measure{Value: median(own), Peer: median(other), Unit: "acts/s"}, nil
	}
}

func createBatch(ctx context.Context, b *Bench) (Measure, error) {
	var rates []float64
	for n := range 3 {
		v, err := b.batchRate(func() error { _, err := b.record(ctx, b.createMany(n*b.batch)); return err })
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, v)
	}
	return Measure{Value: median(rates)}, nil
}

func (b *Bench) createMany(n int) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		for i := range b.batch {
			if err := b.create(n+i)(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}
}

// changeMany changes every resident that a receipt created.
func (b *Bench) changeMany(r journal.Receipt, on calendar.Date, category string) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		ids := make([]int64, 0, r.Count())
		for id := r.First; id <= r.Last; id++ {
			ids = append(ids, id)
		}
		if err := w.Load(ctx, ids...); err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := journal.Add(ctx, w, kChange, on, []int64{id}, change{category}); err != nil {
				return err
			}
		}
		return nil
	}
}

func changeBatch(ctx context.Context, b *Bench) (Measure, error) {
	var rates []float64
	for range 3 {
		fresh, err := b.record(ctx, b.createMany(0))
		if err != nil {
			return Measure{}, err
		}
		v, err := b.batchRate(func() error { _, err := b.record(ctx, b.changeMany(fresh, "2025-06-01", "预备党员")); return err })
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, v)
	}
	return Measure{Value: median(rates)}, nil
}

func rehearse(ctx context.Context, b *Bench) (Measure, error) {
	v, err := b.batchRate(func() error {
		_, err := b.Journal.Rehearse(ctx, Town, journal.Request{Decide: b.createMany(0)})
		return err
	})
	return Measure{Value: v}, err
}

// Fill brings the journal to its size: residents who enter and whose category changes twice. Cases that read call it; a full
// one is left as it is.
func (b *Bench) Fill(ctx context.Context) error {
	for n := 0; b.last < int64(b.acts); n += b.batch {
		r, err := b.record(ctx, b.createMany(n))
		if err != nil {
			return err
		}
		if _, err := b.record(ctx, b.changeMany(r, "2025-06-01", "预备党员")); err != nil {
			return err
		}
		if _, err := b.record(ctx, b.changeMany(r, "2026-06-01", "正式党员")); err != nil {
			return err
		}
	}
	return nil
}

// start opens database and journal anew and records an act: what a restart keeps people waiting for.
func start(ctx context.Context, b *Bench) (Measure, error) {
	if err := b.Fill(ctx); err != nil {
		return Measure{}, err
	}
	var times []float64
	for range 5 {
		b.close()
		begin := b.Clock()
		if err := b.open(ctx); err != nil {
			return Measure{}, err
		}
		if _, err := b.record(ctx, b.create(1)); err != nil {
			return Measure{}, err
		}
		times = append(times, milliseconds(b.Clock().Sub(begin)))
	}
	return Measure{Value: median(times)}, nil
}

// rate has callers run f over and over for a round and returns how often a second. Each run has a number of its own.
func (b *Bench) rate(callers int, f func(n int) error) (float64, error) {
	var done atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	var failed error
	begin := b.Clock()
	for range callers {
		wg.Go(func() {
			for b.Clock().Sub(begin) < b.Round {
				if err := f(int(done.Add(1))); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / b.Clock().Sub(begin).Seconds(), failed
}

// batchRate runs f, which does a batch of acts, and returns acts a second.
func (b *Bench) batchRate(f func() error) (float64, error) {
	begin := b.Clock()
	err := f()
	return float64(b.batch) / b.Clock().Sub(begin).Seconds(), err
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
