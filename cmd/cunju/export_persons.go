package main

import (
	"context"
	"io"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/org"
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

// leaders are the persons whom the form of Party organisations names: who leads one of them on the day.
func (x *exporting) leaders(ctx context.Context, unit int64) ([]int64, error) {
	units, err := org.Register(ctx, x.house.db, x.house.town, org.Party, unit, x.on)
	if err != nil {
		return nil, err
	}
	named := map[int64]bool{}
	for _, u := range units {
		named[u.ID] = true
	}
	var persons []int64
	err = db.Each(ctx, x.house.db, `SELECT unit, person FROM org_office WHERE town = $1 AND from_day <= $2 AND to_day > $2
		AND role IN ('street-secretary', 'committee-secretary', 'general-branch-secretary', 'branch-secretary') ORDER BY id`,
		func(o struct{ Unit, Person int64 }) error {
			if named[o.Unit] {
				persons = append(persons, o.Person)
			}
			return nil
		}, x.house.town, string(x.on))
	return persons, err
}
