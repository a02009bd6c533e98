package desk

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Todo is one matter that waits for the person.
type Todo struct {
	matter.Row
	Step string
	Unit string
	Href string
	Late bool
	Left int // days until the due date; negative when it has passed
}

// soon is up to how many days a date counts as near.
const soon = 7

// until says by when, and how many days that leaves.
func (t Todo) until() string {
	switch {
	case t.Due == "":
		return ""
	case t.Left < 0:
		return fmt.Sprintf("%s（已超 %d 天）", t.Due, -t.Left)
	case t.Left == 0:
		return string(t.Due) + "（今天到期）"
	}
	return fmt.Sprintf("%s（还有 %d 天）", t.Due, t.Left)
}

// todos lists what waits for the person, the most urgent first.
func (p *Pages) todos(r *web.Request, limit int) ([]Todo, error) {
	var out []Todo
	seen := map[string]bool{}
	for _, a := range p.Policy.Acts() {
		if !a.Writes || seen[a.Code] {
			continue
		}
		seen[a.Code] = true
		rows, err := matter.Todo(r.Context(), p.DB, p.Town, a.Code, p.Anchors(r, a.Code), limit)
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			s := p.Steps[m.Procedure+"/"+m.Next]
			t := Todo{Row: m, Step: s.Title, Late: m.Due != "" && m.Due < p.Today()}
			if m.Due != "" {
				t.Left = calendar.Days(p.Today(), m.Due)
			}
			if t.Unit, err = p.Name(r.Context(), p.DB, m.Unit); err != nil {
				return nil, err
			}
			if s.Href != nil {
				t.Href = s.Href(m.ID)
			}
			out = append(out, t)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return urgency(out[i]) < urgency(out[j]) })
	if len(out) > limit {
		out = out[:limit]
	}
	return out, nil
}

// urgency sorts by due date, then by how long it has waited.
func urgency(t Todo) string {
	due := t.Due
	if due == "" {
		due = calendar.Forever
	}
	return string(due) + string(t.Since)
}

const homeTodos = 50

func (p *Pages) home(r *web.Request) (web.Response, error) {
	frame, err := p.Desk(r, Frame{Title: "工作台", Active: "/desk"})
	if err != nil {
		return web.Response{}, err
	}
	todos, err := p.todos(r, homeTodos)
	if err != nil {
		return web.Response{}, err
	}
	latest, err := p.latest(r)
	if err != nil {
		return web.Response{}, err
	}
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	var late, near int
	for _, t := range todos {
		switch {
		case t.Late:
			late++
		case t.Due != "" && t.Left <= soon:
			near++
		}
	}
	stats := []ui.Stat{
		{Label: "等我办理", Value: fmt.Sprint(len(todos)), Note: "按到期先后排列", Icon: "checklist", Tone: ui.Accent},
		{Label: "七天内到期", Value: fmt.Sprint(near), Note: "先办这些", Icon: "clock", Tone: ui.Info},
		{Label: "其中已逾期", Value: fmt.Sprint(late), Note: "逾期由系统记录在案", Icon: "clock", Tone: ui.Warn},
		{Label: "总账件数", Value: fmt.Sprint(size), Note: "一事一记，只增不改", Icon: "book", Tone: ui.Info, Href: "/desk/acts"},
	}
	return web.Render(homePage(homeProps{Frame: frame, Name: r.Who.Name, Today: p.Today(), Stats: stats, Todos: todos, Latest: p.Events(latest)})), nil
}

// Events turns acts into a timeline.
func (h *House) Events(acts []journal.Act) []ui.Event {
	out := make([]ui.Event, len(acts))
	for i, a := range acts {
		out[i] = ui.Event{When: calendar.Instant(a.Recorded), Title: h.Journal.Book().Title(a.Kind), Act: a.N, Href: fmt.Sprintf("/desk/acts/%d", a.N),
			Text: "生效日期 " + a.Effective.Chinese()}
	}
	return out
}

// latest are the newest acts that the person may open; it looks back a little, not to the beginning.
func (p *Pages) latest(r *web.Request) ([]journal.Act, error) {
	const back, most = 40, 12
	acts, err := journal.Latest(r.Context(), p.DB, p.Town, back)
	if err != nil {
		return nil, err
	}
	var mine []journal.Act
	for part := range slices.Chunk(acts, most) {
		_, units, err := p.unitsUnder(r.Context(), part)
		if err != nil {
			return nil, err
		}
		may, err := p.Powers(r, slices.Concat(slices.Collect(maps.Values(units))...))
		if err != nil {
			return nil, err
		}
		for _, a := range part {
			if len(mine) < most && slices.ContainsFunc(a.On, func(id int64) bool { return may.Any(access.MatterRead, units[id]) }) {
				mine = append(mine, a)
			}
		}
		if len(mine) == most {
			break
		}
	}
	return mine, nil
}
