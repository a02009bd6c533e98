package disclosure

import (
	"fmt"
	"net/url"
	"strconv"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	boardPage = 20 // notices on one page of the board
	homeMonth = 12 // of this month's on the first page
	longest   = 60 // characters of a search
)

// boardAsk is what a reader asked the board for.
type boardAsk struct {
	Q       string
	Subject string
	Unit    int64 // village or community; −1 for all
	Year    int   // 0 for all
	Month   int   // of Year; 0 for all
	Before  Cursor
}

// ask reads the address. What cannot be read asks for nothing.
func ask(r *web.Request, today calendar.Date) boardAsk {
	a := boardAsk{Q: r.Query("q"), Unit: -1, Before: cursor(r.Query("before"))}
	if utf8.RuneCountInString(a.Q) > longest {
		a.Q = string([]rune(a.Q)[:longest])
	}
	if s, ok := SubjectOf(r.Query("subject")); ok {
		a.Subject = s.Code
	}
	if n, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil && n >= 0 {
		a.Unit = n
	}
	if n, err := strconv.Atoi(r.Query("year")); err == nil && n >= 1949 && n <= today.Year() {
		a.Year = n
	}
	if n, err := strconv.Atoi(r.Query("month")); err == nil && n >= 1 && n <= 12 {
		a.Month = n
		if a.Year == 0 {
			a.Year = today.Year() // a month alone is one of this year
		}
	}
	return a
}

// none reports whether nothing was asked for.
func (a boardAsk) none() bool { return a == boardAsk{Unit: -1} }

// values is the address of the same question, without where its page begins.
func (a boardAsk) values() url.Values {
	v := url.Values{}
	if a.Q != "" {
		v.Set("q", a.Q)
	}
	if a.Subject != "" {
		v.Set("subject", a.Subject)
	}
	for name, n := range map[string]int{"year": a.Year, "month": a.Month} {
		if n > 0 {
			v.Set(name, strconv.Itoa(n))
		}
	}
	return v
}

// filter is the question for the database.
func (a boardAsk) filter(limit int) BoardFilter {
	f := BoardFilter{Area: a.Unit, Subject: a.Subject, Words: a.Q, Before: a.Before, Limit: limit}
	switch {
	case a.Month > 0:
		f.From = calendar.Of(a.Year, a.Month, 1)
		f.To = f.From.MonthEnd()
	case a.Year > 0:
		f.From, f.To = calendar.Of(a.Year, 1, 1), calendar.Of(a.Year, 12, 31)
	}
	return f
}

// period says for which time the board is asked, "" for all.
func (a boardAsk) period() string {
	f := a.filter(0)
	return period(f.From, f.To)
}

// cursor is where a page that ends with a notice ends.
func (r Row) cursor() string { return string(r.Published) + "." + strconv.FormatInt(r.ID, 10) }

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

// home is the town's board: this month first, then every village and community. Asked for anything, it lists what was found.
func (p *Pages) home(r *web.Request) (web.Response, error) {
	frame, err := p.BoardFrame(r, "公开栏", nil, "/")
	if err != nil {
		return web.Response{}, err
	}
	ctx, today := r.Context(), p.Today()
	props := homeProps{Frame: frame, Ask: ask(r, today), Today: today}
	now, past, err := p.places(ctx)
	if err != nil {
		return web.Response{}, err
	}
	if props.Search, err = p.searchProps(r, "/", props.Ask, now, past); err != nil {
		return web.Response{}, err
	}
	f := props.Ask.filter(boardPage)
	if props.Ask.none() {
		f.From, f.To, f.Limit = today.MonthStart(), today, homeMonth
	}
	list, err := p.listed(ctx, f)
	if err == nil && props.Ask.none() && len(list.items) == 0 {
		props.Older = true
		list, err = p.listed(ctx, BoardFilter{Area: -1, Limit: homeMonth})
	}
	if err != nil {
		return web.Response{}, err
	}
	props.Items = list.items
	if props.Ask.none() {
		props.More = list.next != ""
		props.Places, props.Past = tiles(now), past
		return web.Render(homePage(props)), nil
	}
	props.Pager = pager("/", props.Ask, list.next)
	return web.Render(homePage(props)), nil
}

// tiles are the villages to choose from.
func tiles(list []place) []ui.Tile {
	var out []ui.Tile
	for _, v := range list {
		t := ui.Tile{Icon: "home", Title: v.Name, Text: "还没有公开", Href: fmt.Sprintf("/v/%d", v.ID)}
		if v.Last != "" {
			t.Text = "最近公开：" + v.Last.Chinese()
		}
		out = append(out, t)
	}
	return out
}

// boardPager leads from one page of a list to the others.
type boardPager struct {
	First string
	Next  string
}

func pager(path string, a boardAsk, next string) (p boardPager) {
	v := a.values()
	if a.Unit >= 0 && path == "/" {
		v.Set("unit", strconv.FormatInt(a.Unit, 10))
	}
	if a.Before != (Cursor{}) {
		p.First = path + "?" + v.Encode()
	}
	if next != "" {
		v.Set("before", next)
		p.Next = path + "?" + v.Encode()
	}
	return p
}

// searchProps is the form above a list of the board.
type searchProps struct {
	Action string
	Ask    boardAsk
	Open   bool // the choices are shown from the beginning
	Units  []ui.Option
	Years  []ui.Option
	Months []ui.Option
}

// searchProps prepares the form; without villages it searches one village's board.
func (p *Pages) searchProps(r *web.Request, action string, a boardAsk, now, past []place) (s searchProps, err error) {
	s = searchProps{Action: action, Ask: a, Open: a.Subject != "" || a.Year > 0 || a.Unit >= 0 && action == "/"}
	today := p.Today()
	first, err := FirstPublished(r.Context(), p.DB, p.Town)
	if err != nil {
		return s, err
	}
	year := today.Year()
	if first != "" {
		year = first.Year()
	}
	for y := today.Year(); y >= year; y-- {
		s.Years = append(s.Years, ui.Option{Value: strconv.Itoa(y), Text: fmt.Sprintf("%d年", y)})
	}
	for m := range 12 {
		s.Months = append(s.Months, ui.Option{Value: strconv.Itoa(m + 1), Text: fmt.Sprintf("%d月", m+1)})
	}
	for _, v := range now {
		s.Units = append(s.Units, ui.Option{Value: strconv.FormatInt(v.ID, 10), Text: v.Name})
	}
	for _, v := range past {
		s.Units = append(s.Units, ui.Option{Value: strconv.FormatInt(v.ID, 10), Text: v.Name + "（已撤并）"})
	}
	return s, nil
}

// homeProps is the town's board.
type homeProps struct {
	Frame  ui.BoardProps
	Ask    boardAsk
	Search searchProps
	Today  calendar.Date
	Older  bool // nothing yet this month: the newest are shown
	Items  []ui.NoticeItem
	More   bool // this month has more than are shown
	Pager  boardPager
	Places []ui.Tile
	Past   []place
}
