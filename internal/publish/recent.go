package publish

import (
	"context"

	"cunju/internal/db"
)

// Recent answers how the newest checkpoints were let out, the newest first, at most that many.
func Recent(ctx context.Context, q db.Querier, town string, most int) ([]Release, error) {
	return db.All[Release](ctx, q, `SELECT size, signed, released, quorum FROM publish_release WHERE town = $1 ORDER BY size DESC LIMIT $2`, town, most)
}
