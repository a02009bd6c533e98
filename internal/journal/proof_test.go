package journal

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// A proof shows one entry under one log's signature, and nothing else.
func TestProofShowsOneEntryOnly(t *testing.T) {
	each(t, func(y *toy) {
		y.must(func(ctx context.Context, w *Writer) error {
			for range 300 {
				if _, err := Add(ctx, w, kOpen, "2026-01-01", nil, openBox{"箱"}); err != nil {
					return err
				}
			}
			return nil
		})
		key, other := newKey(y.T, "toy.example/log"), newKey(y.T, "toy.example/log")
		first, err := y.j.Sign(y.ctx, toyTown, key)
		if err != nil {
			y.Fatal(err)
		}
		if again, err := y.j.Sign(y.ctx, toyTown, other); err != nil || again != first {
			y.Fatalf("a second note for the same size: %+v %v", again, err)
		}
		y.open("乙箱", "2026-01-01")
		if _, err := y.j.Sign(y.ctx, toyTown, newKey(y.T, "another.example/log")); err == nil {
			y.Fatal("signed by a key of another log")
		}
		if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
			y.Fatal(err)
		}
		entry := func(n int64) []byte {
			row, err := db.One[sealedRow](y.ctx, y.j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, toyTown, n)
			if err != nil {
				y.Fatal(err)
			}
			return row.entry(toyTown)
		}
		p, err := Prove(y.ctx, y.j.DB, toyTown, 7)
		if err != nil || p.Checkpoint.Size != 301 {
			y.Fatalf("%+v %v", p, err)
		}
		early, err := ProveFirst(y.ctx, y.j.DB, toyTown, 7)
		if err != nil || early.Checkpoint.Size != 300 || early.Check(entry(7), key.verifier) != nil {
			y.Fatalf("under the first checkpoint: %+v %v", early.Checkpoint, err)
		}
		read, err := ParseProof(p.String())
		if err != nil || read.String() != p.String() {
			y.Fatalf("read back: %v", err)
		}
		if read, err = ParseProof(strings.Replace(p.String(), "index", "extra aGVsbG8=\nindex", 1)); err != nil {
			y.Fatalf("with extra data: %v", err)
		}
		if err := read.Check(entry(7), key.verifier); err != nil {
			y.Fatal(err)
		}
		bad := func(what string, entry []byte, v note.Verifier, change func(p *Proof)) {
			y.Helper()
			q := read
			q.Hashes = append(q.Hashes[:0:0], q.Hashes...)
			change(&q)
			if q.Check(entry, v) == nil {
				y.Errorf("%s passes", what)
			}
		}
		none := func(*Proof) {}
		bad("another entry", entry(8), key.verifier, none)
		bad("another log's key", entry(7), other.verifier, none)
		bad("another index", entry(7), key.verifier, func(p *Proof) { p.Index++ })
		bad("a negative index", entry(7), key.verifier, func(p *Proof) { p.Index = -1 })
		bad("a changed hash", entry(7), key.verifier, func(p *Proof) { p.Hashes[3][0] ^= 1 })
		bad("a hash less", entry(7), key.verifier, func(p *Proof) { p.Hashes = p.Hashes[1:] })
		bad("another size", entry(7), key.verifier, func(p *Proof) { p.Checkpoint.Note = strings.Replace(p.Checkpoint.Note, "\n301\n", "\n300\n", 1) })
		bad("the other checkpoint", entry(7), key.verifier, func(p *Proof) { p.Checkpoint.Note = first.Note })
		for what, text := range map[string]string{
			"origin":    "another.example/log\n301\n" + read.Hashes[0].String() + "\n",
			"size":      "toy.example/log\n0301\n" + read.Hashes[0].String() + "\n",
			"extension": "toy.example/log\n301\n" + read.Hashes[0].String() + "\nmore\n",
			"short":     "toy.example/log\n301\n",
		} {
			signed, err := note.Sign(&note.Note{Text: text}, key)
			if err != nil {
				y.Fatal(err)
			}
			bad("a checkpoint of an unknown form: "+what, entry(7), key.verifier, func(p *Proof) { p.Checkpoint.Note = string(signed) })
		}
		for _, s := range []string{"", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 1\n\nx", "c2sp.org/tlog-proof@v1\nindex -1\n\nx",
			"c2sp.org/tlog-proof@v1\nindex 01\n\nx", "c2sp.org/tlog-proof@v1\nindex 1 2\n\nx", "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
			"c2sp.org/tlog-proof@v1\nextra x\n\nx"} {
			if _, err := ParseProof(s); err == nil {
				y.Errorf("%q is taken for a proof", s)
			}
		}
		for _, n := range []int64{-1, 301, 1 << 40} {
			if _, err := Prove(y.ctx, y.j.DB, toyTown, n); err == nil {
				y.Errorf("a proof of act %d", n)
			}
		}
	})
}

// What was appended to a log while proofs are asked for does not disturb them.
func TestProofsWhileTheLogGrows(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	key := newKey(t, "toy.example/log")
	for n := range int64(600) {
		y.open("箱", "2026-01-01")
		if n%7 == 0 {
			if _, err := y.j.Sign(y.ctx, toyTown, key); err != nil {
				t.Fatal(err)
			}
		}
		if n%13 != 0 {
			continue
		}
		cp, err := Published(y.ctx, y.j.DB, toyTown)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Prove(y.ctx, y.j.DB, toyTown, n*31%cp.Size)
		if err != nil {
			t.Fatal(err)
		}
		row, err := db.One[sealedRow](y.ctx, y.j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, toyTown, p.Index)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(row.entry(toyTown), key.verifier); err != nil {
			t.Fatal(err)
		}
	}
}

// Proof files come from anyone.
func FuzzParseProof(f *testing.F) {
	f.Add("c2sp.org/tlog-proof@v1\nextra x\nindex 1\n\nx\n")
	f.Add("c2sp.org/tlog-proof@v1\nindex 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nx\n1\nAAAA\n\n— x AAAA\n")
	v, err := note.NewVerifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParseProof(s); err == nil && p.Check([]byte("x"), v) == nil {
			t.Fatalf("%q proves something", s)
		}
	})
}

// While a witness is missing, what was witnessed before is proven under what the witness signed.
func TestProofsPreferWhatEnoughHaveSigned(t *testing.T) {
	y := newToy(t, dbtest.SQLite(t))
	key := newKey(t, "toy.example/log")
	first := y.open("甲箱", "2026-01-01")
	good, err := y.j.Sign(y.ctx, toyTown, key)
	if err != nil {
		t.Fatal(err)
	}
	second := y.open("乙箱", "2026-01-01")
	late, err := y.j.Sign(y.ctx, toyTown, key)
	if err != nil {
		t.Fatal(err)
	}
	size := func(n int64) int64 {
		t.Helper()
		p, err := y.j.Prove(y.ctx, toyTown, n)
		if err != nil {
			t.Fatal(err)
		}
		row, err := db.One[sealedRow](y.ctx, y.j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = $2`, toyTown, n)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(row.entry(toyTown), key.verifier); err != nil {
			t.Fatal(err)
		}
		return p.Checkpoint.Size
	}
	if size(first) != late.Size {
		t.Fatal("without a preference the newest serves")
	}
	y.j.Prefer(func(note string) bool { return note == good.Note })
	if size(first) != good.Size || size(second) != late.Size {
		t.Fatalf("the first under %d, the second under %d", size(first), size(second))
	}
}
