package member

import (
	_ "embed" // the print style
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// landscape is the page box of registers: A4 lying, because fifteen columns do not fit an upright sheet.
//
//go:embed landscape.css
var landscape []byte

const printStylePath = listPath + "/print.css"

func (p *Pages) printStyle(*web.Request) (web.Response, error) {
	return web.Bytes("text/css; charset=utf-8", landscape, false), nil
}

// printProps is the register on paper.
type printProps struct {
	Frame ui.SheetProps
	Unit  string
	Day   calendar.Date
	Lines []line
	Full  int64
	All   int64
	Who   string
}

// print is the whole register of a unit for paper, with masked numbers.
func (p *Pages) print(r *web.Request) (web.Response, error) {
	day := p.Day(r)
	t, err := p.treeOf(r, access.MemberRead, day)
	if err != nil {
		return web.Response{}, err
	}
	unit, via, err := p.unitOf(r, t, day)
	if err != nil {
		return web.Response{}, err
	}
	full, probationary, err := Count(r.Context(), p.DB, p.Town, unit, day)
	if err != nil {
		return web.Response{}, err
	}
	if full+probationary > printMost {
		e := web.Fail(422, fmt.Sprintf("这里有 %d 名党员，一次最多打印 %d 名。", full+probationary, printMost))
		e.Kept, e.Do = "没有生成打印页。", "请到下一级党组织分别打印，或者导出台账。"
		return web.Response{}, e
	}
	rows, err := AsOf(r.Context(), p.DB, p.Town, unit, day)
	if err != nil {
		return web.Response{}, err
	}
	props := printProps{Unit: t.units[unit].Name, Day: day, Full: full, All: full + probationary, Who: r.Who.Name}
	if props.Lines, err = p.lines(r.Context(), keyring.FacePrint, rows, day); err != nil {
		return web.Response{}, err
	}
	for i, l := range props.Lines {
		if u, ok := t.units[l.Branch]; ok {
			props.Lines[i].BranchName = u.Label()
		}
	}
	if err := p.note(r, via, access.View{Act: access.MemberRead, What: "打印党员名册（号码已隐去）", Persons: int64(len(rows))}); err != nil {
		return web.Response{}, err
	}
	page := r.Page("党员名册")
	page.Assets.SheetA4 = printStylePath
	props.Frame = ui.SheetProps{Page: page, Paper: ui.A4, Back: ui.Link{Text: "返回", Href: fmt.Sprintf("%s?unit=%d&asof=%s", listPath, unit, day)},
		Note: "按 Ctrl + P 打印，纸张选 A4、横向，不要勾选“页眉和页脚”。"}
	return web.Render(printPage(props)), nil
}

// printMost is the largest register that is laid out as one page for the printer.
const printMost = 3000
