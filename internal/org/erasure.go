package org

import (
	"context"

	"cunju/internal/journal"
)

// Told lists the acts that tell of the offices of a person, also of those that were voided, for an erasure.
func Told(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
	return journal.Told(ctx, w, KindAppoint, "person", person, func(b *Appoint) int64 { return b.Person })
}
