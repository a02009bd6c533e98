package task

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	// firstPause is the pause after the first failure of a job; each further one
	// doubles it up to longestPause.
	firstPause   = time.Second
	longestPause = 5 * time.Minute
)

// Runner runs named jobs, each in its own goroutine and never twice at once.
type Runner struct {
	log  *slog.Logger
	jobs map[string]*job
	mu   sync.Mutex
	runs *prometheus.CounterVec
	took *prometheus.HistogramVec
	last *prometheus.GaugeVec
}

type job struct {
	name  string
	every time.Duration
	fn    func(ctx context.Context) error
	wake  chan struct{}
}

// NewRunner makes a runner whose jobs are measured in reg.
func NewRunner(log *slog.Logger, reg prometheus.Registerer) (*Runner, error) {
	r := &Runner{
		log: log, jobs: map[string]*job{},
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cunju_task_runs_total", Help: "Runs of background jobs, by result.",
		}, []string{"task", "result"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "cunju_task_seconds", Help: "Time a run of a background job took.",
			Buckets: []float64{.001, .01, .1, 1, 10, 60, 600},
		}, []string{"task"}),
		last: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "cunju_task_last_success_timestamp_seconds", Help: "When a background job last succeeded.",
		}, []string{"task"}),
	}
	for _, c := range []prometheus.Collector{r.runs, r.took, r.last} {
		if err := reg.Register(c); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Every adds a job that runs when Run starts, then every d (0: only when woken),
// and whenever it is woken. All jobs are added before Run; a name used twice is a
// mistake of the wiring and panics.
func (r *Runner) Every(d time.Duration, name string, fn func(ctx context.Context) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, there := r.jobs[name]; there {
		panic("task: two jobs named " + name)
	}
	r.jobs[name] = &job{name: name, every: d, fn: fn, wake: make(chan struct{}, 1)}
}

// Wake has the job run soon. Waking it several times before it starts is the same
// as once; waking it while it runs has it run once more afterwards. It never
// blocks. A name that was not added panics.
func (r *Runner) Wake(name string) {
	r.mu.Lock()
	j, ok := r.jobs[name]
	r.mu.Unlock()
	if !ok {
		panic("task: no job named " + name)
	}
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// Run runs the jobs until ctx ends and the last of them has returned.
func (r *Runner) Run(ctx context.Context) {
	var all sync.WaitGroup
	r.mu.Lock()
	for _, j := range r.jobs {
		all.Go(func() { r.loop(ctx, j) })
	}
	r.mu.Unlock()
	all.Wait()
}

// loop is the life of one job. Being one goroutine is what keeps it from running
// twice at once.
func (r *Runner) loop(ctx context.Context, j *job) {
	pause := time.Duration(0)
	for ctx.Err() == nil {
		if err := r.once(ctx, j); err != nil && ctx.Err() == nil {
			pause = min(max(2*pause, firstPause), longestPause)
			r.log.Error("task failed", "task", j.name, "err", err, "pause", pause)
			// A wake-up does not shorten the pause, or a lost database would be
			// asked at every commit.
			if !sleep(ctx, pause, nil) {
				return
			}
			continue
		}
		pause = 0
		if !sleep(ctx, j.every, j.wake) {
			return
		}
	}
}

// sleep waits for d (0: for ever) or a wake-up; false means ctx ended.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	var tick <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		tick = timer.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-tick:
	case <-wake:
	}
	return true
}

// once runs the job, measured, with a panic as an error.
func (r *Runner) once(ctx context.Context, j *job) (err error) {
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		r.took.WithLabelValues(j.name).Observe(time.Since(start).Seconds())
		if err != nil {
			r.runs.WithLabelValues(j.name, "failed").Inc()
			return
		}
		r.runs.WithLabelValues(j.name, "done").Inc()
		r.last.WithLabelValues(j.name).SetToCurrentTime()
	}()
	return j.fn(ctx)
}
