package desk

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	actsPage = 50
	kindWalk = 20_000 // acts that are read through for those of one kind, some 20 ms
	actsPath = "/desk/acts"
)

// actRow is one act of the list.
type actRow struct {
	journal.Act
	Title string
	About []Named // as far as the reader may know
	Who   string
}

// actsQuery is what part of the journal is asked for.
type actsQuery struct {
	Kind     string
	From, To calendar.Date // days of recording, both included
	Before   int64         // the first number of the page before; −1 for the newest
}

func (q actsQuery) filtered() bool { return q != actsQuery{Before: q.Before} }

// href is the address of the page before a number.
func (q actsQuery) href(before int64) string {
	v := url.Values{}
	for name, value := range map[string]string{"kind": q.Kind, "from": string(q.From), "to": string(q.To)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if before >= 0 {
		v.Set("before", strconv.FormatInt(before, 10))
	}
	if len(v) == 0 {
		return actsPath
	}
	return actsPath + "?" + v.Encode()
}

// actsAsked reads the filter. What cannot be read filters nothing, and a sentence says so.
func (p *Pages) actsAsked(r *web.Request) (q actsQuery, why []ui.Flash) {
	q.Before = -1
	if kind := r.Query("kind"); slices.Contains(p.Journal.Book().Kinds(), kind) {
		q.Kind = kind
	}
	for name, day := range map[string]*calendar.Date{"from": &q.From, "to": &q.To} {
		s := r.Query(name)
		if s == "" {
			continue
		}
		d, err := calendar.Parse(s)
		if err != nil {
			why = append(why, ui.Flash{Tone: ui.Warn, Text: "日期看不懂（" + s + "），没有按它筛选。"})
		}
		*day = d
	}
	if n, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && n >= 0 {
		q.Before = n
	}
	return q, why
}

// part turns days into numbers.
func (p *Pages) part(r *web.Request, q actsQuery, size int64) (journal.Range, error) {
	out := journal.Range{Kind: q.Kind, End: size}
	var err error
	if q.From != "" {
		out.From, err = journal.NumberAt(r.Context(), p.DB, p.Town, q.From.Start())
	}
	if err == nil && q.To != "" && q.To < calendar.Forever {
		out.End, err = journal.NumberAt(r.Context(), p.DB, p.Town, q.To.AddDays(1).Start())
	}
	if q.Before >= 0 {
		out.End = min(out.End, q.Before)
	}
	return out, err
}

func (p *Pages) acts(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.MatterRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看总账。")
	}
	frame, err := p.Desk(r, Frame{Title: "总账", Active: actsPath})
	if err != nil {
		return web.Response{}, err
	}
	q, why := p.actsAsked(r)
	frame.Page.Flash = append(frame.Page.Flash, why...)
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	part, err := p.part(r, q, size)
	if err != nil {
		return web.Response{}, err
	}
	from := part.From
	if part.Kind != "" {
		part.From = max(from, part.End-kindWalk)
	}
	acts, err := journal.Newest(r.Context(), p.DB, p.Town, part, actsPage+1)
	if err != nil {
		return web.Response{}, err
	}
	more := len(acts) > actsPage
	acts = acts[:min(len(acts), actsPage)]
	props := actsProps{Frame: frame, Size: size, Query: q, Kinds: p.kindOptions()}
	if props.Rows, err = p.actRows(r, acts); err != nil {
		return web.Response{}, err
	}
	if n := len(acts); n > 0 {
		props.Pager.Text = fmt.Sprintf("第 %d 号至第 %d 号", acts[n-1].N, acts[0].N)
		if more {
			props.Pager.Next = q.href(acts[n-1].N)
		}
	}
	if !more && part.From > from {
		props.Pager.Text = fmt.Sprintf("找到第 %d 号为止，更早的还没有找", part.From)
		props.Pager.Next = q.href(part.From)
	}
	if q.Before >= 0 {
		props.Pager.First = q.href(-1)
		if !q.filtered() {
			props.Pager.Prev = q.href(min(q.Before+actsPage, size))
		}
	}
	return web.Render(actsListPage(props)), nil
}

// actRows names what a page of acts is about and who did it, and notes the names of persons that it shows.
func (p *Pages) actRows(r *web.Request, acts []journal.Act) ([]actRow, error) {
	about, persons, err := p.subjects(r, acts)
	if err != nil {
		return nil, err
	}
	who, err := p.doers(r, acts)
	if err != nil {
		return nil, err
	}
	rows := make([]actRow, len(acts))
	for i, a := range acts {
		rows[i] = actRow{Act: a, Title: p.Journal.Book().Title(a.Kind), About: about[a.N], Who: who(a.By).Name}
	}
	if persons == 0 {
		return rows, nil
	}
	view := access.View{Viewer: r.Who.Person, Office: r.Who.Offices[0].Title, Act: access.PeopleRead, What: "总账列表中的姓名", Page: r.URL.Path, Persons: persons}
	return rows, p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, view) })
}

// doer is who recorded an act.
type doer struct {
	Name, Office string
	System       bool
}

// Text is the name with the office.
func (d doer) Text() string {
	switch {
	case d.System:
		return d.Name + "（建账或到期自动记录）"
	case d.Office == "":
		return d.Name
	}
	return d.Name + "（" + d.Office + "）"
}

// doers names who recorded acts, with the offices in which they did.
func (h *House) doers(r *web.Request, acts []journal.Act) (func(journal.By) doer, error) {
	var ids []int64
	for _, a := range acts {
		for _, id := range []int64{a.By.Person, a.By.Office} {
			if id != 0 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	named, err := h.Named(r.Context(), ids)
	return func(by journal.By) doer {
		if by.System {
			return doer{Name: "系统", System: true}
		}
		if by == (journal.By{}) {
			return doer{Name: "村（居）民本人（不显示姓名）"}
		}
		return doer{Name: named[by.Person].Name, Office: named[by.Office].Name}
	}, err
}

// kindOptions are the kinds to choose from, in order of their words.
func (p *Pages) kindOptions() []ui.Option {
	b := p.Journal.Book()
	var out []ui.Option
	for _, k := range b.Kinds() {
		out = append(out, ui.Option{Value: k, Text: b.Title(k)})
	}
	slices.SortStableFunc(out, func(a, b ui.Option) int { return cmp.Compare(a.Text, b.Text) })
	return out
}
