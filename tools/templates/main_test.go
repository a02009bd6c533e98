package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCommittedCodeIsFresh holds that every committed *_templ.go is what its
// template gives today.
func TestCommittedCodeIsFresh(t *testing.T) {
	stale, err := update(filepath.Join("..", "..", "internal"), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stale {
		t.Errorf("%s is stale: run go run ./templates in tools", name)
	}
}

func TestUpdateMendsStaleAndOrphanedCode(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("a.templ", "package x\n\ntempl A() {\n\t<p>甲</p>\n}\n")
	put("gone_templ.go", "package x\n")
	for round, want := range []int{2, 0} {
		stale, err := update(dir, true)
		if err != nil {
			t.Fatal(err)
		}
		if len(stale) != want {
			t.Errorf("round %d: stale %v, want %d files", round, stale, want)
		}
	}
	put("a.templ", "package x\n\ntempl A() {\n\t<p>乙</p>\n}\n")
	if stale, err := update(dir, false); err != nil || len(stale) != 1 {
		t.Errorf("after an edit: stale %v, %v, want one file", stale, err)
	}
}
