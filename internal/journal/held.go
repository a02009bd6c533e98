package journal

import (
	"bytes"
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// holdAtOnce is how many acts are read by one statement.
const holdAtOnce = 100

// Held is a public act held against its seal.
type Held struct {
	Leaf  tlog.Hash // of its entry, as its columns make it now
	State Holding
}

// Holding is what was found when a public act was held against its seal. The zero value is the bad one: an act that is not
// there is broken.
type Holding int

const (
	Broken  Holding = iota // not there, not public, or not what was sealed
	Emptied                // its payload was erased by an act; the entry is whole
	Whole
)

// Hold opens public acts and holds each against its commitment and the leaf recorded for it. An act that is not there is not in
// the answer. Whether the leaf stands in the tree that witnesses signed is Verify's to say.
func (j *Journal) Hold(ctx context.Context, town string, acts []int64) (map[int64]Held, error) {
	found := make(map[int64]Held, len(acts))
	for part := range slices.Chunk(acts, holdAtOnce) {
		list, args := db.In(2, part)
		err := db.Each(ctx, j.DB, `SELECT `+fullColumns+` FROM journal_act WHERE town = $1 AND n IN (`+list+`)`, func(a fullRow) error {
			h := Held{Leaf: tlog.RecordHash(a.seal().entry(town))}
			switch {
			case !bytes.Equal(h.Leaf[:], a.Leaf) || !j.book.Public(a.Kind):
			case a.Salt == nil:
				h.State = Emptied
			case bytes.Equal(Commit(a.Salt, a.Payload), a.Commitment):
				h.State = Whole
			}
			found[a.N] = h
			return nil
		}, append([]any{town}, args...)...)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
