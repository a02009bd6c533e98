package oversight

import (
	"context"

	"cunju/internal/calendar"
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
	by, _, err := replyBy(ctx, w, f.Unit, on)
	if err != nil {
		return 0, err
	}
	f.Due, f.Reckoning = by.Due, by.Text()
	return journal.Add(ctx, w, KindFinding, on, nil, f)
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
	u, err := org.Find(ctx, w, w.Town, f.Finding.Unit)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindSummary, on, []int64{id}, Summary{Unit: f.Finding.Unit, UnitName: u.Name, Notice: f.Notice, Title: f.Finding.Title, Text: text})
}
