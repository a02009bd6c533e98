package browser

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Text is all that can be read on the page, each run of blanks as one space.
func (t *Tab) Text() string {
	t.judge.Helper()
	return strings.Join(strings.Fields(evaluate[string](t, `document.body ? document.body.innerText : ""`)), " ")
}

// Source is the page as HTML, with what scripts made of it.
func (t *Tab) Source() string {
	t.judge.Helper()
	return evaluate[string](t, `document.documentElement.outerHTML`)
}

// excerpt is enough of a page to know what happened.
func excerpt(text string) string {
	if r := []rune(text); len(r) > 600 {
		return string(r[:600]) + "…"
	}
	return text
}

// See ends the test unless all these words can be read on the page.
func (t *Tab) See(words ...string) {
	t.judge.Helper()
	text := t.Text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.fail("the page does not say “%s”; it says: %s", w, excerpt(text))
		}
	}
}

// NotSee ends the test if any of these words can be read on the page.
func (t *Tab) NotSee(words ...string) {
	t.judge.Helper()
	text := t.Text()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.fail("the page says “%s”", w)
		}
	}
}

// WaitFor waits until the page says the words, as a person waits for a progress bar; a page without scripts that does not
// renew itself is loaded again.
func (t *Tab) WaitFor(words string, limit time.Duration) {
	t.judge.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(150 * time.Millisecond) {
		if text, err := within(t, patience, chromedp.EvaluateAsDevTools[string](`document.body ? document.body.innerText : ""`)); err == nil && strings.Contains(text, words) {
			t.settle()
			return
		}
		if time.Now().After(end) {
			t.fail("the page did not say “%s” within %v; it says: %s", words, limit, excerpt(t.Text()))
		}
		if !t.script && t.watch.resting() {
			t.Reload()
		}
	}
}

// Links are the addresses of this site that the page leads to by links and by forms that only read, without fragments.
func (t *Tab) Links() []string {
	t.judge.Helper()
	return evaluate[[]string](t, `[...new Set([
		...[...document.querySelectorAll("a[href]")].map((a) => a.href),
		...[...document.querySelectorAll("form[method=get]")].map((f) => f.action),
	].filter((u) => u.startsWith(location.origin)).map((u) => u.slice(location.origin.length).split("#")[0] || "/"))]`)
}

// TooWide answers what reaches beyond the right edge of the window; "" when the page needs no scrolling sideways.
func (t *Tab) TooWide() string {
	t.judge.Helper()
	return evaluate[string](t, `(() => {
		const d = document.documentElement;
		if (d.scrollWidth <= innerWidth) return "";
		const far = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5);
		return d.scrollWidth + " > " + innerWidth + ": " + far.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" … ");
	})()`)
}

// Received is the number of bytes the last page and all it needs took on the line, compressed as sent.
func (t *Tab) Received() int { return t.watch.received() }

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
	if strings.HasPrefix(address, "/") {
		address = t.base + address
	}
	req, err := http.NewRequestWithContext(t.ctx, http.MethodGet, address, nil)
	t.must("fetch", err)
	for _, c := range t.Cookies() {
		req.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	res, err := http.DefaultClient.Do(req)
	t.must("fetch "+address, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	t.must(fmt.Sprintf("fetch %s", address), err)
	return File{Status: res.StatusCode, Name: res.Header.Get("Content-Disposition"), Type: res.Header.Get("Content-Type"), Body: body}
}
