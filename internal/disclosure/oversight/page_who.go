package oversight

import (
	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// whoProps tells who asked, once, after a reason was given.
type whoProps struct {
	Frame ui.DeskProps
	Row   Row
	Form  *web.Form
	Key   ui.Param
	Known bool
	Name  string
	Phone string
}

func (p *Pages) whoForm(sort string) web.Page {
	return func(r *web.Request) (web.Response, error) {
		v, _, err := p.whoMay(r, sort)
		if err != nil {
			return web.Response{}, err
		}
		return p.showWho(r, whoProps{Row: v.Row, Form: web.NewForm()})
	}
}

// whoMay finds a case whose asker the reader may learn, and the office by which he may.
func (p *Pages) whoMay(r *web.Request, sort string) (view, access.Decision, error) {
	v, err := p.look(r, sort)
	if err != nil {
		return v, access.Decision{}, err
	}
	via, ok := p.mayWho(r, v)
	if !ok {
		err = web.Forbidden("您的职务不能查看是谁提出的。")
	}
	return v, via, err
}

// who shows name and telephone after the reason is in the view log.
func (p *Pages) who(sort string) web.Page {
	return func(r *web.Request) (web.Response, error) {
		v, via, err := p.whoMay(r, sort)
		if err != nil {
			return web.Response{}, err
		}
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		s := whoProps{Row: v.Row, Form: f}
		reason := f.Required("reason", "查看原因", 200)
		if !f.OK() {
			return p.showWho(r, s)
		}
		// The view log is read by others than who looks: it names neither the case nor, of a complaint, the person.
		view := access.View{Subject: v.Row.Asker, Viewer: r.Who.Person, Office: via.Via.Title, Act: access.PeopleReveal, What: "姓名和电话", Page: home, Reason: reason, Persons: 1}
		if sort == SortComplaint {
			view.Subject, view.Act = 0, access.ComplaintHandle
		}
		if err := p.DB.Update(r.Context(), func(tx *db.Tx) error { return p.Views.Record(r.Context(), tx, view) }); err != nil {
			return web.Response{}, err
		}
		if s.Name, s.Phone, err = p.reach(r, v.Asker); err != nil {
			return web.Response{}, err
		}
		s.Known = true
		return p.showWho(r, s)
	}
}

// reach opens who asked: a registered person from the register, another from the sealed contact.
func (p *Pages) reach(r *web.Request, a Asker) (name, phone string, err error) {
	if a.Person == 0 {
		return p.vault.Reach(r.Context(), keyring.FaceDeskReveal, a.Contact)
	}
	row, err := people.Find(r.Context(), p.DB, p.Town, a.Person)
	if err != nil {
		return "", "", err
	}
	if row.Erased != 0 || row.Phone == "" {
		return row.Name, "", nil
	}
	phone, err = p.vault.Show(r.Context(), keyring.FaceDeskReveal, keyring.Phone, row.Key, row.Phone)
	return row.Name, phone, err
}

func (p *Pages) showWho(r *web.Request, s whoProps) (web.Response, error) {
	var err error
	s.Key = r.KeyParam()
	if s.Frame, err = p.Desk(r, desk.Frame{Title: "是谁提出的", Active: home, Crumbs: []ui.Link{{Text: "询问和监督", Href: home}, {Text: sortTitles[s.Row.Sort], Href: path(s.Row.Sort, s.Row.ID)}}}); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(s.Form, nil, whoPage(s)), nil
}
