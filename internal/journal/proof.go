package journal

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
)

// Proof shows that one entry stands in the log under a published checkpoint: C2SP tlog-proof.
type Proof struct {
	Index      int64
	Hashes     []tlog.Hash // leaf to root
	Checkpoint Checkpoint
}

// Prove makes the proof of act n under the newest published checkpoint. When none covers n yet, the error is of kind
// [db.NotFound]: the act is recorded, its checkpoint will follow within moments.
func Prove(ctx context.Context, q db.Querier, town string, n int64) (Proof, error) {
	cp, err := Published(ctx, q, town)
	if err != nil {
		return Proof{}, err
	}
	if cp.Size <= n {
		return Proof{}, fmt.Errorf("act %d of %s is not under a checkpoint yet: %w", n, town, db.ErrNotFound)
	}
	return proveUnder(ctx, q, town, n, cp)
}

// lookBack is how many checkpoints are looked through for one with enough signatures: a day's, while a witness is missing.
const lookBack = 2000

// Prove is [Prove] under the newest checkpoint that is signed by enough, where [Journal.Prefer] says what is enough. Only while
// none of those covers the act, the newest of all serves: what was witnessed once is not shown unwitnessed because a witness is
// missing today.
func (j *Journal) Prove(ctx context.Context, town string, n int64) (Proof, error) {
	p, err := Prove(ctx, j.DB, town, n)
	if err != nil || j.enough == nil || j.enough(p.Checkpoint.Note) {
		return p, err
	}
	older, err := db.All[Checkpoint](ctx, j.DB, `SELECT size, at, note FROM journal_checkpoint WHERE town = $1 AND size > $2 AND size < $3 ORDER BY size DESC LIMIT $4`,
		town, n, p.Checkpoint.Size, int64(lookBack))
	if err != nil {
		return p, err
	}
	for _, cp := range older {
		if j.enough(cp.Note) {
			return proveUnder(ctx, j.DB, town, n, cp)
		}
	}
	return p, nil
}

// Prefer sets which checkpoints are signed by enough to prove something by, such as a policy's quorum. It is called before the first
// request.
func (j *Journal) Prefer(enough func(note string) bool) { j.enough = enough }

// ProveFirst makes the proof of act n under the oldest checkpoint that covers it.
func ProveFirst(ctx context.Context, q db.Querier, town string, n int64) (Proof, error) {
	cp, err := covering(ctx, q, town, n)
	if err != nil {
		return Proof{}, err
	}
	return proveUnder(ctx, q, town, n, cp)
}

func proveUnder(ctx context.Context, q db.Querier, town string, n int64, cp Checkpoint) (Proof, error) {
	r, err := committed(ctx, q, town)
	if err != nil {
		return Proof{}, err
	}
	if r.edge.size < cp.Size {
		return Proof{}, &Damaged{town, fmt.Errorf("a checkpoint of size %d is published, the journal has %d acts", cp.Size, r.edge.size)}
	}
	hs, err := tlog.ProveRecord(cp.Size, n, r)
	if err != nil {
		return Proof{}, err
	}
	return Proof{Index: n, Hashes: hs, Checkpoint: cp}, nil
}

// ProveConsistency shows that the log of size old is the beginning of the log of size size: what a witness asks for before it
// cosigns (C2SP tlog-witness). Both sizes are at most the journal's.
func ProveConsistency(ctx context.Context, q db.Querier, town string, old, size int64) ([]tlog.Hash, error) {
	r, err := committed(ctx, q, town)
	if err != nil {
		return nil, err
	}
	if old < 0 || old > size || size > r.edge.size {
		return nil, fmt.Errorf("no proof from size %d to %d: the journal of %s has %d acts: %w", old, size, town, r.edge.size, db.ErrNotFound)
	}
	if old == 0 {
		return nil, nil // everything begins with nothing
	}
	return tlog.ProveTree(size, old, r)
}

const proofVersion = "c2sp.org/tlog-proof@v1"

// String is the content of a .tlog-proof file.
func (p Proof) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", proofVersion, p.Index)
	for _, h := range p.Hashes {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteString("\n" + p.Checkpoint.Note)
	return b.String()
}

// ParseProof reads a .tlog-proof file; it checks the form only.
func ParseProof(s string) (Proof, error) {
	head, cp, ok := strings.Cut(s, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != proofVersion {
		return Proof{}, fmt.Errorf("not a %s file", proofVersion)
	}
	if lines = lines[1:]; len(lines) > 1 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	var p Proof
	index, ok := strings.CutPrefix(lines[0], "index ")
	if p.Index, ok = decimal(index, ok); !ok {
		return p, fmt.Errorf("proof has no index line")
	}
	for _, l := range lines[1:] {
		h, err := tlog.ParseHash(l)
		if err != nil {
			return p, fmt.Errorf("proof hash %q: %w", l, err)
		}
		p.Hashes = append(p.Hashes, h)
	}
	p.Checkpoint.Note = cp
	return p, nil
}

// Check holds the proof against an entry and the log's public key: the checkpoint is signed by the log, and the entry is in
// the tree that it states. It needs nothing but its arguments.
func (p Proof) Check(entry []byte, key note.Verifier) error {
	size, root, err := openCheckpoint(p.Checkpoint.Note, key)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(p.Hashes, size, root, p.Index, leafHash(entry)); err != nil {
		return fmt.Errorf("entry %d is not what the checkpoint of size %d holds: %w", p.Index, size, err)
	}
	return nil
}

// openCheckpoint checks the log's signature on a checkpoint and reads it.
func openCheckpoint(signed string, key note.Verifier) (size int64, root tlog.Hash, err error) {
	n, err := note.Open([]byte(signed), note.VerifierList(key))
	if err != nil {
		return 0, root, fmt.Errorf("checkpoint signature: %w", err)
	}
	f := strings.Split(n.Text, "\n")
	if len(f) != 4 || f[0] != key.Name() || f[3] != "" {
		return 0, root, fmt.Errorf("checkpoint has an unknown form")
	}
	size, ok := decimal(f[1], true)
	if !ok {
		return 0, root, fmt.Errorf("checkpoint size %q", f[1])
	}
	root, err = tlog.ParseHash(f[2])
	return size, root, err
}

// decimal reads a number that is written as the formats write it: digits without sign and leading zeros.
func decimal(s string, ok bool) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, ok && err == nil && n >= 0 && strconv.FormatInt(n, 10) == s
}
