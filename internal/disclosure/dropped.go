package disclosure

import (
	"context"
	"errors"

	"cunju/internal/db"
	"cunju/internal/files"
	"cunju/internal/journal"
)

// DropFiles deletes from the store the files that coverings later than the act done took out of notices and nobody else refers to. It
// returns the latest covering that it looked at, to be given back the next time. The covering is on record first, so that a file
// that a crash left behind goes with the next round.
func DropFiles(ctx context.Context, j *journal.Journal, town string, store *files.Store, done int64) (int64, error) {
	covered, err := db.All[int64](ctx, j.DB, `SELECT id FROM disclosure_notice WHERE town = $1 AND covered <> '' AND shown_act > $2 ORDER BY shown_act`, town, done)
	if err != nil {
		return done, err
	}
	for _, id := range covered {
		n, ok, err := journal.StateOf[Notice](ctx, j.DB, j.Book(), town, id, journal.Now)
		if err != nil || !ok {
			return done, err
		}
		if err := dropFiles(ctx, j.DB, town, store, n.Removed); err != nil {
			return done, err
		}
		done = max(done, n.ShownAct)
	}
	return done, nil
}

// dropFiles deletes files that no act refers to any more.
func dropFiles(ctx context.Context, q db.Querier, town string, store *files.Store, hashes []string) error {
	for _, hash := range hashes {
		open, err := store.Open(hash)
		if errors.Is(err, files.ErrMissing) {
			continue
		}
		if err == nil {
			err = open.Close()
		}
		if err != nil {
			return err
		}
		used, err := refersTo(ctx, q, town, hash)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := store.Remove(hash); err != nil {
			return err
		}
	}
	return nil
}
