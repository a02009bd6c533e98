package web

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cunju/internal/access"
	"cunju/internal/web/ui"
)

// Page answers one request: with a page, or with an error that becomes one.
type Page func(r *Request) (Response, error)

// Request is an HTTP request with what every page needs to know.
type Request struct {
	*http.Request

	// Town is the 9-digit division code of the town this server serves.
	Town string
	// Who is the person behind the request with the offices held today. Its
	// Person is 0 when nobody is logged in.
	Who access.Actor
	// Account is the number of the account logged in, or 0.
	Account int64
	// Assets are the addresses of styles, scripts and icons.
	Assets ui.Assets
	// LargeText is true when the visitor chose large letters.
	LargeText bool
	// ID is the request number shown on error pages and written to the log.
	ID string
	// Address is the visitor's network address.
	Address netip.Addr
	// HTTPS is true when the visitor's connection is encrypted.
	HTTPS bool

	server *Server
	key    string
	form   *Form
	flash  []ui.Flash
	most   int64 // largest body in bytes
	held   int64 // bytes taken of a room for uploads
	room   *room // from which they were taken

	mustChange bool
}

// keyField is the name of the hidden field that carries the form's key.
const keyField = "_key"

// keyLength is the length of 16 random bytes in unpadded base64.
const keyLength = 22

// LoggedIn is true when a person is behind the request.
func (r *Request) LoggedIn() bool { return r.Account != 0 }

// Now is the server's clock.
func (r *Request) Now() time.Time { return r.server.now() }

// NewKey makes a fresh random key for a form. Pages with several forms need one
// for each, because one key stands for one deed.
func (r *Request) NewKey() string {
	var b [16]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Key is the key of this page's form: the posted one, so that a form shown again
// with errors keeps its key, or a fresh one that stays the same while the page is
// made.
func (r *Request) Key() string {
	if r.key == "" {
		r.key = r.NewKey()
	}
	return r.key
}

// validKey tells whether s has the shape NewKey makes.
func validKey(s string) bool {
	if len(s) != keyLength {
		return false
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && len(b) == 16
}

// HTMX is true when htmx asks for a part of the page: not for a boosted link, and
// not when the browser restores its history.
func (r *Request) HTMX() bool {
	h := r.Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") != "true" &&
		h.Get("HX-History-Restore-Request") != "true"
}

// PathID reads the number in the pattern's wildcard name, such as {id}. Anything
// that is not a positive number is a page that does not exist.
func (r *Request) PathID(name string) (int64, error) {
	s := r.PathValue(name)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, NotFound("")
	}
	return n, nil
}

// Query is a query parameter, trimmed; unreadable text counts as absent.
func (r *Request) Query(name string) string {
	s, err := cleanText(r.URL.Query().Get(name))
	if err != nil {
		return ""
	}
	return s
}

// KeyParam is the hidden field every form carries; see Key.
func (r *Request) KeyParam() ui.Param { return ui.Param{Name: keyField, Value: r.Key()} }

// SetFlash keeps a message for the next page this visitor sees.
func (r *Request) SetFlash(f ui.Flash) {
	b, err := json.Marshal(f)
	if err != nil {
		panic(err) // a struct of strings always encodes
	}
	r.server.sessions.Put(r.Context(), sessionFlash, string(b))
}

// Flash are the messages to show on this page: the one kept by the page before,
// and a word to the operator when the styles have not been built.
func (r *Request) Flash() []ui.Flash {
	if r.flash == nil {
		r.flash = []ui.Flash{}
		if s := r.server.sessions.PopString(r.Context(), sessionFlash); s != "" {
			var f ui.Flash
			if json.Unmarshal([]byte(s), &f) == nil {
				r.flash = append(r.flash, f)
			}
		}
		if r.server.assets.missing {
			r.flash = append(r.flash, assetsMissing)
		}
	}
	return r.flash
}

// Page fills what every layout needs.
func (r *Request) Page(title string) ui.Page {
	return ui.Page{
		Title: title, Assets: r.Assets, Big: r.LargeText, BigHref: r.sizeHref(), Flash: r.Flash(),
	}
}

// sizeHref is the address that switches the size of letters and comes back here.
func (r *Request) sizeHref() string {
	to := "large"
	if r.LargeText {
		to = "normal"
	}
	back := r.URL.RequestURI()
	if r.Method != http.MethodGet {
		back = r.URL.Path
	}
	return "/size?to=" + to + "&back=" + url.QueryEscape(back)
}

// SafeBack is path when it leads to a page of our own, else "/". It refuses other
// hosts in all spellings browsers accept ("//x", "/\x", control characters).
func SafeBack(path string) string {
	if len(path) == 0 || len(path) > 2000 || path[0] != '/' {
		return "/"
	}
	for i := 0; i < len(path); i++ {
		if c := path[i]; c < 0x20 || c == 0x7f || c == '\\' {
			return "/"
		}
	}
	if strings.HasPrefix(path, "//") {
		return "/"
	}
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return path
}

// Back is the same-site path in the query or form field "back".
func (r *Request) Back() string {
	if r.form != nil && r.form.values.Has("back") {
		return SafeBack(r.form.values.Get("back"))
	}
	return SafeBack(r.URL.Query().Get("back"))
}
