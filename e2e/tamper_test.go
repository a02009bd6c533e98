package e2e

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the file is changed behind the program's back
)

// open opens the town's database file as anybody with the disk in hand could.
func open(t *testing.T, data string) *sql.DB {
	t.Helper()
	d, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(data, "cunju.db")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestOneFlippedByteIsNamed(t *testing.T) {
	data := copyTown(t)
	if out, err := command(common.binary, "verify", "--data", data); err != nil || !strings.Contains(out, "校验通过") {
		t.Fatalf("the untouched town: %v\n%s", err, out)
	}
	if out, err := command(common.binary, "rebuild", "--check", "--data", data); err != nil || !strings.Contains(out, "一致") {
		t.Fatalf("the untouched town: %v\n%s", err, out)
	}
	d := open(t, data)
	var size, n int64
	if err := d.QueryRow(`SELECT max(n) + 1 FROM journal_act`).Scan(&size); err != nil {
		t.Fatal(err)
	}
	n = size * 2 / 3
	var payload []byte
	if err := d.QueryRow(`SELECT payload FROM journal_act WHERE n = ?`, n).Scan(&payload); err != nil {
		t.Fatal(err)
	}
	payload[bytes.IndexByte(payload, '"')+1] ^= 1 // in the first name of the JSON object
	if _, err := d.Exec(`UPDATE journal_act SET payload = ? WHERE n = ?`, string(payload), n); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := command(common.binary, "verify", "--quick", "--data", data)
	if err == nil || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("verify after a flipped byte: %v, want exit status 1", err)
	}
	if want := fmt.Sprintf("%d 号", n); !strings.Contains(out, want) || !strings.Contains(out, "校验没有通过") {
		t.Errorf("verify does not name %s:\n%s", want, out)
	}
}

func TestKilledServerSaysWhatItFound(t *testing.T) {
	data := copyTown(t)
	first := serve(t, data)
	if out := first.said.String(); strings.Contains(out, "没有正常停止") {
		t.Errorf("a first start complains:\n%s", out)
	}
	first.kill()
	second := serve(t, data)
	if out := second.said.String(); !strings.Contains(out, "上次没有正常停止") || !strings.Contains(out, "全部完整") {
		t.Errorf("the start after a power cut:\n%s", out)
	}
	if out := second.stop(); !strings.Contains(out, "已停止") {
		t.Errorf("the stop:\n%s", out)
	}
	third := serve(t, data)
	if out := third.said.String(); strings.Contains(out, "没有正常停止") {
		t.Errorf("the start after an orderly stop complains:\n%s", out)
	}
}
