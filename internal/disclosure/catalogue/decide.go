package catalogue

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/notice"
	"cunju/internal/law/practice"
	"cunju/internal/org"
)

// Widen records a local change of the catalogue: a further item, or stricter terms for one. What is looser than the item as it is is
// refused with its article.
func Widen(ctx context.Context, w *journal.Writer, c Change, on calendar.Date) (int64, error) {
	over, err := org.Find(ctx, w, w.Town, c.Over)
	if err != nil {
		return 0, err
	}
	body := notice.Body(c.Body)
	if own := BodyOf(over.Kind); own != "" && own != body {
		return 0, journal.RefuseField("body", "%s是%s，不能给它登记%s的目录。", over.Label(), own.Chinese(), body.Chinese())
	}
	if c.From.Valid() && c.From < over.From {
		return 0, journal.RefuseField("from", "%s在%s才设立，开始日期（%s）不能早于这一天。没有登记，请改正日期。", over.Label(), over.From.Chinese(), c.From.Chinese())
	}
	if c.Item == "" {
		if err := publishable(c); err != nil {
			return 0, err
		}
		return journal.Add(ctx, w, KindChange, on, nil, c)
	}
	b, err := loadBook(ctx, w, w.Town, on)
	if err != nil {
		return 0, err
	}
	if b.above[over.ID] == nil {
		b.above[over.ID] = []int64{over.ID}
	}
	it, ok := find(b.of(unitOf{over.ID, body}, max(c.From, on)), c.Item)
	if !ok {
		return 0, journal.RefuseField("item", "%s的公开目录里没有代码为“%s”的事项。没有登记，请从列出的事项中选择。", body.Chinese(), c.Item)
	}
	return journal.Add(ctx, w, KindChange, on, nil, c, stricter(it, c, on)...)
}

// Narrow are the scopes beside everyone that a column of the board allows. Village affairs and village money are for all villagers
// (《村民委员会组织法》第三十五条), so there is none for them.
var Narrow = map[string]Scope{"party": Party, "collective": Collective}

// publishable refuses a further item that no unit of the body could publish: one in a column that the body does not have, or for a
// circle of readers that the column does not know. What is missing from c is asked for by the kind's own check.
func publishable(c Change) error {
	body, subject, scope := notice.Body(c.Body), subjectTitle[c.Subject], Scope(c.Scope)
	switch {
	case c.Subject != "" && !slices.ContainsFunc(Defaults(body), func(it Item) bool { return it.Subject == c.Subject }):
		return journal.RefuseField("subject", "%s没有“%s”这一类。没有登记，请从列出的类别中选择。", body.Chinese(), cmp.Or(subject, c.Subject))
	case scope.Chinese() != "" && scope != Public && scope != Narrow[c.Subject]:
		return journal.RefuseField("scope", "%s的事项不能只%s。没有登记，请改选公开范围。", subject, scope.Chinese())
	}
	return nil
}

// stricter asks IC-23 about each term that a change sets.
func stricter(it Item, c Change, on calendar.Date) []law.Verdict {
	var out []law.Verdict
	ask := func(what, before, after string, looser bool) {
		out = append(out, control.Stricter.Judge(control.Terms{What: law.Some(what), Before: before, After: after, Basis: it.Basis, Looser: looser}, on, law.Settings{}))
	}
	after := it
	if r := Rhythm(c.Rhythm); r != "" {
		after.Rhythm, after.Month, after.Day = r, 0, 0
		ask("公开的时间", it.Rhythm.Chinese(), r.Chinese(), r != it.Rhythm && !shorter(r, it.Rhythm))
	}
	if c.Day > 0 {
		before := after
		after.Month, after.Day = int(c.Month), int(c.Day)
		ask("最迟公开的日子", before.When(), after.When(), !before.sooner(int(c.Month), int(c.Day)))
	}
	if c.Days > 0 {
		after.Days = int(c.Days)
		ask("张贴的天数", it.Posted(), after.Posted(), after.Days < it.Days)
	}
	return out
}

// Finish ends a local change of the catalogue. It ends today at the earliest: what was due under it stays due.
func Finish(ctx context.Context, w *journal.Writer, id int64, e End, on calendar.Date) (int64, error) {
	if !e.Last.Valid() || e.Last < w.Today() {
		return 0, journal.RefuseField("last", "最后一天不能早于今天（%s）。没有登记，请改正日期。", w.Today().Chinese())
	}
	return journal.Add(ctx, w, KindEnd, on, []int64{id}, e)
}

// Arise records that something happened which must be published at once, or that an event is set before which papers must lie open. It
// is a due item from then on.
func Arise(ctx context.Context, w *journal.Writer, unit int64, code, what string, day, on calendar.Date) (int64, error) {
	it, ok, err := FindItem(ctx, w, w.Town, unit, code, on)
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return 0, outside(ctx, w, unit, code)
	case it.Rhythm != AtOnce:
		return 0, journal.RefuseField("item", "“%s”是%s公开的，到期会自动列出，不用登记。", it.Title, it.Rhythm.Chinese())
	case !day.Valid():
		return 0, journal.RefuseField("day", "请填写%s。", it.Event)
	case it.Before == 0 && day > w.Today():
		return 0, journal.RefuseField("day", "%s（%s）还没有到；今天是%s。", it.Event, day.Chinese(), w.Today().Chinese())
	}
	by := it.By(day)
	o := it.open(unit, strings.TrimSpace(what), span{day, day}, by)
	return journal.Add(ctx, w, pick(it.Scope, KindArose, KindAroseWithin), on, nil, o)
}

// open is the body of a due item.
func (it Item) open(unit int64, title string, s span, by calendar.Reckoning) Open {
	return Open{Unit: unit, Item: it.Code, Subject: it.Subject, Title: title, From: s.From, To: s.To, Due: by.Due, Reckoning: by.Text(), Basis: it.Basis,
		Scope: string(it.Scope), Form: string(it.Form), Office: it.Office, Settings: slices.Clone(it.Acts)}
}

// Nothing records the statement of the office in charge that there is nothing to publish in the period. Of what cannot be absent it is
// refused: an account without movement is published as such, and what a statute wants done every year is done. Of Party affairs it is asked about.
func Nothing(ctx context.Context, w *journal.Writer, id int64, reason string, on calendar.Date) (int64, error) {
	d, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if why := present(d.What.Item, d.What.Title, Form(d.What.Form)); why != "" {
		return 0, journal.Refuse("%s。没有登记。", why)
	}
	var asked []law.Verdict
	if d.What.Subject == "party" {
		certain, _ := standing(d.What.Item)
		asked = append(asked, practice.Each.Judge(practice.Nothing{Body: notice.Party, Standing: law.Some(certain)}, on, law.Settings{}))
	}
	return journal.Add(ctx, w, pick(Scope(d.What.Scope), KindNone, KindNoneWithin), on, []int64{id}, None{strings.TrimSpace(reason)}, asked...)
}

// load returns a due item's state, or a refusal when there is none.
func load(ctx context.Context, w *journal.Writer, id int64) (*DueItem, error) {
	d, ok, err := journal.State[DueItem](ctx, w, id)
	if err == nil && !ok {
		err = journal.Refuse("没有第 %d 号应公开事项。", id)
	}
	return d, err
}

// Allow refuses an item that is not in the unit's catalogue, by name, and one for members that is to be published to everyone, or one
// for everyone that is to be shown to members only, unless the law has the members in mind. A notice without an item is the matter of its form.
func Allow(ctx context.Context, w *journal.Writer, unit int64, code, subject string, scope Scope, on calendar.Date) error {
	if code == "" || code == Outside {
		return nil
	}
	it, ok, err := FindItem(ctx, w, w.Town, unit, code, on)
	switch {
	case err != nil:
		return err
	case !ok:
		return outside(ctx, w, unit, code)
	case it.Subject != subject:
		return journal.RefuseField("subject", "公开目录里“%s”属于%s。没有保存，请改选类别或事项。", it.Title, subjectTitle[it.Subject])
	case !it.within(scope):
		return journal.RefuseField("scope", "公开目录规定“%s”%s，不能%s。没有保存，请改选公开范围。", it.Title, it.Reach(), scope.Chinese())
	}
	return nil
}

// outside is the refusal of an item that a unit's catalogue does not have.
func outside(ctx context.Context, w *journal.Writer, unit int64, code string) error {
	u, err := org.Find(ctx, w, w.Town, unit)
	if err != nil {
		return err
	}
	title := Title(code)
	if title == "" {
		title = code
	}
	return journal.RefuseField("item", "“%s”不在%s的公开目录里。没有保存；请从目录中选择，或者先拓展目录。", title, u.Label())
}
