package journal

import (
	"crypto/sha256"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
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

// clone returns a copy that can be appended to without changing what t shows. They share the memory behind the partial tiles,
// which is only ever written behind their ends: of t and its clones, one alone may grow further.
func (t *tree) clone() *tree {
	return &tree{size: t.size, ranges: slices.Clone(t.ranges), partial: slices.Clone(t.partial)}
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
				t.partial[L] = make([]tlog.Hash, 0, tileWidth) // the old one may be a clone's too
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
