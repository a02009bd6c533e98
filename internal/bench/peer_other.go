//go:build !unix

package bench

import (
	"context"
	"errors"
	"time"
)

// hasPeer says that the peer, whose files are locked the POSIX way, does not run on this system.
const hasPeer = false

type peer struct{}

func openPeer(context.Context, string, uint, time.Duration) (*peer, error) {
	return nil, errors.New("the peer needs a POSIX system")
}

func (*peer) append(context.Context, int) error { return errors.New("the peer needs a POSIX system") }

func (*peer) close() error { return nil }
