package journal

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db/dbtest"
)

// served is a town's log on a web server.
func (y *toy) served() *httptest.Server {
	srv := httptest.NewServer(y.j.Surface())
	y.Cleanup(srv.Close)
	return srv
}

// get fetches a path and returns body and response.
func get(t testing.TB, address string) (string, *http.Response) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), resp
}

// checkWithFsck has Tessera's checker derive the whole log again over HTTP.
func checkWithFsck(t *testing.T, prefix, origin string, v note.Verifier) {
	t.Helper()
	u, err := url.Parse(prefix + "/")
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := client.NewHTTPFetcher(u, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	hashes := func(bundle []byte) ([][]byte, error) {
		var b api.EntryBundle
		if err := b.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		var out [][]byte
		for _, e := range b.Entries {
			out = append(out, rfc6962.DefaultHasher.HashLeaf(e))
		}
		return out, nil
	}
	if err := fsck.New(origin, v, fetcher, hashes, fsck.Opts{N: 4}).Check(t.Context()); err != nil {
		t.Errorf("fsck of %s: %v", origin, err)
	}
}

// checkWithTorchwood has another implementation read every entry and check proofs of some.
func checkWithTorchwood(t *testing.T, prefix string, key testKey) {
	t.Helper()
	policy, err := torchwood.ParsePolicy([]byte("log " + key.VKey + "\nquorum none\n"))
	if err != nil {
		t.Fatal(err)
	}
	cp, _ := get(t, prefix+"/checkpoint")
	tree, _, err := torchwood.VerifyCheckpoint([]byte(cp), policy)
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := torchwood.NewTileFetcher(prefix, torchwood.WithHTTPClient(http.DefaultClient))
	if err != nil {
		t.Fatal(err)
	}
	c, err := torchwood.NewClient(fetcher)
	if err != nil {
		t.Fatal(err)
	}
	n := int64(0)
	for i, entry := range c.AllEntries(t.Context(), tree.Tree, 0) {
		h, err := ParseEntry(entry)
		if err != nil || h.N != i || i != n {
			t.Fatalf("entry %d: %+v %v", i, h, err)
		}
		if n++; i%(1+tree.N/5) == 0 || i == tree.N-1 {
			proof, resp := get(t, fmt.Sprintf("%s/proof/%d.tlog-proof", prefix, i))
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("proof %d: %s", i, resp.Status)
			}
			if err := torchwood.VerifyProof(policy, tlog.RecordHash(entry), []byte(proof)); err != nil {
				t.Errorf("proof %d: %v", i, err)
			}
			if err := torchwood.VerifyProof(policy, tlog.RecordHash([]byte("another")), []byte(proof)); err == nil {
				t.Errorf("proof %d shows another entry", i)
			}
		}
	}
	if c.Err() != nil || n != tree.N {
		t.Errorf("%d of %d entries, %v", n, tree.N, c.Err())
	}
}

// Checkers that nobody here wrote accept the served log, with partial tiles at every level, and also when the journal has grown
// beyond its checkpoint.
func TestCheckersAcceptTheLog(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	srv := y.served()
	for _, n := range []int64{1, 255, 256, 300, 65_793, 70_000} {
		town := fmt.Sprintf("%09d", n)
		origin := "log.example/" + town
		fill(t, y.j.DB, town, origin, n)
		key := newKey(t, origin)
		if _, err := y.j.Sign(y.ctx, town, key); err != nil {
			t.Fatal(err)
		}
		if n == 300 {
			for range 300 {
				if _, err := y.j.Record(y.ctx, town, pair("")); err != nil {
					t.Fatal(err)
				}
			}
		}
		prefix := srv.URL + "/log/" + town
		checkWithFsck(t, prefix, origin, key.verifier)
		checkWithTorchwood(t, prefix, key)
	}
}

func TestCheckersAcceptTheLogOnPostgres(t *testing.T) {
	y := newToy(t, dbtest.Postgres(t))
	srv := y.served()
	key := newKey(t, "toy.example/log")
	for range 4 {
		for range 130 {
			y.must(pair("").Decide)
		}
		if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
			t.Fatal(err)
		}
		checkWithFsck(t, srv.URL+"/log/"+toyTown, "toy.example/log", key.verifier)
		checkWithTorchwood(t, srv.URL+"/log/"+toyTown, key)
	}
}

// Tile paths are written as C2SP tlog-tiles writes them, and in no other way.
func TestTilePaths(t *testing.T) {
	for path, want := range map[string][3]int64{
		"0/000": {0, 0, 256}, "0/001": {0, 1, 256}, "63/255": {63, 255, 256}, "0/x001/000": {0, 1000, 256},
		"2/x001/x234/067": {2, 1234067, 256}, "0/x123/456.p/7": {0, 123456, 7}, "1/000.p/255": {1, 0, 255},
		"entries/000.p/1": {-1, 0, 1}, "entries/x012/345": {-1, 12345, 256},
	} {
		level, i, width, err := parseTilePath(path)
		if err != nil || [3]int64{level, i, width} != want {
			t.Errorf("%s: %d %d %d %v, want %v", path, level, i, width, err, want)
		}
		if level >= 0 {
			theirs, err := torchwood.ParseTilePath("tile/" + path)
			if err != nil || int64(theirs.L) != level || theirs.N != i || int64(theirs.W) != width {
				t.Errorf("%s: torchwood reads %+v %v", path, theirs, err)
			}
		}
	}
	for _, path := range []string{"", "0", "0/", "0/0", "0/00", "0/0000", "0/1", "00/000", "-1/000", "64/000", "256/000", "x/000", "0/x000/001",
		"0/x01/000", "0/001/000", "0/x001/x000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/", "0/000.p/-1", "0/000.p", "0/000/", "0/+01",
		"0/x999/x999/x999/x999/x999/x999/999", "entries/", "entries", "entries/x000/000", "data/000", "0/000.p/1/2"} {
		if _, _, _, err := parseTilePath(path); err == nil {
			t.Errorf("%q is taken for a tile", path)
		}
	}
}

// What is served, as what, and for how long.
func TestSurfaceAnswers(t *testing.T) {
	each(t, func(y *toy) {
		srv := y.served()
		base := srv.URL + "/log/" + toyTown
		if _, resp := get(y, base+"/checkpoint"); resp.StatusCode != http.StatusNotFound {
			y.Errorf("a checkpoint before there is one: %s", resp.Status)
		}
		public := y.open("甲箱", "2026-01-01")
		private := y.must(put(public, "2026-02-01", 1)).First
		erased := y.open("乙箱", "2026-01-01")
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := w.Erase(ctx, Erasure{Targets: []int64{erased}, Basis: "个人信息保护法 第四十七条"})
			return err
		})
		y.must(func(ctx context.Context, w *Writer) error {
			for range 600 {
				if err := put(public, "2026-03-01", 1)(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		key := newKey(y.T, "toy.example/log")
		if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
			y.Fatal(err)
		}
		y.must(put(public, "2026-03-02", 1)) // act 604 is beyond the checkpoint of size 604
		const octets, plain, js = "application/octet-stream", "text/plain; charset=utf-8", "application/json; charset=utf-8"
		const moments, long = "public, max-age=5", "public, max-age=31536000, immutable"
		for path, want := range map[string]struct {
			status       int
			ctype, cache string
			size         int // −1 for any
		}{
			"/checkpoint":            {200, plain, moments, -1},
			"/tile/0/000":            {200, octets, long, 8192},
			"/tile/0/001.p/3":        {200, octets, long, 96}, // of a tile that is full by now
			"/tile/0/002.p/92":       {200, octets, long, 92 * 32},
			"/tile/1/000.p/2":        {200, octets, long, 64},
			"/tile/entries/000":      {200, octets, long, -1},
			"/tile/entries/002.p/92": {200, octets, long, -1},
			"/proof/0.tlog-proof":    {200, plain, moments, -1},
			"/proof/603.tlog-proof":  {200, plain, moments, -1},
			"/act/0.json":            {200, js, "public, max-age=60", -1},

			"/tile/0/002.p/93":                           {404, plain, "no-store", -1}, // beyond the checkpoint, though the act is there
			"/tile/entries/002.p/93":                     {404, plain, "no-store", -1},
			"/tile/0/002":                                {404, plain, "no-store", -1},
			"/tile/1/000.p/3":                            {404, plain, "no-store", -1},
			"/tile/2/000.p/1":                            {404, plain, "no-store", -1},
			"/tile/1/000":                                {404, plain, "no-store", -1},
			"/tile/8/0/000":                              {404, plain, "no-store", -1}, // sumdb's own scheme
			"/tile/0/0":                                  {404, plain, "no-store", -1},
			"/proof/604.tlog-proof":                      {404, plain, "no-store", -1},
			"/proof/-1.tlog-proof":                       {404, plain, "no-store", -1},
			"/proof/01.tlog-proof":                       {404, plain, "no-store", -1},
			"/proof/1":                                   {404, plain, "no-store", -1},
			"/act/9999.json":                             {404, plain, "no-store", -1},
			"/act/../../../etc/passwd":                   {404, plain, "", -1},
			fmt.Sprintf("/act/%d.json", private):         {404, plain, "no-store", -1},        // its kind is not public
			fmt.Sprintf("/act/%d.json", erased):          {200, js, "public, max-age=60", -1}, // its entry, and who tells of the erasure
			"/tile/0/x999/x999/x999/x999/x999/999":       {404, plain, "no-store", -1},
			"/tile/entries/x999/x999/x999/x999/x999/999": {404, plain, "no-store", -1},
		} {
			body, resp := get(y, base+path)
			h := resp.Header
			if resp.StatusCode != want.status || h.Get("Content-Type") != want.ctype || h.Get("Cache-Control") != want.cache || want.size >= 0 && len(body) != want.size {
				y.Errorf("%s: %s, %q, %q, %d bytes; want %+v", path, resp.Status, h.Get("Content-Type"), h.Get("Cache-Control"), len(body), want)
			}
			if resp.StatusCode == 200 && (h.Get("Access-Control-Allow-Origin") != "*" || h.Get("X-Content-Type-Options") != "nosniff") {
				y.Errorf("%s: headers %v", path, h)
			}
		}
		if _, resp := get(y, srv.URL+"/log/999999999/checkpoint"); resp.StatusCode != http.StatusNotFound {
			y.Errorf("another town: %s", resp.Status)
		}
		if resp, err := http.Post(base+"/checkpoint", "text/plain", strings.NewReader("x")); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
			y.Errorf("post: %v %v", resp, err)
		}
		// Every width of a tile is the beginning of the tile.
		full, _ := get(y, base+"/tile/0/001")
		for w := 1; w < 256; w++ {
			if part, _ := get(y, fmt.Sprintf("%s/tile/0/001.p/%d", base, w)); part != full[:32*w] {
				y.Fatalf("width %d is not the tile's beginning", w)
			}
		}
		y.opens(base, public)
		checkWithFsck(y.T, base, "toy.example/log", key.verifier)
	})
}

// opens holds the published form of a public act against its entry.
func (y *toy) opens(base string, n int64) {
	y.Helper()
	text, _ := get(y, fmt.Sprintf("%s/act/%d.json", base, n))
	var a PublicAct
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		y.Fatal(err)
	}
	h, err := ParseEntry([]byte(a.Entry))
	if err != nil || h.N != n || h.Town != toyTown {
		y.Fatalf("entry %+v %v", h, err)
	}
	salt, err := base64.StdEncoding.DecodeString(a.Salt)
	if err != nil || string(Commit(salt, []byte(a.Payload))) != string(h.Commitment) {
		y.Fatalf("the published payload is not the sealed one: %v", err)
	}
	proof, _ := get(y, fmt.Sprintf("%s/proof/%d.tlog-proof", base, n))
	p, err := ParseProof(proof)
	if err != nil || p.String() != proof {
		y.Fatalf("proof %v", err)
	}
}
