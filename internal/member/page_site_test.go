package member_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk"
	"cunju/internal/desk/desktest"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/account"
)

// site is a server with the members' pages in front of a furnished town.
type site struct {
	*membertest.Town
	house    *desk.House
	server   *web.Server
	accounts *account.Store
}

const password = "Qx7-mountain"

func newSite(t testing.TB, d *db.DB) *site {
	t.Helper()
	s := &site{Town: membertest.New(t, d)}
	clock := func() time.Time { return time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC) }
	must(t, account.Migrate(s.Ctx, d))
	must(t, d.Migrate(s.Ctx, "access", access.Migrations()))
	policy, err := access.New()
	must(t, err)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	s.house = &desk.House{Town: s.Code, DB: d, Journal: s.J, Policy: policy, Views: access.Log{Town: s.Code, Clock: clock}, Jobs: task.NewJobs(quiet),
		Target: func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
			return org.Target(ctx, q, s.Code, unit, on)
		},
		Targets: func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
			return org.Targets(ctx, q, s.Code, units, on)
		},
		Name: func(ctx context.Context, q db.Querier, unit int64) (string, error) {
			u, err := org.Find(ctx, q, s.Code, unit)
			return u.Label(), err
		},
		Person: func(ctx context.Context, q db.Querier, person int64) (string, error) {
			return people.Name(ctx, q, s.Code, person)
		}}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		must(t, s.house.Jobs.Stop(ctx))
	})
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 8, 1
	s.accounts = account.NewStore(account.Config{DB: d, Town: s.Code, Settings: set, Clock: clock})
	identify := s.accounts.Identify(func(ctx context.Context, a account.Account) (access.Actor, error) {
		who, err := org.Actor(ctx, d, s.Code, a.Person, s.J.Today())
		who.Login, who.Name = a.Login, a.Name
		return who, err
	})
	s.server, err = web.New(web.Config{Settings: set, Town: s.Code, Log: quiet, Registry: prometheus.NewRegistry(), Sessions: s.accounts.Sessions(),
		Identify: identify, Assets: fstest.MapFS{}, Ping: d.Ping, Explain: desk.Explain, Clock: clock})
	must(t, err)
	account.NewPages(s.accounts, identify).Routes(s.server.Router)
	counter := intake.NewCounter(s.house)
	counter.Routes(s.server.Router)
	people.NewPages(s.house, s.Vault, people.Outside{}, counter).Routes(s.server.Router)
	member.NewPages(s.house, s.Vault, counter).Routes(s.server.Router)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eachSite(t *testing.T, f func(s *site)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newSite(t, d)) })
}

// browser is a visitor with cookies.
type browser struct {
	*site
	cookies map[string]string
}

// logIn makes an account for a person and enters with it.
func (s *site) logIn(login string, person int64) *browser {
	s.Helper()
	_, err := s.accounts.Create(s.Ctx, account.New{Login: login, Name: login, Person: person, Password: password, Keep: true})
	must(s, err)
	b := &browser{s, map[string]string{}}
	b.post("/login", "login", login, "password", password).want(http.StatusSeeOther)
	return b
}

type answer struct {
	*httptest.ResponseRecorder
	t    testing.TB
	what string
}

func (b *browser) send(req *http.Request) *answer {
	b.Helper()
	req.RemoteAddr = "192.0.2.9:1000"
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return &answer{w, b.site, req.Method + " " + req.URL.String()}
}

func (b *browser) get(path string) *answer {
	b.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post submits a form, given as pairs, under a fresh key.
func (b *browser) post(path string, pairs ...string) *answer {
	b.Helper()
	return b.postKey((&web.Request{}).NewKey(), path, pairs...)
}

func (b *browser) postKey(key, path string, pairs ...string) *answer {
	b.Helper()
	v := url.Values{"_key": {key}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(req)
}

// upload submits a form with a file.
func (b *browser) upload(path, name string, content []byte, pairs ...string) *answer {
	b.Helper()
	return b.uploads(path, []desktest.File{{Field: "file", Name: name, Content: content}}, pairs...)
}

// uploads submits a form with several files.
func (b *browser) uploads(path string, files []desktest.File, pairs ...string) *answer {
	b.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	must(b, w.WriteField("_key", (&web.Request{}).NewKey()))
	for i := 0; i+1 < len(pairs); i += 2 {
		must(b, w.WriteField(pairs[i], pairs[i+1]))
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Field, f.Name)
		must(b, err)
		_, err = part.Write(f.Content)
		must(b, err)
	}
	must(b, w.Close())
	req := httptest.NewRequest(http.MethodPost, path, &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.send(req)
}

// want checks the status and that the page, or the address it leads to, has these texts.
func (a *answer) want(status int, texts ...string) *answer {
	a.t.Helper()
	body := a.Body.String()
	if a.Code != status {
		a.t.Fatalf("%s answered %d, want %d: %s", a.what, a.Code, status, plain(body))
	}
	if status == http.StatusSeeOther {
		body = a.Header().Get("Location")
	}
	for _, s := range texts {
		if !strings.Contains(body, s) {
			a.t.Errorf("%s: %q is missing in %s", a.what, s, plain(body))
		}
	}
	return a
}

func (a *answer) not(texts ...string) *answer {
	a.t.Helper()
	for _, s := range texts {
		if strings.Contains(a.Body.String(), s) {
			a.t.Errorf("%s: %q must not be in the page", a.what, s)
		}
	}
	return a
}

// where is the address that the answer leads to.
func (a *answer) where() string { return a.Header().Get("Location") }

// hidden reads the value of a hidden field of the page's forms.
func (a *answer) hidden(name string) string {
	a.t.Helper()
	_, rest, ok := strings.Cut(a.Body.String(), `name="`+name+`" value="`)
	if !ok {
		a.t.Fatalf("%s has no field %s", a.what, name)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// plain is a page without its tags, for messages.
func plain(html string) string {
	if i := strings.Index(html, "<main"); i >= 0 {
		html = html[i:]
	}
	var b strings.Builder
	in := false
	for _, r := range html {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
			b.WriteByte(' ')
		case !in:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// as records a decide function in the name of a person.
func (s *site) as(person int64, f func(ctx context.Context, w *journal.Writer) error) int64 {
	s.Helper()
	s.As(person)
	return s.Must(f)
}

var membertestNumber = membertest.IDNumber

var accessBefore access.Before
