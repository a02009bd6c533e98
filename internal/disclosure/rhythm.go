package disclosure

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/notice"
	"cunju/internal/law/vcl"
)

// rhythmRule is the id of the rule on the rhythm of villages, as the catalogue names it.
const rhythmRule = "DS-02"

// timely asks whether a village publishes an item in time, each by its own class and its own last day: what stands in the same column
// of the board says nothing of it. It only warns, because being late is mended by publishing. Items with no rhythm of DS-02 are not asked.
func (n *Notice) timely(ctx context.Context, w *journal.Writer, id int64, on calendar.Date, local law.Settings) ([]law.Verdict, error) {
	code := n.Content.code()
	if n.Body != notice.Village || code == "" {
		return nil, nil
	}
	it, ok, err := catalogue.FindItem(ctx, w, w.Town, n.Unit, code, on)
	if err != nil || !ok || !slices.Contains(it.Rules, rhythmRule) {
		return nil, err
	}
	f := notice.Rhythm{Body: n.Body, Class: it.Class}
	if it.Class == notice.Major {
		f.Published = law.Some(on)
		f.Arose, err = n.arose(ctx, w, id, code)
	} else {
		var last calendar.Date
		last, err = lastTold(ctx, w, w.Town, n.Unit, code, on)
		f.Published = law.Some(last)
	}
	return []law.Verdict{vcl.Rhythm.Judge(f, on, local)}, err
}

// arose is the day on which that happened which a notice tells: as the due item has it that it meets, else the one day on which it says
// that it was. A longer period does not say on which of its days, and what ended with another notice was another event.
func (n *Notice) arose(ctx context.Context, q *journal.Writer, id int64, code string) (day law.Opt[calendar.Date], err error) {
	d, ok, err := catalogue.DueFor(ctx, q, q.Town, n.Unit, code, catalogue.Notice{ID: id, From: n.Content.From, To: n.Content.To})
	switch {
	case err != nil:
	case ok && d.Arose && (d.Closed == "" || d.Notice == id):
		day = law.Some(d.From)
	case n.Content.From != "" && n.Content.From == n.Content.To:
		day = law.Some(n.Content.From)
	}
	return day, err
}

// lastTold is the day up to the given one on which a unit last told its people of an item, by a notice or by the statement that there was
// nothing, which everyone can read as well; "" for never. A correction repeats what it corrects and does not count.
func lastTold(ctx context.Context, q db.Querier, town string, unit int64, code string, on calendar.Date) (calendar.Date, error) {
	published, err := db.One[calendar.Date](ctx, q, `SELECT COALESCE(MAX(n.published), '') FROM disclosure_notice n
		WHERE n.town = $1 AND n.unit = $2 AND n.published <> '' AND n.published <= $4 AND n.replaces < 0
			AND (n.item = $3 OR n.item = '' AND $3 = '`+catalogue.CodeFinance+`' AND n.subject IN ('finance', 'collective'))`, town, unit, code, string(on))
	if err != nil {
		return "", err
	}
	stated, err := db.One[calendar.Date](ctx, q, `SELECT COALESCE(MAX(d.closed), '') FROM disclosure_due d
		WHERE d.town = $1 AND d.unit = $2 AND d.item = $3 AND d.state = 'none' AND d.closed <= $4`, town, unit, code, string(on))
	return max(published, stated), err
}
