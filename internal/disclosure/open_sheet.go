package disclosure

import (
	"context"
	"net/http"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Sheet is a published notice as villagers read it, for pages outside the server. Its correction is told by the neighbours: newer
// corrects this one, older is corrected by it; each may be nil.
func (p *Pages) Sheet(ctx context.Context, row Row) (n ui.Notice, e *Examined, newer, older *Row, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return n, nil, nil, nil, err
	}
	g, err := p.gather(&web.Request{Request: r, Town: p.Town}, row, false)
	if err != nil {
		return n, nil, nil, nil, err
	}
	n = g.Sheet
	n.Correction = ui.Link{}
	if p.base == "" {
		n.Verify.URL = "" // nobody knows under which address the board is reached
	}
	return n, g.Seal, g.Newer, g.Older, nil
}
