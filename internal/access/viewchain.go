package access

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"cunju/internal/db"
)

// beginning is what the first row of a town's log is chained to.
func beginning(town string) string {
	h := sha256.Sum256([]byte("cunju view log 1\n" + town))
	return hex.EncodeToString(h[:])
}

// link is the hash of a row that stands at a place of the chain: over the hash before it and everything that the row says, each
// text with its length before it.
func (v View) link(seq int64, before string) string {
	var b []byte
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text := func(s string) {
		number(int64(len(s)))
		b = append(b, s...)
	}
	text(before)
	for _, n := range []int64{seq, v.Subject, v.At, v.ID, v.Viewer} {
		number(n)
	}
	for _, s := range []string{v.Office, v.Act, v.What, v.Page, v.Reason} {
		text(s)
	}
	number(v.Persons)
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// place is where a chain ends.
type place struct {
	Seq  int64
	Hash string
}

// append writes rows behind the last one. Writers of one town wait for each other at the head's row, for the length of their
// own short transaction.
func (l Log) append(ctx context.Context, tx *db.Tx, views []View) error {
	end, err := l.claim(ctx, tx, len(views))
	if err != nil {
		return err
	}
	rows := make([][]any, len(views))
	for i, v := range views {
		end.Seq++
		end.Hash = v.link(end.Seq, end.Hash)
		rows[i] = []any{l.Town, v.Subject, v.At, v.ID, v.Viewer, v.Office, v.Act, v.What, v.Page, v.Reason, v.Persons, end.Seq, end.Hash}
	}
	if _, err := tx.Exec(ctx, `UPDATE access_view_head SET hash = $2 WHERE town = $1`, l.Town, end.Hash); err != nil {
		return err
	}
	return tx.Insert(ctx, viewTable, rows)
}

// claim takes the next n places of the chain and answers where they begin. The statement that counts is the one that waits.
func (l Log) claim(ctx context.Context, tx *db.Tx, n int) (place, error) {
	const count = `UPDATE access_view_head SET seq = seq + $2 WHERE town = $1 RETURNING seq - $2, hash`
	end, err := db.One[place](ctx, tx, count, l.Town, int64(n))
	if db.Kind(err) != db.NotFound {
		return end, err
	}
	last, err := l.last(ctx, tx)
	if err != nil {
		return place{}, err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO access_view_head (town, seq, hash, sealed) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`, l.Town, last.Seq, last.Hash); err != nil {
		return place{}, err
	}
	return db.One[place](ctx, tx, count, l.Town, int64(n))
}

// last is where the rows end.
func (l Log) last(ctx context.Context, q db.Querier) (place, error) {
	list, err := db.All[place](ctx, q, `SELECT seq, hash FROM access_view WHERE town = $1 ORDER BY seq DESC LIMIT 1`, l.Town)
	if err != nil || len(list) == 0 {
		return place{Hash: beginning(l.Town)}, err
	}
	return list[0], nil
}

// Refill lets fill insert rows that have no place in the chain, their seq 0 and their hash empty, and gives them theirs. It is
// for a log that nobody writes to.
func Refill(ctx context.Context, tx *db.Tx, fill func() error) error {
	if err := tx.DropIndexes(ctx, viewTable); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	byTime := viewTable
	byTime.Indexes = byTime.Indexes[:1]
	if err := tx.CreateIndexes(ctx, byTime); err != nil { // rows are chained in this order
		return err
	}
	if err := chain(ctx, tx); err != nil {
		return err
	}
	return tx.CreateIndexes(ctx, viewTable)
}

// chainPage is how many rows are chained at once.
const chainPage = 1000

// chain gives rows that have no place yet theirs, in order of time: those of a log, or of a back-up, from before rows were
// chained.
func chain(ctx context.Context, tx *db.Tx) error {
	towns, err := db.All[string](ctx, tx, `SELECT DISTINCT town FROM access_view WHERE seq = 0 ORDER BY town`)
	if err != nil {
		return err
	}
	for _, town := range towns {
		end, err := Log{Town: town}.last(ctx, tx)
		if err != nil {
			return err
		}
		if end.Seq == 0 {
			end.Hash = beginning(town)
		}
		var from View // the last one chained: the next page begins behind it, with no look at what lies before
		for more := true; more; {
			views, err := db.All[View](ctx, tx, `SELECT `+viewColumns+` FROM access_view
				WHERE town = $1 AND at >= $2 AND (at > $2 OR id > $3 OR id = $3 AND subject > $4) AND seq = 0 ORDER BY at, id, subject LIMIT $5`,
				town, from.At, from.ID, from.Subject, int64(chainPage))
			if err != nil {
				return err
			}
			for _, v := range views {
				end.Seq++
				end.Hash = v.link(end.Seq, end.Hash)
				if _, err := tx.Exec(ctx, `UPDATE access_view SET seq = $5, hash = $6 WHERE town = $1 AND subject = $2 AND at = $3 AND id = $4`,
					town, v.Subject, v.At, v.ID, end.Seq, end.Hash); err != nil {
					return fmt.Errorf("chain row %d of %s: %w", end.Seq, town, err)
				}
			}
			if more = len(views) == chainPage; more {
				from = views[chainPage-1]
			}
		}
	}
	return nil
}
