package journal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/ledger"
)

// exec changes the database as someone with its password could.
func (y *toy) exec(query string, args ...any) {
	y.Helper()
	n, err := y.j.DB.Exec(y.ctx, query, args...)
	if err != nil {
		y.Fatal(err)
	}
	if n == 0 {
		y.Fatalf("%s changed nothing", query)
	}
}

// flip changes one bit of a bytes column.
func (y *toy) flip(table, column, where string, at int) {
	y.Helper()
	b, err := db.One[[]byte](y.ctx, y.j.DB, fmt.Sprintf("SELECT %s FROM %s WHERE town = $1 AND %s", column, table, where), toyTown)
	if err != nil {
		y.Fatal(err)
	}
	b[at] ^= 1
	y.exec(fmt.Sprintf("UPDATE %s SET %s = $2 WHERE town = $1 AND %s", table, column, where), toyTown, b)
}

// reseal writes an act anew with whatever was changed, its leaf included: only tiles, root and checkpoints can tell.
func (y *toy) reseal(n int64, change func(*sealedRow)) {
	y.Helper()
	a, err := db.One[sealedRow](y.ctx, y.j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, toyTown, n)
	if err != nil {
		y.Fatal(err)
	}
	change(&a)
	leaf := leafHash(a.entry(toyTown))
	y.exec(`UPDATE journal_act SET effective = $3, commitment = $4, leaf = $5 WHERE town = $1 AND n = $2`, toyTown, n, string(a.Effective), a.Commitment, leaf[:])
}

// resign changes a character of a checkpoint.
func (y *toy) resign(size int64, at func(note string) int) {
	y.Helper()
	note, err := db.One[string](y.ctx, y.j.DB, `SELECT note FROM journal_checkpoint WHERE town = $1 AND size = $2`, toyTown, size)
	if err != nil {
		y.Fatal(err)
	}
	i := at(note)
	c := "A"
	if note[i] == 'A' {
		c = "B"
	}
	y.exec(`UPDATE journal_checkpoint SET note = $3 WHERE town = $1 AND size = $2`, toyTown, size, note[:i]+c+note[i+1:])
}

// The journal of the test: 50 boxes with a ball each, a checkpoint, the erasure of act 6 by act 100, 250 more boxes (opened by
// the odd acts, filled by the even ones), a checkpoint.
const lastAct = 600

type tampering struct {
	name   string
	first  int64 // the entry that must be named
	change func(y *toy)
}

var tamperings = []tampering{
	{"payload", 300, func(y *toy) {
		y.exec(`UPDATE journal_act SET payload = replace(payload, '"n":1', '"n":2') WHERE town = $1 AND n = 300`, toyTown)
	}},
	{"the entities that a payload names", 302, func(y *toy) {
		y.exec(`UPDATE journal_act SET payload = replace(payload, '[301]', '[303]') WHERE town = $1 AND n = 302`, toyTown)
	}},
	{"salt", 513, func(y *toy) { y.flip("journal_act", "salt", "n = 513", 31) }},
	{"commitment", 514, func(y *toy) { y.flip("journal_act", "commitment", "n = 514", 0) }},
	{"leaf", 255, func(y *toy) { y.flip("journal_act", "leaf", "n = 255", 5) }},
	{"leaf of an act behind the full tiles", lastAct, func(y *toy) { y.flip("journal_act", "leaf", "n = 600", 5) }},
	{"kind", 2, func(y *toy) { y.exec(`UPDATE journal_act SET kind = 'toy.close/1' WHERE town = $1 AND n = 2`, toyTown) }},
	{"recorded", 4, func(y *toy) {
		y.exec(`UPDATE journal_act SET recorded = recorded + 1 WHERE town = $1 AND n = 4`, toyTown)
	}},
	{"effective", 401, func(y *toy) {
		y.exec(`UPDATE journal_act SET effective = '2025-01-01' WHERE town = $1 AND n = 401`, toyTown)
	}},
	{"date and leaf alike", 403, func(y *toy) { y.reseal(403, func(a *sealedRow) { a.Effective = "2024-01-01" }) }},
	{"an act forged whole", 405, func(y *toy) {
		payload := `{"by":{},"on":[405],"body":{"name":"伪造"}}`
		y.reseal(405, func(a *sealedRow) { a.Commitment = Commit([]byte("salt"), []byte(payload)) })
		y.exec(`UPDATE journal_act SET payload = $2, salt = $3 WHERE town = $1 AND n = 405`, toyTown, payload, []byte("salt"))
	}},
	{"contents taken away as if erased", 407, func(y *toy) {
		y.exec(`UPDATE journal_act SET payload = '{"by":{},"on":[407]}', salt = NULL WHERE town = $1 AND n = 407`, toyTown)
	}},
	{"what stays of an erased act", 6, func(y *toy) {
		y.exec(`UPDATE journal_act SET payload = '{"by":{"person":9},"on":[6]}' WHERE town = $1 AND n = 6`, toyTown)
	}},
	{"tile", 256 + 9, func(y *toy) { y.flip("journal_tile", "hashes", "level = 0 AND i = 1", 9*32+3) }},
	{"tile taken away", 256, func(y *toy) { y.exec(`DELETE FROM journal_tile WHERE town = $1 AND level = 0 AND i = 1`, toyTown) }},
	{"head's size", lastAct, func(y *toy) { y.exec(`UPDATE journal_head SET size = size - 1 WHERE town = $1`, toyTown) }},
	{"head's clock", lastAct, func(y *toy) { y.exec(`UPDATE journal_head SET recorded = 0 WHERE town = $1`, toyTown) }},
	{"a checkpoint put elsewhere", 0, func(y *toy) {
		y.exec(`UPDATE journal_checkpoint SET size = -100 WHERE town = $1 AND size = 100`, toyTown)
	}},
	{"head's root", lastAct, func(y *toy) { y.flip("journal_head", "root", "1 = 1", 0) }},
	{"checkpoint's root", 99, func(y *toy) { y.resign(100, func(note string) int { return len("toy.example/log\n100\n") + 3 }) }},
	{"checkpoint's signature", 99, func(y *toy) { y.resign(100, func(note string) int { return len(note) - 20 }) }},
	{"index row changed", 501, func(y *toy) { y.exec(`UPDATE journal_on SET entity = 503 WHERE town = $1 AND n = 501`, toyTown) }},
	{"index row taken away", 502, func(y *toy) { y.exec(`DELETE FROM journal_on WHERE town = $1 AND n = 502`, toyTown) }},
	{"index row added", 504, func(y *toy) { y.exec(`INSERT INTO journal_on (town, entity, n) VALUES ($1, 0, 504)`, toyTown) }},
	{"act taken away", 450, func(y *toy) { y.exec(`DELETE FROM journal_act WHERE town = $1 AND n = 450`, toyTown) }},
	{"last act taken away", lastAct, func(y *toy) { y.exec(`DELETE FROM journal_act WHERE town = $1 AND n = 600`, toyTown) }},
	{"ledger line's amount", 302, func(y *toy) {
		y.exec(`UPDATE ledger_line SET amount = amount + 1 WHERE town = $1 AND act = 302 AND line = 0`, toyTown)
	}},
	{"two changes", 40, func(y *toy) {
		y.exec(`UPDATE journal_act SET recorded = 0 WHERE town = $1 AND n IN (40, 590)`, toyTown)
	}},
}

// untouched is the journal as it was made, to be put back after each case.
type untouched map[string][][]any

var journalTables = []db.Table{headTable, actTable, onTable, tileTable, checkpointTable, entityTable, useTable, ledger.Entries, ledger.Years, boxes}

func (y *toy) remember() untouched {
	y.Helper()
	u := untouched{}
	for _, t := range journalTables {
		w, err := openWalk(y.ctx, y.j.DB, selectAll(&t), toyTown, len(t.Columns))
		if err != nil {
			y.Fatal(err)
		}
		for {
			ok, err := w.next()
			if err != nil {
				y.Fatal(err)
			}
			if !ok {
				break
			}
			u[t.Name] = append(u[t.Name], append([]any(nil), w.row...))
			for i := range w.row {
				w.row[i] = nil // the next row gets its own bytes
			}
		}
		w.rows.Close()
	}
	return u
}

func (y *toy) restore(u untouched) {
	y.Helper()
	if err := y.j.DB.Update(y.ctx, func(tx *db.Tx) error {
		for _, t := range journalTables {
			if _, err := tx.Exec(y.ctx, "DELETE FROM "+t.Name+" WHERE town = $1", toyTown); err != nil {
				return err
			}
			if err := tx.Insert(y.ctx, t, u[t.Name]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		y.Fatal(err)
	}
}

// newTamperedJournal fills the journal that is going to be tampered with.
func newTamperedJournal(y *toy) testKey {
	y.Helper()
	key := newKey(y.T, "toy.example/log")
	fill := func(n int) {
		y.must(func(ctx context.Context, w *Writer) error {
			for range n {
				id, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"箱"})
				if err != nil {
					return err
				}
				if err := put(id, "2026-02-01", 1)(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
			y.Fatal(err)
		}
	}
	fill(50)
	y.must(func(ctx context.Context, w *Writer) error {
		_, err := w.Erase(ctx, Erasure{Targets: []int64{6}, Basis: "个人信息保护法 第四十七条"})
		return err
	})
	fill(250)
	return key
}

// Whatever is changed behind the journal's back is found, and the first entry that it is about is named.
func TestTampering(t *testing.T) {
	each(t, func(y *toy) {
		key := newTamperedJournal(y)
		clean := func() {
			y.Helper()
			rep, err := y.j.Verify(y.ctx, toyTown, key.verifier, nil)
			if err != nil || !rep.OK() || rep.Size != lastAct+1 || rep.Erased != 1 || rep.Checkpoints != 2 {
				y.Fatalf("untouched: %+v %v", rep, err)
			}
		}
		clean()
		u := y.remember()
		for _, c := range tamperings {
			c.change(y)
			rep, err := y.j.Verify(y.ctx, toyTown, key.verifier, nil)
			switch {
			case err != nil:
				y.Errorf("%s: %v", c.name, err)
			case rep.OK():
				y.Errorf("%s: not found", c.name)
			case rep.Faults[0].N != c.first || !strings.Contains(rep.Faults[0].What, fmt.Sprintf("第 %d 号", c.first)):
				y.Errorf("%s: want entry %d named first, got %+v", c.name, c.first, rep.Faults)
			}
			y.restore(u)
		}
		clean()
	})
}

// A changed row of a projection is found, and its entity named.
func TestTamperingWithTables(t *testing.T) {
	each(t, func(y *toy) {
		a, b := y.open("甲箱", "2026-01-01"), y.open("乙箱", "2026-01-01")
		y.must(put(b, "2026-02-01", 3))
		y.must(func(ctx context.Context, w *Writer) error {
			_, err := Add(ctx, w, kHang, "2026-02-01", nil, hangTag{a, "2026-06-01"})
			return err
		})
		u := y.remember()
		for _, c := range []struct{ table, key, change string }{
			{"toy_box", "id=1", `UPDATE toy_box SET balls = 4 WHERE town = $1 AND id = 1`},
			{"toy_box", "id=1", `DELETE FROM toy_box WHERE town = $1 AND id = 1`},
			{"toy_box", "id=7", `INSERT INTO toy_box (town, id, name, balls) VALUES ($1, 7, '丙箱', 0)`},
			{"journal_entity", "id=0", `UPDATE journal_entity SET to_day = '2026-03-01' WHERE town = $1 AND id = 0`},
			{"journal_use", "used=0", `DELETE FROM journal_use WHERE town = $1`},
			{"ledger_line", "act=2 entity=1 line=1", `UPDATE ledger_line SET effective = '2026-02-02' WHERE town = $1 AND line = 1`},
			{"ledger_year", "account=1/balls", `UPDATE ledger_year SET amount = 2 WHERE town = $1 AND account = '1/balls'`},
		} {
			y.exec(c.change, toyTown)
			_, diffs, err := y.j.CheckProjections(y.ctx, toyTown, nil)
			if err != nil || len(diffs) != 1 || diffs[0].Table != c.table || !strings.Contains(diffs[0].Key, c.key) || diffs[0].What == "" {
				y.Errorf("%s: %+v %v", c.change, diffs, err)
			}
			y.restore(u)
		}
		y.sound()
	})
}

// The upper tiles of a long log are held against it too.
func TestTamperingWithALongLog(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	const town = "321002009"
	fill(t, y.j.DB, town, "toy.example/long", 66_000)
	for _, c := range []struct {
		first  int64
		change string
	}{
		{-1, ""},
		{7 * 256, `UPDATE journal_tile SET hashes = CAST(substr(hashes, 1, 224) || x'00' || substr(hashes, 226) AS BLOB) WHERE town = $1 AND level = 1`},
		{5*256 + 3, `UPDATE journal_act SET recorded = 1 WHERE town = $1 AND n = 1283`}, // the first of both
		{5*256 + 3, `DELETE FROM journal_tile WHERE town = $1 AND level = 1`},
	} {
		if c.change != "" {
			if n, err := y.j.DB.Exec(y.ctx, c.change, town); err != nil || n != 1 {
				t.Fatalf("%s: %d %v", c.change, n, err)
			}
		}
		rep, err := y.j.Verify(y.ctx, town, nil, nil)
		if err != nil || rep.OK() != (c.first < 0) || !rep.OK() && (rep.Faults[0].N != c.first || !strings.Contains(rep.Faults[0].What, fmt.Sprint(c.first))) {
			t.Fatalf("%s: %+v %v", c.change, rep.Faults, err)
		}
	}
}

// A server that finds its journal damaged stops recording there and says what to do.
func TestNothingIsRecordedUponDamage(t *testing.T) {
	each(t, func(y *toy) {
		id := y.open("甲箱", "2026-01-01")
		y.flip("journal_act", "leaf", "n = 0", 0)
		other, err := openToy(y.j.DB, Options{})
		if err != nil {
			y.Fatal(err)
		}
		defer other.Close()
		var damaged *Damaged
		_, err = other.Record(y.ctx, toyTown, Request{Decide: put(id, "2026-02-01", 1)})
		if !errors.As(err, &damaged) || !strings.Contains(err.Error(), "cunju verify") {
			y.Fatalf("recorded upon damage: %v", err)
		}
		if n, _ := Size(y.ctx, y.j.DB, toyTown); n != 1 {
			y.Fatalf("%d acts", n)
		}
	})
}
