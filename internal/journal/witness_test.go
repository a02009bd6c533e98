package journal

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

// witness is a running litewitness.
type witness struct {
	address string
	vkey    string
}

// startWitness builds the witness from its pinned module and runs it for one log. Its key lies with an agent in this process.
func startWitness(t *testing.T, origin, vkey string) witness {
	t.Helper()
	dir, err := os.MkdirTemp("", "witness") // short: the path of a socket has 107 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	program := filepath.Join(dir, "litewitness")
	build := exec.Command("go", "build", "-C", "testdata/litewitness", "-mod=readonly", "-o", program, "filippo.io/torchwood/cmd/litewitness")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("litewitness cannot be built: %v\n%s", err, out)
	}
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "agent")
	serveAgent(t, socket, private)
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := port.Addr().String()
	port.Close()
	cmd := exec.Command(program, "-name", "witness.example/w", "-db", filepath.Join(dir, "witness.db"), "-ssh-agent", socket,
		"-listen", address, "-key", ssh.FingerprintSHA256(signer.PublicKey()))
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for try := 0; ; try++ {
		resp, err := http.Get("http://" + address + "/")
		if err == nil {
			resp.Body.Close()
			break
		}
		if try == 1200 { // half a minute, on a busy machine
			t.Fatalf("the witness does not answer: %v\n%s", err, said.String())
		}
		time.Sleep(25 * time.Millisecond)
	}
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "witness.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Update(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(t.Context(), `INSERT INTO log (origin, tree_size, tree_hash) VALUES ($1, 0, $2)`, origin, (&tree{}).root().String()); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), `INSERT INTO key (origin, key) VALUES ($1, $2)`, origin, vkey)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	cosigner, err := torchwood.NewCosignatureSigner("witness.example/w", private)
	if err != nil {
		t.Fatal(err)
	}
	return witness{"http://" + address, cosigner.Verifier().String()}
}

func serveAgent(t *testing.T, socket string, key ed25519.PrivateKey) {
	t.Helper()
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go agent.ServeAgent(ring, c) // ends with the connection
		}
	}()
}

// add submits a checkpoint as C2SP tlog-witness says and returns status, media type and body.
func (w witness) add(t *testing.T, old int64, proof []tlog.Hash, checkpoint string) (int, string, string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", old)
	for _, h := range proof {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteString("\n" + checkpoint)
	resp, err := http.Post(w.address+"/add-checkpoint", "text/plain", strings.NewReader(b.String()))
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
	w := startWitness(t, origin, key.VKey)
	policy, err := torchwood.ParsePolicy([]byte("log " + key.VKey + "\nwitness w " + w.vkey + "\nquorum w\n"))
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
