package backup

import (
	"encoding/json"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"cunju/internal/db"
	"cunju/internal/journal"
)

// hashes are the stored hashes of a tree, by tlog's numbering.
type hashes []tlog.Hash

func (h hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		out[i] = h[n]
	}
	return out, nil
}

func act(n int64) []any {
	salt, payload := []byte("salt"), fmt.Sprintf(`{"n":%d}`, n)
	commitment := journal.Commit(salt, []byte(payload))
	leaf := tlog.RecordHash(journal.Entry(town, n, "test/1", n, "2026-11-23", commitment))
	return []any{town, n, "test/1", n, "2026-11-23", commitment, leaf[:], salt, payload}
}

// The root after every act is the one that the reference implementation finds.
func TestRootsAreThoseOfTheReference(t *testing.T) {
	s := &sealing{town: town}
	var stored hashes
	tiles := 0
	for n := int64(0); n < 1000; n++ {
		full, wrong := s.add(act(n))
		if wrong != "" {
			t.Fatal(wrong)
		}
		tiles += len(full)
		more, err := tlog.StoredHashesForRecordHash(n, tlog.Hash(act(n)[6].([]byte)), stored)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
		want, err := tlog.TreeHash(n+1, stored)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.root(); got != want {
			t.Fatalf("root over %d acts is %v, want %v", n+1, got, want)
		}
	}
	if tiles != 3 {
		t.Errorf("%d full tiles over 1000 acts", tiles)
	}
}

func TestActsThatDoNotFitAreNamed(t *testing.T) {
	for name, change := range map[string]func(row []any){
		"gap":        func(r []any) { r[1] = r[1].(int64) + 1 },
		"kind":       func(r []any) { r[2] = "other/1" },
		"recorded":   func(r []any) { r[3] = int64(99) },
		"effective":  func(r []any) { r[4] = "2026-11-24" },
		"commitment": func(r []any) { r[5] = make([]byte, 32) },
		"leaf":       func(r []any) { r[6] = make([]byte, 32) },
		"salt":       func(r []any) { r[7] = []byte("pepper") },
		"payload":    func(r []any) { r[8] = "{}" },
	} {
		s := &sealing{town: town}
		row := act(0)
		change(row)
		if _, wrong := s.add(row); wrong == "" {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// What is written as a line is read back as it was.
func TestLinesAreReadBack(t *testing.T) {
	table := table("t", 2, ints("n"), texts("s"), blobs("b"), []db.Column{{Name: "z", Type: db.NullBytes}})
	rapid.Check(t, func(t *rapid.T) {
		row := []any{town, rapid.Int64().Draw(t, "n"), rapid.String().Draw(t, "s"), rapid.SliceOf(rapid.Byte()).Draw(t, "b"), nil}
		if rapid.Bool().Draw(t, "has z") {
			row[4] = rapid.SliceOf(rapid.Byte()).Draw(t, "z")
		}
		line, err := appendLine(nil, table.Columns[1:], row[1:])
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(line) {
			t.Fatalf("not JSON: %s", line)
		}
		back, err := parseLine(line, table, town)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%q", back) != fmt.Sprintf("%q", row) {
			t.Fatalf("%q came back as %q", row, back)
		}
	})
}

func TestForeignLinesAreRefused(t *testing.T) {
	table := table("t", 2, ints("n"), texts("s"))
	for _, line := range []string{``, `[]`, `{}`, `{"n":1}`, `{"n":1,"s":"x","more":1}`, `{"n":"1","s":"x"}`, `{"n":1,"s":2}`, `{"n":1.5,"s":"x"}`,
		`{"n":1,"s":null}`, `{"n":1,"t":"x"}`} {
		if _, err := parseLine([]byte(line), table, town); err == nil {
			t.Errorf("%s was taken", line)
		}
	}
}
