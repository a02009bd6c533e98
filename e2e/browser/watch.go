package browser

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// watch follows what a tab loads and complains about.
type watch struct {
	base string

	mu         sync.Mutex
	open       map[network.RequestID]bool
	navigating bool
	since      time.Time // of the last change of the two above
	code       int       // status of the document
	document   string    // its address
	bytes      float64   // received since the last fresh start
	bad        []string
}

func newWatch(base string) *watch {
	return &watch{base: base, open: map[network.RequestID]bool{}}
}

// event takes what the browser tells. It runs on the browser's reading loop and must not wait.
func (w *watch) event(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch ev := ev.(type) {
	case *page.EventFrameRequestedNavigation:
		w.change(func() { w.navigating = true })
	case *page.EventFrameStartedNavigating:
		if !strings.HasSuffix(string(ev.NavigationType), "ameDocument") || strings.HasPrefix(string(ev.NavigationType), "different") {
			w.change(func() { w.navigating = true })
		}
	case *page.EventLoadEventFired, *page.EventFrameStoppedLoading:
		w.change(func() { w.navigating = false })
	case *network.EventRequestWillBeSent:
		w.change(func() { w.open[ev.RequestID] = true })
		if u := ev.Request.URL; !strings.HasPrefix(u, w.base) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			w.bad = append(w.bad, "the page asks another host: "+u)
		}
	case *network.EventResponseReceived:
		if ev.Type == network.ResourceTypeDocument {
			w.code, w.document = int(ev.Response.Status), ev.Response.URL
		}
	case *network.EventLoadingFinished:
		w.bytes += ev.EncodedDataLength
		w.change(func() { delete(w.open, ev.RequestID) })
	case *network.EventLoadingFailed:
		w.change(func() {
			delete(w.open, ev.RequestID)
			if ev.Type == network.ResourceTypeDocument {
				w.navigating = false
			}
		})
	case *runtime.EventExceptionThrown:
		d := ev.ExceptionDetails
		text := d.Text
		if d.Exception != nil {
			text += " " + d.Exception.Description
		}
		w.bad = append(w.bad, "exception in "+w.document+": "+text)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			var parts []string
			for _, a := range ev.Args {
				parts = append(parts, string(a.Value)+a.Description)
			}
			w.bad = append(w.bad, "console error in "+w.document+": "+strings.Join(parts, " "))
		}
	case *log.EventEntryAdded:
		w.entry(ev.Entry)
	}
}

// entry judges a line of the browser's own log. That a page itself answers 403, 404 or 422 is said by its status.
func (w *watch) entry(e *log.Entry) {
	if e.Level != log.EntryLevelError && e.Source != log.EntrySourceSecurity {
		return
	}
	if e.Source == log.EntrySourceNetwork && (e.URL == w.document || strings.Contains(e.Text, "status of 4")) && !strings.Contains(e.URL, "/assets/") {
		return
	}
	w.bad = append(w.bad, fmt.Sprintf("%s error in %s: %s %s", e.Source, w.document, e.Text, e.URL))
}

func (w *watch) change(f func()) {
	f()
	w.since = time.Now()
}

// fresh starts counting anew.
func (w *watch) fresh() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes, w.code = 0, 0
	w.open, w.navigating = map[network.RequestID]bool{}, false
}

// quiet is how long nothing may have happened for a page to be at rest: longer than between a click and its request.
const quiet = 60 * time.Millisecond

// resting tells whether nothing is under way.
func (w *watch) resting() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.navigating && len(w.open) == 0 && time.Since(w.since) > quiet
}

func (w *watch) status() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.code
}

// received is the number of bytes that came over the line since the last fresh start.
func (w *watch) received() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return int(w.bytes)
}

// troubles are the complaints so far, each once.
func (w *watch) troubles() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	slices.Sort(w.bad)
	return slices.Compact(slices.Clone(w.bad))
}

// settle waits until the page is at rest.
func (t *Tab) settle() {
	t.judge.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if t.watch.resting() && evaluate[string](t, `document.readyState`) == "complete" && t.watch.resting() {
			return
		}
	}
	t.fail("the page did not come to rest within %v", patience)
}
