package main

import (
	"context"
	"io"

	"cunju/internal/access"
	"cunju/internal/db"
)

// journalFiller writes the whole journal. It names everybody the town knows, whatever unit was asked for, so it takes the power
// over the whole town, and the view log says how many persons left with it.
func (x *exporting) journalFiller(ctx context.Context) (func(io.Writer) error, error) {
	h := x.house
	var err error
	if x.unit, err = h.street(ctx, h.journal.Today()); err != nil {
		return nil, err
	}
	view, err := x.allowed(ctx, access.PeopleRead)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		n, err := db.One[int64](ctx, h.db, `SELECT COUNT(*) FROM people_person WHERE town = $1`, h.town)
		if err != nil {
			return err
		}
		if err := h.writeJournal(ctx, w); err != nil {
			return err
		}
		view.What, view.Persons = "整本总账（姓名可见，号码为密文）", n
		return h.note(ctx, view)
	}, nil
}
