package journal

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// testKey is a log's key with both halves at hand.
type testKey struct {
	Key
	verifier note.Verifier
}

func newKey(t *testing.T, origin string) testKey {
	t.Helper()
	k, err := LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(k.VKey)
	if err != nil {
		t.Fatal(err)
	}
	return testKey{k, v}
}

func TestKeyIsMadeOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "log.key")
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]bool{}
	for range 8 { // two servers may start at once
		wg.Go(func() {
			k, err := LoadOrCreateKey(path, "log.wenfeng.example/journal")
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			seen[k.VKey] = true
		})
	}
	wg.Wait()
	if len(seen) != 1 {
		t.Fatalf("%d keys", len(seen))
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	files, _ := os.ReadDir(filepath.Dir(path))
	if len(files) != 1 {
		t.Fatalf("left behind: %v", files)
	}
	k, err := LoadOrCreateKey(path, "log.wenfeng.example/journal")
	if err != nil || !seen[k.VKey] {
		t.Fatalf("the key changed: %v", err)
	}
	signed, err := note.Sign(&note.Note{Text: "log.wenfeng.example/journal\n"}, k)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(k.VKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(v)); err != nil {
		t.Fatal(err)
	}
}

func TestKeyOfAnotherNameOrDamagedIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.key")
	if _, err := LoadOrCreateKey(path, "a.example/log"); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadOrCreateKey(path, "b.example/log"); err == nil || !strings.Contains(err.Error(), "a.example/log") {
		t.Fatalf("another name: %v", err)
	}
	if _, err := LoadOrCreateKey(filepath.Join(t.TempDir(), "k"), "has space"); err == nil {
		t.Fatal("a name that no log can have")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	skey, vkey, _ := strings.Cut(string(text), "\n")
	_, other, err := note.GenerateKey(twos{}, "a.example/log")
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string]string{"empty": "", "half": skey[:len(skey)/2], "no public half": skey + "\n",
		"swapped": vkey + skey + "\n", "another public half": skey + "\n" + other + "\n"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadOrCreateKey(path, "a.example/log")
		if err == nil || !strings.Contains(err.Error(), "损坏") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && len(skey) > 20 && strings.Contains(err.Error(), skey[len(skey)-20:]) {
			t.Errorf("%s: the error shows the private key", name)
		}
	}
}

// twos is a poor source of randomness.
type twos struct{}

func (twos) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 2
	}
	return len(p), nil
}
