package desk

import (
	"context"
	"slices"

	"cunju/internal/web"
)

// UnitNames are the short names of the units that the rows of a list belong to, each asked for once.
func UnitNames[T any](ctx context.Context, h *House, rows []T, unit func(T) int64) (map[int64]string, error) {
	names := map[int64]string{}
	for _, row := range rows {
		id := unit(row)
		if _, ok := names[id]; ok {
			continue
		}
		var err error
		if names[id], err = h.Name(ctx, h.DB, id); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// Within leaves of the rows of a list those of units over which the reader has a power, asked once a unit.
func Within[T any](r *web.Request, h *House, act string, rows []T, unit func(T) int64) []T {
	may := map[int64]bool{}
	for _, row := range rows {
		id := unit(row)
		if _, asked := may[id]; !asked {
			may[id] = h.Can(r, act, id, 0, 0)
		}
	}
	return slices.DeleteFunc(rows, func(row T) bool { return !may[unit(row)] })
}
