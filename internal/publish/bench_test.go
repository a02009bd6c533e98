package publish

import (
	"context"
	"slices"
	"testing"
	"time"

	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
)

// BenchmarkActIsPublished measures from the moment an act is acknowledged until a checkpoint that covers it is published: with the
// street's own signature (at most 2 s is promised), and with those of two witnesses that both must have signed (at most 10 s). The
// publisher turns as the server turns it.
func BenchmarkActIsPublished(b *testing.B) {
	for _, c := range []struct {
		name      string
		witnesses []string
	}{{"alone", nil}, {"two witnesses", []string{"street", "committee"}}} {
		b.Run(c.name, func(b *testing.B) {
			y := newTown(b, dbtest.SQLite(b))
			policy := "log " + y.key.VKey + "\nquorum none\n"
			for _, name := range c.witnesses {
				y.watch(name)
			}
			if len(c.witnesses) > 0 {
				policy = y.policy("all")
			}
			p := y.publisher(policy, Rule{Wait: time.Minute})
			ctx, stop := context.WithCancel(b.Context())
			done := make(chan error, 1)
			go func() {
				for ctx.Err() == nil {
					time.Sleep(50 * time.Millisecond)
					if err := p.Round(b.Context()); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
			var took []time.Duration
			for b.Loop() {
				y.record(1)
				start, size := time.Now(), int64(len(took)+1)
				for covered := int64(0); covered < size; time.Sleep(time.Millisecond) {
					if cp, err := journal.Published(b.Context(), y.d, code); err == nil {
						covered = cp.Size
					}
				}
				took = append(took, time.Since(start))
			}
			stop()
			if err := <-done; err != nil {
				b.Fatal(err)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
			b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "slowest-ms")
		})
	}
}
