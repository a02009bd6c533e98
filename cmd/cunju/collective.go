package main

import (
	"context"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/org"
	"cunju/internal/people"
)

// inCollective answers who is a member of a collective. Until collectives keep a register of their members, it is who lives in a
// household of the village's register, unless another place is noted as where he is registered; registers write 本地 for here.
func (h *house) inCollective(ctx context.Context, q db.Querier, collective, person int64, on calendar.Date) (bool, error) {
	home, err := people.HouseholdOf(ctx, q, h.town, person)
	if db.Kind(err) == db.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	above, err := org.Path(ctx, q, h.town, org.Any, collective, on)
	if err != nil {
		return false, err
	}
	row, err := people.Find(ctx, q, h.town, person)
	if err != nil {
		return false, err
	}
	for _, id := range above {
		u, err := org.Find(ctx, q, h.town, id)
		if err != nil {
			return false, err
		}
		if u.Kind != "village" && u.Kind != "community" {
			continue
		}
		lives, err := org.Path(ctx, q, h.town, org.Any, home.Unit, on)
		if err != nil {
			return false, err
		}
		street, err := org.Find(ctx, q, h.town, 0)
		if err != nil {
			return false, err
		}
		here := row.Registered == "" || row.Registered == "本地" || strings.Contains(row.Registered, u.Label()) || strings.Contains(row.Registered, street.Label())
		return here && slices.Contains(lives, id), nil
	}
	return false, nil
}
