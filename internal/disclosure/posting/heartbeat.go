package posting

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/db"
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
	// openAtOnce is how many public acts are read by one statement.
	openAtOnce = 100
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
	found := make(map[int64]opened, len(rows))
	for part := range slices.Chunk(rows, openAtOnce) {
		if err := open(ctx, j, town, part, found); err != nil {
			return nil, err
		}
	}
	for _, n := range rows {
		o := found[n.ShownAct]
		s := Shown{Notice: n.ID, Act: n.ShownAct, Print: hex.EncodeToString(o.leaf[:8])}
		switch {
		case o.state == broken && len(h.Broken) < brokenMost:
			h.Broken = append(h.Broken, s)
		case o.state == broken:
			h.More++
		case !listed(n, day) || len(h.Shown)+len(h.Erased) >= listMost:
			older = append(older, n)
		case o.state == erased || n.Covered != "":
			h.Erased = append(h.Erased, s)
		default:
			h.Shown = append(h.Shown, s)
		}
	}
	slices.SortFunc(older, func(a, b disclosure.Row) int { return int(a.ID - b.ID) })
	sum := sha256.New()
	for _, n := range older {
		add(sum, n, found[n.ShownAct].leaf)
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

// opened is a public act held against its seal.
type opened struct {
	leaf  tlog.Hash
	state int
}

const (
	broken = iota // not there, or not what was sealed
	erased
	whole
)

// open reads the public acts of notices and holds each against its commitment and the leaf recorded for it.
func open(ctx context.Context, j *journal.Journal, town string, rows []disclosure.Row, found map[int64]opened) error {
	acts := make([]int64, len(rows))
	for i, n := range rows {
		acts[i] = n.ShownAct
	}
	list, args := db.In(2, acts)
	type stored struct {
		N          int64
		Kind       string
		Recorded   int64
		Effective  calendar.Date
		Commitment []byte
		Leaf       []byte
		Salt       []byte
		Payload    []byte
	}
	stmt := `SELECT n, kind, recorded, effective, commitment, leaf, salt, payload FROM journal_act WHERE town = $1 AND n IN (` + list + `)`
	return db.Each(ctx, j.DB, stmt, func(a stored) error {
		leaf := tlog.RecordHash(journal.Entry(town, a.N, a.Kind, a.Recorded, a.Effective, a.Commitment))
		o := opened{leaf: leaf}
		switch {
		case !bytes.Equal(leaf[:], a.Leaf) || !j.Book().Public(a.Kind):
		case a.Salt == nil:
			o.state = erased
		case bytes.Equal(journal.Commit(a.Salt, a.Payload), a.Commitment):
			o.state = whole
		}
		found[a.N] = o
		return nil
	}, append([]any{town}, args...)...)
}
