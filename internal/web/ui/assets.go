package ui

import "context"

// Assets are the addresses of the built files, by what they are for.
type Assets struct {
	CSS     string // styles of all faces
	JS      string // htmx and the page helper, one file
	Icons   string // SVG sprite; symbols are named after the icons
	SheetA4 string // page box of A4 print sheets
	SheetA3 string // page box of A3 print sheets
}

// NewAssets asks lookup for the address of each built file by its logical name
// (app.css, app.js, icons.svg, sheet-a4.css, sheet-a3.css).
func NewAssets(lookup func(name string) string) Assets {
	return Assets{
		CSS:     lookup("app.css"),
		JS:      lookup("app.js"),
		Icons:   lookup("icons.svg"),
		SheetA4: lookup("sheet-a4.css"),
		SheetA3: lookup("sheet-a3.css"),
	}
}

type assetsKey struct{}

// WithAssets makes the icon sprite known to components rendered with ctx.
// Layouts do it themselves; handlers that answer with a fragment call it.
func WithAssets(ctx context.Context, a Assets) context.Context {
	return context.WithValue(ctx, assetsKey{}, a)
}

func assetsFrom(ctx context.Context) Assets {
	a, _ := ctx.Value(assetsKey{}).(Assets)
	return a
}
