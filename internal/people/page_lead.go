package people

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// leadProps is the form that gives a household another head.
type leadProps struct {
	Frame ui.DeskProps
	H     HouseholdRow
	Stays []StayRow // of today
	Lost  bool      // the address went with the former head's data
	Form  *web.Form
	Trial *desk.Obstacle
	Key   ui.Param
}

// GiveHead records that a resident is the head of a household from a day on.
func GiveHead(ctx context.Context, w *journal.Writer, household int64, l Lead, on calendar.Date) (int64, error) {
	if err := org.Begun(w, on); err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindLead, on, []int64{household}, l)
}

// headless reads the household of the path for a change of its head.
func (p *Pages) headless(r *web.Request) (leadProps, access.Decision, error) {
	var props leadProps
	id, err := r.PathID("id")
	if err != nil {
		return props, access.Decision{}, err
	}
	props.H, err = FindHousehold(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return props, access.Decision{}, web.NotFound("没有这一户。")
	}
	if err != nil {
		return props, access.Decision{}, err
	}
	d, err := p.May(r, access.PeopleEdit, props.H.Unit)
	if err != nil {
		return props, d, err
	}
	all, err := Residents(r.Context(), p.DB, p.Town, id)
	if err != nil {
		return props, d, err
	}
	for _, s := range all {
		if s.To == calendar.Forever {
			props.Stays = append(props.Stays, s)
		}
	}
	if len(props.candidates()) == 0 {
		return props, d, web.Conflict("这一户没有别的成员可以作户主。")
	}
	_, props.Lost, err = p.address(r.Context(), keyring.FaceDesk, props.H)
	return props, d, err
}

// candidates are the residents who may become the head.
func (p leadProps) candidates() []ui.Option {
	var out []ui.Option
	for _, s := range p.Stays {
		if s.Relation != Head {
			out = append(out, ui.Option{Value: strconv.FormatInt(s.Person, 10), Text: s.Name + "（" + s.Relation + "）"})
		}
	}
	return out
}

// address opens a household's address; lost says that it was sealed under the key of a former head whose data are erased.
func (p *Pages) address(ctx context.Context, face keyring.Face, h HouseholdRow) (text string, lost bool, err error) {
	if h.Address == "" {
		return "", false, nil
	}
	text, err = p.Vault.Show(ctx, face, keyring.Address, h.Key, h.Address)
	if errors.Is(err, keyring.ErrErased) {
		return "", true, nil
	}
	return text, false, err
}

func relationOf(s StayRow) string { return "relation_" + strconv.FormatInt(s.Person, 10) }

func (p *Pages) leadForm(r *web.Request) (web.Response, error) {
	props, _, err := p.headless(r)
	if err != nil {
		return web.Response{}, err
	}
	pairs := []string{"effective", string(p.Today())}
	for _, s := range props.Stays {
		if s.Relation != Head {
			pairs = append(pairs, relationOf(s), s.Relation)
		}
	}
	props.Form = web.NewForm(pairs...)
	return p.showLead(r, props)
}

func (p *Pages) showLead(r *web.Request, props leadProps) (web.Response, error) {
	props.Key = r.KeyParam()
	var err error
	if props.Frame, err = p.Desk(r, deskFrame("变更户主", householdsPath, ui.Link{Text: "住户", Href: householdsPath},
		ui.Link{Text: "户号 " + props.H.Number, Href: householdPath(props.H.ID)})); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(props.Form, props.Trial, leadPage(props)), nil
}

func (p *Pages) lead(r *web.Request) (web.Response, error) {
	props, via, err := p.headless(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	props.Form = f
	options := props.candidates()
	codes := make([]string, len(options))
	for i, o := range options {
		codes[i] = o.Value
	}
	l := Lead{Reason: f.Required("reason", "变更原因", 100)}
	l.Person, _ = strconv.ParseInt(f.Choice("person", "新户主", true, codes...), 10, 64)
	on := f.Date("effective", "变更日期", web.Needed)
	for _, s := range props.Stays {
		if s.Person == l.Person {
			continue
		}
		relation := f.Required(relationOf(s), s.Name+"与新户主的关系", 20)
		if relation == Head {
			f.Fail(relationOf(s), s.Name+"与新户主的关系", "一户只能有一位户主")
		}
		if relation != s.Relation {
			l.Relations = append(l.Relations, Resident{Person: s.Person, Relation: relation})
		}
	}
	address := f.Text("address", "门牌地址", 100)
	if !f.OK() {
		return p.showLead(r, props)
	}
	head, err := Find(r.Context(), p.DB, p.Town, l.Person)
	if err != nil {
		return web.Response{}, err
	}
	if address == "" { // as before, sealed under another key: nobody sees it on the way
		if address, _, err = p.address(r.Context(), keyring.FaceDeskReveal, props.H); err != nil {
			return web.Response{}, err
		}
	}
	l.Key = head.Key
	if l.Address, err = p.Vault.Address(r.Context(), head.Key, address); err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := GiveHead(ctx, w, props.H.ID, l, on)
		return err
	}})
	if err != nil {
		if props.Trial, err = p.Obstacle(r, f, err, map[string]string{"effective": "变更日期"}); err != nil {
			return web.Response{}, err
		}
		return p.showLead(r, props)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已登记%s为户主，总账第 %d 号。", head.Name, receipt.First)})
	return web.Redirect(householdPath(props.H.ID)), nil
}

func householdPath(id int64) string { return fmt.Sprintf("/desk/households/%d", id) }
