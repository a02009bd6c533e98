package posting

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	// wallMost is how many notices a screen turns through, wallDays for how many days after they were put up or published.
	wallMost, wallDays = 24, 30
	// wallSeconds is for how long one page stands, unless the address says otherwise.
	wallSeconds, wallLeast, wallLongest = 20, 5, 300
)

// room is how much one page of a screen holds.
type room struct {
	rows int // of tables, a table's heading counting as two
	line int // characters of text in the height of a row
}

var (
	wide = room{rows: 11, line: 32}
	tall = room{rows: 28, line: 26}
)

// screen is one page of the wall display.
type screen struct {
	ID     int64
	Notice ui.Notice // with what stands on this page alone
	Part   int       // of Parts
	Parts  int

	Caution string // what a reader is to know beside it
}

// screens parts a notice into pages: its text first, then its tables, row by row.
func screens(id int64, n ui.Notice, r room) []screen {
	paragraphs, tables := n.Paragraphs, n.Tables
	n.Paragraphs, n.Tables = nil, nil
	var out []screen
	page := n
	flush := func() {
		out = append(out, screen{ID: id, Notice: page})
		page = n
	}
	used := 0
	fit := func(need int) {
		if used > 0 && used+need > r.rows {
			flush()
			used = 0
		}
		used += need
	}
	for _, p := range paragraphs {
		for _, part := range pieces(p, r.line*r.rows) {
			fit(1 + utf8.RuneCountInString(part)/r.line)
			page.Paragraphs = append(page.Paragraphs, part)
		}
	}
	const head = 2 // caption and headings
	for _, t := range tables {
		rows := t.Rows
		if t.Total != nil {
			rows = append(slices.Clone(rows), t.Total)
		}
		t.Total = nil
		for part := range slices.Chunk(rows, r.rows-head-1) {
			fit(head + len(part))
			t.Rows = part
			page.Tables = append(page.Tables, t)
		}
	}
	if len(page.Paragraphs)+len(page.Tables) > 0 || len(out) == 0 {
		flush()
	}
	for i := range out {
		out[i].Part, out[i].Parts = i+1, len(out)
	}
	return out
}

// pieces cuts a text into stretches of at most n characters.
func pieces(s string, n int) (out []string) {
	for r := []rune(s); len(r) > 0; r = r[min(n, len(r)):] {
		out = append(out, string(r[:min(n, len(r))]))
	}
	return out
}

// turn is which of n pages stands at an instant, so that the same address shows the next one after every so many seconds.
func turn(now time.Time, seconds, n int) int { return int(now.Unix()/int64(seconds)) % n }

// onWall are the notices that a screen turns through: those within their days, and the newest; when there is nothing new, the last few.
func onWall(rows []disclosure.Row, today calendar.Date) []disclosure.Row {
	fresh := slices.DeleteFunc(slices.Clone(rows), func(n disclosure.Row) bool {
		return n.TakenDown != "" || n.Last < today && max(n.Posted, n.Published).AddDays(wallDays) < today
	})
	if len(fresh) == 0 {
		fresh = rows[:min(len(rows), 5)]
	}
	return fresh
}

// wallProps is one page of the screen.
type wallProps struct {
	Frame  ui.WallProps
	Screen *screen // nil when nothing was published yet
	URL    string  // of the notice, as the code carries it
	Until  calendar.Date
}

// wall is the screen in the hall: a village's public notices, page after page.
func (p *Pages) wall(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	seconds, err := strconv.Atoi(r.Query("every"))
	if err != nil || seconds < wallLeast || seconds > wallLongest {
		seconds = wallSeconds
	}
	today := p.Today()
	props := wallProps{Frame: ui.WallProps{Page: r.Page(u.Label() + "公开栏"), Place: u.Label() + "公开栏", Day: today.Chinese() + " " + today.ChineseWeekday(),
		Clock: calendar.Clock(r.Now().UnixMilli()), Tall: r.Query("tall") == "1"}}
	props.Frame.Page.Refresh = seconds
	rows, err := disclosure.Board(r.Context(), p.DB, p.Town, disclosure.BoardFilter{Area: u.ID, To: today, Limit: wallMost})
	if err != nil {
		return web.Response{}, err
	}
	pages, err := p.pagesOf(r, onWall(rows, today), props.Frame.Tall)
	if err != nil {
		return web.Response{}, err
	}
	if len(pages) == 0 {
		return web.Render(wallPage(props)), nil
	}
	now := turn(r.Now(), seconds, len(pages))
	props.Screen = &pages[now]
	props.URL = p.notices.Address(r, fmt.Sprintf("/n/%d", props.Screen.ID))
	props.Frame.Foot = fmt.Sprintf("第 %d 屏，共 %d 屏", now+1, len(pages))
	return web.Render(wallPage(props)), nil
}

// pagesOf lays notices out for the screen. What is not whole any more is not shown.
func (p *Pages) pagesOf(r *web.Request, rows []disclosure.Row, upright bool) ([]screen, error) {
	size := wide
	if upright {
		size = tall
	}
	var pages []screen
	for _, n := range rows {
		sheet, err := p.notices.Paper(r, n)
		var no *web.Error
		if errors.As(err, &no) && no.Status == http.StatusConflict {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, page := range screens(n.ID, sheet, size) {
			page.Caution = n.Caution()
			pages = append(pages, page)
		}
	}
	return pages, nil
}
