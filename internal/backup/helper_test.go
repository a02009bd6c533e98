package backup

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/account"
)

const town = "321002003"

// acts is how many persons a filled town registers: with the others more than two full tiles.
const acts = 600

func book(t testing.TB) *journal.Book {
	t.Helper()
	b, err := journal.NewBook(org.Slice(), people.Slice())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// place is databases and a folder of attachments.
type place struct {
	main, keys *db.DB
	folder     string
	store      *files.Store
}

func fresh(t *testing.T, engine db.Engine) place {
	t.Helper()
	p := place{keys: dbtest.SQLite(t), folder: filepath.Join(t.TempDir(), "files")}
	if engine == db.Postgres {
		p.main = dbtest.Postgres(t)
	} else {
		p.main = dbtest.SQLite(t)
	}
	var err error
	if p.store, err = files.Open(p.folder); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p place) target(t *testing.T) Target {
	return Target{DB: p.main, Keys: p.keys, Files: p.folder, Book: book(t)}
}

var made = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

func (p place) source() Source {
	return Source{DB: p.main, Keys: p.keys, Files: p.store, Towns: []string{town}, Version: "test", Made: made}
}

// fill founds a town with something in every part of an archive: acts, an erased one, a checkpoint, a recorded form, an
// account, a log-in, a view, keys, an attachment.
func fill(t *testing.T, p place) {
	t.Helper()
	ctx := t.Context()
	j, err := journal.Open(ctx, p.main, book(t), journal.Options{})
	must(t, err)
	defer j.Close()
	must(t, j.Found(ctx, town, "cunju.example/"+town))
	must(t, p.main.Migrate(ctx, "access", access.Migrations()))
	must(t, account.Migrate(ctx, p.main))
	ring, err := keyring.Open(ctx, p.keys, keyring.Master{1})
	must(t, err)
	vault := people.Vault{Ring: ring, Town: town}
	list := make([]people.Details, acts)
	for i := range list {
		list[i] = people.Details{Name: fmt.Sprintf("王<%d>\"\\", i), Phone: fmt.Sprintf("138%08d", i)}
	}
	sealed, err := vault.Enrolments(ctx, list)
	must(t, err)
	record := func(key string, do func(ctx context.Context, w *journal.Writer) error) {
		t.Helper()
		_, err := j.Record(ctx, town, journal.Request{Key: key, Input: []byte{0, 1, 0xff}, By: journal.By{System: true}, Decide: do})
		must(t, err)
	}
	record("form-1", func(ctx context.Context, w *journal.Writer) error {
		_, err := journal.Add(ctx, w, org.KindEstablish, w.Today(), nil, org.Establish{Kind: "town", Name: "文峰街道", Code: town})
		return err
	})
	var erase int64
	record("", func(ctx context.Context, w *journal.Writer) error {
		for _, e := range sealed {
			id, err := journal.Add(ctx, w, people.KindEnrol, w.Today(), nil, e)
			if err != nil {
				return err
			}
			erase = id
		}
		return nil
	})
	record("", func(ctx context.Context, w *journal.Writer) error {
		_, err := w.Erase(ctx, journal.Erasure{Targets: []int64{erase}, Basis: "《个人信息保护法》第四十七条"})
		return err
	})
	key, err := journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), "cunju.example/"+town)
	must(t, err)
	_, err = j.Sign(ctx, town, key)
	must(t, err)
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 8, 1
	_, err = account.NewStore(account.Config{DB: p.main, Town: town, Settings: set}).Create(ctx, account.New{Login: "wangfang", Name: "王芳", Person: 1, Password: "Qx7-mountain"})
	must(t, err)
	views := access.Log{Town: town, Clock: time.Now}
	must(t, p.main.Update(ctx, func(tx *db.Tx) error {
		return views.Record(ctx, tx, access.View{Subject: 3, Viewer: 1, Act: access.PeopleRead, Page: "/desk/people/3", What: "基本信息"})
	}))
	_, err = p.store.Put(ctx, bytes.NewReader(pdf), "决议.pdf", 1<<20)
	must(t, err)
}

var pdf = []byte("%PDF-1.4\n" + "1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// archiveOf writes an archive of a place.
func archiveOf(t *testing.T, p place) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "town.zip")
	if _, err := Write(t.Context(), path, p.source(), nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// dump is every row of every part, as archives write them.
func dump(t *testing.T, p place) map[string]string {
	t.Helper()
	out := map[string]string{}
	tables := []rowPart{{file: "head", table: headTable}, {file: "tiles", table: tileTable}}
	for _, rp := range append(tables, rowParts...) {
		q := p.main
		if rp.keys {
			q = p.keys
		}
		var b bytes.Buffer
		if _, err := writeRows(t.Context(), q, &b, rp.table, town); err != nil {
			t.Fatal(err)
		}
		out[rp.file] = b.String()
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
