package witness

import (
	"fmt"
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
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// history is a log in memory: its leaves, and every stored hash.
type history struct {
	*testing.T
	key    journal.Key
	hashes hashes
	size   int64
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for k, i := range indexes {
		out[k] = h[i]
	}
	return out, nil
}

func newHistory(t *testing.T, origin string) *history {
	t.Helper()
	key, err := journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin)
	if err != nil {
		t.Fatal(err)
	}
	return &history{T: t, key: key}
}

// fork is the same log as another keeper of its key could lead it on.
func (h *history) fork() *history {
	return &history{h.T, h.key, append(hashes(nil), h.hashes...), h.size}
}

func (h *history) grow(n int, word string) {
	h.Helper()
	for range n {
		more, err := tlog.StoredHashes(h.size, fmt.Appendf(nil, "%s %d", word, h.size), h.hashes)
		if err != nil {
			h.Fatal(err)
		}
		h.hashes = append(h.hashes, more...)
		h.size++
	}
}

func (h *history) checkpoint() string {
	h.Helper()
	root, err := tlog.TreeHash(h.size, h.hashes)
	if err != nil {
		h.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: trust.Checkpoint{Origin: h.key.Name(), Size: h.size, Root: root}.String()}, h.key)
	if err != nil {
		h.Fatal(err)
	}
	return string(signed)
}

func (h *history) proof(old int64) []tlog.Hash {
	h.Helper()
	if old == 0 {
		return nil
	}
	p, err := tlog.ProveTree(h.size, old, h.hashes)
	if err != nil {
		h.Fatal(err)
	}
	return p
}

// running is a witness behind an address, with a clock that the test moves.
type running struct {
	*testing.T
	*Witness
	dir, base string
	now       *time.Time
}

func start(t *testing.T, dir string, logs ...*history) *running {
	t.Helper()
	if _, err := Init(dir, "watch.example/committee"); err != nil {
		t.Fatal(err)
	}
	var text string
	for _, l := range logs {
		text += "log " + l.key.VKey + " # 文峰街道\n"
	}
	if err := os.WriteFile(filepath.Join(dir, LogsFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	w, err := Open(dir, func() time.Time { return now }, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(w.Handler())
	t.Cleanup(srv.Close)
	return &running{t, w, dir, srv.URL, &now}
}

func (r *running) ask(old int64, proof []tlog.Hash, signed string) Answer {
	r.Helper()
	a, err := Client{http.DefaultClient}.Add(r.Context(), r.base, old, proof, signed)
	if err != nil {
		r.Fatal(err)
	}
	return a
}

func (r *running) page() string {
	r.Helper()
	return r.get("/", http.StatusOK)
}

func (r *running) get(path string, status int) string {
	r.Helper()
	resp, err := http.Get(r.base + path)
	if err != nil {
		r.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != status {
		r.Errorf("GET %s: %s, %v", path, resp.Status, err)
	}
	return string(b)
}

// accepted has another implementation check the log's word together with the witness's.
func (r *running) accepted(h *history, signed, lines string) {
	r.Helper()
	policy, err := torchwood.ParsePolicy([]byte("log " + h.key.VKey + "\nwitness w " + r.VKey() + "\nquorum w\n"))
	if err != nil {
		r.Fatal(err)
	}
	if _, _, err := torchwood.VerifyCheckpoint([]byte(signed+lines), policy); err != nil {
		r.Errorf("torchwood: %v", err)
	}
}

// It signs what grows, and says what the format says to everything else.
func TestItCosignsWhatGrowsAndNothingElse(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	w := start(t, t.TempDir(), h)
	want := func(what string, a Answer, status int, size int64) {
		t.Helper()
		if a.Status != status || a.Size != size {
			t.Errorf("%s: %d, size %d; want %d, size %d", what, a.Status, a.Size, status, size)
		}
	}
	h.grow(5, "act")
	first := h.checkpoint()
	a := w.ask(0, nil, first)
	want("the first", a, 200, 0)
	w.accepted(h, first, a.Lines)
	if got := w.get("/"+hashOf("log.example/wenfeng")+"/checkpoint", 200); got != first+a.Lines {
		t.Errorf("the monitoring path shows %q", got)
	}
	want("the same again", w.ask(5, nil, first), 200, 0)
	h.grow(300, "act")
	second := h.checkpoint()
	want("without knowing where it stands", w.ask(0, nil, second), 409, 5)
	want("without a proof", w.ask(5, nil, second), 422, 0)
	want("with a wrong proof", w.ask(5, h.proof(6), second), 422, 0)
	a = w.ask(5, h.proof(5), second)
	want("grown", a, 200, 0)
	w.accepted(h, second, a.Lines)
	want("an old size beyond it", w.ask(306, nil, second), 400, 0)
	want("a checkpoint before", w.ask(5, nil, first), 409, 305)
	want("an unsigned one", w.ask(305, nil, strings.Replace(second, "\n305\n", "\n306\n", 1)), 403, 0)
	stranger := newHistory(t, "log.example/other")
	stranger.grow(1, "act")
	want("another log", w.ask(0, nil, stranger.checkpoint()), 404, 0)
	false1 := newHistory(t, "log.example/wenfeng")
	false1.grow(1, "act")
	want("another key in the same name", w.ask(0, nil, false1.checkpoint()), 403, 0)
	for _, body := range []string{"", "old 1", "old -1\n\n" + second, "old 01\n\n" + second, "old x\n\n" + second, "old 305\nnothash\n\n" + second,
		"old 305\n" + strings.Repeat("3UO7XyRAS12l+sYSNnyZJcSX3HYWhW52Zy/x03uSlvw=\n", 64) + "\n" + second} {
		resp, err := http.Post(w.base+"/add-checkpoint", "text/plain", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%.20q: %s", body, resp.Status)
		}
	}
	resp, err := http.Post(w.base+"/add-checkpoint", "text/plain", strings.NewReader(strings.Repeat("x", maxBody+1)))
	if err != nil || resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("too long: %v %v", resp.Status, err)
	}
	for _, path := range []string{"/add-checkpoint", "/abc/checkpoint", "/kept/evidence/x.txt", "/../witness.key", "/witness.key", "/" + strings.Repeat("0", 64) + "/checkpoint"} {
		if body := w.get(path, map[bool]int{true: 405, false: 404}[path == "/add-checkpoint"]); strings.Contains(body, "PRIVATE") {
			t.Errorf("%s shows the key", path)
		}
	}
}

// Two histories of one size are evidence: refused, kept, shown, and still there after a restart. What anyone could have sent
// is told apart.
func TestForksAreRefusedKeptAndShown(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	dir := t.TempDir()
	w := start(t, dir, h)
	h.grow(5, "act")
	other := h.fork()
	h.grow(5, "act")
	other.grow(5, "forged")
	w.ask(0, nil, h.checkpoint())
	if page := w.page(); !strings.Contains(page, "没有发现过两本账") || !strings.Contains(page, "前 10 条") || !strings.Contains(page, "文峰街道") {
		t.Errorf("before: %s", page)
	}
	if a := w.ask(10, nil, other.checkpoint()); a.Status != 422 {
		t.Errorf("a fork: %d", a.Status)
	}
	other.grow(5, "forged")
	if a := w.ask(10, other.proof(10), other.checkpoint()); a.Status != 422 {
		t.Errorf("a fork that has grown: %d", a.Status)
	}
	*w.now = w.now.Add(time.Hour)
	old := h.fork()
	old.hashes, old.size = nil, 0
	old.grow(5, "act")
	if a := w.ask(10, nil, old.checkpoint()); a.Status != 400 {
		t.Errorf("a log that shrank: %d", a.Status)
	}
	again := start(t, dir, h)
	page := again.page()
	for _, want := range []string{"发现过 1 次两本账", "另有 2 次", "前 10 条", "这是有两本账的证据", "证明不了它的前 10 条", "只有 5 条"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing in %s", want, page)
		}
	}
	kept, err := filepath.Glob(filepath.Join(dir, evidence, "forked-*.txt"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v %v", kept, err)
	}
	if text := again.get("/kept/evidence/"+filepath.Base(kept[0]), 200); !strings.Contains(text, "seen and cosigned before") || strings.Count(text, "— log.example/wenfeng ") != 2 {
		t.Errorf("evidence %s", text)
	}
	h.grow(1, "act")
	if a := again.ask(10, h.proof(10), h.checkpoint()); a.Status != 200 {
		t.Errorf("the true log goes on: %d", a.Status)
	}
}

// Of many requests at once from the same size, one is signed; the rest are told the new size.
func TestAtOnceOnlyOneIsSigned(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	w := start(t, t.TempDir(), h)
	h.grow(3, "act")
	w.ask(0, nil, h.checkpoint())
	var mu sync.Mutex
	var wg sync.WaitGroup
	signed := 0
	for i := range 16 {
		branch := h.fork()
		branch.grow(1+i, fmt.Sprint("branch", i))
		cp, proof := branch.checkpoint(), branch.proof(3)
		wg.Go(func() {
			a, err := Client{http.DefaultClient}.Add(t.Context(), w.base, 3, proof, cp)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if a.Status == 200 {
				signed++
			} else if a.Status != 409 && a.Status != 422 {
				t.Errorf("status %d", a.Status)
			}
		})
	}
	wg.Wait()
	if signed != 1 {
		t.Errorf("%d histories were signed", signed)
	}
}

// A clock that goes back does not take a signature's time back; a damaged memory is not taken for none.
func TestClockAndMemory(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	dir := t.TempDir()
	w := start(t, dir, h)
	at := func(lines string) int64 {
		t.Helper()
		p, err := trust.Parse("log " + h.key.VKey + "\nwitness w " + w.VKey() + "\nquorum w\n")
		if err != nil {
			t.Fatal(err)
		}
		o, err := p.Open(h.checkpoint() + lines)
		if err != nil || !o.Met {
			t.Fatalf("%+v %v", o, err)
		}
		return o.Cosigned[0].At
	}
	h.grow(3, "act")
	first := at(w.ask(0, nil, h.checkpoint()).Lines)
	*w.now = w.now.Add(-100 * time.Hour)
	h.grow(3, "act")
	if second := at(w.ask(3, h.proof(3), h.checkpoint()).Lines); second < first {
		t.Errorf("time went from %d to %d", first, second)
	}
	file := filepath.Join(w.folder(h.key.Name()), checkpoint)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(b), "\n6\n", "\n2\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, nil, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "已经损坏") {
		t.Errorf("a damaged memory: %v", err)
	}
}

// Nothing is signed that is not on the disk.
func TestNothingIsSignedThatCannotBeKept(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	dir := t.TempDir()
	w := start(t, dir, h)
	if err := os.WriteFile(filepath.Join(dir, seenFolder), nil, 0o600); err != nil { // where a folder must go
		t.Fatal(err)
	}
	h.grow(3, "act")
	if a := w.ask(0, nil, h.checkpoint()); a.Status != 500 || a.Lines != "" {
		t.Errorf("%d %q", a.Status, a.Lines)
	}
}

func TestStrangersCannotKeepItBusy(t *testing.T) {
	w := start(t, t.TempDir())
	turnedAway := 0
	for range burst + 30 {
		if a := w.ask(0, nil, "nobody\n"); a.Status == http.StatusTooManyRequests {
			turnedAway++
		}
	}
	if turnedAway != 30 {
		t.Errorf("%d were turned away", turnedAway)
	}
	*w.now = w.now.Add(time.Second)
	if a := w.ask(0, nil, "nobody\n"); a.Status != http.StatusNotFound {
		t.Errorf("a second later: %d", a.Status)
	}
}

func TestListOfLogs(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	for text, say := range map[string]string{
		"log x":         "第 1 行的公钥有误",
		"\nwitness a b": "第 2 行：写法是",
		"log " + h.key.VKey + "\nlog " + h.key.VKey: "写了两次",
	} {
		if _, err := ParseLogs(text); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v", text, err)
		}
	}
	// A list that changes is read again; one that is wrong leaves the former in force.
	w := start(t, t.TempDir())
	h.grow(1, "act")
	for i, c := range []struct {
		text   string
		status int
	}{{"log " + h.key.VKey, 200}, {"nonsense", 200}, {"# none\n", 404}} {
		path := filepath.Join(w.dir, LogsFile)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		later := time.Now().Add(time.Duration(i+1) * time.Hour)
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
		if a := w.ask(min(int64(i), 1), nil, h.checkpoint()); a.Status != c.status {
			t.Errorf("%q: %d", c.text, a.Status)
		}
	}
}

// A list that vanishes and comes back, a line that goes and comes back: the list counts as it stands, and a log keeps its one
// memory.
func TestAListThatComesBack(t *testing.T) {
	h := newHistory(t, "log.example/wenfeng")
	h.grow(3, "act")
	w := start(t, t.TempDir(), h)
	path := filepath.Join(w.dir, LogsFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(text string, at time.Time) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if a := w.ask(0, nil, h.checkpoint()); a.Status != http.StatusOK {
		t.Fatalf("%+v", a)
	}
	before := w.find(h.key.Name())

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if a := w.ask(3, nil, h.checkpoint()); a.Status != http.StatusNotFound {
		t.Errorf("without a list: %+v", a)
	}
	put(string(text), info.ModTime())
	if a := w.ask(3, nil, h.checkpoint()); a.Status != http.StatusOK {
		t.Errorf("restored with the time that it had: %+v", a)
	}

	put("# 没有\n", info.ModTime().Add(time.Hour))
	if a := w.ask(3, nil, h.checkpoint()); a.Status != http.StatusNotFound {
		t.Errorf("without its line: %+v", a)
	}
	put(strings.Replace(string(text), "文峰街道", "文峰", 1), info.ModTime().Add(2*time.Hour))
	if after := w.find(h.key.Name()); after != before || after.title != "文峰" {
		t.Errorf("a second memory of one log: %p %p %q", before, after, after.title)
	}
}
