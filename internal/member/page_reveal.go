package member

import (
	"cunju/internal/access"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
)

func (p *Pages) revealForm(r *web.Request) (web.Response, error) {
	c, err := p.fileOf(r, access.PeopleReveal)
	if err != nil {
		return web.Response{}, err
	}
	return p.showMember(r, c, keyring.FaceDesk, web.NewForm())
}

// reveal shows the whole numbers once, after the reason is in the view log.
func (p *Pages) reveal(r *web.Request) (web.Response, error) {
	c, err := p.fileOf(r, access.PeopleReveal)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	reason := f.Required("reason", "查看原因", 200)
	if !f.OK() {
		return p.showMember(r, c, keyring.FaceDesk, f)
	}
	if err := p.note(r, c.Via, access.View{Subject: c.Now.Person, Act: access.PeopleReveal, What: "身份号码、电话、住址全文", Reason: reason}); err != nil {
		return web.Response{}, err
	}
	return p.showMember(r, c, keyring.FaceDeskReveal, nil)
}
