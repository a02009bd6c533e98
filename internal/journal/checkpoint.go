package journal

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// Checkpoint is a published statement of the log: a C2SP signed note over origin, size and root.
type Checkpoint struct {
	Size int64
	At   int64 // unix milliseconds
	Note string
}

// checkpointText is the note's body: origin, decimal size, base64 root; no extension lines.
func checkpointText(origin string, size int64, root tlog.Hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)
}

// Sign publishes a checkpoint for the town's current size, unless the newest one is of that size already. The tree that it
// signs is read from committed rows under the head's lock, so two servers can never sign two histories. The key is named by the
// log's origin.
func (j *Journal) Sign(ctx context.Context, town string, key note.Signer) (Checkpoint, error) {
	var cp Checkpoint
	err := j.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if cp, err = j.sign(ctx, tx, town, key); err != nil {
			return err
		}
		return publish(ctx, tx, town, cp)
	})
	return cp, err
}

// Draft signs a checkpoint for the town's current size as Sign does, but does not publish it: witnesses are asked first. Nothing
// is written; to sign the same size again gives the same words. When the newest checkpoint is of that size already, it is
// answered.
func (j *Journal) Draft(ctx context.Context, town string, key note.Signer) (Checkpoint, error) {
	var cp Checkpoint
	err := j.DB.Update(ctx, func(tx *db.Tx) (err error) {
		cp, err = j.sign(ctx, tx, town, key)
		return err
	})
	return cp, err
}

// sign reads the tree under the head's lock and signs it.
func (j *Journal) sign(ctx context.Context, tx *db.Tx, town string, key note.Signer) (cp Checkpoint, err error) {
	head, err := lockHead(ctx, tx, town)
	if err != nil {
		return cp, err
	}
	old, err := newest(ctx, tx, town, head.Size)
	if err == nil && old.Size == head.Size {
		return old, nil
	}
	if err != nil && db.Kind(err) != db.NotFound {
		return cp, err
	}
	if key.Name() != head.Origin {
		return cp, fmt.Errorf("log key is named %q, but the log's origin is %q", key.Name(), head.Origin)
	}
	t, err := loadTree(ctx, tx, town, head.Size, head.Root)
	if err != nil {
		return cp, err
	}
	signed, err := note.Sign(&note.Note{Text: checkpointText(head.Origin, head.Size, t.root())}, key)
	return Checkpoint{Size: head.Size, At: j.opt.Clock().UnixMilli(), Note: string(signed)}, err
}

// Publish lets out a checkpoint that [Journal.Draft] signed, with the cosignatures that were collected. What is published already
// only gains signature lines: a checkpoint's words never change.
func (j *Journal) Publish(ctx context.Context, town string, cp Checkpoint) error {
	return j.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := lockHead(ctx, tx, town); err != nil {
			return err
		}
		return publish(ctx, tx, town, cp)
	})
}

// publish writes a checkpoint, or adds to the one of its size the signature lines that are new.
func publish(ctx context.Context, tx *db.Tx, town string, cp Checkpoint) error {
	old, err := newest(ctx, tx, town, cp.Size)
	if db.Kind(err) == db.NotFound || err == nil && old.Size != cp.Size {
		return tx.Insert(ctx, checkpointTable, [][]any{{town, cp.Size, cp.At, cp.Note}})
	}
	if err != nil {
		return err
	}
	text, lines, _ := strings.Cut(cp.Note, "\n\n")
	if words, _, _ := strings.Cut(old.Note, "\n\n"); words != text {
		return &Damaged{town, fmt.Errorf("two checkpoints of size %d say different things", cp.Size)}
	}
	all := old.Note
	for line := range strings.Lines(lines) {
		if !strings.Contains(all, "\n"+line) {
			all += line
		}
	}
	if all == old.Note {
		return nil
	}
	_, err = tx.Exec(ctx, `UPDATE journal_checkpoint SET note = $3 WHERE town = $1 AND size = $2`, town, cp.Size, all)
	return err
}

// headRow is a town's head.
type headRow struct {
	Origin   string
	Size     int64
	Root     []byte
	Recorded int64 // of the last act
}

func readHead(ctx context.Context, q db.Querier, town string) (headRow, error) {
	return db.One[headRow](ctx, q, `SELECT origin, size, root, recorded FROM journal_head WHERE town = $1`, town)
}

// lockHead reads the head and keeps others from recording until the transaction ends.
func lockHead(ctx context.Context, tx *db.Tx, town string) (headRow, error) {
	head, err := db.OneForUpdate[headRow](ctx, tx, `SELECT origin, size, root, recorded FROM journal_head WHERE town = $1`, town)
	if db.Kind(err) == db.NotFound {
		return head, &Refusal{Act: -1, Err: err, Message: fmt.Sprintf("没有 %s 的总账。请先建立，或核对区划代码。", town)}
	}
	return head, err
}

// newest returns the newest checkpoint of at most the given size.
func newest(ctx context.Context, q db.Querier, town string, size int64) (Checkpoint, error) {
	return db.One[Checkpoint](ctx, q, `SELECT size, at, note FROM journal_checkpoint WHERE town = $1 AND size <= $2 ORDER BY size DESC LIMIT 1`, town, size)
}

// Published returns the newest published checkpoint. Its error is of kind [db.NotFound] when there is none yet.
func Published(ctx context.Context, q db.Querier, town string) (Checkpoint, error) {
	return newest(ctx, q, town, 1<<62)
}

// covering returns the oldest checkpoint that includes act n: the nearest to the day on which it was recorded.
func covering(ctx context.Context, q db.Querier, town string, n int64) (Checkpoint, error) {
	return db.One[Checkpoint](ctx, q, `SELECT size, at, note FROM journal_checkpoint WHERE town = $1 AND size > $2 ORDER BY size LIMIT 1`, town, n)
}

// Origin returns the town's log origin.
func Origin(ctx context.Context, q db.Querier, town string) (string, error) {
	h, err := readHead(ctx, q, town)
	return h.Origin, err
}
