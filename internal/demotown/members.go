package demotown

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/member"
)

// clerk is who keeps the registers: the first log-in of the demo.
func (b *builder) clerk() who {
	l := b.facts.Logins[0]
	return who{id: l.ID, unit: l.Unit, post: l.Office}
}

// roster enters the members of the opening day.
func (b *builder) roster(ctx context.Context) error {
	plan, err := b.readRoster(ctx, "roster.xlsx", member.RosterOptions{On: Opening, How: member.Opening})
	if err != nil {
		return err
	}
	batch, err := plan.Seal(ctx, b.Vault, nil)
	if err != nil {
		return err
	}
	_, err = b.record(ctx, Opening, who{}, batch.Record)
	return err
}

func (b *builder) readRoster(ctx context.Context, name string, opt member.RosterOptions) (*member.RosterPlan, error) {
	book, err := openSheet(name)
	if err != nil {
		return nil, err
	}
	p, plan, err := member.PreviewRoster(ctx, b.DB, b.Vault, book, opt)
	return plan, clean(p, err)
}

// movementEvents are the days on which members came, went, moved or became full members, each with all its lines.
func (b *builder) movementEvents(ctx context.Context) ([]event, error) {
	arrivals, err := b.readRoster(ctx, "arrivals.xlsx", member.RosterOptions{On: Present, How: member.In})
	if err != nil {
		return nil, err
	}
	book, err := openSheet("movements.xlsx")
	if err != nil {
		return nil, err
	}
	p, plan, err := member.PreviewMovements(ctx, b.DB, b.Vault, book, arrivals, Present)
	if err := clean(p, err); err != nil {
		return nil, err
	}
	var out []event
	last := calendar.Date("")
	for _, m := range plan.Rows { // in order of day
		if m.On == last {
			continue
		}
		last = m.On
		batch, err := plan.Seal(ctx, b.Vault, func(x member.MovementRow) bool { return x.On == m.On })
		if err != nil {
			return nil, err
		}
		out = append(out, event{on: m.On, by: b.clerk(), do: batch.Record})
	}
	return out, nil
}
