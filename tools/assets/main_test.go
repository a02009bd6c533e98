package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestUsedIconsFindsCallsAndFields(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.templ", "@Icon(\"bell\")\n// Icon(\"commented\")\n@ui.LinkButton(ui.Primary, \"plus\", \"新建\", href)\n")
	put(t, dir, "b.go", "x := NavItem{Text: \"村\", Icon: \"users\"}\n")
	put(t, dir, "b_templ.go", "Icon(\"generated\")\n")
	got, err := usedIcons(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"bell", "plus", "users"}; !slices.Equal(got, want) {
		t.Errorf("used icons %v, want %v", got, want)
	}
}

func TestIconSprite(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "bell.svg", "<!-- tags -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\">\n  <path d=\"M1 2\" />\n  <path d=\"M3 4\" />\n</svg>\n")
	sprite, err := iconSprite(dir, []string{"bell"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(sprite, []byte(`<symbol id="bell"`)) || !bytes.Contains(sprite, []byte(`<path d="M1 2"/><path d="M3 4"/></symbol>`)) {
		t.Errorf("sprite lacks the icon: %s", sprite)
	}
	if _, err := iconSprite(dir, []string{"no-such"}); err == nil || !strings.Contains(err.Error(), "no-such") {
		t.Errorf("an unknown icon gives %v, want an error that names it", err)
	}
}

// TestProjectIconsExist holds that every icon a page names is in the icon
// package at its pinned version, where that package is installed.
func TestProjectIconsExist(t *testing.T) {
	dir := filepath.Join("..", "..", "internal/web/asset/node_modules/@tabler/icons/icons/outline")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("npm packages are not installed")
	}
	names, err := usedIcons(filepath.Join("..", "..", "internal"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 30 {
		t.Errorf("only %d icons found; the scan lost its patterns", len(names))
	}
	if _, err := iconSprite(dir, names); err != nil {
		t.Error(err)
	}
}

func TestWriteReplacesOldFiles(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, ".gitkeep", "")
	put(t, dir, "app-old.css", "old")
	if _, err := write(dir, map[string][]byte{"app.css": []byte("body{}")}); err != nil {
		t.Fatal(err)
	}
	name := hashed("app.css", []byte("body{}"))
	var names []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{".gitkeep", name, name + ".gz", "manifest.json"}; !slices.Equal(names, want) {
		t.Fatalf("files %v, want %v", names, want)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil || !strings.Contains(string(manifest), `"app.css": "`+name+`"`) {
		t.Errorf("manifest %s, %v", manifest, err)
	}
	packed, err := os.Open(filepath.Join(dir, name+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); err != nil || string(text) != "body{}" {
		t.Errorf("unpacked %q, %v", text, err)
	}
}

func TestHashedNameFollowsContent(t *testing.T) {
	a, b := hashed("app.css", []byte("a")), hashed("app.css", []byte("b"))
	if a == b || !strings.HasPrefix(a, "app-") || !strings.HasSuffix(a, ".css") {
		t.Errorf("names %q and %q", a, b)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
