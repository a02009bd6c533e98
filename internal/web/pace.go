package web

import (
	"io"
	"net/http"
	"time"
)

// Long uploads and downloads are welcome as long as bytes move: each read and
// write gets its own deadline, instead of one for the whole request that a village
// line could never meet.

// pacedBody is a request body that fails when nothing arrives for ReadStall, or
// when it takes longer than UploadLimit in all.
type pacedBody struct {
	io.ReadCloser
	conn  *http.ResponseController
	stall time.Duration
	end   time.Time
}

func (s *Server) pacedBody(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	return &pacedBody{
		ReadCloser: body, conn: http.NewResponseController(w),
		stall: s.set.ReadStall, end: time.Now().Add(s.set.UploadLimit),
	}
}

// Read reads under a fresh deadline. The deadline is lifted after the last byte:
// the server watches the same connection for the visitor leaving, and an old
// deadline would look like that.
func (b *pacedBody) Read(p []byte) (int, error) {
	deadline := time.Now().Add(b.stall)
	if deadline.After(b.end) {
		deadline = b.end
	}
	// Only test writers have no connection; they need no deadline.
	_ = b.conn.SetReadDeadline(deadline)
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		_ = b.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}

// writeStep is how many bytes are written under one deadline.
const writeStep = 64 << 10

// pacedWriter fails when the visitor takes nothing for WriteStall.
type pacedWriter struct {
	http.ResponseWriter
	conn  *http.ResponseController
	stall time.Duration
}

func (s *Server) pacedWriter(w http.ResponseWriter) http.ResponseWriter {
	return &pacedWriter{w, http.NewResponseController(w), s.set.WriteStall}
}

func (p *pacedWriter) Write(b []byte) (int, error) {
	written := 0
	for {
		step := b[written:min(len(b), written+writeStep)]
		_ = p.conn.SetWriteDeadline(time.Now().Add(p.stall))
		n, err := p.ResponseWriter.Write(step)
		written += n
		if err != nil || written >= len(b) {
			return written, err
		}
	}
}

// Unwrap lets http.ResponseController reach the connection.
func (p *pacedWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }
