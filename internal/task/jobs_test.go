package task

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestJobLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := NewJobs(quiet())
		step := make(chan bool)
		id, err := j.Start(7, "导入名册", func(_ context.Context, progress Progress) (any, error) {
			progress(0, 10, "正在读取")
			<-step
			progress(10, 10, "正在核对")
			return 42, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if s, ok := j.Get(7, id); !ok || s.State != Running || s.Total != 10 || s.What != "正在读取" || s.Title != "导入名册" {
			t.Errorf("%+v %v", s, ok)
		}
		if _, ok := j.Get(8, id); ok {
			t.Error("another person sees the job")
		}
		if _, ok := j.Get(7, "x"); ok {
			t.Error("a job that never was")
		}
		close(step)
		synctest.Wait()
		time.Sleep(Keep - time.Second)
		if s, ok := j.Get(7, id); !ok || s.State != Done || s.Result != 42 || s.Done != 10 || s.Ended.IsZero() {
			t.Errorf("%+v %v", s, ok)
		}
		time.Sleep(time.Second)
		if _, ok := j.Get(7, id); ok {
			t.Error("the result is kept for ever")
		}
	})
}

func TestJobsFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := NewJobs(quiet())
		broken := errors.New("broken")
		failed, _ := j.Start(1, "", func(context.Context, Progress) (any, error) { return 1, broken })
		panicked, _ := j.Start(1, "", func(context.Context, Progress) (any, error) { panic("x") })
		synctest.Wait()
		if s, _ := j.Get(1, failed); s.State != Failed || !errors.Is(s.Err, broken) || s.Result != nil {
			t.Errorf("%+v", s)
		}
		if s, _ := j.Get(1, panicked); s.State != Failed || s.Err == nil {
			t.Errorf("%+v", s)
		}
	})
}

// wait is a job that runs until it is told to end.
func wait(ctx context.Context, _ Progress) (any, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestJobsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := NewJobs(quiet())
		var ids []string
		for owner := range int64(runningMost / runningEach) {
			for range runningEach {
				id, err := j.Start(owner, "", wait)
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, id)
			}
			if _, err := j.Start(owner, "", wait); err != ErrBusy {
				t.Errorf("one person has too many: %v", err)
			}
		}
		if _, err := j.Start(99, "", wait); err != ErrBusy {
			t.Errorf("all together have too many: %v", err)
		}
		j.Cancel(99, ids[0])
		synctest.Wait()
		if s, _ := j.Get(0, ids[0]); s.State != Running {
			t.Error("a stranger cancelled the job")
		}
		j.Cancel(0, ids[0])
		synctest.Wait()
		if s, _ := j.Get(0, ids[0]); s.State != Failed || !errors.Is(s.Err, context.Canceled) {
			t.Errorf("%+v", s)
		}
		if _, err := j.Start(99, "", wait); err != nil {
			t.Errorf("the place was not given back: %v", err)
		}
		if err := j.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := j.Start(100, "", wait); err != ErrBusy {
			t.Errorf("a job began after the end: %v", err)
		}
	})
}

func TestOldResultsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := NewJobs(quiet())
		var ids []string
		for range finishedMost + 5 {
			id, err := j.Start(1, "", func(context.Context, Progress) (any, error) { return nil, nil })
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
			time.Sleep(time.Second)
		}
		if _, ok := j.Get(1, ids[0]); ok {
			t.Error("the oldest result is still kept")
		}
		if _, ok := j.Get(1, ids[len(ids)-1]); !ok {
			t.Error("the newest result is gone")
		}
	})
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	j := NewJobs(quiet())
	release := make(chan bool)
	_, err := j.Start(1, "", func(context.Context, Progress) (any, error) { <-release; return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := j.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	close(release)
	if err := j.Stop(t.Context()); err != nil {
		t.Errorf("%v", err)
	}
}
