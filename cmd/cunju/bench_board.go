package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"cunju/internal/benchtown"
	"cunju/internal/disclosure/open"
	"cunju/internal/trust"
)

// benchTown is the town whose board is measured.
const benchTown = "321002003"

// benchHouse opens a house in a fresh folder, as a server has it, for the bench of the public board.
func benchHouse(ctx context.Context, dir string, clock func() time.Time) (*benchtown.House, error) {
	h, err := place{Data: dir}.openAll(ctx, options{log: slog.New(slog.DiscardHandler), clock: clock})
	if err != nil {
		return nil, err
	}
	if err := h.found(ctx, benchTown, "bench.example/board"); err != nil {
		return nil, err
	}
	site, err := h.site("https://gk.bench.example", false)
	if err != nil {
		return nil, err
	}
	policy, err := trust.Alone(h.key.VKey)
	if err != nil {
		return nil, err
	}
	pages, store, err := h.boardPages("https://gk.bench.example")
	if err != nil {
		return nil, err
	}
	return &benchtown.House{Town: &benchtown.Street{Code: benchTown, Journal: h.journal, Vault: h.vault}, Handler: site.server, Sign: h.sign, Close: h.close,
		Archive: func(ctx context.Context, w io.Writer) error {
			_, err := open.New(pages).Archive(ctx, w, store, policy, h.key)
			return err
		}}, nil
}
