package posting

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
)

// firstCopy is the number of the first copied notice, firstUnit that of the first unit that published some.
const firstCopy, firstUnit = 1_000_000, 900_000

// copier copies a row of a table with other values in some columns.
func copier(ctx context.Context, b *testing.B, q db.Querier, table, key string, set ...string) string {
	b.Helper()
	rows, err := q.Query(ctx, `SELECT * FROM `+table+` WHERE town = 'none'`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	take := slices.Clone(cols)
	for i, c := range cols {
		if k := slices.Index(set, c); k >= 0 {
			take[i] = fmt.Sprintf("$%d", k+3)
		}
	}
	return fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %s WHERE town = $1 AND %s = $2`, table, strings.Join(cols, ", "), strings.Join(take, ", "), table, key)
}

// decade fills the tables with ten villages' 40 notices a year over ten years, each sealed online and seen on each of its days. It
// copies one real notice with its public act and goes around the journal: what is measured only reads.
func decade(b *testing.B) (y *town, village int64) {
	b.Helper()
	y = newTown(b, dbtest.SQLite(b))
	y.long = strings.Repeat("村务公开的一行字。", 400)
	proto := y.row(y.hung("样张"))
	act, err := journal.Read(y.Ctx, y.DB, y.Code, proto.PublishAct)
	if err != nil {
		b.Fatal(err)
	}
	seal, err := db.One[[]byte](y.Ctx, y.DB, `SELECT commitment FROM journal_act WHERE town = $1 AND n = $2`, y.Code, act.N)
	if err != nil {
		b.Fatal(err)
	}
	notice := copier(y.Ctx, b, y.DB, "disclosure_notice", "id", "id", "unit", "published", "posted", "last_day", "publish_act", "shown_act", "taken_down")
	acts := copier(y.Ctx, b, y.DB, "journal_act", "n", "n", "leaf")
	err = y.DB.Update(y.Ctx, func(tx *db.Tx) error {
		n := int64(firstCopy)
		for v := range int64(10) {
			if _, err := tx.Exec(y.Ctx, `INSERT INTO org_closure (town, line, ancestor, descendant, from_day, to_day, depth) VALUES ($1, 'any', $2, $2, '2003-06-18', '9999-12-31', 0)`,
				y.Code, firstUnit+v); err != nil {
				return err
			}
			for i := range 400 {
				up := y.J.Today().AddDays(-9*i - 1)
				n++
				leaf := tlog.RecordHash(journal.Entry(y.Code, n, act.Kind, act.Recorded, act.Effective, seal))
				if _, err := tx.Exec(y.Ctx, acts, y.Code, act.N, n, leaf[:]); err != nil {
					return err
				}
				down := ""
				if i > 2 {
					down = string(up.AddDays(16))
				}
				if _, err := tx.Exec(y.Ctx, notice, y.Code, proto.ID, n, firstUnit+v, string(up), string(up), string(up.AddDays(15)), n, n, down); err != nil {
					return err
				}
				var rows [][]any
				for k := range 15 {
					for w, witness := range []string{"online", "supervisor"} {
						rows = append(rows, []any{y.Code, n*100 + int64(2*k+w), int64(0), n, string(up.AddDays(k + 1)), int64(1), witness, "there", "", int64(w), int64(w), ""})
					}
				}
				if err := tx.Insert(y.Ctx, evidences, rows); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return y, firstUnit + 3
}

// under runs f in a loop and fails when one round is slower than its promise.
func under(b *testing.B, promise time.Duration, f func() error) {
	b.Helper()
	var slowest time.Duration
	for b.Loop() {
		start := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		slowest = max(slowest, time.Since(start))
	}
	b.ReportMetric(float64(slowest.Microseconds())/1000, "slowest-ms")
	if slowest > promise {
		b.Errorf("%s, promised %s", slowest, promise)
	}
}

// The report of a village's year, among ten villages of ten years: at most 200 ms.
func BenchmarkYear(b *testing.B) {
	y, village := decade(b)
	year := y.J.Today().Year() - 1
	under(b, 200*time.Millisecond, func() error {
		notices, reports, err := Year(y.Ctx, y.DB, y.Code, village, year, y.J.Today())
		if sum := Total(reports); err == nil && (len(notices) < 40 || sum.Gaps != 0 || sum.Proven != sum.Required) {
			err = fmt.Errorf("%d notices, %+v", len(notices), sum)
		}
		return err
	})
}

// A day's heartbeat over all of them, every public act opened: at most a second.
func BenchmarkHeartbeat(b *testing.B) {
	y, _ := decade(b)
	day := calendar.Date(y.J.Today())
	under(b, time.Second, func() error {
		h, err := look(y.Ctx, y.J, y.Code, day)
		if err == nil && (len(h.Broken) > 0 || len(h.Shown)+h.Older.Count != 4001 || len(h.Shown) < 10) {
			err = fmt.Errorf("%d shown, %d older, %d broken", len(h.Shown), h.Older.Count, len(h.Broken))
		}
		return err
	})
}
