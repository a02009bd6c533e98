package member

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

// MovementPlan is what recording a register of movements would enter, in order of date. Arrivals hold the particulars of those
// who come onto a roster by it.
type MovementPlan struct {
	Rows     []MovementRow `json:"rows"`
	Arrivals *RosterPlan   `json:"arrivals,omitempty"`
}

// PreviewMovements reads a register of movements and follows every member through it, line by line in order of date: is he where
// the line says he is, may he do what it says. Particulars of those who are admitted or come from elsewhere are in a roster of
// arrivals, which may be nil when there are none. Nothing is recorded.
func PreviewMovements(ctx context.Context, q db.Querier, v people.Vault, book *sheet.Book, arrivals *RosterPlan, today calendar.Date) (*sheet.Preview, *MovementPlan, error) {
	f := follower{today: today, places: map[string]whereabouts{}, coming: map[string]RosterRow{}}
	if arrivals != nil {
		for _, r := range arrivals.Rows {
			f.coming[r.Details.IDNumber] = r
		}
	}
	var failed error
	p, err := sheet.Read(ctx, book, movementLayout(today, func(t *sheet.Table) {
		order := make([]int, t.Len())
		numbers := make([]string, t.Len())
		for i := range order {
			order[i], numbers[i] = i, t.Record(i).Text("id_number")
		}
		if f.register, failed = lookUp(ctx, q, v, numbers, openEnded); failed != nil {
			return
		}
		slices.SortStableFunc(order, func(a, b int) int { return compareDays(t.Record(a).Date("on"), t.Record(b).Date("on")) })
		for _, i := range order {
			f.line(t.Record(i))
		}
	}), sheet.ReadOptions{})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan := &MovementPlan{Arrivals: arrivals}
	for _, r := range p.Records() {
		m := movementRow(r)
		if m.Step == StepMove || entering[m.Step] != "" {
			m.Branch, _ = f.branch(m.To)
		}
		plan.Rows = append(plan.Rows, m)
	}
	slices.SortStableFunc(plan.Rows, func(a, b MovementRow) int { return compareDays(a.On, b.On) })
	return p, plan, nil
}

func compareDays(a, b calendar.Date) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// whereabouts are a member's branch and category as the lines so far leave them.
type whereabouts struct {
	branch   int64
	category Category
	away     bool
	admitted calendar.Date
	since    calendar.Date
	on       bool // on a roster
}

// follower walks through a register of movements.
type follower struct {
	*register
	today  calendar.Date
	places map[string]whereabouts
	coming map[string]RosterRow
}

// at is where a number's owner is before the next line.
func (f *follower) at(number string) whereabouts {
	if w, ok := f.places[number]; ok {
		return w
	}
	if p, ok := f.known[number]; ok {
		if m, ok := f.members[p.ID]; ok {
			return whereabouts{branch: m.Branch, category: m.Category, away: m.Floating != 0, admitted: m.Admitted, since: m.From, on: true}
		}
	}
	return whereabouts{}
}

// line checks one line against where the member is, and moves him.
func (f *follower) line(r sheet.Record) {
	m := movementRow(r)
	if m.Step == "" || m.Number == "" || m.On == "" {
		return // the cell itself is reported already
	}
	if m.On > f.today {
		r.Report("on", sheet.Error, "", "日期晚于今天，请核对")
		return
	}
	if p, ok := f.known[m.Number]; ok && p.Name != m.Name {
		r.Report("name", sheet.Error, "", "这个号码登记在“"+p.Name+"”名下，与本行姓名不同，请核对")
		return
	}
	w := f.at(m.Number)
	if how := entering[m.Step]; how != "" {
		f.comes(r, m, how, w)
		return
	}
	if !w.on {
		r.Report("id_number", sheet.Error, "", "此人这一天不在本街道的党员名册上，请核对")
		return
	}
	if m.On < w.since {
		r.Report("on", sheet.Error, "", "日期早于此人登记的日期"+w.since.Chinese()+"，请核对")
		return
	}
	if m.From != "" {
		if id, message := f.branch(m.From); message != "" {
			r.Report("from", sheet.Error, "", message)
			return
		} else if id != w.branch {
			r.Report("from", sheet.Error, "", "此人这一天在“"+f.label(w.branch)+"”，不在“"+m.From+"”，请核对")
			return
		}
	}
	w.since = m.On
	f.goes(r, m, &w)
	f.places[m.Number] = w
}

// comes checks a line that brings somebody onto a roster.
func (f *follower) comes(r sheet.Record, m MovementRow, how How, w whereabouts) {
	branch, message := f.branch(m.To)
	row, given := f.coming[m.Number]
	_, known := f.known[m.Number]
	switch {
	case w.on:
		r.Report("id_number", sheet.Error, "PM-20-one", "此人已在“"+f.label(w.branch)+"”的名册上，不能再次登记")
		return
	case message != "":
		r.Report("to", sheet.Error, "", message)
		return
	case !given && !known:
		r.Report("id_number", sheet.Error, "", "没有此人的资料。请把他填进同时上传的新增党员花名册")
		return
	case given && row.Details.Name != m.Name:
		r.Report("name", sheet.Error, "", "与新增党员花名册上的姓名“"+row.Details.Name+"”不同，请核对")
		return
	}
	c := Full
	if given {
		c = row.Enter.Category
	}
	admitted := row.Enter.Admitted
	if how == Admitted {
		c, admitted = Probationary, m.On
	}
	f.places[m.Number] = whereabouts{branch: branch, category: c, admitted: admitted, since: m.On, on: true}
}

// goes checks and carries out a line about somebody who is on a roster.
func (f *follower) goes(r sheet.Record, m MovementRow, w *whereabouts) {
	switch {
	case leaving[m.Step] != "":
		if m.Step == StepOut && m.To == "" {
			r.Report("to", sheet.Error, "", "没有写明转往哪个党组织，请补填")
		}
		w.on = false
	case m.Step == StepFull:
		if w.category == Full {
			r.Report("step", sheet.Error, "", "此人已是正式党员，请核对")
		}
		for _, v := range datesVerdicts("", w.admitted, m.On) {
			if v.Outcome == law.Refuse {
				r.Report("on", sheet.Error, v.Rule, v.Given+"。"+v.Need+"（"+v.Cite()+"），请核对")
			}
		}
		w.category = Full
	case m.Step == StepMove:
		branch, message := f.branch(m.To)
		switch {
		case message != "":
			r.Report("to", sheet.Error, "", message)
		case branch == w.branch:
			r.Report("to", sheet.Error, "", "此人已在“"+m.To+"”，请核对")
		}
		w.branch = branch
	case m.Step == StepAway:
		if w.away {
			r.Report("step", sheet.Error, "", "此人已登记外出，请核对")
		}
		if m.place() == "" {
			r.Report("note", sheet.Error, "", "没有写明外出地点，请补填")
		}
		w.away = true
	case m.Step == StepBack:
		if !w.away {
			r.Report("step", sheet.Error, "", "此人没有登记外出，请核对")
		}
		w.away = false
	}
}

// MovementBatch are lines ready to be recorded.
type MovementBatch struct {
	vault    people.Vault
	rows     []MovementRow
	arrivals *RosterBatch
}

// Seal takes the chosen lines (nil for all) and seals the particulars of the persons that they bring.
func (p *MovementPlan) Seal(ctx context.Context, v people.Vault, chosen func(MovementRow) bool) (*MovementBatch, error) {
	b := &MovementBatch{vault: v}
	coming := map[string]bool{}
	for _, m := range p.Rows {
		if chosen == nil || chosen(m) {
			b.rows = append(b.rows, m)
			coming[m.Number] = coming[m.Number] || entering[m.Step] != ""
		}
	}
	if p.Arrivals == nil {
		return b, nil
	}
	number := map[int]string{}
	for _, r := range p.Arrivals.Rows {
		number[r.Row] = r.Details.IDNumber
	}
	var err error
	b.arrivals, err = p.Arrivals.Seal(ctx, v, func(row int) bool { return coming[number[row]] })
	return b, err
}

// Len is the number of lines to be recorded.
func (b *MovementBatch) Len() int { return len(b.rows) }

// Record is the Decide of a request: it records every line on its day, all or none.
func (b *MovementBatch) Record(ctx context.Context, w *journal.Writer) error {
	numbers := make([]string, len(b.rows))
	for i, m := range b.rows {
		numbers[i] = m.Number
	}
	g, err := lookUp(ctx, w, b.vault, numbers, openEnded)
	if err != nil {
		return err
	}
	arrivals := map[string]RosterRow{}
	if b.arrivals != nil {
		for _, r := range b.arrivals.rows {
			arrivals[r.Details.IDNumber] = r
		}
	}
	ids := map[string]int64{} // memberships by number
	for n, p := range g.known {
		if m, ok := g.members[p.ID]; ok {
			ids[n] = m.ID
		}
	}
	for _, m := range b.rows {
		if how := entering[m.Step]; how != "" {
			ids[m.Number], err = b.comes(ctx, w, g, m, how, arrivals)
		} else {
			err = b.goes(ctx, w, m, ids)
		}
		if err != nil {
			return org.AtRow(m.Row, err)
		}
	}
	return nil
}

// comes enters somebody on a roster; of somebody who was a member here before, the person is known.
func (b *MovementBatch) comes(ctx context.Context, w *journal.Writer, g *register, m MovementRow, how How, arrivals map[string]RosterRow) (int64, error) {
	r, ok := arrivals[m.Number]
	if !ok {
		p, known := g.known[m.Number]
		if !known {
			return 0, journal.Refuse("没有此人的资料。")
		}
		return Join(ctx, w, Enter{Person: p.ID, Branch: m.Branch, Category: categoryOf(how), How: how, From: m.From}, m.On)
	}
	r.Enter.How, r.Enter.Branch, r.Enter.From = how, m.Branch, m.From
	return b.arrivals.enter(ctx, w, g, r, m.On)
}

func categoryOf(how How) Category {
	if how == Admitted {
		return Probationary
	}
	return Full
}

// goes records a line about somebody who is on a roster.
func (b *MovementBatch) goes(ctx context.Context, w *journal.Writer, m MovementRow, ids map[string]int64) error {
	id, ok := ids[m.Number]
	if !ok {
		return journal.Refuse("此人不在本街道的党员名册上。")
	}
	var err error
	switch {
	case leaving[m.Step] != "":
		l := Leave{How: leaving[m.Step], Reason: m.Note}
		if m.Step == StepOut {
			l.To = m.To
		}
		_, err = Depart(ctx, w, id, l, m.On)
		delete(ids, m.Number)
	case m.Step == StepFull:
		_, err = Confirm(ctx, w, id, TurnFull{Basis: m.Note}, m.On)
	case m.Step == StepMove:
		_, err = Transfer(ctx, w, id, Move{Branch: m.Branch, Reason: m.Note}, m.On)
	case m.Step == StepAway:
		_, err = Travel(ctx, w, id, Float{Away: true, Place: m.place(), Note: m.Note}, m.On)
	case m.Step == StepBack:
		_, err = Travel(ctx, w, id, Float{Note: m.Note}, m.On)
	}
	return err
}
