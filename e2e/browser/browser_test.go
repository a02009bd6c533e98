package browser

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// form is a page of a small site with one fault for each thing that a tab must notice.
const form = `<!DOCTYPE html><html lang="zh-CN"><head><title>试页</title><meta name="viewport" content="width=device-width"></head><body><main><h1>试页</h1>
<form method="post" action="/said" enctype="multipart/form-data"><p><label for="n">姓名 <span aria-hidden="true">*</span></label><input id="n" name="name"></p>
<p><label for="d">日期</label><input id="d" type="date" name="date"></p>
<p><label for="s">支部</label><select id="s" name="branch"><option value="">请选择</option><option value="1">第一支部</option></select></p>
<p><label><input type="checkbox" name="ok" value="1"> <span>同意</span></label></p>
<p><label for="f">文件</label><input id="f" type="file" name="file"></p>
<button>提交</button></form><p><a href="/wide">宽页</a> <a href="/strict">严页</a> <a href="/pale">淡页</a></p><noscript>没有脚本</noscript></main></body></html>`

func site(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, form) })
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("POST /said", func(w http.ResponseWriter, r *http.Request) {
		file, head, err := r.FormFile("file")
		if err != nil {
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprintf(w, "<html><body>%v</body></html>", err)
			return
		}
		defer file.Close()
		fmt.Fprintf(w, `<html lang="zh-CN"><body>收到 %s %s %s %s %s</body></html>`, r.FormValue("name"), r.FormValue("date"), r.FormValue("branch"), r.FormValue("ok"), head.Filename)
	})
	mux.HandleFunc("GET /wide", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<html><meta name="viewport" content="width=device-width"><body><div style="width:2000px">宽</div></body></html>`)
	})
	mux.HandleFunc("GET /strict", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		io.WriteString(w, `<html><body>严<script>1</script></body></html>`)
	})
	mux.HandleFunc("GET /pale", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<!DOCTYPE html><html lang="zh"><head><title>淡</title></head><body><main><p style="color:#ddd;background:#fff">淡淡的字</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main></body></html>`)
	})
	mux.HandleFunc("GET /covered", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<html><body><a href="/">盖住的</a><div style="position:fixed;inset:0">盖</div></body></html>`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func start(t *testing.T) *Browser {
	t.Helper()
	path := Find()
	switch {
	case path == "" && Required():
		t.Fatal("no Chromium in PATH, and CUNJU_REQUIRE_BROWSER=1")
	case path == "":
		t.Skip("no Chromium in PATH")
	}
	b, err := Start(path, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// jury is a judge that remembers what it was told.
type jury struct {
	name  string
	said  []string
	after []func()
}

func (j *jury) Helper()                        {}
func (j *jury) Name() string                   { return j.name }
func (j *jury) Logf(string, ...any)            {}
func (j *jury) Errorf(format string, a ...any) { j.said = append(j.said, fmt.Sprintf(format, a...)) }
func (j *jury) Cleanup(f func())               { j.after = append(j.after, f) }
func (j *jury) Fatalf(format string, a ...any) {
	j.Errorf(format, a...)
	runtime.Goexit()
}

// judged runs a visit and answers all that the judge was told.
func judged(t *testing.T, visit func(j *jury)) string {
	j := &jury{name: t.Name()}
	done := make(chan bool)
	go func() { defer close(done); visit(j) }()
	<-done
	for _, f := range j.after {
		f()
	}
	return strings.Join(j.said, "\n")
}

func TestTab(t *testing.T) {
	b, s := start(t), site(t)
	file := filepath.Join(t.TempDir(), "名册.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]Options{"with scripts": DeskSize, "without scripts": {NoScript: true}, "phone": PhoneSize} {
		t.Run(name, func(t *testing.T) {
			tab := b.Open(t, s.URL, o)
			if status := tab.Go("/"); status != http.StatusOK {
				t.Fatal(status)
			}
			if o.NoScript {
				tab.See("没有脚本")
			} else {
				tab.NotSee("没有脚本")
			}
			tab.Fill("姓名", "王五")
			tab.Fill("日期", "2026-11-20")
			tab.Choose("支部", "第一支部")
			tab.Check("同意")
			tab.Upload("文件", file)
			tab.Click("提交")
			tab.See("收到 王五 2026-11-20 1 1 名册.txt")
			if tab.Path() != "/said" || tab.Status() != http.StatusOK {
				t.Error(tab.Path(), tab.Status())
			}
			if tab.Go("/nowhere") != http.StatusNotFound {
				t.Error(tab.Status())
			}
		})
	}
}

func TestFaultsAreNoticed(t *testing.T) {
	b, s := start(t), site(t)
	axe, err := LoadAxe("../../internal/web/asset/node_modules/axe-core/axe.min.js")
	if err != nil && Required() {
		t.Fatal(err)
	}
	tab := b.Open(t, s.URL, PhoneSize)
	tab.Go("/")
	if got := tab.TooWide(); got != "" {
		t.Errorf("a narrow page: %s", got)
	}
	if got := strings.Join(tab.Links(), " "); got != "/wide /strict /pale" {
		t.Error(got)
	}
	tab.Click("宽页")
	if got := tab.TooWide(); !strings.Contains(got, "2000") {
		t.Errorf("a wide page: %q", got)
	}
	if tab.Received() < 60 {
		t.Error(tab.Received())
	}
	if err == nil {
		tab.Go("/pale")
		if got := strings.Join(tab.Faults(axe), "\n"); !strings.Contains(got, "color-contrast") || !strings.Contains(got, "image-alt") {
			t.Errorf("a pale page: %s", got)
		}
	}
	for _, c := range []struct {
		want  string
		visit func(tab *Tab)
	}{
		{"Content Security Policy", func(tab *Tab) { tab.Go("/strict") }},
		{"is covered by", func(tab *Tab) { tab.Go("/covered"); tab.Click("盖住的") }},
		{"does not say “没有的话”", func(tab *Tab) { tab.Go("/"); tab.See("没有的话") }},
		{"says “试页”", func(tab *Tab) { tab.Go("/"); tab.NotSee("试页") }},
		{"no click “没有的按钮”", func(tab *Tab) { tab.Go("/"); tab.Click("没有的按钮") }},
		{"offers no “第二支部”", func(tab *Tab) { tab.Go("/"); tab.Choose("支部", "第二支部") }},
	} {
		if got := judged(t, func(j *jury) { c.visit(b.Open(j, s.URL, DeskSize)) }); !strings.Contains(got, c.want) {
			t.Errorf("want %s, got %q", c.want, got)
		}
	}
}
