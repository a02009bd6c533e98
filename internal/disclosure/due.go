package disclosure

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/notice"
	"cunju/internal/web/ui"
)

// code is the item of the unit's catalogue under which a content counts; finances need not name theirs when they are for everyone.
func (c *Content) code() string {
	if c.Item == catalogue.Outside || c.Item == "" && c.Reach() != ScopePublic {
		return ""
	}
	return catalogue.CodeOf(c.Item, c.Subject, c.Finance != nil)
}

// meets tells the clock of due items that the notice is published. A correction repeats what was published before.
func (n *Notice) meets(ctx context.Context, w *journal.Writer, id, act int64, on calendar.Date) error {
	code := n.Content.code()
	if code == "" || n.Replaces != 0 {
		return nil
	}
	return catalogue.Meet(ctx, w, n.Unit, code, catalogue.Notice{ID: id, Act: act, Published: on, From: n.Content.From, To: n.Content.To})
}

// planned is the plan with which a notice's way begins: the due item of the catalogue that it answers, with its date and how that was
// reckoned. A notice outside the catalogue, or from before its clock ran, has none.
func (n *Notice) planned(ctx context.Context, q db.Querier, town string, id int64, today calendar.Date) ([]ui.Step, error) {
	code := n.Content.code()
	if code == "" {
		return nil, nil
	}
	c := catalogue.Notice{ID: id, From: n.Content.From, To: n.Content.To}
	if n.Published != nil {
		c.Act = n.Published.Act
	}
	d, ok, err := catalogue.DueFor(ctx, q, town, n.Unit, code, c)
	if err != nil || !ok {
		return nil, err
	}
	s := ui.Step{Title: "计划：" + d.Title, Office: d.Office, State: ui.StepDone, Act: d.ID, Href: catalogue.Href(d.ID)}
	switch state := d.State(today); state {
	case catalogue.Waiting, catalogue.Overdue, catalogue.LongOverdue:
		s.Clock = d.By() + "，" + d.Words(today) + "。" + d.Reckoning
		if state != catalogue.Waiting {
			s.State = ui.StepLate
		}
	default:
		s.When, s.Note = d.Closed.Chinese(), d.By()+"，"+d.Words(today)+"。"
	}
	return []ui.Step{s}, nil
}

// termIn is by when the sheet must hang that is put up on a day: as the law and local terms say, or longer where the unit's catalogue
// asks for more days.
func (n *Notice) termIn(ctx context.Context, w *journal.Writer, posted calendar.Date, local law.Settings) (notice.Term, error) {
	term := termOf(n.Body, posted, local)
	it, ok, err := catalogue.FindItem(ctx, w, w.Town, n.Unit, n.Content.code(), posted)
	if err != nil || !ok || it.DaysAct == 0 {
		return term, err
	}
	if last := calendar.Deadline(posted, it.Days); last.Due > term.Last {
		term = notice.Term{Last: last.Due, Text: "公开目录规定“" + it.Title + "”至少张贴" + it.Posted() + "：" + last.Text(), Setting: it.DaysAct}
	}
	return term, nil
}

// periodsJoin holds the period of a notice against those that the unit published of the same item (IC-24); it only warns.
func periodsJoin(ctx context.Context, w *journal.Writer, n *Notice, on calendar.Date) ([]law.Verdict, error) {
	c := n.Content
	code := c.code()
	if c.From == "" || code == "" || n.Replaces != 0 {
		return nil, nil
	}
	same, last, err := besidePeriod(ctx, w, w.Town, n.Unit, code, c.From, c.To)
	if err != nil {
		return nil, err
	}
	p := control.Period{From: law.Some(c.From), To: law.Some(c.To), Last: law.Some(last), Same: law.Some(same)}
	return []law.Verdict{control.Joined.Judge(p, on, law.Settings{})}, nil
}

// ended asks whether the period that a unit's content reports on is over (IC-25). A finance table under an item that is no account, or
// under none, may be a plan of money, which speaks of days to come.
func (c *Content) ended(ctx context.Context, q db.Querier, town string, unit int64, on calendar.Date) ([]law.Verdict, error) {
	if c.To == "" {
		return nil, nil
	}
	it, ok, err := catalogue.FindItem(ctx, q, town, unit, c.code(), on)
	account := c.Finance != nil && c.Item != catalogue.Outside && c.Item != catalogue.CodePlan && (!ok || it.Form == catalogue.Finance)
	f := control.Reported{From: law.Some(c.From), To: law.Some(c.To), Account: law.Some(account), AtOnce: law.Some(ok && it.Rhythm == catalogue.AtOnce)}
	return []law.Verdict{control.Ended.Judge(f, on, law.Settings{})}, err
}

// besidePeriod is the title of a notice that a unit published under an item for a period that overlaps, and the last day of the nearest
// earlier period; "" for none. What was corrected counts once, by its correction.
func besidePeriod(ctx context.Context, q db.Querier, town string, unit int64, code string, from, to calendar.Date) (same string, last calendar.Date, err error) {
	const counted = ` FROM disclosure_notice n WHERE n.town = $1 AND n.unit = $2 AND n.published <> '' AND n.period_from <> ''
		AND (n.item = $3 OR n.item = '' AND $3 = '` + catalogue.CodeFinance + `' AND n.subject IN ('finance', 'collective'))
		AND NOT EXISTS (SELECT 1 FROM disclosure_notice r WHERE r.town = $1 AND r.replaces = n.id AND r.published <> '')`
	titles, err := db.All[string](ctx, q, `SELECT n.title`+counted+` AND n.period_from <= $5 AND n.period_to >= $4 ORDER BY n.id DESC LIMIT 1`,
		town, unit, code, string(from), string(to))
	if err != nil {
		return "", "", err
	}
	if len(titles) > 0 {
		same = titles[0]
	}
	last, err = db.One[calendar.Date](ctx, q, `SELECT COALESCE(MAX(n.period_to), '')`+counted+` AND n.period_to < $4`, town, unit, code, string(from))
	return same, last, err
}
