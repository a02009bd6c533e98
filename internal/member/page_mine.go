package member

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// mineProps is a person's own page.
type mineProps struct {
	Frame     ui.PhoneProps
	Name      string
	Card      *ui.HeroProps // the membership; nil for who has none
	Self      []ui.KV
	Household []ui.KV
	Looks     []ui.Event
	Places    []contact // where to go when something is wrong
	Nobody    bool      // the account belongs to no person on record
	Erased    bool
}

// contact is an office that can correct what is wrong.
type contact struct {
	Unit  string
	Phone string
	Who   []ui.KV // office and name
}

// looksMost is how many looks at one's data the page lists.
const looksMost = 20

// mine shows a person what is recorded of him, and who looked at it.
func (p *Pages) mine(r *web.Request) (web.Response, error) {
	ctx := r.Context()
	props := mineProps{Name: r.Who.Name, Frame: ui.PhoneProps{Page: r.Page("我的"), Sub: "我的信息"}}
	town, err := p.Name(ctx, p.DB, p.townUnit(r))
	if err != nil {
		return web.Response{}, err
	}
	props.Frame.Village = town
	props.Frame.Tabs = []ui.NavItem{{Text: "我的", Href: "/me", Icon: "user", Active: true}, {Text: "询问", Href: "/me/questions", Icon: "message-circle"}, {Text: "公开", Href: "/", Icon: "speakerphone"}, {Text: "登录安全", Href: "/me/security", Icon: "lock"}}
	if len(r.Who.Offices) > 0 {
		props.Frame.Tabs = append(props.Frame.Tabs, ui.NavItem{Text: "工作台", Href: "/desk", Icon: "layout-dashboard"})
	}
	row, err := people.Find(ctx, p.DB, p.Town, r.Who.Person)
	switch {
	case db.Kind(err) == db.NotFound || r.Who.Person == 0:
		props.Nobody = true
		return web.Render(minePage(props)), nil
	case err != nil:
		return web.Response{}, err
	}
	props.Erased = row.Erased != 0
	if !props.Erased {
		props.Name = row.Name
		if props.Self, err = p.private(r, row, keyring.FaceMine); err != nil {
			return web.Response{}, err
		}
	}
	units, err := p.ownMembership(r, row.ID, &props)
	if err != nil {
		return web.Response{}, err
	}
	if units, err = p.ownHousehold(r, row.ID, &props, units); err != nil {
		return web.Response{}, err
	}
	for _, unit := range units {
		c, err := p.contactOf(r, unit)
		if err != nil {
			return web.Response{}, err
		}
		props.Places = append(props.Places, c)
	}
	views, err := p.Views.Of(ctx, p.DB, row.ID, access.Before{}, looksMost)
	if err != nil {
		return web.Response{}, err
	}
	for _, v := range views {
		e := viewEvent(v)
		name, err := p.House.Person(ctx, p.DB, v.Viewer)
		if err != nil {
			return web.Response{}, err
		}
		if e.Who = name; v.Office != "" {
			e.Who = v.Office + " " + name
		}
		props.Looks = append(props.Looks, e)
	}
	return web.Render(minePage(props)), nil
}

// townUnit is the street: the journal's first entity.
func (p *Pages) townUnit(r *web.Request) int64 {
	units, err := p.Units(r.Context())
	if err != nil || len(units) == 0 {
		return 0
	}
	return units[0]
}

// ownMembership fills the card of the last membership and names the unit to turn to.
func (p *Pages) ownMembership(r *web.Request, person int64, props *mineProps) ([]int64, error) {
	ids, err := Of(r.Context(), p.DB, p.Town, person)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	m, ok, err := journal.StateOf[Member](r.Context(), p.DB, p.Journal.Book(), p.Town, ids[len(ids)-1], journal.AsOf(p.Today()))
	if err != nil || !ok {
		return nil, err
	}
	branch, err := org.Find(r.Context(), p.DB, p.Town, m.Now().Branch)
	if err != nil {
		return nil, err
	}
	card := &ui.HeroProps{Title: "我的党籍", Value: m.Now().Category.Chinese()}
	if years := m.partyAge(p.Today()); years != "" && m.Ended == "" {
		card.Unit = "党龄 " + years + " 年"
	}
	if m.Ended != "" {
		card.Value, card.Unit = "已"+m.Ended.Chinese(), ""
	}
	card.Pairs = []ui.KV{{Key: "所在支部", Value: branch.Label()}, {Key: "入党日期", Value: dateText(m.Admitted)}, {Key: "转正日期", Value: dateText(m.Full)}, {Key: "状态", Value: condition(m)}}
	props.Card = card
	return []int64{branch.ID}, nil
}

// ownHousehold fills the household and adds its unit to those that one can turn to.
func (p *Pages) ownHousehold(r *web.Request, person int64, props *mineProps, units []int64) ([]int64, error) {
	h, err := people.HouseholdOf(r.Context(), p.DB, p.Town, person)
	if db.Kind(err) == db.NotFound {
		return units, nil
	}
	if err != nil {
		return nil, err
	}
	place, err := p.Name(r.Context(), p.DB, h.Unit)
	if err != nil {
		return nil, err
	}
	address, err := p.shown(r.Context(), keyring.FaceMine, keyring.Address, h.Key, h.Address)
	if err != nil {
		return nil, err
	}
	props.Household = []ui.KV{{Key: "户号", Value: h.Number}, {Key: "所在", Value: place}, {Key: "人数", Value: fmt.Sprintf("%d 人", h.Size)}, {Key: "门牌地址", Value: address}}
	if h.Head > 0 {
		name, err := p.House.Person(r.Context(), p.DB, h.Head)
		if err != nil {
			return nil, err
		}
		props.Household = append([]ui.KV{{Key: "户主", Value: name}}, props.Household...)
	}
	return append(units, h.Unit), nil
}

// contactOf says where a unit is reached and who works there: offices are public facts.
func (p *Pages) contactOf(r *web.Request, unit int64) (c contact, err error) {
	u, err := org.Find(r.Context(), p.DB, p.Town, unit)
	if err != nil {
		return c, err
	}
	state, ok, err := journal.StateOf[org.Unit](r.Context(), p.DB, p.Journal.Book(), p.Town, unit, journal.AsOf(p.Today()))
	if err != nil {
		return c, err
	}
	c.Unit = u.Label()
	if ok {
		c.Phone = state.Contact
	}
	held, err := org.OfficesIn(r.Context(), p.DB, p.Town, unit, p.Today())
	if err != nil {
		return c, err
	}
	for _, o := range held {
		role, _ := access.RoleOf(o.Role)
		name, err := p.House.Person(r.Context(), p.DB, o.Person)
		if err != nil {
			return c, err
		}
		c.Who = append(c.Who, ui.KV{Key: role.Post, Value: name})
	}
	return c, nil
}
