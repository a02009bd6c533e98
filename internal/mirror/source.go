package mirror

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Source is where a mirror's files are read.
type Source interface {
	// Read returns a file; an error is fs.ErrNotExist when there is none.
	Read(ctx context.Context, name string) ([]byte, error)
	// Names lists all files, in order. ok is false where files cannot be listed.
	Names(ctx context.Context) (names []string, ok bool, err error)
}

// maxFile is the largest file that is read, in bytes.
const maxFile = 256 << 20

// Place is where a mirror lies.
type Place struct {
	Source
	Town  string // whose log is to be read, "" where the verifier finds that itself
	close func() error
}

// Close ends reading.
func (p Place) Close() error {
	if p.close == nil {
		return nil
	}
	return p.close()
}

// Open finds out what a place is: an address, of a log or of the board it belongs to, a zip file, or a folder. The error is
// [Absent] when there is no such place.
func Open(ctx context.Context, place string) (Place, error) {
	if IsAddress(place) {
		return site(ctx, place)
	}
	info, err := os.Stat(place)
	if err != nil {
		return Place{}, &Absent{fmt.Sprintf("没有 %s，或者打不开", place), err}
	}
	if info.IsDir() {
		return Place{Source: Folder(os.DirFS(place))}, nil
	}
	z, err := zip.OpenReader(place)
	if err != nil {
		return Place{}, fmt.Errorf("%s 不是完整的压缩包：%w", place, err)
	}
	return Place{Source: packed{folder{z}, place}, close: z.Close}, nil
}

// IsAddress reports whether a place is reached over a network.
func IsAddress(place string) bool {
	return strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://")
}

// folder is a mirror in a file system.
type folder struct{ fs fs.FS }

// Folder reads a mirror from a file system.
func Folder(f fs.FS) Source { return folder{f} }

func (f folder) Read(_ context.Context, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	file, err := f.fs.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("%s is larger than %d bytes", name, maxFile)
	}
	return b, err
}

func (f folder) Names(context.Context) (names []string, ok bool, err error) {
	err = fs.WalkDir(f.fs, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	slices.Sort(names)
	return names, true, err
}

// packed is a mirror in a zip file.
type packed struct {
	folder
	file string
}

// web is a mirror, or the server itself, behind an address.
type web struct {
	base   string
	client *http.Client
}

// Web reads from an address.
func Web(base string) Source {
	return web{strings.TrimRight(base, "/"), &http.Client{Timeout: time.Minute}}
}

func (w web) Read(ctx context.Context, name string) ([]byte, error) {
	var last error
	for try := range 3 { // a line that breaks off once is no fault of the log
		if try > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Duration(try) * time.Second):
			}
		}
		b, err := w.once(ctx, name)
		if err == nil || errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil {
			return b, err
		}
		last = err
	}
	return nil, last
}

func (w web) once(ctx context.Context, name string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.base+"/"+name, nil)
	if err != nil {
		return nil, err
	}
	resp, err := w.client.Do(r)
	if err != nil {
		return nil, unreached(w.base, err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	default:
		return nil, refused(w.base+"/"+name, resp)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxFile+1))
	if err != nil {
		return nil, unreached(w.base, err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, maxFile)
	}
	return b, nil
}

func (w web) Names(context.Context) ([]string, bool, error) { return nil, false, nil }

// served reads what a handler in this process would serve.
type served struct{ handler http.Handler }

// Served reads a log from the handler that serves it, without a network.
func Served(h http.Handler) Source { return served{h} }

func (s served) Read(ctx context.Context, name string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/"+name, nil)
	if err != nil {
		return nil, err
	}
	a := answer{status: http.StatusOK, header: http.Header{}}
	s.handler.ServeHTTP(&a, r)
	switch a.status {
	case http.StatusOK:
		return a.body, nil
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return nil, fmt.Errorf("%s: status %d", name, a.status)
}

// answer keeps what a handler writes.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a *answer) Header() http.Header    { return a.header }
func (a *answer) WriteHeader(status int) { a.status = status }
func (a *answer) Write(b []byte) (int, error) {
	a.body = append(a.body, b...)
	return len(b), nil
}

func (s served) Names(context.Context) ([]string, bool, error) { return nil, false, nil }

// dir writes into a folder.
type dir struct{ path string }

// Dir is a folder that a mirror is written into; folders are made as they are needed.
func Dir(path string) Into { return dir{path} }

func (d dir) Add(name string, data []byte) error {
	file := filepath.Join(d.path, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
