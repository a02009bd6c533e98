package posting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

const (
	// listMost is how many notices one heartbeat lists, brokenMost how many that are not whole: with both an act stays below 60 KB.
	listMost, brokenMost = 700, 200
	// listFor is for how many days a notice is listed that has no last day of its own, or is not on the physical board yet.
	listFor = 15
	// boardMost is how many notices the board may show: decades of a district.
	boardMost = 1 << 20
)

// Daily records, once a day, what the public board shows. It opens every public act that a visitor would see and holds it against
// its seal. A day that has its heartbeat, and a town that never published anything, are left alone; a day that was missed is not
// made up for. It is called by a clock, by several servers too.
func Daily(ctx context.Context, j *journal.Journal, town string) error {
	day := j.Today()
	if done, err := sealedOn(ctx, j.DB, town, day); err != nil || done >= 0 {
		return err
	}
	h, err := look(ctx, j, town, day)
	if err != nil || h == nil {
		return err
	}
	_, err = j.Record(ctx, town, journal.Request{By: journal.By{System: true}, Decide: func(ctx context.Context, w *journal.Writer) error {
		if w.Today() != day { // midnight passed meanwhile, or the record is ahead of the clock: the next call looks again
			return nil
		}
		if done, err := sealedOn(ctx, w, town, day); err != nil || done >= 0 {
			return err // another server was quicker
		}
		_, err := journal.Add(ctx, w, KindDay, day, nil, *h)
		return err
	}})
	return err
}

// look is what the public board shows on a day, nil when nothing was ever published.
func look(ctx context.Context, j *journal.Journal, town string, day calendar.Date) (*Heartbeat, error) {
	rows, err := disclosure.Board(ctx, j.DB, town, disclosure.BoardFilter{Area: -1, To: day, Limit: boardMost})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	h := &Heartbeat{Day: day}
	var older []disclosure.Row
	acts := make([]int64, len(rows))
	for i, n := range rows {
		acts[i] = n.ShownAct
	}
	found, err := j.Hold(ctx, town, acts)
	if err != nil {
		return nil, err
	}
	for _, n := range rows {
		o := found[n.ShownAct]
		s := Shown{Notice: n.ID, Act: n.ShownAct, Print: hex.EncodeToString(o.Leaf[:8])}
		switch {
		case o.State == journal.Broken && len(h.Broken) < brokenMost:
			h.Broken = append(h.Broken, s)
		case o.State == journal.Broken:
			h.More++
		case !listed(n, day) || len(h.Shown)+len(h.Erased) >= listMost:
			older = append(older, n)
		case o.State == journal.Emptied || n.Covered != "":
			h.Erased = append(h.Erased, s)
		default:
			h.Shown = append(h.Shown, s)
		}
	}
	slices.SortFunc(older, func(a, b disclosure.Row) int { return int(a.ID - b.ID) })
	sum := sha256.New()
	for _, n := range older {
		add(sum, n, found[n.ShownAct].Leaf)
	}
	h.Older = Older{Count: len(older), Hash: hex.EncodeToString(sum.Sum(nil))}
	return h, nil
}

func add(sum hash.Hash, n disclosure.Row, leaf tlog.Hash) {
	fmt.Fprintf(sum, "%d %d %x\n", n.ID, n.ShownAct, leaf[:])
}

// listed says that a heartbeat names a notice by itself: it is within its days.
func listed(n disclosure.Row, day calendar.Date) bool {
	switch {
	case n.TakenDown != "":
		return false
	case n.Posted != "" && n.Last != "":
		return day <= n.Last
	}
	return day < max(n.Posted, n.Published).AddDays(listFor)
}
