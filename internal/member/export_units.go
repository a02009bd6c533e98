package member

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// secretaries are the roles that lead a Party organisation.
const secretaries = `('street-secretary', 'committee-secretary', 'general-branch-secretary', 'branch-secretary')`

// ExportOrganisations writes the information form of a Party organisation and all below it as of a day: name as on the seal,
// superior, secretary with the end of the term, and the number of members that the ledger has. It returns the secretaries.
func ExportOrganisations(ctx context.Context, q db.Querier, v people.Vault, w io.Writer, opt ExportOptions) (persons []int64, err error) {
	position, err := journal.Size(ctx, q, v.Town)
	if err != nil {
		return nil, err
	}
	units, err := org.Register(ctx, q, v.Town, org.Party, opt.Unit, opt.On)
	if err != nil || len(units) == 0 {
		return nil, err
	}
	tree, err := org.Tree(ctx, q, v.Town, org.Party, opt.On)
	if err != nil {
		return nil, err
	}
	heads, err := sizes(ctx, q, v.Town, opt.On)
	if err != nil {
		return nil, err
	}
	total := rollUp(tree, heads)
	lead, err := leaders(ctx, q, v.Town, opt.On)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if s, ok := lead[u.ID]; ok {
			persons = append(persons, s.person)
		}
	}
	l := layouts.OrganisationForm(layouts.Checks{})
	meta := sheet.Meta{Town: v.Town, Position: position, Kind: "organisation/" + strconv.FormatInt(opt.Unit, 10) + "/" + string(opt.On), Secret: opt.Secret,
		Subtitle: fmt.Sprintf("%s　截至%s　共%d个", units[0].Name, opt.On.Chinese(), len(units))}
	return persons, sheet.Export(w, l, meta, func(yield func(sheet.ExportRow) bool) {
		for _, u := range units {
			s := lead[u.ID]
			values := map[string]string{"organisation": u.Name, "parent": u.Parent, "kind": org.PartyKind(u.Kind), "secretary": s.name, "phone": u.Contact,
				"founded": string(u.From), "members": strconv.FormatInt(total[u.ID].full+total[u.ID].probationary, 10)}
			if s.until != "" {
				values["term_end"] = string(s.until.AddDays(-1))
			}
			row := sheet.ExportRow{Key: u.ID, Values: make([]string, len(l.Columns))}
			for i := range l.Columns {
				row.Values[i] = values[l.Columns[i].Key]
			}
			if !yield(row) {
				return
			}
		}
	})
}

type leader struct {
	person int64
	name   string
	until  calendar.Date // the first day after the term
}

// leaders reads who leads each Party organisation on a day.
func leaders(ctx context.Context, q db.Querier, town string, on calendar.Date) (map[int64]leader, error) {
	out := map[int64]leader{}
	err := db.Each(ctx, q, `SELECT o.unit, p.id, p.name, o.until FROM org_office o JOIN people_person p ON p.town = $1 AND p.id = o.person
		WHERE o.town = $1 AND o.from_day <= $2 AND o.to_day > $2 AND o.role IN `+secretaries, func(r struct {
		Unit, Person int64
		Name         string
		Until        calendar.Date
	}) error {
		out[r.Unit] = leader{r.Person, r.Name, r.Until}
		return nil
	}, town, string(on))
	return out, err
}
