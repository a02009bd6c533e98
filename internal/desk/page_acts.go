package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const actsPage = 50

func (p *Pages) acts(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.MatterRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看总账。")
	}
	frame, err := p.Desk(r, Frame{Title: "总账", Active: "/desk/acts"})
	if err != nil {
		return web.Response{}, err
	}
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	end := size
	if n, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && n >= 0 && n < size {
		end = n
	}
	from := max(end-actsPage, 0)
	acts, err := journal.Since(r.Context(), p.DB, p.Town, from, int(end-from))
	if err != nil {
		return web.Response{}, err
	}
	for i, j := 0, len(acts)-1; i < j; i, j = i+1, j-1 {
		acts[i], acts[j] = acts[j], acts[i]
	}
	pager := ui.Pager{Text: fmt.Sprintf("第 %d 号至第 %d 号，共 %d 件", from, end-1, size)}
	if from > 0 {
		pager.Next = fmt.Sprintf("/desk/acts?before=%d", from)
	}
	if end < size {
		pager.First = "/desk/acts"
		pager.Prev = fmt.Sprintf("/desk/acts?before=%d", min(end+actsPage, size))
	}
	return web.Render(actsListPage(actsProps{Frame: frame, Size: size, Acts: acts, Title: p.Journal.Book().Title, Pager: pager})), nil
}

// actView is one act as its page shows it.
type actView struct {
	journal.Act
	Title  string
	Who    string
	As     journal.Act // as its last correction reads it
	Stands bool        // it is not voided
	Last   int64       // the last act of the history it belongs to
	Hidden bool        // the payload is not for this reader
	Body   string      // indented JSON
	AsBody string      // of As
	Units  []int64     // that it is about
	Later  []ui.Event  // corrections of this act
	CanFix bool
	Sealed bool
	Public bool
}

// load reads the act of the path and checks that the person may see it.
func (p *Pages) load(r *web.Request) (actView, error) {
	n, err := r.PathID("n")
	if err != nil {
		return actView{}, err
	}
	a, err := journal.Read(r.Context(), p.DB, p.Town, n)
	if db.Kind(err) == db.NotFound {
		return actView{}, web.NotFound(fmt.Sprintf("没有第 %d 号事项。", n))
	}
	if err != nil {
		return actView{}, err
	}
	v := actView{Act: a, Title: p.Journal.Book().Title(a.Kind), Public: p.Journal.Book().Public(a.Kind), As: a}
	if v.Units, err = p.Units(r.Context(), a.On...); err != nil {
		return v, err
	}
	if !v.Public && !p.CanAny(r, access.MatterRead, v.Units) {
		return v, web.Forbidden("您的职务不能查看这一件：它不属于您所在的村、社区或支部。")
	}
	if v.Who, err = p.who(r, a.By); err != nil {
		return v, err
	}
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, a.On[0]) // all entities of an act see the same corrections
	if err != nil {
		return v, err
	}
	v.Last = acts[len(acts)-1].N
	for _, other := range acts {
		if other.N != n && targetOf(other) == n {
			v.Later = append(v.Later, p.Events([]journal.Act{other})...)
		}
	}
	if v.As, v.Stands = journal.AsCorrected(acts, n); !v.Stands {
		v.As = a
	}
	if err := p.payload(r, &v, acts); err != nil {
		return v, err
	}
	cp, err := journal.Published(r.Context(), p.DB, p.Town)
	v.Sealed = err == nil && cp.Size > n
	_, mayFix := p.mayFix(r, v)
	v.CanFix = mayFix == nil
	return v, nil
}

// targetOf is the act that a correction or an annulment is about, −1 for other acts.
func targetOf(a journal.Act) int64 {
	t := struct{ Target int64 }{-1}
	if a.Kind != journal.Correct.Name && a.Kind != journal.Void.Name || json.Unmarshal(a.Body, &t) != nil {
		return -1
	}
	return t.Target
}

// payload shows what was sealed to whoever may read such acts of these units; what is about persons is noted in the view log
// first. Others see the header and the seal.
func (p *Pages) payload(r *web.Request, v *actView, acts []journal.Act) error {
	kind := v.Kind
	if t := targetOf(v.Act); t >= 0 { // a correction is as private as what it corrects
		for _, a := range acts {
			if a.N == t {
				kind = a.Kind
			}
		}
	}
	info := p.Journal.Book().Info(kind)
	power := info.Read
	if power == "" {
		power = access.MatterRead
	}
	via, err := p.MayAny(r, power, v.Units, 0)
	if err != nil && !v.Public { // public acts are on the log for everyone
		v.Hidden = true
		return nil
	}
	if info.Person {
		persons, err := p.persons(r, v.On)
		if err != nil {
			return err
		}
		views := access.View{Viewer: r.Who.Person, Office: via.Via.Title, Act: power, What: "总账第 " + strconv.FormatInt(v.N, 10) + " 号的内容", Page: r.URL.Path, Persons: 1}.Each(persons)
		if err := p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, views...) }); err != nil {
			return err
		}
	}
	v.Body, v.AsBody = indented(v.Act.Body), indented(v.As.Body)
	return nil
}

func indented(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || json.Indent(&b, raw, "", "  ") != nil {
		return ""
	}
	return b.String()
}

// persons are the persons that entities are or need.
func (p *Pages) persons(r *web.Request, entities []int64) ([]int64, error) {
	var out []int64
	for _, id := range entities {
		ids, err := db.All[int64](r.Context(), p.DB, `SELECT id FROM journal_entity WHERE town = $1 AND id = $2 AND type = 'people.person'
			UNION SELECT e.id FROM journal_use u CROSS JOIN journal_entity e
			WHERE u.town = $1 AND u.user_id = $2 AND e.town = $1 AND e.id = u.used AND e.type = 'people.person'`, p.Town, id)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}

// who names the person and the office that recorded an act.
func (p *Pages) who(r *web.Request, by journal.By) (string, error) {
	if by.System {
		return "系统（建账或到期自动记录）", nil
	}
	return p.Person(r.Context(), p.DB, by.Person)
}

func (p *Pages) act(r *web.Request) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.Desk(r, Frame{Title: fmt.Sprintf("第 %d 号", v.N), Active: "/desk/acts", Crumbs: []ui.Link{{Text: "总账", Href: "/desk/acts"}}})
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(actPage(frame, v)), nil
}
