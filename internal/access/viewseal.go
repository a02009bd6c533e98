package access

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// ViewSeal says where the view log's chain stood: whoever changes or takes away a row up to there would have to change the
// journal too. It names nobody. Frozen.
type ViewSeal struct {
	Count int64  `json:"count" title:"查阅记录条数"`
	Hash  string `json:"hash" title:"最后一条的指纹"`
}

// KindViewSeal is recorded by the system.
var KindViewSeal = journal.Kind[ViewSeal]{Name: "access.view-seal/1", Title: "封存查阅记录", Read: ViewlogRead,
	Final: "封存是系统自动做的；再封存一次即可，不用更正"}

// Slice is what access brings to the journal: each seal is an entity of its own, printed into no table.
func Slice() journal.Slice {
	return journal.Slice{Name: "access", Version: 1, Types: []*journal.Type{
		journal.Define(journal.Entity[journal.Span]{Name: "access.view-seal",
			Print: func(_ int64, life *journal.Span) journal.Print { return journal.Print{Life: *life} },
			Folds: []journal.Fold[journal.Span]{journal.Creates(KindViewSeal, func(life *journal.Span, st *journal.Step, _ *ViewSeal) error {
				*life = journal.Span{From: st.Effective, To: calendar.Forever}
				return nil
			})}})}}
}

// grown is where the chain ends when it goes beyond what is sealed; its Seq is 0 when it does not.
func (l Log) grown(ctx context.Context, q db.Querier) (place, error) {
	list, err := db.All[place](ctx, q, `SELECT seq, hash FROM access_view_head WHERE town = $1 AND seq > sealed`, l.Town)
	if err != nil || len(list) == 0 {
		return place{}, err
	}
	return list[0], nil
}

// Seal records in the journal where the view log stands, when it grew since the last time. One that dies before it has noted
// that it sealed seals the same rows once more.
func (l Log) Seal(ctx context.Context, d *db.DB, j *journal.Journal) (err error) {
	defer db.Wrap(&err, "access.Log.Seal(%s)", l.Town)
	end, err := l.grown(ctx, d)
	if err != nil || end.Seq == 0 {
		return err
	}
	if _, err := j.Record(ctx, l.Town, journal.Request{By: journal.By{System: true}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := journal.Add(ctx, w, KindViewSeal, w.Today(), nil, ViewSeal{end.Seq, end.Hash})
		return err
	}}); err != nil {
		return err
	}
	_, err = d.Exec(ctx, `UPDATE access_view_head SET sealed = $2 WHERE town = $1 AND sealed < $2`, l.Town, end.Seq)
	return err
}
