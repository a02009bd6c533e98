package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// tailLength is how many of the last acts a start after an unclean stop recomputes.
const tailLength = 1000

// checkTail recomputes the last acts of the journal: that they are numbered without gaps, that every payload opens its
// commitment, and that the last entry's proof leads to the root, which covers all before it. It answers how many it looked at.
func (h *house) checkTail(ctx context.Context, size int64) (int64, error) {
	if err := h.sign(ctx); err != nil {
		return 0, err
	}
	next := max(0, size-tailLength)
	first := next
	var entry []byte
	err := db.Each(ctx, h.db, `SELECT n, kind, recorded, effective, commitment, salt, payload FROM journal_act
		WHERE town = $1 AND n >= $2 ORDER BY n`, func(r tailRow) error {
		if r.N != next {
			return fmt.Errorf("第 %d 号缺失", next)
		}
		next++
		if r.Salt != nil && !bytes.Equal(journal.Commit(r.Salt, r.Payload), r.Commitment) {
			return fmt.Errorf("第 %d 号的内容与封存的指纹不符", r.N)
		}
		entry = journal.Entry(h.town, r.N, r.Kind, r.Recorded, r.Effective, r.Commitment)
		return nil
	}, h.town, first)
	if err != nil {
		return 0, err
	}
	if next != size {
		return 0, fmt.Errorf("第 %d 号缺失", next)
	}
	proof, err := journal.Prove(ctx, h.db, h.town, size-1)
	if err != nil {
		return 0, err
	}
	verifier, err := note.NewVerifier(h.key.VKey)
	if err != nil {
		return 0, err
	}
	if proof.Check(entry, verifier) != nil {
		return 0, errors.New("最后一号与总账的根不符")
	}
	return size - first, nil
}

// tailRow is what is recomputed of an act.
type tailRow struct {
	N          int64
	Kind       string
	Recorded   int64
	Effective  calendar.Date
	Commitment []byte
	Salt       []byte
	Payload    []byte
}
