package posting

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// Covering is what this room does when a notice is covered: the sheet that hangs still tells what was covered, and has to be exchanged.
var Covering = disclosure.Room{Covered: Outdate}

// Outdate opens the task to exchange the sheet of a notice that an act covered on a day while it hangs. What is waiting to be hung again
// already takes it in.
func Outdate(ctx context.Context, w *journal.Writer, n disclosure.Row, act int64, on calendar.Date) error {
	if n.Posted == "" || n.TakenDown != "" {
		return nil
	}
	open, err := Waiting(ctx, w, w.Town, n.ID)
	if err != nil {
		return err
	}
	_, err = journal.Add(ctx, w, KindOutdated, on, nil, Outdated{Notice: n.ID, Unit: n.Unit, Number: n.Number, Cover: act, Case: max(open, 0)})
	return err
}

// Cover is a covering of a notice that hung, and since when a sheet hangs that knows of it.
type Cover struct {
	Act   int64 // of the covering
	Day   calendar.Date
	Again int64 // the act that recorded a new sheet, 0 while none does
	Hung  calendar.Date
}

// open reports whether the new sheet is still to be hung.
func (c Cover) open() bool { return c.Again == 0 }

// coversOf lists the coverings of notices, oldest first.
func coversOf(ctx context.Context, q db.Querier, town string, notices []int64) (map[int64][]Cover, error) {
	type change struct {
		Act    int64
		Notice int64
		Day    calendar.Date
		Sort   string
	}
	out := map[int64][]Cover{}
	for part := range slices.Chunk(notices, atOnce) {
		list, args := db.In(2, part)
		rows, err := db.All[change](ctx, q, `SELECT act, notice, day, sort FROM posting_change WHERE town = $1 AND notice IN (`+list+`) ORDER BY act`, append([]any{town}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			if c.Sort == changeCovered {
				out[c.Notice] = append(out[c.Notice], Cover{Act: c.Act, Day: c.Day})
				continue
			}
			for i := range out[c.Notice] {
				if o := &out[c.Notice][i]; o.open() {
					o.Again, o.Hung = c.Act, c.Day
				}
			}
		}
	}
	return out, nil
}

// lastCover is the last covering of a notice that hung; ok is false for none.
func lastCover(ctx context.Context, q db.Querier, town string, notice int64) (c Cover, ok bool, err error) {
	all, err := coversOf(ctx, q, town, []int64{notice})
	list := all[notice]
	if err != nil || len(list) == 0 {
		return c, false, err
	}
	return list[len(list)-1], true, nil
}

// old reports whether a word speaks of a sheet that still tells what was covered by then: neither was a newer sheet scanned, nor was
// one on record as hung. A list signed beside the board counts for its days, so the day of the exchange itself is in doubt.
func (e evidence) old(covers []Cover) bool {
	for _, c := range covers {
		switch Witness(e.Witness) {
		case Online:
			continue
		case Paper:
			if e.Day > c.Day && (c.open() || e.Day <= c.Hung) {
				return true
			}
			continue
		}
		switch {
		case e.ID < c.Act || e.Sheet >= c.Act:
		case e.Code != 0 || c.open() || e.ID < c.Again:
			return true
		}
	}
	return false
}

// sheetOf is what is printed on a notice's sheet now: the act of the last covering, 0 for the notice as it was published.
func sheetOf(n disclosure.Row) int64 {
	if n.Covered == "" {
		return 0
	}
	return n.ShownAct
}
