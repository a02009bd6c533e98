package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

// peer is a Tessera log in a folder of the same disk.
type peer struct {
	add   tessera.AddFn
	close func(context.Context) error
}

// openPeer opens the log as suits a lone caller best: a batch of one entry is written at once.
func openPeer(ctx context.Context, dir string) (*peer, error) {
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
		WithCheckpointSigner(signer).WithBatching(1, time.Millisecond).WithCheckpointInterval(time.Second))
	if err != nil {
		return nil, err
	}
	return &peer{appender.Add, shutdown}, nil
}

// append adds an entry and waits until it is sequenced and on disk.
func (p *peer) append(ctx context.Context, n int, size int) error {
	data := make([]byte, size)
	copy(data, fmt.Sprintf("entry %d ", n))
	_, err := p.add(ctx, tessera.NewEntry(data))()
	return err
}
