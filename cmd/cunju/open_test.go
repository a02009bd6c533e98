package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"testing"

	"cunju/internal/journal"
)

// openTown opens a house as commands do.
func openTown(t *testing.T, data string, opt options) *house {
	t.Helper()
	opt.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	h, err := place{Data: data}.open(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func decideBy(do func(w *journal.Writer) error) decide {
	return func(_ context.Context, w *journal.Writer) error { return do(w) }
}

func jsonNumber(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}
