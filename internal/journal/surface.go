package journal

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// maxEntry is the longest entry of a bundle (C2SP tlog-tiles: uint16 length).
const maxEntry = 1<<16 - 1

// Surface serves a town's log to anyone: checkpoint, tiles, entry bundles, proofs, and the payloads of public acts, under
// /log/{town}/, and in /log/towns.txt which towns there are, a code on each line. Nothing here needs a log-in, and nothing here is personal: payloads that are not public are not served.
func (j *Journal) Surface() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /log/towns.txt", j.serve(j.serveTowns))
	mux.HandleFunc("GET /log/{town}/checkpoint", j.serve(j.serveCheckpoint))
	mux.HandleFunc("GET /log/{town}/tile/{path...}", j.serve(j.serveTile))
	mux.HandleFunc("GET /log/{town}/proof/{file}", j.serve(j.serveProof))
	mux.HandleFunc("GET /log/{town}/act/{file}", j.serve(j.serveAct))
	return mux
}

type served struct {
	data  []byte
	ctype string
	cache string
	file  string
}

const immutable = "public, max-age=31536000, immutable"

func (j *Journal) serve(f func(r *http.Request) (served, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		s, err := f(r)
		switch {
		case db.Kind(err) == db.NotFound:
			h.Set("Cache-Control", "no-store") // what is not there yet may come
			http.Error(w, "not found", http.StatusNotFound)
			return
		case err != nil:
			h.Set("Cache-Control", "no-store")
			http.Error(w, "temporarily unavailable", http.StatusServiceUnavailable)
			return
		}
		h.Set("Content-Type", s.ctype)
		h.Set("Cache-Control", s.cache)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Access-Control-Allow-Origin", "*") // a checker in any browser may read the log
		if s.file != "" {
			h.Set("Content-Disposition", `attachment; filename="`+s.file+`"`)
		}
		w.Write(s.data)
	}
}

func (j *Journal) serveTowns(r *http.Request) (served, error) {
	towns, err := j.Towns(r.Context())
	return served{[]byte(strings.Join(append(towns, ""), "\n")), "text/plain; charset=utf-8", "public, max-age=60", ""}, err
}

func (j *Journal) serveCheckpoint(r *http.Request) (served, error) {
	cp, err := Published(r.Context(), j.DB, r.PathValue("town"))
	return served{[]byte(cp.Note), "text/plain; charset=utf-8", "public, max-age=5", ""}, err
}

func (j *Journal) serveTile(r *http.Request) (served, error) {
	level, i, width, err := parseTilePath(r.PathValue("path"))
	if err != nil {
		return served{}, err
	}
	town := r.PathValue("town")
	cp, err := Published(r.Context(), j.DB, town)
	if err != nil {
		return served{}, err
	}
	var data []byte
	if level < 0 {
		data, err = j.bundle(r.Context(), town, i, width, cp.Size)
	} else {
		data, err = j.tile(r.Context(), town, level, i, width, cp.Size)
	}
	return served{data, "application/octet-stream", immutable, ""}, err
}

// tile returns width hashes of a tile; only what the newest checkpoint covers is served.
func (j *Journal) tile(ctx context.Context, town string, level, i, width, size int64) ([]byte, error) {
	if beyond(i, width, size>>(tileHeight*level)) {
		return nil, fmt.Errorf("tile is beyond the checkpoint: %w", db.ErrNotFound)
	}
	b, err := readTile(ctx, j.DB, town, level, i)
	if db.Kind(err) == db.NotFound {
		var r *hashReader
		if r, err = committed(ctx, j.DB, town); err == nil {
			b, err = r.tile(level, i)
		}
	}
	if err != nil {
		return nil, err
	}
	if int64(len(b)) < width*tlog.HashSize {
		return nil, fmt.Errorf("tile is shorter: %w", db.ErrNotFound)
	}
	return b[:width*tlog.HashSize], nil
}

// bundle returns width entries, each with its length as a big-endian uint16 before it.
func (j *Journal) bundle(ctx context.Context, town string, i, width, size int64) ([]byte, error) {
	if beyond(i, width, size) {
		return nil, fmt.Errorf("bundle is beyond the checkpoint: %w", db.ErrNotFound)
	}
	first := i * tileWidth
	next := first
	b := make([]byte, 0, width*160)
	err := db.Each(ctx, j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n >= $2 AND n < $3 ORDER BY n`,
		func(r sealedRow) error {
			if r.N != next {
				return &Damaged{town, fmt.Errorf("act %d is missing", next)}
			}
			next++
			e := r.entry(town)
			b = append(binary.BigEndian.AppendUint16(b, uint16(len(e))), e...)
			return nil
		}, town, first, first+width)
	if err == nil && next != first+width {
		err = &Damaged{town, fmt.Errorf("act %d is missing", next)}
	}
	return b, err
}

// beyond reports whether a tile of the given width reaches beyond n hashes or entries. Its number comes from anyone: it may be
// too large to multiply.
func beyond(i, width, n int64) bool { return i > n/tileWidth || i*tileWidth+width > n }

// parseTilePath reads <L>/<N>[.p/<W>] or entries/<N>[.p/<W>]; level −1 means entries. N comes in groups of three digits, all
// but the last with an x before it.
func parseTilePath(path string) (level, i, width int64, err error) {
	bad := fmt.Errorf("tile path %q: %w", path, db.ErrNotFound)
	head, rest, ok := strings.Cut(path, "/")
	if !ok {
		return 0, 0, 0, bad
	}
	level = -1
	if head != "entries" {
		if level, err = strconv.ParseInt(head, 10, 64); err != nil || level < 0 || level > 63 || strconv.FormatInt(level, 10) != head {
			return 0, 0, 0, bad
		}
	}
	width = tileWidth
	if n, w, partial := strings.Cut(rest, ".p/"); partial {
		if width, err = strconv.ParseInt(w, 10, 64); err != nil || width < 1 || width >= tileWidth || strconv.FormatInt(width, 10) != w {
			return 0, 0, 0, bad
		}
		rest = n
	}
	groups := strings.Split(rest, "/")
	if len(groups) > 6 {
		return 0, 0, 0, bad
	}
	for k, g := range groups {
		if k < len(groups)-1 {
			if g, ok = strings.CutPrefix(g, "x"); !ok {
				return 0, 0, 0, bad
			}
		}
		d, err := strconv.ParseUint(g, 10, 16)
		if err != nil || len(g) != 3 {
			return 0, 0, 0, bad
		}
		i = i*1000 + int64(d)
	}
	if len(groups) > 1 && groups[0] == "x000" {
		return 0, 0, 0, bad
	}
	return level, i, width, nil
}

func (j *Journal) serveProof(r *http.Request) (served, error) {
	n, err := numbered(r.PathValue("file"), ".tlog-proof")
	if err != nil {
		return served{}, err
	}
	p, err := j.Prove(r.Context(), r.PathValue("town"), n)
	return served{[]byte(p.String()), "text/plain; charset=utf-8", "public, max-age=5", fmt.Sprintf("%s-%d.tlog-proof", r.PathValue("town"), n)}, err
}

// PublicAct is what is published of a public act: the sealed entry, and the payload and salt that its commitment opens to.
type PublicAct struct {
	Entry   string `json:"entry"`
	Salt    string `json:"salt"` // base64
	Payload string `json:"payload"`
	Erased  int64  `json:"erased,omitempty"` // the act that tells that the law deleted salt and payload
}

// File is the published file, written in this one way only.
func (a PublicAct) File() ([]byte, error) { return json.MarshalIndent(a, "", " ") }

// Open returns an act's published form. The error is of kind [db.NotFound] when its kind is not public or it was erased.
func (j *Journal) Open(ctx context.Context, town string, n int64) (PublicAct, error) {
	row, err := db.One[fullRow](ctx, j.DB, `SELECT n, kind, recorded, effective, commitment, leaf, salt, payload FROM journal_act WHERE town = $1 AND n = $2`, town, n)
	if err != nil {
		return PublicAct{}, err
	}
	if !j.book.Public(row.Kind) {
		return PublicAct{}, fmt.Errorf("act %d of %s is not public: %w", n, town, db.ErrNotFound)
	}
	return row.opened(town)
}

// EntryOf is the entry that the log seals for an act, whether its payload still is there or not.
func EntryOf(ctx context.Context, q db.Querier, town string, n int64) ([]byte, error) {
	row, err := db.One[sealedRow](ctx, q, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, town, n)
	return row.entry(town), err
}

// OpenWithin is [Journal.Open] for an act of any kind, for a reader whom the caller has found entitled to its payload.
func (j *Journal) OpenWithin(ctx context.Context, town string, n int64) (PublicAct, error) {
	row, err := db.One[fullRow](ctx, j.DB, `SELECT n, kind, recorded, effective, commitment, leaf, salt, payload FROM journal_act WHERE town = $1 AND n = $2`, town, n)
	if err != nil {
		return PublicAct{}, err
	}
	return row.opened(town)
}

func (row fullRow) opened(town string) (PublicAct, error) {
	if row.Salt == nil {
		return PublicAct{}, fmt.Errorf("act %d of %s was erased: %w", row.N, town, db.ErrNotFound)
	}
	return PublicAct{Entry: string(row.seal().entry(town)), Salt: base64.StdEncoding.EncodeToString(row.Salt), Payload: string(row.Payload)}, nil
}

// tombstone is the published form of a public act that the law deleted: its entry, and which act tells of it.
func (j *Journal) tombstone(ctx context.Context, town string, n int64) (PublicAct, error) {
	a, err := Read(ctx, j.DB, town, n)
	if err != nil {
		return PublicAct{}, err
	}
	none := fmt.Errorf("act %d of %s is not public: %w", n, town, db.ErrNotFound)
	if !a.Erased || !j.book.Public(a.Kind) || len(a.On) == 0 {
		return PublicAct{}, none
	}
	history, err := Acts(ctx, j.DB, town, a.On[0])
	if err != nil {
		return PublicAct{}, err
	}
	for _, e := range history {
		var body Erasure
		if e.Kind != Erase.Name || json.Unmarshal(e.Body, &body) != nil {
			continue
		}
		if slices.ContainsFunc(body.Kept, func(k Kept) bool { return k.Act == n }) {
			row, err := db.One[sealedRow](ctx, j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, town, n)
			return PublicAct{Entry: string(row.entry(town)), Erased: e.N}, err
		}
	}
	return PublicAct{}, none
}

func (j *Journal) serveAct(r *http.Request) (served, error) {
	n, err := numbered(r.PathValue("file"), ".json")
	if err != nil {
		return served{}, err
	}
	a, err := j.Open(r.Context(), r.PathValue("town"), n)
	if db.Kind(err) == db.NotFound {
		a, err = j.tombstone(r.Context(), r.PathValue("town"), n)
	}
	if err != nil {
		return served{}, err
	}
	b, err := a.File()
	return served{b, "application/json; charset=utf-8", "public, max-age=60", ""}, err
}

func numbered(file, suffix string) (int64, error) {
	n, ok := decimal(strings.CutSuffix(file, suffix))
	if !ok {
		return 0, fmt.Errorf("%q: %w", file, db.ErrNotFound)
	}
	return n, nil
}
