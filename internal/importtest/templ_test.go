package importtest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var fileName = regexp.MustCompile("FileName: `(?:[^`]*/)?([^`/]*)`")

// anywhere forgets in which folder templ was started: it writes the path of the source as seen from there.
func anywhere(code []byte) []byte { return fileName.ReplaceAll(code, []byte("FileName: `$1`")) }

// The generated code is committed so that go build needs no other tool; so it must be what the sources say.
func TestTemplCodeIsFresh(t *testing.T) {
	dir, tmp := root(t), t.TempDir()
	committed := map[string]bool{}
	var sources []string
	for _, name := range files(t) {
		switch {
		case strings.HasSuffix(name, "_templ.go"):
			committed[name] = true
		case strings.HasSuffix(name, ".templ"):
			sources = append(sources, name)
			copyTo := filepath.Join(tmp, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(copyTo), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(copyTo, read(t, name), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(sources) > 0 {
		tools := filepath.Join(dir, "tools")
		resolve := exec.CommandContext(t.Context(), "go", "tool", "-n", "templ")
		resolve.Dir = tools
		if out, err := resolve.CombinedOutput(); err != nil {
			t.Skipf("the tools module cannot be resolved here: %v\n%s", err, out)
		}
		generate := exec.CommandContext(t.Context(), "go", "tool", "templ", "generate", "-path", tmp)
		generate.Dir = tools
		if out, err := generate.CombinedOutput(); err != nil {
			t.Fatalf("templ generate: %v\n%s", err, out)
		}
	}
	for _, name := range sources {
		code := strings.TrimSuffix(name, ".templ") + "_templ.go"
		want, err := os.ReadFile(filepath.Join(tmp, filepath.FromSlash(code)))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !committed[code]:
			t.Errorf("%s is missing: run make generate", code)
		case !bytes.Equal(anywhere(want), anywhere(read(t, code))):
			t.Errorf("%s is not what %s says: run make generate", code, name)
		}
		delete(committed, code)
	}
	for name := range committed {
		t.Errorf("%s has no source: delete it", name)
	}
}
