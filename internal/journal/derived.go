package journal

import (
	"context"

	"cunju/internal/db"
)

// Derived is a set of tables computed from other projections rather than from one entity's state: a closure of the tree, a
// register that joins persons and memberships. Refresh rewrites the part that depends on the touched entities; touched is nil
// in a rebuild and then everything is written (the tables are empty).
type Derived struct {
	Name    string
	Watches []string // entity types whose change calls Refresh
	Tables  []*db.Table
	Refresh func(ctx context.Context, tx *db.Tx, town string, touched map[string][]int64) error
}

// refresh calls the derived tables that watch a touched type.
func (b *Book) refresh(ctx context.Context, tx *db.Tx, town string, touched map[string][]int64) error {
	for _, s := range b.slices {
		for _, d := range s.Derived {
			for _, typ := range d.Watches {
				if len(touched[typ]) > 0 {
					if err := d.Refresh(ctx, tx, town, touched); err != nil {
						return err
					}
					break
				}
			}
		}
	}
	return nil
}
