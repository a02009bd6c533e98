package receipt

import (
	"encoding/base64"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
	"rsc.io/qr"

	"cunju/internal/journal"
	"cunju/internal/trust"
)

// maker makes receipts with keys of its own.
type maker struct {
	log     journal.Key
	witness *trust.Cosigner
	policy  *trust.Policy
}

func newMaker(t *testing.T) maker {
	t.Helper()
	key := func(name string) journal.Key {
		k, err := journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "key"), name)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	m := maker{log: key("log.example/321002003")}
	w := key("watch.example/w")
	var err error
	if m.witness, err = trust.NewCosigner(w.Signer, w.VKey, time.Now); err != nil {
		t.Fatal(err)
	}
	if m.policy, err = trust.Parse("log " + m.log.VKey + "\nwitness w " + m.witness.VKey() + "\nquorum w\n"); err != nil {
		t.Fatal(err)
	}
	return m
}

// receipt is one over a log of one act.
func (m maker) receipt(t *testing.T, payload string, by ...note.Signer) Receipt {
	t.Helper()
	salt := []byte(strings.Repeat("s", 32))
	entry := journal.Entry("321002003", 0, "disclosure.publish/1", 1_790_000_000_000, "2026-11-23", journal.Commit(salt, []byte(payload)))
	cp := trust.Checkpoint{Origin: m.log.Name(), Size: 1, Root: tlog.RecordHash(entry)}
	signed, err := note.Sign(&note.Note{Text: cp.String()}, append([]note.Signer{m.log}, by...)...)
	if err != nil {
		t.Fatal(err)
	}
	return Receipt{Act: journal.PublicAct{Entry: string(entry), Salt: base64.StdEncoding.EncodeToString(salt), Payload: payload},
		Proof: journal.Proof{Checkpoint: journal.Checkpoint{Note: string(signed)}}.String(), Policy: m.policy.String()}
}

// noise is text that hardly compresses.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]rune, n)
	for i := range b {
		b[i] = rune(0x4e00 + r.IntN(20000))
	}
	return string(b)
}

// Lines come back whole from any order, with anything around them, and each fits a QR code.
func TestLinesComeBackInAnyOrder(t *testing.T) {
	m := newMaker(t)
	rapid.Check(t, func(rt *rapid.T) {
		want := m.receipt(t, noise(rapid.IntRange(0, 3000).Draw(rt, "length")), m.witness)
		lines, err := want.Lines()
		if err != nil {
			rt.Fatal(err)
		}
		for _, l := range lines {
			code, err := qr.Encode(l, qr.M)
			if err != nil || code.Size > 117 { // version 25
				rt.Fatalf("a code of %d characters: %v", len(l), err)
			}
		}
		shuffled := rapid.Permutation(lines).Draw(rt, "order")
		shuffled = append(shuffled, shuffled[0]) // scanned twice
		got, again, err := Read("扫码结果\r\n" + strings.Join(shuffled, " \r\n\t") + "<br>")
		if err != nil || got != want || strings.Join(again, "") != strings.Join(lines, "") {
			rt.Fatalf("%v", err)
		}
	})
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	m := newMaker(t)
	lines, err := m.receipt(t, noise(3000), m.witness).Lines()
	if err != nil || len(lines) < 4 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	other, err := m.receipt(t, "另一份", m.witness).Lines()
	if err != nil {
		t.Fatal(err)
	}
	last := lines[len(lines)-1]
	for say, text := range map[string]string{
		"里面没有凭据的码":  "hello",
		"还缺第 2、4 个": strings.Join(append([]string{lines[0], lines[2]}, lines[4:]...), "\n"),
		"两份不同凭据":    lines[0] + "\n" + other[0],
		"有错字":       strings.Join(lines[:len(lines)-1], "\n") + "\n" + last[:len(last)-1] + map[bool]string{true: "B", false: "A"}[strings.HasSuffix(last, "A")],
		"对不上":       lines[0] + "\n" + strings.Replace(lines[0], ":1/", ":9999/", 1),
	} {
		if _, _, err := Read(text); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%v, want %q", err, say)
		}
	}
}

// A receipt proves what it says to who has the keys, and nothing when any part of it is changed.
func TestAReceiptProvesOnlyWhatWasSealed(t *testing.T) {
	m := newMaker(t)
	good := m.receipt(t, `{"body":"文峰村"}`, m.witness)
	if c, err := good.Check(m.policy); err != nil || c.Header.N != 0 || string(c.Payload) != good.Act.Payload || !c.Signed.By("w") {
		t.Fatalf("%+v %v", c, err)
	}
	alone := m.receipt(t, `{"body":"文峰村"}`)
	if c, err := alone.Check(m.policy); err == nil || !strings.Contains(err.Error(), "见证不足") || !c.Short() {
		t.Errorf("without the witness: %v", err)
	}
	if p, err := trust.Alone(m.log.VKey); err != nil {
		t.Fatal(err)
	} else if _, err := alone.Check(p); err != nil {
		t.Errorf("by the log's key alone: %v", err)
	}
	if _, err := good.Check(newMaker(t).policy); err == nil {
		t.Error("another's keys accept it")
	}
	for what, change := range map[string]func(r *Receipt){
		"the content": func(r *Receipt) { r.Act.Payload = strings.Replace(r.Act.Payload, "文峰", "渡江", 1) },
		"the entry":   func(r *Receipt) { r.Act.Entry = strings.Replace(r.Act.Entry, "2026-11-23", "2026-11-22", 1) },
		"the salt":    func(r *Receipt) { r.Act.Salt = base64.StdEncoding.EncodeToString(make([]byte, 32)) },
		"the size":    func(r *Receipt) { r.Proof = strings.Replace(r.Proof, "\n1\n", "\n2\n", 1) },
		"the place":   func(r *Receipt) { r.Proof = strings.Replace(r.Proof, "index 0", "index 1", 1) },
		"no proof":    func(r *Receipt) { r.Proof = "" },
	} {
		r := good
		change(&r)
		if r == good {
			t.Errorf("%s was not changed", what)
		}
		if _, err := r.Check(m.policy); err == nil {
			t.Errorf("%s changed: accepted", what)
		}
	}
}
