package member

import (
	"cmp"
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
)

// rosterOf reads the members that an export is to write.
func rosterOf(ctx context.Context, q db.Querier, town string, opt ExportOptions) (list []*exported, err error) {
	if opt.Past {
		list, err = rosterPast(ctx, q, town, opt)
	} else {
		list, err = rosterToday(ctx, q, town, opt.Unit)
	}
	if opt.Only != nil {
		list = slices.DeleteFunc(list, func(x *exported) bool { return !slices.Contains(opt.Only, x.id) })
	}
	return list, err
}

// rosterPast reads the members of a unit at the end of a day, each as the record then was, with the person's particulars of
// today: those have no day.
func rosterPast(ctx context.Context, q db.Querier, town string, opt ExportOptions) ([]*exported, error) {
	rows, err := AsOf(ctx, q, town, opt.Unit, opt.On)
	if err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, q, town, opt.On)
	if err != nil {
		return nil, err
	}
	ids, persons := make([]int64, len(rows)), make([]int64, len(rows))
	for i, row := range rows {
		ids[i], persons[i] = row.ID, row.Person
	}
	members, err := journal.StatesOf[Member](ctx, q, opt.Book, town, ids, journal.AsOf(opt.On))
	if err != nil {
		return nil, err
	}
	particulars, err := people.FindAll(ctx, q, town, persons)
	if err != nil {
		return nil, err
	}
	list := make([]*exported, 0, len(rows))
	for _, row := range rows {
		if m := members[row.ID]; m != nil {
			list = append(list, &exported{id: row.ID, sort: row.Sortkey, person: particulars[row.Person], branch: row.BranchName, place: places[row.Branch], member: *m})
		}
	}
	return list, nil
}

// rosterToday reads today's members of a unit with all that the forms print, in order of name.
func rosterToday(ctx context.Context, q db.Querier, town string, unit int64) ([]*exported, error) {
	const inside = ` FROM org_closure c CROSS JOIN member_roster r `
	const where = ` WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.to_day = '9999-12-31' AND r.town = $1 AND r.branch = c.descendant`
	var list []*exported
	byID := map[int64]*exported{}
	err := db.Each(ctx, q, `SELECT r.id, r.branch, d.category, d.admitted, d.full_day, d.floating, d.lost, u.short, u.name,
			p.id, p.handle, p.name, p.sortkey, p.sex, p.birth, p.ethnicity, p.education, p.degree, p.registered, p.idnumber, p.phone, p.address`+inside+
		`CROSS JOIN member_record d CROSS JOIN people_person p CROSS JOIN org_unit u`+where+`
			AND d.town = $1 AND d.id = r.id AND p.town = $1 AND p.id = r.person AND u.town = $1 AND u.id = r.branch`, func(r struct {
		ID, Branch                               int64
		Category                                 Category
		Admitted, Full                           calendar.Date
		Floating, Lost                           int64
		Short, Long                              string
		Person, Key                              int64
		Name, Sortkey, Sex                       string
		Birth                                    calendar.Date
		Ethnicity, Education, Degree, Registered string
		IDNumber, Phone, Address                 string
	}) error {
		x := &exported{id: r.ID, sort: r.Sortkey, branch: cmp.Or(r.Short, r.Long),
			person: people.Row{ID: r.Person, Key: r.Key, Name: r.Name, Sex: r.Sex, Birth: r.Birth, Ethnicity: r.Ethnicity, Education: r.Education,
				Degree: r.Degree, Registered: r.Registered, IDNumber: r.IDNumber, Phone: r.Phone, Address: r.Address},
			member: Member{Person: r.Person, Admitted: r.Admitted, Full: r.Full, Floating: r.Floating != 0, Lost: r.Lost != 0, Record: map[string]string{},
				Spans: []Span{{Branch: r.Branch, Category: r.Category}}}}
		list = append(list, x)
		byID[r.ID] = x
		return nil
	}, town, string(org.Any), unit)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b *exported) int { return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id)) })
	err = db.Each(ctx, q, `SELECT f.id, f.field, f.value`+inside+`CROSS JOIN member_field f`+where+` AND f.town = $1 AND f.id = r.id`, func(r struct {
		ID           int64
		Field, Value string
	}) error {
		byID[r.ID].member.Record[r.Field] = r.Value
		return nil
	}, town, string(org.Any), unit)
	if err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, q, town, openEnded)
	for _, x := range list {
		x.place = places[x.member.Now().Branch]
	}
	return list, err
}

// placesOf gives every unit of a day the nearest village or community above it, by the name it then had.
func placesOf(ctx context.Context, q db.Querier, town string, on calendar.Date) (map[int64]string, error) {
	m := map[int64]string{}
	depth := map[int64]int64{}
	err := db.Each(ctx, q, `SELECT c.descendant, n.name, c.depth FROM org_closure c CROSS JOIN org_unit u CROSS JOIN org_name n
		WHERE c.town = $1 AND c.line = $2 AND c.from_day <= $3 AND c.to_day > $3 AND u.town = $1 AND u.id = c.ancestor
			AND u.kind IN ('village', 'community') AND n.town = $1 AND n.id = u.id AND n.from_day <= $3 AND n.to_day > $3`, func(r struct {
		ID    int64
		Name  string
		Depth int64
	}) error {
		if d, ok := depth[r.ID]; !ok || r.Depth < d {
			m[r.ID], depth[r.ID] = r.Name, r.Depth
		}
		return nil
	}, town, string(org.Any), string(on))
	return m, err
}
