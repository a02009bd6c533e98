package catalogue

import (
	"context"
	"fmt"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/notice"
	"cunju/internal/matter"
)

// duty is a unit from which the calendar asks.
type duty struct {
	ID      int64
	Kind    string
	From    calendar.Date
	To      calendar.Date
	Entered int64 // unix milliseconds at which it was entered here
}

// duties lists the committees and collectives, and of Party organisations the one that leads a village or community: a branch under it
// discloses through it, and the street's own catalogue is the street's to keep.
func duties(ctx context.Context, q db.Querier, town string) ([]duty, error) {
	return db.All[duty](ctx, q, `SELECT u.id, u.kind, u.from_day, u.to_day, a.recorded FROM org_unit u CROSS JOIN journal_act a
		WHERE u.town = $1 AND a.town = $1 AND a.n = u.id AND (u.kind IN ('villagers-committee', 'residents-committee', 'collective')
			OR u.kind IN ('party-committee', 'party-general-branch', 'party-branch', 'party-joint-branch') AND EXISTS (SELECT 1 FROM org_parent p CROSS JOIN org_unit o
				WHERE p.town = $1 AND p.id = u.id AND p.line = 'party' AND o.town = $1 AND o.id = p.parent AND o.kind = 'party-working-committee')
			AND EXISTS (SELECT 1 FROM org_parent p CROSS JOIN org_unit o
				WHERE p.town = $1 AND p.id = u.id AND p.line = 'area' AND o.town = $1 AND o.id = p.parent AND o.kind IN ('village', 'community')))
		ORDER BY u.id`, town)
}

// lastPeriods are the last days of the periods opened so far, by unit and item.
func lastPeriods(ctx context.Context, q db.Querier, town string) (map[string]calendar.Date, error) {
	m := map[string]calendar.Date{}
	return m, db.Each(ctx, q, `SELECT unit, item, MAX(period_to) FROM disclosure_due WHERE town = $1 AND arose = 0 GROUP BY unit, item`, func(r struct {
		Unit int64
		Item string
		To   calendar.Date
	}) error {
		m[fmt.Sprint(r.Unit, r.Item)] = r.To
		return nil
	}, town)
}

// openDue opens up to a batch of due items whose period is over, oldest unit first, and notes what had been published before.
func openDue(ctx context.Context, w *journal.Writer, t *turn) error {
	b, err := loadBook(ctx, w, w.Town, t.today)
	if err != nil {
		return err
	}
	units, err := duties(ctx, w, w.Town)
	if err != nil {
		return err
	}
	last, err := lastPeriods(ctx, w, w.Town)
	if err != nil {
		return err
	}
	for _, u := range units {
		if t.full() {
			break
		}
		of := unitOf{u.ID, BodyOf(u.Kind)}
		for _, code := range b.codes(of.Body) {
			l := life{u.From, u.To, calendar.On(time.UnixMilli(u.Entered))}
			for _, p := range plans(func(on calendar.Date) []Item { return b.of(of, on) }, code, l, last[fmt.Sprint(u.ID, code)], t.today) {
				if !t.take(u.ID, code) { // a period that is refused holds up the later ones: they follow the last that was opened
					break
				}
				if err := openOne(ctx, w, u.ID, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// openOne opens a due item for a period and notes what had been published before.
func openOne(ctx context.Context, w *journal.Writer, unit int64, p plan) error {
	before, err := earlier(ctx, w, unit, p.it.Code, p.span)
	if err != nil {
		return err
	}
	body := p.it.open(unit, p.it.Rhythm.called(p.span)+p.it.Title, p.span, p.it.Deadline(p.To))
	id, err := journal.Add(ctx, w, pick(p.it.Scope, KindDue, KindDueWithin), p.To.AddDays(1), nil, body)
	if err != nil {
		return err
	}
	for _, n := range before {
		d, err := load(ctx, w, id)
		if err != nil {
			return err
		}
		if d.Closed != "" {
			break
		}
		if err := meet(ctx, w, id, d, n); err != nil {
			return err
		}
	}
	return nil
}

// codes are the items that a body's units may have with a rhythm of the calendar, national and local.
func (b *book) codes(body notice.Body) []string {
	var out []string
	for _, it := range Defaults(body) {
		if it.Rhythm != AtOnce {
			out = append(out, it.Code)
		}
	}
	for _, c := range b.changes {
		if c.Item == "" && notice.Body(c.Body) == body && Rhythm(c.Rhythm) != AtOnce {
			out = append(out, c.code())
		}
	}
	return out
}

// ceaseDue ends what was due from units that are no more.
func ceaseDue(ctx context.Context, w *journal.Writer, t *turn) error {
	list, err := db.All[struct {
		ID     int64
		Opened calendar.Date
		Ended  calendar.Date
		Scope  Scope
	}](ctx, w, `SELECT d.id, d.opened, u.to_day, d.scope FROM disclosure_due d CROSS JOIN org_unit u
		WHERE d.town = $1 AND d.state = 'open' AND u.town = $1 AND u.id = d.unit AND u.to_day <= $2 ORDER BY d.id`, w.Town, string(t.today))
	if err != nil {
		return err
	}
	for _, d := range list {
		if !t.take(d.ID) {
			continue
		}
		if _, err := journal.Add(ctx, w, pick(d.Scope, KindCeased, KindCeasedWithin), max(d.Opened, d.Ended), []int64{d.ID}, Cease{"公开单位已于" + d.Ended.Chinese() + "撤销"}); err != nil {
			return err
		}
	}
	return nil
}

// lapseDue records that dates passed without publication.
func lapseDue(ctx context.Context, w *journal.Writer, t *turn) error {
	list, err := db.All[struct {
		ID     int64
		Due    calendar.Date
		Opened calendar.Date
	}](ctx, w, `SELECT id, due, opened FROM disclosure_due WHERE town = $1 AND state = 'open' AND due <> '' AND due < $2 AND lapsed = '' ORDER BY due, id`,
		w.Town, string(t.today))
	if err != nil {
		return err
	}
	for _, d := range list {
		if !t.take(d.ID) {
			continue
		}
		if _, err := journal.Add(ctx, w, matter.KindLapsed, max(d.Due.AddDays(1), d.Opened), []int64{d.ID}, matter.Lapse{Step: StepPublish, Due: d.Due}); err != nil {
			return err
		}
	}
	return nil
}

// longDue records what stays unpublished past the local number of days (IC-21).
func longDue(ctx context.Context, w *journal.Writer, t *turn) error {
	b, err := loadBook(ctx, w, w.Town, t.today)
	if err != nil {
		return err
	}
	list, err := db.All[struct {
		ID     int64
		Unit   int64
		Due    calendar.Date
		Opened calendar.Date
		Scope  Scope
	}](ctx, w, `SELECT id, unit, due, opened, scope FROM disclosure_due WHERE town = $1 AND state = 'open' AND lapsed <> '' AND long_overdue = '' ORDER BY due, id`, w.Town)
	if err != nil {
		return err
	}
	for _, d := range list {
		local := b.local.For(d.Unit)
		from, act := control.LongFrom(d.Due, local.On(t.today))
		if t.today < from || !t.take(d.ID) {
			continue
		}
		v := control.LongOverdue.Judge(control.Silence{Due: law.Some(d.Due)}, t.today, local)
		if _, err := journal.Add(ctx, w, pick(d.Scope, KindLong, KindLongWithin), max(from, d.Opened), []int64{d.ID}, Long{d.Due, act}, v); err != nil {
			return err
		}
	}
	return nil
}
