package disclosure

import (
	"context"
	"fmt"

	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/web/ui"
)

// setAgainst puts beside a finance table what its unit published of the same account for the period before. It is found when the draft is
// recorded, so that what is checked, approved and sealed is one content.
func (c *Content) setAgainst(ctx context.Context, q db.Querier, town string, unit int64) error {
	if c.Finance == nil {
		return nil
	}
	f := *c.Finance
	f.Last = nil
	c.Finance = &f
	if c.From == "" {
		return nil
	}
	rows, err := db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.unit = $2 AND n.subject = $3 AND n.published <> ''
		AND n.period_to <> '' AND n.period_to < $4 AND n.money = 1 AND n.scope = $5
		AND (n.item = $6 OR n.item = '' AND $6 = '`+catalogue.CodeFinance+`') ORDER BY n.period_to DESC, n.published DESC, n.id DESC LIMIT 1`,
		town, unit, c.Subject, string(c.From), string(c.Reach()), catalogue.CodeOf(c.Item, c.Subject, true))
	if err != nil || len(rows) == 0 {
		return err
	}
	p, a, err := Published(ctx, q, town, rows[0])
	if err != nil || a.Erased || p.Content.Finance == nil {
		return err
	}
	before := p.Content.Finance
	in, out := before.Sums()
	f.Last = &Earlier{Notice: rows[0].ID, Number: p.Number, From: p.Content.From, To: p.Content.To, In: in, Out: out, Closing: before.Closing}
	for _, item := range f.Plan {
		in, out := before.of(item.Item)
		f.Last.Items = append(f.Last.Items, Planned{Item: item.Item, In: in, Out: out})
	}
	return nil
}

// of sums the lines of an item.
func (f *Finance) of(item string) (in, out int64) {
	for _, l := range f.Lines {
		if l.Item == item {
			in += l.In
			out += l.Out
		}
	}
	return in, out
}

// compared is one row of the comparison; last and plan are nil where there is none.
type compared struct {
	name       string
	now        int64
	last, plan *int64
}

// done says how much of the plan was carried out.
func (r compared) done() string {
	if r.plan == nil || *r.plan <= 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d%%", r.now*100 / *r.plan, r.now*1000 / *r.plan % 10)
}

// incoming and outlay pick a side of a pair of income and spending.
func incoming(in, _ int64) int64 { return in }
func outlay(_, out int64) int64  { return out }

// planTotal is what the plan says of a whole side, nil where it says nothing, or leaves out an item that moved: a part of the plan is
// no measure for the whole.
func (f *Finance) planTotal(side func(in, out int64) int64) *int64 {
	var sum int64
	planned := map[string]bool{}
	for _, p := range f.Plan {
		v := side(p.In, p.Out)
		sum += v
		planned[p.Item] = planned[p.Item] || v != 0
	}
	for _, l := range f.Lines {
		if side(l.In, l.Out) != 0 && !planned[l.Item] {
			return nil
		}
	}
	if sum == 0 {
		return nil
	}
	return &sum
}

// comparison are totals and planned items beside those of the last period and of the plan; nil when there is neither.
func (f *Finance) comparison() []compared {
	if f.Last == nil && f.Plan == nil {
		return nil
	}
	in, out := f.Sums()
	var lastIn, lastOut, lastClosing, planIn, planOut *int64
	if e := f.Last; e != nil {
		lastIn, lastOut, lastClosing = &e.In, &e.Out, &e.Closing
	}
	planIn, planOut = f.planTotal(incoming), f.planTotal(outlay)
	rows := []compared{{"收入合计", in, lastIn, planIn}, {"支出合计", out, lastOut, planOut}, {"结余", f.Closing, lastClosing, nil}}
	for i, p := range f.Plan {
		in, out := f.of(p.Item)
		row := compared{name: "其中：" + p.Item, now: in, plan: &p.In}
		if p.Out > 0 {
			row.now, row.plan = out, &p.Out
		}
		if f.Last != nil && i < len(f.Last.Items) {
			if row.last = &f.Last.Items[i].In; p.Out > 0 {
				row.last = &f.Last.Items[i].Out
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// against is the comparison as it is read.
func (f *Finance) against() (t ui.NoticeTable, ok bool) {
	rows := f.comparison()
	if rows == nil {
		return t, false
	}
	t = ui.NoticeTable{Caption: f.comparedWith(), Unit: "单位：元", Heads: []string{"项目", "本期", "上期", "增减", "计划", "完成计划"}, Numeric: []bool{false, true, true, true, true, true}}
	if f.Last != nil {
		t.Caption += "（上期：" + period(f.Last.From, f.Last.To) + "）"
	}
	for _, r := range rows {
		cells := []string{r.name, ui.Money(r.now), "", "", "", r.done()}
		if r.last != nil {
			cells[2], cells[3] = ui.Money(*r.last), ui.Money(r.now-*r.last)
		}
		if r.plan != nil {
			cells[4] = ui.Money(*r.plan)
		}
		t.Rows = append(t.Rows, cells)
	}
	return slim(t), true
}

// comparedWith is the heading of the comparison.
func (f *Finance) comparedWith() string {
	switch {
	case f.Plan == nil:
		return "与上期对照"
	case f.Last == nil:
		return "与计划对照"
	}
	return "与上期、计划对照"
}
