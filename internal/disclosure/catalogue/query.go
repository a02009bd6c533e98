package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/org"
	"cunju/internal/web/ui"
)

// loadBook reads what the catalogues of a town are made of, as of a day.
func loadBook(ctx context.Context, q db.Querier, town string, on calendar.Date) (*book, error) {
	local, err := org.Settings(ctx, q, town)
	if err != nil {
		return nil, err
	}
	b := &book{local: local, above: map[int64][]int64{}}
	if b.changes, err = db.All[changeRow](ctx, q, `SELECT id, over_unit, body, item, subject, title, detail, scope, form, rhythm, month, day_of_month, within, days,
		office, from_day, until, citation, recorded FROM disclosure_item WHERE town = $1 ORDER BY from_day, id`, town); err != nil {
		return nil, err
	}
	if len(b.changes) == 0 {
		return b, nil
	}
	return b, db.Each(ctx, q, `SELECT c.descendant, c.ancestor FROM org_closure c CROSS JOIN disclosure_item i
		WHERE i.town = $1 AND c.town = $1 AND c.line = 'any' AND c.ancestor = i.over_unit AND c.from_day <= $2 AND c.to_day > $2`,
		func(r struct{ Unit, Above int64 }) error {
			b.above[r.Unit] = append(b.above[r.Unit], r.Above)
			return nil
		}, town, string(on))
}

// Of is the catalogue of a unit on a day: the national items of its body, as local terms and acts have them. It is empty for a unit
// that does not disclose.
func Of(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]Item, error) {
	u, err := org.Find(ctx, q, town, unit)
	if err != nil {
		return nil, err
	}
	b, err := loadBook(ctx, q, town, on)
	if err != nil {
		return nil, err
	}
	return b.of(unitOf{u.ID, BodyOf(u.Kind)}, on), nil
}

// FindItem is one item of a unit's catalogue on a day; ok is false when the catalogue has no such code.
func FindItem(ctx context.Context, q db.Querier, town string, unit int64, code string, on calendar.Date) (it Item, ok bool, err error) {
	list, err := Of(ctx, q, town, unit, on)
	if err != nil {
		return it, false, err
	}
	it, ok = find(list, code)
	return it, ok, nil
}

// OptionsOf are the items of the catalogues of units, to choose from: each once, those of a body together, and behind them what only one
// unit has, with its name.
func OptionsOf(ctx context.Context, q db.Querier, town string, units []org.UnitRow, on calendar.Date) ([]ui.Option, error) {
	b, err := loadBook(ctx, q, town, on)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	at := map[string]int{}
	for _, u := range units {
		body := BodyOf(u.Kind)
		for _, it := range b.of(unitOf{u.ID, body}, on) {
			i, again := at[string(body)+it.Code]
			switch {
			case again:
				out[i].Group = body.Chinese() // more than one unit of the body has it
				continue
			case it.Local:
				out = append(out, ui.Option{Value: it.Code, Text: it.Title, Group: u.Label()})
			default:
				out = append(out, ui.Option{Value: it.Code, Text: it.Title, Group: body.Chinese()})
			}
			at[string(body)+it.Code] = len(out) - 1
		}
	}
	slices.SortStableFunc(out, func(a, b ui.Option) int { return cmp.Compare(groupOrder(a.Group), groupOrder(b.Group)) })
	return out, nil
}

// groupOrder keeps the items of one body together, local ones last.
func groupOrder(group string) int {
	for i, b := range Bodies {
		if b.Chinese() == group {
			return i
		}
	}
	return len(Bodies)
}

// Due is a due item as lists read it: one unit, one item, one period, or one thing that happened.
type Due struct {
	ID        int64
	Unit      int64
	Item      string
	Subject   string
	Title     string
	Scope     Scope
	Form      Form
	Office    string
	From      calendar.Date
	To        calendar.Date
	Arose     bool          // entered by an office because it happened
	Day       calendar.Date // last day, "" when nobody fixed days
	Reckoning string
	Basis     string
	Kept      string        // open, met, none or ceased, as acts have it
	Lapsed    calendar.Date // the due date that the record says was missed
	Long      calendar.Date // first day on which the record calls it long overdue
	Closed    calendar.Date
	LateDays  int64 // when met, by how many days it was late
	Notice    int64 // that met it, the last of several; −1 none
	Act       int64 // publication, −1 none
	Reason    string
	Opened    calendar.Date
	Shown     Scope // of the notice that met it, "" for none
}

// Missed reports whether its day has passed without publication, or had before it was published.
func (d Due) Missed(today calendar.Date) bool {
	return d.Kept == stateOpen && d.Day != "" && d.Day < today || d.LateDays > 0
}

// State is how a due item stands.
type State string

// The states, as time has them too.
const (
	Waiting     State = "open"
	Overdue     State = "overdue"
	LongOverdue State = "long-overdue"
	InTime      State = "met"
	MetLate     State = "met-late"
	Stated      State = "none"
	Ceased      State = "ceased"
)

// State says how the item stands on a day. Nothing is late before its date, whatever a clock that ran ahead had recorded.
func (d Due) State(today calendar.Date) State {
	switch d.Kept {
	case stateMet:
		if d.LateDays > 0 {
			return MetLate
		}
		return InTime // or without a last day
	case stateNone:
		return Stated
	case stateCeased:
		return Ceased
	}
	switch {
	case d.Day == "" || d.Day >= today:
		return Waiting
	case d.Long != "" && d.Long <= today:
		return LongOverdue
	}
	return Overdue
}

// Left is how many days are left until the due date, which there must be; negative when it has passed.
func (d Due) Left(today calendar.Date) int { return calendar.Days(today, d.Day) }

// Words say how the item stands, in a few words for lists.
func (d Due) Words(today calendar.Date) string {
	switch d.State(today) {
	case InTime:
		if d.Day == "" {
			return "已公布，" + since(d.From, d.Closed)
		}
		return "已按时公布"
	case MetLate:
		return fmt.Sprintf("已公布，迟了 %d 天", d.LateDays)
	case Stated:
		return "说明本期无此事项"
	case Ceased:
		return "单位已撤销"
	case LongOverdue:
		return fmt.Sprintf("长期逾期，已超 %d 天", -d.Left(today))
	case Overdue:
		return fmt.Sprintf("逾期未公开，已超 %d 天", -d.Left(today))
	}
	if d.Day == "" {
		return since(d.From, today) + "，还没有公布"
	}
	if left := d.Left(today); left > 0 {
		return fmt.Sprintf("还有 %d 天", left)
	}
	return "今天到期"
}

// By says until when the item must be published, or that nobody fixed days.
func (d Due) By() string {
	if d.Day == "" {
		return "没有规定天数"
	}
	return "应于" + d.Day.Chinese() + "前公开"
}

// since counts the days from what happened.
func since(arose, day calendar.Date) string {
	if n := calendar.Days(arose, day); n > 0 {
		return fmt.Sprintf("发生后 %d 天", n)
	}
	return "发生当天"
}

const dueColumns = `d.id, d.unit, d.item, d.subject, d.title, d.scope, d.form, d.office, d.period_from, d.period_to, d.arose, d.due, d.reckoning, d.basis, d.state,
	d.lapsed, d.long_overdue, d.closed, d.late, d.notice, d.publish_act, d.reason, d.opened,
	COALESCE((SELECT n.scope FROM disclosure_notice n WHERE n.town = d.town AND n.id = d.notice), '')`

// FindDue returns one due item.
func FindDue(ctx context.Context, q db.Querier, town string, id int64) (Due, error) {
	return db.One[Due](ctx, q, `SELECT `+dueColumns+` FROM disclosure_due d WHERE d.town = $1 AND d.id = $2`, town, id)
}

// DueFor is the due item that a notice answers or was planned for: the one that it met, else the oldest of its item whose period it
// touches, what is still open before what ended; a notice without a period is planned for the oldest open one.
func DueFor(ctx context.Context, q db.Querier, town string, unit int64, code string, n Notice) (d Due, ok bool, err error) {
	list, err := db.All[Due](ctx, q, `SELECT `+dueColumns+` FROM disclosure_due d WHERE d.town = $1 AND d.unit = $2 AND d.item = $3
		AND (d.notice = $4 OR $5 <> '' AND d.period_from <= $6 AND d.period_to >= $5 OR $5 = '' AND $7 = 0 AND d.state = 'open')
		ORDER BY CASE WHEN d.notice = $4 THEN 0 WHEN d.state = 'open' THEN 1 ELSE 2 END, d.period_from, d.id LIMIT 1`,
		town, unit, code, n.ID, string(n.From), string(n.To), n.Act)
	if err != nil || len(list) == 0 {
		return d, false, err
	}
	return list[0], true, nil
}

// DueFilter narrows due items.
type DueFilter struct {
	Under  []int64       // units with everything below them; nil is the whole town
	Open   bool          // only what is still to be published
	Before calendar.Date // only what was due before this day; "" for all
	Since  calendar.Date // only what ended on this day or later, and what is open; "" for all
	Public bool          // only what everyone may read
	Item   string        // one code; "" for all
	Limit  int
}

// DueOf lists due items, what is open by date first (by the day it happened where nobody fixed days), then what ended, the newest first.
func DueOf(ctx context.Context, q db.Querier, town string, f DueFilter) ([]Due, error) {
	args := []any{town}
	arg := func(a any) string {
		args = append(args, a)
		return fmt.Sprintf("$%d", len(args))
	}
	cond := []string{"d.town = $1"}
	if f.Under != nil {
		if len(f.Under) == 0 {
			return nil, nil
		}
		var in []string
		for _, u := range f.Under {
			in = append(in, arg(u))
		}
		cond = append(cond, `d.unit IN (SELECT c.descendant FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.ancestor IN (`+strings.Join(in, ", ")+`))`)
	}
	if f.Open {
		cond = append(cond, "d.state = 'open'")
	}
	if f.Before != "" {
		cond = append(cond, "d.due <> '' AND d.due < "+arg(string(f.Before)))
	}
	if f.Since != "" {
		cond = append(cond, "(d.state = 'open' OR d.closed >= "+arg(string(f.Since))+")")
	}
	if f.Public {
		cond = append(cond, "d.scope = 'public'")
	}
	if f.Item != "" {
		cond = append(cond, "d.item = "+arg(f.Item))
	}
	return db.All[Due](ctx, q, `SELECT `+dueColumns+` FROM disclosure_due d WHERE `+strings.Join(cond, " AND ")+`
		ORDER BY CASE WHEN d.state = 'open' THEN 0 ELSE 1 END, CASE WHEN d.state <> 'open' THEN '' WHEN d.due = '' THEN d.period_from ELSE d.due END, d.closed DESC, d.due DESC, d.id LIMIT `+arg(int64(f.Limit)), args...)
}

// LateRow is something late, with the village or community whose it is.
type LateRow struct {
	Due
	Area     int64 // 0 for the street's own
	AreaName string
	UnitName string
}

// lateMost is how many late items a page or a sheet holds; a town that is later than that has to begin somewhere.
const lateMost = 5000

// Late lists what is overdue in a town on a day: village by village, the longest waiting first within each. It names offices, never
// persons, and ranks nobody.
func Late(ctx context.Context, q db.Querier, town string, today calendar.Date) ([]LateRow, error) {
	return lateUnder(ctx, q, town, nil, today)
}

// lateUnder is [Late] of the units below some; nil is the whole town.
func lateUnder(ctx context.Context, q db.Querier, town string, under []int64, today calendar.Date) ([]LateRow, error) {
	list, err := DueOf(ctx, q, town, DueFilter{Under: under, Open: true, Before: today, Limit: lateMost})
	if err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, q, town)
	if err != nil {
		return nil, err
	}
	out := make([]LateRow, len(list))
	for i, d := range list {
		p := places[d.Unit]
		out[i] = LateRow{d, p.Area, p.AreaName, p.Name}
	}
	slices.SortStableFunc(out, func(a, b LateRow) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// placeOf is a unit's name, and the village or community for which it works.
type placeOf struct {
	Unit     int64
	Name     string
	Area     int64
	AreaName string
}

// placesOf names the units that disclose and the village or community of each, in one query.
func placesOf(ctx context.Context, q db.Querier, town string) (map[int64]placeOf, error) {
	rows, err := db.All[placeOf](ctx, q, `SELECT u.id, CASE WHEN u.short = '' THEN u.name ELSE u.short END, COALESCE(v.id, 0),
			COALESCE(CASE WHEN v.short = '' THEN v.name ELSE v.short END, '')
		FROM org_unit u LEFT JOIN org_closure c ON c.town = $1 AND c.line = 'any' AND c.descendant = u.id
			AND c.ancestor IN (SELECT id FROM org_unit WHERE town = $1 AND kind IN ('village', 'community'))
			LEFT JOIN org_unit v ON v.town = $1 AND v.id = c.ancestor
		WHERE u.town = $1 AND u.kind NOT IN ('village', 'community', 'villagers-group', 'residents-group') ORDER BY u.id, c.from_day`, town)
	m := make(map[int64]placeOf, len(rows))
	for _, r := range rows {
		m[r.Unit] = r // of a unit that moved, the last
	}
	return m, err
}
