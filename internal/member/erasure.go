package member

import (
	"context"

	"cunju/internal/journal"
)

// Told lists the acts that tell of a person's memberships, also of those that were voided, for an erasure.
func Told(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
	return journal.Told(ctx, w, KindEnter, "person", person, func(b *Enter) int64 { return b.Person })
}
