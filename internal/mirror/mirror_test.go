package mirror

import (
	"context"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// memory is a mirror in memory.
type memory struct{ fstest.MapFS }

func (m memory) Add(name string, data []byte) error {
	m.MapFS[name] = &fstest.MapFile{Data: data}
	return nil
}

// A copy is accepted as it is: as a folder, a zip, a static site, and by Tessera's checker.
func TestACopyIsAccepted(t *testing.T) {
	y := newTown(t)
	folder, zipped := t.TempDir(), filepath.Join(t.TempDir(), "board.zip")
	p := NewPacket(Dir(folder))
	y.fill(p)
	if err := p.Seal(y.key); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(zipped, y.archive(), 0o600); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.FileServerFS(os.DirFS(folder)))
	t.Cleanup(site.Close)
	for _, place := range []string{folder, zipped, site.URL} {
		at, err := Open(t.Context(), place)
		if err != nil {
			t.Fatal(err)
		}
		src := at.Source
		r := y.verify(src, nil)
		if !r.OK() || r.Size != 294 || r.Acts != 3 || r.Erased != 1 || r.Files != 1 || !r.Manifest || !r.Own || r.Town != code || len(r.Remarks) > 0 {
			t.Errorf("%s: %+v", place, r)
		}
		if r := y.verify(src, y.policy); !r.OK() || r.Own {
			t.Errorf("%s: %+v", place, r)
		}
		if err := at.Close(); err != nil {
			t.Error(err)
		}
	}
	checkWithFsck(t, site.URL+"/"+LogPath(code), y.key.VKey)

	// The server itself, which has neither a list of its files nor attachments by hash.
	live := httptest.NewServer(y.j.Surface())
	t.Cleanup(live.Close)
	r := y.verify(Web(live.URL+"/"+LogPath(code)), y.policy)
	if !r.OK() || r.Acts != 3 || len(r.Remarks) != 1 {
		t.Errorf("the server: %+v", r)
	}
}

func checkWithFsck(t *testing.T, prefix, vkey string) {
	t.Helper()
	u, err := url.Parse(prefix + "/")
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := client.NewHTTPFetcher(u, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	hashes := func(bundle []byte) (out [][]byte, err error) {
		var b api.EntryBundle
		err = b.UnmarshalText(bundle)
		for _, e := range b.Entries {
			out = append(out, rfc6962.DefaultHasher.HashLeaf(e))
		}
		return out, err
	}
	if err := fsck.New(origin, verifierOf(t, vkey), fetcher, hashes, fsck.Opts{N: 2}).Check(t.Context()); err != nil {
		t.Errorf("fsck: %v", err)
	}
}

// whole is a sealed mirror in memory, with its names in order.
func (y *town) whole() (memory, []string) {
	m := memory{fstest.MapFS{}}
	p := NewPacket(m)
	y.fill(p)
	if err := p.Seal(y.key); err != nil {
		y.Fatal(err)
	}
	return m, slices.Sorted(maps.Keys(m.MapFS))
}

// Whichever bit of whichever file flips, it is found, and the file is named: with the manifest, and, for the files of the log,
// without it.
func TestAnyFlippedBitIsFound(t *testing.T) {
	y := newTown(t)
	for _, manifest := range []bool{true, false} {
		m, names := y.whole()
		if !manifest {
			delete(m.MapFS, ManifestFile)
			delete(m.MapFS, noteFile)
		}
		for _, name := range names {
			if !manifest && (name == ManifestFile || name == noteFile || name == PolicyFile) {
				continue
			}
			data := m.MapFS[name].Data
			bits := rand.New(rand.NewPCG(1, uint64(len(data)))).Perm(8 * len(data))
			if most := 150; len(bits) > most && name != LogPath(code)+"/checkpoint" {
				bits = bits[:most]
			}
			for _, bit := range bits {
				data[bit/8] ^= 1 << (bit % 8)
				r := y.verify(Folder(m), y.policy)
				if r.OK() || manifest && name != noteFile && name != ManifestFile && !strings.Contains(strings.Join(r.Amiss(), ""), name) {
					t.Errorf("manifest %v, %s, bit %d: %v", manifest, name, bit, r.Amiss())
				}
				data[bit/8] ^= 1 << (bit % 8)
			}
		}
		if r := y.verify(Folder(m), y.policy); !r.OK() {
			t.Fatalf("put back, it is still at fault: %v", r.Faults)
		}
	}
}

// Every bit of a zip file counts, also those that unpacking ignores.
func TestAnyFlippedBitOfAnArchiveIsFound(t *testing.T) {
	y := newTown(t)
	data := y.archive()
	file := filepath.Join(t.TempDir(), "board.zip")
	bits := rand.New(rand.NewPCG(2, 2)).Perm(8 * len(data))[:600]
	for last := range 8 * (commentLen + 30) { // and all of the end
		bits = append(bits, 8*len(data)-1-last)
	}
	for _, bit := range bits {
		data[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if src, err := Open(t.Context(), file); err == nil {
			r, err := Verify(t.Context(), src.Source, Options{Policy: y.policy, Public: y.public()})
			if err == nil && r.OK() {
				t.Errorf("bit %d of %d is not noticed", bit, len(data))
			}
			src.Close()
		}
		data[bit/8] ^= 1 << (bit % 8)
	}
}

// What is missing, added, exchanged or signed by another is named.
func TestFaultsAreNamed(t *testing.T) {
	y := newTown(t)
	log := LogPath(code)
	stranger, err := journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "k"), origin)
	if err != nil {
		t.Fatal(err)
	}
	other, err := trust.Alone(stranger.VKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(m memory)
		policy *trust.Policy
		say    string
	}{
		"an act missing":       {func(m memory) { delete(m.MapFS, log+"/act/0.json") }, y.policy, "清单上的文件 log/321002003/act/0.json 不在了"},
		"a file added":         {func(m memory) { m.Add("n/7.html", nil) }, y.policy, "多出来的文件 n/7.html"},
		"another log's key":    {func(memory) {}, other, "没有这个总账的有效签名"},
		"no policy":            {func(m memory) { delete(m.MapFS, PolicyFile) }, nil, "清单上的文件 policy.txt 不在了"},
		"no note":              {func(m memory) { delete(m.MapFS, noteFile) }, y.policy, "文件清单没有签名"},
		"no manifest":          {func(m memory) { delete(m.MapFS, ManifestFile) }, y.policy, "缺少文件清单"},
		"no checkpoint":        {func(m memory) { delete(m.MapFS, log+"/checkpoint") }, y.policy, "checkpoint 不在了"},
		"manifest of another":  {func(m memory) { reseal(t, m, stranger) }, y.policy, "文件清单的签名不成立"},
		"an act put elsewhere": {func(m memory) { m.MapFS[log+"/act/0.json"] = m.MapFS[log+"/act/1.json"]; reseal(t, m, y.key) }, y.policy, "第 0 号的登记条目和总账里的不一样"},
		"a false tombstone":    {func(m memory) { bury(t, m, 0, 5); reseal(t, m, y.key) }, y.policy, "那一号不是删除记录"},
		"another's erasure":    {func(m memory) { bury(t, m, 0, 293); reseal(t, m, y.key) }, y.policy, "没有一件公开的遮盖登记说到它"},
		"an old partial tile":  {func(m memory) { m.Add(log+"/tile/0/001.p/5", []byte("x")) }, y.policy, "多出来的文件"},
	} {
		m, _ := y.whole()
		c.change(m)
		r := y.verify(Folder(m), c.policy)
		if r.OK() || !strings.Contains(strings.Join(r.Amiss(), "\n"), c.say) {
			t.Errorf("%s: %q, want %q", name, r.Amiss(), c.say)
		}
	}
}

// bury hides a public act behind an erasure.
func bury(t *testing.T, m memory, n, erased int64) {
	t.Helper()
	path := LogPath(code) + "/" + actPath(n)
	a, err := parseAct(m.MapFS[path].Data)
	if err != nil {
		t.Fatal(err)
	}
	a.Salt, a.Payload, a.Erased = "", "", erased
	b, err := a.File()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Add(path, b); err != nil {
		t.Fatal(err)
	}
}

// Where no kind owes a public word about a deletion, it is told which acts could not be held against one.
func TestWhatNobodyNamesIsRemarked(t *testing.T) {
	y := newTown(t)
	m, _ := y.whole()
	bury(t, m, 0, 293)
	reseal(t, m, y.key)
	r, err := Verify(t.Context(), Folder(m), Options{Policy: y.policy, Public: y.public(), Deleted: deleted})
	if err != nil || !r.OK() || len(r.Remarks) == 0 || !strings.Contains(r.Remarks[0], "第 0 号的内容已依法删除") {
		t.Errorf("%+v %v", r, err)
	}
}

// What is deleted after the newest checkpoint is told as not checked until the next one; then it is held against what names it.
func TestADeletionAfterTheCheckpoint(t *testing.T) {
	y := newTown(t)
	y.record(func(ctx context.Context, w *journal.Writer) error { return y.erase(ctx, w, 0) })
	m, _ := y.whole()
	if r := y.verify(Folder(m), y.policy); !r.OK() || r.Erased != 2 || len(r.Remarks) != 1 || !strings.Contains(r.Remarks[0], "第 0 号的内容说是在这个检查点以后") {
		t.Errorf("before the next checkpoint: %+v", r)
	}
	y.sign()
	m, _ = y.whole()
	if r := y.verify(Folder(m), y.policy); !r.OK() || len(r.Remarks) != 0 {
		t.Errorf("after it: %+v", r)
	}
	bury(t, m, 1, 1_000_000_000)
	reseal(t, m, y.key)
	if r := y.verify(Folder(m), y.policy); len(r.Remarks) != 1 || !strings.Contains(r.Remarks[0], "第 1 号") {
		t.Errorf("an erasure that nobody has seen passes in silence: %+v", r)
	}
}

// A copy that is brought up to date loses what was deleted by law since.
func TestACopyLosesWhatWasDeleted(t *testing.T) {
	y := newTown(t)
	dir := t.TempDir()
	src, into := Served(y.j.Surface()), Dir(dir)
	bring := func() {
		if _, err := Copy(t.Context(), src, into, LogPath(code), y.public(), Have(dir), func(a journal.PublicAct) error {
			return Renew(t.Context(), src, into, LogPath(code), deleted, a)
		}); err != nil {
			t.Fatal(err)
		}
	}
	read := func() string {
		b, err := os.ReadFile(filepath.Join(dir, LogPath(code), actPath(0)))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	bring()
	if !strings.Contains(read(), "文峰村公开第0号") {
		t.Fatalf("the first copy has %s", read())
	}
	y.record(func(ctx context.Context, w *journal.Writer) error { return y.erase(ctx, w, 0) })
	y.sign()
	bring()
	if strings.Contains(read(), "文峰村公开第0号") {
		t.Error("the copy keeps what was deleted")
	}
}

// A checkpoint may claim any size: the check neither takes the memory for it nor asks for more than the first missing bundle.
func TestAClaimedSizeIsNotBelieved(t *testing.T) {
	y := newTown(t)
	m, _ := y.whole()
	delete(m.MapFS, ManifestFile)
	delete(m.MapFS, noteFile)
	signed, err := note.Sign(&note.Note{Text: trust.Checkpoint{Origin: origin, Size: 1 << 62}.String()}, y.key)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Add(LogPath(code)+"/"+checkpoint, signed); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := Verify(ctx, Folder(m), Options{Policy: y.policy, Public: y.public()})
	if err != nil || r.OK() || !strings.Contains(r.Faults[0], "缺少文件 log/321002003/tile/entries/001") {
		t.Errorf("%+v %v", r, err)
	}
}

// reseal writes the manifest anew, as whoever holds a key could.
func reseal(t *testing.T, m memory, key journal.Key) {
	t.Helper()
	again := memory{fstest.MapFS{}}
	p := NewPacket(again)
	for name, f := range m.MapFS {
		if name == ManifestFile || name == noteFile {
			continue
		}
		if err := p.Add(name, f.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Seal(key); err != nil {
		t.Fatal(err)
	}
	m.MapFS[ManifestFile], m.MapFS[noteFile] = again.MapFS[ManifestFile], again.MapFS[noteFile]
}

// A copy that is brought up to date takes what is new only, and notices a log that is not the one it copied.
func TestACopyGrowsAndNoticesAnotherHistory(t *testing.T) {
	y := newTown(t)
	dir := t.TempDir()
	src := Served(y.j.Surface())
	copied := func() Copied {
		c, err := Copy(t.Context(), src, Dir(dir), LogPath(code), y.public(), Have(dir), nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := copied()
	y.more(300)
	y.sign()
	second := copied()
	if second.Files > 8 || second.Acts != 0 {
		t.Errorf("the second copy brought %d files, %d acts", second.Files, second.Acts)
	}
	here := Folder(os.DirFS(dir))
	if err := Grown(t.Context(), src, LogPath(code), first.Checkpoint, second.Checkpoint); err != nil {
		t.Error(err)
	}
	if err := Prune(dir, LogPath(code), second.Size); err != nil {
		t.Fatal(err)
	}
	if r := y.verify(here, y.policy); !r.OK() || r.Size != 594 {
		t.Errorf("brought up to date: %+v", r)
	}
	forged := first.Checkpoint
	forged.Root[3] ^= 1
	if err := Grown(t.Context(), src, LogPath(code), forged, second.Checkpoint); err == nil || !strings.Contains(err.Error(), "换过账") {
		t.Errorf("another history: %v", err)
	}
	if err := Grown(t.Context(), src, LogPath(code), second.Checkpoint, first.Checkpoint); err == nil || !strings.Contains(err.Error(), "退回去了") {
		t.Errorf("a log that shrank: %v", err)
	}
}

func TestNamesInAPacket(t *testing.T) {
	p := NewPacket(memory{fstest.MapFS{}})
	for _, name := range []string{"", "/a", "a//b", "../a", "a/../b", ".a", "a\nb", `a\b`, "C:x", ManifestFile, noteFile} {
		if p.Add(name, nil) == nil {
			t.Errorf("%q is taken", name)
		}
	}
	if p.Add("a/b", nil) != nil || p.Add("a/b", nil) == nil {
		t.Error("a name is taken once")
	}
}

func TestTilePaths(t *testing.T) {
	for want, c := range map[string][3]int64{"tile/0/000": {0, 0, 256}, "tile/2/x001/x234/067": {2, 1234067, 256}, "tile/entries/x012/345.p/7": {-1, 12345, 7}} {
		if got := tilePath(c[0], c[1], c[2]); got != want {
			t.Errorf("%v: %s, want %s", c, got, want)
		}
	}
}
