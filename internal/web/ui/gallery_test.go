package ui

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var testAssets = NewAssets(func(name string) string { return "/assets/" + name })

// renderGallery gives the HTML of each gallery page.
func renderGallery(t testing.TB, a Assets) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, g := range GalleryPages() {
		c, ok := Gallery(Page{Assets: a, BigHref: "?big=1"}, g.Name, "")
		if !ok {
			t.Fatalf("no gallery page %q", g.Name)
		}
		var b strings.Builder
		if err := c.Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		pages[g.Name] = b.String()
	}
	return pages
}

// builtAssets are the files in dist, if they have been built.
func builtAssets(t testing.TB) (dir string, a Assets, ok bool) {
	t.Helper()
	dir = filepath.Join("..", "dist")
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return dir, a, false
	}
	manifest := map[string]string{}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	return dir, NewAssets(func(name string) string { return "/assets/" + manifest[name] }), true
}

// TestWriteGallery writes the gallery as files for looking at it without a
// server's database: CUNJU_GALLERY_DIR=dir go test -run WriteGallery.
func TestWriteGallery(t *testing.T) {
	out := os.Getenv("CUNJU_GALLERY_DIR")
	if out == "" {
		t.Skip("CUNJU_GALLERY_DIR is not set")
	}
	_, assets, ok := builtAssets(t)
	if !ok {
		t.Skip("styles and script are not built")
	}
	for name, html := range renderGallery(t, assets) {
		if err := os.WriteFile(filepath.Join(out, name+".html"), []byte(html), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
