package mirror

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// Copied is what a copy brought.
type Copied struct {
	trust.Checkpoint
	Note  string
	Files int // written
	Acts  int // public acts among them
}

// Public says which kinds of acts are public: their contents are part of a mirror.
type Public func(kind string) bool

// Copy brings a town's log, as far as its newest checkpoint goes, from a source into a place: bundles, tiles, public acts, and the
// checkpoint last, so that a copy cut short never claims to be whole. The paths begin with prefix in both. quote, if given, is
// called with the payload of each public act, which may name attachments. have, if given, says what of the target is there
// already and need not be fetched.
//
// Copy does not judge what it brings: Verify does.
func Copy(ctx context.Context, src Source, into Into, prefix string, public Public, have func(name string) bool, quote func(journal.PublicAct) error) (c Copied, err error) {
	signed, err := src.Read(ctx, prefix+"/"+checkpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("%s 还没有公布过检查点：%w", prefix, err)
	}
	if err != nil {
		return c, err
	}
	text, _ := trust.Lines(string(signed))
	if c.Checkpoint, err = trust.ParseCheckpoint(text); err != nil {
		return c, fmt.Errorf("%s/checkpoint：%w", prefix, err)
	}
	c.Note = string(signed)
	put := func(path string, data []byte) error {
		c.Files++
		return into.Add(prefix+"/"+path, data)
	}
	fetch := func(path string) ([]byte, error) {
		if have != nil && have(prefix+"/"+path) {
			return nil, nil
		}
		b, err := src.Read(ctx, prefix+"/"+path)
		if err != nil {
			return nil, err
		}
		return b, put(path, b)
	}
	for level, n := int64(0), c.Size; n > 0; level, n = level+1, n>>tileHeight {
		if err := pieces(n, func(i, width int64) error {
			_, err := fetch(tilePath(level, i, width))
			return err
		}); err != nil {
			return c, err
		}
	}
	err = pieces(c.Size, func(i, width int64) error {
		path := tilePath(-1, i, width)
		if have != nil && have(prefix+"/"+path) {
			return nil // it is written after the acts in it
		}
		b, err := src.Read(ctx, prefix+"/"+path)
		if err != nil {
			return err
		}
		if err := eachEntry(b, width, func(_ int64, entry []byte) error {
			h, err := journal.ParseEntry(entry)
			if err != nil || !public(h.Kind) {
				return err
			}
			path := actPath(h.N)
			if have != nil && have(prefix+"/"+path) {
				return nil
			}
			raw, err := src.Read(ctx, prefix+"/"+path)
			if err != nil {
				return err
			}
			c.Acts++
			a, err := parseAct(raw)
			if err != nil {
				return err
			}
			if quote != nil {
				if err := quote(a); err != nil {
					return err // the act is not there yet: the next copy asks again
				}
			}
			return put(path, raw)
		}); err != nil {
			return err
		}
		return put(path, b)
	})
	if err != nil {
		return c, err
	}
	return c, put(checkpoint, signed)
}

// Renew fetches again the acts whose contents a new public act says were deleted by law: what was copied of them before goes. It is
// for the quote of [Copy].
func Renew(ctx context.Context, src Source, into Into, prefix string, deleted Deleted, a journal.PublicAct) error {
	h, err := journal.ParseEntry([]byte(a.Entry))
	if err != nil {
		return err
	}
	for _, n := range deleted.in(h.Kind, a.Payload) {
		path := prefix + "/" + actPath(n)
		b, err := src.Read(ctx, path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was not public
		}
		if err == nil {
			err = into.Add(path, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eachEntry walks through a bundle of entries, which must hold exactly n.
func eachEntry(bundle []byte, n int64, f func(k int64, entry []byte) error) error {
	for k := range n {
		if len(bundle) < 2 {
			return fmt.Errorf("the bundle ends after %d entries", k)
		}
		l := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+l {
			return fmt.Errorf("the bundle ends within entry %d", k)
		}
		if err := f(k, bundle[2:2+l]); err != nil {
			return err
		}
		bundle = bundle[2+l:]
	}
	if len(bundle) > 0 {
		return fmt.Errorf("the bundle holds more than %d entries", n)
	}
	return nil
}

// Grown holds the checkpoint of an earlier copy against the source's present one: the old log must be the beginning of the new
// one. It reads the source's tiles, not those of the copy.
func Grown(ctx context.Context, src Source, prefix string, old, now trust.Checkpoint) error {
	if old == (trust.Checkpoint{}) {
		return nil // the first copy
	}
	if old.Origin != now.Origin {
		return fmt.Errorf("这里存的是“%s”的副本，对方却是“%s”", old.Origin, now.Origin)
	}
	if now.Size < old.Size {
		return fmt.Errorf("对方的总账退回去了：上次已有 %d 条，现在只有 %d 条", old.Size, now.Size)
	}
	if old.Size == 0 {
		return nil
	}
	root, err := tlog.TreeHash(old.Size, tiles{ctx, src, prefix, now.Size})
	if err != nil {
		return err
	}
	if root != old.Root {
		return fmt.Errorf("对方换过账：现在这本总账的前 %d 条，和上次复制时签了名的不一样", old.Size)
	}
	return nil
}

// tiles reads hashes of a log of the given size from its tiles.
type tiles struct {
	ctx    context.Context
	src    Source
	prefix string
	size   int64
}

// ReadHashes implements tlog.HashReader.
func (t tiles) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for k, index := range indexes {
		tile := tlog.TileForIndex(tileHeight, index)
		n := t.size >> (tileHeight * tile.L)
		tile.W = int(min(tileWidth, n-tile.N*tileWidth))
		if tile.W <= 0 {
			return nil, fmt.Errorf("hash %d is beyond the log", index)
		}
		b, err := t.src.Read(t.ctx, t.prefix+"/"+tilePath(int64(tile.L), tile.N, int64(tile.W)))
		if err != nil {
			return nil, err
		}
		if len(b) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %d/%d has %d bytes", tile.L, tile.N, len(b))
		}
		if out[k], err = tlog.HashFromTile(tile, b, index); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Have answers for a folder which of its files need not be fetched again: full tiles and bundles never change.
func Have(path string) func(name string) bool {
	return func(name string) bool {
		_, err := os.Stat(path + "/" + name)
		return err == nil
	}
}

// Prune deletes from a folder the partial tiles and bundles of earlier sizes, which the log of this size does not need.
func Prune(path, prefix string, size int64) error {
	need := map[string]bool{}
	for level, n := int64(-1), size; n > 0; level++ {
		if level > 0 {
			n >>= tileHeight
		}
		if w := n % tileWidth; w > 0 {
			need[prefix+"/"+tilePath(level, n/tileWidth, w)] = true
		}
	}
	names, _, err := Folder(os.DirFS(path)).Names(context.Background())
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, prefix+"/tile/") && strings.Contains(name, ".p/") && !need[name] {
			if err := os.Remove(filepath.Join(path, filepath.FromSlash(name))); err != nil {
				return err
			}
		}
	}
	return nil
}
