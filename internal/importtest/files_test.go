package importtest

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// Others' work is fetched by version and checked by hash; a copy in the tree is neither.
func TestNothingOfOthersIsCommitted(t *testing.T) {
	fonts := []string{".woff", ".woff2", ".ttf", ".otf", ".ttc", ".eot"}
	built := []string{".exe", ".dll", ".so", ".dylib", ".a", ".wasm", ".map", ".class", ".jar", ".db", ".zip", ".gz", ".tgz"}
	for _, name := range files(t) {
		base, ext := path.Base(name), strings.ToLower(path.Ext(name))
		folders := strings.Split(path.Dir(name), "/")
		switch {
		case slices.Contains(folders, "node_modules"), slices.Contains(folders, "vendor"):
			t.Errorf("%s: a folder of fetched modules is committed; add it to .gitignore", name)
		case slices.Contains(folders, "dist") && base != ".gitkeep":
			t.Errorf("%s: built assets are not committed", name)
		case slices.Contains(fonts, ext):
			t.Errorf("%s: pages use the fonts of the system", name)
		case name == "demo/households.csv.gz": // what lies beside it, for the program to carry; a test of demo/gen writes it anew
		case slices.Contains(built, ext) && !slices.Contains(folders, "testdata"):
			t.Errorf("%s: built or packed files are not committed", name)
		case strings.Contains(base, ".min."):
			t.Errorf("%s: minified files are not committed", name)
		case ext == ".js" || ext == ".css" || ext == ".mjs":
			for line := range bytes.Lines(read(t, name)) {
				if len(line) > 2000 {
					t.Errorf("%s: a line of %d bytes: this looks like a bundle", name, len(line))
					break
				}
			}
		}
	}
}

// maxLines is the hard limit; under 250 is the aim.
const maxLines = 500

func TestNoFileIsTooLong(t *testing.T) {
	code := []string{".go", ".templ", ".js", ".mjs", ".css", ".sql", ".cedar", ".sh"}
	for _, name := range files(t) {
		if !slices.Contains(code, path.Ext(name)) {
			continue
		}
		text := read(t, name)
		if n := bytes.Count(text, []byte("\n")); n > maxLines && !generated(text) {
			t.Errorf("%s has %d lines: a file does one thing, in %d lines at most", name, n, maxLines)
		}
	}
}

// A build of today and a build in five years take the same code.
func TestDependenciesArePinned(t *testing.T) {
	for _, name := range files(t) {
		switch path.Base(name) {
		case "go.mod":
			checkGoMod(t, name)
		case "package.json":
			checkPackageJSON(t, name)
		}
	}
}

func checkGoMod(t *testing.T, name string) {
	f, err := modfile.Parse(name, read(t, name), nil)
	if err != nil {
		t.Error(err)
		return
	}
	sums := string(read(t, path.Join(path.Dir(name), "go.sum")))
	for _, r := range f.Require {
		if err := module.Check(r.Mod.Path, r.Mod.Version); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(sums, r.Mod.Path+" "+r.Mod.Version+"/go.mod h1:") {
			t.Errorf("%s: %s %s has no hash in go.sum", name, r.Mod.Path, r.Mod.Version)
		}
	}
	for _, r := range f.Replace {
		if r.New.Version == "" && r.New.Path != "../" && r.New.Path != ".." {
			t.Errorf("%s: %s is replaced by the folder %s", name, r.Old.Path, r.New.Path)
		}
	}
	// The go line of what we build is the compiler we build with; a checker under testdata brings its own.
	if f.Go == nil || strings.Count(f.Go.Version, ".") != 2 && !strings.Contains(name, "/testdata/") {
		t.Errorf("%s: the go line names no exact release", name)
	}
}

var exactVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$`)

func checkPackageJSON(t *testing.T, name string) {
	var p struct {
		Dependencies    map[string]string `json:"dependencies"`
		DevDependencies map[string]string `json:"devDependencies"`
	}
	if err := json.Unmarshal(read(t, name), &p); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, deps := range []map[string]string{p.Dependencies, p.DevDependencies} {
		for dep, version := range deps {
			if !exactVersion.MatchString(version) {
				t.Errorf("%s: %s %q is not one exact version", name, dep, version)
			}
		}
	}
	lock := path.Join(path.Dir(name), "package-lock.json")
	if !slices.Contains(files(t), lock) {
		t.Errorf("%s: without %s the versions below are anybody's", name, lock)
	}
}

// climb is a relative path that goes up.
var climb = regexp.MustCompile(`(?:\.\./)+[\w.-]+`)

// A file that names a place on the machine it was written on is of no use on another. Such places are: the folder of the
// checkout and the one above it, the home folder, and whatever lies beside the checkout.
func TestNoFileNamesThisMachine(t *testing.T) {
	dir := root(t)
	var places []*regexp.Regexp
	home, _ := os.UserHomeDir()
	for _, place := range []string{dir, filepath.Dir(dir), home} {
		if place = filepath.ToSlash(place); len(place) > 1 {
			places = append(places, regexp.MustCompile(`(^|[^\w.}/-])`+regexp.QuoteMeta(place)+`(/|\b)`))
		}
	}
	for _, name := range files(t) {
		text := read(t, name)
		if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 || path.Base(name) == "go.sum" {
			continue
		}
		for _, place := range places {
			if hit := place.Find(text); hit != nil {
				t.Errorf("%s names %q, a place on this machine", name, bytes.TrimSpace(hit))
			}
		}
		depth := strings.Count(name, "/")
		for _, hit := range climb.FindAllString(string(text), -1) {
			ups := strings.Count(hit, "../")
			outside := filepath.Join(filepath.Dir(dir), hit[3*ups:])
			if _, err := os.Lstat(outside); ups == depth+1 && err == nil && outside != dir {
				t.Errorf("%s points at %s, outside the repository", name, hit)
			}
		}
	}
}
