package benchtown

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cunju/internal/bench"
)

// Notices of a village in a year, and the villages: the board of a street.
const (
	villages   = 10
	yearly     = 40
	boardYears = 10
	rate       = 200 // requests a second
)

// BoardCases measure the public board of ten villages, forty notices a year each, over some years with a heartbeat a day; 0
// years means ten. open makes the house whose board it is, in a fresh folder, with a clock of the bench's.
func BoardCases(years int, open func(ctx context.Context, dir string, clock func() time.Time) (*House, error)) []bench.Case {
	if years == 0 {
		years = boardYears
	}
	b := &board{years: years, open: open}
	most := func(v float64, unit string) bench.Target { return bench.Target{Value: v, Unit: unit, AtMost: true} }
	size := fmt.Sprintf("%d notices", villages*yearly*years)
	load := func(name string, pick func(r *rand.Rand) string) bench.Case {
		return bench.Case{Name: fmt.Sprintf("%s, p95 at %d requests/s", name, rate), Target: most(50, "ms"), Run: b.run(b.load(pick))}
	}
	return []bench.Case{
		load("board pages of "+size, b.boardPath),
		load("board, everyone on the first page", func(*rand.Rand) string { return "/" }),
		load("search of the board", b.searchPath),
		load("notice pages", b.noticePath),
		load("data and feeds", b.dataPath),
		{Name: "notice page with its proof, compressed", Target: most(50, "KB"), Run: b.run(b.weight)},
		{Name: "the board in one signed archive", Target: most(60, "s"), Run: b.run(b.archive)},
	}
}

// House is the house whose board is measured.
type House struct {
	Town    *Street
	Handler http.Handler
	Archive func(ctx context.Context, w io.Writer) error
	Sign    func(ctx context.Context) error
	Close   func() error
}

// board is what the cases share.
type board struct {
	years int
	open  func(ctx context.Context, dir string, clock func() time.Time) (*House, error)
	h     *House
	base  string // address of the server
	now   calendarClock
}

// calendarClock is a clock that stands until it is moved.
type calendarClock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *calendarClock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *calendarClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

func (b *board) run(f func(ctx context.Context, round time.Duration) (float64, error)) func(context.Context, *bench.Bench) (bench.Measure, error) {
	return func(ctx context.Context, x *bench.Bench) (bench.Measure, error) {
		if b.h == nil {
			if err := b.build(ctx, filepath.Join(x.Dir, "board")); err != nil {
				return bench.Measure{}, err
			}
		}
		v, err := f(ctx, x.Round)
		return bench.Measure{Value: v}, err
	}
}

// build fills the town and serves it. The server ends with the process.
func (b *board) build(ctx context.Context, dir string) error {
	b.now.set(startOf(boardStart))
	h, err := b.open(ctx, dir, b.now.read)
	if err != nil {
		return err
	}
	err = h.Town.fill(ctx, b.years, &b.now)
	if err == nil {
		err = h.Sign(ctx)
	}
	if err != nil {
		return errors.Join(err, h.Close())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = http.Serve(l, h.Handler) }()
	b.h, b.base = h, "http://"+l.Addr().String()
	return nil
}

// client takes compressed pages as browsers do and leaves them packed.
var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: rate, DisableCompression: true}}

// get reads a page and answers its size on the line in bytes.
func (b *board) get(ctx context.Context, path string) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+path, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %d", path, res.StatusCode)
	}
	return n, err
}

// rounds is how many rounds a load lasts.
const rounds = 5

// load asks at a steady pace whether or not answers come, and measures from the moment at which a request was due: a server
// that falls behind is seen to.
func (b *board) load(pick func(r *rand.Rand) string) func(context.Context, time.Duration) (float64, error) {
	return func(ctx context.Context, round time.Duration) (float64, error) {
		n := int(rate * rounds * round.Seconds())
		took, errs := make([]time.Duration, n), make([]error, n)
		r := rand.New(rand.NewPCG(5, 6))
		var wait sync.WaitGroup
		start := time.Now()
		for i := range n {
			due := start.Add(time.Duration(i) * time.Second / rate)
			time.Sleep(time.Until(due))
			path := pick(r)
			wait.Go(func() {
				_, errs[i] = b.get(ctx, path)
				took[i] = time.Since(due)
			})
		}
		wait.Wait()
		for _, err := range errs {
			if err != nil {
				return 0, err
			}
		}
		slices.Sort(took)
		return float64(took[n*95/100].Microseconds()) / 1000, nil
	}
}

func (b *board) boardPath(r *rand.Rand) string {
	unit := b.h.Town.villages[r.IntN(villages)].area
	switch r.IntN(6) {
	case 0:
		return fmt.Sprintf("/v/%d", unit)
	case 1:
		return fmt.Sprintf("/v/%d?subject=%s", unit, []string{"finance", "village", "collective", "party"}[r.IntN(4)])
	case 2:
		return fmt.Sprintf("/?year=%d&month=%d", boardStart.Year()+r.IntN(b.years), 1+r.IntN(12))
	case 3:
		return fmt.Sprintf("/v/%d?year=%d", unit, boardStart.Year()+r.IntN(b.years))
	}
	return "/"
}

func (b *board) searchPath(r *rand.Rand) string {
	return "/?q=" + []string{"店面租金", "2021年1月", "环卫", "没有的事情", "道路+维修", "路", "公开〔2020〕12号"}[r.IntN(7)]
}

func (b *board) noticePath(r *rand.Rand) string {
	list := b.h.Town.notices
	return fmt.Sprintf("/n/%d", list[r.IntN(len(list))])
}

func (b *board) dataPath(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return "/feed.atom"
	case 1:
		return fmt.Sprintf("/v/%d/feed.atom", b.h.Town.villages[r.IntN(villages)].area)
	case 2:
		return "/api/notices"
	}
	list := b.h.Town.notices
	return fmt.Sprintf("/api/notices/%d", list[r.IntN(len(list))])
}

// weight is the heaviest of many notice pages with their proof and sealed content, as they travel, in KB of 1,000 bytes.
func (b *board) weight(ctx context.Context, _ time.Duration) (float64, error) {
	var most int64
	r := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		k := r.IntN(len(b.h.Town.notices))
		log := fmt.Sprintf("/log/%s", b.h.Town.Code)
		var sum int64
		for _, path := range []string{fmt.Sprintf("/n/%d", b.h.Town.notices[k]), fmt.Sprintf("%s/proof/%d.tlog-proof", log, b.h.Town.acts[k]), fmt.Sprintf("%s/act/%d.json", log, b.h.Town.acts[k])} {
			n, err := b.get(ctx, path)
			if err != nil {
				return 0, err
			}
			sum += n
		}
		most = max(most, sum)
	}
	return float64(most) / 1000, nil
}

// archive packs the whole board.
func (b *board) archive(ctx context.Context, _ time.Duration) (float64, error) {
	start := time.Now()
	err := b.h.Archive(ctx, io.Discard)
	return time.Since(start).Seconds(), err
}
