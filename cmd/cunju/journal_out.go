package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// actOut is one line of an exported journal. Whoever has it can recompute the whole log without this program: the leaf is the
// hash of the entry (RFC 6962), and the entry holds SHA-256(salt ‖ payload).
type actOut struct {
	N         int64         `json:"n"`
	Kind      string        `json:"kind"`
	Recorded  int64         `json:"recorded"` // unix milliseconds
	Effective calendar.Date `json:"effective"`
	Entry     string        `json:"entry"`
	Salt      []byte        `json:"salt"`    // base64; null when the payload was erased by law
	Payload   string        `json:"payload"` // the sealed bytes
}

// writeJournal streams the town's whole journal, one act a line. Numbers of persons in it are ciphertext.
func (h *house) writeJournal(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := db.Each(ctx, h.db, `SELECT n, kind, recorded, effective, commitment, salt, payload FROM journal_act WHERE town = $1 ORDER BY n`,
		func(r tailRow) error {
			return enc.Encode(actOut{N: r.N, Kind: r.Kind, Recorded: r.Recorded, Effective: r.Effective, Salt: r.Salt, Payload: string(r.Payload),
				Entry: string(journal.Entry(h.town, r.N, r.Kind, r.Recorded, r.Effective, r.Commitment))})
		}, h.town)
	if err != nil {
		return err
	}
	return out.Flush()
}
