package browser

import (
	"fmt"
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

// ReloadUntil loads the page again until it says the words, as a person does who was told to come back.
func (t *Tab) ReloadUntil(words string, limit time.Duration) {
	t.judge.Helper()
	for end := time.Now().Add(limit); !strings.Contains(t.Text(), words); time.Sleep(150 * time.Millisecond) {
		if time.Now().After(end) {
			t.fail("the page did not say “%s” within %v; it says: %s", words, limit, excerpt(t.Text()))
		}
		t.Reload()
	}
}

// Row is all that stands in the first table row with a cell of exactly these words, or "".
func (t *Tab) Row(cell string) string {
	t.judge.Helper()
	return evaluate[string](t, fmt.Sprintf(`(() => {
		const td = [...document.querySelectorAll("td, th[scope=row]")].find((c) => c.innerText.trim() === %s);
		return td ? td.closest("tr").innerText.replace(/\s+/g, " ") : "";
	})()`, quote(cell)))
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

// TextSize is the size of the first such element's letters in CSS pixels.
func (t *Tab) TextSize(css string) float64 {
	t.judge.Helper()
	return evaluate[float64](t, fmt.Sprintf(`parseFloat(getComputedStyle(document.querySelector(%s)).fontSize)`, quote(css)))
}

// Received is the number of bytes the last page and all it needs took on the line, compressed as sent.
func (t *Tab) Received() int { return t.watch.received() }
