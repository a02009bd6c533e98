package db_test

import (
	"fmt"
	"os"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// entry is as narrow as a ledger entry, the most frequent row.
var entry = db.Table{Name: "entry", Key: 3, Columns: []db.Column{{"town", db.Text}, {"act", db.Int},
	{"line", db.Int}, {"account", db.Text}, {"amount", db.Int}, {"effective", db.Date}}}

func eachBench(b *testing.B, f func(b *testing.B, d *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { f(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) {
		if os.Getenv("CUNJU_PG_DURABLE") != "1" {
			b.Skip("the server does not sync: make bench starts one that does")
		}
		f(b, dbtest.Postgres(b))
	})
}

func entries(from, n int) [][]any {
	rows := make([][]any, n)
	for i := range rows {
		rows[i] = []any{town, int64(from + i), int64(0), "12/party/full", int64(1), "2026-07-01"}
	}
	return rows
}

// BenchmarkInsert writes narrow rows, 100,000 in one transaction, in groups.
func BenchmarkInsert(b *testing.B) {
	eachBench(b, func(b *testing.B, d *db.DB) {
		for _, group := range []int{1, 100, 20000} {
			b.Run(fmt.Sprintf("group=%d", group), func(b *testing.B) {
				const total = 100000
				create(b, d, entry)
				rows := entries(0, total)
				b.ResetTimer()
				for b.Loop() {
					must(b, d.Update(b.Context(), func(tx *db.Tx) error {
						for i := 0; i < total; i += group {
							if err := tx.Insert(b.Context(), entry, rows[i:i+group]); err != nil {
								return err
							}
						}
						return nil
					}))
					b.StopTimer()
					must(b, d.Update(b.Context(), func(tx *db.Tx) error {
						if err := tx.Drop(b.Context(), entry); err != nil {
							return err
						}
						return tx.Create(b.Context(), entry)
					}))
					b.StartTimer()
				}
				b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	})
}

// BenchmarkLoneCommit is one row, durable, from one caller who waits.
func BenchmarkLoneCommit(b *testing.B) {
	eachBench(b, func(b *testing.B, d *db.DB) {
		create(b, d, entry)
		i := 0
		for b.Loop() {
			must(b, d.Update(b.Context(), func(tx *db.Tx) error { return tx.Insert(b.Context(), entry, entries(i, 1)) }))
			i++
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	})
}

// BenchmarkOne reads one row by its key.
func BenchmarkOne(b *testing.B) {
	eachBench(b, func(b *testing.B, d *db.DB) {
		create(b, d, entry)
		insert(b, d, entry, entries(0, 10000)...)
		i := int64(0)
		for b.Loop() {
			_, err := db.One[struct {
				Account string
				Amount  int64
			}](b.Context(), d, "SELECT account, amount FROM entry WHERE town = $1 AND act = $2", town, i%10000)
			must(b, err)
			i++
		}
	})
}

// BenchmarkAll reads 10,000 rows of six columns.
func BenchmarkAll(b *testing.B) {
	eachBench(b, func(b *testing.B, d *db.DB) {
		create(b, d, entry)
		insert(b, d, entry, entries(0, 10000)...)
		for b.Loop() {
			rows, err := db.All[struct {
				Town      string
				Act, Line int64
				Account   string
				Amount    int64
				Effective day
			}](b.Context(), d, "SELECT town, act, line, account, amount, effective FROM entry WHERE town = $1", town)
			if must(b, err); len(rows) != 10000 {
				b.Fatal(len(rows))
			}
		}
		b.ReportMetric(10000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
