package keyring

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// MasterFile is the name of the file in the data folder that holds the master key, MasterEnv the environment variable
// that replaces it. Both hold 32 bytes in base64.
const (
	MasterFile = "master.key"
	MasterEnv  = "CUNJU_MASTER_KEY"
)

// Master is the master key. It prints as nothing.
type Master [32]byte

// String keeps the key out of logs and messages.
func (Master) String() string { return "master key" }

// GoString keeps the key out of %#v.
func (Master) GoString() string { return "keyring.Master" }

// LoadMaster reads the master key from the environment or else from dir. With create set and neither there, it makes a
// new one and writes it to dir for its owner only; callers set create only for a new installation, because without its
// master key a key database is lost.
func LoadMaster(dir string, create bool) (Master, error) {
	if text := os.Getenv(MasterEnv); text != "" {
		m, err := parseMaster(text)
		if err != nil {
			return m, fmt.Errorf("环境变量 %s %w", MasterEnv, err)
		}
		return m, nil
	}
	path := filepath.Join(dir, MasterFile)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && create:
		return createMaster(path)
	case errors.Is(err, fs.ErrNotExist):
		return Master{}, fmt.Errorf("找不到主密钥文件 %s，加密的个人信息无法读取。请从备份中取回该文件，或设置环境变量 %s", path, MasterEnv)
	case err != nil:
		return Master{}, fmt.Errorf("读取主密钥文件 %s：%w", path, err)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return Master{}, fmt.Errorf("主密钥文件 %s 其他人也能读取，不予使用。请执行 chmod 600 后再启动", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Master{}, fmt.Errorf("读取主密钥文件 %s：%w", path, err)
	}
	m, err := parseMaster(string(text))
	if err != nil {
		return m, fmt.Errorf("主密钥文件 %s %w", path, err)
	}
	return m, nil
}

func parseMaster(text string) (Master, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != len(Master{}) {
		return Master{}, errors.New("不是 32 字节的 base64 密钥，可能已损坏。请从备份中取回")
	}
	return Master(raw), nil
}

// createMaster writes the key so that after a crash the file is either absent or whole.
func createMaster(path string) (m Master, err error) {
	if _, err := rand.Read(m[:]); err != nil {
		return m, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), MasterFile+".*") // created for the owner only
	if err != nil {
		return m, fmt.Errorf("写入主密钥文件 %s：%w", path, err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(base64.StdEncoding.EncodeToString(m[:]) + "\n")
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Link(tmp.Name(), path) // unlike a rename, never replaces a key that another process has just made
	}
	if errors.Is(err, fs.ErrExist) {
		return LoadMaster(filepath.Dir(path), false)
	}
	if err != nil {
		return m, fmt.Errorf("写入主密钥文件 %s：%w", path, err)
	}
	return m, nil
}
