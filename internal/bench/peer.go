package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"
)

// peer is a Tessera log in a folder of the same disk.
type peer struct {
	add   tessera.AddFn
	close func() error
}

// openPeer opens the log with the batching that it is given: up to size entries, or what came within age.
func openPeer(ctx context.Context, dir string, size uint, age time.Duration) (*peer, error) {
	klog.LogToStderr(false) // the peer tells of its everyday work
	klog.SetOutput(io.Discard)
	inner, stop := context.WithCancel(ctx) // ends the peer's own goroutines
	p, err := newPeer(inner, dir, size, age)
	if err != nil {
		stop()
		return nil, err
	}
	shutdown := p.close
	p.close = func() error {
		defer stop()
		return shutdown()
	}
	return p, nil
}

func newPeer(ctx context.Context, dir string, size uint, age time.Duration) (*peer, error) {
	skey, _, err := note.GenerateKey(rand.Reader, "peer.example/log")
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, err
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		return nil, err
	}
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).WithBatching(size, age).WithCheckpointInterval(time.Second))
	if err != nil {
		return nil, err
	}
	return &peer{appender.Add, func() error { return shutdown(ctx) }}, nil
}

// entrySize is about that of a resident's payload.
const entrySize = 400

// append adds an entry and waits until it is sequenced and on disk.
func (p *peer) append(ctx context.Context, n int) error {
	data := make([]byte, entrySize)
	copy(data, fmt.Sprintf("entry %d ", n))
	_, err := p.add(ctx, tessera.NewEntry(data))()
	return err
}
