package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/web"
	"cunju/internal/web/account"
	"cunju/internal/web/ui"
)

const town = "321002003"

// house is a server with a few pages of a made-up slice, on a real database.
type house struct {
	*web.Server
	t      *testing.T
	db     *db.DB
	store  *account.Store
	logged *lockedBuffer
	now    time.Time
}

// lockedBuffer is written by the server while the test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var builtAssets = fstest.MapFS{
	"manifest.json":  {Data: []byte(`{"app.css":"app-1a2b.css","app.js":"app-3c4d.js"}`)},
	"app-1a2b.css":   {Data: []byte(strings.Repeat("body{color:#000}\n", 200))},
	"app-3c4d.js":    {Data: []byte("let a=1")},
	"app-secret.css": {Data: []byte("not in the manifest")},
}

func newHouse(t *testing.T, change func(*web.Config)) *house {
	t.Helper()
	d := dbtest.SQLite(t)
	if err := account.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: d, logged: &lockedBuffer{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 8, 1
	cfg := web.Config{
		Settings: set, Town: town, Registry: prometheus.NewRegistry(), Assets: builtAssets, Ping: d.Ping,
		Log:      slog.New(slog.NewTextHandler(h.logged, nil)),
		Position: func(context.Context) (int64, error) { return 42, nil },
		Clock:    func() time.Time { return h.now },
		Explain: func(err error) *web.Error {
			if errors.Is(err, errRefusedByRule) {
				return web.Conflict("规则不允许。")
			}
			return nil
		},
	}
	if change != nil {
		change(&cfg)
	}
	h.store = account.NewStore(account.Config{DB: d, Town: town, Settings: cfg.Settings, Clock: cfg.Clock})
	cfg.Sessions = h.store.Sessions()
	cfg.Identify = h.store.Identify(func(_ context.Context, a account.Account) (access.Actor, error) {
		who := access.Actor{Person: a.Person, Login: a.Login, Name: a.Name}
		if a.Login == "clerk" {
			who.Offices = []access.Office{{ID: 1, Unit: 2, Role: "clerk"}}
		}
		return who, nil
	})
	var err error
	if h.Server, err = web.New(cfg); err != nil {
		t.Fatal(err)
	}
	h.routes()
	return h
}

var errRefusedByRule = errors.New("rule refuses")

// routes are the pages of the made-up slice: one for each thing a page can do.
func (h *house) routes() {
	rt := h.Router
	account.NewPages(h.store, h.store.Identify(func(_ context.Context, a account.Account) (access.Actor, error) {
		return access.Actor{Person: a.Person}, nil
	})).Routes(rt)
	text := func(s string) web.Page {
		return func(r *web.Request) (web.Response, error) { return web.Render(ui.Text(s)), nil }
	}
	rt.Public.Get("/{$}", text("首页"))
	rt.Public.Get("/long", text(strings.Repeat("公开的内容。", 500)))
	rt.Public.Get("/people/{id}", func(r *web.Request) (web.Response, error) {
		id, err := r.PathID("id")
		if err != nil {
			return web.Response{}, err
		}
		if id == 7 {
			return web.Response{}, errRefusedByRule
		}
		return web.Render(ui.Text("有")), nil
	})
	rt.Public.Get("/panic", func(*web.Request) (web.Response, error) { panic("张三 13800000000") })
	rt.Public.Get("/fault", func(*web.Request) (web.Response, error) { return web.Response{}, errors.New("secret fault") })
	rt.Public.Get("/nothing", func(*web.Request) (web.Response, error) { return web.Response{}, nil })
	rt.Public.Get("/part", func(*web.Request) (web.Response, error) {
		return web.Render(ui.Text("整页")).WithFragment(ui.Text("一段")), nil
	})
	rt.Public.Get("/away", func(*web.Request) (web.Response, error) { return web.Redirect("//evil.example/"), nil })
	rt.Public.Get("/tile", func(*web.Request) (web.Response, error) {
		return web.Bytes("application/octet-stream", []byte("tile"), true), nil
	})
	rt.Public.Get("/file", func(*web.Request) (web.Response, error) {
		return web.File("花名册 一.xlsx", "application/octet-stream", 4, strings.NewReader("abcd"), true), nil
	})
	rt.Public.Get("/template", func(*web.Request) (web.Response, error) {
		return web.Bytes("text/csv", []byte("姓名"), false).Attachment("a.csv"), nil
	})
	rt.Public.Get("/short", func(*web.Request) (web.Response, error) {
		return web.File("a", "text/plain", 9, io.MultiReader(strings.NewReader("abcd"), failing{}), true), nil
	})
	rt.Public.Post("/form", func(r *web.Request) (web.Response, error) {
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		f.Required("name", "姓名", 5)
		if !f.OK() {
			return web.Invalid(ui.Text(f.Value("name") + "|" + f.Err("name") + "|" + r.Key())), nil
		}
		r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已经记录"})
		return web.Redirect("/flash"), nil
	})
	rt.Public.Get("/flash", func(r *web.Request) (web.Response, error) {
		return web.Render(ui.Plain(ui.PlainProps{Page: r.Page("试")})), nil
	})
	rt.Public.Post("/upload", func(r *web.Request) (web.Response, error) {
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		up := f.File("file", "文件", web.Needed, 100, ".csv")
		if !f.OK() {
			return web.Invalid(ui.Text(f.Err("file"))), nil
		}
		defer up.Close()
		b, err := io.ReadAll(up)
		return web.Render(ui.Text(up.Name + "|" + up.Sniffed + "|" + string(b))), err
	}, web.MaxBody(4096))
	rt.Mine.Get("/me", text("我的"))
	rt.Desk.Get("/desk", text("工作台"))
	rt.Desk.Post("/desk/act", text("办好"))
	rt.Public.Handle("/log/{town}/checkpoint", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "checkpoint")
	}))
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk read failed") }

// send makes a request as a browser of our own pages does.
func (h *house) send(method, target, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	h.t.Helper()
	req := httptest.NewRequest(method, target, strings.NewReader(body))
	req.RemoteAddr = "127.0.0.1:50000"
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range change {
		c(req)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

func (h *house) get(target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.send("GET", target, "", change...)
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// key is a form key of the right shape.
const key = "AAAAAAAAAAAAAAAAAAAAAA"

func form(pairs ...string) string {
	v := url.Values{"_key": {key}}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

// logIn makes an account and gives its session cookie.
func (h *house) logIn(login string) func(*http.Request) {
	h.t.Helper()
	_, err := h.store.Create(h.t.Context(), account.New{Login: login, Name: "李四", Password: "Qx7-mountain", Keep: true})
	if err != nil {
		h.t.Fatal(err)
	}
	w := h.send("POST", "/login", form("login", login, "password", "Qx7-mountain"))
	if w.Code != http.StatusSeeOther {
		h.t.Fatalf("log-in answered %d: %s", w.Code, w.Body)
	}
	return cookies(w)
}

// cookies sends back the cookies an answer set.
func cookies(w *httptest.ResponseRecorder) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range w.Result().Cookies() {
			if c.MaxAge >= 0 {
				r.AddCookie(c)
			}
		}
	}
}

func wantIn(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}

func wantNot(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q must not be in:\n%s", p, text)
		}
	}
}
