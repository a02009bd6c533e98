package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Judge is told what went wrong; testing.TB is one.
type Judge interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Options say what kind of visitor a tab is.
type Options struct {
	// Width and Height are the window in CSS pixels; 1440 × 900 when 0.
	Width, Height int64
	// Phone makes a touch screen with a pixel ratio of 2.
	Phone bool
	// NoScript switches JavaScript off.
	NoScript bool
	// NoCache loads everything anew on each page, as on a first visit.
	NoCache bool
}

// DeskSize and PhoneSize are the two windows at which pages are looked at.
var (
	DeskSize  = Options{Width: 1440, Height: 900}
	PhoneSize = Options{Width: 390, Height: 844, Phone: true}
)

// patience is the longest wait for any single thing.
const patience = 20 * time.Second

// Tab is one visitor. All its methods end the test when they cannot do what they say.
type Tab struct {
	judge  Judge
	ctx    context.Context
	base   string
	script bool
	watch  *watch
}

// Open opens a tab with a fresh profile; paths given to it are below base. It is closed, and judged, when the test ends.
func (b *Browser) Open(j Judge, base string, o Options) *Tab {
	j.Helper()
	if o.Width == 0 {
		o.Width, o.Height = DeskSize.Width, DeskSize.Height
	}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t := &Tab{judge: j, ctx: ctx, base: base, script: !o.NoScript, watch: newWatch(base)}
	j.Cleanup(func() {
		for _, p := range t.watch.troubles() {
			j.Errorf("%s", p)
		}
		cancel()
	})
	if err := chromedp.Listen(ctx, t.watch.event); err != nil {
		j.Fatalf("open a tab: %v", err)
	}
	t.Resize(o)
	_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Shanghai"})
	t.must("set the time zone", err)
	if o.NoScript {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		t.must("switch scripts off", err)
	}
	if o.NoCache {
		_, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		t.must("switch the cache off", err)
	}
	return t
}

// Resize makes the window of another size, as when a phone is turned; only the sizes of o count.
func (t *Tab) Resize(o Options) {
	t.judge.Helper()
	var view []chromedp.EmulateViewportOption
	if o.Phone {
		view = append(view, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	_, err := within(t, patience, chromedp.EmulateViewport(o.Width, o.Height, view...))
	t.must("make the window another size", err)
}

// must ends the test, with a picture, when a step of the browser failed.
func (t *Tab) must(what string, err error) {
	t.judge.Helper()
	if err != nil {
		t.fail("%s: %v", what, err)
	}
}

// fail ends the test with a picture of the page and its address.
func (t *Tab) fail(format string, args ...any) {
	t.judge.Helper()
	where, _ := within(t, patience, chromedp.Location())
	t.judge.Fatalf("%s\n\tat %s\n\tpicture %s", fmt.Sprintf(format, args...), where, t.picture())
}

var unfit = regexp.MustCompile(`[^\w.-]+`)

// picture saves the whole page and answers where; failing that, why not.
func (t *Tab) picture() string {
	png, err := within(t, patience, chromedp.FullScreenshot(100))
	if err != nil {
		return err.Error()
	}
	dir := filepath.Join(os.TempDir(), "cunju-e2e")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err.Error()
	}
	name := filepath.Join(dir, unfit.ReplaceAllString(t.judge.Name(), "_")+".png")
	if err := os.WriteFile(name, png, 0o600); err != nil {
		return err.Error()
	}
	return name
}

// within runs one action with a limit of time.
func within[T any](t *Tab, limit time.Duration, a chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	return chromedp.Run(ctx, a)
}

// Go opens a path (or a whole address of the same site) and answers the status of the page.
func (t *Tab) Go(path string) int {
	t.judge.Helper()
	target := path
	if strings.HasPrefix(path, "/") {
		target = t.base + path
	}
	t.watch.fresh()
	_, err := within(t, patience, chromedp.Navigate(target))
	var load *chromedp.LoadError
	if errors.As(err, &load) && load.ErrorText == "net::ERR_ABORTED" {
		t.fail("%s is a file to download, not a page", path)
	}
	t.must("open "+path, err)
	t.settle()
	return t.watch.status()
}

// Status is the HTTP status of the page that is shown.
func (t *Tab) Status() int { return t.watch.status() }

// Path is the address of the page without the site, with its query.
func (t *Tab) Path() string {
	t.judge.Helper()
	where, err := within(t, patience, chromedp.Location())
	t.must("read the address", err)
	u, err := url.Parse(where)
	t.must("read the address", err)
	return u.RequestURI()
}

// Reload loads the page again.
func (t *Tab) Reload() {
	t.judge.Helper()
	_, err := within(t, patience, chromedp.Reload())
	t.must("reload", err)
	t.settle()
}

// evaluate runs an expression in the page that looks or marks and starts nothing. It works with scripts switched off too: what is
// switched off is the page's own. Where the page gives way to the next one meanwhile, it looks at that one.
func evaluate[T any](t *Tab, expression string) T {
	t.judge.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		v, err := within(t, patience, chromedp.EvaluateAsDevTools[T](expression))
		if err != nil && strings.Contains(err.Error(), "navigated or closed") && time.Now().Before(end) {
			continue
		}
		t.must("look at the page", err)
		return v
	}
}

// Cookies are what the site has stored in this profile.
func (t *Tab) Cookies() []*network.Cookie {
	t.judge.Helper()
	res, err := within(t, patience, func(ctx context.Context, target *chromedp.Target) (network.GetCookiesResult, error) {
		return cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{URLs: []string{t.base}})
	})
	t.must("read the cookies", err)
	return res.Cookies
}

// SetCookie stores a cookie of the site, such as a session that was begun elsewhere.
func (t *Tab) SetCookie(name, value string) {
	t.judge.Helper()
	_, err := within(t, patience, func(ctx context.Context, target *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: t.base})
	})
	t.must("store a cookie", err)
}
