package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

// Store is a folder of attachments. Its methods may be called concurrently.
type Store struct{ dir string }

// Open makes the folder if needed and clears away what an interrupted write left behind.
func Open(dir string) (*Store, error) {
	tmp := filepath.Join(dir, "tmp")
	if err := os.RemoveAll(tmp); err != nil {
		return nil, fmt.Errorf("files in %s: %w", dir, err)
	}
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, fmt.Errorf("files in %s: %w", dir, err)
	}
	return &Store{dir}, nil
}

// Stored says what was stored.
type Stored struct {
	Hash string // SHA-256, 64 hex digits
	Size int64  // bytes
	Type string // media type as sniffed
}

// ErrMissing says that no file of a hash is stored.
var ErrMissing = errors.New("no such file")

// Put stores what r gives, at most limit bytes, under the name that the person gave the file. It returns a *Refusal when the
// file is too large, of no accepted type, or not what its name claims; then nothing is kept.
func (s *Store) Put(ctx context.Context, r io.Reader, name string, limit int64) (Stored, error) {
	f, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "put-*")
	if err != nil {
		return Stored{}, err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left to remove
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, h), io.LimitReader(reader{ctx, r}, limit+1))
	if err != nil {
		return Stored{}, err
	}
	if n > limit {
		return Stored{}, tooLarge(limit)
	}
	kind, err := sniff(f, n, name)
	if err != nil {
		return Stored{}, err
	}
	st := Stored{Hash: hex.EncodeToString(h.Sum(nil)), Size: n, Type: kind}
	return st, s.keep(f, st)
}

// keep gives a written file its name. An undamaged file of that name is left alone; a damaged one is replaced.
func (s *Store) keep(f *os.File, st Stored) error {
	path := s.path(st.Hash)
	if _, err := s.check(st.Hash); err == nil {
		return nil
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	for _, dir := range []string{filepath.Dir(path), s.dir} {
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// File is a stored file that is open for reading.
type File struct {
	io.ReadCloser
	Size int64
}

// Open opens a stored file. The error wraps [ErrMissing] when there is none of that hash.
func (s *Store) Open(hash string) (File, error) {
	if !wellFormed(hash) {
		return File{}, fmt.Errorf("file %q: %w", hash, ErrMissing)
	}
	f, err := os.Open(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, fmt.Errorf("file %s: %w", hash, ErrMissing)
	}
	if err != nil {
		return File{}, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return File{}, err
	}
	return File{f, info.Size()}, nil
}

// Remove deletes a stored file, which the law asked for; that there is none is no error.
func (s *Store) Remove(hash string) error {
	if !wellFormed(hash) {
		return fmt.Errorf("file %q: %w", hash, ErrMissing)
	}
	if err := os.Remove(s.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := syncDir(filepath.Dir(s.path(hash))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Check reads a stored file whole and holds it against its hash. The error wraps [ErrMissing] when there is none, and is a
// *Damaged when its bytes are others.
func (s *Store) Check(hash string) (size int64, err error) {
	if !wellFormed(hash) {
		return 0, fmt.Errorf("file %q: %w", hash, ErrMissing)
	}
	return s.check(hash)
}

func (s *Store) check(hash string) (int64, error) {
	f, err := s.Open(hash)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return n, &Damaged{Hash: hash, Err: err}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != hash {
		return n, &Damaged{Hash: hash, Err: fmt.Errorf("content has hash %s", got)}
	}
	return n, nil
}

// Damaged says that a stored file is no longer what was stored.
type Damaged struct {
	Hash string
	Err  error
}

// Error names the file.
func (d *Damaged) Error() string { return fmt.Sprintf("附件 %s 已损坏：%v", d.Hash, d.Err) }

// Unwrap gives what was found.
func (d *Damaged) Unwrap() error { return d.Err }

// Verify reads every stored file and holds it against its name. It returns how many were read and the damaged ones in order of
// hash; err is for a folder that cannot be read at all.
func (s *Store) Verify(ctx context.Context) (files int, damaged []*Damaged, err error) {
	err = s.each(func(hash string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		files++
		_, err := s.check(hash)
		var d *Damaged
		if errors.As(err, &d) {
			damaged = append(damaged, d)
			return nil
		}
		return err
	})
	return files, damaged, err
}

// Hashes lists every stored file, sorted: what a back-up copies.
func (s *Store) Hashes() ([]string, error) {
	var all []string
	err := s.each(func(hash string) error {
		all = append(all, hash)
		return nil
	})
	return all, err
}

func (s *Store) each(f func(hash string) error) error {
	dirs, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	sort.Slice(dirs, func(i, j int) bool { return dirs[i].Name() < dirs[j].Name() })
	for _, d := range dirs {
		if len(d.Name()) != 2 {
			continue
		}
		names, err := os.ReadDir(filepath.Join(s.dir, d.Name()))
		if err != nil {
			return err
		}
		for _, n := range names {
			if !wellFormed(n.Name()) {
				continue
			}
			if err := f(n.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) path(hash string) string { return filepath.Join(s.dir, hash[:2], hash) }

func wellFormed(hash string) bool {
	b, err := hex.DecodeString(hash)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == hash
}

// reader stops an upload whose request has ended.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}
