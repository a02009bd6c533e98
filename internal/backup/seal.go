package backup

import (
	"bytes"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

const (
	// tileHeight and tileWidth are those of C2SP tlog-tiles.
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// tile is a full tile.
type tile struct {
	level, i int64
	hashes   []byte
}

// sealing recomputes a town's tree act by act.
type sealing struct {
	town  string
	size  int64
	edge  [][]tlog.Hash // by level, the hashes of the tile that is not full yet
	count []int64       // by level, full tiles so far
}

// add checks one act against its seals and adds it to the tree. It answers the tiles that became full and, in words, what does
// not fit.
func (s *sealing) add(row []any) (full []tile, wrong string) {
	n, kind, recorded, effective := row[1].(int64), row[2].(string), row[3].(int64), row[4].(string)
	commitment, leaf, payload := row[5].([]byte), row[6].([]byte), row[8].(string)
	if n != s.size {
		return nil, "缺失"
	}
	if salt, ok := row[7].([]byte); ok && !bytes.Equal(journal.Commit(salt, []byte(payload)), commitment) {
		return nil, "的内容与封存的指纹不符"
	}
	hash := tlog.RecordHash(journal.Entry(s.town, n, kind, recorded, calendar.Date(effective), commitment))
	if !bytes.Equal(hash[:], leaf) {
		return nil, "的抬头（编号、种类、日期或指纹）与封存的不符"
	}
	s.size++
	for level := 0; ; level++ {
		if level == len(s.edge) {
			s.edge, s.count = append(s.edge, nil), append(s.count, 0)
		}
		s.edge[level] = append(s.edge[level], hash)
		if len(s.edge[level]) < tileWidth {
			return full, ""
		}
		t := tile{level: int64(level), i: s.count[level], hashes: make([]byte, 0, tileWidth*tlog.HashSize)}
		for _, h := range s.edge[level] {
			t.hashes = append(t.hashes, h[:]...)
		}
		full = append(full, t)
		hash = join(s.edge[level])
		s.edge[level] = s.edge[level][:0]
		s.count[level]++
	}
}

// root is the tree hash over all acts added: the roots of the perfect subtrees, joined from the right (RFC 6962, 2.1).
func (s *sealing) root() tlog.Hash {
	if s.size == 0 {
		h, _ := tlog.TreeHash(0, nil) // an empty tree reads nothing
		return h
	}
	var root tlog.Hash
	empty := true
	for _, hashes := range s.edge {
		for len(hashes) > 0 {
			// The largest power of two that divides the count stands rightmost and is the smallest subtree.
			width := len(hashes) & -len(hashes)
			sub := join(hashes[len(hashes)-width:])
			hashes = hashes[:len(hashes)-width]
			if empty {
				root, empty = sub, false
				continue
			}
			root = tlog.NodeHash(sub, root)
		}
	}
	return root
}

// join is the root over a power of two of hashes.
func join(hashes []tlog.Hash) tlog.Hash {
	level := append([]tlog.Hash(nil), hashes...)
	for len(level) > 1 {
		for i := range len(level) / 2 {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
		level = level[:len(level)/2]
	}
	return level[0]
}

// same reports whether the tree is the one that the manifest names.
func (s *sealing) same(t Town) error {
	root := s.root()
	switch {
	case s.size != t.Size:
		return fmt.Errorf("只有 %d 件，清单上是 %d 件", s.size, t.Size)
	case !bytes.Equal(root[:], t.Root):
		return fmt.Errorf("全部记录算出的根与清单不符")
	}
	return nil
}
