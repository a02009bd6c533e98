package catalogue

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// dueMost is how many due items the list shows; dueSoon is up to how many days a date counts as near.
const (
	dueMost = 1000
	dueSoon = 7
)

// dueYears is how far back the list shows what has ended.
const dueYears = 2

// listProps is the list of due items.
type listProps struct {
	Frame  ui.DeskProps
	Rows   []Line
	Areas  []ui.Option
	Area   string
	State  string
	Query  string
	Today  calendar.Date
	Stats  []ui.Stat
	MayAdd bool
	May    map[answer]bool // for what the reader may state that there was nothing
}

// anchors are the units under which the reader has to do with due items in any way.
func (p *Pages) anchors(r *web.Request) []int64 {
	var all []int64
	for _, power := range powers {
		for _, a := range p.Anchors(r, power) {
			if !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	return all
}

// dueFilter reads the list's filters from the address; the state is open unless something else is asked for.
func (p *Pages) dueFilter(r *web.Request) (f DueFilter, state, area string) {
	f = DueFilter{Under: p.anchors(r), Open: true, Limit: dueMost}
	switch state = r.Query("state"); state {
	case "late":
		f.Before = p.Today()
	case "ended", "all":
		f.Open, f.Since = false, p.Today().AddYears(-dueYears)
	default:
		state = ""
	}
	if id, err := strconv.ParseInt(r.Query("area"), 10, 64); err == nil && id > 0 {
		area = r.Query("area")
	}
	return f, state, area
}

// dueRows are the due items that a request asks for.
func (p *Pages) dueRows(r *web.Request, f DueFilter, state, area string) ([]Line, error) {
	list, err := DueOf(r.Context(), p.DB, p.Town, f)
	if err != nil {
		return nil, err
	}
	rows, err := named(r.Context(), p.DB, p.Town, list)
	if err != nil {
		return nil, err
	}
	places, err := placesOf(r.Context(), p.DB, p.Town)
	return slices.DeleteFunc(rows, func(l Line) bool {
		return state == "ended" && l.Kept == stateOpen || area != "" && strconv.FormatInt(places[l.Unit].Area, 10) != area
	}), err
}

// list is what is due from the units that the reader has to do with.
func (p *Pages) list(r *web.Request) (web.Response, error) {
	f, state, area := p.dueFilter(r)
	if len(f.Under) == 0 {
		return web.Response{}, web.Forbidden("您的职务不办理应公开事项。")
	}
	frame, err := p.Desk(r, desk.Frame{Title: "应公开事项", Active: duePath})
	if err != nil {
		return web.Response{}, err
	}
	props := listProps{Frame: frame, State: state, Area: area, Today: p.Today(), Query: r.URL.RawQuery,
		MayAdd: len(p.Anchors(r, access.DisclosureDue))+len(p.Anchors(r, access.DisclosurePartyDue)) > 0}
	if props.Rows, err = p.dueRows(r, f, state, area); err != nil {
		return web.Response{}, err
	}
	props.May = p.mayState(r, props.Rows)
	var soon, late int
	for _, l := range props.Rows {
		switch {
		case l.Kept != stateOpen || l.Day == "":
		case l.Left(props.Today) < 0:
			late++
		case l.Left(props.Today) <= dueSoon:
			soon++
		}
	}
	props.Stats = []ui.Stat{{Label: "七天内到期", Value: strconv.Itoa(soon), Note: "先办这些", Icon: "clock", Tone: ui.Warn},
		{Label: "逾期未公开", Value: strconv.Itoa(late), Note: "逾期由系统记录在案", Icon: "alert-triangle", Tone: ui.Error, Href: latePath},
		{Label: "列出", Value: strconv.Itoa(len(props.Rows)), Note: "按到期先后排列", Icon: "checklist", Tone: ui.Info}}
	if props.Areas, err = areaOptions(r.Context(), p.DB, p.Town); err != nil {
		return web.Response{}, err
	}
	return web.Render(listPage(props)), nil
}

// areaOptions are the villages and communities that have units which disclose.
func areaOptions(ctx context.Context, q db.Querier, town string) ([]ui.Option, error) {
	places, err := placesOf(ctx, q, town)
	names := map[int64]string{}
	for _, pl := range places {
		if pl.Area > 0 {
			names[pl.Area] = pl.AreaName
		}
	}
	var out []ui.Option
	for id, name := range names {
		out = append(out, ui.Option{Value: strconv.FormatInt(id, 10), Text: name})
	}
	slices.SortFunc(out, func(a, b ui.Option) int { return len(a.Value)*1000 - len(b.Value)*1000 + compare(a.Value, b.Value) })
	return out, err
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// latest is the last day for lists.
func (l Line) latest() string {
	return cmp.Or(string(l.Day), l.By())
}

// tone colours a due item.
func (l Line) tone(today calendar.Date) ui.Tone {
	switch l.State(today) {
	case LongOverdue, Overdue:
		return ui.Error
	case InTime:
		return ui.Success
	case MetLate:
		return ui.Warn
	case Waiting:
		if l.Day == "" || l.Left(today) <= dueSoon {
			return ui.Warn
		}
		return ui.Info
	}
	return ui.Neutral
}
