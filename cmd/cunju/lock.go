package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// lockFile is held by the one server of a data folder. While it runs, and after it was killed, the file holds a line;
// a server that stops in order empties it.
const lockFile = "serve.lock"

// errLocked says that another process holds the lock.
var errLocked = errors.New("locked")

// lock is a held lock file.
type lock struct {
	file  *os.File
	Stale string // what the server before left, when it did not stop in order
}

// hold takes the lock of a data folder and writes note into it.
func hold(folder, note string) (*lock, error) {
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("数据目录 %s 无法写入：%w", folder, err)
	}
	if err := lockExclusively(file); err != nil {
		file.Close()
		if errors.Is(err, errLocked) {
			return nil, fmt.Errorf("另一个 cunju 正在使用数据目录 %s。没有启动第二个；请先停止它，或换一个 --data", folder)
		}
		return nil, fmt.Errorf("数据目录 %s 无法锁定：%w", folder, err)
	}
	l := &lock{file: file}
	before, err := io.ReadAll(io.LimitReader(file, 1000))
	if err == nil {
		l.Stale = strings.TrimSpace(string(before))
		err = l.write(note)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("数据目录 %s 无法写入：%w", folder, err)
	}
	return l, nil
}

func (l *lock) write(note string) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	if _, err := l.file.WriteAt([]byte(note), 0); err != nil {
		return err
	}
	return l.file.Sync()
}

// release says that everything stopped in order. Without it, closing the program leaves the note for the next start.
func (l *lock) release() error { return errors.Join(l.write(""), l.file.Close()) }
