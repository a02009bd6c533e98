package task

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func newRunner(t testing.TB) (*Runner, *prometheus.Registry) {
	reg := prometheus.NewRegistry()
	r, err := NewRunner(quiet(), reg)
	if err != nil {
		t.Fatal(err)
	}
	return r, reg
}

// start runs r in the bubble; the answer stops it and waits.
func start(r *Runner) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		r.Run(ctx)
		close(done)
	}()
	return func() {
		cancel()
		<-done
	}
}

func TestEveryAndWake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := newRunner(t)
		var clock, woken atomic.Int32
		r.Every(time.Minute, "clock", func(context.Context) error { clock.Add(1); return nil })
		r.Every(0, "woken", func(context.Context) error { woken.Add(1); return nil })
		stop := start(r)
		synctest.Wait()
		if clock.Load() != 1 || woken.Load() != 1 {
			t.Errorf("at the start: %d %d", clock.Load(), woken.Load())
		}
		time.Sleep(3*time.Minute + time.Second)
		synctest.Wait()
		if clock.Load() != 4 || woken.Load() != 1 {
			t.Errorf("after three minutes: %d %d", clock.Load(), woken.Load())
		}
		for range 5 {
			r.Wake("woken")
		}
		synctest.Wait()
		stop()
		if n := woken.Load(); n < 2 || n > 3 {
			t.Errorf("five wake-ups became %d runs", n-1)
		}
	})
}

// TestWakeWhileRunning: news that comes during a run has the job run once more.
func TestWakeWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := newRunner(t)
		runs := 0
		r.Every(0, "sign", func(context.Context) error {
			runs++
			time.Sleep(time.Second)
			return nil
		})
		stop := start(r)
		time.Sleep(500 * time.Millisecond)
		r.Wake("sign")
		r.Wake("sign")
		time.Sleep(10 * time.Second)
		stop()
		if runs != 2 {
			t.Errorf("%d runs", runs)
		}
	})
}

func TestFailuresPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, reg := newRunner(t)
		var at []time.Duration
		begin := time.Now()
		r.Every(time.Hour, "sick", func(context.Context) error {
			at = append(at, time.Since(begin).Round(time.Millisecond))
			switch len(at) {
			case 1:
				panic("张三")
			case 2, 3:
				return errors.New("database gone")
			}
			return nil
		})
		stop := start(r)
		for range 50 { // commits that wake it do not shorten the pause
			r.Wake("sick")
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		stop()
		want := []time.Duration{0, time.Second, 3 * time.Second, 7 * time.Second}
		if len(at) < len(want) {
			t.Fatalf("runs at %v", at)
		}
		for i, d := range want {
			if at[i] != d {
				t.Errorf("run %d at %v, want %v", i, at[i], d)
			}
		}
		families, err := reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, f := range families {
			text.WriteString(f.String())
		}
		for _, part := range []string{"cunju_task_runs_total", `value:"failed"`, `value:"done"`, `value:"sick"`} {
			if !strings.Contains(text.String(), part) {
				t.Errorf("%s is not measured", part)
			}
		}
	})
}

func TestPauseHasABound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := newRunner(t)
		runs := 0
		r.Every(time.Hour, "dead", func(context.Context) error { runs++; return errors.New("dead") })
		stop := start(r)
		time.Sleep(24 * time.Hour)
		stop()
		if runs < 280 || runs > 300 { // one every five minutes
			t.Errorf("%d runs in a day", runs)
		}
	})
}

func TestStopWaitsForTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := newRunner(t)
		finished := false
		r.Every(time.Hour, "long", func(ctx context.Context) error {
			<-ctx.Done()
			time.Sleep(time.Second) // brings its transaction to an end
			finished = true
			return ctx.Err()
		})
		stop := start(r)
		synctest.Wait()
		stop()
		if !finished {
			t.Error("Run returned before its job")
		}
	})
}

func TestWiringMistakes(t *testing.T) {
	r, _ := newRunner(t)
	nothing := func(context.Context) error { return nil }
	r.Every(0, "a", nothing)
	for name, f := range map[string]func(){
		"a name twice": func() { r.Every(0, "a", nothing) }, "an unknown name": func() { r.Wake("b") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was accepted", name)
				}
			}()
			f()
		}()
	}
}

// TestNeverTwiceAtOnce drives jobs of random lengths and failures with random
// wake-ups: no job overlaps itself, and each runs again after its last wake-up.
func TestNeverTwiceAtOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		wakes := rapid.SliceOfN(rapid.IntRange(0, 3000), 1, 40).Draw(rt, "wakes")
		every := rapid.IntRange(1, 2000).Draw(rt, "every")
		synctest.Test(t, func(t *testing.T) {
			r, _ := newRunner(t)
			chance := rand.New(rand.NewPCG(seed, 1))
			var under atomic.Int32
			var lastStart time.Time
			r.Every(time.Duration(every)*time.Millisecond, "job", func(context.Context) error {
				if under.Add(1) != 1 {
					t.Error("twice at once")
				}
				defer under.Add(-1)
				lastStart = time.Now()
				time.Sleep(time.Duration(chance.IntN(1500)) * time.Millisecond)
				switch chance.IntN(6) {
				case 0:
					return errors.New("failed")
				case 1:
					panic("panicked")
				}
				return nil
			})
			stop := start(r)
			var last time.Time
			for _, w := range wakes {
				time.Sleep(time.Duration(w) * time.Millisecond)
				r.Wake("job")
				last = time.Now()
			}
			time.Sleep(2 * longestPause)
			stop()
			if lastStart.Before(last) {
				t.Error("a wake-up was lost")
			}
		})
	})
}
