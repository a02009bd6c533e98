package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"sync"
	"time"

	"cunju/internal/web/ui"
	"github.com/a-h/templ"
)

// pages are buffers for pages under way. A page is made whole before its first
// byte leaves, so an error half way still becomes a proper error page.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keepBuffer is the largest buffer kept for the next page.
const keepBuffer = 1 << 20

// answer writes a page's response and stores the session before.
func (s *Server) answer(w http.ResponseWriter, r *Request, res Response, loaded string) error {
	if res.status == 0 {
		return errors.New("the page answered nothing")
	}
	buf := pages.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= keepBuffer {
			pages.Put(buf)
		}
	}()
	if res.page != nil {
		part := res.page
		if res.fragment != nil && r.HTMX() {
			part = res.fragment
		}
		if err := render(r, part, buf); err != nil {
			return err
		}
	}
	if err := s.saveSession(w, r, loaded); err != nil {
		if res.content != nil {
			closeReader(res.content)
		}
		return err
	}
	if res.cookie != nil {
		setCookie(w, r, res.cookie.Name, res.cookie.Value, res.cookie.MaxAge)
	}
	w = s.pacedWriter(w)
	switch {
	case res.location != "":
		sendRedirect(w, r, res)
	case res.content != nil:
		sendContent(w, r, res)
	default:
		if r.HTMX() && res.fragment == nil {
			// The whole page answers a request for a part: show it as a page.
			w.Header().Set("HX-Retarget", "body")
			w.Header().Set("HX-Reswap", "innerHTML")
		}
		s.sendHTML(w, r, res.status, buf.Bytes())
	}
	return nil
}

// render makes HTML; a panic inside a component is an error of the page.
func render(r *Request, c templ.Component, w io.Writer) error {
	_, err := runPage(func(*Request) (Response, error) {
		return Response{}, c.Render(ui.WithAssets(r.Context(), r.Assets), w)
	}, r)
	return err
}

// sendHTML sends a page. Pages of a person are kept by no cache.
func (s *Server) sendHTML(w http.ResponseWriter, r *Request, status int, page []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", cacheControl(r))
	h.Add("Vary", "Accept-Encoding, HX-Request, Cookie")
	if len(page) >= packLeast && acceptsGzip(r.Request) {
		h.Set("Content-Encoding", "gzip")
		page = pack(page)
	}
	h.Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(page)
	}
}

func cacheControl(r *Request) string {
	if r.LoggedIn() || r.Method != http.MethodGet {
		return "no-store"
	}
	return "no-cache"
}

// sendRedirect sends the browser on. htmx would load the next page into a part of
// this one, so it is told to move the whole browser.
func sendRedirect(w http.ResponseWriter, r *Request, res Response) {
	w.Header().Set("Cache-Control", "no-store")
	if r.HTMX() {
		w.Header().Set("HX-Redirect", res.location)
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Location", res.location)
	w.WriteHeader(res.status)
}

// sendContent sends bytes or a file.
func sendContent(w http.ResponseWriter, r *Request, res Response) {
	c := res.content
	defer closeReader(c)
	h := w.Header()
	h.Set("Content-Type", c.mediaType)
	if c.name != "" {
		kind := "inline"
		if c.attachment {
			kind = "attachment"
		}
		h.Set("Content-Disposition", mime.FormatMediaType(kind, map[string]string{"filename": c.name}))
	}
	if c.reader == nil {
		h.Set("Cache-Control", cacheControl(r))
		if c.immutable {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		tag := entityTag(c.data)
		body := c.data
		if compressible(c.mediaType) {
			h.Add("Vary", "Accept-Encoding")
			if len(body) >= packLeast && acceptsGzip(r.Request) {
				h.Set("Content-Encoding", "gzip")
				body, tag = pack(body), tag[:len(tag)-1]+`-gz"`
			}
		}
		sendBytes(w, r.Request, res.status, body, tag, c.modified)
		return
	}
	h.Set("Cache-Control", "no-store")
	if c.size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(c.size, 10))
	}
	w.WriteHeader(res.status)
	if r.Method == http.MethodHead {
		return
	}
	if _, err := io.Copy(w, c.reader); err != nil {
		// The headers are gone; cutting the connection is the only way to tell
		// the browser that the file is not whole.
		markOf(r.Request).err = err
		if !errors.Is(err, context.Canceled) {
			panic(http.ErrAbortHandler)
		}
	}
}

// SendData answers outside the site map with bytes that anyone may read, compressed where it helps, under an entity tag.
func SendData(w http.ResponseWriter, r *http.Request, status int, mediaType string, data []byte) {
	sendContent(w, &Request{Request: r}, Response{status: status, content: &content{mediaType: mediaType, data: data, size: int64(len(data))}})
}

// sendBytes sends data under an entity tag, or 304 when the visitor has it. A visitor who knows only the time is asked for no
// more than that (RFC 9110, 13.1.3).
func sendBytes(w http.ResponseWriter, r *http.Request, status int, body []byte, tag string, modified time.Time) {
	h := w.Header()
	h.Set("ETag", tag)
	known := r.Header.Get("If-None-Match")
	same := known == tag
	if !modified.IsZero() {
		h.Set("Last-Modified", modified.UTC().Format(http.TimeFormat))
		if since, err := http.ParseTime(r.Header.Get("If-Modified-Since")); err == nil && known == "" {
			same = !modified.Truncate(time.Second).After(since)
		}
	}
	if status == http.StatusOK && same {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// entityTag is a strong tag (RFC 9110, 8.8.3) made from the content.
func entityTag(data []byte) string {
	sum := sha256.Sum256(data)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

func closeReader(c *content) {
	if closer, ok := c.reader.(io.Closer); ok {
		closer.Close()
	}
}
