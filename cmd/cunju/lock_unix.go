//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockExclusively locks an open file until it is closed or the process ends.
func lockExclusively(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
