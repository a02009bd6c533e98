package org

import (
	"strings"

	"cunju/internal/access"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// printRow is a unit on the printed tree.
type printRow struct {
	Name    string // with full-width spaces for its depth
	Kind    string
	Leader  string
	Members string
	Since   string
}

// print is the tree as a sheet of A4 or A3.
func (p *Pages) print(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.OrgRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看组织机构。")
	}
	line, on := lineOf(r), p.Day(r)
	f, err := p.forest(r, line, on)
	if err != nil {
		return web.Response{}, err
	}
	leaders, err := p.leaders(r, on)
	if err != nil {
		return web.Response{}, err
	}
	var counts map[int64]int64
	if p.Counts != nil {
		if counts, err = p.Counts(r.Context(), on); err != nil {
			return web.Response{}, err
		}
	}
	paper := ui.A4
	if r.Query("paper") == string(ui.A3) {
		paper = ui.A3
	}
	props := printProps{Page: r.Page("组织机构表"), Paper: paper, Back: treeHref(line, on, p.Today(), -1), Line: line, On: on, Counted: p.Counts != nil}
	for _, id := range f.Order {
		u := f.Units[id]
		row := printRow{Name: strings.Repeat("　", f.Depth[id]) + u.Name, Kind: kindTitle(u.Kind), Leader: leaders[id].Name, Since: string(u.From)}
		if n, ok := counts[id]; ok || counts != nil && kinds[u.Kind].Party {
			row.Members = number(n)
		}
		props.Rows = append(props.Rows, row)
	}
	return web.Render(printPage(props)), nil
}
