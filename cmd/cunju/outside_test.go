package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/mirror"
)

// bystander runs cunju witness in this process until the test ends; a line of a policy names it.
func bystander(t *testing.T, name, log string) (line, base string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "witness")
	has(t, done(t, "witness", "init", "--dir", dir, "--name", name+".example/w"), name+".example/w+")
	done(t, "witness", "add", log, "--dir", dir, "--title", "文峰街道")
	fails(t, []string{"witness", "add", log, "--dir", dir}, "没有添加", "写了两次")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	lines := make(chan string, 1)
	var out bytes.Buffer
	go func() {
		w := &witnessRun{witnessFolder: witnessFolder{dir}, Addr: "127.0.0.1:0"}
		ended <- w.serve(ctx, &console{ctx, strings.NewReader(""), &out, &out}, func(at, vkey string) { lines <- at + " " + vkey })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the witness: %v", err)
		}
	})
	select {
	case l := <-lines:
		at, vkey, _ := strings.Cut(l, " ")
		return fmt.Sprintf("%s,%s,%s", name, vkey, at), at
	case <-time.After(10 * time.Second):
		t.Fatal("the witness did not start")
	}
	return "", ""
}

func fetch(t *testing.T, address string) []byte {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s %v", address, r.Status, err)
	}
	return b
}

// Two of cunju's own witnesses stand by a served town: an act is under a cosigned checkpoint within ten seconds, the pages name
// them, a copy is made and checked without the server, and any change in it is found.
func TestWitnessesMirrorAndOutsideCheck(t *testing.T) {
	data, password := servedTown(t)
	h := openTown(t, data, options{})
	vkey := h.key.VKey
	h.close()
	first, page := bystander(t, "committee", vkey)
	second, _ := bystander(t, "neighbour", vkey)
	policy := filepath.Join(data, mirror.PolicyFile)
	done(t, "witness", "policy", "--log", vkey, "--witness", first, "--witness", second, "--need", "2", "--out", policy)
	has(t, done(t, "witness", "policy", "--check", policy), "“committee”、“neighbour”全部签名", testOrigin)

	base, stop := served(t, data)
	p := &process{base: base}
	client := p.clerk(t, password)
	start := time.Now()
	p.post(t, client, "/desk/people/new", "name", "甲一", "idnumber", number("19800101", 1))
	for !strings.HasPrefix(string(fetch(t, base+"/log/"+testTown+"/checkpoint")), testOrigin+"\n4\n") {
		if time.Since(start) > 10*time.Second {
			t.Fatal("the act is not under a published checkpoint within ten seconds")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if cp := string(fetch(t, base+"/log/"+testTown+"/checkpoint")); strings.Count(cp, "— ") != 3 {
		t.Errorf("the checkpoint has not three signatures:\n%s", cp)
	}
	has(t, string(fetch(t, base+"/log")), "committee", "见证齐了")
	has(t, string(fetch(t, base+"/trust")), "凭什么相信", vkey, "neighbour.example/w+")
	has(t, string(fetch(t, page+"/")), "前 4 条", "文峰街道", "没有发现过两本账")
	if got := fetch(t, base+"/policy.txt"); !strings.Contains(string(got), "quorum witnesses") {
		t.Errorf("policy.txt: %s", got)
	}

	dir := filepath.Join(t.TempDir(), "copy")
	address := base + "/log/" + testTown
	has(t, done(t, "mirror", address, "--out", dir, "--policy", policy), "前 4 条", "见证    committee", "核对通过")
	p.post(t, client, "/desk/people/new", "name", "乙二", "idnumber", number("19810203", 23))
	for !strings.HasPrefix(string(fetch(t, address+"/checkpoint")), testOrigin+"\n5\n") {
		time.Sleep(20 * time.Millisecond)
	}
	has(t, done(t, "mirror", address, "--out", dir, "--policy", policy), "前 5 条", "核对通过")
	has(t, done(t, "verify", "--mirror", address, "--policy", policy), "核对通过")
	has(t, done(t, "verify", "--mirror", base, "--policy", policy), "核对通过")
	has(t, done(t, "verify", "--mirror", base+"/trust"), "这个网站自己给的", "没有把整本账连公钥一起换过", vkey, "核对通过")
	own := filepath.Join(t.TempDir(), "own")
	has(t, done(t, "mirror", base+"/", "--out", own), "这个网站自己给的", vkey, "核对通过")
	if out := done(t, "mirror", address, "--out", own); strings.Contains(out, "这个网站自己给的") {
		t.Errorf("the rules that were kept are taken from the site again:\n%s", out)
	}
	if err := os.WriteFile(filepath.Join(own, mirror.PolicyFile), []byte("log "+vkey+"\nquorum none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := cli(t, "mirror", base, "--out", own); !strings.Contains(out, "和副本里存的不一样了") {
		t.Errorf("other rules on the site pass in silence: exit code %d\n%s", code, out)
	}
	unread(t, []string{"verify", "--mirror", base + "/log/321002999"}, "log/321002999/checkpoint", "网址不对")
	if code, out := stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	unread(t, []string{"verify", "--mirror", base, "--policy", policy}, "连不上", "网络和网址")
	unread(t, []string{"mirror", base, "--out", dir, "--policy", policy}, "连不上")
	fails(t, []string{"mirror", "gk.example", "--out", dir}, "不是网址")
	// Server and database are gone from here on.
	has(t, done(t, "verify", "--mirror", dir, "--policy", policy), "前 5 条", "核对通过")
	has(t, done(t, "verify", "--mirror", dir, "--key", vkey), "核对通过")
	has(t, done(t, "verify", "--mirror", dir), "公钥取自被核对的文件本身", vkey, "核对通过")
	if err := os.Remove(filepath.Join(dir, mirror.PolicyFile)); err != nil {
		t.Fatal(err)
	}
	has(t, done(t, "verify", "--mirror", dir, "--key", vkey), "没有它的公钥，没有核对", "核对通过")
	unread(t, []string{"verify", "--mirror", dir}, "--policy", "--key")
	unread(t, []string{"verify", "--mirror", dir + "x", "--key", vkey}, "打不开")
	unread(t, []string{"verify", "--mirror", t.TempDir(), "--key", vkey}, "没有公开总账")
	third, _ := bystander(t, "late", vkey)
	more := filepath.Join(t.TempDir(), "more.txt")
	done(t, "witness", "policy", "--log", vkey, "--witness", first, "--witness", second, "--witness", third, "--need", "3", "--out", more)
	code, out := cli(t, "verify", "--mirror", dir, "--policy", more)
	if has(t, out, "见证不足", "没有被改动，只是见证签名不够"); code != 4 || strings.Contains(out, "不相符") {
		t.Errorf("a witness that has not signed is told as tampering: exit code %d\n%s", code, out)
	}
	file := filepath.Join(dir, mirror.LogPath(testTown), "tile", "entries", "000.p", "5")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[40] ^= 1
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, []string{"verify", "--mirror", dir, "--policy", policy}, "第一处问题", "核对没有通过")
	has(t, done(t, "verify", "--data", data, "--quick"), "校验通过")
}

// A server that shows another history than the one that was copied is found out, and both checkpoints are kept.
func TestAMirrorKeepsTheEvidence(t *testing.T) {
	data, _ := servedTown(t)
	base, stop := served(t, data)
	dir := filepath.Join(t.TempDir(), "copy")
	address := base + "/log/" + testTown
	key := regexp.MustCompile(`\S+\+[0-9a-f]{8}\+\S+`).FindString(string(fetch(t, base+"/policy.txt")))
	done(t, "mirror", address, "--out", dir, "--key", key)
	stop()
	other, _ := servedTown(t) // the same name, another life
	keyFile, err := os.ReadFile(place{Data: data}.logKeyFile(testTown))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(place{Data: other}.logKeyFile(testTown), keyFile, 0o600); err != nil {
		t.Fatal(err)
	}
	change(t, other, `DELETE FROM journal_checkpoint WHERE town = $1`, testTown)
	base, _ = served(t, other)
	for start := time.Now(); time.Since(start) < 10*time.Second; time.Sleep(20 * time.Millisecond) {
		if r, err := http.Get(base + "/log/" + testTown + "/checkpoint"); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				break
			}
		}
	}
	fails(t, []string{"mirror", base + "/log/" + testTown, "--out", dir, "--key", key}, "换过账", "请保留作证据")
	kept, err := filepath.Glob(filepath.Join(dir, "conflict-*.txt"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v %v", kept, err)
	}
	text, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	for _, cp := range strings.SplitN(string(text), "\n=====\n", 2) {
		if _, err := note.Open([]byte(cp), note.VerifierList(verifier)); err != nil {
			t.Errorf("kept: %v\n%s", err, cp)
		}
	}
}

func TestPoliciesAtTheConsole(t *testing.T) {
	data := newTown(t)
	h := openTown(t, data, options{})
	vkey := h.key.VKey
	h.close()
	has(t, done(t, "witness", "policy", "--log", vkey), "quorum none")
	fails(t, []string{"witness", "policy"}, "--log")
	fails(t, []string{"witness", "policy", "--log", "x"}, "信任规则有误")
	fails(t, []string{"witness", "policy", "--log", vkey, "--witness", "a"}, "名称,公钥,网址")
	fails(t, []string{"witness", "run", "--dir", t.TempDir()}, "cunju witness init")
	if err := os.WriteFile(filepath.Join(data, mirror.PolicyFile), []byte("log "+vkey+"\nquorum w\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, []string{"account", "list", "--data", data}, "信任规则有误", "第 2 行", "没有叫“w”的")
}
