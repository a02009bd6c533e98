package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/trust"
)

// shelf is a mirror in memory: the disk is not what is measured.
type shelf map[string][]byte

// Add implements mirror.Into.
func (s shelf) Add(name string, data []byte) error {
	s[name] = data
	return nil
}

// Read implements mirror.Source.
func (s shelf) Read(_ context.Context, name string) ([]byte, error) {
	if b, ok := s[name]; ok {
		return b, nil
	}
	return nil, fs.ErrNotExist
}

// Names implements mirror.Source.
func (s shelf) Names(context.Context) ([]string, bool, error) { return nil, false, nil }

// within reads a log that lies deeper in a shelf.
type within struct {
	shelf
	prefix string
}

// Read implements mirror.Source.
func (w within) Read(ctx context.Context, name string) ([]byte, error) {
	return w.shelf.Read(ctx, w.prefix+"/"+name)
}

// verifyMirror copies the whole log once and derives it again from its bundles.
func verifyMirror(ctx context.Context, b *Bench) (Measure, error) {
	if err := b.Fill(ctx); err != nil {
		return Measure{}, err
	}
	if _, err := b.record(ctx, func(ctx context.Context, w *journal.Writer) error { // a size that was not signed yet
		_, err := journal.Add(ctx, w, kFound, "2020-01-01", nil, found{"新支部"})
		return err
	}); err != nil {
		return Measure{}, err
	}
	origin, err := journal.Origin(ctx, b.DB, Town)
	if err != nil {
		return Measure{}, err
	}
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return Measure{}, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return Measure{}, err
	}
	if _, err := b.Journal.Sign(ctx, Town, signer); err != nil {
		return Measure{}, err
	}
	policy, err := trust.Alone(vkey)
	if err != nil {
		return Measure{}, err
	}
	copied := shelf{}
	public := b.Journal.Book().Public
	if _, err := mirror.Copy(ctx, mirror.Served(b.Journal.Surface()), copied, mirror.LogPath(Town), public, nil, nil); err != nil {
		return Measure{}, err
	}
	var rates []float64
	for range 3 {
		begin := b.Clock()
		rep, err := mirror.Verify(ctx, within{copied, mirror.LogPath(Town)}, mirror.Options{Policy: policy, Public: public})
		if err == nil && !rep.OK() {
			err = fmt.Errorf("verify found %v", rep.Amiss())
		}
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, float64(rep.Size)/b.Clock().Sub(begin).Seconds())
	}
	return Measure{Value: median(rates)}, nil
}
