package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// iconUse finds Icon("name") calls and Icon: "name" fields in Go and templ.
var iconUse = regexp.MustCompile(`\bIcon(?:\(|:\s*)"([a-z0-9-]+)"`)

// buttonUse finds the icon of LinkButton(kind, "name", …).
var buttonUse = regexp.MustCompile(`\bLinkButton\([^,"]*,\s*"([a-z0-9-]+)"`)

// comment is a line of commentary, where a name may be an example.
var comment = regexp.MustCompile(`(?m)^\s*//.*$`)

// usedIcons lists, sorted, the icons that sources below dir ask for by name.
func usedIcons(dir string) ([]string, error) {
	used := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		source := strings.HasSuffix(path, ".templ") ||
			strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_templ.go")
		if d.IsDir() || !source {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text = comment.ReplaceAll(text, nil)
		for _, re := range []*regexp.Regexp{iconUse, buttonUse} {
			for _, m := range re.FindAllSubmatch(text, -1) {
				used[string(m[1])] = true
			}
		}
		return nil
	})
	return slices.Sorted(maps.Keys(used)), err
}

var (
	svgBody    = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	emptyPath  = regexp.MustCompile(`<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>`)
	whitespace = regexp.MustCompile(`>\s+<`)
)

// iconSprite joins the named icons of dir into one file of symbols. The stroke
// is on each symbol, because a use element does not see the file's own styles.
func iconSprite(dir string, names []string) ([]byte, error) {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name+".svg"))
		if err != nil {
			return nil, fmt.Errorf("a page asks for the icon %q, which Tabler Icons does not have: %w", name, err)
		}
		m := svgBody.FindSubmatch(text)
		if m == nil {
			return nil, fmt.Errorf("icon %q holds no svg element", name)
		}
		body := emptyPath.ReplaceAllString(string(m[1]), "")
		body = strings.TrimSpace(whitespace.ReplaceAllString(body, "><"))
		body = strings.ReplaceAll(body, " />", "/>")
		fmt.Fprintf(&b, `<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">%s</symbol>`, name, body)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String()), nil
}
