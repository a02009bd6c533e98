package oversight

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// newProps is a form at the desk by which a case begins.
type newProps struct {
	askProps
	Title  string
	Sort   string
	Q      string // typed name
	Person int64
	Name   string
	Due    catalogue.Due // that a finding is about; its ID is 0 for none
	Answer bool          // the reader may answer on the spot
	Rolls  []ui.KV       // what the household register counts, by unit
}

// counterForm shows the form of what a caller or visitor asks or complains of.
func (p *Pages) counterForm(r *web.Request, sort string, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	ctx := r.Context()
	s := newProps{Sort: sort, Title: newTitles[sort], Q: r.Query("q"), Person: number(f.Value("person"))}
	s.Form, s.Obstacle, s.Key, s.Complain = f, o, r.KeyParam(), sort == SortComplaint
	var err error
	if s.Desk, err = p.newFrame(r, sort); err != nil {
		return web.Response{}, err
	}
	if err := p.choices(ctx, &s.askProps, number(f.Value("notice"))); err != nil {
		return web.Response{}, err
	}
	if sort == SortQuestion {
		s.Answer = len(p.Anchors(r, access.DisclosureAnswer)) > 0
		if err := p.keepMine(r, &s); err != nil {
			return web.Response{}, err
		}
	}
	if s.Person > 0 {
		if s.Name, err = p.named(r, s.Person); err != nil {
			return web.Response{}, err
		}
	} else if s.Q != "" && len(p.Anchors(r, access.PeopleRead)) > 0 {
		if s.Found, err = p.find(r, s.Q); err != nil {
			return web.Response{}, err
		}
	}
	return desk.Answer(f, o, newPage(s)), nil
}

// named gives the name of a registered person who came, to whom may read the register; the look is noted.
func (p *Pages) named(r *web.Request, person int64) (string, error) {
	units, err := p.House.Units(r.Context(), person)
	if err != nil {
		return "", err
	}
	via, err := p.MayAny(r, access.PeopleRead, units, person)
	if err != nil {
		return "", err
	}
	name, err := p.Person(r.Context(), p.DB, person)
	if err != nil || name == "" {
		return "", err
	}
	view := access.View{Subject: person, Viewer: r.Who.Person, Office: via.Via.Title, Act: access.PeopleRead, What: "姓名", Page: home, Persons: 1}
	return name, p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, view) })
}

// keepMine keeps of the units those for which the reader may enter questions.
func (p *Pages) keepMine(r *web.Request, s *newProps) error {
	var ids []int64
	for _, o := range s.Units {
		ids = append(ids, number(o.Value))
	}
	powers, err := p.Powers(r, ids)
	if err != nil {
		return err
	}
	var keep []ui.Option
	for _, o := range s.Units {
		if len(powers.Offices(desk.Need{Act: access.DisclosureOnBehalf, Unit: number(o.Value)})) > 0 {
			keep = append(keep, o)
		}
	}
	s.Units = keep
	return nil
}

func (p *Pages) newFrame(r *web.Request, sort string) (ui.DeskProps, error) {
	return p.Desk(r, desk.Frame{Title: newTitles[sort], Active: home, Crumbs: []ui.Link{{Text: "询问和监督", Href: home + "?sort=" + sort}}})
}

func (p *Pages) newQuestion(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.DisclosureOnBehalf)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不代村民登记询问。")
	}
	return p.counterForm(r, SortQuestion, web.NewForm("notice", r.Query("notice"), "line", r.Query("line"), "person", r.Query("person"), "channel", Visit, "private", "no"), nil)
}

// readAsker reads who came, and how.
func (p *Pages) readAsker(r *web.Request, f *web.Form) (a Asker, err error) {
	a.Channel = f.Choice("channel", "怎样提出", web.Needed, Visit, Phone, Paper)
	a.Person = f.Int64("person", "登记的人员", web.Optional, 0, 1<<53)
	if a.Person > 0 {
		name, err := p.named(r, a.Person)
		if err == nil && name == "" {
			f.FailForm("没有这个人员。没有登记，请重新查找。")
		}
		return a, err
	}
	if f.OK() {
		a.Contact, err = p.contact(r.Context(), f)
	}
	return a, err
}

func (p *Pages) enterQuestion(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	a, err := p.readAsk(r.Context(), f)
	if err != nil {
		return web.Response{}, err
	}
	answer := f.Text("reply", "当场答复", longest)
	if a.Asker, err = p.readAsker(r, f); err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		if len(p.Anchors(r, access.DisclosureOnBehalf)) == 0 {
			return web.Response{}, web.Forbidden("您的职务不代村民登记询问。")
		}
		return p.counterForm(r, SortQuestion, f, nil)
	}
	via, err := p.May(r, access.DisclosureOnBehalf, a.Unit)
	if err != nil {
		return web.Response{}, err
	}
	if answer != "" { // one office enters and answers
		powers, err := p.Powers(r, []int64{a.Unit})
		if err != nil {
			return web.Response{}, err
		}
		both := powers.Offices(desk.Need{Act: access.DisclosureOnBehalf, Unit: a.Unit}, desk.Need{Act: access.DisclosureAnswer, Unit: a.Unit})
		if len(both) == 0 {
			f.FailForm("您的职务可以代为登记，不能答复。没有登记；当场答复请留空，由" + Questions.Steps[0].Who + "答复。")
			return p.counterForm(r, SortQuestion, f, nil)
		}
		via = both[0]
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		id, err := Pose(ctx, w, a, w.Today())
		if err != nil || answer == "" {
			return err
		}
		_, err = Give(ctx, w, id, answer, nil, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, askLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.counterForm(r, SortQuestion, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "询问已登记，登记号第 " + itoa(rec.First) + " 号。", Detail: "请把登记号告诉提问人。"})
	return web.Redirect(path(SortQuestion, rec.First)), nil
}

func (p *Pages) newComplaint(r *web.Request) (web.Response, error) {
	if !p.mayStreet(r) {
		return web.Response{}, web.Forbidden("向街道的反映，由街道党建办、纪检监察干部登记；村、社区不经手。")
	}
	return p.counterForm(r, SortComplaint, web.NewForm("notice", r.Query("notice"), "person", r.Query("person"), "channel", Visit), nil)
}

func (p *Pages) enterComplaint(r *web.Request) (web.Response, error) {
	if !p.mayStreet(r) {
		return web.Response{}, web.Forbidden("向街道的反映，由街道党建办、纪检监察干部登记；村、社区不经手。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	c, err := p.readComplaint(r.Context(), f)
	if err != nil {
		return web.Response{}, err
	}
	if c.Asker, err = p.readAsker(r, f); err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.counterForm(r, SortComplaint, f, nil)
	}
	via, err := p.May(r, access.DisclosureOnBehalf, street)
	if err != nil {
		if via, err = p.May(r, access.ComplaintHandle, street); err != nil {
			return web.Response{}, err
		}
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Lodge(ctx, w, c, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, askLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.counterForm(r, SortComplaint, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "反映已登记，登记号第 " + itoa(rec.First) + " 号，由纪检监察干部或党工委书记查核。", Detail: "请把登记号告诉反映人。"})
	if p.Can(r, access.ComplaintHandle, street, c.Person, 0) {
		return web.Redirect(path(SortComplaint, rec.First)), nil
	}
	return web.Redirect(home), nil
}

// unitsFor are the units about which the reader has a power.
func (p *Pages) unitsFor(r *web.Request, act string, keep func(org.UnitRow) bool) ([]ui.Option, error) {
	units, err := p.bodies(r.Context())
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	powers, err := p.Powers(r, ids)
	return unitOptions(units, func(u org.UnitRow) bool {
		return keep(u) && len(powers.Offices(desk.Need{Act: act, Unit: u.ID})) > 0
	}), err
}

var findingLabels = map[string]string{"text": "发现的问题", "title": "关于什么"}

func (p *Pages) newFinding(r *web.Request) (web.Response, error) {
	return p.findingForm(r, web.NewForm("notice", r.Query("notice"), "unit", r.Query("unit"), "item", r.Query("item")), nil)
}

func (p *Pages) findingForm(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	if len(p.Anchors(r, access.DisclosureFind)) == 0 {
		return web.Response{}, web.Forbidden("监督发现由监督委员会、监事和街道纪检监察干部提出。")
	}
	s := newProps{Sort: SortFinding, Title: newTitles[SortFinding]}
	s.Form, s.Obstacle, s.Key = f, o, r.KeyParam()
	var err error
	if s.Desk, err = p.newFrame(r, SortFinding); err != nil {
		return web.Response{}, err
	}
	if row, ok, err := p.notice(r.Context(), number(f.Value("notice"))); err != nil {
		return web.Response{}, err
	} else if ok {
		s.Notice = row
	}
	if d, ok, err := dueItem(r.Context(), p.DB, p.Town, number(f.Value("item"))); err != nil {
		return web.Response{}, err
	} else if ok {
		s.Due = d
		if _, err := p.May(r, access.DisclosureFind, d.Unit); err != nil {
			return web.Response{}, err
		}
		if s.Name, err = p.Name(r.Context(), p.DB, d.Unit); err != nil {
			return web.Response{}, err
		}
		if r.Method == "GET" {
			f.Set("text", "本项逾期未公开：最迟应在"+d.Day.Chinese()+"公开。请说明原因，并尽快公开。")
		}
	}
	if s.Units, err = p.unitsFor(r, access.DisclosureFind, func(org.UnitRow) bool { return true }); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, findingPage(s)), nil
}

func (p *Pages) enterFinding(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	b := Finding{Notice: f.Int64("notice", "公示", web.Optional, 0, 1<<53), Text: f.Required("text", "发现的问题", longest)}
	row, ok, err := p.notice(r.Context(), b.Notice)
	if err != nil {
		return web.Response{}, err
	}
	b.Item = f.Int64("item", "应公开事项", web.Optional, 0, 1<<53)
	d, late, err := dueItem(r.Context(), p.DB, p.Town, b.Item)
	if err != nil {
		return web.Response{}, err
	}
	switch {
	case ok:
		b.Unit = row.Unit
	case late:
		b.Unit, b.Title = d.Unit, d.Title
	case b.Item > 0:
		f.FailForm("没有这件应公开事项。没有登记，请从应公开事项的页面重新打开。")
	default:
		b.Unit, b.Title = f.Int64("unit", "向谁提出", web.Needed, 1, 1<<53), f.Required("title", "关于什么", 60)
	}
	if !f.OK() {
		return p.findingForm(r, f, nil)
	}
	via, err := p.May(r, access.DisclosureFind, b.Unit)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Find(ctx, w, b, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, findingLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.findingForm(r, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "监督发现已登记，有关单位要在期限内回应。"})
	return web.Redirect(path(SortFinding, rec.First)), nil
}

// roll counts the adults and all that the household register knows of a unit's area on the day.
func (p *Pages) roll(ctx context.Context, area int64, on string, adult string) (adults, all int64, err error) {
	type counts struct{ Adults, All int64 }
	c, err := db.One[counts](ctx, p.DB, `SELECT COALESCE(SUM(CASE WHEN p.birth <> '' AND p.birth <= $4 THEN 1 ELSE 0 END), 0), COUNT(*)
		FROM org_closure k CROSS JOIN people_household h CROSS JOIN people_resident s CROSS JOIN people_person p
		WHERE k.town = $1 AND k.line = 'area' AND k.ancestor = $2 AND k.from_day <= $3 AND k.to_day > $3
			AND h.town = $1 AND h.unit = k.descendant AND h.to_day > $3 AND s.town = $1 AND s.household = h.id AND s.from_day <= $3 AND s.to_day > $3
			AND p.town = $1 AND p.id = s.person`, p.Town, area, on, adult)
	return c.Adults, c.All, err
}
