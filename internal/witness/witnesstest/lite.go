package witnesstest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"cunju/internal/db"
)

// Lite is a running litewitness.
type Lite struct {
	URL  string
	VKey string
}

const liteName = "witness.example/w"

// StartLite builds litewitness and runs it for one log until the test ends.
func StartLite(t *testing.T, origin, vkey string) Lite {
	t.Helper()
	dir, err := os.MkdirTemp("", "witness") // short: the path of a socket has 107 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	program := filepath.Join(dir, "litewitness")
	_, here, _, _ := runtime.Caller(0)
	build := exec.Command("go", "build", "-C", filepath.Join(filepath.Dir(here), "testdata", "litewitness"), "-mod=readonly", "-o", program, "filippo.io/torchwood/cmd/litewitness")
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
	cmd := exec.Command(program, "-name", liteName, "-db", filepath.Join(dir, "witness.db"), "-ssh-agent", socket,
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
	introduce(t, filepath.Join(dir, "witness.db"), origin, vkey)
	cosigner, err := torchwood.NewCosignatureSigner(liteName, private)
	if err != nil {
		t.Fatal(err)
	}
	return Lite{"http://" + address, cosigner.Verifier().String()}
}

// introduce writes a log into the witness's memory.
func introduce(t *testing.T, file, origin, vkey string) {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	empty := sha256.Sum256(nil)
	if err := d.Update(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(t.Context(), `INSERT INTO log (origin, tree_size, tree_hash) VALUES ($1, 0, $2)`, origin, base64.StdEncoding.EncodeToString(empty[:])); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), `INSERT INTO key (origin, key) VALUES ($1, $2)`, origin, vkey)
		return err
	}); err != nil {
		t.Fatal(err)
	}
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
