package importtest

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// The floors of the house, by folder below internal. What is in none of them is wiring.
var (
	ground = []string{"db", "journal", "ledger", "law", "calendar", "matter", "access", "sheet", "web", "task", "desk", "files", "trust", "mirror", "witness", "publish", "receipt"}
	spine  = []string{"org", "people", "member"}
	second = []string{"disclosure", "assembly", "election", "appraisal", "economy", "land", "mediation", "service",
		"volunteer", "talent", "target", "council"}
)

type floor int

const (
	groundFloor floor = iota
	spineFloor
	secondFloor
	wiring
)

// place says on which floor a package stands and to which folder it belongs: internal/people/search is people, in the
// spine.
func place(pkg string) (floor, string) {
	inside, ok := strings.CutPrefix(pkg, "internal/")
	if !ok {
		return wiring, pkg
	}
	folder, _, _ := strings.Cut(inside, "/")
	for f, names := range map[floor][]string{groundFloor: ground, spineFloor: spine, secondFloor: second} {
		if slices.Contains(names, folder) {
			return f, folder
		}
	}
	return wiring, folder
}

// mayImport answers why not, or nothing.
func mayImport(from, to string) string {
	fromFloor, fromFolder := place(from)
	toFloor, toFolder := place(to)
	switch {
	case toFloor > fromFloor && toFloor == wiring:
		return "only cmd and other wiring may import it; a package of a floor is listed in internal/importtest/floors_test.go"
	case toFloor > fromFloor:
		return "imports run downward: take a small function that cmd hands in"
	case toFloor == secondFloor && fromFloor == secondFloor && toFolder != fromFolder:
		return "slices of the second floor do not import each other: use the journal, the ledger, a matter, or a function that cmd hands in"
	}
	return ""
}

func TestImportsRunDownward(t *testing.T) {
	for _, s := range sources(t, "internal/", "cmd/") {
		from := path.Dir(s.name)
		for _, to := range s.imports {
			if why := mayImport(from, to); why != "" {
				t.Errorf("%s imports %s: %s", s.name, to, why)
			}
		}
	}
}

func TestTheRuleItself(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"cmd/cunju", "internal/disclosure", true},
		{"internal/disclosure", "internal/member", true},
		{"internal/disclosure", "internal/access", true},
		{"internal/disclosure", "internal/disclosure/board", true},
		{"internal/disclosure", "internal/economy", false},
		{"internal/disclosure/board", "internal/economy", false},
		{"internal/member", "internal/people/keyring", true},
		{"internal/member", "internal/disclosure", false},
		{"internal/access", "internal/org", false},
		{"internal/journal", "internal/db", true},
		{"internal/web/ui", "internal/member", false},
		{"internal/org", "internal/townhall", false},
		{"internal/townhall", "internal/org", true},
		{"internal/org", "cmd/cunju", false},
	} {
		if why := mayImport(c.from, c.to); (why == "") != c.ok {
			t.Errorf("%s → %s: %q", c.from, c.to, why)
		}
	}
}

// The pure files of a slice can be read, tested and run again years later without a database or a browser.
func TestPureFilesArePure(t *testing.T) {
	pure := []string{"acts.go", "fold.go", "decide.go"}
	for _, s := range sources(t, "internal/") {
		if f, _ := place(path.Dir(s.name)); f != spineFloor && f != secondFloor || !slices.Contains(pure, path.Base(s.name)) {
			continue
		}
		for _, to := range s.imports {
			if _, folder := place(to); folder == "db" || folder == "web" {
				t.Errorf("%s is pure and imports %s", s.name, to)
			}
		}
		for _, i := range s.ast.Imports {
			if p := strings.Trim(i.Path.Value, `"`); p == "database/sql" || strings.HasPrefix(p, "net/http") {
				t.Errorf("%s is pure and imports %s", s.name, p)
			}
		}
	}
}

// essayLines is the least that a package says of itself: what it is for, its tables, what may never change.
const essayLines = 6

func TestEveryPackageHasAnEssay(t *testing.T) {
	lines := map[string]int{}
	for _, s := range sources(t, "internal/") {
		dir := path.Dir(s.name)
		if !s.test {
			lines[dir] = max(lines[dir], 0)
		}
		if path.Base(s.name) == "doc.go" && s.ast.Doc != nil {
			lines[dir] = strings.Count(s.ast.Doc.Text(), "\n")
		}
	}
	for dir, n := range lines {
		if n < essayLines {
			t.Errorf("%s/doc.go: the package comment has %d lines; say what the package is for, its tables, and what may never change", dir, n)
		}
	}
}
