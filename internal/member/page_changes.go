package member

import (
	"context"
	"slices"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/sheet"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// changesProps is what an edited export or a village's list would change, cell by cell.
type changesProps struct {
	Frame    ui.DeskProps
	Upload   upload
	Form     *web.Form
	Key      ui.Param
	Problems []problemLine
	Hidden   int
	Cells    []changeLine
	All      int // cells
	Ready    int // of them those that go without a closer look
	Clashes  int
	Barred   int
	Pager    ui.Pager
}

// changeLine is one cell as it is shown.
type changeLine struct {
	CellChange
	Barred bool
}

// identity are the columns by which a person is known: to change them takes the power over persons.
var identity = []string{"name", "sex", "birth", "id_number"}

// barredCells says which cells the person may not change, by the power over the member's branch.
func (p *Pages) barredCells(r *web.Request, cells []CellChange) (map[string]bool, access.Decision, error) {
	no := map[string]bool{}
	var via access.Decision
	asked := map[int64]int64{}
	for _, c := range cells {
		branch, ok := asked[c.Member]
		if !ok {
			var err error
			if branch, err = db.One[int64](r.Context(), p.DB, `SELECT branch FROM member_record WHERE town = $1 AND id = $2`, p.Town, c.Member); err != nil {
				return nil, via, err
			}
			asked[c.Member] = branch
		}
		act := access.MemberImport
		if slices.Contains(identity, c.Column) {
			act = access.PeopleEdit
		}
		d, err := p.MayFor(r, act, branch, c.Person, 0)
		if no[c.Address] = err != nil; err == nil && !via.Allowed {
			via = d
		}
	}
	return no, via, nil
}

func (p *Pages) showChanges(r *web.Request, u upload, f *web.Form) (web.Response, error) {
	barred, _, err := p.barredCells(r, u.changes.Cells)
	if err != nil {
		return web.Response{}, err
	}
	props := changesProps{Upload: u, Form: f, Key: r.KeyParam(), All: len(u.changes.Cells)}
	props.Problems, props.Hidden = shownProblems(u)
	from, to, pager := previewSpan(r, u, len(u.changes.Cells), "处")
	props.Pager = pager
	for i, c := range u.changes.Cells {
		switch {
		case barred[c.Address]:
			props.Barred++
		case c.Conflict:
			props.Clashes++
		default:
			props.Ready++
		}
		if i >= from && i < to {
			line := changeLine{c, barred[c.Address]}
			line.Base, line.Now, line.Value = maskChange(c.Column, c.Base), maskChange(c.Column, c.Now), maskChange(c.Column, c.Value)
			props.Cells = append(props.Cells, line)
		}
	}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "核对改动", Active: listPath, Crumbs: crumbs(ui.Link{Text: "批量导入", Href: importPath})}); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, nil, changesPage(props)), nil
}

// maskChange masks the columns that hold numbers and addresses.
func maskChange(column, value string) string {
	if slices.Contains(sealedColumns, column) {
		return maskCell(column, value)
	}
	return value
}

// commitChanges records the chosen cells, or all that nobody else changed meanwhile.
func (p *Pages) commitChanges(r *web.Request, u upload, f *web.Form) (web.Response, error) {
	barred, via, err := p.barredCells(r, u.changes.Cells)
	if err != nil {
		return web.Response{}, err
	}
	wanted := f.Values("cell")
	all := f.Value("all") == "1"
	chosen := map[string]bool{}
	for _, c := range u.changes.Cells {
		if !barred[c.Address] && (all && !c.Conflict || slices.Contains(wanted, c.Address)) {
			chosen[c.Address] = true
		}
	}
	if len(chosen) == 0 {
		f.FailForm("没有选中可以记录的改动，没有记录任何内容。请勾选要采用的格子。")
		return p.showChanges(r, u, f)
	}
	pick := func(c CellChange) bool { return chosen[c.Address] }
	return p.start(r, u, func(ctx context.Context, progress task.Progress) (imported, error) {
		progress(0, int64(len(chosen)), "正在记录改动")
		receipt, err := p.recordLater(ctx, r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
			return u.changes.Record(ctx, w, p.Vault, p.Today(), pick)
		}})
		return imported{First: receipt.First, Last: receipt.Last, Rows: len(chosen), Changes: true}, err
	}, func(u *upload) { u.leave(pick) })
}

// leave keeps the cells that were not chosen. The acts just recorded are then known: they are the clerk's own.
func (u *upload) leave(chosen func(CellChange) bool) {
	left := &ChangePlan{Full: u.changes.Full, Seen: u.changes.Seen}
	for _, c := range u.changes.Cells {
		if chosen(c) {
			left.Seen[c.Member] = u.done.Last
		} else {
			left.Cells = append(left.Cells, c)
		}
	}
	if u.changes = left; len(left.Cells) == 0 {
		u.raw, u.changes = nil, nil
	}
}

// changesText sums the preview up in a sentence.
func changesText(v *sheet.Preview, p changesProps) string {
	if p.All == 0 && len(v.Problems) == 0 {
		return "与现在的记录完全一致，没有要改的。"
	}
	return v.Summary()
}
