package people

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// The constructors of frames are here because every page of the slice uses them.
func deskFrame(title, active string, crumbs ...ui.Link) desk.Frame {
	return desk.Frame{Title: title, Active: active, Crumbs: crumbs}
}

func age(row Row, on calendar.Date) string {
	if row.Birth == "" {
		return ""
	}
	return fmt.Sprint(calendar.Age(row.Birth, on))
}

// one reads the person of the path and checks the power.
func (p *Pages) one(r *web.Request, act string) (Row, access.Decision, error) {
	id, err := r.PathID("id")
	if err != nil {
		return Row{}, access.Decision{}, err
	}
	row, err := Find(r.Context(), p.DB, p.Town, id)
	if db.Kind(err) == db.NotFound {
		return row, access.Decision{}, web.NotFound("没有这个人员。")
	}
	if err != nil {
		return row, access.Decision{}, err
	}
	if row.Erased != 0 {
		row.Name = gone
	}
	units, err := p.Units(r.Context(), id)
	if err != nil {
		return row, access.Decision{}, err
	}
	d, err := p.MayAny(r, act, units, id)
	return row, d, err
}

func (p *Pages) person(r *web.Request) (web.Response, error) {
	row, _, err := p.one(r, access.PeopleRead)
	if err != nil {
		return web.Response{}, err
	}
	return p.showPerson(r, row, keyring.FaceDesk, nil)
}

// showPerson renders a person's page for a face: masked for the desk, whole after a reason was given.
func (p *Pages) showPerson(r *web.Request, row Row, face keyring.Face, f *web.Form) (web.Response, error) {
	frame, err := p.Desk(r, deskFrame(row.Name, "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"}))
	if err != nil {
		return web.Response{}, err
	}
	props := personProps{Frame: frame, Row: row, Age: age(row, p.Today()), Whole: face == keyring.FaceDeskReveal, Form: f, Key: r.KeyParam()}
	if row.Erased == 0 {
		for _, s := range []struct {
			to     *string
			field  keyring.Field
			sealed string
		}{{&props.Number, keyring.IDNumber, row.IDNumber}, {&props.Phone, keyring.Phone, row.Phone}, {&props.Address, keyring.Address, row.Address}} {
			if *s.to, err = p.Vault.Show(r.Context(), face, s.field, row.Key, s.sealed); err != nil {
				return web.Response{}, err
			}
		}
	}
	if h, err := HouseholdOf(r.Context(), p.DB, p.Town, row.ID); err == nil {
		props.Household = &h
	} else if db.Kind(err) != db.NotFound {
		return web.Response{}, err
	}
	if props.Former, err = formerHomes(r.Context(), p.DB, p.Town, row.ID); err != nil {
		return web.Response{}, err
	}
	if p.More != nil {
		if props.Related, err = p.More(r, row.ID); err != nil {
			return web.Response{}, err
		}
	}
	acts, err := journal.Acts(r.Context(), p.DB, p.Town, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	props.Acts = p.Events(acts)
	if props.Views, err = p.Views.Of(r.Context(), p.DB, row.ID, access.Before{}, 8); err != nil {
		return web.Response{}, err
	}
	units, err := p.Units(r.Context(), row.ID)
	if err != nil {
		return web.Response{}, err
	}
	props.MayReveal = p.CanAny(r, access.PeopleReveal, units) && row.Erased == 0
	props.MayEdit = p.CanAny(r, access.PeopleEdit, units) && row.Erased == 0
	if props.Erasure, err = erasureOf(r.Context(), p.DB, p.Town, row.ID); err != nil {
		return web.Response{}, err
	}
	props.MayErase = row.Erased == 0 && props.Erasure < 0 && p.CanAny(r, access.PeopleErase, units)
	if face == keyring.FaceDesk {
		if err := p.note(r, access.View{Subject: row.ID, Act: access.PeopleRead, What: "基本信息（号码已隐去）", Persons: 1}); err != nil {
			return web.Response{}, err
		}
	}
	page := personPage(props)
	if f != nil && !f.OK() {
		return web.Invalid(page), nil
	}
	return web.Render(page), nil
}

func (p *Pages) revealForm(r *web.Request) (web.Response, error) {
	row, _, err := p.editable(r, access.PeopleReveal)
	if err != nil {
		return web.Response{}, err
	}
	return p.showPerson(r, row, keyring.FaceDesk, web.NewForm())
}

// reveal shows the whole numbers once, after the reason is in the view log.
func (p *Pages) reveal(r *web.Request) (web.Response, error) {
	row, d, err := p.editable(r, access.PeopleReveal)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	reason := f.Required("reason", "查看原因", 200)
	if !f.OK() {
		return p.showPerson(r, row, keyring.FaceDesk, f)
	}
	if err := p.note(r, access.View{Subject: row.ID, Office: d.Via.Title, Act: access.PeopleReveal, What: "身份号码、电话、住址全文", Reason: reason, Persons: 1}); err != nil {
		return web.Response{}, err
	}
	return p.showPerson(r, row, keyring.FaceDeskReveal, nil)
}
