package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	mrand "math/rand/v2"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/journal"
)

// prove proves acts all over the journal, each under the newest checkpoint.
func prove(ctx context.Context, b *Bench) (Measure, error) {
	if err := b.Fill(ctx); err != nil {
		return Measure{}, err
	}
	skey, _, err := note.GenerateKey(rand.Reader, "bench.example/log")
	if err != nil {
		return Measure{}, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return Measure{}, err
	}
	cp, err := b.Journal.Sign(ctx, Town, signer)
	if err != nil {
		return Measure{}, err
	}
	var times []float64
	for range 1000 {
		begin := b.Clock()
		if _, err := journal.Prove(ctx, b.DB, Town, mrand.Int64N(cp.Size)); err != nil {
			return Measure{}, err
		}
		times = append(times, milliseconds(b.Clock().Sub(begin)))
	}
	return Measure{Value: median(times)}, nil
}

func verify(ctx context.Context, b *Bench) (Measure, error) {
	if err := b.Fill(ctx); err != nil {
		return Measure{}, err
	}
	var rates []float64
	for range 3 {
		begin := b.Clock()
		rep, err := b.Journal.Verify(ctx, Town, nil, nil)
		if err == nil && !rep.OK() {
			err = fmt.Errorf("verify found %v", rep.Faults[0])
		}
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, float64(rep.Size)/b.Clock().Sub(begin).Seconds())
	}
	return Measure{Value: median(rates)}, nil
}

func rebuild(ctx context.Context, b *Bench) (Measure, error) {
	if err := b.Fill(ctx); err != nil {
		return Measure{}, err
	}
	var rates []float64
	for range 3 {
		begin := b.Clock()
		n, err := b.Journal.Rebuild(ctx, Town, nil)
		if err != nil {
			return Measure{}, err
		}
		rates = append(rates, float64(n)/b.Clock().Sub(begin).Seconds())
	}
	return Measure{Value: median(rates)}, nil
}
