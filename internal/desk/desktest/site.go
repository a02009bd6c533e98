package desktest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal/journaltest"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/account"
)

// Password is everybody's at the door of the tests.
const Password = "Qx7-mountain"

// Site is a server in front of a town.
type Site struct {
	*journaltest.Town
	House    *desk.House
	Server   *web.Server
	Accounts *account.Store
}

// New builds a site in front of a town. Offices says which offices a person holds today. The house's functions Target, Name
// and Person are the test's to fill, and so are the routes of its slice.
func New(y *journaltest.Town, offices func(ctx context.Context, person int64) (access.Actor, error)) *Site {
	y.Helper()
	s, d, t := &Site{Town: y}, y.DB, y.TB
	clock := func() time.Time { return time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC) }
	if err := account.Migrate(s.Ctx, d); err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(s.Ctx, "access", access.Migrations()); err != nil {
		t.Fatal(err)
	}
	policy, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	s.House = &desk.House{Town: s.Code, DB: d, Journal: s.J, Policy: policy, Views: access.Log{Town: s.Code, Clock: clock}, Jobs: task.NewJobs(quiet)}
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 8, 1
	s.Accounts = account.NewStore(account.Config{DB: d, Town: s.Code, Settings: set, Clock: clock})
	identify := s.Accounts.Identify(func(ctx context.Context, a account.Account) (access.Actor, error) {
		who, err := offices(ctx, a.Person)
		who.Login, who.Name = a.Login, a.Name
		return who, err
	})
	s.Server, err = web.New(web.Config{Settings: set, Town: s.Code, Log: quiet, Registry: prometheus.NewRegistry(),
		Sessions: s.Accounts.Sessions(), Identify: identify, Assets: fstest.MapFS{}, Ping: d.Ping, Explain: desk.Explain, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	account.NewPages(s.Accounts, identify).Routes(s.Server.Router)
	return s
}

// Browser is a visitor with cookies.
type Browser struct {
	site    *Site
	cookies map[string]string
}

// Visit is a visitor who has not logged in.
func (s *Site) Visit() *Browser { return &Browser{s, map[string]string{}} }

// LogIn makes an account for a person and enters with it.
func (s *Site) LogIn(login string, person int64) *Browser {
	s.Helper()
	if _, err := s.Accounts.Create(s.Ctx, account.New{Login: login, Name: "用户" + login, Person: person, Password: Password, Keep: true}); err != nil {
		s.Fatal(err)
	}
	b := s.Visit()
	if p := b.Post("/login", "login", login, "password", Password); p.Code != http.StatusSeeOther {
		s.Fatalf("log-in of %s: %d", login, p.Code)
	}
	return b
}

// Page is an answer.
type Page struct {
	*httptest.ResponseRecorder
	t    testing.TB
	what string
}

// Get asks for a page.
func (b *Browser) Get(path string) *Page { b.site.Helper(); return b.send(http.MethodGet, path, "") }

// Post submits a form, given as pairs, with a fresh key.
func (b *Browser) Post(path string, pairs ...string) *Page {
	b.site.Helper()
	return b.PostKey((&web.Request{}).NewKey(), path, pairs...)
}

// PostHeard submits a form that the rules warn about, as a clerk does who reads the warnings and then sends it with an answer.
// The first answer must ask, and name the warnings given; what the second says is returned.
func (b *Browser) PostHeard(path, answer string, warnings []string, pairs ...string) *Page {
	b.site.Helper()
	asks := b.Post(path, pairs...).Want(http.StatusUnprocessableEntity, append(warnings, "看过了，照此办理")...)
	return b.Post(path, append(slices.Clone(pairs), "heard", asks.Hidden("heard"), "answer", answer)...)
}

// PostKey submits a form under a key of the test's, to submit it twice.
func (b *Browser) PostKey(key, path string, pairs ...string) *Page {
	b.site.Helper()
	v := url.Values{"_key": {key}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, v.Encode())
}

// File is one that is sent with a form.
type File struct {
	Field, Name string
	Content     []byte
}

// Upload submits a form with files, and pairs of fields.
func (b *Browser) Upload(path string, files []File, pairs ...string) *Page {
	b.site.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	err := w.WriteField("_key", (&web.Request{}).NewKey())
	for i := 0; i+1 < len(pairs); i += 2 {
		err = errors.Join(err, w.WriteField(pairs[i], pairs[i+1]))
	}
	for _, f := range files {
		part, fault := w.CreateFormFile(f.Field, f.Name)
		if err = errors.Join(err, fault); err == nil {
			_, err = part.Write(f.Content)
		}
	}
	if err = errors.Join(err, w.Close()); err != nil {
		b.site.Fatal(err)
	}
	return b.sendAs(http.MethodPost, path, body.String(), w.FormDataContentType())
}

func (b *Browser) send(method, path, body string) *Page {
	return b.sendAs(method, path, body, "application/x-www-form-urlencoded")
}

func (b *Browser) sendAs(method, path, body, kind string) *Page {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.RemoteAddr = "192.0.2.9:1000"
	if method == http.MethodPost {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.site.Server.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return &Page{w, b.site, method + " " + path}
}

// main is the page without its head and navigation, for messages.
func (p *Page) main() string {
	if _, rest, ok := strings.Cut(p.Body.String(), `<main`); ok {
		return rest
	}
	return p.Header().Get("Location") + p.Body.String()
}

// Want checks the status and that the page, or the address it leads to, has these texts.
func (p *Page) Want(status int, texts ...string) *Page {
	p.t.Helper()
	body := p.Body.String()
	if p.Code != status {
		p.t.Fatalf("%s answered %d, want %d: %s", p.what, p.Code, status, p.main())
	}
	if status == http.StatusSeeOther {
		body = p.Header().Get("Location")
	}
	for _, s := range texts {
		if !strings.Contains(body, s) {
			p.t.Errorf("%s: %q is missing in %s", p.what, s, p.main())
		}
	}
	return p
}

// Not checks that the page has none of these texts.
func (p *Page) Not(texts ...string) *Page {
	p.t.Helper()
	for _, s := range texts {
		if strings.Contains(p.Body.String(), s) {
			p.t.Errorf("%s: %q must not be in %s", p.what, s, p.main())
		}
	}
	return p
}

// Where is the address that the answer leads to.
func (p *Page) Where() string { return p.Header().Get("Location") }

// Hidden reads the value of a hidden field of the page's forms.
func (p *Page) Hidden(name string) string {
	p.t.Helper()
	_, rest, ok := strings.Cut(p.Body.String(), `name="`+name+`" value="`)
	if !ok {
		p.t.Fatalf("%s has no field %s: %s", p.what, name, p.main())
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
