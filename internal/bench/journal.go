package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cunju/internal/journal"
)

// cases are the promises about the journal, in the order in which they fill it.
func cases() []Case {
	return []Case{
		{"lone durable sealed act with projection", "Tessera POSIX", Target{10, "×", false}, loneAct},
		{"64 callers, one act each", "", Target{10_000, "acts/s", false}, manyCallers},
		{"batch that creates an entity per act", "", Target{15_000, "acts/s", false}, createBatch},
		{"batch that changes an entity per act", "", Target{15_000, "acts/s", false}, changeBatch},
		{"rehearsal of 10,000 acts", "", Target{15_000, "acts/s", false}, rehearse},
		{"start, first act recorded", "", Target{100, "ms", true}, start},
		{"proof of an act", "", Target{1, "ms", true}, prove},
		{"verify", "", Target{200_000, "entries/s", false}, verify},
		{"rebuild", "", Target{50_000, "acts/s", false}, rebuild},
	}
}

const batchSize = 10_000

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
		b.last = max(b.last, r.Last+1)
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

// loneAct has one caller record one act after the other, in turn with the peer, and compares the medians.
func loneAct(ctx context.Context, b *Bench) (Measure, error) {
	p, err := openPeer(ctx, filepath.Join(b.Dir, "peer"))
	if err != nil {
		return Measure{}, err
	}
	var own, other []float64
	n := 0
	for range 3 {
		v, err := b.rate(func() error { n++; _, err := b.record(ctx, b.create(n)); return err })
		if err != nil {
			return Measure{}, err
		}
		own = append(own, v)
		if v, err = b.rate(func() error { n++; return p.append(ctx, n, 400) }); err != nil {
			return Measure{}, err
		}
		other = append(other, v)
	}
	return Measure{Value: median(own), Peer: median(other), Unit: "acts/s"}, p.close(ctx)
}

func manyCallers(ctx context.Context, b *Bench) (Measure, error) {
	var done atomic.Int64
	var failed atomic.Value
	begin := b.Clock()
	end := begin.Add(3 * b.Round)
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for b.Clock().Before(end) && failed.Load() == nil {
				if _, err := b.Journal.Record(ctx, Town, journal.Request{Decide: b.create(int(done.Add(1)))}); err != nil {
					failed.Store(err)
				}
			}
		})
	}
	wg.Wait()
	if err, ok := failed.Load().(error); ok {
		return Measure{}, err
	}
	return Measure{Value: float64(done.Load()) / b.Clock().Sub(begin).Seconds()}, nil
}

func createBatch(ctx context.Context, b *Bench) (Measure, error) {
	var rates []float64
	for n := range 3 {
		v, err := b.batch(func() error { _, err := b.record(ctx, b.createMany(n*batchSize)); return err })
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, v)
	}
	return Measure{Value: median(rates)}, nil
}

func (b *Bench) createMany(n int) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		for i := range batchSize {
			if err := b.create(n+i)(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}
}

// Fill brings the journal to its size. Cases that read call it; a full one is left as it is.
func (b *Bench) Fill(ctx context.Context) error {
	for n := 0; b.last < int64(b.acts); n += batchSize {
		if _, err := b.record(ctx, b.createMany(n)); err != nil {
			return err
		}
	}
	return nil
}

func changeBatch(ctx context.Context, b *Bench) (Measure, error) {
	var rates []float64
	for range 3 {
		fresh, err := b.record(ctx, b.createMany(0))
		if err != nil {
			return Measure{}, err
		}
		v, err := b.batch(func() error {
			_, err := b.record(ctx, func(ctx context.Context, w *journal.Writer) error {
				for id := fresh.First; id <= fresh.Last; id++ {
					if _, err := journal.Add(ctx, w, kChange, "2025-06-01", []int64{id}, change{"预备党员"}); err != nil {
						return err
					}
				}
				return nil
			})
			return err
		})
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, v)
	}
	return Measure{Value: median(rates)}, nil
}

func rehearse(ctx context.Context, b *Bench) (Measure, error) {
	v, err := b.batch(func() error {
		_, err := b.Journal.Rehearse(ctx, Town, journal.Request{Decide: b.createMany(0)})
		return err
	})
	return Measure{Value: v}, err
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

// rate runs f for a round and returns how often a second.
func (b *Bench) rate(f func() error) (float64, error) {
	begin := b.Clock()
	n := 0
	for b.Clock().Sub(begin) < b.Round {
		if err := f(); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / b.Clock().Sub(begin).Seconds(), nil
}

// batch runs f, which does batchSize acts, and returns acts a second.
func (b *Bench) batch(f func() error) (float64, error) {
	begin := b.Clock()
	err := f()
	return batchSize / b.Clock().Sub(begin).Seconds(), err
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
