package access

import (
	"context"
	"encoding/json"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// ViewAudit is what holding the view log against its chain and its seals came to.
type ViewAudit struct {
	Rows   int64
	Seals  int
	Sealed int64  // up to which row the newest seal reaches
	Fault  string // the first thing that does not fit, in Chinese; "" when all fits
}

// chained is a row with its place. The field order is that of the query.
type chained struct {
	Seq, Subject, At, ID, Viewer    int64
	Office, Act, What, Page, Reason string
	Persons                         int64
	Hash                            string
}

func (c chained) view() View {
	return View{c.Subject, c.At, c.ID, c.Viewer, c.Office, c.Act, c.What, c.Page, c.Reason, c.Persons}
}

// Audit walks the whole log in order and names the first row that is missing or was changed.
func (l Log) Audit(ctx context.Context, d *db.DB) (a ViewAudit, err error) {
	defer db.Wrap(&err, "access.Log.Audit(%s)", l.Town)
	err = d.View(ctx, func(tx *db.Tx) error {
		seals, err := l.seals(ctx, tx)
		if err != nil {
			return err
		}
		a = ViewAudit{Seals: len(seals)}
		w := walk{seals: seals, end: place{Hash: beginning(l.Town)}}
		if len(seals) > 0 {
			a.Sealed = seals[len(seals)-1].Count
		}
		err = db.Each(ctx, tx, `SELECT seq, `+viewColumns+`, hash FROM access_view WHERE town = $1 ORDER BY seq, at, id`, func(c chained) error {
			a.Rows++
			w.row(c)
			return nil
		}, l.Town)
		if err != nil {
			return err
		}
		heads, err := db.All[place](ctx, tx, `SELECT seq, hash FROM access_view_head WHERE town = $1`, l.Town)
		if err != nil {
			return err
		}
		a.Fault = w.finish(heads)
		return nil
	})
	return a, err
}

// sealed is a seal with the act that holds it.
type sealed struct {
	ViewSeal
	Act int64
}

// seals reads the seals from the journal itself, oldest first.
func (l Log) seals(ctx context.Context, q db.Querier) ([]sealed, error) {
	acts, err := journal.OfKind(ctx, q, l.Town, KindViewSeal.Name)
	if err != nil {
		return nil, err
	}
	list := make([]sealed, len(acts))
	for i, a := range acts {
		list[i].Act = a.N
		if err := json.Unmarshal(a.Body, &list[i].ViewSeal); err != nil {
			return nil, fmt.Errorf("seal of act %d: %w", a.N, err)
		}
	}
	return list, nil
}

// walk follows the chain row by row.
type walk struct {
	seals []sealed // not reached yet
	good  int64    // up to which row seals agree
	end   place    // of the chain so far
	fault string
}

// row takes in the next row; after the first fault nothing more is learnt.
func (w *walk) row(c chained) {
	if w.fault != "" {
		return
	}
	next := w.end.Seq + 1
	switch {
	case c.Seq > next:
		w.fault = fmt.Sprintf("第 %d 条查阅记录缺失（它后面的一条记于%s）", next, calendar.InstantChinese(c.At))
		return
	case c.Seq < next:
		w.fault = fmt.Sprintf("第 %d 条之后多出一条查阅记录（记于%s）", w.end.Seq, calendar.InstantChinese(c.At))
		return
	case c.view().link(c.Seq, w.end.Hash) != c.Hash:
		w.fault = fmt.Sprintf("第 %d 条查阅记录（记于%s）被改动过，或者它前面的记录被换过", c.Seq, calendar.InstantChinese(c.At))
		return
	}
	w.end = place{c.Seq, c.Hash}
	for len(w.seals) > 0 && w.seals[0].Count <= w.end.Seq {
		if s := w.seals[0]; s.Count == w.end.Seq && s.Hash != w.end.Hash {
			w.fault = fmt.Sprintf("第 %d 至 %d 条查阅记录中有被换过的：和总账第 %d 号封存的不一样", w.good+1, s.Count, s.Act)
			return
		}
		w.good, w.seals = w.seals[0].Count, w.seals[1:]
	}
}

// finish answers the first fault, "" for none. heads is where the log says it ends; none after a restore, until somebody looks
// at something.
func (w *walk) finish(heads []place) string {
	switch {
	case w.fault != "":
		return w.fault
	case len(w.seals) > 0:
		return fmt.Sprintf("第 %d 条查阅记录缺失：总账第 %d 号封存时有 %d 条，现在只剩 %d 条", w.end.Seq+1, w.seals[0].Act, w.seals[0].Count, w.end.Seq)
	case len(heads) > 0 && heads[0].Seq > w.end.Seq:
		return fmt.Sprintf("第 %d 条查阅记录缺失：登记了 %d 条，现在只剩 %d 条", w.end.Seq+1, heads[0].Seq, w.end.Seq)
	case len(heads) > 0 && heads[0].Seq < w.end.Seq:
		return fmt.Sprintf("第 %d 条之后多出 %d 条查阅记录：只登记了 %d 条", heads[0].Seq, w.end.Seq-heads[0].Seq, heads[0].Seq)
	case len(heads) > 0 && heads[0].Hash != w.end.Hash:
		return fmt.Sprintf("第 %d 至 %d 条查阅记录中有被换过的：和登记的最后一条不一样", w.good+1, w.end.Seq)
	}
	return ""
}
