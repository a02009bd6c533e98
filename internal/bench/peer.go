//go:build unix && peer

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

// hasPeer says that the peer is in this program: make bench puts it in, everyone else is spared its 5 MB.
const hasPeer = true

// peer is a Tessera log in a folder of the same disk.
type peer struct {
	add      tessera.AddFn
	shutdown func(context.Context) error
	ctx      context.Context // of the peer's own goroutines
	stop     func()
}

// openPeer opens the log with the batching that it is given: up to size entries, or what came within age.
func openPeer(ctx context.Context, dir string, size uint, age time.Duration) (*peer, error) {
	klog.LogToStderr(false) // the peer tells of its everyday work
	klog.SetOutput(io.Discard)
	skey, _, err := note.GenerateKey(rand.Reader, "peer.example/log")
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, err
	}
	p := &peer{}
	p.ctx, p.stop = context.WithCancel(ctx)
	driver, err := posix.New(p.ctx, posix.Config{Path: dir})
	if err != nil {
		p.stop()
		return nil, err
	}
	appender, shutdown, _, err := tessera.NewAppender(p.ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).WithBatching(size, age).WithCheckpointInterval(time.Second))
	if err != nil {
		p.stop()
		return nil, err
	}
	p.add, p.shutdown = appender.Add, shutdown
	return p, nil
}

// close waits for what was added and ends the peer.
func (p *peer) close() error {
	defer p.stop()
	return p.shutdown(p.ctx)
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
