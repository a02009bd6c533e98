package publish

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/torchwood"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/trust"
	"cunju/internal/witness"
)

// A slice as small as can be.

type sheet struct {
	Text string `json:"text"`
}

type state struct{ life journal.Span }

var kSheet = journal.Kind[sheet]{Name: "wall.sheet/1", Title: "公示", Public: true}

func wall() journal.Slice {
	return journal.Slice{Name: "wall", Version: 1, Types: []*journal.Type{
		journal.Define(journal.Entity[state]{Name: "wall.sheet", Folds: []journal.Fold[state]{
			journal.Creates(kSheet, func(s *state, st *journal.Step, _ *sheet) error {
				s.life = journal.Span{From: st.Effective, To: calendar.Forever}
				return nil
			}),
		}, Print: func(_ int64, s *state) journal.Print { return journal.Print{Life: s.life} }}),
	}}
}

const (
	code   = "321002003"
	origin = "log.example/" + code
)

// town is a journal with its key, and witnesses that can be made to misbehave.
type town struct {
	testing.TB
	d         *db.DB
	j         *journal.Journal
	key       journal.Key
	witnesses []*watcher
}

func newTown(t testing.TB, d *db.DB) *town {
	t.Helper()
	y := &town{TB: t, d: d, j: openJournal(t, d)}
	if err := y.j.Found(t.Context(), code, origin); err != nil {
		t.Fatal(err)
	}
	var err error
	if y.key, err = journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin); err != nil {
		t.Fatal(err)
	}
	if err := Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return y
}

func openJournal(t testing.TB, d *db.DB) *journal.Journal {
	t.Helper()
	b, err := journal.NewBook(wall())
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), d, b, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	return j
}

func (y *town) record(n int) { record(y.TB, y.j, n) }

func record(t testing.TB, j *journal.Journal, n int) {
	t.Helper()
	if _, err := j.Record(t.Context(), code, journal.Request{By: journal.By{System: true}, Decide: func(ctx context.Context, w *journal.Writer) error {
		for range n {
			if _, err := journal.Add(ctx, w, kSheet, w.Today(), nil, sheet{"公示"}); err != nil {
				return err
			}
		}
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
}

// watcher is a witness behind an address that stays the same, whatever happens behind it.
type watcher struct {
	name, dir, url, vkey string

	mu      sync.Mutex
	handler http.Handler
}

func (w *watcher) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	h := w.handler
	w.mu.Unlock()
	h.ServeHTTP(rw, r)
}

// be puts another behaviour behind the address.
func (w *watcher) be(h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handler = h
}

// open starts the witness from its folder.
func (w *watcher) open(t testing.TB) {
	t.Helper()
	x, err := witness.Open(w.dir, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	w.vkey = x.VKey()
	w.be(x.Handler().ServeHTTP)
}

// watch adds a witness of the town's log.
func (y *town) watch(name string) *watcher {
	y.Helper()
	w := &watcher{name: name, dir: y.TempDir()}
	if _, err := witness.Init(w.dir, name+".example/w"); err != nil {
		y.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, witness.LogsFile), []byte("log "+y.key.VKey+"\n"), 0o600); err != nil {
		y.Fatal(err)
	}
	w.open(y.TB)
	srv := httptest.NewServer(w)
	y.Cleanup(srv.Close)
	w.url = srv.URL
	y.witnesses = append(y.witnesses, w)
	return w
}

// down is a witness that breaks every connection.
func down(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// policy asks for k of all witnesses.
func (y *town) policy(k string) string {
	lines, names := "log "+y.key.VKey+"\n", ""
	for _, w := range y.witnesses {
		lines += "witness " + w.name + " " + w.vkey + " " + w.url + "\n"
		names += " " + w.name
	}
	return lines + "group g " + k + names + "\nquorum g\n"
}

func (y *town) publisher(policy string, rule Rule) *Publisher {
	y.Helper()
	return y.publisherOf(y.d, y.j, policy, rule)
}

func (y *town) publisherOf(d *db.DB, j *journal.Journal, policy string, rule Rule) *Publisher {
	y.Helper()
	p, err := trust.Parse(policy)
	if err != nil {
		y.Fatal(err)
	}
	pub, err := New(y.Context(), Config{DB: d, Journal: j, Town: code, Key: y.key, Policy: p, Rule: rule})
	if err != nil {
		y.Fatal(err)
	}
	y.Cleanup(pub.Close)
	return pub
}

func (y *town) round(p *Publisher) {
	y.Helper()
	if err := p.Round(y.Context()); err != nil {
		y.Fatal(err)
	}
}

// published is the newest published checkpoint, opened under a policy; size 0 when there is none.
func (y *town) published(policy string) trust.Opened {
	y.Helper()
	cp, err := journal.Published(y.Context(), y.d, code)
	if db.Kind(err) == db.NotFound {
		return trust.Opened{}
	}
	if err != nil {
		y.Fatal(err)
	}
	p, err := trust.Parse(policy)
	if err != nil {
		y.Fatal(err)
	}
	o, err := p.Open(cp.Note)
	if err != nil {
		y.Fatal(err)
	}
	theirs, err := torchwood.ParsePolicy([]byte(policy))
	if err != nil {
		y.Fatal(err)
	}
	if _, _, err := torchwood.VerifyCheckpoint([]byte(cp.Note), theirs); (err == nil) != o.Met {
		y.Fatalf("torchwood says %v, we say %v", err, o.Met)
	}
	return o
}

// eventually waits for what happens in the background.
func (y *town) eventually(what string, ok func() bool) {
	y.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			y.Fatalf("it did not come: %s", what)
		}
	}
}

func (y *town) state(w *watcher) State {
	y.Helper()
	s, err := States(y.Context(), y.d, code)
	if err != nil {
		y.Fatal(err)
	}
	return s[w.vkey]
}

// sound verifies the whole journal with every checkpoint.
func (y *town) sound() {
	y.Helper()
	p, err := trust.Alone(y.key.VKey)
	if err != nil {
		y.Fatal(err)
	}
	rep, err := y.j.Verify(y.Context(), code, p.Verifier(), nil)
	if err != nil || !rep.OK() {
		y.Fatalf("%+v %v", rep, err)
	}
	for _, w := range y.witnesses { // nobody ever had two histories before him
		if forks, _ := filepath.Glob(filepath.Join(w.dir, "evidence", "forked-*")); len(forks) > 0 {
			y.Errorf("%s kept %s", w.name, strings.Join(forks, " "))
		}
	}
}
