package desk

import (
	"errors"
	"net/http"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"

	"github.com/a-h/templ"
)

// Obstacle is why a form was not recorded, as its page shows it beside the fields: the act that stands in the way, the
// articles that refuse, what they warn of, or what someone else recorded while the form was open.
type Obstacle struct {
	Act      int64 // the act in the way, −1 if none
	Title    string
	Verdicts []ui.Verdict
	Doubts   []ui.Verdict    // to be read before the form is sent again
	Rows     []int           // of the sheet that each doubt comes from, 0 for none
	Mark     string          // of the doubts
	Public   bool            // what is answered to them is published with the act
	Since    []ui.Event      // recorded since the form was opened, oldest first
	Seen     map[int64]int64 // what the form now knows: entity → last act
}

// Clash reports whether someone else changed the same record meanwhile.
func (o *Obstacle) Clash() bool { return o != nil && len(o.Since) > 0 }

// Asks reports whether the form is recorded once its warnings are read.
func (o *Obstacle) Asks() bool { return o != nil && len(o.Doubts) > 0 }

// Known gives the last act of an entity that the form shows now, if a conflict told it.
func (o *Obstacle) Known(entity int64) (act int64, ok bool) {
	if o != nil {
		act, ok = o.Seen[entity]
	}
	return act, ok
}

// Obstacle puts a refusal or a conflict of the journal onto the form and explains it. It is nil for errors that are not the
// form's affair: those become an error page. Labels name the form's fields; a refusal about anything else is shown above.
func (h *House) Obstacle(r *web.Request, f *web.Form, err error, labels map[string]string) (*Obstacle, error) {
	var no *journal.Refusal
	var clash *journal.Conflict
	switch {
	case h.Asked(err) != nil:
		return h.Asked(err), nil
	case errors.As(err, &no):
		if label, ok := labels[no.Field]; ok {
			f.Fail(no.Field, label, no.Message)
		} else {
			f.FailForm(no.Message)
		}
		o := &Obstacle{Act: no.Act, Verdicts: Panel(no.Verdicts)}
		if no.Act >= 0 {
			a, err := journal.Read(r.Context(), h.DB, h.Town, no.Act)
			if err != nil && db.Kind(err) != db.NotFound {
				return nil, err
			}
			o.Title = h.Journal.Book().Title(a.Kind)
		}
		return o, nil
	case errors.As(err, &clash) && !clash.Reused:
		f.FailForm(clash.Error())
		return &Obstacle{Act: -1, Since: h.Events(clash.Since), Seen: map[int64]int64{clash.Entity: clash.Since[len(clash.Since)-1].N}}, nil
	}
	return nil, err
}

// published reports whether everybody may read the payload of such an act.
func (h *House) published(d journal.Deed) bool { return h.Journal.Book().Public(d.Kind) }

// Answer is the page of a form with the status that fits: 409 after a conflict, 422 with errors or something to read first, else 200.
func Answer(f *web.Form, o *Obstacle, page templ.Component) web.Response {
	switch {
	case o.Clash():
		return web.RenderStatus(http.StatusConflict, page)
	case o.Asks(), !f.OK():
		return web.Invalid(page)
	}
	return web.Render(page)
}
