package access

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"cunju/internal/db"
)

// View is one look at personal data. The field order is that of the queries.
type View struct {
	Subject int64  // the person looked at; 0 for a page of a list
	At      int64  // unix milliseconds; filled by Record
	ID      int64  // filled by Record
	Viewer  int64  // the person who looked
	Office  string // the office in which he looked, as titled that day
	Act     string // code of the act: people.reveal, member.read, sheet.export …
	What    string // what was shown, in Chinese: 身份证号、电话
	Page    string // path of the page, without query
	Reason  string // why, in the viewer's words; required where one person's full data are shown or taken away
	Persons int64  // how many persons the page or file showed; 1 for one subject
}

// ErrReason is returned when full data are asked for without a reason.
var ErrReason = errors.New("请填写查看原因。尚未显示任何信息，也没有留下记录。填写原因后再查看")

// Log is the view log of one town.
type Log struct {
	Town  string
	Clock func() time.Time
}

// Record writes views; the caller shows the data only after the transaction has committed. A view of one subject that
// reveals or exports needs a reason, else ErrReason and nothing is written.
func (l Log) Record(ctx context.Context, tx *db.Tx, views ...View) (err error) {
	defer db.Wrap(&err, "access.Log.Record(%s, %d views)", l.Town, len(views))
	if len(views) == 0 {
		return nil
	}
	views = slices.Clone(views)
	at := l.Clock().UnixMilli()
	for i, v := range views {
		if _, known := ActOf(v.Act); !known || v.Viewer == 0 || v.Page == "" {
			return errors.New("a view needs an act, a viewer and a page")
		}
		if (v.Act == PeopleReveal || v.Act == SheetExport) && v.Reason == "" {
			return ErrReason
		}
		if v.Subject != 0 {
			views[i].Persons = 1
		}
		views[i].At, views[i].ID = at, rand.Int64() //nolint:gosec // tells rows apart, keeps no secret
	}
	return l.append(ctx, tx, views)
}

// Each returns one view per subject, alike in all else: an export of named persons is logged for each of them.
func (v View) Each(subjects []int64) []View {
	out := make([]View, len(subjects))
	for i, s := range subjects {
		out[i] = v
		out[i].Subject = s
	}
	return out
}

// Before is where a page of the log ends: pass the last row's At and ID to get the next, older page. The zero value
// begins with the newest.
type Before struct{ At, ID int64 }

func (b Before) args() (at, id int64) {
	if b == (Before{}) {
		return 1<<63 - 1, 1<<63 - 1
	}
	return b.At, b.ID
}

const viewColumns = `subject, at, id, viewer, office, act, what, page, reason, persons`

// Of returns who looked at a person's data, newest first, at most limit rows.
func (l Log) Of(ctx context.Context, q db.Querier, person int64, before Before, limit int) ([]View, error) {
	at, id := before.args()
	return db.All[View](ctx, q, `SELECT `+viewColumns+` FROM access_view
		WHERE town = $1 AND subject = $2 AND (at, id) < ($3, $4)
		ORDER BY at DESC, id DESC LIMIT $5`, l.Town, person, at, id, limit)
}

// By returns what a viewer looked at, newest first, at most limit rows: for the auditor.
func (l Log) By(ctx context.Context, q db.Querier, viewer int64, before Before, limit int) ([]View, error) {
	at, id := before.args()
	return db.All[View](ctx, q, `SELECT `+viewColumns+` FROM access_view
		WHERE town = $1 AND viewer = $2 AND (at, id) < ($3, $4)
		ORDER BY at DESC, id DESC LIMIT $5`, l.Town, viewer, at, id, limit)
}

// Newest returns the town's whole view log, newest first, at most limit rows: for the auditor.
func (l Log) Newest(ctx context.Context, q db.Querier, before Before, limit int) ([]View, error) {
	at, id := before.args()
	return db.All[View](ctx, q, `SELECT `+viewColumns+` FROM access_view
		WHERE town = $1 AND (at, id) < ($2, $3)
		ORDER BY at DESC, id DESC LIMIT $4`, l.Town, at, id, limit)
}

// Viewer is how much one person looked at in a period.
type Viewer struct {
	Person  int64
	Views   int64
	Reveals int64 // views of full numbers and exports
	Persons int64 // persons shown, counted again each time
}

// Viewers sums up a period [from, to) in unix milliseconds, most persons first: where an auditor begins to look.
func (l Log) Viewers(ctx context.Context, q db.Querier, from, to int64) ([]Viewer, error) {
	return db.All[Viewer](ctx, q, `SELECT viewer, count(*),
			CAST(sum(CASE WHEN act IN ($4, $5) THEN 1 ELSE 0 END) AS BIGINT), CAST(sum(persons) AS BIGINT) AS shown
		FROM access_view WHERE town = $1 AND at >= $2 AND at < $3
		GROUP BY viewer ORDER BY shown DESC, viewer`, l.Town, from, to, PeopleReveal, SheetExport)
}
