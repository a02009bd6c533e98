package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// route is one page of the site map as the code writes it.
type route struct {
	pattern string // with {wildcards}
	match   *regexp.Regexp
	holes   int // number of wildcards: fewer is more specific
}

// routes reads all pages that can be read (GET) from the code of the slices, the more specific first. Patterns are written
// out in full there; constants are followed.
func routes(t *testing.T) []route {
	t.Helper()
	var all []*ast.File
	words := map[string]string{} // constant → text
	fset := token.NewFileSet()
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "desktest") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, f)
		constants(f, words)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []route
	for _, f := range all {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			get, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || get.Sel.Name != "Get" {
				return true
			}
			if face, ok := get.X.(*ast.SelectorExpr); !ok || !slices.Contains([]string{"Public", "Mine", "Desk"}, face.Sel.Name) {
				return true
			}
			pattern := text(call.Args[0], words)
			if pattern == "" {
				t.Errorf("%s: the pattern of a page is not written out", fset.Position(call.Pos()))
				return true
			}
			out = append(out, newRoute(pattern))
			return true
		})
	}
	slices.SortStableFunc(out, func(a, b route) int { return a.holes - b.holes })
	return out
}

// constants collects the package's constant strings.
func constants(f *ast.File, words map[string]string) {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, s := range gen.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					if w := text(v.Values[i], words); w != "" {
						words[f.Name.Name+"."+name.Name] = w
					}
				}
			}
		}
	}
}

// text is what a constant expression says, or "".
func text(e ast.Expr, words map[string]string) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s
		}
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok {
			return words[pkg.Name+"."+e.Sel.Name]
		}
	case *ast.BinaryExpr:
		a, b := text(e.X, words), text(e.Y, words)
		if a != "" && b != "" {
			return a + b
		}
	}
	return ""
}

var hole = regexp.MustCompile(`\\\{[^}]*\\\}`)

func newRoute(pattern string) route {
	expr := hole.ReplaceAllStringFunc(regexp.QuoteMeta(pattern), func(h string) string {
		switch {
		case h == `\{\$\}`:
			return ""
		case strings.Contains(h, `\.\.\.`):
			return ".*"
		}
		return "[^/]+"
	})
	return route{pattern: pattern, match: regexp.MustCompile("^" + expr + "$"), holes: strings.Count(pattern, "{")}
}

// pageOf finds the route that answers an address, or "".
func pageOf(all []route, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, r := range all {
		if r.match.MatchString(u.Path) {
			return r.pattern
		}
	}
	return ""
}

func TestRoutesAreRead(t *testing.T) {
	all := routes(t)
	for address, want := range map[string]string{
		"/":                  "/{$}",
		"/login?back=%2F":    "/login",
		"/desk":              "/desk",
		"/desk/acts/12":      "/desk/acts/{n}",
		"/desk/acts/12/void": "/desk/acts/{n}/void",
		"/desk/members/new":  "/desk/members/new",
		"/desk/members/12":   "/desk/members/{id}",
		"/nowhere":           "",
	} {
		if got := pageOf(all, address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
