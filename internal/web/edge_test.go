package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"cunju/internal/web"
)

// TestEveryAnswerIsSafe asks for one answer of every kind, errors and files
// included, and looks for the headers none may lack.
func TestEveryAnswerIsSafe(t *testing.T) {
	h := newHouse(t, nil)
	me := h.logIn("zhang")
	answers := map[string]*httptest.ResponseRecorder{
		"200":      h.get("/"),
		"303":      h.get("/me"),
		"304":      h.get("/tile", header("If-None-Match", h.get("/tile").Header().Get("ETag"))),
		"400":      h.send("POST", "/form", "name=a"),
		"401":      h.send("POST", "/desk/act", form()),
		"403":      h.get("/desk", me),
		"404":      h.get("/no/such/page"),
		"409":      h.get("/people/7"),
		"413":      h.send("POST", "/form", form("name", strings.Repeat("a", 300<<10))),
		"422":      h.send("POST", "/form", form("name", "")),
		"500":      h.get("/panic"),
		"fault":    h.get("/fault"),
		"nothing":  h.get("/nothing"),
		"foreign":  h.send("POST", "/form", form("name", "a"), header("Origin", "https://evil.example")),
		"file":     h.get("/file"),
		"asset":    h.get("/assets/app-1a2b.css"),
		"no asset": h.get("/assets/app-secret.css"),
		"plain":    h.get("/log/" + town + "/checkpoint"),
		"healthz":  h.get("/healthz"),
		"metrics":  h.get("/metrics"),
		"method":   h.send("PUT", "/", ""),
		"mine":     h.get("/me", me),
	}
	for name, w := range answers {
		if len(name) == 3 {
			if got := http.StatusText(w.Code); strings.TrimSpace(name) != strings.Fields(w.Result().Status)[0] {
				t.Errorf("%s: got %d %s", name, w.Code, got)
			}
		}
		hd := w.Header()
		for k, want := range map[string]string{
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"X-Frame-Options":            "DENY",
		} {
			if hd.Get(k) != want {
				t.Errorf("%s: %s is %q", name, k, hd.Get(k))
			}
		}
		csp := hd.Get("Content-Security-Policy")
		wantIn(t, csp, "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
			"frame-ancestors 'none'", "base-uri 'none'")
		wantNot(t, csp, "unsafe", "*")
		if hd.Get("Permissions-Policy") == "" || hd.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", name, hd)
		}
	}
	if cc := answers["mine"].Header().Get("Cache-Control"); cc != "no-store" {
		t.Errorf("a person's page may be kept: %q", cc)
	}
}

func TestFaultsShowNoInside(t *testing.T) {
	h := newHouse(t, nil)
	for _, path := range []string{"/panic", "/fault"} {
		w := h.get(path)
		if w.Code != 500 {
			t.Errorf("%s answered %d", path, w.Code)
		}
		wantIn(t, w.Body.String(), "系统出了故障", "只记一半", w.Header().Get("X-Request-Id"))
		wantNot(t, w.Body.String(), "secret fault", "13800000000", "goroutine")
	}
	wantIn(t, h.logged.String(), "secret fault", "level=ERROR")
}

func TestErrorsHaveThreeSentences(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 409, 413, 422, 429, 500, 503} {
		e := web.Fail(status, "")
		if e.Status != status || e.What == "" || e.Kept == "" || e.Do == "" {
			t.Errorf("%d: %+v", status, e)
		}
	}
	if e := web.Fail(418, "x"); e.Status != 500 {
		t.Errorf("an unknown status became %d", e.Status)
	}
}

func TestLogNamesPatternsOnly(t *testing.T) {
	h := newHouse(t, nil)
	h.get("/people/3210020031?name=%E5%BC%A0%E4%B8%89")
	h.get("/no/such/13912345678")
	h.send("DIANHUA", "/", "")
	wantIn(t, h.logged.String(), `route="GET /people/{id}"`, "route=unknown", "method=OTHER")
	wantNot(t, h.logged.String(), "3210020031", "%E5", "张三", "13912345678", "DIANHUA", "127.0.0.1")
	m := h.get("/metrics").Body.String()
	wantIn(t, m, `route="GET /people/{id}"`)
	wantNot(t, m, "3210020031", "13912345678", "DIANHUA")
}

func TestFaces(t *testing.T) {
	h := newHouse(t, nil)
	if w := h.get("/desk?a=1"); w.Code != 303 || w.Header().Get("Location") != "/login?back=%2Fdesk%3Fa%3D1" {
		t.Errorf("a stranger at the desk: %d %s", w.Code, w.Header().Get("Location"))
	}
	villager, clerk := h.logIn("zhang"), h.logIn("clerk")
	for _, c := range []struct {
		path string
		who  func(*http.Request)
		want int
	}{{"/me", villager, 200}, {"/desk", villager, 403}, {"/me", clerk, 200}, {"/desk", clerk, 200}} {
		if w := h.get(c.path, c.who); w.Code != c.want {
			t.Errorf("%s answered %d, want %d", c.path, w.Code, c.want)
		}
	}
}

func TestSiteMapRefusesWrongFaces(t *testing.T) {
	h := newHouse(t, nil)
	page := func(*web.Request) (web.Response, error) { return web.Response{}, nil }
	for name, add := range map[string]func(){
		"desk page on the public face": func() { h.Router.Public.Get("/desk/x", page) },
		"mine page on the desk":        func() { h.Router.Desk.Get("/me/x", page) },
		"public page on mine":          func() { h.Router.Mine.Get("/melon", page) },
		"no slash":                     func() { h.Router.Public.Get("x", page) },
		"plain handler on the desk":    func() { h.Router.Desk.Handle("/desk/x", http.NotFoundHandler()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was accepted", name)
				}
			}()
			add()
		}()
	}
	if len(h.Router.Routes()) < 10 {
		t.Error("the site map is not complete")
	}
}

func TestHTMX(t *testing.T) {
	h := newHouse(t, nil)
	hx := header("HX-Request", "true")
	if got := h.get("/part", hx).Body.String(); got != "一段" {
		t.Errorf("htmx got %q", got)
	}
	for _, other := range []string{"HX-Boosted", "HX-History-Restore-Request"} {
		if got := h.get("/part", hx, header(other, "true")).Body.String(); got != "整页" {
			t.Errorf("%s got %q", other, got)
		}
	}
	if w := h.get("/", hx); w.Header().Get("HX-Retarget") != "body" {
		t.Error("a whole page would land in a part of another")
	}
	if w := h.send("POST", "/form", form("name", "王五"), hx); w.Code != 200 || w.Header().Get("HX-Redirect") != "/flash" {
		t.Errorf("redirect under htmx: %d %v", w.Code, w.Header())
	}
	wantNot(t, h.get("/fault", hx).Body.String(), "<html")
}

func TestForeignPostsAreRefused(t *testing.T) {
	h := newHouse(t, nil)
	for _, bad := range []func(*http.Request){
		header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site"), header("Origin", "null"),
	} {
		w := h.send("POST", "/form", form("name", "王五"), bad)
		if w.Code != 403 {
			t.Errorf("answered %d", w.Code)
		}
		wantIn(t, w.Body.String(), "别的网站")
	}
	if w := h.send("POST", "/form", form("name", "王五"), header("Origin", "http://example.com")); w.Code != 303 {
		t.Errorf("our own post answered %d", w.Code)
	}
}

func TestCompressionAndTags(t *testing.T) {
	h := newHouse(t, nil)
	gz := header("Accept-Encoding", "br, gzip")
	for _, path := range []string{"/long", "/assets/app-1a2b.css"} {
		w := h.get(path, gz)
		if w.Header().Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s is not compressed", path)
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil || string(b) != h.get(path).Body.String() {
			t.Errorf("%s differs when compressed: %v", path, err)
		}
		if h.get(path, header("Accept-Encoding", "gzip;q=0")).Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: gzip though refused", path)
		}
	}
	plain, packed := h.get("/assets/app-1a2b.css"), h.get("/assets/app-1a2b.css", gz)
	if plain.Header().Get("ETag") == packed.Header().Get("ETag") {
		t.Error("two encodings under one tag")
	}
	wantIn(t, plain.Header().Get("Cache-Control"), "immutable")
	if w := h.get("/assets/app-1a2b.css", header("If-None-Match", plain.Header().Get("ETag"))); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("known asset: %d", w.Code)
	}
	if w := h.send("HEAD", "/long", ""); w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d bytes, %v", w.Body.Len(), w.Header())
	}
}

func TestFiles(t *testing.T) {
	h := newHouse(t, nil)
	w := h.get("/file")
	wantIn(t, w.Header().Get("Content-Disposition"), "attachment", "utf-8''%E8%8A%B1")
	if w.Body.String() != "abcd" || w.Header().Get("Content-Length") != "4" {
		t.Errorf("%q %v", w.Body, w.Header())
	}
	if w := h.get("/template"); !strings.Contains(w.Header().Get("Content-Disposition"), "filename=a.csv") {
		t.Errorf("%v", w.Header())
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("half a file went out as a whole one")
		}
		wantIn(t, h.logged.String(), "disk read failed")
	}()
	h.get("/short")
}

func TestUnbuiltAssetsSayWhatToRun(t *testing.T) {
	h := newHouse(t, func(c *web.Config) { c.Assets = emptyFS{} })
	wantIn(t, h.get("/flash").Body.String(), "make assets")
}

func TestSizeOfLetters(t *testing.T) {
	h := newHouse(t, nil)
	w := h.get("/size?to=large&back=/people/1%3Fa=b")
	if w.Code != 303 || w.Header().Get("Location") != "/people/1?a=b" {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
	}
	c := w.Result().Cookies()[0]
	if c.Value != "large" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", c)
	}
	page := h.get("/flash", cookies(w)).Body.String()
	wantIn(t, page, `face-plain big`)
	if w := h.get("/size?to=huge"); w.Code != 400 {
		t.Errorf("unknown size: %d", w.Code)
	}
	if w := h.get("/size?to=large&back=//evil.example"); w.Header().Get("Location") != "/" {
		t.Errorf("led away to %s", w.Header().Get("Location"))
	}
	if w := h.get("/away"); w.Header().Get("Location") != "/" {
		t.Errorf("a page led away to %s", w.Header().Get("Location"))
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	h := newHouse(t, nil)
	who := cookies(h.send("POST", "/form", form("name", "王五")))
	wantIn(t, h.get("/flash", who).Body.String(), "已经记录")
	wantNot(t, h.get("/flash", who).Body.String(), "已经记录")
}

func TestMetricsStayInside(t *testing.T) {
	h := newHouse(t, nil)
	outside := func(r *http.Request) { r.RemoteAddr = "192.0.2.7:1" }
	if w := h.get("/metrics", outside); w.Code != 404 {
		t.Errorf("outside got %d", w.Code)
	}
	if w := h.get("/metrics", header("X-Forwarded-For", "127.0.0.1")); w.Code != 404 {
		t.Errorf("an unknown proxy got %d", w.Code)
	}
	if w := h.get("/metrics"); w.Code != 200 {
		t.Errorf("inside got %d", w.Code)
	}
}

func TestHealth(t *testing.T) {
	h := newHouse(t, nil)
	if w := h.get("/healthz"); w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"status":"ok","position":42}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	if w := h.get("/healthz"); w.Code != 503 {
		t.Errorf("without a database: %d", w.Code)
	}
	// A visitor with a session meets words, one without still reads what needs none.
	if w := h.get("/me", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "cunju", Value: "x"}) }); w.Code != 503 {
		t.Errorf("a session without a database: %d", w.Code)
	}
	if w := h.get("/"); w.Code != 200 {
		t.Errorf("a page without a session: %d", w.Code)
	}
}

func TestProxies(t *testing.T) {
	h := newHouse(t, func(c *web.Config) {
		c.Settings.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	secure := func(change ...func(*http.Request)) bool {
		w := h.get("/size?to=large", change...)
		return w.Result().Cookies()[0].Secure
	}
	https := header("X-Forwarded-Proto", "https")
	if !secure(https) {
		t.Error("our proxy's word on https was not heard")
	}
	if secure(https, func(r *http.Request) { r.RemoteAddr = "192.0.2.7:1" }) {
		t.Error("a stranger's word on https was believed")
	}
}
