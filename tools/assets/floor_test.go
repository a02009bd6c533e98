package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// beyond is what Chromium 87 and Safari 14 do not know and esbuild cannot lower.
var beyond = regexp.MustCompile(`:has\(|color-mix\(|oklch\(|oklab\(|@layer|@container|\b\d+(?:dvh|svh|lvh)\b|:is\([^)]*::|@property`)

func TestStylesStayInsideTheFloor(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "internal/web/asset/css/*.css"))
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d style sheets found, %v", len(paths), err)
	}
	for _, path := range paths {
		if m := beyond.Find(read(t, path)); m != nil {
			t.Errorf("%s uses %s, which the oldest browsers in use do not know", filepath.Base(path), m)
		}
	}
}

// TestOwnScriptStaysSmall holds the page helper, before minifying, below 6 KB.
func TestOwnScriptStaysSmall(t *testing.T) {
	total := 0
	for _, name := range []string{"app.js", "js/page.js", "js/capital.js", "js/aloud.js"} {
		total += len(read(t, filepath.Join("..", "..", "internal/web/asset", name)))
	}
	if total > 6<<10 {
		t.Errorf("the page helper weighs %d bytes", total)
	}
}

// TestLockNamesNoOtherRegistry keeps mirrors of single machines out of the lock file.
func TestLockNamesNoOtherRegistry(t *testing.T) {
	lock := read(t, filepath.Join("..", "..", "internal/web/asset/package-lock.json"))
	for _, m := range regexp.MustCompile(`"resolved": "([^"]*)"`).FindAllSubmatch(lock, -1) {
		if !regexp.MustCompile(`^https://registry\.npmjs\.org/`).Match(m[1]) {
			t.Errorf("the lock file names %s", m[1])
		}
	}
	if n := len(regexp.MustCompile(`"integrity": "sha512-`).FindAll(lock, -1)); n < 4 {
		t.Errorf("%d packages carry a hash, want all", n)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
