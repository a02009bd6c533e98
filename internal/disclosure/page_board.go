package disclosure

import (
	"fmt"
	"net/url"
	"strconv"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	boardPage  = 20 // notices on one page of the board
	searchSize = 50
	longest    = 60 // characters of a search
)

// home is the town's board: this month first, then every village and community.
func (p *Pages) home(r *web.Request) (web.Response, error) {
	frame, err := p.BoardFrame(r, "公开栏", nil, "/")
	if err != nil {
		return web.Response{}, err
	}
	props := homeProps{Frame: frame, Q: r.Query("q"), Today: p.Today()}
	if utf8.RuneCountInString(props.Q) > longest {
		props.Q = string([]rune(props.Q)[:longest])
	}
	var rows []Row
	if props.Q != "" {
		rows, err = Search(r.Context(), p.DB, p.Town, props.Q, searchSize)
	} else {
		rows, err = Board(r.Context(), p.DB, p.Town, BoardFilter{Area: -1, From: props.Today.MonthStart(), To: props.Today, Limit: searchSize})
	}
	if err != nil {
		return web.Response{}, err
	}
	if len(rows) == 0 && props.Q == "" {
		props.Older = true
		if rows, err = Board(r.Context(), p.DB, p.Town, BoardFilter{Area: -1, Limit: 10}); err != nil {
			return web.Response{}, err
		}
	}
	if props.Items, err = p.items(r.Context(), rows); err != nil {
		return web.Response{}, err
	}
	list, err := places(r.Context(), p.DB, p.Town, props.Today)
	if err != nil {
		return web.Response{}, err
	}
	for _, v := range list {
		t := ui.Tile{Icon: "home", Title: v.Name, Text: "还没有公开", Href: fmt.Sprintf("/v/%d", v.ID)}
		if v.Last != "" {
			t.Text = "最近公开：" + v.Last.Chinese()
		}
		props.Places = append(props.Places, t)
	}
	return web.Render(homePage(props)), nil
}

// village is the board of a village or community, subject by subject.
func (p *Pages) village(r *web.Request) (web.Response, error) {
	id, err := r.PathID("unit")
	if err != nil {
		return web.Response{}, err
	}
	u, err := org.Find(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return web.Response{}, web.NotFound("没有找到这个村或社区。")
	}
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.BoardFrame(r, u.Label()+"公开栏", &u, "")
	if err != nil {
		return web.Response{}, err
	}
	props := villageProps{Frame: frame, Name: u.Label(), Subject: r.Query("subject")}
	if _, ok := SubjectOf(props.Subject); !ok {
		props.Subject = ""
	}
	if props.Beside, err = p.besideVillage(r, u); err != nil {
		return web.Response{}, err
	}
	rows, err := Board(r.Context(), p.DB, p.Town, BoardFilter{Area: id, Subject: props.Subject, Before: cursor(r.Query("before")), Limit: boardPage + 1})
	if err != nil {
		return web.Response{}, err
	}
	here := func(subject string) string {
		return fmt.Sprintf("/v/%d?%s", id, url.Values{"subject": {subject}}.Encode())
	}
	props.Tabs = []ui.Tab{{Text: "全部", Href: fmt.Sprintf("/v/%d", id), Active: props.Subject == ""}}
	for _, s := range subjects {
		props.Tabs = append(props.Tabs, ui.Tab{Text: s.Title, Href: here(s.Code), Active: props.Subject == s.Code})
	}
	if r.Query("before") != "" {
		props.First = here(props.Subject)
	}
	if len(rows) > boardPage {
		rows = rows[:boardPage]
		last := rows[boardPage-1]
		props.Next = here(props.Subject) + "&before=" + string(last.Published) + "." + strconv.FormatInt(last.ID, 10)
	}
	props.Items, err = p.items(r.Context(), rows)
	return web.Render(villagePage(props)), err
}

// cursor reads where a page of the board ended: day and id. What cannot be read begins at the newest.
func cursor(s string) Cursor {
	if len(s) < len("2026-11-23.0") {
		return Cursor{}
	}
	day := calendar.Date(s[:10])
	id, err := strconv.ParseInt(s[11:], 10, 64)
	if err != nil || !day.Valid() || s[10] != '.' {
		return Cursor{}
	}
	return Cursor{day, id}
}
