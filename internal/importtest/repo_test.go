package importtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the top of the repository, seen from this package.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// listing is what git ls-files answered; it is asked once.
var listing struct {
	sync.Once
	files []string
	err   error
}

// files lists the files of the working tree that are committed or would be, by slash path from the root. Without git
// (an unpacked archive) there is no telling them from what was built, and the test is skipped.
func files(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	if _, err := os.Stat(filepath.Join(dir, ".git")); err != nil {
		t.Skip("not a git checkout")
	}
	listing.Do(func() {
		cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
		cmd.Dir = dir
		out, err := cmd.Output()
		listing.err = err
		for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() { // not deleted since
				listing.files = append(listing.files, name)
			}
		}
	})
	if listing.err != nil {
		t.Fatal(listing.err)
	}
	return listing.files
}

// read returns the content of a file of the repository.
func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// source is one parsed Go file of the main module, up to its imports.
type source struct {
	name    string // slash path from the root
	test    bool
	ast     *ast.File
	imports []string // of this module only, without "cunju/"
}

const own = "cunju/"

// sources parses the Go files of the main module below the given folders.
func sources(t *testing.T, below ...string) []source {
	t.Helper()
	var out []source
	for _, name := range files(t) {
		if path.Ext(name) != ".go" || strings.Contains(name, "/testdata/") || !startsWithOne(name, below) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, read(t, name), parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s := source{name: name, test: strings.HasSuffix(name, "_test.go"), ast: f}
		for _, i := range f.Imports {
			if p := strings.Trim(i.Path.Value, `"`); strings.HasPrefix(p, own) {
				s.imports = append(s.imports, strings.TrimPrefix(p, own))
			}
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		t.Fatalf("no Go files below %v", below)
	}
	return out
}

func startsWithOne(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// generated reports whether a file says so in the manner of Go (https://go.dev/s/generatedcode).
func generated(text []byte) bool {
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("// Code generated ")) && bytes.HasSuffix(bytes.TrimSpace(line), []byte("DO NOT EDIT.")) {
			return true
		}
		if bytes.HasPrefix(line, []byte("package ")) {
			return false
		}
	}
	return false
}
