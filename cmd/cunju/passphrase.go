package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"cunju/internal/backup"
)

// passphraseLeast is the shortest passphrase for keys, in characters.
const passphraseLeast = 10

// passphrase reads the first line of a file, or asks at the console.
func passphrase(c *console, file string) (string, error) {
	var in io.Reader = c.in
	switch file {
	case "":
		fmt.Fprint(c.err, "请输入密钥的口令：")
	case "-":
	default:
		f, err := os.Open(file)
		if err != nil {
			return "", fmt.Errorf("口令文件读不了：%w", err)
		}
		defer f.Close()
		in = f
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("口令读不了：%w", err)
	}
	line = strings.TrimRight(line, "\r\n")
	if utf8.RuneCountInString(line) < passphraseLeast {
		return "", fmt.Errorf("口令太短，没有继续。密钥的口令至少 %d 个字符", passphraseLeast)
	}
	return line, nil
}

// told adapts the console's progress to works of several parts.
func (c *console) told() backup.Progress {
	now, show := "", func(int64, int64) {}
	return func(what string, done, total int64) {
		if what != now {
			now, show = what, c.progress(what)
		}
		show(done, total)
	}
}

// rootText writes a root as checkpoints do.
func rootText(root []byte) string { return base64.StdEncoding.EncodeToString(root) }
