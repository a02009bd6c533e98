package journal

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// victimDSN makes the test program a writer that is to be killed; victimMode says how it lives.
const (
	victimDSN  = "CUNJU_JOURNALTEST_VICTIM"
	victimMode = "CUNJU_JOURNALTEST_MODE"
)

// victim records acts from many goroutines and says each receipt. In the mode "unsigned" it kills itself after a commit, at
// the moment when a checkpoint would be signed.
func victim(dsn string) int {
	ctx := context.Background()
	d, err := db.Open(ctx, dsn)
	var opt Options
	if os.Getenv(victimMode) == "unsigned" {
		opt.After = func(string, int64) {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				self.Kill()
			}
			select {}
		}
	}
	var j *Journal
	if err == nil {
		j, err = openToy(d, opt)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	says := make(chan string)
	for g := range 8 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d-%d-%d", os.Getpid(), g, i)
				r, err := j.Record(ctx, toyTown, pair(key))
				if err != nil {
					says <- "error " + err.Error()
					return
				}
				says <- fmt.Sprintf("%s %d %d", key, r.First, r.Last)
			}
		}()
	}
	for line := range says {
		fmt.Println(line)
	}
	return 0
}

// pair is a request of two acts: half of it is never seen.
func pair(key string) Request {
	return Request{Key: key, Input: []byte(key), Decide: func(ctx context.Context, w *Writer) error {
		id, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"箱"})
		if err != nil {
			return err
		}
		_, err = Add(ctx, w, kPut, "2026-02-01", []int64{id}, putBalls{3})
		return err
	}}
}

// live runs the victim until it dies, at the latest after the given time, and returns what it acknowledged.
func live(t *testing.T, dsn, mode string, limit time.Duration) map[string]Receipt {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimDSN+"="+dsn, victimMode+"="+mode)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := map[string]Receipt{}
	var timer *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var key string
		var r Receipt
		if n, _ := fmt.Sscan(lines.Text(), &key, &r.First, &r.Last); n != 3 || strings.HasPrefix(lines.Text(), "error") {
			t.Errorf("the victim says %q", lines.Text())
			continue
		}
		said[key] = r
		if timer == nil { // it lives: its hour is set
			timer = time.AfterFunc(limit, func() { cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the victim ended by itself")
	}
	return said
}

func reopen(t *testing.T, dsn string) *toy {
	t.Helper()
	d, err := db.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	j, err := openToy(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &toy{t, j, context.Background(), toyTown}
}

func (y *toy) shut() {
	y.j.Close()
	y.j.DB.Close()
}

// A process killed at any moment: what it acknowledged is there, nothing is there by half, the seal holds, the tables are what
// the journal prints, and the same form again is answered with the same receipt.
func TestKilledAtAnyMoment(t *testing.T) {
	for engine, fresh := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "killed.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresDSN(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			dsn := fresh(t)
			y := reopen(t, dsn)
			if err := y.j.Found(y.ctx, toyTown, "toy.example/log"); err != nil {
				t.Fatal(err)
			}
			y.shut()
			said := map[string]Receipt{}
			for range 4 {
				for key, r := range live(t, dsn, "", time.Duration(20+rand.IntN(150))*time.Millisecond) {
					said[key] = r
				}
				y = reopen(t, dsn)
				y.whole()
				for key, r := range said {
					again, err := y.j.Record(y.ctx, toyTown, pair(key))
					if err != nil || !again.Repeated || again.First != r.First || again.Last != r.Last {
						t.Fatalf("%s was answered %+v, now %+v %v", key, r, again, err)
					}
				}
				y.shut()
			}
			t.Logf("%d requests acknowledged over four lives", len(said))
		})
	}
}

// whole holds that the journal is nothing but pairs, and sound.
func (y *toy) whole() {
	y.Helper()
	size, err := Size(y.ctx, y.j.DB, toyTown)
	if err != nil {
		y.Fatal(err)
	}
	sum, err := db.One[struct{ Requests, Acts, Next int64 }](y.ctx, y.j.DB, `SELECT count(*), CAST(COALESCE(SUM(last - first + 1), 0) AS BIGINT),
		CAST(COALESCE(MAX(last), -1) AS BIGINT) + 1 FROM journal_request WHERE town = $1`, toyTown)
	if err != nil || sum.Acts != size || sum.Next != size || 2*sum.Requests != size {
		y.Fatalf("%d acts, requests %+v, %v", size, sum, err)
	}
	boxes, err := db.One[int64](y.ctx, y.j.DB, `SELECT count(*) FROM toy_box WHERE town = $1 AND balls = 3`, toyTown)
	if err != nil || 2*boxes != size {
		y.Fatalf("%d acts, %d whole boxes, %v", size, boxes, err)
	}
	y.sound()
}

// Killed after the commit and before the checkpoint: the act is kept, it only has no checkpoint yet.
func TestKilledBeforeTheCheckpoint(t *testing.T) {
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "unsigned.db")
	y := reopen(t, dsn)
	if err := y.j.Found(y.ctx, toyTown, "toy.example/log"); err != nil {
		t.Fatal(err)
	}
	key := newKey(t, "toy.example/log")
	if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
		t.Fatal(err)
	}
	y.shut()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimDSN+"="+dsn, victimMode+"=unsigned")
	if out, err := cmd.CombinedOutput(); err == nil || len(out) > 0 {
		t.Fatalf("the victim lives, or says %q", out)
	}
	y = reopen(t, dsn)
	defer y.shut()
	y.whole()
	size, _ := Size(y.ctx, y.j.DB, toyTown)
	if cp, err := Published(y.ctx, y.j.DB, toyTown); err != nil || cp.Size != 0 || size == 0 {
		t.Fatalf("size %d, checkpoint %+v %v", size, cp, err)
	}
	if _, err := Prove(y.ctx, y.j.DB, toyTown, size-1); db.Kind(err) != db.NotFound {
		t.Fatalf("a proof without a checkpoint: %v", err)
	}
	cp, err := y.j.Sign(y.ctx, toyTown, key)
	if err != nil || cp.Size != size {
		t.Fatalf("checkpoint %+v %v", cp, err)
	}
	if _, err := Prove(y.ctx, y.j.DB, toyTown, size-1); err != nil {
		t.Fatal(err)
	}
	if rep, err := y.j.Verify(y.ctx, toyTown, key.verifier, nil); err != nil || !rep.OK() || rep.Checkpoints != 2 {
		t.Fatalf("%+v %v", rep, err)
	}
}

// A clock that goes back does not take the journal with it.
func TestClockGoesBack(t *testing.T) {
	each(t, func(y *toy) {
		now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
		y.j.opt.Clock = func() time.Time { now = now.Add(-30 * time.Hour); return now }
		var last int64
		var day calendar.Date
		for range 5 {
			var today calendar.Date
			n := y.must(func(ctx context.Context, w *Writer) error {
				today = w.Today()
				_, err := Add(ctx, w, kOpen, today, nil, openBox{"箱"})
				return err
			}).First
			a, err := Read(y.ctx, y.j.DB, toyTown, n)
			if err != nil || a.Recorded < last || today < day {
				y.Fatalf("act %d recorded at %d on %s, the one before at %d on %s: %v", n, a.Recorded, today, last, day, err)
			}
			last, day = a.Recorded, today
		}
		y.sound()
	})
}
