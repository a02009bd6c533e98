//go:build !(unix && peer)

package bench

import (
	"context"
	"errors"
	"time"
)

// hasPeer says that the peer, whose files are locked the POSIX way, is not in this program.
const hasPeer = false

type peer struct{}

func openPeer(context.Context, string, uint, time.Duration) (*peer, error) {
	return nil, errors.New("the peer is not in this program: make bench")
}

func (*peer) append(context.Context, int) error {
	return errors.New("the peer is not in this program: make bench")
}

func (*peer) close() error { return nil }
