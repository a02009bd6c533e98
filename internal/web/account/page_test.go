package account

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// browser is a visitor with cookies in front of a server with our pages.
type browser struct {
	t       *testing.T
	server  *web.Server
	cookies map[string]string
	agent   string
}

// door builds a server over a store; the account "clerk" holds an office.
func door(t *testing.T, s *Store, c *clock) *web.Server {
	t.Helper()
	identify := s.Identify(func(_ context.Context, a Account) (access.Actor, error) {
		who := access.Actor{Person: a.Person, Login: a.Login, Name: a.Name}
		if a.Login == "clerk" {
			who.Offices = []access.Office{{ID: 1}}
		}
		return who, nil
	})
	server, err := web.New(web.Config{
		Settings: s.set, Town: town, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Registry: prometheus.NewRegistry(), Sessions: s.Sessions(), Identify: identify,
		Assets: fstest.MapFS{}, Ping: s.db.Ping, Clock: c.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	NewPages(s, identify).Routes(server.Router)
	hello := func(r *web.Request) (web.Response, error) { return web.Render(ui.Text("你好" + r.Who.Name)), nil }
	server.Router.Mine.Get("/me", hello)
	server.Router.Desk.Get("/desk", hello)
	server.Router.Public.Get("/{$}", hello)
	return server
}

func visit(t *testing.T, server *web.Server) *browser {
	return &browser{t: t, server: server, cookies: map[string]string{}, agent: "Windows Chrome"}
}

func (b *browser) send(method, path, body string) *httptest.ResponseRecorder {
	b.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.RemoteAddr = "192.0.2.9:1000"
	req.Header.Set("User-Agent", b.agent)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			b.t.Errorf("%s: cookie %v", path, c)
		}
	}
	return w
}

func (b *browser) get(path string) *httptest.ResponseRecorder { return b.send("GET", path, "") }

func (b *browser) post(path string, pairs ...string) *httptest.ResponseRecorder {
	v := url.Values{"_key": {"AAAAAAAAAAAAAAAAAAAAAA"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return b.send("POST", path, v.Encode())
}

func (b *browser) logIn(login string) *browser {
	b.t.Helper()
	if w := b.post("/login", "login", login, "password", good); w.Code != http.StatusSeeOther {
		b.t.Fatalf("log-in: %d %s", w.Code, w.Body)
	}
	return b
}

// want checks a status and, for 303, where it leads.
func want(t *testing.T, w *httptest.ResponseRecorder, status int, text string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("answered %d, want %d: %s", w.Code, status, w.Body)
		return
	}
	body := w.Body.String()
	if status == http.StatusSeeOther {
		body = w.Header().Get("Location")
	}
	if !strings.Contains(body, text) {
		t.Errorf("%q is missing in %s", text, body)
	}
}

func TestComingAndGoing(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "clerk", 1)
		create(t, s, "villager", 2)
		server := door(t, s, c)
		b := visit(t, server)
		want(t, b.get("/desk"), 303, "/login?back=%2Fdesk")
		if len(b.cookies) != 0 {
			t.Error("a visitor who only looks gets a cookie")
		}
		want(t, b.get("/login?back=/desk"), 200, `name="back" value="/desk"`)
		want(t, b.post("/login", "login", "clerk", "password", good, "back", "/desk"), 303, "/desk")
		want(t, b.get("/desk"), 200, "你好李四")
		want(t, b.get("/login"), 303, "/desk")
		first := b.cookies["cunju"]
		want(t, b.post("/logout"), 303, "/")
		want(t, b.get("/desk"), 303, "/login")
		b.cookies["cunju"] = first
		want(t, b.get("/desk"), 303, "/login")
		if _, kept := b.cookies["cunju"]; kept {
			t.Error("a dead cookie stays in the browser")
		}
		v := visit(t, server)
		want(t, v.post("/login", "login", "villager", "password", good), 303, "/me")
		want(t, v.get("/desk"), 403, "没有担任职务")
		want(t, v.post("/login", "login", "villager", "password", good, "back", "//evil.example"), 303, "/me")
	})
}

func TestBadLogInForms(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "clerk", 1)
		b := visit(t, door(t, s, c))
		refused := b.post("/login", "login", "clerk", "password", "wrong-one")
		want(t, refused, 422, s.RefusedText())
		body := refused.Body.String()
		if !strings.Contains(body, `value="clerk"`) || strings.Contains(body, "wrong-one") {
			t.Errorf("the name must stay, the password must not:\n%s", body)
		}
		unknown := b.post("/login", "login", "nobody", "password", "wrong-one").Body.String()
		if strings.ReplaceAll(unknown, "nobody", "clerk") != body {
			t.Error("an unknown account gets another page")
		}
		want(t, b.post("/login", "login", "", "password", ""), 422, "有 2 处填写有误")
		want(t, b.post("/login", "login", strings.Repeat("长", 65), "password", "x"), 422, "最多 64 个字")
		want(t, b.post("/login", "login", "a\x00b", "password", "x"), 422, "看不懂的字符")
		want(t, b.post("/login", "login", "clerk", "password", strings.Repeat("x", 129)), 422, "最多 128")
		want(t, b.send("POST", "/login", "login=clerk&password="+good), 400, "提交编号")
		for range s.set.AddressTries {
			b.post("/login", "login", "nobody", "password", "x")
		}
		w := b.post("/login", "login", "clerk", "password", good)
		want(t, w, 429, "次数太多")
		if w.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	})
}

func TestSessionEndsByItself(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "clerk", 1)
		b := visit(t, door(t, s, c)).logIn("clerk")
		for range 20 { // used every 29 minutes: not idle
			c.move(29 * time.Minute)
			want(t, b.get("/desk"), 200, "你好")
		}
		c.move(s.set.SessionIdle)
		want(t, b.get("/desk"), 303, "/login")
		b.logIn("clerk")
		for range 25 {
			c.move(29 * time.Minute)
			b.get("/desk")
		}
		want(t, b.get("/desk"), 303, "/login") // 12 hours, though never idle
		if err := s.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		left, err := db.One[int64](t.Context(), s.db, `SELECT count(*) FROM account_session WHERE town = $1`, town)
		if err != nil || left != 0 {
			t.Errorf("%d sessions left: %v", left, err)
		}
	})
}

func TestTokenIsFreshAndHashed(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "clerk", 1)
		b := visit(t, door(t, s, c))
		b.cookies["cunju"] = strings.Repeat("A", 43) // planted by somebody
		b.logIn("clerk")
		token := b.cookies["cunju"]
		if token == strings.Repeat("A", 43) {
			t.Error("a planted token became a session")
		}
		again := b.logIn("clerk").cookies["cunju"]
		if again == token {
			t.Error("log-in kept the token")
		}
		stored, err := db.All[string](t.Context(), s.db, `SELECT token FROM account_session WHERE town = $1`, town)
		if err != nil || len(stored) != 1 || strings.Contains(stored[0], again) {
			t.Errorf("%v %v", stored, err)
		}
	})
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "clerk", 1)
		create(t, s, "villager", 2)
		server := door(t, s, c)
		here := visit(t, server).logIn("clerk")
		phone := visit(t, server)
		phone.agent = "iPhone Safari"
		phone.logIn("clerk")
		third, stranger := visit(t, server).logIn("clerk"), visit(t, server).logIn("villager")

		page := here.get("/me/security")
		want(t, page, 200, "苹果手机，Safari 浏览器")
		want(t, page, 200, "现在这个")
		want(t, page, 200, "登录成功")
		open, err := s.OpenSessions(t.Context(), a.ID)
		if err != nil || len(open) != 3 {
			t.Fatal(open, err)
		}
		var id, own string
		for _, o := range open {
			if strings.HasPrefix(o.Device, "苹果") {
				id = o.ID
			}
			if !strings.Contains(page.Body.String(), `name="session" value="`+o.ID+`"`) {
				own = o.ID
			}
		}
		want(t, here.post("/me/security/end", "session", own), 400, "退出登录")
		want(t, stranger.post("/me/security/end", "session", id), 303, "/me/security")
		want(t, phone.get("/desk"), 200, "你好") // not a stranger's to end
		want(t, here.post("/me/security/end", "session", id), 303, "/me/security")
		want(t, here.get("/me/security"), 200, "已经结束")
		want(t, phone.get("/desk"), 303, "/login")
		want(t, third.get("/desk"), 200, "你好")
		want(t, here.post("/me/security/end", "others", "1"), 303, "/me/security")
		want(t, third.get("/desk"), 303, "/login")
		want(t, here.get("/desk"), 200, "你好")
		want(t, stranger.get("/me"), 200, "你好")
		want(t, here.post("/me/security/end"), 400, "没有说明")
	})
}

// TestRevokedStaysRevoked: a request under way while its session is ended stores
// its changes nowhere.
func TestRevokedStaysRevoked(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "clerk", 1)
		server := door(t, s, c)
		server.Router.Mine.Get("/me/late", func(r *web.Request) (web.Response, error) {
			if err := s.RevokeOthers(r.Context(), a.ID, "", here); err != nil {
				return web.Response{}, err
			}
			r.SetFlash(ui.Flash{Text: "迟到"})
			return web.Redirect("/me"), nil
		})
		b := visit(t, server).logIn("clerk")
		want(t, b.get("/me/late"), 303, "/me")
		want(t, b.get("/me"), 303, "/login")
	})
}

func TestLockedOutMeansOut(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "clerk", 1)
		b := visit(t, door(t, s, c)).logIn("clerk")
		for range 5 { // guesses of a stranger lock the door, not the person inside
			s.LogIn(t.Context(), "clerk", "wrong", Origin{Address: "198.51.100.1"})
		}
		want(t, b.get("/desk"), 200, "你好")
		if err := s.Lock(t.Context(), a.ID, 9); err != nil {
			t.Fatal(err)
		}
		want(t, b.get("/desk"), 303, "/login")
	})
}

func TestPasswordPage(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "clerk", 1)
		server := door(t, s, c)
		b, elsewhere := visit(t, server).logIn("clerk"), visit(t, server).logIn("clerk")
		post := func(old, fresh, again string) *httptest.ResponseRecorder {
			return b.post("/me/password", "old", old, "new", fresh, "again", again)
		}
		want(t, b.get("/me/password"), 200, "不改了")
		want(t, post("", "", ""), 422, "有 3 处填写有误")
		want(t, post(good, other, "x"), 422, "两次输入的新密码不一样")
		want(t, post(good, "short", "short"), 422, "至少要 8 个字符")
		want(t, post(good, good, good), 422, "不能和原来的一样")
		want(t, post("wrong", other, other), 422, "原密码不对")
		if w := post("wrong", other, other); strings.Contains(w.Body.String(), other) {
			t.Error("a password was shown again")
		}
		token := b.cookies["cunju"]
		want(t, post(good, other, other), 303, "/me/security")
		if b.cookies["cunju"] == token {
			t.Error("the token stayed")
		}
		want(t, b.get("/me/security"), 200, "密码已经修改")
		want(t, elsewhere.get("/desk"), 303, "/login")

		// Set by another: nothing else opens until it is changed.
		if err := s.Reset(t.Context(), a.ID, good, 9); err != nil {
			t.Fatal(err)
		}
		b.logIn("clerk")
		for _, path := range []string{"/desk", "/me", "/me/security"} {
			want(t, b.get(path), 303, "/me/password")
		}
		want(t, b.get("/"), 200, "你好")
		want(t, b.get("/me/password"), 200, "请先修改密码")
		want(t, post(good, other, other), 303, "/me/security")
		want(t, b.get("/desk"), 200, "你好")

		// Too old: the same.
		c.move(s.set.PasswordAge + time.Hour)
		want(t, b.get("/desk"), 303, "/login")
		want(t, b.post("/login", "login", "clerk", "password", other), 303, "/desk")
		want(t, b.get("/desk"), 303, "/me/password")
	})
}

// TestEveryFormHasItsKey: no two forms of a page share one.
func TestEveryFormHasItsKey(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "clerk", 1)
		server := door(t, s, c)
		b := visit(t, server).logIn("clerk")
		for range 3 {
			visit(t, server).logIn("clerk")
		}
		keys := regexp.MustCompile(`name="_key" value="([^"]+)"`).FindAllStringSubmatch(b.get("/me/security").Body.String(), -1)
		seen := map[string]bool{}
		for _, k := range keys {
			seen[k[1]] = true
		}
		if len(keys) != 4 || len(seen) != 4 {
			t.Errorf("%d forms with %d keys", len(keys), len(seen))
		}
	})
}
