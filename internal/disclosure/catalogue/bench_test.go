package catalogue

import (
	"fmt"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// BenchmarkLate reads what is late, and what a village owes, in a town of ten villages with forty items each and ten years of quarters,
// of which every twentieth was never published.
func BenchmarkLate(b *testing.B) {
	y := membertest.New(b, dbtest.SQLite(b), matter.Slice(), journal.Slice{Name: "catalogue", Version: 1, Types: Types()})
	var rows [][]any
	var village int64
	for v := range 10 {
		village = y.Unit("village", fmt.Sprintf("第%d村", v+1), "", map[org.Line]int64{org.Area: y.Street})
		unit := y.Unit("villagers-committee", fmt.Sprintf("第%d村村民委员会", v+1), "", map[org.Line]int64{org.Area: village})
		for item := range 40 {
			for q := range 40 {
				from := calendar.Date("2016-01-01").AddMonths(3 * q)
				state, closed := stateMet, string(from.AddMonths(4))
				if (item+q)%20 == 0 {
					state, closed = stateOpen, ""
				}
				rows = append(rows, []any{y.Code, int64(100_000 + len(rows)), unit, fmt.Sprint("item", item), "village", "应公开事项", "public", "text", "村民委员会", string(from),
					string(from.QuarterEnd()), int64(0), string(from.AddMonths(3).QuarterEnd()), "算法", "依据", state, "", "", closed, int64(0), int64(-1), int64(-1), "", string(from.QuarterEnd())})
			}
		}
	}
	if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error { return tx.Insert(y.Ctx, dues, rows) }); err != nil {
		b.Fatal(err)
	}
	b.Run("town", func(b *testing.B) {
		for b.Loop() {
			if list, err := Late(y.Ctx, y.DB, y.Code, "2026-11-23"); err != nil || len(list) < 700 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("village", func(b *testing.B) {
		for b.Loop() {
			if v, err := Village(y.Ctx, y.DB, y.Code, village, "2026-11-23"); err != nil || len(v.Late) < 70 {
				b.Fatal(len(v.Late), err)
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if list, err := DueOf(y.Ctx, y.DB, y.Code, DueFilter{Under: []int64{y.Street}, Limit: 1000}); err != nil || len(list) != 1000 {
				b.Fatal(len(list), err)
			}
		}
	})
}
