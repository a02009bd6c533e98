package disclosure

import (
	"fmt"
	"strings"

	"cunju/internal/journal"
	"cunju/internal/trust"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// archiveProps is the copy for the archive.
type archiveProps struct {
	noticePage
	Act    int64
	Steps  []archiveStep
	Lines  []string
	Signed trust.Opened
	Policy string
}

// archiveStep is a line of what was done; offices, never persons.
type archiveStep struct {
	Date, Title, Office string
	Act                 int64
}

// archiveCopy is the notice on A4 with its whole history and its whole proof, for a shelf.
func (p *Pages) archiveCopy(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	props := archiveProps{Act: row.ShownAct, Policy: p.watched.Policy.String()}
	if props.noticePage, err = p.gather(r, row, true); err != nil {
		return web.Response{}, err
	}
	if _, props.Lines, err = p.receiptOf(r, row); err != nil {
		return web.Response{}, err
	}
	props.Signed = props.Seal.Signed
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	for _, a := range acts {
		office, err := p.OfficeName(r.Context(), a.By, a.Effective)
		if err != nil {
			return web.Response{}, err
		}
		props.Steps = append(props.Steps, archiveStep{a.Effective.Chinese(), p.Journal.Book().Title(a.Kind), office, a.N})
	}
	back := ui.SheetProps{Page: r.Page("存档件：" + row.Title), Paper: ui.A4, Back: ui.Link{Text: "返回", Href: fmt.Sprintf("/n/%d/verify", row.ID)}}
	return web.Render(archivePage(back, props)), nil
}

// signers names who signed the checkpoint.
func (p archiveProps) signers() string {
	names := []string{"街道"}
	for _, c := range p.Signed.Cosigned {
		names = append(names, "见证方“"+c.Witness.Name+"”")
	}
	return "签名的有：" + strings.Join(names, "、")
}
