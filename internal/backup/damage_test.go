package backup

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/db"
)

// damage verifies a changed copy of an archive and answers what is said of it.
func damage(t *testing.T, raw []byte) *Damaged {
	t.Helper()
	path := filepath.Join(t.TempDir(), "changed.zip")
	must(t, os.WriteFile(path, raw, 0o600))
	_, err := Verify(t.Context(), path, nil)
	var d *Damaged
	if !errors.As(err, &d) {
		t.Errorf("a changed archive: %v", err)
		return &Damaged{}
	}
	return d
}

// A byte changed inside any part is found, and the part and, in the journal, the entry are named.
func TestAFlippedByteIsNamed(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	path := archiveOf(t, p)
	raw, err := os.ReadFile(path)
	must(t, err)
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	for _, f := range z.File {
		at, err := f.DataOffset()
		must(t, err)
		for _, part := range []int64{1, 2, 3} {
			changed := append([]byte(nil), raw...)
			i := at + int64(f.CompressedSize64)*part/4
			changed[i] ^= 0x10
			d := damage(t, changed)
			if f.Name == "manifest.json" {
				continue // the manifest names the others; it is found by the digest of the whole
			}
			if d.Part != f.Name {
				t.Errorf("%s, byte %d: named %q (%s)", f.Name, i, d.Part, d.What)
			}
			if strings.HasSuffix(f.Name, "acts.jsonl") && (d.Entry < 0 || d.Entry >= acts+2) {
				t.Errorf("%s, byte %d: names no entry: %v", f.Name, i, d)
			}
		}
	}
}

// No byte is without a guard: headers and directory of the zip included.
func TestEveryByteCounts(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	raw, err := os.ReadFile(archiveOf(t, p))
	must(t, err)
	step := len(raw) / 150
	for i := 0; i < len(raw); i += step {
		changed := append([]byte(nil), raw...)
		changed[i] ^= 1
		damage(t, changed)
	}
	for i := len(raw) - 100; i < len(raw); i++ {
		changed := append([]byte(nil), raw...)
		changed[i] ^= 1
		damage(t, changed)
	}
	for _, n := range []int{0, 1, len(raw) / 2, len(raw) - 1} {
		damage(t, raw[:n])
	}
	damage(t, append(append([]byte(nil), raw...), 0))
	damage(t, []byte("序号,姓名\n1,王芳\n"))
}

func TestNothingIsRestoredFromADamagedArchive(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	path := archiveOf(t, p)
	raw, err := os.ReadFile(path)
	must(t, err)
	raw[len(raw)/2] ^= 4
	must(t, os.WriteFile(path, raw, 0o600))
	other := fresh(t, db.SQLite)
	var d *Damaged
	if _, err := Restore(t.Context(), path, other.target(t), nil); !errors.As(err, &d) {
		t.Fatalf("restore: %v", err)
	}
	j, err := other.target(t).prepare(t.Context())
	must(t, err)
	j.Close()
	if err := other.target(t).empty(t.Context()); err != nil {
		t.Errorf("something was restored: %v", err)
	}
	if hashes, _ := other.store.Hashes(); len(hashes) > 0 {
		t.Error("attachments were restored")
	}
}

// An act that somebody changed in the database goes into an archive, but not unnoticed.
func TestAChangedActIsFoundInTheArchive(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	_, err := p.main.Exec(t.Context(), `UPDATE journal_act SET payload = replace(payload, '王<41>', '张<41>') WHERE town = $1 AND n = $2`, town, int64(42))
	must(t, err)
	_, err = Verify(t.Context(), archiveOf(t, p), nil)
	var d *Damaged
	if !errors.As(err, &d) || d.Entry != 42 {
		t.Errorf("%v", err)
	}
}
