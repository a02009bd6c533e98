// Command assets builds the styles, the script and the icon sprite that pages
// use into internal/web/dist, under names that carry a hash of their content,
// with a manifest from logical name to file and a gzip copy of each.
//
// Run it from the tools module: go run ./assets [-repo ..]. It needs the npm
// packages of internal/web/asset (npm ci --ignore-scripts) and nothing else; it
// reaches no network. The same input gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// budget is the most that styles, script and sprite may weigh together, gzip:
// a first visit over a village's phone line stays below a second.
const budget = 60 << 10

func main() {
	repo := flag.String("repo", "..", "root of the repository")
	flag.Parse()
	if err := build(*repo, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func build(repo string, out *os.File) error {
	src := filepath.Join(repo, "internal/web/asset")
	files, err := bundle(src)
	if err != nil {
		return err
	}
	names, err := usedIcons(filepath.Join(repo, "internal"))
	if err != nil {
		return err
	}
	sprite, err := iconSprite(filepath.Join(src, "node_modules/@tabler/icons/icons/outline"), names)
	if err != nil {
		return err
	}
	files["icons.svg"] = sprite
	sizes, err := write(filepath.Join(repo, "internal/web/dist"), files)
	if err != nil {
		return err
	}
	total := 0
	for _, s := range sizes {
		fmt.Fprintf(out, "%-28s %7d  gzip %6d\n", s.file, s.plain, s.gzip)
		total += s.gzip
	}
	fmt.Fprintf(out, "%d icons, %d bytes gzip in all\n", len(names), total)
	if total > budget {
		return fmt.Errorf("the built files weigh %d bytes gzip, more than %d", total, budget)
	}
	return nil
}
