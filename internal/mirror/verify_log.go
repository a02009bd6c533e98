package mirror

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/journal"
)

// errStop ends the walk over the entries at the first bundle that is missing or damaged: without it there is no tree to compute, and
// the checkpoint may claim any size.
var errStop = errors.New("the entries are not whole")

// log derives the tree from the entries, and holds tiles, root and public acts against it.
func (v *verifier) log() error {
	if v.Policy == nil {
		return nil
	}
	levels := levels{make([]tlog.Hash, 0, min(v.Size, 1<<20))} // a size is only a claim until the entries are there
	var acts []journal.Header
	err := pieces(v.Size, func(i, width int64) error {
		path := tilePath(-1, i, width)
		b, ok, err := v.read(path)
		if err != nil {
			return err
		}
		v.Tiles++
		if !ok {
			return errStop
		}
		if err := eachEntry(b, width, func(k int64, entry []byte) error {
			n := i*tileWidth + k
			levels[0] = append(levels[0], tlog.RecordHash(entry))
			h, err := v.entry(n, entry)
			if err == nil && v.opt.Public(h.Kind) {
				acts = append(acts, h)
			}
			return err
		}); err != nil {
			v.fault("条目 %s：%v", v.prefix+path, err)
			return errStop
		}
		if v.opt.Progress != nil {
			v.opt.Progress(int64(len(levels[0])), v.Size)
		}
		return v.ctx.Err()
	})
	if errors.Is(err, errStop) {
		return nil
	}
	if err != nil {
		return err
	}
	levels.grow()
	if err := v.tree(levels); err != nil {
		return err
	}
	return v.acts(acts)
}

// entry holds an entry against its place.
func (v *verifier) entry(n int64, entry []byte) (journal.Header, error) {
	h, err := journal.ParseEntry(entry)
	if err != nil {
		return h, fmt.Errorf("第 %d 号的条目已经损坏", n)
	}
	if v.Town == "" {
		v.Town = h.Town
	}
	if h.N != n || h.Town != v.Town {
		return h, fmt.Errorf("第 %d 号的位置上是 %s 的第 %d 号", n, h.Town, h.N)
	}
	if h.Kind == journal.Erase.Name {
		v.eraser[n] = true
	}
	return h, nil
}

// levels are the hashes of the tree at tile levels: level 0 the leaves, each above it the roots of full tiles.
type levels [][]tlog.Hash

func (l *levels) grow() {
	for {
		below := (*l)[len(*l)-1]
		if len(below) < tileWidth {
			return
		}
		var up []tlog.Hash
		for i := 0; i+tileWidth <= len(below); i += tileWidth {
			up = append(up, reduce(below[i:i+tileWidth]))
		}
		*l = append(*l, up)
	}
}

// reduce is the root over a power of two of hashes.
func reduce(hs []tlog.Hash) tlog.Hash {
	if len(hs) == 1 {
		return hs[0]
	}
	return tlog.NodeHash(reduce(hs[:len(hs)/2]), reduce(hs[len(hs)/2:]))
}

// ReadHashes implements tlog.HashReader.
func (l levels) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for k, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		wide := int64(1) << (level % tileHeight)
		out[k] = reduce(l[level/tileHeight][n*wide : (n+1)*wide])
	}
	return out, nil
}

// tree holds every tile and the root against what the entries say.
func (v *verifier) tree(l levels) error {
	for level, hashes := range l {
		err := pieces(int64(len(hashes)), func(i, width int64) error {
			path := tilePath(int64(level), i, width)
			b, ok, err := v.read(path)
			if err != nil || !ok {
				return err
			}
			v.Tiles++
			want := make([]byte, 0, width*tlog.HashSize)
			for _, h := range hashes[i*tileWidth : i*tileWidth+width] {
				want = append(want, h[:]...)
			}
			if !bytes.Equal(b, want) {
				v.fault("哈希砖 %s 和条目算出来的不一样，最先不同的在第 %d 号附近", v.prefix+path, firstOf(b, want, int64(level), i))
			}
			return v.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(v.Size, l)
	if err != nil {
		return err
	}
	if root != v.Root {
		v.fault("条目算出来的根和签了名的不一样：%d 条里有被改动、抽走或插入的", v.Size)
	}
	return nil
}

// firstOf is the first act under the first hash in which two tiles differ.
func firstOf(got, want []byte, level, i int64) int64 {
	k := 0
	for k < len(got) && k < len(want) && got[k] == want[k] {
		k++
	}
	return (i*tileWidth + int64(k/tlog.HashSize)) << (tileHeight * level)
}

// acts holds the contents of public acts against their commitments.
func (v *verifier) acts(list []journal.Header) error {
	for _, h := range list {
		path := actPath(h.N)
		b, ok, err := v.read(path)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := v.act(h, b); err != nil {
			v.fault("%s：%v", v.prefix+path, err)
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
	v.deletions()
	return nil
}

func (v *verifier) act(h journal.Header, raw []byte) error {
	a, err := parseAct(raw)
	if err != nil {
		return err
	}
	if a.Entry != string(journal.Entry(h.Town, h.N, h.Kind, h.Recorded, h.Effective, h.Commitment)) {
		return fmt.Errorf("第 %d 号的登记条目和总账里的不一样", h.N)
	}
	if a.Erased != 0 {
		if a.Erased < v.Size && (!v.eraser[a.Erased] || a.Erased <= h.N) {
			return fmt.Errorf("第 %d 号说内容已由第 %d 号依法删除，但那一号不是删除记录", h.N, a.Erased)
		}
		v.Erased++
		v.gone = append(v.gone, tombstone{h.N, a.Erased, h.Kind})
		return nil
	}
	salt, err := base64.StdEncoding.Strict().DecodeString(a.Salt)
	if err != nil || !bytes.Equal(journal.Commit(salt, []byte(a.Payload)), h.Commitment) {
		return fmt.Errorf("第 %d 号的内容和封存的指纹不一样，内容被改动过", h.N)
	}
	v.Acts++
	for _, n := range v.opt.Deleted.in(h.Kind, a.Payload) {
		v.named[n] = append(v.named[n], h.N)
	}
	for _, hash := range Attachments(a.Payload) {
		v.files[hash] = true
	}
	return nil
}

// parseAct reads a public act; it must be written exactly as the server writes it.
func parseAct(raw []byte) (a journal.PublicAct, err error) {
	if json.Unmarshal(raw, &a) != nil {
		return a, errors.New("内容已经损坏，读不出来")
	}
	if again, err := a.File(); err != nil || !bytes.Equal(again, raw) {
		return a, errors.New("文件的写法被改动过")
	}
	return a, nil
}

// attachments holds files against the hashes that public acts name.
func (v *verifier) attachments() error {
	if len(v.files) == 0 {
		return nil
	}
	missing := 0
	for _, hash := range sortedKeys(v.files) {
		name := FilesFolder + "/" + hash
		b, err := v.src.Read(v.ctx, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing++
			continue
		case err != nil && !v.can:
			return err
		case err != nil:
			v.fault("附件 %s 读不出来，已经损坏", name)
		case fmt.Sprintf("%x", sha256.Sum256(b)) != hash:
			v.fault("附件 %s 的内容和登记的指纹不一样，文件被改动过", name)
		default:
			v.Files++
		}
		v.used[name] = true
	}
	held := v.Files > 0 || slices.ContainsFunc(v.names, func(n string) bool { return strings.HasPrefix(n, FilesFolder+"/") })
	switch {
	case missing > 0 && (held || v.Manifest):
		v.fault("缺少 %d 个附件：公开事项里登记了，这里没有", missing)
	case missing > 0:
		v.remark("这里没有附件，登记了的 %d 个附件没有核对", missing)
	}
	return nil
}

// respell writes base64 in its one canonical spelling; what is no base64 stays.
func respell(s string) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return s
	}
	return base64.StdEncoding.EncodeToString(b)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
