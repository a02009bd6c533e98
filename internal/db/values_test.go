package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

type (
	fen  int64
	day  string
	blob []byte
)

// everything has a field for every type of column and of Go.
type everything struct {
	Town  string
	ID    int64
	Name  string
	Paid  fen
	Born  day
	Raw   blob
	Alive bool
	Note  *string
	Photo []byte
	Alias sql.Null[string]
}

var wide = db.Table{Name: "wide", Key: 2, Columns: []db.Column{{"town", db.Text}, {"id", db.Int}, {"name", db.Text},
	{"paid", db.Int}, {"born", db.Date}, {"raw", db.Bytes}, {"alive", db.Bool}, {"note", db.NullText},
	{"photo", db.NullBytes}, {"alias", db.NullText}}}

func (e everything) row() []any {
	alive := 0
	if e.Alive {
		alive = 1
	}
	return []any{e.Town, e.ID, e.Name, e.Paid, e.Born, e.Raw, alive, e.Note, e.Photo, e.Alias}
}

const selectWide = "SELECT town, id, name, paid, born, raw, alive, note, photo, alias FROM wide WHERE town = $1 ORDER BY id"

// sample makes the i-th of rows that visit the edges of every type.
func sample(i int) everything {
	texts := []string{"", "王芳", "𠮷野家", "㐂", "O'Brien \"quoted\" \\ % _ $1 ?", "👵🏽", "a\nb\tc", "\u202e反\u200d", "\ufffd", "é"}
	money := []fen{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, 1 << 53, 1<<53 + 1}
	days := []day{"", "1900-02-28", "2024-02-29", "9999-12-31"}
	e := everything{Town: town, ID: int64(i), Name: texts[i%len(texts)], Paid: money[i%len(money)], Born: days[i%len(days)],
		Raw: blob{0, 0xff, byte(i)}, Alive: i%2 == 1}
	switch i % 3 {
	case 0:
		note, alias := texts[i/3%len(texts)], texts[i/7%len(texts)]
		e.Note, e.Alias, e.Raw, e.Photo = &note, sql.Null[string]{V: alias, Valid: true}, blob{}, []byte{}
	case 1:
		e.Photo = []byte(texts[i%len(texts)] + "\x00")
	}
	return e
}

func (e everything) equal(o everything) bool {
	return fmt.Sprintf("%q", e.row()[:7]) == fmt.Sprintf("%q", o.row()[:7]) && (e.Note == nil) == (o.Note == nil) &&
		(e.Note == nil || *e.Note == *o.Note) && (e.Photo == nil) == (o.Photo == nil) && string(e.Photo) == string(o.Photo) &&
		(e.Raw == nil) == (o.Raw == nil) && e.Alias == o.Alias
}

// Every way into the table gives the same rows: singles, groups, arrays, COPY.
func TestInsertGivesBackEqualRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, wide)
		for _, n := range []int{0, 1, 19, 20, 21, 999, 1000, 2041} {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				want := make([]everything, n)
				rows := make([][]any, n)
				for i := range want {
					want[i] = sample(i)
					rows[i] = want[i].row()
				}
				must(t, d.Update(ctx, func(tx *db.Tx) error {
					if _, err := tx.Exec(ctx, "DELETE FROM wide WHERE town = $1", town); err != nil {
						return err
					}
					return tx.Insert(ctx, wide, rows)
				}))
				got, err := db.All[everything](ctx, d, selectWide, town)
				must(t, err)
				if !slices.EqualFunc(got, want, everything.equal) {
					t.Fatalf("%d rows came back as %d different ones", len(want), len(got))
				}
			})
		}
		bad := make([][]any, 1500) // the last row of a COPY is refused: none stays
		for i := range bad {
			bad[i] = sample(5000 + i).row()
		}
		bad[1499][2] = "\x00"
		wantKind(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, wide, bad) }), db.BadData)
		bad[1499] = sample(5000).row()
		wantKind(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, wide, bad) }), db.Unique)
		bad[1499] = sample(9000).row()
		bad[1499][2] = nil
		wantKind(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, wide, bad) }), db.NotNull)
		n, err := db.One[int](ctx, d, "SELECT count(*) FROM wide WHERE town = $1", town)
		if must(t, err); n != 2041 {
			t.Fatal(n)
		}
	})
}

func TestUpsertLastWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		onlyKey := db.Table{Name: "seen", Key: 2, Columns: []db.Column{{"town", db.Text}, {"id", db.Int}}}
		create(t, d, payment, onlyKey)
		insert(t, d, payment, []any{town, 1, 10}, []any{town, 2, 20})
		must(t, d.Update(ctx, func(tx *db.Tx) error {
			must(t, tx.Upsert(ctx, onlyKey, [][]any{{town, 1}, {town, 1}}))
			must(t, tx.Upsert(ctx, onlyKey, [][]any{{town, 1}, {town, 2}}))
			return tx.Upsert(ctx, payment, [][]any{{town, 2, 21}, {town, 3, 30}, {town, 3, 31}, {"321002004", 3, 5}, {town, 3, 32}})
		}))
		got, err := db.All[struct{ ID, Fen int64 }](ctx, d, "SELECT id, fen FROM payment WHERE town = $1 ORDER BY id", town)
		must(t, err)
		if fmt.Sprint(got) != "[{1 10} {2 21} {3 32}]" {
			t.Fatal(got)
		}
		many := make([][]any, 2500)
		for i := range many {
			many[i] = []any{town, i % 2000, i}
		}
		must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Upsert(ctx, payment, many) }))
		if n, total := sum(t, d); n != 2000 || total != 1999*2000/2+500*2000 {
			t.Fatal(n, total)
		}
		n, err := db.One[int64](ctx, d, "SELECT count(*) FROM seen WHERE town = $1", town)
		if must(t, err); n != 2 {
			t.Fatal(n)
		}
	})
}

// Text orders by code point, whatever the locale of a server; LIKE minds case.
func TestChineseOrderAndCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, member)
		names := []string{"张伟", "Zhang", "王芳", "zhang", "李娜", "一", "𠮷", "龥", "É", "阿", "~", "", "王 芳", "０"}
		for i, name := range names {
			insert(t, d, member, []any{town, i, name, "", 0, nil})
		}
		got, err := db.All[string](ctx, d, "SELECT name FROM member WHERE town = $1 ORDER BY name", town)
		must(t, err)
		slices.Sort(names)
		if !slices.Equal(got, names) {
			t.Errorf("got  %q\nwant %q", got, names)
		}
		after, err := db.All[string](ctx, d, "SELECT name FROM member WHERE town = $1 AND name > $2 ORDER BY name DESC", town, "李娜")
		must(t, err)
		if len(after) == 0 || after[0] != names[len(names)-1] || slices.Contains(after, "李娜") {
			t.Errorf("%q", after)
		}
		like, err := db.All[string](ctx, d, "SELECT name FROM member WHERE town = $1 AND name LIKE $2", town, "Z%")
		if must(t, err); !slices.Equal(like, []string{"Zhang"}) {
			t.Errorf("%q", like)
		}
	})
}

func TestScanner(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, wide)
		insert(t, d, wide, sample(0).row(), sample(1).row(), sample(2).row())

		raw, err := db.One[[]byte](ctx, d, "SELECT raw FROM wide WHERE town = $1 AND id = 1", town)
		if must(t, err); string(raw) != "\x00\xff\x01" {
			t.Errorf("%q", raw)
		}
		alive, err := db.All[bool](ctx, d, "SELECT alive FROM wide WHERE town = $1 ORDER BY id", town)
		if must(t, err); !slices.Equal(alive, []bool{false, true, false}) {
			t.Error(alive)
		}
		notes, err := db.All[*string](ctx, d, "SELECT note FROM wide WHERE town = $1 ORDER BY note NULLS LAST", town)
		if must(t, err); len(notes) != 3 || notes[0] == nil || notes[1] != nil {
			t.Error(notes)
		}
		_, err = db.All[string](ctx, d, "SELECT note FROM wide WHERE town = $1 ORDER BY id", town)
		if err == nil {
			t.Error("NULL was read into a string")
		}
		_, err = db.One[struct{ A, B string }](ctx, d, "SELECT name FROM wide WHERE town = $1", town)
		if err == nil {
			t.Error("one column filled two fields")
		}
		partly, err := db.One[struct {
			ID     fen
			hidden int
			Born   day
		}](ctx, d, "SELECT id, born FROM wide WHERE town = $1 AND id = 2", town)
		if must(t, err); partly.ID != 2 || partly.Born != "2024-02-29" || partly.hidden != 0 {
			t.Error(partly)
		}
		_, err = db.One[int64](ctx, d, "SELECT id FROM wide WHERE town = $1", "x")
		if !errors.Is(err, db.ErrNotFound) {
			t.Error(err)
		}
		none, err := db.All[int64](ctx, d, "SELECT id FROM wide WHERE town = $1", "x")
		if must(t, err); len(none) != 0 {
			t.Error(none)
		}
		stop := errors.New("enough")
		var seen []everything
		err = db.Each(ctx, d, selectWide, func(e everything) error {
			if seen = append(seen, e); len(seen) == 2 {
				return stop
			}
			return nil
		}, town)
		if !errors.Is(err, stop) || len(seen) != 2 || !seen[0].equal(sample(0)) || !seen[1].equal(sample(1)) {
			t.Error(err, seen) // rows handed out earlier stay as they were
		}
		reused, err := db.All[int64](ctx, d, "SELECT id FROM wide WHERE $2 = town AND $1 <= id AND id <= $1 + 1 ORDER BY id", 1, town)
		if must(t, err); !slices.Equal(reused, []int64{1, 2}) {
			t.Error(reused)
		}
	})
}
