package main

import (
	"context"

	"cunju/internal/publish"
)

// newPublisher makes what publishes the town's checkpoints, by the policy of the data folder.
func (h *house) newPublisher(ctx context.Context, meter *publish.Meter) (*publish.Publisher, error) {
	return publish.New(ctx, publish.Config{DB: h.db, Journal: h.journal, Town: h.town, Key: h.key, Policy: h.trust, Rule: h.rule,
		Clock: h.clock, Log: h.log, Meter: meter})
}

// sign publishes a checkpoint of all that is recorded, as soon as the policy allows.
func (h *house) sign(ctx context.Context) error {
	if h.publisher != nil {
		return h.publisher.Round(ctx)
	}
	p, err := h.newPublisher(ctx, nil)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.Round(ctx)
}
