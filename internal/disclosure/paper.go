package disclosure

import (
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Paper is a published notice as it is printed for the physical board. What no longer is what was sealed is not printed.
func (p *Pages) Paper(r *web.Request, row Row) (ui.Notice, error) {
	n, err := p.gather(r, row, false)
	if err != nil {
		return ui.Notice{}, err
	}
	if n.Seal.Standing != Sealed {
		e := web.NotNow("这张公示的内容和封存的记录对不上，或者已经依法删除，不能打印张贴。")
		e.Kept = "没有改动任何记录。"
		e.Do = "请打开查验页看是哪一项不对，并告诉街道管理员。"
		return ui.Notice{}, e
	}
	return n.Sheet, nil
}

// Address is the full address of a path of the board, as paper carries it.
func (p *Pages) Address(r *web.Request, path string) string { return p.url(r, path) }

// Papers is the paper that a print is asked for: A4, or A3.
func Papers(r *web.Request) ui.Paper {
	if r.Query("paper") == string(ui.A3) {
		return ui.A3
	}
	return ui.A4
}

// Copies are whose copies a print is asked for: none but the one, or the three of the office's form.
func Copies(r *web.Request) []string {
	if r.Query("copies") == "3" {
		return []string{"公开栏张贴", "村（居）务监督委员会留存", "存档"}
	}
	return nil
}
