package catalogue

import (
	"context"
	"errors"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// batch is how many due items one request opens or judges, so that nobody waits long behind the clock.
const batch = 200

// turn is one request of the clock: how many due items it may take, and which it must leave for the next run.
type turn struct {
	today calendar.Date
	most  int
	leave map[string]bool // refused in this run
	tried []string        // in this request, in order
}

// take says whether the request deals with a due item, or with the periods of a unit's item, known by a key.
func (t *turn) take(key ...any) bool {
	k := fmt.Sprint(key...)
	if t.full() || t.leave[k] {
		return false
	}
	t.tried = append(t.tried, k)
	return true
}

func (t *turn) full() bool { return len(t.tried) == t.most }

// part is one work of the clock. It asks what is to do and does as much of it as its turn takes.
type part func(ctx context.Context, w *journal.Writer, t *turn) error

// Daily does what the calendar brings by a day: it opens what has become due, ends what was due from units that are no more, and
// records what passed its date, and what stays unpublished long after. It is the system's own work, safe to repeat and to run on two
// servers: everything is asked again inside the request that records it. What an outage left undone is done by the next run. A due item
// that cannot take its record keeps no other from its own: it is named in the error and tried again by the next run.
func Daily(ctx context.Context, j *journal.Journal, town string, today calendar.Date) error {
	var failed []error
	for _, do := range []part{openDue, ceaseDue, lapseDue, longDue} {
		failed = append(failed, all(ctx, j, town, today, do)...)
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("catalogue: the calendar of %s on %s: %w", town, today, err)
	}
	return ctx.Err()
}

// all does a part to its end, in batches. What a refused batch held is done again one at a time, so that the refused one is found.
func all(ctx context.Context, j *journal.Journal, town string, today calendar.Date, do part) (failed []error) {
	leave := map[string]bool{}
	for singly := 0; ctx.Err() == nil; singly-- {
		t := turn{most: batch, leave: leave}
		if singly > 0 {
			t.most = 1
		}
		_, err := j.Record(ctx, town, journal.Request{By: journal.By{System: true}, Decide: func(ctx context.Context, w *journal.Writer) error {
			t.tried, t.today = nil, min(today, w.Today())
			return do(ctx, w, &t)
		}})
		switch n := len(t.tried); {
		case err != nil && n > 1:
			singly = n + 1
		case err != nil && n == 1:
			leave[t.tried[0]] = true
			failed = append(failed, fmt.Errorf("due item %s: %w", t.tried[0], err))
		case err != nil:
			return append(failed, err)
		case n < t.most:
			return failed
		}
	}
	return failed
}
