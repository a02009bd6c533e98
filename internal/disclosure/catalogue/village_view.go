package catalogue

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/org"
	"cunju/internal/web"
)

// VillageProps is what a village's public page shows of what is due: only items for everyone.
type VillageProps struct {
	Area  int64
	Today calendar.Date
	Late  []Line // past their date, the longest waiting first
	Soon  []Line // still to be published, the next date first
	Ended []Line // of the last months: published, in time or late, or stated as nothing
}

// Line is a due item with the name of its unit.
type Line struct {
	Due
	UnitName string
}

// Limits of a village's page: how far back it looks, and how many ended items it names.
const (
	villageMonths = 6
	villageEnded  = 12
	villageMost   = 500
	villageLate   = 3 // late items that are named at once; the others are folded away
)

// Village gathers what a village or community owes its people today.
func Village(ctx context.Context, q db.Querier, town string, area int64, today calendar.Date) (VillageProps, error) {
	v := VillageProps{Area: area, Today: today}
	list, err := DueOf(ctx, q, town, DueFilter{Under: []int64{area}, Public: true, Since: today.AddMonths(-villageMonths), Limit: villageMost})
	if err != nil {
		return v, err
	}
	lines, err := named(ctx, q, town, list)
	for _, l := range lines {
		switch l.State(today) {
		case Overdue, LongOverdue:
			v.Late = append(v.Late, l)
		case Waiting:
			v.Soon = append(v.Soon, l)
		default:
			if len(v.Ended) < villageEnded {
				v.Ended = append(v.Ended, l)
			}
		}
	}
	return v, err
}

// named adds the names of units.
func named(ctx context.Context, q db.Querier, town string, list []Due) ([]Line, error) {
	places, err := placesOf(ctx, q, town)
	out := make([]Line, len(list))
	for i, d := range list {
		out[i] = Line{d, places[d.Unit].Name}
	}
	return out, err
}

// Urgent is what a village's board shows above its notices: what is late. It is nil when nothing is.
func (p *Pages) Urgent(r *web.Request, village org.UnitRow) (templ.Component, error) {
	list, err := DueOf(r.Context(), p.DB, p.Town, DueFilter{Under: []int64{village.ID}, Public: true, Open: true, Before: p.Today(), Limit: villageMost})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	lines, err := named(r.Context(), p.DB, p.Town, list)
	return lateCard(VillageProps{Area: village.ID, Today: p.Today(), Late: lines}), err
}

// Beside is what the board of a village shows of the catalogue; the parent package places it.
func (p *Pages) Beside(r *web.Request, village org.UnitRow) (templ.Component, error) {
	v, err := Village(r.Context(), p.DB, p.Town, village.ID, p.Today())
	if err != nil {
		return nil, err
	}
	return VillageCard(v), nil
}

// toWhom says for whom it was published, where not for everyone.
func (l Line) toWhom() string {
	if l.Shown == "" || l.Shown == Public {
		return ""
	}
	return "（" + l.Shown.Chinese() + "）"
}

// href leads to the notice that met it, where everyone may read that.
func (l Line) href() string {
	if l.Notice < 0 || l.Shown != Public {
		return ""
	}
	return fmt.Sprintf("/n/%d", l.Notice)
}
