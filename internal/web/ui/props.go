package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Page is what every layout needs.
type Page struct {
	Title   string  // of the browser tab, without the product's name
	Assets  Assets  // see [NewAssets]
	Big     bool    // 大字: all text one quarter larger
	BigHref string  // address that switches 大字 and comes back; empty hides the switch
	Flash   []Flash // messages of the previous request, shown once
	Refresh int     // seconds after which the page loads itself again; 0 never
}

// Link is a labelled address. An empty Href is shown as plain text.
type Link struct {
	Text string
	Href string
	Icon string // optional icon name
}

// Param is a hidden name and value carried along by a form.
type Param struct{ Name, Value string }

// Tone colours a mark or message. It is never the only carrier of a meaning.
type Tone string

// The tones. Error is orange-brown, because red is the house colour.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Success Tone = "success"
	Warn    Tone = "warn"
	Error   Tone = "error"
	Accent  Tone = "accent"
)

func (t Tone) class(prefix string) string {
	if t == "" {
		t = Neutral
	}
	return prefix + string(t)
}

// Flash is a message about what was just done, or why it was not.
type Flash struct {
	Tone   Tone
	Text   string
	Detail string // optional second sentence: what was kept, what to do
	Link   Link   // optional way on
}

// Text is a component that prints s, escaped.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// withPage renders c with the page's assets known to every icon inside.
func withPage(p Page, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(WithAssets(ctx, p.Assets), w)
	})
}
