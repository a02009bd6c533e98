package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// content reads the generated files of a folder by their names. A workbook is
// compared by what is packed in it, because the packing itself may change with
// the compiler's compression code.
func content(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if d.IsDir() && name == "gen" {
			return filepath.SkipDir
		}
		if d.IsDir() || strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".md") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(name, ".xlsx") {
			out[name] = raw
			return nil
		}
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return err
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				return err
			}
			part, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			r.Close()
			out[name+"/"+f.Name] = part
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCommittedFilesAreFresh generates all files anew and compares.
func TestCommittedFilesAreFresh(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	want, got := content(t, committed), content(t, dir)
	if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
		t.Fatalf("committed %v\ngenerated %v", a, b)
	}
	for name := range want {
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s is not what the generator writes: run go generate ./demo", name)
		}
	}
}

// TestSizeAndLimits keeps the folder under 4 MB and the numbers of README.md true.
func TestSizeAndLimits(t *testing.T) {
	total := int64(0)
	err := filepath.WalkDir(committed, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			i, _ := d.Info()
			total += i.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total >= 4_000_000 {
		t.Errorf("the demonstration's files take %d bytes", total)
	}
	readme, err := os.ReadFile(filepath.Join(committed, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"units.xlsx", "institutions.xlsx", "offices.xlsx", "roster.xlsx", "arrivals.xlsx", "movements.xlsx", "households.csv", "village-roster.csv"} {
		first := "序号"
		switch f {
		case "units.xlsx":
			first = "党组织全称(按公章)"
		case "households.csv":
			first = "户号"
		case "village-roster.csv":
			first = "姓名"
		}
		n := len(table(t, f, first))
		for line := range strings.SplitSeq(string(readme), "\n") {
			if strings.HasPrefix(line, "| `"+f) && !strings.HasSuffix(line, " "+itoa(n)+" |") {
				t.Errorf("%s has %d rows, README says %s", f, n, line)
			}
		}
	}
}
