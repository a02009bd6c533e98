package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The board leaves as one file, which says the same as long as nothing is recorded, and never before the log was signed.
func TestTheBoardComesOutInOneFile(t *testing.T) {
	data := peopled(t)
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one.zip"), filepath.Join(folder, "two.zip")
	h := openTown(t, data, options{})
	if err := h.sign(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.close()
	done(t, "export", "board", "--out", one, "--data", data)
	done(t, "export", "board", "--out", two, "--data", data)
	a, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(two)
	if err != nil {
		t.Fatal(err)
	}
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("two exports of %d and %d bytes differ", len(a), len(b))
	}
	fails(t, []string{"export", "board", "--out", one, "--data", data}, "已经存在")
	if kept, err := os.ReadFile(one); err != nil || !bytes.Equal(kept, a) {
		t.Error("the first file was touched")
	}
}
