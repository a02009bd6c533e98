package witness

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// Files of a witness's folder.
const (
	KeyFile      = "witness.key"
	LogsFile     = "logs.txt"
	seenFolder   = "seen"
	evidence     = "evidence"
	checkpoint   = "checkpoint"
	sinceFile    = "since"
	evidenceMost = 500 // files of evidence that are kept
)

// Witness is a running witness.
type Witness struct {
	dir   string
	key   journal.Key
	vkey  string
	clock func() time.Time
	log   *slog.Logger

	mu    sync.Mutex
	logs  map[string]*watched // by origin, those that logs.txt names now
	known map[string]*watched // by origin and key, all that it ever named: one log has one lock and one memory
	read  time.Time           // of logs.txt, as it was when read; zero when it was not there
	limit *bucket
}

// watched is a log that the witness serves.
type watched struct {
	origin string
	vkey   string
	title  string // what its owner calls it, "" for none
	key    note.Verifier

	mu    sync.Mutex
	seen  trust.Checkpoint // size 0 while nothing was cosigned
	at    int64            // unix seconds of the newest cosignature
	since int64            // unix seconds of the first one
}

// Init makes a witness's folder and key, when it has none, and returns its public key. The name is what stands before its
// signatures: ASCII without spaces, such as watch.wenfeng.example/committee.
func Init(dir, name string) (vkey string, err error) {
	key, err := journal.LoadOrCreateKey(filepath.Join(dir, KeyFile), name)
	if err != nil {
		return "", err
	}
	c, err := trust.NewCosigner(key.Signer, key.VKey, time.Now)
	if err != nil {
		return "", err
	}
	return c.VKey(), nil
}

// Open reads a witness's folder. A nil clock is time.Now.
func Open(dir string, clock func() time.Time, log *slog.Logger) (*Witness, error) {
	if clock == nil {
		clock = time.Now
	}
	key, err := loadKey(filepath.Join(dir, KeyFile))
	if err != nil {
		return nil, err
	}
	w := &Witness{dir: dir, key: key, clock: clock, log: log, logs: map[string]*watched{}, known: map[string]*watched{}, limit: newBucket(clock)}
	c, err := trust.NewCosigner(key.Signer, key.VKey, clock)
	if err != nil {
		return nil, err
	}
	w.vkey = c.VKey()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w, w.readLogs()
}

// loadKey reads the key under whatever name it was made.
func loadKey(path string) (journal.Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return journal.Key{}, fmt.Errorf("还没有见证密钥 %s。请先运行 cunju witness init", path)
	}
	if err != nil {
		return journal.Key{}, fmt.Errorf("见证密钥 %s 读不了：%w", path, err)
	}
	_, vkey, _ := strings.Cut(string(text), "\n")
	name, _, _ := strings.Cut(vkey, "+")
	return journal.LoadOrCreateKey(path, name)
}

// VKey is the witness's public key, as it stands in a policy.
func (w *Witness) VKey() string { return w.vkey }

// Name is the name in its signatures.
func (w *Witness) Name() string { return w.key.Name() }

// readLogs reads logs.txt again when it has changed. What was seen of a log stays when its line goes, and is there when it
// comes back.
func (w *Witness) readLogs() error {
	path := filepath.Join(w.dir, LogsFile)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		w.logs, w.read = map[string]*watched{}, time.Time{}
		return nil
	}
	if err != nil || info.ModTime().Equal(w.read) {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	list, err := ParseLogs(string(text))
	if err != nil {
		return fmt.Errorf("%s %w", path, err)
	}
	logs := map[string]*watched{}
	for _, l := range list {
		name := l.Origin + "\n" + l.VKey
		x := w.known[name]
		if x == nil {
			if x, err = w.watch(l); err != nil {
				return err
			}
			w.known[name] = x
		}
		x.mu.Lock()
		x.title = l.Title
		x.mu.Unlock()
		logs[l.Origin] = x
	}
	w.logs, w.read = logs, info.ModTime()
	return nil
}

// Log is a line of logs.txt.
type Log struct{ Origin, VKey, Title string }

// ParseLogs reads the list of logs that a witness serves. Errors name the line, in Chinese.
func ParseLogs(text string) (list []Log, err error) {
	for i, line := range strings.Split(text, "\n") {
		line, title, _ := strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) != 2 || f[0] != "log" {
			return nil, fmt.Errorf("第 %d 行：写法是 log 总账的公钥 # 名称", i+1)
		}
		p, err := trust.Alone(f[1])
		if err != nil {
			return nil, fmt.Errorf("第 %d 行的公钥有误：%w", i+1, err)
		}
		if slices.ContainsFunc(list, func(l Log) bool { return l.Origin == p.Origin() }) {
			return nil, fmt.Errorf("第 %d 行：%s 写了两次", i+1, p.Origin())
		}
		list = append(list, Log{p.Origin(), f[1], strings.TrimSpace(title)})
	}
	return list, nil
}

// watch takes a log up where the witness last left it.
func (w *Witness) watch(l Log) (*watched, error) {
	p, err := trust.Alone(l.VKey)
	if err != nil {
		return nil, err
	}
	x := &watched{origin: l.Origin, vkey: l.VKey, title: l.Title, key: p.Verifier()}
	signed, err := os.ReadFile(filepath.Join(w.folder(l.Origin), checkpoint))
	if errors.Is(err, fs.ErrNotExist) {
		return x, nil
	}
	if err != nil {
		return nil, err
	}
	// It is believed only with this witness's own signature on it: a damaged file must not make it sign anything.
	own, err := trust.Parse("log " + l.VKey + "\nwitness own " + w.vkey + "\nquorum own\n")
	if err != nil {
		return nil, err
	}
	o, err := own.Open(string(signed))
	if err != nil || !o.Met {
		return nil, fmt.Errorf("%s 见证到哪里的记录已经损坏，没有启动：从零开始会忘记见过什么。请从备份恢复 %s", l.Origin, w.folder(l.Origin))
	}
	x.seen, x.at, x.since = o.Checkpoint, o.Cosigned[0].At, o.Cosigned[0].At
	if text, err := os.ReadFile(filepath.Join(w.folder(l.Origin), sinceFile)); err == nil {
		if _, err := fmt.Sscan(string(text), &x.since); err != nil {
			x.since = x.at
		}
	}
	return x, nil
}

// hashOf names a log's folder and its monitoring path.
func hashOf(origin string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(origin))) }

func (w *Witness) folder(origin string) string {
	return filepath.Join(w.dir, seenFolder, hashOf(origin))
}

// find returns the log of an origin, nil when it is not served.
func (w *Witness) find(origin string) *watched {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.readLogs(); err != nil {
		w.log.Error("logs.txt cannot be used, the former list stays", "err", err)
	}
	return w.logs[origin]
}

// durable writes a file so that it is on the disk, whole, before it returns.
func durable(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	for _, d := range []string{dir, filepath.Dir(dir)} { // systems that cannot sync a folder keep names by themselves
		if f, err := os.Open(d); err == nil {
			_ = f.Sync()
			f.Close()
		}
	}
	return nil
}

// bucket limits how often strangers can make the witness compute.
type bucket struct {
	mu    sync.Mutex
	clock func() time.Time
	left  float64
	last  time.Time
}

const (
	perSecond = 20
	burst     = 100
)

func newBucket(clock func() time.Time) *bucket {
	return &bucket{clock: clock, left: burst, last: clock()}
}

func (b *bucket) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock()
	if passed := now.Sub(b.last).Seconds(); passed > 0 {
		b.left = min(burst, b.left+passed*perSecond)
	}
	b.last = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
