package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/files"
	"cunju/internal/journal"
)

func TestRestoresIntoEitherEngine(t *testing.T) {
	for _, from := range []db.Engine{db.SQLite, db.Postgres} {
		for _, to := range []db.Engine{db.SQLite, db.Postgres} {
			t.Run(string(from)+" to "+string(to), func(t *testing.T) {
				old := fresh(t, from)
				fill(t, old)
				path := archiveOf(t, old)
				m, err := Verify(t.Context(), path, nil)
				must(t, err)
				if len(m.Towns) != 1 || m.Towns[0].Size != acts+2 || m.Keys || m.Engine != string(from) {
					t.Errorf("manifest %+v", m)
				}
				other := fresh(t, to)
				_, err = Restore(t.Context(), path, other.target(t), nil)
				must(t, err)
				was, is := dump(t, old), dump(t, other)
				for part := range was {
					if was[part] == "" {
						t.Errorf("%s: the test fills nothing in", part)
					}
					if was[part] != is[part] {
						t.Errorf("%s differs after the restore", part)
					}
				}
				hashes, err := other.store.Hashes()
				must(t, err)
				if len(hashes) != 1 {
					t.Fatalf("attachments: %v", hashes)
				}
				if _, err := other.store.Check(hashes[0]); err != nil {
					t.Error(err)
				}
				j, err := journal.Open(t.Context(), other.main, book(t), journal.Options{})
				must(t, err)
				defer j.Close()
				if _, diffs, err := j.CheckProjections(t.Context(), town, nil); err != nil || len(diffs) > 0 {
					t.Errorf("projections: %v %v", diffs, err)
				}
			})
		}
	}
}

// The archive's columns are a format of their own; this holds them against the tables as they are created today.
func TestColumnsAreThoseOfTheTables(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		target := Target{DB: d, Keys: dbtest.SQLite(t), Book: book(t)}
		j, err := target.prepare(t.Context())
		must(t, err)
		j.Close()
		for _, rp := range append([]rowPart{{table: headTable}, {table: tileTable}}, rowParts...) {
			q := target.DB
			if rp.keys {
				q = target.Keys
			}
			rows, err := q.Query(t.Context(), `SELECT * FROM `+rp.table.Name+` LIMIT 0`)
			must(t, err)
			names, err := rows.Columns()
			rows.Close()
			must(t, err)
			var want []string
			for _, c := range rp.table.Columns {
				want = append(want, c.Name)
			}
			if strings.Join(names, " ") != strings.Join(want, " ") {
				t.Errorf("%s has columns %v, the archive %v", rp.table.Name, names, want)
			}
		}
	})
}

// Archives from before the view log was chained are read too, and its rows are chained then.
func TestArchivesOfTheFirstFormatAreRestored(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			old := fresh(t, db.SQLite)
			fill(t, old)
			path := filepath.Join(t.TempDir(), "town.zip")
			_, err := write(t.Context(), path, old.source(), firstFormat, nil)
			must(t, err)
			into := fresh(t, engine)
			_, err = Restore(t.Context(), path, into.target(t), nil)
			must(t, err)
			if was, is := dump(t, old), dump(t, into); was[chained.file] != is[chained.file] || is[chained.file] == "" {
				t.Errorf("the view log reads\n%s\nwas\n%s", is[chained.file], was[chained.file])
			}
			a, err := access.Log{Town: town}.Audit(t.Context(), into.main)
			if must(t, err); a.Fault != "" || a.Rows != 1 {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestRefusesATargetThatIsNotEmpty(t *testing.T) {
	old := fresh(t, db.SQLite)
	fill(t, old)
	path := archiveOf(t, old)
	before := dump(t, old)
	if _, err := Restore(t.Context(), path, old.target(t), nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("restore over itself: %v", err)
	}
	for part, rows := range dump(t, old) {
		if rows != before[part] {
			t.Errorf("%s was changed", part)
		}
	}
}

func TestNeverOverwritesAFile(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	path := filepath.Join(t.TempDir(), "there.zip")
	must(t, os.WriteFile(path, []byte("mine"), 0o600))
	if _, err := Write(t.Context(), path, p.source(), nil); !errors.Is(err, os.ErrExist) {
		t.Errorf("%v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "mine" {
		t.Error("the file that was there is changed")
	}
}

func TestAFailedBackupLeavesNothing(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	src := p.source()
	src.Towns = append(src.Towns, "321002004") // there is no such town
	folder := t.TempDir()
	if _, err := Write(t.Context(), filepath.Join(folder, "a.zip"), src, nil); err == nil {
		t.Error("a town that does not exist was backed up")
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestDamagedAttachmentIsLeftOutAndNamed(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	hashes, err := p.store.Hashes()
	must(t, err)
	must(t, os.WriteFile(filepath.Join(p.folder, hashes[0][:2], hashes[0]), []byte("changed"), 0o600))
	path := filepath.Join(t.TempDir(), "a.zip")
	m, err := Write(t.Context(), path, p.source(), nil)
	must(t, err)
	if len(m.Skipped) != 1 || m.Skipped[0] != hashes[0] {
		t.Errorf("skipped %v", m.Skipped)
	}
	other := fresh(t, db.SQLite)
	_, err = Restore(t.Context(), path, other.target(t), nil)
	must(t, err)
	if _, err := other.store.Check(hashes[0]); !errors.Is(err, files.ErrMissing) {
		t.Errorf("the damaged file came back: %v", err)
	}
}

func TestKeysTravelUnderAPassphraseOnly(t *testing.T) {
	p := fresh(t, db.SQLite)
	fill(t, p)
	path := filepath.Join(t.TempDir(), "a.zip")
	src := p.source()
	src.Secrets = &Secrets{Master: "master-key-text", Logs: map[string]string{town: "log-key-text"}}
	src.Passphrase = "correct horse battery"
	_, err := Write(t.Context(), path, src, nil)
	must(t, err)
	raw, err := os.ReadFile(path)
	must(t, err)
	if strings.Contains(string(raw), "master-key-text") || strings.Contains(string(raw), "log-key-text") {
		t.Error("a key lies open in the archive")
	}
	s, err := OpenSecrets(path, src.Passphrase)
	must(t, err)
	if s.Master != src.Secrets.Master || s.Logs[town] != src.Secrets.Logs[town] {
		t.Errorf("keys came back as %+v", s)
	}
	if _, err := OpenSecrets(path, "something else"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("with another passphrase: %v", err)
	}
	if s, err := OpenSecrets(archiveOf(t, p), "x"); s != nil || err != nil {
		t.Errorf("an archive without keys: %v %v", s, err)
	}
}
