// Command templates writes the Go code of every .templ file below internal, or
// with -check says which committed code is not what its template gives.
//
// It does what "templ generate" does in each folder, with one version for all
// and the same bytes wherever it is run from.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/a-h/templ"
	"github.com/a-h/templ/generator"
	parser "github.com/a-h/templ/parser/v2"
)

func main() {
	repo := flag.String("repo", "..", "root of the repository")
	check := flag.Bool("check", false, "only say what is stale")
	flag.Parse()
	stale, err := update(filepath.Join(*repo, "internal"), !*check)
	for _, name := range stale {
		fmt.Println(name)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "templates:", err)
		os.Exit(1)
	case *check && len(stale) > 0:
		fmt.Fprintln(os.Stderr, "templates: the code above is stale; run go run ./templates in tools")
		os.Exit(1)
	}
}

// update generates every template below dir and lists the files whose code
// differs, or whose template is gone; with write it mends them.
func update(dir string, write bool) ([]string, error) {
	var stale []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, "_templ.go") {
			if _, err := os.Stat(strings.TrimSuffix(path, "_templ.go") + ".templ"); err == nil {
				return nil
			}
			stale = append(stale, path)
			if write {
				return os.Remove(path)
			}
			return nil
		}
		if !strings.HasSuffix(path, ".templ") {
			return nil
		}
		code, err := generate(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		target := strings.TrimSuffix(path, ".templ") + "_templ.go"
		if old, err := os.ReadFile(target); err == nil && bytes.Equal(portable(old), portable(code)) {
			return nil
		}
		stale = append(stale, target)
		if write {
			return os.WriteFile(target, code, 0o644)
		}
		return nil
	})
	return stale, err
}

// position is where generated code says which template an error came from; its
// folder depends on where the generator was run.
var position = regexp.MustCompile("FileName: `[^`]*/")

// portable is code without those folders.
func portable(code []byte) []byte { return position.ReplaceAll(code, []byte("FileName: `")) }

// generate gives the formatted code of one template. Only the base name goes
// into its error positions, so that the folder it is run from does not matter.
func generate(path string) ([]byte, error) {
	file, err := parser.Parse(path)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := generator.Generate(file, &b, generator.WithVersion(templ.Version()), generator.WithFileName(filepath.Base(path))); err != nil {
		return nil, err
	}
	return format.Source(b.Bytes())
}
