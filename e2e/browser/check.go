package browser

import (
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Axe is the text of axe-core (https://github.com/dequelabs/axe-core), which judges pages by WCAG 2.
type Axe string

// LoadAxe reads axe-core where npm has put it.
func LoadAxe(path string) (Axe, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("axe-core is missing (make assets brings it): %w", err)
	}
	return Axe(b), nil
}

// violation is one rule that a page breaks.
type violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// Faults answers the serious and critical violations on the page, one line each. The page must run scripts.
func (t *Tab) Faults(axe Axe) []string {
	t.judge.Helper()
	if !evaluate[bool](t, `typeof window.axe === "object"`) {
		evaluate[chromedp.Void](t, string(axe))
	}
	list, err := within(t, patience, chromedp.Evaluate[[]violation](`axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations
		.filter((v) => v.impact === "serious" || v.impact === "critical")
		.map((v) => ({id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.failureSummary || "").replace(/\s+/g, " ").slice(0, 160))})))`,
		func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	t.must("check accessibility", err)
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprintf("%s (%s): %s\n\t\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n\t\t")))
	}
	return out
}

// Picture is the window as PNG.
func (t *Tab) Picture() []byte {
	t.judge.Helper()
	png, err := within(t, patience, chromedp.CaptureScreenshot())
	t.must("take a picture", err)
	return png
}

// WholePicture is the page from top to bottom as PNG.
func (t *Tab) WholePicture() []byte {
	t.judge.Helper()
	png, err := within(t, patience, chromedp.FullScreenshot(100))
	t.must("take a picture", err)
	return png
}

// PDF is the page as it prints, on the paper that its own style names.
func (t *Tab) PDF() []byte {
	t.judge.Helper()
	pdf, err := within(t, patience, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	t.must("print", err)
	return pdf
}
