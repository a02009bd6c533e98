package people

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/people/keyring"
	"cunju/internal/people/search"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// found is a person in a list, with masked numbers.
type found struct {
	Row
	Age    string
	Number string
	Phone  string
}

// Names are looked for in the whole town and then kept to the reader's units: of so many candidates so many are shown.
const (
	searchCandidates = 400
	searchShown      = 50
)

// search finds persons by name, pinyin initials, a whole number or its last four digits; a bare number of an act goes there.
// Only persons of units for which the reader has a duty are shown.
func (p *Pages) search(r *web.Request) (web.Response, error) {
	q := strings.TrimSpace(r.Query("q"))
	if n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimPrefix(q, "第"), "号"), 10, 64); err == nil && strings.HasPrefix(q, "第") {
		return web.Redirect(fmt.Sprintf("/desk/acts/%d", n)), nil
	}
	if len(p.Anchors(r, access.PeopleRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看人员信息。")
	}
	frame, err := p.Desk(r, deskFrame("人员和住户", "/desk/people"))
	if err != nil {
		return web.Response{}, err
	}
	props := searchProps{Frame: frame, Q: q, New: len(p.Anchors(r, access.PeopleEdit)) > 0}
	if q != "" {
		rows, err := p.Vault.Search(r.Context(), p.DB, q, searchCandidates)
		if err != nil {
			return web.Response{}, err
		}
		props.Cut = len(rows) == searchCandidates
		for _, row := range rows {
			if len(props.Rows) == searchShown {
				props.Cut = true
				break
			}
			units, err := p.Units(r.Context(), row.ID)
			if err != nil {
				return web.Response{}, err
			}
			if !p.CanAny(r, access.PeopleRead, units) {
				props.Hidden++
				continue
			}
			f, err := p.masked(r, row)
			if err != nil {
				return web.Response{}, err
			}
			props.Rows = append(props.Rows, f)
		}
		if props.Cut || search.Plan(q).ByNumber() { // a guessed number must not tell that somebody has it
			props.Hidden = 0
		}
		if err := p.note(r, access.View{Act: access.PeopleRead, What: "检索结果（号码已隐去）", Persons: int64(len(props.Rows))}); err != nil {
			return web.Response{}, err
		}
	}
	return web.Render(searchPage(props)), nil
}

// masked opens a row for a list of the desk.
func (p *Pages) masked(r *web.Request, row Row) (found, error) {
	f := found{Row: row, Age: age(row, p.Today())}
	var err error
	if f.Number, err = p.Vault.Show(r.Context(), keyring.FaceDesk, keyring.IDNumber, row.Key, row.IDNumber); err != nil {
		return f, err
	}
	f.Phone, err = p.Vault.Show(r.Context(), keyring.FaceDesk, keyring.Phone, row.Key, row.Phone)
	return f, err
}

// note writes the view log before anything is shown.
func (p *Pages) note(r *web.Request, v access.View) error {
	v.Viewer, v.Page = r.Who.Person, r.URL.Path
	if v.Office == "" && len(r.Who.Offices) > 0 {
		v.Office = r.Who.Offices[0].Title
	}
	return p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, v) })
}

func (p *Pages) households(r *web.Request) (web.Response, error) {
	unit := int64(-1)
	if n, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		unit = n
	}
	anchors := p.Anchors(r, access.PeopleRead)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看住户信息。")
	}
	if unit < 0 {
		unit = anchors[0]
	}
	if _, err := p.May(r, access.PeopleRead, unit); err != nil {
		return web.Response{}, err
	}
	frame, err := p.Desk(r, deskFrame("住户名册", "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"}))
	if err != nil {
		return web.Response{}, err
	}
	rows, err := Households(r.Context(), p.DB, p.Town, unit, r.Query("after"), householdPage+1)
	if err != nil {
		return web.Response{}, err
	}
	name, err := p.Name(r.Context(), p.DB, unit)
	if err != nil {
		return web.Response{}, err
	}
	props := householdsProps{Frame: frame, MayImport: p.register.May(r), Unit: name, At: unit}
	for _, a := range anchors {
		list, err := places(r.Context(), p.DB, p.Town, a, p.Today())
		if err != nil {
			return web.Response{}, err
		}
		for _, u := range list {
			props.Units = append(props.Units, ui.Option{Value: strconv.FormatInt(u.ID, 10), Text: u.Name})
		}
	}
	if len(rows) > householdPage {
		rows = rows[:householdPage]
		props.Pager.Next = fmt.Sprintf("/desk/households?unit=%d&after=%s", unit, cursor(rows[len(rows)-1]))
	}
	if r.Query("after") != "" {
		props.Pager.First = fmt.Sprintf("/desk/households?unit=%d", unit)
	}
	props.Rows = rows
	props.Pager.Text = fmt.Sprintf("本页 %d 户", len(rows))
	if err := p.note(r, access.View{Act: access.PeopleRead, What: "住户名册", Persons: int64(len(rows))}); err != nil {
		return web.Response{}, err
	}
	return web.Render(householdsPage(props)), nil
}

const householdPage = 50

func (p *Pages) household(r *web.Request) (web.Response, error) {
	id, err := r.PathID("id")
	if err != nil {
		return web.Response{}, err
	}
	h, err := FindHousehold(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return web.Response{}, web.NotFound("没有这一户。")
	}
	if err != nil {
		return web.Response{}, err
	}
	if _, err := p.May(r, access.PeopleRead, h.Unit); err != nil {
		return web.Response{}, err
	}
	frame, err := p.Desk(r, deskFrame("户号 "+h.Number, "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"}, ui.Link{Text: "住户名册", Href: householdsPath}))
	if err != nil {
		return web.Response{}, err
	}
	props := householdProps{Frame: frame, H: h}
	if props.Unit, err = p.Name(r.Context(), p.DB, h.Unit); err != nil {
		return web.Response{}, err
	}
	lost := false
	if props.Address, lost, err = p.address(r.Context(), keyring.FaceDesk, h); err != nil {
		return web.Response{}, err
	}
	if lost {
		props.Address = "（随原户主的个人信息依法删除）"
	}
	stays, err := Residents(r.Context(), p.DB, p.Town, id)
	if err != nil {
		return web.Response{}, err
	}
	props.Stays = stays
	props.MayLead = p.CanAny(r, access.PeopleEdit, []int64{h.Unit}) && slices.ContainsFunc(stays, func(s StayRow) bool {
		return s.To == calendar.Forever && s.Relation != Head
	})
	if err := p.note(r, access.View{Act: access.PeopleRead, What: "一户的成员", Persons: int64(len(stays))}); err != nil {
		return web.Response{}, err
	}
	return web.Render(householdDetail(props)), nil
}
