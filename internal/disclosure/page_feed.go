package disclosure

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"time"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// feedSize is how many of the newest notices a feed holds.
const feedSize = 50

// The elements of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  atomPerson  `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomPerson struct {
		Name string `xml:"name"` // of a unit, never of a person
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
	atomEntry struct {
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Updated   string       `xml:"updated"`
		Published string       `xml:"published"`
		Links     []atomLink   `xml:"link"`
		Author    atomPerson   `xml:"author"`
		Category  atomCategory `xml:"category"`
		Summary   string       `xml:"summary"`
	}
)

// feed is what the town newly published, for programs that read feeds.
func (p *Pages) feed(r *web.Request) (web.Response, error) { return p.atom(r, nil) }

// villageFeed is what a village newly published.
func (p *Pages) villageFeed(r *web.Request) (web.Response, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	return p.atom(r, &u)
}

// atom writes the feed of a village, or of the town, of one subject where the address names one.
func (p *Pages) atom(r *web.Request, village *org.UnitRow) (web.Response, error) {
	ctx := r.Context()
	frame, err := p.BoardFrame(r, "", village, "")
	if err != nil {
		return web.Response{}, err
	}
	f := BoardFilter{Area: -1, Limit: feedSize}
	self, title := "/feed.atom", frame.Village+"公开栏"
	if village != nil {
		f.Area, self = village.ID, fmt.Sprintf("/v/%d/feed.atom", village.ID)
	}
	home := strings.TrimSuffix(self, "feed.atom")
	if home != "/" {
		home = strings.TrimSuffix(home, "/")
	}
	if s, ok := SubjectOf(r.Query("subject")); ok {
		f.Subject, title = s.Code, title+"："+s.Title
		q := url.Values{"subject": {s.Code}}
		self, home = withQuery(self, q), withQuery(home, q)
	}
	rows, err := Board(ctx, p.DB, p.Town, f)
	if err != nil {
		return web.Response{}, err
	}
	names, err := p.names(ctx, rows)
	if err != nil {
		return web.Response{}, err
	}
	changed, err := changedAt(ctx, p.DB, p.Town, rows)
	if err != nil {
		return web.Response{}, err
	}
	origin, err := journal.Origin(ctx, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	id := func(path string) string { // stands while the address of the board changes (RFC 4151)
		host, _, _ := strings.Cut(origin, "/")
		return "tag:" + host + ",2026:" + p.Town + path
	}
	out := atomFeed{Lang: "zh-CN", ID: id(self), Title: title, Author: atomPerson{frame.Village},
		Links: []atomLink{{"self", "application/atom+xml", p.url(r, self)}, {"alternate", "text/html", p.url(r, home)}}}
	var newest int64
	for _, row := range rows {
		at := changed[row.ID]
		newest = max(newest, at.Changed)
		s, _ := SubjectOf(row.Subject)
		path := fmt.Sprintf("/n/%d", row.ID)
		out.Entries = append(out.Entries, atomEntry{ID: id(path), Title: row.Title, Updated: rfc3339(at.Changed), Published: rfc3339(at.First),
			Links:  []atomLink{{"alternate", "text/html", p.url(r, path)}},
			Author: atomPerson{names[row.Unit]}, Category: atomCategory{s.Code, s.Title}, Summary: row.summary()})
	}
	out.Updated = rfc3339(newest)
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(out); err != nil {
		return web.Response{}, err
	}
	res := web.Bytes("application/atom+xml; charset=utf-8", b.Bytes(), false)
	if newest > 0 {
		res = res.Modified(time.UnixMilli(newest))
	}
	return res, nil
}

// rfc3339 is an instant in unix ms as feeds write it; the beginning of time where nothing happened yet.
func rfc3339(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// summary is what a feed says of a notice beside its title.
func (r Row) summary() string {
	parts := []string{r.Number}
	if when := period(r.From, r.To); when != "" {
		parts = append(parts, when)
	}
	if r.Money == 1 {
		parts = append(parts, fmt.Sprintf("收入 %s 元，支出 %s 元，结余 %s 元", ui.Money(r.Income), ui.Money(r.Spending), ui.Money(r.Closing)))
	}
	if caution := r.Caution(); caution != "" {
		parts = append(parts, caution)
	}
	return strings.Join(parts, "；") + "。"
}

// changeRow is when a notice was published and when what it says last changed, in unix ms.
type changeRow struct {
	ID      int64
	First   int64
	Changed int64
}

// changedAt finds the instants of published notices. What is said beside one changes with its covering, with what became of an urgent one,
// and with its correction.
func changedAt(ctx context.Context, q db.Querier, town string, rows []Row) (map[int64]changeRow, error) {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
		if row.Newer > 0 {
			ids = append(ids, row.Newer)
		}
	}
	out := map[int64]changeRow{}
	if len(ids) == 0 {
		return out, nil
	}
	list, args := db.In(6, ids)
	found, err := db.All[changeRow](ctx, q, `SELECT o.entity, MIN(CASE WHEN a.kind = $2 THEN a.recorded END), MAX(a.recorded) FROM journal_on o CROSS JOIN journal_act a
		WHERE o.town = $1 AND o.entity IN (`+list+`) AND a.town = $1 AND a.n = o.n AND a.kind IN ($2, $3, $4, $5) GROUP BY o.entity`,
		append([]any{town, KindPublish.Name, KindRedact.Name, KindConfirm.Name, KindCheck.Name}, args...)...)
	for _, f := range found {
		out[f.ID] = f
	}
	for _, row := range rows {
		if at := out[row.ID]; row.Newer > 0 {
			at.Changed = max(at.Changed, out[row.Newer].First)
			out[row.ID] = at
		}
	}
	return out, err
}
