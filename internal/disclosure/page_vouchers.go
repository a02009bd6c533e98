package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Limits of what comes with one sending.
const (
	mostVouchers   = 20 // files at once
	largestVoucher = 8 << 20
)

// vouchersProps is the page on which files are put behind the lines of a draft's finance table.
type vouchersProps struct {
	Frame    ui.DeskProps
	ID       int64
	Content  Content
	Form     *web.Form
	Obstacle *desk.Obstacle
	Key      ui.Param
	Seen     int64
	May      bool // still a draft, and the reader may change it
	Why      string
}

func (p *Pages) vouching(r *web.Request) (vouchersProps, *Notice, error) {
	id, n, err := p.load(r)
	if err != nil {
		return vouchersProps{}, nil, err
	}
	if n.Content.Finance == nil {
		return vouchersProps{}, nil, web.NotFound("这一件没有财务收支表，没有凭证可以登记。")
	}
	v := vouchersProps{ID: id, Content: n.Content, Key: r.KeyParam(), May: n.Next == StepSubmit && p.Can(r, access.DisclosureDraft, n.Unit, 0, 0)}
	if n.Next != StepSubmit {
		v.Why = "已经提交，凭证不能再改。"
	}
	if v.Seen, err = journal.LastAct(r.Context(), p.DB, p.Town, id); err != nil {
		return v, nil, err
	}
	v.Frame, err = p.Desk(r, desk.Frame{Title: "凭证", Active: "/desk/disclosure",
		Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}, {Text: n.Title, Href: fmt.Sprintf("/desk/disclosure/%d", id)}}})
	return v, n, err
}

func (p *Pages) vouchersForm(r *web.Request) (web.Response, error) {
	v, _, err := p.vouching(r)
	if err != nil {
		return web.Response{}, err
	}
	v.Form = web.NewForm("line", "", "open", "")
	return web.Render(vouchersPage(v)), nil
}

// vouch records the files that came, each behind its line, and takes away the unticked ones.
func (p *Pages) vouch(r *web.Request) (web.Response, error) {
	v, n, err := p.vouching(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.DisclosureDraft, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	v.Form = f
	seen, ok := seenIn(f)
	if !ok {
		return web.Response{}, web.BadRequest("这个表单不完整，请从凭证的页面重新打开。")
	}
	var change Vouch
	for _, x := range n.Content.Vouchers {
		if slices.Contains(f.Values("drop"), x.form()) {
			change.Drop = append(change.Drop, x)
		}
	}
	lost := p.received(r, f, n.Content.Finance, &change)
	if f.OK() && len(change.Add)+len(change.Drop) == 0 {
		f.Fail("voucher", "凭证文件", "没有选文件，也没有勾选要去掉的")
	}
	if !f.OK() {
		return desk.Answer(f, nil, vouchersPage(v)), nil
	}
	_, err = p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{v.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := AttachVouchers(ctx, w, v.ID, change, w.Today())
		return err
	}})
	if err != nil {
		if v.Obstacle, err = p.Obstacle(r, f, err, map[string]string{"voucher": "凭证文件"}); err != nil {
			return web.Response{}, err
		}
		return desk.Answer(f, v.Obstacle, vouchersPage(v)), nil
	}
	flash := ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("登记了 %d 份凭证，去掉 %d 份。", len(change.Add), len(change.Drop))}
	if len(lost) > 0 {
		flash.Tone, flash.Detail = ui.Warn, "这些文件不知道是哪一行的，没有登记："+strings.Join(lost, "、")+"。请选定是哪一行再传。"
	}
	r.SetFlash(flash)
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d/vouchers", v.ID)), nil
}

// received takes in the files of the form. It answers the names of those of which nobody can tell to which line they belong.
func (p *Pages) received(r *web.Request, f *web.Form, t *Finance, change *Vouch) (lost []string) {
	line := f.Int64("line", "哪一行", web.Optional, 0, int64(len(t.Lines)))
	open := f.Bool("open")
	list := f.Files("voucher", "凭证文件", web.Optional, mostVouchers, largestVoucher, ".pdf", ".png", ".jpg", ".jpeg")
	for _, up := range list {
		defer up.Close()
	}
	for _, up := range list {
		at := line
		if at == 0 {
			at = t.lineOf(up.Name)
		}
		if at == 0 {
			lost = append(lost, up.Name)
			continue
		}
		if found := personal(up.Name); found != "" {
			f.Fail("voucher", "凭证文件", "文件名“"+Content{Title: up.Name}.Masked().Title+"”里有"+found+"，请改名后再传")
			return nil
		}
		st, err := p.files.Put(r.Context(), up, up.Name, largestVoucher)
		var no *files.Refusal
		switch {
		case errors.As(err, &no):
			f.Fail("voucher", "凭证文件", no.Message)
			return nil
		case err != nil:
			f.Fail("voucher", "凭证文件", "“"+up.Name+"”没有存上，请稍后再传")
			return nil
		}
		change.Add = append(change.Add, Voucher{Line: at, File: File{Name: up.Name, Size: st.Size, Type: st.Type, Hash: st.Hash}, Open: open})
	}
	if len(lost) > 0 && len(change.Add)+len(change.Drop) == 0 {
		f.Fail("voucher", "凭证文件", "不知道“"+lost[0]+"”是哪一行的。请选定是哪一行，或者让文件名用凭证号开头，如 12-收据.jpg")
	}
	return lost
}

// lineOf is the line whose voucher number a file's name begins with, 0 when there is none or more than one.
func (t *Finance) lineOf(name string) int64 {
	number := leading(name)
	at := int64(0)
	for i, l := range t.Lines {
		if number == "" || leading(l.Voucher) != number {
			continue
		}
		if at != 0 {
			return 0
		}
		at = int64(i + 1)
	}
	return at
}

// leading are the first digits of a text, whatever words stand before them (记-012), without zeros in front.
func leading(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }); i >= 0 {
		s = s[:i]
	}
	return strings.TrimLeft(s, "0")
}

// form is a voucher as a form names it.
func (v Voucher) form() string { return strconv.FormatInt(v.Line, 10) + " " + v.File.Hash }
