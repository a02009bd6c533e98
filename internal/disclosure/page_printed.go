package disclosure

import (
	"fmt"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// printedMost is how many notices one printed list holds: a village's quarter, with room to spare.
const printedMost = 200

// printed is a village's list of a month's or a quarter's notices on A4, for the paper board.
func (p *Pages) printed(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	today := p.Today()
	first, err := FirstPublished(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	on := today
	if d := calendar.Date(r.Query("month") + "-01"); d.Valid() && d <= today && first != "" && d >= first.QuarterStart() {
		on = d
	}
	l := printedProps{First: first, Unit: u.Label(), Path: fmt.Sprintf("/v/%d", u.ID), Quarter: r.Query("span") == "quarter", On: on, Today: today}
	from, to := on.MonthStart(), on.MonthEnd()
	if l.Quarter {
		from, to = on.QuarterStart(), on.QuarterEnd()
	}
	l.Period = period(from, to)
	rows, err := Board(r.Context(), p.DB, p.Town, BoardFilter{Area: u.ID, From: from, To: to, Limit: printedMost + 1})
	if err != nil {
		return web.Response{}, err
	}
	if len(rows) > printedMost {
		rows, l.Cut = rows[:printedMost], true
	}
	names, err := p.names(r.Context(), rows)
	if err != nil {
		return web.Response{}, err
	}
	for i := len(rows) - 1; i >= 0; i-- { // on paper the oldest stands first, as in a register
		row := rows[i]
		s, _ := SubjectOf(row.Subject)
		l.Rows = append(l.Rows, printedRow{Row: row, Unit: names[row.Unit], Subject: s.Title, URL: p.url(r, fmt.Sprintf("/n/%d", row.ID))})
	}
	l.Page = r.Page(u.Label() + "公示目录")
	l.URL = p.url(r, l.Path)
	return web.Render(printedPage(l)), nil
}

// printedProps is a printed list of notices.
type printedProps struct {
	Page    ui.Page
	Unit    string
	Path    string
	Period  string
	Quarter bool
	On      calendar.Date
	First   calendar.Date // on which anything was published in the town; before it there is nothing to print
	Today   calendar.Date
	Rows    []printedRow
	Cut     bool   // there are more than one list holds
	URL     string // of the village's board
}

// printedRow is one notice on paper.
type printedRow struct {
	Row     Row
	Unit    string
	Subject string
	URL     string
}

// days says since when and until when the sheet hangs, a date a line, and what a reader of it is to know.
func (r printedRow) days() []string {
	days := r.hung()
	if caution := r.Row.Caution(); caution != "" {
		days = append(days, caution)
	}
	return days
}

func (r printedRow) hung() []string {
	switch {
	case r.Row.Posted == "":
		return []string{"未登记张贴"}
	case r.Row.TakenDown != "":
		return []string{r.Row.Posted.Chinese(), "至" + r.Row.TakenDown.Chinese()}
	case r.Row.Last != "":
		return []string{r.Row.Posted.Chinese(), "至" + r.Row.Last.Chinese()}
	}
	return []string{r.Row.Posted.Chinese() + "起"}
}

// spans are the lists that can be printed instead: the month or quarter before, and the other length.
func (l printedProps) spans() []ui.Link {
	link := func(text string, on calendar.Date, quarter bool) ui.Link {
		href := l.Path + "/list/print?month=" + string(on)[:7]
		if quarter {
			href += "&span=quarter"
		}
		return ui.Link{Text: text, Href: href}
	}
	from, before, other := l.On.MonthStart(), "上一个月", link("打整个季度", l.On, true)
	if l.Quarter {
		from, before, other = l.On.QuarterStart(), "上一季度", link("只打一个月", l.On, false)
	}
	if l.First == "" || from <= l.First {
		return []ui.Link{other}
	}
	return []ui.Link{link(before, from.AddDays(-1), l.Quarter), other}
}

func (l printedProps) total() string {
	if l.Cut {
		return "先列出 " + strconv.Itoa(len(l.Rows)) + " 张，其余请按月打印。"
	}
	return "共 " + strconv.Itoa(len(l.Rows)) + " 张。"
}
