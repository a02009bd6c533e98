package desk

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// actView is one act as its page shows it.
type actView struct {
	journal.Act
	Title  string
	Who    string
	As     journal.Act // as its last correction reads it
	Stands bool        // it is not voided
	Last   int64       // the last act of the history it belongs to
	Hidden bool        // the payload is not for this reader
	Units  []int64     // that it is about
	About  []Named
	Items  []body.Item // the payload as it reads now
	First  []body.Item // as it was recorded, when it reads otherwise now
	Raw    string      // the payload as recorded, without what is encrypted; indented JSON
	Fixes  []Fix       // of this act
	Did    *Fix        // what this act did, when it is a correction itself
	CanFix bool
	Final  string // why it cannot be corrected, and what to do instead; "" when it can be or the reader may not
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
	if !v.Public {
		switch _, err := p.MayAny(r, access.MatterRead, v.Units, 0); {
		case forbidden(err):
			return v, web.Forbidden("您的职务不能查看这一件：它不属于您所在的村、社区或支部。")
		case err != nil:
			return v, err
		}
	}
	who, err := p.doers(r, []journal.Act{a})
	if err != nil {
		return v, err
	}
	v.Who = who(a.By).Text()
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, a.On[0]) // all entities of an act see the same corrections
	if err != nil {
		return v, err
	}
	v.Last = acts[len(acts)-1].N
	if v.As, v.Stands = journal.AsCorrected(acts, n); !v.Stands {
		v.As = a
	}
	if err := p.payload(r, &v, acts); err != nil {
		return v, err
	}
	cp, err := journal.Published(r.Context(), p.DB, p.Town)
	if err != nil && db.Kind(err) != db.NotFound { // a young town has published none
		return v, err
	}
	v.Sealed, v.Final = cp.Size > n, p.final(v)
	v.CanFix, err = p.canFix(r, v)
	return v, err
}

// payload shows what was sealed to whoever may read such acts of these units; what is about persons is noted in the view log
// first. Others see the header and the seal.
func (p *Pages) payload(r *web.Request, v *actView, acts []journal.Act) error {
	kind := v.Kind
	if t, _ := targetOf(v.Act); t >= 0 { // a correction is as private as what it corrects
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
	if err != nil && !forbidden(err) {
		return err
	}
	v.Hidden = err != nil && !v.Public // public acts are on the log for everyone
	if err := p.about(r, v); err != nil || v.Hidden {
		return err
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
	if t := p.Journal.Book().Body(v.Kind); t != nil {
		v.Raw = body.Raw(t, v.Act.Body)
	}
	if err := p.contents(r, v); err != nil {
		return err
	}
	fixes, err := p.Fixes(r, acts)
	for _, f := range fixes {
		switch v.N {
		case f.Target.N:
			v.Fixes = append(v.Fixes, f)
		case f.Act.N:
			v.Did = &f
		}
	}
	return err
}

// about names what the act is about. Persons are not named to whoever may not read the act, and nobody is led to a page that is
// closed to him.
func (p *Pages) about(r *web.Request, v *actView) error {
	named, err := p.Named(r.Context(), v.On)
	if err != nil {
		return err
	}
	may, err := p.Powers(r, v.Units)
	for _, id := range v.On {
		n, ok := named[id]
		if !ok {
			continue
		}
		if v.Hidden && p.Entities[n.Type].Person {
			n = Named{ID: id, Type: n.Type, Title: n.Title}
		}
		if opens := p.Entities[n.Type].Opens; opens != nil && !slices.ContainsFunc(opens, func(power string) bool { return may.Any(power, v.Units) }) {
			n.Href = ""
			if !v.Public {
				n.Name = ""
			}
		}
		v.About = append(v.About, n)
	}
	return err
}

// contents shows the payload as it reads now and, where that differs, as it was recorded.
func (p *Pages) contents(r *web.Request, v *actView) error {
	if v.Erased || p.Journal.Book().Body(v.Kind) == nil {
		return nil
	}
	first, err := p.Journal.Book().Decode(v.Kind, v.Act.Body)
	if err != nil {
		return err
	}
	now, err := p.Journal.Book().Decode(v.Kind, v.As.Body)
	if err != nil {
		return err
	}
	words, err := p.words(r.Context(), body.Numbers(first), body.Numbers(now))
	v.Items = words.Show(now)
	if !bytes.Equal(v.Act.Body, v.As.Body) {
		v.First = words.Show(first)
	}
	return err
}

// persons are the persons that entities are or need.
func (p *Pages) persons(r *web.Request, entities []int64) ([]int64, error) {
	uses, err := journal.UsesOf(r.Context(), p.DB, p.Journal.Book(), p.Town, entities)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(entities)
	for _, list := range uses {
		for _, u := range list {
			all = append(all, u.Entity)
		}
	}
	return p.ofType(r.Context(), "people.person", all, false)
}

func (p *Pages) act(r *web.Request) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.Desk(r, Frame{Title: fmt.Sprintf("第 %d 号", v.N), Active: actsPath, Crumbs: []ui.Link{{Text: "总账", Href: actsPath}}})
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(actPage(frame, v)), nil
}
