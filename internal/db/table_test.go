package db_test

import (
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestDDL(t *testing.T) {
	lite := strings.Join(member.DDL(db.SQLite), ";\n")
	want := `CREATE TABLE IF NOT EXISTS member (
  town TEXT NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  joined TEXT NOT NULL CHECK (length(joined) = 10 OR joined = ''),
  admitted INTEGER NOT NULL CHECK (admitted IN (0, 1)),
  note TEXT,
  PRIMARY KEY (town, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_name ON member (town, name, id DESC);
CREATE UNIQUE INDEX IF NOT EXISTS member_note ON member (town, note) WHERE town <> ''`
	if lite != want {
		t.Errorf("got\n%s", lite)
	}
	pg := strings.NewReplacer(" TEXT", ` TEXT COLLATE "C"`, "INTEGER", "BIGINT", " STRICT, WITHOUT ROWID", "").Replace(want)
	if got := strings.Join(member.DDL(db.Postgres), ";\n"); got != pg {
		t.Errorf("got\n%s", got)
	}
}

func TestTablesKeepTheConventions(t *testing.T) {
	good := func() db.Table {
		return db.Table{Name: "unit", Key: 2, Columns: []db.Column{{"town", db.Text}, {"id", db.Int}, {"note", db.NullText}},
			Indexes: []db.Index{{Name: "unit_note", Columns: []string{"town", "note"}}}}
	}
	if err := good().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*db.Table){
		"town is not first":          func(x *db.Table) { x.Columns[0], x.Columns[1] = x.Columns[1], x.Columns[0] },
		"no columns":                 func(x *db.Table) { x.Columns = nil },
		"no key":                     func(x *db.Table) { x.Key = 0 },
		"key too long":               func(x *db.Table) { x.Key = 4 },
		"key may be NULL":            func(x *db.Table) { x.Key = 3 },
		"index without town":         func(x *db.Table) { x.Indexes[0].Columns = []string{"note"} },
		"index of nothing":           func(x *db.Table) { x.Indexes[0].Columns = []string{"town", "nosuch"} },
		"index without a name":       func(x *db.Table) { x.Indexes[0].Name = "" },
		"a name that must be quoted": func(x *db.Table) { x.Name = "Unit; DROP" },
		"a column twice":             func(x *db.Table) { x.Columns[2].Name = "id" },
		"unknown type":               func(x *db.Table) { x.Columns[2].Type = 99 },
	} {
		bad := good()
		spoil(&bad)
		if bad.Validate() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCreateAndDrop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		create(t, d, member, payment)
		create(t, d, member, payment) // again changes nothing
		insert(t, d, member, []any{town, 1, "王芳", "", 0, "甲"})
		same := func(id int) error {
			return d.Update(ctx, func(tx *db.Tx) error {
				return tx.Insert(ctx, member, [][]any{{town, id, "李娜", "", 0, "甲"}})
			})
		}
		wantKind(t, same(2), db.Unique)
		must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.DropIndexes(ctx, member) }))
		must(t, same(2))
		wantKind(t, d.Update(ctx, func(tx *db.Tx) error { return tx.CreateIndexes(ctx, member) }), db.Unique)
		_, err := d.Exec(ctx, "DELETE FROM member WHERE town = $1 AND id = 2", town)
		must(t, err)
		must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.CreateIndexes(ctx, member) }))
		wantKind(t, same(2), db.Unique)
		must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Drop(ctx, member, payment, wide) }))
		if _, err := d.Query(ctx, "SELECT id FROM member WHERE town = $1", town); err == nil {
			t.Error("the table is still there")
		}
	})
}
