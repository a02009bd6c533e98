package browser

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// request asks the site with the visitor's cookies, beside the page that is shown.
func (t *Tab) request(method, address, body string) (*http.Response, []byte) {
	t.judge.Helper()
	if strings.HasPrefix(address, "/") {
		address = t.base + address
	}
	req, err := http.NewRequestWithContext(t.ctx, method, address, strings.NewReader(body))
	t.must("ask "+address, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range t.Cookies() {
		req.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	t.must("ask "+address, err)
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	t.must("read "+address, err)
	return res, all
}

// File is what a link downloads.
type File struct {
	Status int
	Name   string // the whole Content-Disposition
	Type   string
	Body   []byte
}

// Fetch gets an address of the site with the visitor's cookies, for what a browser would save to disk.
func (t *Tab) Fetch(address string) File {
	t.judge.Helper()
	res, body := t.request(http.MethodGet, address, "")
	return File{Status: res.StatusCode, Name: res.Header.Get("Content-Disposition"), Type: res.Header.Get("Content-Type"), Body: body}
}

// keyField is the hidden field that tells one filling of a form from another.
const keyField = "_key"

// Post sends a form to a path of the site under a key of its own and answers the status: what a page does not offer, somebody
// may still try.
func (t *Tab) Post(path string, fields map[string]string) int {
	t.judge.Helper()
	form := url.Values{}
	for k, v := range fields {
		form.Set(k, v)
	}
	key := make([]byte, 16)
	rand.Read(key)
	form.Set(keyField, base64.RawURLEncoding.EncodeToString(key))
	res, _ := t.request(http.MethodPost, path, form.Encode())
	return res.StatusCode
}

// SubmitTwice sends the form around the button with these words twice at the same moment, as an impatient finger does, and
// answers where the two led.
func (t *Tab) SubmitTwice(button string) (first, second string) {
	t.judge.Helper()
	found := t.the("click", button, "", 0)
	form := evaluate[struct{ Action, Body string }](t, fmt.Sprintf(`(() => {
		const f = document.querySelector(%s).form;
		return {Action: new URL(f.action).pathname, Body: new URLSearchParams(new FormData(f)).toString()};
	})()`, quote(found.CSS)))
	both := make(chan string, 2)
	for range 2 {
		go func() {
			to := "failed"
			defer func() { both <- to }()
			res, _ := t.request(http.MethodPost, form.Action, form.Body)
			to = fmt.Sprintf("%d %s", res.StatusCode, res.Header.Get("Location"))
		}()
	}
	return <-both, <-both
}
