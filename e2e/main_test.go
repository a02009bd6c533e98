package e2e

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"cunju/demo"
	"cunju/e2e/browser"
)

// common is what all journeys share: made once, by the first that asks.
var common struct {
	binary, town string // the program, and the data folder of the fresh demonstration town
	facts        demo.Facts
	axe          browser.Axe
	chromium     *browser.Browser
}

// root is the top of the repository, seen from this package.
const root = ".."

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if workshop, err = os.MkdirTemp("", "cunju-e2e-"); err == nil {
		towns, err = os.MkdirTemp(ramFolder(), "cunju-e2e-")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if common.chromium != nil {
		if err := common.chromium.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if err := errors.Join(os.RemoveAll(workshop), os.RemoveAll(towns)); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// workshop is the folder of this run, towns the one for data: programs cannot be started from memory everywhere.
var workshop, towns string

// prepare builds the program and the town.
var prepare = sync.OnceValue(func() (err error) {
	if common.facts, err = demo.LoadFacts(); err != nil {
		return err
	}
	common.binary, common.town = filepath.Join(workshop, "cunju"), filepath.Join(towns, "town")
	if dir := os.Getenv("CUNJU_E2E_DIR"); dir != "" {
		common.binary, common.town = filepath.Join(dir, "cunju"), filepath.Join(dir, "town")
	}
	if runtime.GOOS == "windows" {
		common.binary += ".exe"
	}
	if _, err := os.Stat(common.binary); err != nil {
		if out, err := command("go", "build", "-buildvcs=false", "-o", common.binary, "./cmd/cunju"); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
	}
	// A town that stands already is left as it is.
	if out, err := command(common.binary, "demo", "--data", common.town, "--no-serve"); err != nil {
		return fmt.Errorf("cunju demo: %w\n%s", err, out)
	}
	return nil
})

// prepareBrowser starts the browser.
var prepareBrowser = sync.OnceValue(func() (err error) {
	path := browser.Find()
	if path == "" {
		return errNone
	}
	if common.axe, err = browser.LoadAxe(filepath.Join(root, "internal/web/asset/node_modules/axe-core/axe.min.js")); err != nil {
		return err
	}
	common.chromium, err = browser.Start(path, filepath.Join(workshop, "browser"))
	return err
})

var errNone = errors.New("no Chromium in PATH (scripts/needs says how to get it)")

// command runs a program in the repository's root and answers all it printed.
func command(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = root
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// needTown prepares binary and town.
func needTown(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("journeys take minutes")
	}
	if err := prepare(); err != nil {
		t.Fatal(err)
	}
}

// needBrowser prepares everything, or skips where there is no browser and none is required.
func needBrowser(t *testing.T) {
	t.Helper()
	needTown(t)
	if _, err := os.Stat(filepath.Join(root, "internal/web/dist/manifest.json")); err != nil && !browser.Required() {
		t.Skip("pages have no styles: run make assets")
	}
	if err := prepareBrowser(); err != nil {
		if !browser.Required() {
			t.Skip(err)
		}
		t.Fatal(err)
	}
}

// copyTown makes a copy of the fresh town and answers its folder.
func copyTown(t *testing.T) string {
	t.Helper()
	needTown(t)
	dir, err := os.MkdirTemp(towns, "data-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.CopyFS(dir, os.DirFS(common.town)); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600) // keys that others may read are refused, and copying forgets modes
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// file names a file of the demonstration.
func file(name string) string { return filepath.Join(root, "demo", filepath.FromSlash(name)) }

// tail keeps the last part of what a program prints.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (b *tail) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.text = append(b.text, p...); len(b.text) > 64<<10 {
		b.text = b.text[len(b.text)-32<<10:]
	}
	return len(p), nil
}

func (b *tail) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return string(b.text)
}

var _ io.Writer = (*tail)(nil)
