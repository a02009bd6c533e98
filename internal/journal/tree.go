package journal

import (
	"context"
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// tileWidth is the number of hashes in a full tile (C2SP tlog-tiles: height 8).
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// tree is the right edge of a town's Merkle tree: enough to append to it and to know its root, without the leaves.
//
// ranges holds the roots of the complete subtrees that make up the size, one per set bit, largest first. partial[L] holds the
// hashes of the last, incomplete tile of tile level L. Full tiles are handed out as they fill up and are then kept by the
// database alone.
type tree struct {
	size    int64
	ranges  []tlog.Hash
	partial [][]tlog.Hash
}

// fullTile is a tile that has just been filled.
type fullTile struct {
	level int64
	i     int64
	data  []byte
}

// clone returns a copy that can be appended to without touching t.
func (t *tree) clone() *tree {
	c := &tree{size: t.size, ranges: append([]tlog.Hash(nil), t.ranges...), partial: make([][]tlog.Hash, len(t.partial))}
	for i, p := range t.partial {
		c.partial[i] = append(make([]tlog.Hash, 0, tileWidth), p...)
	}
	return c
}

// leafHash is RFC 6962's leaf hash: SHA-256(0x00 ‖ entry).
func leafHash(entry []byte) tlog.Hash { return tlog.RecordHash(entry) }

// add appends a leaf and returns the tiles that it filled. A node of the tree at a level that is a multiple of 8 is a hash of
// a tile; nodes between are interior to tiles and are only kept while they stand in the range.
func (t *tree) add(leaf tlog.Hash) []fullTile {
	var full []fullTile
	h := leaf
	for level := 0; ; level++ {
		if level%tileHeight == 0 {
			L := level / tileHeight
			if L == len(t.partial) {
				t.partial = append(t.partial, make([]tlog.Hash, 0, tileWidth))
			}
			t.partial[L] = append(t.partial[L], h)
			if len(t.partial[L]) == tileWidth {
				full = append(full, fullTile{int64(L), t.size >> level >> tileHeight, joinHashes(t.partial[L])})
				t.partial[L] = t.partial[L][:0]
			}
		}
		if t.size>>level&1 == 0 {
			break
		}
		last := len(t.ranges) - 1
		h = tlog.NodeHash(t.ranges[last], h)
		t.ranges = t.ranges[:last]
	}
	t.ranges = append(t.ranges, h)
	t.size++
	return full
}

// root is the Merkle tree hash of RFC 6962.
func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	h := t.ranges[len(t.ranges)-1]
	for i := len(t.ranges) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.ranges[i], h)
	}
	return h
}

func joinHashes(hs []tlog.Hash) []byte {
	b := make([]byte, 0, len(hs)*tlog.HashSize)
	for _, h := range hs {
		b = append(b, h[:]...)
	}
	return b
}

func splitHashes(b []byte) []tlog.Hash {
	hs := make([]tlog.Hash, len(b)/tlog.HashSize)
	for i := range hs {
		copy(hs[i][:], b[i*tlog.HashSize:])
	}
	return hs
}

// subtreeRoot returns the root of a full tile's hashes (a power of two of them).
func subtreeRoot(hs []tlog.Hash) tlog.Hash {
	hs = append([]tlog.Hash(nil), hs...)
	for len(hs) > 1 {
		for i := 0; i < len(hs)/2; i++ {
			hs[i] = tlog.NodeHash(hs[2*i], hs[2*i+1])
		}
		hs = hs[:len(hs)/2]
	}
	return hs[0]
}

// loadTree rebuilds the edge of the tree of the given size from full tiles and at most 255 acts, and holds it against the root
// that the head row remembers.
func loadTree(ctx context.Context, q db.Querier, town string, size int64, root []byte) (*tree, error) {
	t := &tree{size: size}
	var leaves []tlog.Hash
	err := db.Each(ctx, q, `SELECT leaf FROM journal_act WHERE town = $1 AND n >= $2 AND n < $3 ORDER BY n`,
		func(leaf []byte) error {
			leaves = append(leaves, tlog.Hash(leaf))
			return nil
		}, town, size-size%tileWidth, size)
	if err != nil {
		return nil, err
	}
	if int64(len(leaves)) != size%tileWidth {
		return nil, fmt.Errorf("journal of %s: acts are missing before %d", town, size)
	}
	t.partial = append(t.partial, append(make([]tlog.Hash, 0, tileWidth), leaves...))
	for level := int64(1); size>>(tileHeight*level) > 0; level++ {
		n := size >> (tileHeight * level)
		hs := make([]tlog.Hash, 0, tileWidth)
		for i := n - n%tileWidth; i < n; i++ {
			data, err := readTile(ctx, q, town, level-1, i)
			if err != nil {
				return nil, err
			}
			hs = append(hs, subtreeRoot(splitHashes(data)))
		}
		t.partial = append(t.partial, hs)
	}
	if size > 0 {
		if err := t.fillRanges(ctx, q, town); err != nil {
			return nil, err
		}
	}
	if got := t.root(); string(got[:]) != string(root) {
		return nil, fmt.Errorf("journal of %s: the tree over %d acts has root %v, but the head row says %x", town, size, got, root)
	}
	return t, nil
}

// fillRanges computes the subtree roots of the range from the tiles.
func (t *tree) fillRanges(ctx context.Context, q db.Querier, town string) error {
	var want []int64
	for level := 62; level >= 0; level-- {
		if t.size>>level&1 == 1 {
			want = append(want, tlog.StoredHashIndex(level, t.size>>level-1))
		}
	}
	hs, err := (&hashReader{ctx: ctx, q: q, town: town, edge: t}).ReadHashes(want)
	t.ranges = hs
	return err
}

// readTile returns the 8192 bytes of a full tile.
func readTile(ctx context.Context, q db.Querier, town string, level, i int64) ([]byte, error) {
	b, err := db.One[[]byte](ctx, q, `SELECT hashes FROM journal_tile WHERE town = $1 AND level = $2 AND i = $3`, town, level, i)
	if err != nil {
		return nil, fmt.Errorf("tile %d/%d of %s: %w", level, i, town, err)
	}
	if len(b) != tileWidth*tlog.HashSize {
		return nil, fmt.Errorf("tile %d/%d of %s has %d bytes", level, i, town, len(b))
	}
	return b, nil
}

// hashReader answers tlog's questions from full tiles and the edge.
type hashReader struct {
	ctx   context.Context
	q     db.Querier
	town  string
	edge  *tree
	cache map[[2]int64][]byte
}

// ReadHashes implements tlog.HashReader.
func (r *hashReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for k, index := range indexes {
		tile := tlog.TileForIndex(tileHeight, index)
		data, err := r.tile(int64(tile.L), tile.N)
		if err != nil {
			return nil, err
		}
		tile.W = len(data) / tlog.HashSize
		if out[k], err = tlog.HashFromTile(tile, data, index); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// tile returns the hashes of a tile, as many as there are.
func (r *hashReader) tile(level, i int64) ([]byte, error) {
	if i == r.edge.size>>(tileHeight*(level+1)) && int(level) < len(r.edge.partial) {
		return joinHashes(r.edge.partial[level]), nil
	}
	key := [2]int64{level, i}
	if b := r.cache[key]; b != nil {
		return b, nil
	}
	b, err := readTile(r.ctx, r.q, r.town, level, i)
	if err != nil {
		return nil, err
	}
	if r.cache == nil {
		r.cache = map[[2]int64][]byte{}
	}
	r.cache[key] = b
	return b, nil
}
