package demotown

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/org"
)

// unmet is the notice that was approved without a joint meeting: its page and its verdict say so.
const unmet = "渡江村2026年8月财务收支公开表"

// meeting is the joint meeting of the two committees of a village or community before a notice of theirs was approved: everyone who
// holds an office in either was due, one was away. It is nil for others.
func (b *builder) meeting(ctx context.Context, q db.Querier, place, category, chair string, on calendar.Date) (*disclosure.Meeting, error) {
	if s := subjects[category]; s != "finance" && s != "village" {
		return nil, nil
	}
	due := map[int64]bool{}
	for _, u := range b.under(place) {
		switch u.Kind {
		case "villagers-committee", "residents-committee", "party-general-branch", "party-committee":
			held, err := org.OfficesIn(ctx, q, b.Town, u.ID, on)
			if err != nil {
				return nil, err
			}
			for _, o := range held {
				due[o.Person] = true
			}
		}
	}
	m := &disclosure.Meeting{Day: on, Chair: chair, Expected: int64(len(due)), Attended: int64(len(due)), Decision: "同意公布"}
	if m.Attended > 3 {
		m.Attended--
	}
	return m, nil
}
