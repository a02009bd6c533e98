package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"cunju/internal/web/ui"
)

//go:embed all:dist
var dist embed.FS

// Dist are the built assets inside the binary. On a fresh clone nothing is built
// yet; the pages then say what to run.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	return sub
}

// assetsPath is where the built files are served.
const assetsPath = "/assets/"

// assetsMissing is shown on every page while the styles are not built.
var assetsMissing = ui.Flash{
	Tone:   ui.Warn,
	Text:   "页面样式还没有生成，页面可以使用，但不好看。",
	Detail: "请管理员在程序源代码目录运行 make assets，再重新启动。",
}

// assetStore serves the built files from memory, already compressed.
type assetStore struct {
	links   ui.Assets
	files   map[string]*asset
	missing bool
}

type asset struct {
	mediaType string
	plain     []byte
	packed    []byte
	immutable bool
}

// loadAssets reads manifest.json, which maps each logical name (app.css) to its
// hashed one (app-5f2c.css), and the files it names. No manifest is no error.
func loadAssets(dir fs.FS) (*assetStore, error) {
	s := &assetStore{files: map[string]*asset{}}
	var manifest map[string]string
	b, err := fs.ReadFile(dir, "manifest.json")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.missing = true
	case err != nil:
		return nil, fmt.Errorf("assets: %w", err)
	default:
		if err := json.Unmarshal(b, &manifest); err != nil {
			return nil, fmt.Errorf("assets: manifest.json: %w", err)
		}
	}
	for logical, built := range manifest {
		data, err := fs.ReadFile(dir, built)
		if err != nil {
			return nil, fmt.Errorf("assets: %s: %w", logical, err)
		}
		a := &asset{mediaType: mediaType(built), plain: data, immutable: built != logical}
		// The build leaves a better compressed copy beside each text file.
		if a.packed, err = fs.ReadFile(dir, built+".gz"); err != nil && compressible(a.mediaType) {
			a.packed = pack(data)
		}
		s.files[assetsPath+built] = a
	}
	s.links = ui.NewAssets(func(name string) string {
		if built, ok := manifest[name]; ok {
			return assetsPath + built
		}
		return assetsPath + name
	})
	return s, nil
}

// mediaType goes by the file's ending and does not ask the machine's tables,
// which differ between systems.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".map", ".json":
		return "application/json"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// ServeHTTP sends one built file; hashed names are kept for a year.
func (s *assetStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := s.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Cache-Control", "no-cache")
	if a.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body, tag := a.plain, entityTag(a.plain)
	if a.packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			body, tag = a.packed, strings.TrimSuffix(tag, `"`)+`-gz"`
		}
	}
	sendBytes(w, r, http.StatusOK, body, tag, time.Time{})
}
