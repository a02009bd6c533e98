package open

import (
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// docs says in plain words what there is to read and how.
func (b *Board) docs(r *web.Request) (web.Response, error) {
	frame, err := b.pages.BoardFrame(r, "开放数据", nil, "/api/")
	if err != nil {
		return web.Response{}, err
	}
	props := docsProps{Frame: frame, Town: b.pages.Town}
	api := b.api.OpenAPI()
	for _, path := range slices.Sorted(maps.Keys(api.Paths)) {
		if op := api.Paths[path].Get; op != nil {
			props.Operations = append(props.Operations, operation{Path: path, Operation: op})
		}
	}
	return web.Render(docsPage(props)), nil
}

// Foot is the link at the foot of the board: few look for it, and the navigation stays on one line of a phone.
func Foot() []ui.Link { return []ui.Link{{Text: "开放数据", Href: "/api/"}} }

// docsProps is the page about the data.
type docsProps struct {
	Frame      ui.BoardProps
	Town       string
	Operations []operation
}

type operation struct {
	Path string
	*huma.Operation
}
