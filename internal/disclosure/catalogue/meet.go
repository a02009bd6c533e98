package catalogue

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// Notice is a published notice as the clock of due items sees it.
type Notice struct {
	ID        int64
	Act       int64         // of its publication
	Published calendar.Date // day
	From      calendar.Date // period that it reports on, "" when it names none
	To        calendar.Date
}

// Meet notes that a unit published a notice under an item: every open due item whose period it covers, alone or together with earlier
// notices, ends with it, in time or late. A notice that names no period meets the oldest open one. [disclosure.Release] calls it in the
// transaction that publishes.
func Meet(ctx context.Context, w *journal.Writer, unit int64, code string, n Notice) error {
	open, err := db.All[int64](ctx, w, `SELECT id FROM disclosure_due WHERE town = $1 AND unit = $2 AND item = $3 AND state = 'open' ORDER BY period_from, id`,
		w.Town, unit, code)
	if err != nil {
		return err
	}
	for _, id := range open {
		d, err := load(ctx, w, id)
		if err != nil {
			return err
		}
		if n.From != "" && (n.To < d.What.From || n.From > d.What.To) {
			continue
		}
		if err := meet(ctx, w, id, d, n); err != nil || n.From == "" {
			return err
		}
	}
	return nil
}

// meet notes one notice on one due item.
func meet(ctx context.Context, w *journal.Writer, id int64, d *DueItem, n Notice) error {
	parts := []span{{n.From, n.To}}
	for _, p := range d.Parts {
		parts = append(parts, span{p.From, p.To})
	}
	m := Met{Notice: n.ID, Act: n.Act, From: n.From, To: n.To, Whole: covered(span{d.What.From, d.What.To}, parts)}
	if m.Whole && d.What.Due != "" {
		m.Late = int64(max(0, calendar.Days(d.What.Due, n.Published)))
	}
	_, err := journal.Add(ctx, w, pick(Scope(d.What.Scope), KindMet, KindMetWithin), max(n.Published, d.Opened), []int64{id}, m)
	return err
}

// earlier are the notices that a unit published under an item for a period, or that name none and were published in it, before its due
// item was opened; those from before the catalogue too. A correction repeats what it corrects and is left out.
func earlier(ctx context.Context, w *journal.Writer, unit int64, code string, s span) ([]Notice, error) {
	return db.All[Notice](ctx, w, `SELECT n.id, n.publish_act, n.published, n.period_from, n.period_to FROM disclosure_notice n
		WHERE n.town = $1 AND n.unit = $2 AND n.published <> '' AND n.replaces < 0
			AND (n.item = $3 OR n.item = '' AND n.scope = 'public' AND $3 = '`+CodeFinance+`' AND n.subject IN ('finance', 'collective'))
			AND (n.period_from <> '' AND n.period_from <= $5 AND n.period_to >= $4 OR n.period_from = '' AND n.published >= $4 AND n.published <= $5)
		ORDER BY n.published, n.id`, w.Town, unit, code, string(s.From), string(s.To))
}
