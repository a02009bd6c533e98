package witness

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/trust"
)

const (
	maxBody  = 64 << 10 // bytes of a request: 63 hashes and a note with some signatures
	maxProof = 63       // C2SP tlog-witness
	sizeType = "text/x.tlog.size"
)

// status is an answer other than a signature.
type status struct {
	code int
	text string
	size int64 // of 409
}

func (s *status) Error() string { return s.text }

func no(code int, format string, args ...any) error {
	return &status{code: code, text: fmt.Sprintf(format, args...)}
}

// add answers POST /add-checkpoint.
func (w *Witness) add(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	if !w.limit.take() {
		rw.Header().Set("Retry-After", "1")
		http.Error(rw, "too many requests", http.StatusTooManyRequests)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		http.Error(rw, "the request is too long", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		http.Error(rw, "the request broke off", http.StatusBadRequest)
		return
	}
	lines, err := w.cosign(string(body))
	var s *status
	switch {
	case err == nil:
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(rw, lines)
	case !errors.As(err, &s):
		w.log.Error("add-checkpoint", "err", err)
		http.Error(rw, "temporarily unavailable", http.StatusInternalServerError)
	case s.code == http.StatusConflict:
		rw.Header().Set("Content-Type", sizeType)
		rw.WriteHeader(s.code)
		fmt.Fprintf(rw, "%d\n", s.size)
	default:
		http.Error(rw, s.text, s.code)
	}
}

// parse reads a request: the size that the log believes the witness to know, a proof, a checkpoint.
func parse(body string) (old int64, proof tlog.TreeProof, signed string, err error) {
	head, signed, ok := strings.Cut(body, "\n\n")
	lines := strings.Split(head, "\n")
	number, first := strings.CutPrefix(lines[0], "old ")
	old, err = strconv.ParseInt(number, 10, 64)
	if !ok || !first || err != nil || old < 0 || strconv.FormatInt(old, 10) != number || len(lines) > 1+maxProof {
		return 0, nil, "", no(http.StatusBadRequest, "not an add-checkpoint request")
	}
	for _, l := range lines[1:] {
		h, err := tlog.ParseHash(l)
		if err != nil {
			return 0, nil, "", no(http.StatusBadRequest, "not a proof line: %q", l)
		}
		proof = append(proof, h)
	}
	return old, proof, signed, nil
}

// cosign checks a request and, when it continues what was seen, remembers it and signs.
func (w *Witness) cosign(body string) (lines string, err error) {
	old, proof, signed, err := parse(body)
	if err != nil {
		return "", err
	}
	origin, _, _ := strings.Cut(signed, "\n")
	l := w.find(origin)
	if l == nil {
		return "", no(http.StatusNotFound, "unknown log")
	}
	n, err := note.Open([]byte(signed), note.VerifierList(l.key))
	if err != nil {
		return "", no(http.StatusForbidden, "not signed by the log's key")
	}
	cp, err := trust.ParseCheckpoint(n.Text)
	if err != nil || cp.Origin != l.origin {
		return "", no(http.StatusBadRequest, "not a checkpoint")
	}
	l.mu.Lock() // compare, write and answer as one: of two requests at once, one comes second
	defer l.mu.Unlock()
	switch {
	case cp.Size < l.seen.Size && w.clock().Unix()-l.at > settled:
		w.keep(l, cp, body, shrunk)
	case cp.Size == l.seen.Size && l.at > 0 && cp.Root != l.seen.Root:
		w.keep(l, cp, body, forked)
	}
	switch {
	case old > cp.Size:
		return "", no(http.StatusBadRequest, "the old size is beyond the checkpoint")
	case old != l.seen.Size:
		return "", &status{code: http.StatusConflict, size: l.seen.Size, text: "another size is known"}
	}
	if err := continues(proof, l.seen, cp); err != nil {
		if old > 0 && cp.Size > old {
			w.keep(l, cp, body, broken)
		}
		return "", no(http.StatusUnprocessableEntity, "not a continuation of what was seen")
	}
	return w.remember(l, cp, n)
}

// continues checks that the tree seen is the beginning of the new one.
func continues(proof tlog.TreeProof, seen, now trust.Checkpoint) error {
	if now.Size == 0 {
		if len(proof) > 0 || now.Root != sha256.Sum256(nil) {
			return errors.New("an empty tree has one root")
		}
		return nil
	}
	if seen.Size == 0 {
		if len(proof) > 0 {
			return errors.New("everything begins with nothing, without a proof")
		}
		return nil
	}
	return tlog.CheckTree(proof, now.Size, now.Root, seen.Size, seen.Root)
}

// remember signs a checkpoint and has it on the disk before it answers. The signature's time never goes back, whatever the clock
// says.
func (w *Witness) remember(l *watched, cp trust.Checkpoint, n *note.Note) (string, error) {
	at := max(w.clock().Unix(), l.at)
	cosigner, err := trust.NewCosigner(w.key.Signer, w.key.VKey, func() time.Time { return time.Unix(at, 0) })
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs}, cosigner)
	if err != nil {
		return "", err
	}
	if l.since == 0 {
		if err := durable(filepath.Join(w.folder(l.origin), sinceFile), fmt.Appendf(nil, "%d\n", at)); err != nil {
			return "", err
		}
		l.since = at
	}
	if err := durable(filepath.Join(w.folder(l.origin), checkpoint), signed); err != nil {
		return "", err
	}
	l.seen, l.at = cp, at
	_, all := trust.Lines(string(signed))
	return all[len(all)-1] + "\n", nil
}

// Why a checkpoint that the log did sign was refused. Only the first is the log's fault for sure: the others may come from anyone
// who submits what the log published, with a wrong proof or too late.
const (
	forked = "forked" // another tree of the same size
	broken = "broken" // larger, but not proved to continue
	shrunk = "shrunk" // smaller than what was seen
)

// settled is for how many seconds a smaller checkpoint may be one that was on its way when a larger one was cosigned.
const settled = 60

// keep writes down a checkpoint that the log signed and that does not continue what was seen, once for each such checkpoint. It
// may be evidence for others, so a failure to write it is told but does not change the answer.
func (w *Witness) keep(l *watched, cp trust.Checkpoint, body, why string) {
	dir := filepath.Join(w.dir, evidence)
	name := fmt.Sprintf("%s-%x.txt", why, sha256.Sum256([]byte(cp.String())))
	if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
		return
	}
	if old, err := os.ReadDir(dir); err == nil && len(old) >= evidenceMost && why != forked {
		w.log.Error("evidence is full, not kept", "why", why, "origin", l.origin)
		return
	}
	seen, err := os.ReadFile(filepath.Join(w.folder(l.origin), checkpoint))
	if err == nil {
		err = durable(filepath.Join(dir, name), fmt.Appendf(nil, "why %s\ntime %d\norigin %s\nseen %d\nshown %d\n\n===== seen and cosigned before\n%s\n===== request refused\n%s",
			why, w.clock().Unix(), l.origin, l.seen.Size, cp.Size, seen, body))
	}
	if err != nil {
		w.log.Error("evidence is not kept", "err", err)
	}
	w.log.Warn("refused what does not continue the log", "why", why, "origin", l.origin, "seen", l.seen.Size, "shown", cp.Size)
}
