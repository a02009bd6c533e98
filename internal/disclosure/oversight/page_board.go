package oversight

import (
	"context"
	"encoding/json"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// item is a question as everybody may read it.
type item struct {
	Row    Row
	About  string // the line, "" for the whole notice
	Reply  *Reply // nil while it waits, when it is private, or was erased
	Public *Summary
	Unit   string
}

// boardProps is what stands under a notice, or on a village's page of questions.
type boardProps struct {
	Frame   ui.BoardProps
	Title   string
	Notice  int64 // 0 on a village's page
	Village org.UnitRow
	Items   []item
	Lines   []ui.Option
	Tally   Tally
	Today   calendar.Date
	Year    int
	Line    string // chosen
	Next    string // address of what comes after this page, "" for nothing
	Office  string // who answers
	MayFind bool   // at the desk: record a finding
	MayNew  bool   // at the desk: enter a question
}

// items reads, of cases, what is public: the words from public acts alone. lines are those of the one notice that all are about,
// nil on a village's page.
func (p *Pages) items(r *web.Request, rows []Row, lines []ui.Option) ([]item, error) {
	ctx := r.Context()
	var notices, acts []int64
	for _, row := range rows {
		notices = append(notices, row.Notice)
		if row.PublicAct > 0 {
			acts = append(acts, row.PublicAct)
		}
	}
	about, err := disclosure.FindEach(ctx, p.DB, p.Town, notices)
	if err != nil {
		return nil, err
	}
	said, err := journal.ReadEach(ctx, p.DB, p.Town, acts)
	if err != nil {
		return nil, err
	}
	names, read := map[int64]string{}, map[int64][]string{} // of units, and the lines of notices
	out := make([]item, 0, len(rows))
	for _, row := range rows {
		it := item{Row: row}
		n, known := about[row.Notice]
		if _, ok := read[row.Notice]; !ok && lines == nil && row.Line > 0 && known && n.Scope == disclosure.ScopePublic {
			if read[row.Notice], err = linesOf(ctx, p.DB, p.Town, n); err != nil {
				return nil, err
			}
		}
		if row.Line > 0 && row.Line <= int64(len(lines)) {
			it.About = lines[row.Line-1].Text
		} else if list := read[row.Notice]; row.Line > 0 && row.Line <= int64(len(list)) {
			it.About = lineWords(row.Line, list)
		}
		if _, ok := names[row.Unit]; !ok {
			if names[row.Unit], err = p.Name(ctx, p.DB, row.Unit); err != nil {
				return nil, err
			}
		}
		it.Unit = names[row.Unit]
		if a, ok := said[row.PublicAct]; ok && row.PublicAct > 0 && !a.Erased {
			if row.Sort == SortQuestion {
				it.Reply = &Reply{}
				err = json.Unmarshal(a.Body, it.Reply)
			} else {
				it.Public = &Summary{}
				err = json.Unmarshal(a.Body, it.Public)
			}
			if err != nil {
				return nil, err
			}
		}
		out = append(out, it)
	}
	return out, nil
}

func lineWords(line int64, lines []string) string {
	return "第 " + itoa(line) + " 行　" + lines[line-1]
}

// lineText is the line that a question is about, in a few words; "" for none.
func (p *Pages) lineText(ctx context.Context, c Row) (string, error) {
	row, ok, err := p.notice(ctx, c.Notice)
	if err != nil || !ok || c.Line == 0 {
		return "", err
	}
	lines, err := linesOf(ctx, p.DB, p.Town, row)
	if err != nil || c.Line > int64(len(lines)) {
		return "", err
	}
	return lineWords(c.Line, lines), nil
}

// ofRow is what everybody may read about a notice.
func (p *Pages) ofRow(r *web.Request, row disclosure.Row) (s boardProps, err error) {
	s = boardProps{Notice: row.ID, Title: row.Title, Today: p.Today()}
	rows, err := ofNotice(r.Context(), p.DB, p.Town, row.ID)
	if err != nil {
		return s, err
	}
	lines, err := linesOf(r.Context(), p.DB, p.Town, row)
	if err != nil {
		return s, err
	}
	for i := range lines {
		s.Lines = append(s.Lines, ui.Option{Value: itoa(int64(i + 1)), Text: lineWords(int64(i+1), lines)})
	}
	if s.Office, err = p.Name(r.Context(), p.DB, row.Unit); err != nil {
		return s, err
	}
	s.Items, err = p.items(r, rows, s.Lines)
	return s, err
}

func (p *Pages) underNotice(r *web.Request, row disclosure.Row) (templ.Component, error) {
	s, err := p.ofRow(r, row)
	return noticeCard(s), err
}

// underDesk is the card under a notice at the desk; a notice that is not published has none.
func (p *Pages) underDesk(r *web.Request, row disclosure.Row) (templ.Component, error) {
	if row.Published == "" || row.Scope != disclosure.ScopePublic {
		return nil, nil
	}
	s, err := p.ofRow(r, row)
	s.MayFind = p.Can(r, access.DisclosureFind, row.Unit, 0, 0)
	s.MayNew = p.Can(r, access.DisclosureOnBehalf, row.Unit, 0, 0)
	return deskCard(s, p.Can(r, access.DisclosureAnswer, row.Unit, 0, 0) || s.MayFind || s.MayNew), err
}

// shownMost is how many questions a village's board shows.
const shownMost = 5

func (p *Pages) onVillage(r *web.Request, village org.UnitRow) (templ.Component, error) {
	s := boardProps{Village: village, Today: p.Today(), Year: p.Today().Year()}
	from := calendar.Of(s.Year, 1, 1)
	var err error
	if s.Tally, err = TallyOf(r.Context(), p.DB, p.Town, village.ID, from, s.Today); err != nil || s.Tally.Asked == 0 {
		return villageCard(s), err
	}
	rows, err := ofArea(r.Context(), p.DB, p.Town, village.ID, from, 0, shownMost)
	if err != nil {
		return nil, err
	}
	s.Items, err = p.items(r, rows, nil)
	return villageCard(s), err
}

// askedPageRows is how many questions one page of a village's year holds.
const askedPageRows = 20

// asked is the page of what was asked of a village this year.
func (p *Pages) asked(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	s := boardProps{Village: u, Today: p.Today(), Year: p.Today().Year()}
	if s.Frame, err = p.board.BoardFrame(r, u.Label()+"的询问", &u, ""); err != nil {
		return web.Response{}, err
	}
	from := calendar.Of(s.Year, 1, 1)
	if s.Tally, err = TallyOf(r.Context(), p.DB, p.Town, u.ID, from, s.Today); err != nil {
		return web.Response{}, err
	}
	skip := max(number(r.Query("skip")), 0)
	rows, err := ofArea(r.Context(), p.DB, p.Town, u.ID, from, skip, askedPageRows+1)
	if err != nil {
		return web.Response{}, err
	}
	if len(rows) > askedPageRows {
		rows, s.Next = rows[:askedPageRows], "/v/"+itoa(u.ID)+"/asked?skip="+itoa(skip+askedPageRows)
	}
	s.Items, err = p.items(r, rows, nil)
	return web.Render(askedPage(s)), err
}

// howToAsk tells a reader of a notice how to ask: by log-in, at the counter, by telephone. Who is logged in goes on at once.
func (p *Pages) howToAsk(r *web.Request) (web.Response, error) {
	row, err := p.board.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	to := "/me/questions/new?notice=" + itoa(row.ID)
	if n := number(r.Query("line")); n > 0 {
		to += "&line=" + itoa(n)
	}
	if r.LoggedIn() {
		return web.Redirect(to), nil
	}
	area, err := p.board.AreaOf(r.Context(), row.Unit)
	if err != nil {
		return web.Response{}, err
	}
	s := boardProps{Notice: row.ID, Title: row.Title, Line: to}
	if s.Office, err = p.Name(r.Context(), p.DB, row.Unit); err != nil {
		return web.Response{}, err
	}
	s.Frame, err = p.board.BoardFrame(r, "提问", area, "")
	return web.Render(howPage(s)), err
}
