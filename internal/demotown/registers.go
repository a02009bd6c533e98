package demotown

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

// clean refuses a register that the importer finds fault with: a fault of the demo's files.
func clean(p *sheet.Preview, err error) error {
	if err != nil {
		return err
	}
	for _, q := range p.Problems {
		if q.Level == sheet.Error {
			return fmt.Errorf("%s %s: %s", p.File, q.Address, q.Message)
		}
	}
	return nil
}

// institutions sets up the street, its places and bodies.
func (b *builder) institutions(ctx context.Context) error {
	book, err := openSheet("institutions.xlsx")
	if err != nil {
		return err
	}
	p, plan, err := org.PreviewInstitutions(ctx, b.DB, b.Town, book, Opening)
	if err := clean(p, err); err != nil {
		return err
	}
	_, err = b.record(ctx, Opening, who{}, func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) })
	return err
}

// partyUnits sets up the Party organisations on their own line, each standing in its village or community on the area line.
func (b *builder) partyUnits(ctx context.Context) error {
	book, err := openSheet("units.xlsx")
	if err != nil {
		return err
	}
	p, plan, err := org.PreviewParty(ctx, b.DB, b.Town, book, Opening)
	if err := clean(p, err); err != nil {
		return err
	}
	if _, err = b.record(ctx, Opening, who{}, func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) }); err != nil {
		return err
	}
	return b.readUnits(ctx)
}

// households enters everybody who lives in the villages and communities, with their households.
func (b *builder) households(ctx context.Context) error {
	book, err := openSheet("households.csv")
	if err != nil {
		return err
	}
	p, plan, err := people.PreviewHouseholds(ctx, b.DB, b.Vault, book, people.HouseholdOptions{On: Opening, Unit: -1})
	if err := clean(p, err); err != nil {
		return err
	}
	batch, err := plan.Seal(ctx, b.Vault, nil)
	if err != nil {
		return err
	}
	_, err = b.record(ctx, Opening, who{}, batch.Record)
	return err
}

// readOffices reads who held which office when; what lies after the opening is recorded as its days come.
func (b *builder) readOffices(ctx context.Context) error {
	book, err := openSheet("offices.xlsx")
	if err != nil {
		return err
	}
	p, plan, err := org.PreviewOffices(ctx, b.DB, b.Town, b.Vault.Find, book, Present)
	if err := clean(p, err); err != nil {
		return err
	}
	b.tenures = plan
	_, err = b.record(ctx, Opening, who{}, func(ctx context.Context, w *journal.Writer) error {
		return plan.Record(ctx, w, b.Vault.Find, "", Opening)
	})
	return err
}

// officeEvents are the days after the opening on which offices were taken and left.
func (b *builder) officeEvents() []event {
	seen := map[calendar.Date]bool{}
	var out []event
	for _, e := range b.tenures.Rows {
		for _, on := range []calendar.Date{e.From, e.Left} {
			if on <= Opening || on > Present || seen[on] {
				continue
			}
			seen[on] = true
			out = append(out, event{on: on, by: b.clerk(), do: func(ctx context.Context, w *journal.Writer) error {
				return b.tenures.Record(ctx, w, b.Vault.Find, on, on)
			}})
		}
	}
	return out
}

// settings records the street's own terms: villages publish their money every month, which the law leaves to where much of it
// moves (《村民委员会组织法》第三十五条), and supervision committees answer within five working days.
func (b *builder) settings(ctx context.Context) error {
	_, err := b.record(ctx, Opening, b.clerk(), func(ctx context.Context, w *journal.Writer) error {
		for _, term := range []struct {
			key   law.Key
			value int64
		}{{law.MonthlyMoney, 1}, {law.CheckDays, 5}} {
			if _, err := org.Adopt(ctx, w, law.SetSetting{Key: term.key.Name, Value: term.value, Level: law.Town, From: Opening,
				Citation: "文峰街道村（居）务公开工作规程（演示）"}, Opening); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
