package open

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/org"
)

// unitRow is a unit as the database knows it.
type unitRow struct {
	ID        int64
	Kind      string
	Name      string
	Short     string
	From      calendar.Date
	To        calendar.Date
	Area      int64
	Published int64
}

// units lists villages and communities, past ones too, and every unit that published.
func units(ctx context.Context, q db.Querier, town string) ([]Unit, error) {
	rows, err := db.All[unitRow](ctx, q, `SELECT u.id, u.kind, u.name, u.short, u.from_day, u.to_day,
			COALESCE((SELECT MIN(v.id) FROM org_closure c CROSS JOIN org_unit v WHERE c.town = $1 AND c.line = 'any' AND c.descendant = u.id
				AND v.town = $1 AND v.id = c.ancestor AND v.kind IN ('village', 'community')), -1),
			COALESCE(n.published, 0)
		FROM org_unit u LEFT JOIN (SELECT unit, COUNT(*) AS published FROM disclosure_notice WHERE town = $1 AND published <> '' AND scope = 'public' GROUP BY unit) n ON n.unit = u.id
		WHERE u.town = $1 AND (u.kind IN ('village', 'community') OR n.published > 0) ORDER BY u.id`, town)
	out := make([]Unit, 0, len(rows))
	for _, r := range rows {
		u := Unit{ID: r.ID, Kind: r.Kind, Name: r.Name, Short: r.Short, Area: r.Area, From: r.From, Published: r.Published}
		if k, ok := org.KindOf(r.Kind); ok {
			u.KindName = k.Title
		}
		if r.To != calendar.Forever {
			u.To = r.To
		}
		if r.Kind == "village" || r.Kind == "community" {
			u.Page = fmt.Sprintf("/v/%d", r.ID)
		}
		out = append(out, u)
	}
	return out, err
}

// summary is a row of the board as programs read it.
func summary(row disclosure.Row, unit string) Summary {
	s, _ := disclosure.SubjectOf(row.Subject)
	out := Summary{ID: row.ID, Number: row.Number, Title: row.Title, Subject: row.Subject, SubjectName: s.Title, Item: row.Item, Unit: row.Unit,
		UnitName: unit, From: row.From, To: row.To, Published: row.Published, Posted: row.Posted, Place: row.Place, HangUntil: row.Last,
		TakenDown: row.TakenDown, Covered: row.Covered, Caution: row.Caution(), Act: row.PublishAct, Page: fmt.Sprintf("/n/%d", row.ID)}
	if row.Replaces > 0 {
		out.Replaces = &row.Replaces
	}
	if row.Newer > 0 {
		out.ReplacedBy = &row.Newer
	}
	return out
}

// detail opens a notice's public act and says what stands in it, if it agrees with its seal.
func (b *Board) detail(ctx context.Context, row disclosure.Row, unit string) (Detail, error) {
	d := Detail{Summary: summary(row, unit)}
	p, e, err := b.pages.Read(ctx, row)
	if err != nil {
		return d, err
	}
	log := "/log/" + b.pages.Town
	d.Seal = Seal{Standing: string(e.Standing), Act: row.ShownAct, Entry: e.Entry, Leaf: e.Leaf, Log: log,
		ActFile: fmt.Sprintf("%s/act/%d.json", log, row.ShownAct), Proof: fmt.Sprintf("%s/proof/%d.tlog-proof", log, row.ShownAct)}
	if e.Standing == disclosure.Sealed || e.Standing == disclosure.Pending {
		d.Content = &p.Content
	}
	return d, nil
}

// names are the short names of the units of a list.
func (b *Board) names(ctx context.Context, rows []disclosure.Row) (map[int64]string, error) {
	return desk.UnitNames(ctx, b.pages.House, rows, func(row disclosure.Row) int64 { return row.Unit })
}
