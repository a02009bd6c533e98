package db_test

import (
	"context"
	"testing"

	"cunju/internal/db"
)

const town = "321002003"

// member and payment are the tables of most tests.
var (
	member = db.Table{
		Name: "member", Key: 2,
		Columns: []db.Column{{"town", db.Text}, {"id", db.Int}, {"name", db.Text}, {"joined", db.Date},
			{"admitted", db.Bool}, {"note", db.NullText}},
		Indexes: []db.Index{
			{Name: "member_name", Columns: []string{"town", "name", "id DESC"}},
			{Name: "member_note", Columns: []string{"town", "note"}, Unique: true, Where: "town <> ''"},
		},
	}
	payment = db.Table{
		Name: "payment", Key: 2,
		Columns: []db.Column{{"town", db.Text}, {"id", db.Int}, {"fen", db.Int}},
	}
)

// must fails the test at the caller's line.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t testing.TB, err error, want db.ErrorKind) {
	t.Helper()
	if got := db.Kind(err); err == nil || got != want {
		t.Fatalf("got %v error %v, want %v", got, err, want)
	}
}

// create makes tables in a transaction of their own.
func create(t testing.TB, d *db.DB, tables ...db.Table) {
	t.Helper()
	must(t, d.Update(t.Context(), func(tx *db.Tx) error { return tx.Create(t.Context(), tables...) }))
}

func insert(t testing.TB, d *db.DB, table db.Table, rows ...[]any) {
	t.Helper()
	must(t, d.Update(t.Context(), func(tx *db.Tx) error { return tx.Insert(t.Context(), table, rows) }))
}

// sum answers the number of payments and their total.
func sum(t testing.TB, q db.Querier) (n, fen int64) {
	t.Helper()
	got, err := db.One[struct{ N, Fen int64 }](context.WithoutCancel(t.Context()), q,
		"SELECT count(*), CAST(coalesce(sum(fen), 0) AS BIGINT) FROM payment WHERE town = $1", town)
	must(t, err)
	return got.N, got.Fen
}
