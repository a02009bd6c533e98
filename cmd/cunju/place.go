package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cunju/internal/db"
	"cunju/internal/people/keyring"
)

// place says where the data are. It is part of every command that opens them.
type place struct {
	Data string `help:"数据目录。" default:"data" placeholder:"目录"`
	DB   string `name:"db" help:"数据库：sqlite:文件 或 postgres://…；默认为数据目录中的 cunju.db。" placeholder:"地址"`
	Town string `help:"街道（乡镇）的9位区划代码；只有一个时可以不写。" placeholder:"代码"`
}

func (p place) dsn() string {
	if p.DB != "" {
		return p.DB
	}
	return "sqlite:" + filepath.Join(p.Data, "cunju.db")
}

func (p place) keyFolder() string { return filepath.Join(p.Data, "keys") }

func (p place) masterFile() string { return filepath.Join(p.keyFolder(), keyring.MasterFile) }

// fileFolder holds the attachments.
func (p place) fileFolder() string { return filepath.Join(p.Data, "files") }

func (p place) logKeyFile(town string) string {
	return filepath.Join(p.keyFolder(), "log-"+town+".key")
}

// exists tells whether something was set up here before, so that a mistyped folder is not taken for a new one.
func (p place) exists() bool {
	if file, ok := strings.CutPrefix(p.dsn(), "sqlite:"); ok {
		info, err := os.Stat(file)
		return err == nil && info.Size() > 0
	}
	_, err := os.Stat(p.keyFolder())
	return err == nil
}

// pick answers the town to work on: the one asked for, or the only one there is.
func (p place) pick(towns []string) (string, error) {
	if p.Town != "" {
		for _, t := range towns {
			if t == p.Town {
				return t, nil
			}
		}
		return "", fmt.Errorf("这个数据库里没有 %s 的总账（现有：%s）。请核对 --town，或用 cunju init 建立", p.Town, list(towns))
	}
	switch len(towns) {
	case 0:
		return "", fmt.Errorf("数据目录 %s 里还没有街道（乡镇）。请先用 cunju init 建立", p.Data)
	case 1:
		return towns[0], nil
	}
	return "", fmt.Errorf("这个数据库里有 %d 个街道（乡镇）：%s。请用 --town 指明办理哪一个", len(towns), list(towns))
}

func list(towns []string) string {
	if len(towns) == 0 {
		return "一个也没有"
	}
	return strings.Join(towns, "、")
}

// databases opens the main database and the one of the keys.
func (p place) databases(ctx context.Context) (main, keys *db.DB, err error) {
	if err := os.MkdirAll(p.keyFolder(), 0o700); err != nil {
		return nil, nil, fmt.Errorf("数据目录 %s 无法使用：%w", p.Data, err)
	}
	if main, err = db.Open(ctx, p.dsn()); err != nil {
		return nil, nil, fmt.Errorf("数据库打不开，什么也没有改动。请检查数据目录 %s 和 --db：%w", p.Data, err)
	}
	if keys, err = db.Open(ctx, "sqlite:"+filepath.Join(p.Data, "keys.db")); err != nil {
		main.Close()
		return nil, nil, fmt.Errorf("密钥库 keys.db 打不开，什么也没有改动：%w", err)
	}
	return main, keys, nil
}
