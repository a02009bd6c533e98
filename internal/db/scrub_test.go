package db_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"cunju/internal/db"
)

// What was deleted or changed is in neither file after a scrub.
func TestScrubLeavesNoTrace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d, err := db.Open(t.Context(), "sqlite:"+path)
	must(t, err)
	defer d.Close()
	create(t, d, member)
	for i := range 300 {
		insert(t, d, member, []any{town, i, fmt.Sprintf("住在渡江村的王小明%d", i), "2020-01-01", 1, nil})
	}
	found := func() bool {
		for _, suffix := range []string{"", "-wal"} {
			data, err := os.ReadFile(path + suffix)
			must(t, err)
			if bytes.Contains(data, []byte("王小明")) {
				return true
			}
		}
		return false
	}
	if !found() {
		t.Fatal("the text is not in the files in the first place")
	}
	_, err = d.Exec(t.Context(), `DELETE FROM member WHERE town = $1 AND id < 200`, town)
	must(t, err)
	_, err = d.Exec(t.Context(), `UPDATE member SET name = '已删除' WHERE town = $1`, town)
	must(t, err)
	must(t, d.Scrub(t.Context()))
	if found() {
		t.Error("deleted text is still there")
	}
}

// While someone reads an older state, its pages must stay.
func TestScrubSaysWhenAReaderIsInTheWay(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	must(t, err)
	defer d.Close()
	create(t, d, payment)
	insert(t, d, payment, []any{town, 1, 5})
	must(t, d.View(t.Context(), func(tx *db.Tx) error {
		if n, _ := sum(t, tx); n != 1 {
			t.Errorf("%d payments", n)
		}
		insert(t, d, payment, []any{town, 2, 7})
		if err := d.Scrub(t.Context()); err == nil {
			t.Error("scrubbed under a reader")
		}
		return nil
	}))
	must(t, d.Scrub(t.Context()))
}
