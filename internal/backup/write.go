package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"cunju/internal/db"
	"cunju/internal/files"
)

// Source is what is backed up.
type Source struct {
	DB, Keys   *db.DB // the database, and the one of persons' keys
	Files      *files.Store
	Towns      []string
	Version    string            // of the program
	Made       time.Time         // when
	Secrets    *Secrets          // nil: leave the keys out
	Passphrase string            // what Secrets are sealed under
	Settings   map[string]string // public settings of the data folder, by file
}

// commentHead begins the zip's comment; the digest of all bytes before the digest follows and ends the file.
const commentHead = "cunju-backup sha256 "

// digestLength is that of a SHA-256 in hex.
const digestLength = 2 * sha256.Size

// Write makes an archive at path, which must not exist. While people work on, it holds the state of one moment. On an error
// no file is left.
func Write(ctx context.Context, path string, src Source, progress Progress) (*Manifest, error) {
	return write(ctx, path, src, format, progress)
}

func write(ctx context.Context, path string, src Source, format string, progress Progress) (m *Manifest, err error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s: %w", path, os.ErrExist)
	}
	draft := path + ".part"
	file, err := os.OpenFile(draft, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() {
		file.Close()
		if err != nil {
			os.Remove(draft)
		}
	}()
	w := &writer{zip: zip.NewWriter(file), m: &Manifest{Format: format, Made: src.Made.UTC(), Version: src.Version,
		Engine: string(src.DB.Engine()), Keys: src.Secrets != nil, Settings: src.Settings}, progress: progress}
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	// The database is read under one snapshot. Keys and attachments are stored before the acts that need them, so what is
	// read after the snapshot began has all of them.
	err = src.DB.View(ctx, func(tx *db.Tx) error { return w.all(ctx, tx, src) })
	if err != nil {
		return nil, err
	}
	if err := w.zip.SetComment(commentHead + strings.Repeat("0", digestLength)); err != nil {
		return nil, err
	}
	if err := w.zip.Close(); err != nil {
		return nil, err
	}
	return w.m, finish(file, draft, path)
}

// writer is an archive in the making.
type writer struct {
	zip      *zip.Writer
	m        *Manifest
	progress Progress
}

func (w *writer) all(ctx context.Context, tx *db.Tx, src Source) error {
	if err := w.bytes("README.txt", []byte(readme(src))); err != nil {
		return err
	}
	for _, town := range src.Towns {
		if err := w.town(ctx, tx, src.Keys, town); err != nil {
			return fmt.Errorf("back up %s: %w", town, err)
		}
	}
	if err := w.files(ctx, src.Files); err != nil {
		return err
	}
	if src.Secrets != nil {
		err := w.part(secretsPart, zip.Store, func(out io.Writer) (int64, error) { return 0, src.Secrets.seal(out, src.Passphrase) })
		if err != nil {
			return err
		}
	}
	list, err := json.MarshalIndent(w.m, "", " ")
	if err != nil {
		return err
	}
	return w.bytes("manifest.json", list)
}

func (w *writer) town(ctx context.Context, tx *db.Tx, keys *db.DB, town string) error {
	head, err := db.One[struct {
		Origin string
		Size   int64
		Root   []byte
	}](ctx, tx, `SELECT origin, size, root FROM journal_head WHERE town = $1`, town)
	if err != nil {
		return err
	}
	w.m.Towns = append(w.m.Towns, Town{town, head.Origin, head.Size, head.Root})
	parts := partsOf(w.m.Format)
	for i, p := range parts {
		w.progress.tell(p.title, int64(i), int64(len(parts)))
		var q db.Querier = tx
		if p.keys {
			q = keys
		}
		err := w.part(p.name(town), zip.Deflate, func(out io.Writer) (int64, error) { return writeRows(ctx, q, out, p.table, town) })
		if err != nil {
			return err
		}
	}
	return nil
}

// files copies the attachments. One that is damaged already is left out and named: the rest must be saved all the same.
func (w *writer) files(ctx context.Context, store *files.Store) error {
	hashes, err := store.Hashes()
	if err != nil {
		return err
	}
	for i, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.progress.tell("附件", int64(i), int64(len(hashes)))
		var damaged *files.Damaged
		if _, err := store.Check(hash); errors.As(err, &damaged) {
			w.m.Skipped = append(w.m.Skipped, hash)
			continue
		} else if err != nil {
			return err
		}
		err := w.part(filePrefix+hash, zip.Store, func(out io.Writer) (int64, error) {
			f, err := store.Open(hash)
			if err != nil {
				return 0, err
			}
			defer f.Close()
			_, err = io.Copy(out, f)
			return 0, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const filePrefix = "files/"

// part writes one file of the archive and notes its digest.
func (w *writer) part(name string, method uint16, fill func(io.Writer) (rows int64, err error)) error {
	out, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.m.Made})
	if err != nil {
		return err
	}
	digest := sha256.New()
	size := counter(0)
	rows, err := fill(io.MultiWriter(out, digest, &size))
	if err != nil {
		return err
	}
	w.m.Parts = append(w.m.Parts, Part{Name: name, SHA256: hex.EncodeToString(digest.Sum(nil)), Bytes: int64(size), Rows: rows})
	return nil
}

func (w *writer) bytes(name string, b []byte) error {
	return w.part(name, zip.Deflate, func(out io.Writer) (int64, error) {
		_, err := out.Write(b)
		return 0, err
	})
}

// counter counts bytes.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// finish writes the digest into the end of the comment, has everything on the disk, and gives the file its name.
func finish(file *os.File, draft, path string) error {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	digest, err := digestOf(io.NewSectionReader(file, 0, size-digestLength))
	if err != nil {
		return err
	}
	if _, err := file.WriteAt([]byte(digest), size-digestLength); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(draft, path)
}

func digestOf(r io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
