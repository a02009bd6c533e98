package disclosure

import (
	"fmt"
	"net/url"

	"github.com/a-h/templ"

	"cunju/internal/calendar"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// village is the board of a village or community: how it stands, then its notices, subject by subject.
func (p *Pages) village(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.BoardFrame(r, u.Label()+"公开栏", &u, "")
	if err != nil {
		return web.Response{}, err
	}
	ctx, today := r.Context(), p.Today()
	props := villageProps{Frame: frame, Unit: u, Today: today, Ask: ask(r, today), Path: fmt.Sprintf("/v/%d", u.ID)}
	props.Ask.Unit = u.ID
	if props.Search, err = p.searchProps(r, props.Path, props.Ask, nil, nil); err != nil {
		return web.Response{}, err
	}
	if props.front() {
		if props.Stand, err = p.standings.Get(ctx, p.House, u.ID, func() (BoardStanding, error) { return StandingOf(ctx, p.DB, p.Town, u.ID, today) }); err != nil {
			return web.Response{}, err
		}
		if props.Drawn, err = p.drawn.Get(ctx, p.House, u.ID, func() ([]ui.SidesProps, error) { return p.villageDrawings(ctx, u.ID) }); err != nil {
			return web.Response{}, err
		}
		if props.Urgent, err = p.besideVillage(r, u, aboveNotices); err != nil {
			return web.Response{}, err
		}
		if props.Beside, err = p.besideVillage(r, u, belowNotices); err != nil {
			return web.Response{}, err
		}
	}
	list, err := p.listed(ctx, props.Ask.filter(boardPage))
	if err != nil {
		return web.Response{}, err
	}
	props.Items, props.Pager = list.items, pager(props.Path, props.Ask, list.next)
	return web.Render(villagePage(props)), nil
}

// villageProps is the board of a village or community.
type villageProps struct {
	Frame  ui.BoardProps
	Unit   org.UnitRow
	Today  calendar.Date
	Path   string
	Ask    boardAsk
	Search searchProps
	Stand  BoardStanding
	Drawn  []ui.SidesProps   // its balances over the last periods
	Urgent []templ.Component // what other rooms show above the notices
	Beside []templ.Component // and below them
	Items  []ui.NoticeItem
	Pager  boardPager
}

// front reports whether this is the village's first page, where it is said how the village stands.
func (p villageProps) front() bool {
	return p.Ask.Q == "" && p.Ask.Year == 0 && p.Ask.Before == Cursor{}
}

// ended is the last day of a village that is no more, "" for one that is.
func (p villageProps) ended() calendar.Date {
	if p.Unit.To > p.Today {
		return ""
	}
	return p.Unit.To.AddDays(-1)
}

// tabs are the subjects of the board; the rest of what was asked for stays.
func (p villageProps) tabs() []ui.Tab {
	here := func(subject string) string {
		a := p.Ask
		a.Subject = subject
		return withQuery(p.Path, a.values())
	}
	list := []ui.Tab{{Text: "全部", Href: here(""), Active: p.Ask.Subject == ""}}
	for _, s := range subjects {
		list = append(list, ui.Tab{Text: s.Title, Href: here(s.Code), Active: p.Ask.Subject == s.Code})
	}
	return list
}

// figures say at a glance how the village stands.
func (p villageProps) figures() []ui.KV {
	last := "还没有公开过"
	if p.Stand.Last != "" {
		last = p.Stand.Last.Chinese()
	}
	return []ui.KV{{Key: "最近一次公开", Value: last}, {Key: "本月公开", Value: fmt.Sprintf("%d 张", p.Stand.Month)},
		{Key: "今年公开", Value: fmt.Sprintf("%d 张", p.Stand.Year)}, {Key: "公开栏正在张贴", Value: fmt.Sprintf("%d 张", p.Stand.Hanging)}}
}

func withQuery(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
