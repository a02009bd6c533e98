package journal

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/witness/witnesstest"
)

// witness is a running litewitness.
type witness struct{ witnesstest.Lite }

// add submits a checkpoint as C2SP tlog-witness says and returns status, media type and body.
func (w witness) add(t *testing.T, old int64, proof []tlog.Hash, checkpoint string) (int, string, string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", old)
	for _, h := range proof {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteString("\n" + checkpoint)
	resp, err := http.Post(w.URL+"/add-checkpoint", "text/plain", strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), string(body)
}

// A witness that nobody here wrote cosigns the log as it grows, and refuses what does not follow from what it has seen.
func TestWitnessCosigns(t *testing.T) {
	const origin = "toy.example/log"
	y := newToy(t, dbtest.SQLite(t))
	key := newKey(t, origin)
	w := witness{witnesstest.StartLite(t, origin, key.VKey)}
	policy, err := torchwood.ParsePolicy([]byte("log " + key.VKey + "\nwitness w " + w.VKey + "\nquorum w\n"))
	if err != nil {
		t.Fatal(err)
	}
	sign := func() Checkpoint {
		t.Helper()
		cp, err := y.j.Sign(y.ctx, toyTown, key)
		if err != nil {
			t.Fatal(err)
		}
		return cp
	}
	// cosign submits, and has the witness's word checked together with the log's.
	cosign := func(old int64, cp Checkpoint) string {
		t.Helper()
		proof, err := ProveConsistency(y.ctx, y.j.DB, toyTown, old, cp.Size)
		if err != nil {
			t.Fatal(err)
		}
		status, _, body := w.add(t, old, proof, cp.Note)
		if status != http.StatusOK {
			t.Fatalf("size %d after %d: %d %s", cp.Size, old, status, body)
		}
		if _, _, err := torchwood.VerifyCheckpoint([]byte(cp.Note), policy); err == nil {
			t.Fatal("the policy is met without the witness")
		}
		if _, _, err := torchwood.VerifyCheckpoint([]byte(cp.Note+body), policy); err != nil {
			t.Fatalf("size %d with cosignature: %v", cp.Size, err)
		}
		return cp.Note + body
	}
	y.open("甲箱", "2026-01-01")
	first := sign()
	cosign(0, first)
	y.must(func(ctx context.Context, w *Writer) error {
		for range 699 {
			if err := put(0, "2026-03-01", 1)(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	second := sign()
	signed := cosign(first.Size, second)
	p, err := Prove(y.ctx, y.j.DB, toyTown, 333)
	if err != nil {
		t.Fatal(err)
	}
	p.Checkpoint.Note = signed
	row, err := db.One[sealedRow](y.ctx, y.j.DB, `SELECT n, kind, recorded, effective, commitment FROM journal_act WHERE town = $1 AND n = 333`, toyTown)
	if err != nil {
		t.Fatal(err)
	}
	if err := torchwood.VerifyProof(policy, tlog.RecordHash(row.entry(toyTown)), []byte(p.String())); err != nil {
		t.Errorf("a proof under the cosigned checkpoint: %v", err)
	}
	if err := p.Check(row.entry(toyTown), key.verifier); err != nil {
		t.Errorf("our own check of it: %v", err)
	}

	if status, ctype, body := w.add(t, first.Size, nil, second.Note); status != http.StatusConflict || ctype != "text/x.tlog.size" || body != "700\n" {
		t.Errorf("a size that it has left behind: %d %s %q", status, ctype, body)
	}
	y.open("乙箱", "2026-01-01")
	third := sign()
	if status, _, _ := w.add(t, second.Size, nil, third.Note); status != http.StatusUnprocessableEntity {
		t.Errorf("without a consistency proof: %d", status)
	}
	if status, _, _ := w.add(t, second.Size, nil, strings.Replace(third.Note, "701", "702", 1)); status != http.StatusForbidden {
		t.Errorf("a checkpoint that the log did not sign: %d", status)
	}
	cosign(second.Size, third)
}
