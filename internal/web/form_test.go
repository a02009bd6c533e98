package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

func TestFormKeepsWhatWasTyped(t *testing.T) {
	h := newHouse(t, nil)
	w := h.send("POST", "/form", form("name", "欧阳上官司马"))
	if w.Code != 422 {
		t.Fatalf("answered %d", w.Code)
	}
	if got := w.Body.String(); got != "欧阳上官司马|最多 5 个字，现在有 6 个字|"+key {
		t.Errorf("got %q", got)
	}
}

func TestBadForms(t *testing.T) {
	h := newHouse(t, nil)
	for name, c := range map[string]struct {
		body, kind string
		want       int
	}{
		"no key":        {"name=a", "application/x-www-form-urlencoded", 400},
		"short key":     {"_key=abc&name=a", "application/x-www-form-urlencoded", 400},
		"odd key":       {"_key=AAAAAAAAAAAAAAAAAAAA%2B%2B&name=a", "application/x-www-form-urlencoded", 400},
		"broken escape": {"_key=" + key + "&name=%zz", "application/x-www-form-urlencoded", 400},
		"json":          {`{"name":"a"}`, "application/json", 400},
		"no type":       {form("name", "a"), "", 400},
		"no boundary":   {"x", "multipart/form-data", 400},
		"cut multipart": {"--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nab", "multipart/form-data; boundary=b", 400},
		"broken text":   {"_key=" + key + "&name=%ff%fe", "application/x-www-form-urlencoded", 422},
		"NUL":           {"_key=" + key + "&name=a%00b", "application/x-www-form-urlencoded", 422},
		"blank":         {"_key=" + key + "&name=+%E3%80%80+", "application/x-www-form-urlencoded", 422},
		"too large":     {form("name", strings.Repeat("x", 1<<20)), "application/x-www-form-urlencoded", 413},
		"query key":     {"name=a", "application/x-www-form-urlencoded", 400},
	} {
		target := "/form"
		if name == "query key" {
			target += "?_key=" + key
		}
		w := h.send("POST", target, c.body, header("Content-Type", c.kind))
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", name, w.Code, c.want, w.Body)
		}
	}
}

func TestUploads(t *testing.T) {
	h := newHouse(t, nil)
	send := func(fileName, content string) (int, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		m.WriteField("_key", key)
		if fileName != "" {
			part, err := m.CreateFormFile("file", fileName)
			if err != nil {
				t.Fatal(err)
			}
			part.Write([]byte(content))
		}
		m.Close()
		w := h.send("POST", "/upload", b.String(), header("Content-Type", m.FormDataContentType()))
		return w.Code, w.Body.String()
	}
	for name, c := range map[string]struct {
		file, content string
		code          int
		want          string
	}{
		"good":      {`C:\表\花名册.CSV`, "甲,乙", 200, "花名册.CSV|text/plain; charset=utf-8|甲,乙"},
		"none":      {"", "", 422, "请选择文件"},
		"ending":    {"a.exe", "MZ", 422, "只接受"},
		"empty":     {"a.csv", "", 422, "文件是空的"},
		"too big":   {"a.csv", strings.Repeat("x", 101), 422, "文件最大 100 字节"},
		"past body": {"a.csv", strings.Repeat("x", 5000), 413, "太大"},
	} {
		code, body := send(c.file, c.content)
		if code != c.code || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
}

// Files with readable personal numbers must not lie on the disk, not even for the time of a request.
func TestUploadsStayInMemory(t *testing.T) {
	h := newHouse(t, func(c *web.Config) {
		c.Settings.UploadRoom, c.Settings.GuestRoom, c.Settings.SlotWait = 14<<20, 1<<20, time.Millisecond
	})
	t.Setenv("TMPDIR", "/dev/null/nowhere") // whoever makes a temporary file fails
	form := func(size int) (string, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		m.WriteField("_key", key)
		part, err := m.CreateFormFile("file", "a.csv")
		if err != nil {
			t.Fatal(err)
		}
		part.Write(bytes.Repeat([]byte("x"), size))
		m.Close()
		return b.String(), m.FormDataContentType()
	}
	h.Server.Router.Public.Post("/large", func(r *web.Request) (web.Response, error) {
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		up := f.File("file", "文件", web.Needed, 16<<20, ".csv")
		if up == nil {
			return web.Invalid(ui.Text(f.Err("file"))), nil
		}
		defer up.Close()
		return web.Render(ui.Text(fmt.Sprint(up.Size))), nil
	}, web.MaxBody(16<<20))
	clerk := h.logIn("clerk")
	for range 3 { // the room comes back
		body, kind := form(12 << 20)
		if w := h.send("POST", "/large", body, header("Content-Type", kind), clerk); w.Code != 200 || w.Body.String() != fmt.Sprint(12<<20) {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	body, kind := form(15 << 20)
	if w := h.send("POST", "/large", body, header("Content-Type", kind), clerk); w.Code != 503 || !strings.Contains(w.Body.String(), "没有收下") {
		t.Errorf("a file beyond the room: %d %s", w.Code, w.Body)
	}
	body, kind = form(2 << 20) // who is not logged in has another room, and a small one
	if w := h.send("POST", "/large", body, header("Content-Type", kind)); w.Code != 503 {
		t.Errorf("a guest's large file: %d", w.Code)
	}
	for range 3 {
		body, kind = form(1 << 19)
		if w := h.send("POST", "/large", body, header("Content-Type", kind)); w.Code != 200 {
			t.Errorf("a guest's small file: %d %s", w.Code, w.Body)
		}
	}
}

func TestPathNumbers(t *testing.T) {
	h := newHouse(t, nil)
	for _, bad := range []string{"-1", "01", "1e3", "x", "9223372036854775808", "+1", "%20" + "1"} {
		if w := h.get("/people/" + bad); w.Code != http.StatusNotFound {
			t.Errorf("%s answered %d", bad, w.Code)
		}
	}
	if w := h.get("/people/9223372036854775807"); w.Code != 200 {
		t.Errorf("the largest number answered %d", w.Code)
	}
}
