package disclosure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"cunju/internal/db"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// verify computes again, before the reader's eyes, that a notice is what was recorded, and says what that proves and what not.
func (p *Pages) verify(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	n, err := p.gather(r, row, true)
	if err != nil {
		return web.Response{}, err
	}
	if n.Publish.Cover != nil {
		if err := p.covered(r.Context(), n.Seal, row); err != nil {
			return web.Response{}, err
		}
	}
	if n.Seal.Body != nil {
		if err := p.shown(r.Context(), n.Seal, row, n.Publish); err != nil {
			return web.Response{}, err
		}
		if err := p.attachments(n.Seal, n.Publish.Content.forOffices()); err != nil {
			return web.Response{}, err
		}
	}
	props := verifyProps{noticePage: n, Town: p.Town, VKey: p.vkey}
	if n.Publish.Cover != nil {
		entry, err := journal.EntryOf(r.Context(), p.DB, p.Town, row.PublishAct)
		if err != nil {
			return web.Response{}, err
		}
		props.Before = fingerprintOf(entry)
	}
	acts, err := publicActs(r.Context(), p.DB, p.Town, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	for _, act := range acts {
		if act == row.ShownAct || act == row.PublishAct && row.Covered != "" {
			continue
		}
		e, err := p.examine(r.Context(), act)
		if db.Kind(err) == db.NotFound {
			continue
		}
		if err != nil {
			return web.Response{}, err
		}
		props.Others = append(props.Others, e)
	}
	props.Kind = p.Journal.Book().Title
	area, err := p.AreaOf(r.Context(), row.Unit)
	if err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.BoardFrame(r, "查验："+row.Title, area, "/verify"); err != nil {
		return web.Response{}, err
	}
	return web.Render(verifyPage(props)), nil
}

// shown holds the number and title that lists show against what is sealed; a correction that is on record explains a
// difference, when the lists show what the record with its corrections says.
func (p *Pages) shown(ctx context.Context, e *Examined, row Row, b said) error {
	const title = "栏目上显示的编号和标题"
	if b.Number == row.Number && b.Content.Title == row.Title {
		e.test(title, nil, "和封存的内容一样。")
		return nil
	}
	acts, err := journal.Acts(ctx, p.DB, p.Town, row.ID)
	if err != nil {
		return err
	}
	var correction int64
	for _, a := range acts {
		if a.Kind == journal.Correct.Name {
			correction = a.N
		}
	}
	now, ok, err := journal.StateOf[Notice](ctx, p.DB, p.Journal.Book(), p.Town, row.ID, journal.Now)
	if err != nil {
		return err
	}
	if correction == 0 || !ok || now.Number != row.Number || now.Content.Title != row.Title {
		e.test(title, errors.New("和封存的内容不一样：检索用的表被改动过"), "")
		return nil
	}
	e.test(title, nil, fmt.Sprintf("和更正后的登记一样。此公示登记有更正记录，见第 %d 号。", correction))
	return nil
}

// file hands out an attachment of a published notice: only what its public act names.
func (p *Pages) file(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.fileOf(r, row)
}

// fileOf hands out the attachment that the path names, to who may read the notice.
func (p *Pages) fileOf(r *web.Request, row Row) (web.Response, error) {
	b, _, err := p.stand(r.Context(), row, false)
	if err != nil {
		return web.Response{}, err
	}
	return p.attachment(b.Content.forAll(), r.PathValue("hash"))
}

// forAll are the files that everyone may open who may read the notice: its attachments, and the vouchers declared open.
func (c *Content) forAll() []File {
	list := slices.Clone(c.Files)
	for _, v := range c.Vouchers {
		if v.Open {
			list = append(list, v.File)
		}
	}
	return list
}

// forOffices are all files of a notice.
func (c *Content) forOffices() []File {
	list := slices.Clone(c.Files)
	for _, v := range c.Vouchers {
		list = append(list, v.File)
	}
	return list
}

func (p *Pages) attachment(list []File, hash string) (web.Response, error) {
	for _, f := range list {
		if f.Hash != hash {
			continue
		}
		open, err := p.files.Open(hash)
		if errors.Is(err, files.ErrMissing) {
			return web.Response{}, web.NotFound("附件“" + f.Name + "”在服务器上找不到了，请向街道反映。").Because(err)
		}
		if err != nil {
			return web.Response{}, err
		}
		return web.File(f.Name, f.Type, open.Size, open, true), nil
	}
	return web.Response{}, web.NotFound("这张公示没有这个附件。")
}

// publicSheet is a published notice's table as a spreadsheet.
func (p *Pages) publicSheet(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.sheetOf(r, row)
}

// sheetOf is the table of a published notice that the reader may read.
func (p *Pages) sheetOf(r *web.Request, row Row) (web.Response, error) {
	b, e, err := p.stand(r.Context(), row, false)
	if err != nil {
		return web.Response{}, err
	}
	if e.Standing != Sealed {
		return web.Response{}, web.NotNow("这张公示的内容和封存的记录对不上，或者已经依法删除，不能下载。")
	}
	return workbook(b.UnitName, b.Content, hangs(row.Posted, row.Last)...)
}

func workbook(unit string, c Content, above ...string) (web.Response, error) {
	var b bytes.Buffer
	if err := WriteSheet(&b, unit, c, above...); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), c.Title+".xlsx"), nil
}

// verifyProps is the page that holds a notice against the log.
type verifyProps struct {
	Frame ui.BoardProps
	noticePage
	Town   string
	VKey   string
	Before string      // fingerprint on sheets printed before a covering; "" where nothing was covered
	Others []*Examined // posting, taking down
	Kind   func(string) string
}
