package disclosure

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/web/ui"
)

// shownItems is how many items a drawing names; the rest is one bar.
const shownItems = 8

// drawn are a finance table's income and spending item by item, the greatest first, beside the last period and the plan where there
// are any. The table says the same and remains the source. Nothing is drawn where there is nothing to compare.
func (f *Finance) drawn(before *Finance) []ui.SidesProps {
	if f == nil {
		return nil
	}
	var out []ui.SidesProps
	in := f.side("收入", before, incoming)
	spent := f.side("支出", before, outlay)
	if f.Last == nil && f.Plan == nil && max(len(in.Rows), len(spent.Rows)) < 3 {
		return nil // a total and its only item say nothing to each other
	}
	for _, s := range []ui.SidesProps{in, spent} {
		if len(s.Rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// side is one drawing: pick takes income or spending of a pair.
func (f *Finance) side(title string, before *Finance, pick func(in, out int64) int64) ui.SidesProps {
	p := ui.SidesProps{Title: title, Unit: "元", Decimals: 2, Series: []string{"本期"}}
	total := ui.SidesRow{Label: title + "合计", Values: f.beside(pick(f.Sums()), f.lastTotal(pick), f.planTotal(pick))}
	if f.Last != nil || f.Plan != nil {
		p.Series = []string{"本期", "上期", "计划"}
	}
	var names []string
	for _, l := range f.Lines {
		names = append(names, l.Item)
	}
	for _, q := range f.Plan {
		names = append(names, q.Item)
	}
	slices.Sort(names)
	type item struct {
		name       string
		now        int64
		last, plan *int64
	}
	var items []item
	for _, name := range slices.Compact(names) {
		it := item{name: name, now: pick(f.of(name)), plan: f.planned(name, pick)}
		if before != nil {
			v := pick(before.of(name))
			it.last = &v
		}
		if it.now != 0 || it.plan != nil {
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return p
	}
	slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(b.now, a.now) })
	p.Rows = append(p.Rows, total)
	shown := items
	if len(items) > shownItems+1 {
		shown = items[:shownItems]
	}
	for _, it := range shown {
		p.Rows = append(p.Rows, ui.SidesRow{Label: it.name, Values: f.beside(it.now, it.last, it.plan)})
	}
	if rest := items[len(shown):]; len(rest) > 0 {
		var now int64
		for _, it := range rest {
			now += it.now
		}
		p.Rows = append(p.Rows, ui.SidesRow{Label: "其他 " + strconv.Itoa(len(rest)) + " 项", Values: f.beside(now, nil, nil)})
	}
	return p
}

// beside are a row's values in the order of the series.
func (f *Finance) beside(now int64, last, plan *int64) []*int64 {
	if f.Last == nil && f.Plan == nil {
		return []*int64{&now}
	}
	return []*int64{&now, last, plan}
}

func (f *Finance) lastTotal(pick func(in, out int64) int64) *int64 {
	if f.Last == nil {
		return nil
	}
	v := pick(f.Last.In, f.Last.Out)
	return &v
}

// planned is what the plan says of an item; nil where it says nothing.
func (f *Finance) planned(name string, pick func(in, out int64) int64) *int64 {
	for _, q := range f.Plan {
		if v := pick(q.In, q.Out); q.Item == name && v != 0 {
			return &v
		}
	}
	return nil
}

// drawings are a content's pictures. The items of the last period are read from its own notice; where that no longer says what this
// one took from it, only what stands in this one is drawn.
func (p *Pages) drawings(ctx context.Context, c Content) ([]ui.SidesProps, error) {
	f := c.Finance
	if f == nil || f.Last == nil {
		return f.drawn(nil), nil
	}
	row, err := Find(ctx, p.DB, p.Town, f.Last.Notice)
	if err != nil || row.Scope != c.Reach() || row.Published == "" {
		if db.Kind(err) == db.NotFound || err == nil {
			return f.drawn(nil), nil
		}
		return nil, err
	}
	said, e, err := p.stand(ctx, row, false)
	if err != nil {
		return nil, err
	}
	before := said.Content.Finance
	if e.Standing != Sealed || before == nil {
		return f.drawn(nil), nil
	}
	if in, out := before.Sums(); in != f.Last.In || out != f.Last.Out {
		return f.drawn(nil), nil
	}
	return f.drawn(before), nil
}

// closingsShown is how many periods a village's drawing of balances goes back.
const closingsShown = 12

// closed is what a period ended with, in fen.
type closed struct {
	From, To calendar.Date
	Closing  int64
}

// balances are what the last periods of an area's ordinary account of a subject ended with, oldest first, as its unit that published
// last has them; other money of the same subject, such as compensation for land, is an account of its own. What was corrected counts
// once, by its correction.
func balances(ctx context.Context, q db.Querier, town string, area int64, subject string) ([]closed, error) {
	units, err := below(ctx, q, town, area)
	if err != nil || len(units) == 0 {
		return nil, err
	}
	list, ids := db.In(4, units)
	const counted = ` FROM disclosure_notice n WHERE n.town = $1 AND n.subject = $2 AND n.published <> '' AND n.scope = 'public' AND n.period_to <> ''
		AND n.item IN ('` + catalogue.CodeFinance + `', '') AND n.money = 1`
	rows, err := db.All[closed](ctx, q, `SELECT n.period_from, n.period_to, n.closing`+counted+`
		AND n.unit = (SELECT n.unit`+counted+` AND n.unit IN (`+list+`) ORDER BY n.period_to DESC, n.id DESC LIMIT 1)
		AND NOT EXISTS (SELECT 1 FROM disclosure_notice r WHERE r.town = $1 AND r.replaces = n.id AND r.published <> '')
		ORDER BY n.period_to DESC, n.id DESC LIMIT $3`, append([]any{town, subject, int64(closingsShown)}, ids...)...)
	slices.Reverse(rows)
	return rows, err
}

// villageDrawings are a village's balances over the last periods, of each subject that has at least two.
func (p *Pages) villageDrawings(ctx context.Context, area int64) ([]ui.SidesProps, error) {
	var out []ui.SidesProps
	for _, s := range []struct{ subject, title string }{{"finance", "村（居）务账"}, {"collective", "集体账"}} {
		rows, err := balances(ctx, p.DB, p.Town, area, s.subject)
		if err != nil {
			return nil, err
		}
		if len(rows) < 2 {
			continue
		}
		d := ui.SidesProps{Title: s.title + "各期结余", Unit: "元", Decimals: 2, Series: []string{"结余"}}
		for _, r := range rows {
			d.Rows = append(d.Rows, ui.SidesRow{Label: period(r.From, r.To), Values: []*int64{&r.Closing}})
		}
		out = append(out, d)
	}
	return out, nil
}
