package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/backup"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/people/keyring"
	"cunju/internal/publish"
)

type backupCommand struct {
	place
	File           string `arg:"" help:"写入的备份文件（.zip），不得已存在。" placeholder:"文件"`
	WithKeys       bool   `help:"连同主密钥和签名密钥，用口令加密。"`
	PassphraseFile string `help:"口令所在的文件，- 为标准输入。与 --with-keys 同用。" placeholder:"文件"`
}

// Help says what is in it.
func (backupCommand) Help() string {
	return "把总账、检查点、账号、登录和查阅记录、附件写入一个文件；不写 --town 时包括全部街道（乡镇）。服务可以照常运行。\n不加 --with-keys 时，备份不含主密钥：身份证号、电话、住址须有单独保管的 keys 文件夹才能打开。\n写完后会从头校验一遍。备份可恢复到 SQLite，也可恢复到 PostgreSQL。"
}

// Run writes an archive and reads it back.
func (b *backupCommand) Run(c *console) error {
	h, towns, err := b.openTowns(c)
	if err != nil {
		return err
	}
	defer h.close()
	store, err := files.Open(b.fileFolder())
	if err != nil {
		return err
	}
	src := backup.Source{DB: h.db, Keys: h.keys, Files: store, Towns: towns, Version: programVersion(), Made: h.clock()}
	if src.Settings, err = b.settings(); err != nil {
		return err
	}
	if b.WithKeys {
		if src.Passphrase, err = passphrase(c, b.PassphraseFile); err != nil {
			return err
		}
		if src.Secrets, err = b.secrets(towns); err != nil {
			return err
		}
	}
	start := time.Now()
	m, err := backup.Write(c, b.File, src, c.told())
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s 已经存在，没有覆盖。请换一个文件名", b.File)
	}
	if err != nil {
		return fmt.Errorf("备份没有完成，没有留下文件：%w", err)
	}
	if _, err := backup.Verify(c, b.File, c.told()); err != nil {
		return fmt.Errorf("备份已写出，但校验没有通过，请不要使用：%w", err)
	}
	c.say("备份已写出并校验：%s（%s）", b.File, took(start))
	sayManifest(c, m)
	if len(m.Skipped) > 0 {
		c.say("有 %d 个附件原已损坏，未能备份：%s\n请运行 cunju verify 查明。", len(m.Skipped), strings.Join(m.Skipped, "、"))
		return errSaid
	}
	return nil
}

// openTowns opens the house without turning to one town, and answers the towns asked for.
func (p place) openTowns(c *console) (h *house, towns []string, err error) {
	if !p.exists() {
		_, err := p.open(c, options{})
		return nil, nil, err
	}
	if h, err = p.openAll(c, options{log: quiet(c)}); err != nil {
		return nil, nil, err
	}
	if towns, err = h.journal.Towns(c); err == nil && p.Town != "" {
		var one string
		one, err = p.pick(towns)
		towns = []string{one}
	}
	if err != nil {
		h.close()
		return nil, nil, err
	}
	return h, towns, nil
}

// secrets reads the key files of the data folder.
func (p place) secrets(towns []string) (*backup.Secrets, error) {
	read := func(path string) (string, error) {
		b, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("密钥文件读不了，没有备份：%w", err)
		}
		return string(b), nil
	}
	s := &backup.Secrets{Logs: map[string]string{}, Master: os.Getenv(keyring.MasterEnv)}
	var err error
	if s.Master == "" {
		if s.Master, err = read(p.masterFile()); err != nil {
			return nil, err
		}
	}
	for _, t := range towns {
		if s.Logs[t], err = read(p.logKeyFile(t)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// settingFiles are the public settings of the data folder: without them a restored log would ask no witness.
var settingFiles = []string{mirror.PolicyFile, publish.RuleFile}

// settings reads the setting files that are there.
func (p place) settings() (map[string]string, error) {
	found := map[string]string{}
	for _, name := range settingFiles {
		b, err := os.ReadFile(filepath.Join(p.Data, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s 读不了，没有备份：%w", name, err)
		}
		found[name] = string(b)
	}
	return found, nil
}

// putSettings writes them where they were, unless others are there already.
func (p place) putSettings(c *console, m *backup.Manifest) error {
	for _, name := range settingFiles {
		text, ok := m.Settings[name]
		if !ok {
			continue
		}
		path := filepath.Join(p.Data, name)
		if _, err := os.Stat(path); err == nil {
			c.say("%s 已经有了，没有用备份里的。", path)
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return fmt.Errorf("数据已恢复，但 %s 写不了，总账将不请见证方签名：%w", path, err)
		}
	}
	return nil
}

type restoreCommand struct {
	place
	File           string `arg:"" help:"备份文件。" placeholder:"文件"`
	PassphraseFile string `help:"备份含有密钥时，口令所在的文件，- 为标准输入。" placeholder:"文件"`
}

// Help says what a target must be.
func (restoreCommand) Help() string {
	return "先校验备份，再恢复到空的数据目录和空的数据库（--db 可为另一种数据库），按总账重新生成数据表，最后校验并核对根。\n目标里已有数据时拒绝。备份不含密钥时，请先把单独保管的 keys 文件夹放入数据目录，或恢复之后再放入。"
}

// Run restores an archive.
func (r *restoreCommand) Run(c *console) error {
	start := time.Now()
	if _, err := os.Stat(r.File); err != nil {
		return fmt.Errorf("备份文件 %s 打不开：%w", r.File, err)
	}
	m, err := backup.Verify(c, r.File, c.told())
	if err != nil {
		return fmt.Errorf("%w。什么也没有恢复", err)
	}
	var secrets *backup.Secrets
	if m.Keys {
		word, err := passphrase(c, r.PassphraseFile)
		if err != nil {
			return err
		}
		if secrets, err = backup.OpenSecrets(r.File, word); err != nil {
			return err
		}
	}
	main, keys, err := r.databases(c)
	if err != nil {
		return err
	}
	defer func() { main.Close(); keys.Close() }()
	slices, err := book()
	if err != nil {
		return err
	}
	if err := r.putSecrets(secrets, m); err != nil {
		return err
	}
	m, err = backup.Restore(c, r.File, backup.Target{DB: main, Keys: keys, Files: r.fileFolder(), Book: slices,
		Verifier: func(town string) note.Verifier { return r.verifierAtHand(town, m) }}, c.told())
	if err != nil {
		return fmt.Errorf("恢复没有完成：%w", err)
	}
	c.say("已恢复，校验通过，根与备份一致（%s）。", took(start))
	sayManifest(c, m)
	if err := r.putSettings(c, m); err != nil {
		return err
	}
	if _, err := os.Stat(r.masterFile()); err != nil && os.Getenv(keyring.MasterEnv) == "" {
		c.say("备份不含密钥：请把单独保管的 master.key 和 log-*.key 放入 %s，再启动。", r.keyFolder())
	}
	return nil
}

// putSecrets writes the keys where the program looks for them. A key that is there already must be the same one.
func (p place) putSecrets(s *backup.Secrets, m *backup.Manifest) error {
	if s == nil {
		return nil
	}
	put := map[string]string{p.masterFile(): s.Master}
	for _, t := range m.Towns {
		put[p.logKeyFile(t.Town)] = s.Logs[t.Town]
	}
	for path, text := range put {
		there, err := os.ReadFile(path)
		if err == nil && strings.TrimSpace(string(there)) == strings.TrimSpace(text) {
			continue
		}
		if err == nil {
			return fmt.Errorf("%s 已有另一把密钥，什么也没有恢复。请另选一个空的数据目录", path)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return fmt.Errorf("密钥写不了，什么也没有恢复：%w", err)
		}
	}
	return nil
}

// verifierAtHand is the public half of a town's log key, nil when its file is not in the data folder.
func (p place) verifierAtHand(town string, m *backup.Manifest) note.Verifier {
	if _, err := os.Stat(p.logKeyFile(town)); err != nil {
		return nil
	}
	for _, t := range m.Towns {
		if t.Town != town {
			continue
		}
		if key, err := journal.LoadOrCreateKey(p.logKeyFile(town), t.Origin); err == nil {
			if v, err := note.NewVerifier(key.VKey); err == nil {
				return v
			}
		}
	}
	return nil
}

// verifyBackup checks an archive without opening any database.
func verifyBackup(c *console, path string) error {
	start := time.Now()
	m, err := backup.Verify(c, path, c.told())
	var damaged *backup.Damaged
	if errors.As(err, &damaged) {
		c.say("校验没有通过：%s。", damaged)
		return errSaid
	}
	if err != nil {
		return fmt.Errorf("备份文件 %s 打不开：%w", path, err)
	}
	c.say("备份校验通过（%s）。", took(start))
	sayManifest(c, m)
	return nil
}

func sayManifest(c *console, m *backup.Manifest) {
	for _, t := range m.Towns {
		c.say("  %s  %d 件，根 %s", t.Town, t.Size, rootText(t.Root))
	}
	c.say("  制作于 %s，程序版本 %s，%s", beijing(m.Made.UnixMilli()), m.Version, map[bool]string{true: "含密钥（口令加密）", false: "不含密钥"}[m.Keys])
}
