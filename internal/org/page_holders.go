package org

import (
	"cmp"

	"cunju/internal/calendar"
	"cunju/internal/web"
	"cunju/internal/web/ui"

	"github.com/a-h/templ"
)

// holder is one office with who holds it, as tables show it.
type holder struct {
	OfficeRow
	Name  string
	Post  string
	Term  string
	Late  bool
	Leave string // address of the form to end it, "" for those who may not
}

// holders lists the offices of a unit on a day with the names of their holders.
func (p *Pages) holders(r *web.Request, unit int64, on calendar.Date) ([]holder, error) {
	rows, err := OfficesIn(r.Context(), p.DB, p.Town, unit, on)
	if err != nil {
		return nil, err
	}
	return p.named(r, rows, on)
}

// named adds names and terms to offices.
func (p *Pages) named(r *web.Request, rows []OfficeRow, on calendar.Date) ([]holder, error) {
	out := make([]holder, len(rows))
	for i, o := range rows {
		name, err := p.Person(r.Context(), p.DB, o.Person)
		if err != nil {
			return nil, err
		}
		out[i] = holder{OfficeRow: o, Name: name, Post: cmp.Or(o.Title, roleTitle(o.Role))}
		out[i].Term, out[i].Late = term(o, on)
	}
	return out, nil
}

func (h holder) termDot() templ.Component {
	switch {
	case h.Late:
		return ui.Dot(ui.Error, h.Term)
	case h.Until == "":
		return ui.Dot(ui.Neutral, h.Term)
	}
	return ui.Dot(ui.Success, h.Term)
}
