package disclosure

import (
	"fmt"

	"cunju/internal/db"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// mineProps is the list of what is published for the reader and not for everyone.
type mineProps struct {
	Frame ui.PhoneProps
	Items []ui.NoticeItem
}

func (p *Pages) mineFrame(r *web.Request, title string, back ui.Link) ui.PhoneProps {
	return ui.PhoneProps{Page: r.Page(title), Sub: "内部公开", Back: back, Tabs: []ui.NavItem{{Text: "我的", Href: "/me", Icon: "user"},
		{Text: "内部公开", Href: "/me/notices", Icon: "speakerphone", Active: true}, {Text: "公开栏", Href: "/", Icon: "home"}}}
}

// mine lists the notices that only some may read and the reader is one of them.
func (p *Pages) mine(r *web.Request) (web.Response, error) {
	rows, err := p.within(r.Context(), r.Who.Person)
	if err != nil {
		return web.Response{}, err
	}
	props := mineProps{Frame: p.mineFrame(r, "内部公开", ui.Link{Text: "我的", Href: "/me"})}
	if props.Items, err = p.items(r.Context(), rows); err != nil {
		return web.Response{}, err
	}
	for i, row := range rows {
		props.Items[i].Href, props.Items[i].State, props.Items[i].Tone = fmt.Sprintf("/me/notices/%d", row.ID), "只向"+row.Scope.Chinese()+"公开", ui.Info
	}
	return web.Render(mineList(props)), nil
}

// ownNotice finds a notice that the reader may read; for others it does not exist.
func (p *Pages) ownNotice(r *web.Request) (Row, error) {
	id, err := r.PathID("id")
	if err != nil {
		return Row{}, err
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	may := false
	if err == nil {
		may, err = p.entitled(r.Context(), row, r.Who.Person)
	}
	if db.Kind(err) == db.NotFound || err == nil && !may {
		e := web.NotFound("没有找到这张公示。")
		e.Do = "只向本组织党员或者本集体成员公开的，要用本人账号登录；觉得自己应该看得到的，请找村（社区）工作人员核对登记。"
		return row, e
	}
	return row, err
}

func (p *Pages) mineNotice(r *web.Request) (web.Response, error) {
	row, err := p.ownNotice(r)
	if err != nil {
		return web.Response{}, err
	}
	n, err := p.gather(r, row, false)
	if err != nil {
		return web.Response{}, err
	}
	if n.Drawn, err = p.drawings(r.Context(), n.Publish.Content); err != nil {
		return web.Response{}, err
	}
	return web.Render(mineView(mineNoticeProps{Frame: p.mineFrame(r, row.Title, ui.Link{Text: "内部公开", Href: "/me/notices"}), noticePage: n})), nil
}

// mineNoticeProps is one of those notices.
type mineNoticeProps struct {
	Frame ui.PhoneProps
	noticePage
}

func (p mineNoticeProps) path(rest string) string {
	return fmt.Sprintf("/me/notices/%d%s", p.Row.ID, rest)
}

func (p *Pages) minePrint(r *web.Request) (web.Response, error) {
	row, err := p.ownNotice(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.onPaper(r, row, fmt.Sprintf("/me/notices/%d", row.ID))
}

func (p *Pages) mineSheet(r *web.Request) (web.Response, error) {
	row, err := p.ownNotice(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.sheetOf(r, row)
}

func (p *Pages) mineFile(r *web.Request) (web.Response, error) {
	row, err := p.ownNotice(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.fileOf(r, row)
}
