package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// errForeign is the cause of a refused request from another site.
var errForeign = errors.New("unsafe method from a foreign origin")

// policy is the content security policy of every answer: only our own files, no
// inline script or style, no frame around us, forms only to ourselves.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// securityHeaders go with every answer, errors and files included.
func securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY") // browsers that do not know frame-ancestors
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// outside wraps the site map in what every request gets: number, headers, log
// line, measure, a place, and the refusal of foreign posts.
func (s *Server) outside(inner http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.fail(w, s.bare(req), Forbidden("这次提交来自别的网站，系统没有接受。").Because(errForeign))
	}))
	guarded := foreign.Handler(s.placed(inner))
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		start := time.Now()
		m := s.newMark(req)
		req = withMark(req, m)
		securityHeaders(w.Header())
		w.Header().Set("X-Request-Id", m.id)
		rec := &recorder{ResponseWriter: w}
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				m.err = fmt.Errorf("handler panicked: %v\n%s", p, debug.Stack())
				if rec.status == 0 {
					s.fail(rec, s.bare(req), m.err)
					p = nil
				}
			}
			s.note(req, rec, m, time.Since(start))
			if p != nil {
				// Part of the answer is out: cutting the connection tells the
				// browser that it is not whole.
				panic(http.ErrAbortHandler)
			}
		}()
		guarded.ServeHTTP(rec, req)
	})
}

// placed bounds the number of requests answered at the same time, so that a crowd
// meets a short wait or a clear word and never a server out of memory.
func (s *Server) placed(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path == "/healthz" {
			inner.ServeHTTP(w, req)
			return
		}
		select {
		case s.slots <- struct{}{}:
		default:
			timer := time.NewTimer(s.set.SlotWait)
			defer timer.Stop()
			select {
			case s.slots <- struct{}{}:
			case <-req.Context().Done():
				w.WriteHeader(statusLeft)
				return
			case <-timer.C:
				s.metrics.refused.Inc()
				s.fail(w, s.bare(req), Unavailable("现在办事的人太多，系统忙不过来。"))
				return
			}
		}
		defer func() { <-s.slots }()
		s.metrics.under.Inc()
		defer s.metrics.under.Dec()
		inner.ServeHTTP(w, req)
	})
}

// note writes the request's line in the log and its measure. Both name the route's
// pattern, never the address, which may carry names or numbers of persons.
func (s *Server) note(req *http.Request, rec *recorder, m *mark, took time.Duration) {
	route := req.Pattern
	if route == "" || route == "/" {
		route = "unknown"
	}
	status := rec.status
	if status == 0 {
		status = http.StatusOK
	}
	s.metrics.observe(route, req.Method, status, took)
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("id", m.id), slog.String("method", methodLabel(req.Method)), slog.String("route", route),
		slog.Int("status", status), slog.Int64("bytes", rec.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
	}
	if m.err != nil {
		attrs = append(attrs, slog.String("err", m.err.Error()))
		if status >= 500 {
			level = slog.LevelError
		}
	}
	s.log.LogAttrs(req.Context(), level, "request", attrs...)
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status = status
	}
	rec.ResponseWriter.WriteHeader(status)
}

func (rec *recorder) Write(b []byte) (int, error) {
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
	n, err := rec.ResponseWriter.Write(b)
	rec.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }
