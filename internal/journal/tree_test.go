package journal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// sizes are those at which a tile, a level or a subtree begins or ends.
var sizes = []int64{0, 1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513, 65535, 65536, 65537, 65792, 65793, 70000}

func testLeaf(i int64) tlog.Hash {
	return leafHash(binary.BigEndian.AppendUint64([]byte("leaf "), uint64(i)))
}

// hashList is the plain store of x/mod's tlog: every hash in a slice.
type hashList []tlog.Hash

func (l hashList) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, k := range at {
		out[i] = l[k]
	}
	return out, nil
}

// The edge's root is the tree hash of RFC 6962 at every size, and the tiles are the hashes that it stands on.
func TestEdgeIsTheTree(t *testing.T) {
	var all hashList
	tiles := map[[2]int64][]byte{}
	var edge tree
	for n := int64(0); n <= 70000; n++ {
		if n < 1100 || slices.Contains(sizes, n) || n%997 == 0 {
			want, err := tlog.TreeHash(n, all)
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				want = sha256.Sum256(nil) // RFC 6962 §2.1
			}
			if got := edge.root(); got != want {
				t.Fatalf("root of %d leaves: %v, want %v", n, got, want)
			}
		}
		leaf := testLeaf(n)
		more, err := tlog.StoredHashesForRecordHash(n, leaf, all)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, more...)
		before := edge.clone()
		for _, f := range edge.add(leaf) {
			if tiles[[2]int64{f.level, f.i}] != nil {
				t.Fatalf("tile %d/%d is full twice", f.level, f.i)
			}
			tiles[[2]int64{f.level, f.i}] = f.data
		}
		if n%5003 == 0 && (before.size != n || edge.size != n+1) {
			t.Fatalf("the copy of the edge grew with it: %d", before.size)
		}
	}
	for at, data := range tiles {
		want, err := tlog.ReadTileData(tlog.Tile{H: 8, L: int(at[0]), N: at[1], W: 256}, all)
		if err != nil || string(want) != string(data) {
			t.Fatalf("tile %v differs: %v", at, err)
		}
	}
	if len(tiles) != 70000/256+70000/65536 {
		t.Fatalf("%d tiles", len(tiles))
	}
}

// fill writes a town of n sealed acts straight into the tables: a log to be served, without projections.
func fill(t *testing.T, d *db.DB, town, origin string, n int64) {
	t.Helper()
	ctx := context.Background()
	err := d.Update(ctx, func(tx *db.Tx) error {
		var edge tree
		var acts, ons, tiles [][]any
		for i := range n {
			salt := []byte(fmt.Sprintf("%032d", i))
			payload := fmt.Sprintf(`{"by":{"system":true},"on":[%d],"body":{"name":"第%d箱"}}`, i, i)
			c := Commit(salt, []byte(payload))
			leaf := leafHash(Entry(town, i, kOpen.Name, 1_700_000_000_000+i, "2026-01-01", c))
			acts = append(acts, []any{town, i, kOpen.Name, 1_700_000_000_000 + i, "2026-01-01", c, leaf[:], salt, payload})
			ons = append(ons, []any{town, i, i})
			for _, f := range edge.add(leaf) {
				tiles = append(tiles, []any{town, f.level, f.i, f.data})
			}
		}
		root := edge.root()
		return errors.Join(tx.Insert(ctx, actTable, acts), tx.Insert(ctx, onTable, ons), tx.Insert(ctx, tileTable, tiles),
			tx.Insert(ctx, headTable, [][]any{{town, origin, n, root[:], int64(1_700_000_000_000) + n}}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The edge that a start reads from tiles and acts is the one that grew in memory, at every kind of size, and proofs made from
// it hold. A smaller size is read from the same tables: they only grow.
func TestEdgeIsReadAgain(t *testing.T) {
	const town, size = "321002009", 70000
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newToy(t, d)
		fill(t, d, town, "toy.example/long", size)
		leaves, err := db.All[[]byte](y.ctx, d, `SELECT leaf FROM journal_act WHERE town = $1 ORDER BY n`, town)
		if err != nil {
			t.Fatal(err)
		}
		var grown tree
		for _, n := range sizes {
			for grown.size < n {
				grown.add(tlog.Hash(leaves[grown.size]))
			}
			root := grown.root()
			read, err := loadTree(y.ctx, d, town, n, root[:])
			if err != nil {
				t.Fatal(err)
			}
			if read.size != n || !slices.Equal(read.ranges, grown.ranges) {
				t.Fatalf("size %d: ranges %v, want %v", n, read.ranges, grown.ranges)
			}
			for L := range max(len(read.partial), len(grown.partial)) {
				if !slices.Equal(at(read.partial, L), at(grown.partial, L)) {
					t.Fatalf("size %d: partial tile of level %d differs", n, L)
				}
			}
			a, b := read.clone(), grown.clone() // both go on alike
			for i := range int64(600) {
				a.add(testLeaf(i))
				b.add(testLeaf(i))
			}
			if a.root() != b.root() {
				t.Fatalf("size %d: the trees grow apart", n)
			}
			r := &hashReader{ctx: y.ctx, q: d, town: town, edge: read}
			for i := int64(0); i < n; i += 1 + n/17 {
				p, err := tlog.ProveRecord(n, i, r)
				if err == nil {
					err = tlog.CheckRecord(p, n, root, i, tlog.Hash(leaves[i]))
				}
				if err != nil {
					t.Fatalf("size %d, act %d: %v", n, i, err)
				}
			}
			for old := int64(0); old <= n; old += 1 + n/11 {
				p, err := ProveConsistency(y.ctx, d, town, old, n)
				if err != nil {
					t.Fatal(err)
				}
				if old == 0 {
					continue
				}
				oldRoot, err := tlog.TreeHash(old, r)
				if err == nil {
					err = tlog.CheckTree(p, n, root, old, oldRoot)
				}
				if err != nil {
					t.Fatalf("from size %d to %d: %v", old, n, err)
				}
			}
		}
		if _, err := ProveConsistency(y.ctx, d, town, 1, size+1); db.Kind(err) != db.NotFound {
			t.Fatalf("a proof beyond the journal: %v", err)
		}
	})
}

func at[T any](s [][]T, i int) []T {
	if i < len(s) {
		return s[i]
	}
	return nil
}
