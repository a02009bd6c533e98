package oversight

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// Find records a finding of the supervisors; its office has the local term to respond.
func Find(ctx context.Context, w *journal.Writer, f Finding, on calendar.Date) (int64, error) {
	if _, err := discloses(ctx, w, w.Town, f.Unit); err != nil {
		return 0, err
	}
	if f.Notice != 0 {
		if _, err := publishedBy(ctx, w, "notice", f.Notice, f.Unit); err != nil {
			return 0, err
		}
		f.Title = numbered(f.Notice)
	}
	if f.Item != 0 {
		if err := overdue(ctx, w, &f, on); err != nil {
			return 0, err
		}
	}
	by, _, err := replyBy(ctx, w, f.Unit, on)
	if err != nil {
		return 0, err
	}
	f.Due, f.Reckoning = by.Due, by.Text()
	return journal.Add(ctx, w, KindFinding, on, nil, f)
}

// overdue takes unit and title of a finding from the due item that it is about, which must be late, or have been.
func overdue(ctx context.Context, w *journal.Writer, f *Finding, on calendar.Date) error {
	d, ok, err := dueItem(ctx, w, w.Town, f.Item)
	switch {
	case err != nil:
		return err
	case !ok || d.Unit != f.Unit:
		return journal.RefuseField("item", "没有这件应公开事项。没有登记，请从应公开事项的页面重新打开。")
	case !d.Missed(on):
		return journal.RefuseField("item", "《%s》最迟%s公开，还没有逾期。没有登记。", d.Title, d.Day.Chinese())
	}
	f.Title = d.Title
	return nil
}

// TakeUp records whether the supervisors take up what an asker was not satisfied with.
func TakeUp(ctx context.Context, w *journal.Writer, id int64, take bool, text string, on calendar.Date) (int64, error) {
	f, err := load[Found](ctx, w, id)
	if err != nil {
		return 0, err
	}
	l := Look{Take: take, Text: text}
	if take {
		by, _, err := replyBy(ctx, w, f.Finding.Unit, on)
		if err != nil {
			return 0, err
		}
		l.Due, l.Reckoning = by.Due, by.Text()
	}
	return journal.Add(ctx, w, KindLook, on, []int64{id}, l)
}

// CheckUp records the supervisors' check of a response.
func CheckUp(ctx context.Context, w *journal.Writer, id int64, result, text string, on calendar.Date) (int64, error) {
	f, err := load[Found](ctx, w, id)
	if err != nil {
		return 0, err
	}
	s := Settle{Result: result, Text: text}
	if result == Again {
		by, _, err := replyBy(ctx, w, f.Finding.Unit, on)
		if err != nil {
			return 0, err
		}
		s.Due, s.Reckoning = by.Due, by.Text()
	}
	return journal.Add(ctx, w, KindSettle, on, []int64{id}, s)
}

// Publicise tells the public of a closed finding, in words of the supervisors' own.
func Publicise(ctx context.Context, w *journal.Writer, id int64, text string, on calendar.Date) (int64, error) {
	f, err := load[Found](ctx, w, id)
	if err != nil {
		return 0, err
	}
	if d, ok, err := dueItem(ctx, w, w.Town, f.Item); err != nil {
		return 0, err
	} else if ok && d.Scope != catalogue.Public {
		return 0, journal.Refuse("这件事项只向一部分人公开，监督发现不能向所有人公开。没有登记。")
	}
	u, err := org.Find(ctx, w, w.Town, f.Finding.Unit)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindSummary, on, []int64{id}, Summary{Unit: f.Finding.Unit, UnitName: u.Name, Notice: f.Notice, Title: f.Finding.Title, Text: text})
}
