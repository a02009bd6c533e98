package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key is a log's signing key: whoever holds it can publish checkpoints in the log's name. It lives in a file of its own, apart
// from the database and its back-ups.
type Key struct {
	note.Signer
	// VKey is the public half in the form name+hash+key (C2SP signed-note): what is printed in the annual report and on the
	// wall, so that anyone can check.
	VKey string
}

// LoadOrCreateKey reads the key file, or makes a new Ed25519 key and writes the file when there is none. A key of another name
// than the log's origin is refused: with it the log would turn into another one. The file is readable by its owner only and on
// the disk before the key is used.
func LoadOrCreateKey(path, name string) (Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(path, name)
	}
	if err != nil {
		return Key{}, fmt.Errorf("签名密钥文件不能读取：%w", err)
	}
	k, err := parseKey(string(text))
	if err != nil {
		return Key{}, fmt.Errorf("签名密钥文件 %s 已损坏：%w。请从备份恢复，不要删除：没有它，总账就不能再以原来的名义公布", path, err)
	}
	if k.Name() != name {
		return Key{}, fmt.Errorf("签名密钥文件 %s 属于“%s”，不是“%s”。没有使用它", path, k.Name(), name)
	}
	return k, nil
}

// The file holds the private and the public half, one a line.
func parseKey(text string) (Key, error) {
	skey, vkey, ok := strings.Cut(strings.TrimRight(text, "\n"), "\n")
	if !ok {
		return Key{}, errors.New("缺少一行")
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return Key{}, errors.New("第一行不是私钥") // never shown: it may be nearly one
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil || verifier.Name() != signer.Name() || verifier.KeyHash() != signer.KeyHash() {
		return Key{}, errors.New("第二行不是这把私钥的公钥")
	}
	return Key{signer, vkey}, nil
}

// createKey writes a new key beside its place, syncs it, and links it there, which fails when another process was faster: then
// that one's key is taken.
func createKey(path, name string) (Key, error) {
	if err := checkOrigin(name); err != nil {
		return Key{}, err
	}
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return Key{}, err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Key{}, err
	}
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return Key{}, err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(skey + "\n" + vkey + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Link(f.Name(), path)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return Key{}, fmt.Errorf("签名密钥不能写入 %s：%w", path, err)
	}
	syncFolder(dir)
	return LoadOrCreateKey(path, name)
}

// syncFolder makes a new name durable. Systems that cannot sync a folder keep names by themselves.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
