package access

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal/journaltest"
)

// watched is a town with a view log of some rows.
type watched struct {
	*journaltest.Town
	log Log
}

func watch(t *testing.T, d *db.DB) *watched {
	t.Helper()
	y := &watched{Town: journaltest.New(t, d, Slice())}
	if err := d.Migrate(y.Ctx, "access", Migrations()); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	y.log = Log{Town: y.Code, Clock: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}}
	return y
}

func (y *watched) look(subjects ...int64) {
	y.Helper()
	v := View{Viewer: 7, Office: "文峰村党总支书记", Act: MemberRead, What: "基本信息", Page: "/desk/people"}
	if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error { return y.log.Record(y.Ctx, tx, v.Each(subjects)...) }); err != nil {
		y.Fatal(err)
	}
}

func (y *watched) seal() {
	y.Helper()
	if err := y.log.Seal(y.Ctx, y.DB, y.J); err != nil {
		y.Fatal(err)
	}
}

func (y *watched) audit() ViewAudit {
	y.Helper()
	a, err := y.log.Audit(y.Ctx, y.DB)
	if err != nil {
		y.Fatal(err)
	}
	return a
}

func (y *watched) damage(statement string, args ...any) {
	y.Helper()
	if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(y.Ctx, statement, args...)
		return err
	}); err != nil {
		y.Fatal(err)
	}
}

func TestEveryRowIsChainedWhileManyLook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := watch(t, d)
		const readers, looks = 12, 8
		var all sync.WaitGroup
		for r := range readers {
			all.Go(func() {
				for i := range looks {
					v := View{Viewer: int64(r + 1), Act: MemberRead, What: "党员名册", Page: "/desk/members"}
					if err := d.Update(y.Ctx, func(tx *db.Tx) error { return y.log.Record(y.Ctx, tx, v.Each([]int64{int64(i), int64(i + 1)})...) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		y.seal()
		if a := y.audit(); a.Fault != "" || a.Rows != 2*readers*looks || a.Sealed != a.Rows || a.Seals != 1 {
			t.Fatalf("%+v", a)
		}
		size := y.Size()
		if y.seal(); y.Size() != size {
			t.Fatal("sealed again although nobody looked")
		}
		y.look(1)
		if y.seal(); y.Size() != size+1 {
			t.Fatal("a new row is not sealed")
		}
		y.Sound()
	})
}

func TestMissingAndChangedRowsAreNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := watch(t, d)
		y.look(1, 2, 3)
		y.seal()
		y.look(4, 5)
		y.seal()
		y.look(6, 7)
		if a := y.audit(); a.Fault != "" || a.Rows != 7 || a.Sealed != 5 || a.Seals != 2 {
			t.Fatalf("%+v", a)
		}
		for _, c := range []struct {
			name      string
			statement string
			want      string
		}{
			{"a row is deleted", `DELETE FROM access_view WHERE town = $1 AND seq = 2`, "第 2 条查阅记录缺失"},
			{"the first row is deleted", `DELETE FROM access_view WHERE town = $1 AND seq = 1`, "第 1 条查阅记录缺失"},
			{"an unsealed row is deleted", `DELETE FROM access_view WHERE town = $1 AND seq = 6`, "第 6 条查阅记录缺失"},
			{"the newest rows are deleted", `DELETE FROM access_view WHERE town = $1 AND seq > 5`, "第 6 条查阅记录缺失：登记了 7 条，现在只剩 5 条"},
			{"only the head is changed", `UPDATE access_view_head SET hash = 'ff' WHERE town = $1`, "第 6 至 7 条查阅记录中有被换过的：和登记的最后一条不一样"},
			{"the head is set back", `UPDATE access_view_head SET seq = 5 WHERE town = $1`, "第 5 条之后多出 2 条查阅记录：只登记了 5 条"},
			{"all rows are deleted", `DELETE FROM access_view WHERE town = $1`, "第 1 条查阅记录缺失"},
			{"a viewer is changed", `UPDATE access_view SET viewer = 8 WHERE town = $1 AND seq = 4`, "第 4 条查阅记录（记于"},
			{"a reason is changed", `UPDATE access_view SET reason = '工作需要' WHERE town = $1 AND seq = 5`, "第 5 条查阅记录（记于"},
			{"text moves to the next field", `UPDATE access_view SET what = what || page, page = '' WHERE town = $1 AND seq = 1`, "第 1 条查阅记录（记于"},
			{"a time is changed", `UPDATE access_view SET at = at + 1 WHERE town = $1 AND seq = 7`, "第 7 条查阅记录（记于"},
		} {
			t.Run(c.name, func(t *testing.T) {
				rows := y.rows()
				y.damage(c.statement, y.Code)
				if a := y.audit(); !strings.Contains(a.Fault, c.want) {
					t.Errorf("%q, want %q", a.Fault, c.want)
				}
				y.restore(rows)
				y.damage(`UPDATE access_view_head SET seq = $2, hash = $3 WHERE town = $1`, y.Code, rows[6].Seq, rows[6].Hash)
				if a := y.audit(); a.Fault != "" {
					t.Fatalf("restored: %s", a.Fault)
				}
			})
		}
	})
}

// Who writes the chain anew cannot write the journal anew.
func TestAChainWrittenAnewContradictsTheJournal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := watch(t, d)
		y.look(1, 2, 3)
		y.seal()
		y.look(4, 5)
		y.seal()
		var views []View
		for _, r := range y.rows() {
			if r.Seq != 4 {
				views = append(views, r.view())
			}
		}
		y.damage(`DELETE FROM access_view WHERE town = $1`, y.Code)
		y.damage(`DELETE FROM access_view_head WHERE town = $1`, y.Code)
		if err := d.Update(y.Ctx, func(tx *db.Tx) error { return y.log.append(y.Ctx, tx, views) }); err != nil {
			t.Fatal(err)
		}
		if a := y.audit(); !strings.Contains(a.Fault, "第 5 条查阅记录缺失：总账第 1 号封存时有 5 条，现在只剩 4 条") {
			t.Errorf("%q", a.Fault)
		}
		y.look(6)
		if a := y.audit(); !strings.Contains(a.Fault, "第 4 至 5 条查阅记录中有被换过的：和总账第 1 号封存的不一样") {
			t.Errorf("%q", a.Fault)
		}
	})
}

// Rows from before there was a chain are chained in order of time; the head is found again when it is missing.
func TestOlderRowsAreChained(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Migrate(ctx, "access", Migrations()[:1]); err != nil {
			t.Fatal(err)
		}
		older := viewTable
		older.Columns = older.Columns[:unchainedColumns]
		const many = chainPage + 10
		var rows [][]any
		for i := range many {
			rows = append(rows, []any{journaltest.Code, int64(i % 3), int64(many-i+1) / 2, int64(1), int64(7), "会计", MemberRead, "党员名册", "/desk/members", "", int64(1)})
		}
		rows = append(rows, []any{"321002004", int64(1), int64(1), int64(1), int64(7), "会计", MemberRead, "党员名册", "/desk/members", "", int64(1)})
		if err := d.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, older, rows) }); err != nil {
			t.Fatal(err)
		}
		y := watch(t, d) // brings the tables up to date
		y.look(9)
		if a := y.audit(); a.Fault != "" || a.Rows != many+1 {
			t.Fatalf("%+v", a)
		}
		list := y.rows()
		if list[0].At != 1 || list[many].Subject != 9 {
			t.Errorf("first %+v, last %+v", list[0], list[many])
		}
		other := Log{Town: "321002004"}
		if a, err := other.Audit(ctx, d); err != nil || a.Fault != "" || a.Rows != 1 {
			t.Errorf("%+v %v", a, err)
		}
	})
}

func (y *watched) rows() []chained {
	y.Helper()
	rows, err := db.All[chained](y.Ctx, y.DB, `SELECT seq, `+viewColumns+`, hash FROM access_view WHERE town = $1 ORDER BY seq`, y.Code)
	if err != nil {
		y.Fatal(err)
	}
	return rows
}

// restore puts the rows back as they were.
func (y *watched) restore(rows []chained) {
	y.Helper()
	y.damage(`DELETE FROM access_view WHERE town = $1`, y.Code)
	var values [][]any
	for _, r := range rows {
		values = append(values, []any{y.Code, r.Subject, r.At, r.ID, r.Viewer, r.Office, r.Act, r.What, r.Page, r.Reason, r.Persons, r.Seq, r.Hash})
	}
	if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error { return tx.Insert(y.Ctx, viewTable, values) }); err != nil {
		y.Fatal(err)
	}
}
