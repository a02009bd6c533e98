package browser

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is one running Chromium.
type Browser struct {
	ctx    context.Context
	cancel func()
}

// Start starts the browser at path with a folder of its own below dir, which Close leaves to the caller.
func Start(path, dir string) (*Browser, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("user-data-dir", dir),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),                              // the pages are on this machine
		chromedp.Env("LANGUAGE=zh_CN:zh", "LANG=C.UTF-8", "LC_ALL=C.UTF-8"), // dates and file fields speak it; names of files are UTF-8
		chromedp.Flag("hide-scrollbars", true),
	)
	if os.Geteuid() == 0 { // the sandbox refuses to run as root
		options = append(options, chromedp.NoSandbox)
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	b := &Browser{ctx: ctx, cancel: func() { cancel(); cancelAlloc() }}
	if err := chromedp.Do(ctx); err != nil {
		b.cancel()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return b, nil
}

// stopWithin is how long a browser may take to end in order; then it is ended.
const stopWithin = 10 * time.Second

// Close ends the browser and all its tabs.
func (b *Browser) Close() error {
	ctx, cancel := context.WithTimeout(b.ctx, stopWithin)
	defer cancel()
	err := chromedp.Cancel(ctx)
	b.cancel()
	return err
}
