package disclosure

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// filedMost is how many files the list shows and takes away: decades of a village.
const filedMost = 5000

// filedRows lists the notices under the anchors whose papers are filed, or that wait to be, by number of the file.
func filedRows(ctx context.Context, q db.Querier, town string, anchors []int64) ([]Row, error) {
	list, args := db.In(3, anchors)
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND (n.filed <> '' OR n.next = $2) AND EXISTS (SELECT 1 FROM org_closure c
		WHERE c.town = $1 AND c.line = 'any' AND c.descendant = n.unit AND c.ancestor IN (`+list+`)) ORDER BY n.file_number, n.id LIMIT `+fmt.Sprint(filedMost),
		append([]any{town, StepFile}, args...)...)
}

// filedProps is the list of files.
type filedProps struct {
	Frame ui.DeskProps
	Rows  []Row
	Names map[int64]string
	May   bool // take it away
}

// filed is the list of filed notices.
func (p *Pages) filed(r *web.Request) (web.Response, error) {
	anchors := p.anchors(r)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理公开事项。")
	}
	props := filedProps{May: len(p.Anchors(r, access.SheetExport)) > 0}
	var err error
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "归档目录", Active: "/desk/disclosure", Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}}}); err != nil {
		return web.Response{}, err
	}
	if props.Rows, err = filedRows(r.Context(), p.DB, p.Town, anchors); err != nil {
		return web.Response{}, err
	}
	props.Names, err = p.names(r.Context(), props.Rows)
	return web.Render(filedPage(props)), err
}

// filedExport is the list as a sheet, of those units whose registers the reader may take away.
func (p *Pages) filedExport(r *web.Request) (web.Response, error) {
	anchors := p.Anchors(r, access.SheetExport)
	if len(anchors) == 0 || len(p.anchors(r)) == 0 {
		e := web.Forbidden("您的职务不能导出台账。")
		e.Do = "可以办理的是：" + strings.Join(p.Policy.Offices(access.SheetExport), "；") + "。"
		return web.Response{}, e
	}
	rows, err := filedRows(r.Context(), p.DB, p.Town, anchors)
	if err != nil {
		return web.Response{}, err
	}
	names, err := p.names(r.Context(), rows)
	if err != nil {
		return web.Response{}, err
	}
	position, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeFiled(&b, p.Town, position, p.Today(), rows, names); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), fmt.Sprintf("公开事项归档目录%s.xlsx", p.Today())), nil
}

// filing is the list of files as an office keeps it.
var filing = &sheet.Layout{Name: "disclosure-files", Title: "公开事项归档目录", Columns: []sheet.Column{
	{Key: "no", Title: "序号", Kind: sheet.Serial}, {Key: "file", Title: "档号", Kind: sheet.Text, Width: 18}, {Key: "unit", Title: "公开单位", Kind: sheet.Text, Width: 20},
	{Key: "title", Title: "题名", Kind: sheet.Text, Width: 36}, {Key: "number", Title: "公布编号", Kind: sheet.Text, Width: 24}, {Key: "published", Title: "公布日期", Kind: sheet.Date},
	{Key: "taken", Title: "撤下日期", Kind: sheet.Date}, {Key: "place", Title: "存放处", Kind: sheet.Text, Width: 18}, {Key: "volume", Title: "卷册", Kind: sheet.Text, Width: 10},
	{Key: "holds", Title: "卷内材料", Kind: sheet.Text, Width: 30}, {Key: "filed", Title: "归档日期", Kind: sheet.Date}}}

func writeFiled(w io.Writer, town string, position int64, on calendar.Date, rows []Row, names map[int64]string) error {
	secret := make([]byte, 32) // nobody reads this export back, so nobody needs the key
	rand.Read(secret)
	meta := sheet.Meta{Town: town, Position: position, Kind: filing.Name, Subtitle: "截至" + on.Chinese(), Secret: secret}
	return sheet.Export(w, filing, meta, func(yield func(sheet.ExportRow) bool) {
		for r := range slices.Values(rows) {
			v := []string{"", r.FileNumber, names[r.Unit], r.Title, r.Number, string(r.Published), string(r.TakenDown), r.FilePlace, r.FileVolume, r.holds(), string(r.Filed)}
			if !yield(sheet.ExportRow{Key: r.ID, Values: v}) {
				return
			}
		}
	})
}

// holds names what is in a notice's file.
func (r Row) holds() string {
	var out []string
	for _, h := range strings.Split(r.FileHolds, ",") {
		if h != "" {
			out = append(out, paper(h))
		}
	}
	return strings.Join(out, "、")
}
