package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cunju/internal/journal"
	"cunju/internal/web"
)

// process is a server in a process of its own, which can be killed.
type process struct {
	cmd  *exec.Cmd
	base string

	mu  sync.Mutex
	out bytes.Buffer
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

var boardLine = regexp.MustCompile(`公开栏\s+(http://\S+?)/\n`)

// startServer serves a data folder on a free port.
func startServer(t *testing.T, data string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], "serve", "--data", data, "--addr", "127.0.0.1:0")}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill(); p.cmd.Wait() })
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if m := boardLine.FindStringSubmatch(p.said()); m != nil {
			p.base = m[1]
			return p
		}
	}
	t.Fatalf("the server did not start:\n%s", p.said())
	return nil
}

// clerk logs in as wangfang, whose first password must be changed on the way.
func (p *process) clerk(t *testing.T, password string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	const fresh = "Qx7-mountain-river"
	p.post(t, c, "/login", "login", "wangfang", "password", password)
	p.post(t, c, web.PasswordPath, "old", password, "new", fresh, "again", fresh)
	return c
}

// post submits a form that must be accepted.
func (p *process) post(t *testing.T, c *http.Client, path string, pairs ...string) {
	t.Helper()
	code, body, err := p.send(c, path, pairs...)
	if err != nil || code != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %v, %d bytes", path, code, err, len(body))
	}
}

func (p *process) send(c *http.Client, path string, pairs ...string) (int, string, error) {
	form := url.Values{"_key": {(&web.Request{}).NewKey()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := c.PostForm(p.base+path, form)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return r.StatusCode, string(body), err
}

var firstPassword = regexp.MustCompile(`初始密码\s+(\S+)`)

// servedTown is a fresh town with the first password of its clerk.
func servedTown(t *testing.T) (data, password string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	out := done(t, "init", "--data", data, "--town", testTown, "--name", "文峰街道", "--origin", testOrigin, "--person", "王芳", "--login", "wangfang")
	return data, firstPassword.FindStringSubmatch(out)[1]
}

// Killed under load, the server loses nothing that it said was recorded, and its next start says what it found.
func TestKilledServerLosesNothing(t *testing.T) {
	data, password := servedTown(t)
	first := startServer(t, data)
	client := first.clerk(t, password)
	var accepted atomic.Int64
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 1000 {
				code, _, err := first.send(client, "/desk/people/new", "name", "新人", "idnumber", number(fmt.Sprintf("19%d0101", 60+worker), i))
				if err != nil {
					return // the server is gone
				}
				if code == http.StatusSeeOther {
					accepted.Add(1)
				}
			}
		})
	}
	for end := time.Now().Add(20 * time.Second); accepted.Load() < 40 && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	first.cmd.Wait()
	n := accepted.Load()
	if n < 40 {
		t.Fatalf("only %d acts were accepted:\n%s", n, first.said())
	}

	second := startServer(t, data)
	m := regexp.MustCompile(`上次没有正常停止。总账共 (\d+) 件，最后一件是第 \d+ 号“登记人员”.*全部完整，没有半件`).FindStringSubmatch(second.said())
	if m == nil {
		t.Fatalf("the start after a kill says:\n%s", second.said())
	}
	var size int64
	fmt.Sscan(m[1], &size)
	if size < 3+n {
		t.Errorf("%d acts were accepted, but only %d are there", n, size-3)
	}
	has(t, second.said(), "unclean stop, all whole")
	if strings.Contains(second.said(), "新人") || strings.Contains(first.said(), "新人") {
		t.Error("a name stands in the log")
	}
	if err := second.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := second.cmd.Wait(); err != nil {
		t.Errorf("the stop: %v", err)
	}
	has(t, second.said(), "已停止，全部记录已保存。")
	has(t, done(t, "verify", "--data", data), "校验通过")

	third := startServer(t, data)
	if strings.Contains(third.said(), "没有正常停止") {
		t.Errorf("the start after a stop in order says:\n%s", third.said())
	}
}

// served runs serve in this process until the test ends it.
func served(t *testing.T, data string) (base string, stop func() (int, string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	p := &process{}
	code := make(chan int, 1)
	go func() {
		code <- run(&console{ctx, strings.NewReader(""), p, p}, []string{"serve", "--data", data, "--addr", "127.0.0.1:0"})
	}()
	var ended sync.Once
	var last int
	stop = func() (int, string) {
		ended.Do(func() { cancel(); last = <-code })
		return last, p.said()
	}
	t.Cleanup(func() { stop() })
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if m := boardLine.FindStringSubmatch(p.said()); m != nil {
			return m[1], stop
		}
	}
	t.Fatalf("the server did not start:\n%s", p.said())
	return "", nil
}

func TestStopsInOrder(t *testing.T) {
	data, password := servedTown(t)
	base, stop := served(t, data)
	p := &process{base: base}
	client := p.clerk(t, password)
	p.post(t, client, "/desk/people/new", "name", "甲一", "idnumber", number("19800101", 1))

	// A second server is refused, and does not disturb the first.
	fails(t, []string{"serve", "--data", data, "--addr", "127.0.0.1:0"}, "正在使用数据目录")
	for _, path := range []string{"/", "/login", "/healthz", "/rules", "/log/" + testTown + "/checkpoint"} {
		r, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %d", path, r.StatusCode)
		}
	}
	code, out := stop()
	if code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	has(t, out, "已停止，全部记录已保存。")
	if left, err := os.ReadFile(filepath.Join(data, lockFile)); err != nil || len(left) > 0 {
		t.Errorf("the lock file holds %q, %v", left, err)
	}
	h := openTown(t, data, options{})
	defer h.close()
	cp, err := journal.Published(t.Context(), h.db, h.town)
	if err != nil || cp.Size != 4 {
		t.Errorf("the last checkpoint covers %d of 4 acts, %v", cp.Size, err)
	}
}

// A new act is under a signed checkpoint within moments.
func TestCheckpointsFollowSoon(t *testing.T) {
	data, password := servedTown(t)
	base, _ := served(t, data)
	p := &process{base: base}
	client := p.clerk(t, password)
	p.post(t, client, "/desk/people/new", "name", "甲一", "idnumber", number("19800101", 1))
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		r, err := http.Get(base + "/log/" + testTown + "/checkpoint")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(text), testOrigin+"\n4\n") {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the checkpoint is still\n%s", text)
		}
	}
}

// A server that finds its last acts damaged does not go on as if nothing had happened.
func TestDamagedTailIsNotServed(t *testing.T) {
	data := newTown(t)
	if err := os.WriteFile(filepath.Join(data, lockFile), []byte("started\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	change(t, data, `UPDATE journal_act SET payload = replace(payload, '王芳', '张芳') WHERE town = $1 AND n = 1`, testTown)
	fails(t, []string{"serve", "--data", data, "--addr", "127.0.0.1:0"}, "第 1 号的内容与封存的指纹不符", "没有启动", "cunju verify")
	if left, _ := os.ReadFile(filepath.Join(data, lockFile)); len(left) == 0 {
		t.Error("the next start would take the data for whole")
	}
}

func TestTakenAddressIsExplained(t *testing.T) {
	data := newTown(t)
	base, _ := served(t, newTown(t))
	fails(t, []string{"serve", "--data", data, "--addr", strings.TrimPrefix(base, "http://")}, "可能已被别的程序占用", "--addr")
}

// Tables of another version are rebuilt at the start while that takes a moment only; other commands name the command.
func TestTablesOfAnotherVersionAreRebuilt(t *testing.T) {
	data := peopled(t)
	change(t, data, `UPDATE journal_version SET version = 99 WHERE town = $1`, testTown)
	fails(t, []string{"account", "list", "--data", data}, "cunju rebuild")
	fails(t, []string{"rebuild", "--check", "--data", data}, "cunju rebuild")
	_, stop := served(t, data)
	_, out := stop()
	has(t, out, "正在按总账重建数据表")
	has(t, done(t, "rebuild", "--check", "--data", data), "一致")
}

// The console records while the server does: neither loses the other's acts.
func TestConsoleAndServerRecordTogether(t *testing.T) {
	data, password := servedTown(t)
	base, stop := served(t, data)
	p := &process{base: base}
	client := p.clerk(t, password)
	for i := range 3 {
		p.post(t, client, "/desk/people/new", "name", "甲一", "idnumber", number("19800101", i))
		done(t, "import", csv(t, "单位名称,单位类别,上级单位", fmt.Sprintf("文峰%d村,村,文峰街道", i)), "--as", "institutions", "--data", data, "--by", "wangfang", "--commit")
	}
	if code, out := stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	has(t, done(t, "verify", "--data", data), "总账    9 件", "校验通过")
}
