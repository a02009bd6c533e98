package keyring

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestMasterFile(t *testing.T) {
	t.Setenv(MasterEnv, "")
	dir := t.TempDir()
	if _, err := LoadMaster(dir, false); err == nil || !strings.Contains(err.Error(), "备份") {
		t.Errorf("a missing key is made up: %v", err)
	}
	made, err := LoadMaster(dir, true)
	if err != nil || made == (Master{}) {
		t.Fatalf("create: %v", err)
	}
	for _, create := range []bool{false, true} {
		if again, err := LoadMaster(dir, create); err != nil || again != made {
			t.Errorf("read again: %v", err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
	path := filepath.Join(dir, MasterFile)
	if runtime.GOOS != "windows" {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v %v", info.Mode(), err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadMaster(dir, true); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("a key that all can read: %v", err)
		}
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{"", "短", base64.StdEncoding.EncodeToString(make([]byte, 31))} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadMaster(dir, true); err == nil || !strings.Contains(err.Error(), "32 字节") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestMasterFromTheEnvironment(t *testing.T) {
	want := Master{5, 6}
	t.Setenv(MasterEnv, base64.StdEncoding.EncodeToString(want[:]))
	dir := t.TempDir()
	if m, err := LoadMaster(dir, true); err != nil || m != want {
		t.Errorf("%v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("a file was made: %v", left)
	}
	t.Setenv(MasterEnv, "x")
	if _, err := LoadMaster(dir, true); err == nil || !strings.Contains(err.Error(), MasterEnv) {
		t.Errorf("%v", err)
	}
}

func TestMasterDoesNotPrint(t *testing.T) {
	m := Master{0xab, 0xcd}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, m); strings.Contains(text, "171") || strings.Contains(text, "ab") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}
