package task

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Keep is how long the result of a finished job stays.
const Keep = time.Hour

const (
	// runningMost bounds the jobs of all persons under way, runningEach those of
	// one person; finishedMost the results kept, which may be large.
	runningMost  = 8
	runningEach  = 2
	finishedMost = 32
)

// ErrBusy says that too many jobs are under way: of this person, or of all.
var ErrBusy = errors.New("task: too many jobs are under way")

// State is where a job stands.
type State string

// The states of a job.
const (
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
)

// Status is a job at one moment.
type Status struct {
	ID    string
	Title string // as given to Start, in Chinese
	State State
	// Done of Total are finished, in whatever the job counts; a Total of 0 means
	// that nobody knows yet. What says in Chinese what is being done.
	Done, Total int64
	What        string
	Started     time.Time
	Ended       time.Time // zero while running
	// Result is what the job returned, Err why it failed.
	Result any
	Err    error
}

// Progress is called by a job with how far it is; it may be called as often as one
// likes.
type Progress func(done, total int64, what string)

// Jobs are the long works of persons.
type Jobs struct {
	log  *slog.Logger
	base context.Context
	stop context.CancelFunc
	all  sync.WaitGroup

	mu   sync.Mutex
	jobs map[string]*work
}

type work struct {
	owner  int64
	cancel context.CancelFunc
	status Status
}

// NewJobs makes an empty list of jobs.
func NewJobs(log *slog.Logger) *Jobs {
	base, stop := context.WithCancel(context.Background())
	return &Jobs{log: log, base: base, stop: stop, jobs: map[string]*work{}}
}

// Start runs fn for its owner (an account) and answers the job's id at once. The
// context given to fn ends with Cancel or Stop, not with the request.
func (j *Jobs) Start(owner int64, title string, fn func(ctx context.Context, progress Progress) (any, error)) (string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tidy()
	all, own := 0, 0
	for _, w := range j.jobs {
		if w.status.State == Running {
			all++
			if w.owner == owner {
				own++
			}
		}
	}
	if all >= runningMost || own >= runningEach || j.base.Err() != nil {
		return "", ErrBusy
	}
	ctx, cancel := context.WithCancel(j.base)
	w := &work{owner: owner, cancel: cancel, status: Status{
		ID: rand.Text(), Title: title, State: Running, Started: time.Now(),
	}}
	j.jobs[w.status.ID] = w
	j.all.Go(func() {
		defer cancel()
		result, err := j.run(ctx, w, fn)
		j.mu.Lock()
		defer j.mu.Unlock()
		w.status.Ended, w.status.Result, w.status.Err = time.Now(), result, err
		w.status.State = Done
		if err != nil {
			w.status.State, w.status.Result = Failed, nil
			j.log.Warn("job failed", "job", w.status.ID, "err", err)
		}
	})
	return w.status.ID, nil
}

func (j *Jobs) run(ctx context.Context, w *work, fn func(context.Context, Progress) (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(ctx, func(done, total int64, what string) {
		j.mu.Lock()
		defer j.mu.Unlock()
		w.status.Done, w.status.Total, w.status.What = done, total, what
	})
}

// Get answers how a job of this owner stands; ok is false for a job that is not
// there any more, never was, or is another's.
func (j *Jobs) Get(owner int64, id string) (status Status, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tidy()
	w, ok := j.jobs[id]
	if !ok || w.owner != owner {
		return Status{}, false
	}
	return w.status, true
}

// Cancel asks a job of this owner to end. The job decides when it can; what it
// recorded in one transaction stays or goes as a whole.
func (j *Jobs) Cancel(owner int64, id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if w, ok := j.jobs[id]; ok && w.owner == owner {
		w.cancel()
	}
}

// Stop asks all jobs to end, takes no new ones, and waits for them until ctx ends.
func (j *Jobs) Stop(ctx context.Context) error {
	j.mu.Lock()
	j.stop()
	j.mu.Unlock()
	done := make(chan struct{})
	go func() {
		j.all.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tidy forgets results that were kept long enough, and the oldest beyond the
// bound.
func (j *Jobs) tidy() {
	now := time.Now()
	finished := 0
	for id, w := range j.jobs {
		if w.status.State == Running {
			continue
		}
		if now.Sub(w.status.Ended) >= Keep {
			delete(j.jobs, id)
			continue
		}
		finished++
	}
	for ; finished > finishedMost; finished-- {
		oldest := ""
		for id, w := range j.jobs {
			if w.status.State != Running && (oldest == "" || w.status.Ended.Before(j.jobs[oldest].status.Ended)) {
				oldest = id
			}
		}
		delete(j.jobs, oldest)
	}
}
