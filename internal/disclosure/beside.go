package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/a-h/templ"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Beside is what another room of disclosure puts on the pages of notices: who stood before the sheet, what was asked about it.
// Each function may be nil, and may answer nil for nothing to show.
type Beside struct {
	Public  func(r *web.Request, row Row) (templ.Component, error)             // under a published notice, for villagers
	Desk    func(r *web.Request, row Row) (templ.Component, error)             // under a notice at the desk
	Village func(r *web.Request, village org.UnitRow) (templ.Component, error) // on the board of a village or community, below its notices
	Urgent  func(r *web.Request, village org.UnitRow) (templ.Component, error) // the same above them: only what is wrong today
	Room                                                                       // its part in a covering
	Waits   func(r *web.Request, row Row) (ui.Link, error)                     // what a covering left to do there
	Foot    []ui.Link                                                          // links at the foot of the board
}

// Room is what another room of disclosure does when parts of a notice are covered, in the same transaction.
type Room struct {
	Quotes  Quotes  // acts elsewhere that the covering deletes
	Covered Covered // what follows there; nil for nothing
}

// Covered is told that an act covered parts of a notice on a day, given as it stood before; or, of a notice that was covered first, that
// its sheet is now on record as hung since that day or an earlier one, given as it stands then.
type Covered func(ctx context.Context, w *journal.Writer, notice Row, act int64, on calendar.Date) error

// Quotes lists the public acts of another room about a notice whose bodies say what is being covered: a covering deletes them with
// the notice's own.
type Quotes func(ctx context.Context, q db.Querier, town string, notice int64, says func(body json.RawMessage) bool) ([]int64, error)

// rooms are all that have a part in a covering.
func (p *Pages) rooms() (list []Room) {
	for _, b := range p.beside {
		list = append(list, b.Room)
	}
	return list
}

// CoverEnded covers the lists of recipients whose last day has passed, at most so many, as the system's own act; every room has its part,
// as when an office covers.
func (p *Pages) CoverEnded(ctx context.Context, most int) error {
	ended, err := Ended(ctx, p.DB, p.Town, p.Today(), most)
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range ended {
		_, err := p.Journal.Record(ctx, p.Town, journal.Request{By: journal.By{System: true}, Decide: func(ctx context.Context, w *journal.Writer) error {
			_, err := CoverList(ctx, w, row.ID, w.Today(), p.rooms()...)
			return err
		}})
		if err != nil {
			failed = append(failed, fmt.Errorf("cover the list of notice %d: %w", row.ID, err))
		}
	}
	return errors.Join(failed...)
}

// waits is the first thing that a covering left to do in another room; its address is "" for nothing.
func (p *Pages) waits(r *web.Request, row Row) (ui.Link, error) {
	for _, b := range p.beside {
		if b.Waits == nil {
			continue
		}
		if l, err := b.Waits(r, row); err != nil || l.Href != "" {
			return l, err
		}
	}
	return ui.Link{}, nil
}

// Put adds what another room shows, below what was put before. It is called before the first request.
func (p *Pages) Put(b Beside) { p.beside = append(p.beside, b) }

// besideRow gathers what stands under a notice, in the order in which it was put.
func (p *Pages) besideRow(r *web.Request, row Row, pick func(Beside) func(*web.Request, Row) (templ.Component, error)) ([]templ.Component, error) {
	var out []templ.Component
	for _, b := range p.beside {
		show := pick(b)
		if show == nil {
			continue
		}
		c, err := show(r, row)
		if err != nil {
			return nil, err
		}
		if c != nil {
			out = append(out, c)
		}
	}
	return out, nil
}

func atPublic(b Beside) func(*web.Request, Row) (templ.Component, error) { return b.Public }
func atDesk(b Beside) func(*web.Request, Row) (templ.Component, error)   { return b.Desk }

func belowNotices(b Beside) func(*web.Request, org.UnitRow) (templ.Component, error) {
	return b.Village
}
func aboveNotices(b Beside) func(*web.Request, org.UnitRow) (templ.Component, error) { return b.Urgent }

// besideVillage gathers what stands above or below a village's notices.
func (p *Pages) besideVillage(r *web.Request, village org.UnitRow, pick func(Beside) func(*web.Request, org.UnitRow) (templ.Component, error)) ([]templ.Component, error) {
	var out []templ.Component
	for _, b := range p.beside {
		show := pick(b)
		if show == nil {
			continue
		}
		c, err := show(r, village)
		if err != nil {
			return nil, err
		}
		if c != nil {
			out = append(out, c)
		}
	}
	return out, nil
}
