package journal

import (
	"context"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// loadTree rebuilds the edge of the tree of the given size from full tiles and at most 255 acts, and holds it against the root
// that the head row remembers. What does not agree is a [*Damaged].
func loadTree(ctx context.Context, q db.Querier, town string, size int64, root []byte) (*tree, error) {
	damaged := func(err error) error { return &Damaged{town, err} }
	t := &tree{size: size}
	var leaves []tlog.Hash
	err := db.Each(ctx, q, `SELECT leaf FROM journal_act WHERE town = $1 AND n >= $2 AND n < $3 ORDER BY n`,
		func(leaf []byte) error {
			if len(leaf) != tlog.HashSize {
				return damaged(fmt.Errorf("act %d has a leaf of %d bytes", size-size%tileWidth+int64(len(leaves)), len(leaf)))
			}
			leaves = append(leaves, tlog.Hash(leaf))
			return nil
		}, town, size-size%tileWidth, size)
	if err != nil {
		return nil, err
	}
	if int64(len(leaves)) != size%tileWidth {
		return nil, damaged(fmt.Errorf("acts are missing before %d", size))
	}
	t.partial = append(t.partial, append(make([]tlog.Hash, 0, tileWidth), leaves...))
	for level := int64(1); size>>(tileHeight*level) > 0; level++ {
		n := size >> (tileHeight * level)
		hs := make([]tlog.Hash, 0, tileWidth)
		for i := n - n%tileWidth; i < n; i++ {
			data, err := readTile(ctx, q, town, level-1, i)
			if db.Kind(err) == db.NotFound {
				err = damaged(err)
			}
			if err != nil {
				return nil, err
			}
			hs = append(hs, subtreeRoot(splitHashes(data)))
		}
		t.partial = append(t.partial, hs)
	}
	if size > 0 {
		err := t.fillRanges(ctx, q, town)
		if db.Kind(err) == db.NotFound {
			err = damaged(err)
		}
		if err != nil {
			return nil, err
		}
	}
	if got := t.root(); string(got[:]) != string(root) {
		return nil, damaged(fmt.Errorf("the tree over %d acts has root %v, but the head row says %x", size, got, root))
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
		return nil, &Damaged{town, fmt.Errorf("tile %d/%d has %d bytes", level, i, len(b))}
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

// edges remembers the edges lately read, because each costs reading hundreds of tiles. A root says everything about its tree, so
// a remembered edge is never wrong, whichever database it came from. The trees in it are not added to.
var edges, _ = lru.New[edgeKey, *tree](64) // of some 24 KB each; it only fails for a size below one

type edgeKey struct {
	size int64
	root tlog.Hash
}

// committed returns a reader of the town's committed tree.
func committed(ctx context.Context, q db.Querier, town string) (*hashReader, error) {
	head, err := readHead(ctx, q, town)
	if err != nil {
		return nil, err
	}
	if len(head.Root) != tlog.HashSize {
		return nil, &Damaged{town, fmt.Errorf("the head row's root has %d bytes", len(head.Root))}
	}
	key := edgeKey{head.Size, tlog.Hash(head.Root)}
	t, ok := edges.Get(key)
	if !ok {
		if t, err = loadTree(ctx, q, town, head.Size, head.Root); err != nil {
			return nil, err
		}
		edges.Add(key, t)
	}
	return &hashReader{ctx: ctx, q: q, town: town, edge: t}, nil
}
