package member

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
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
	f := follower{today: today, places: map[string]whereabouts{}, coming: map[string]RosterRow{}, before: map[int]int64{}, faulty: map[string]int{}}
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
		m.At, m.Person = f.before[m.Row], f.known[m.Number].ID
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
		w.Row(m.Row)
		if how := entering[m.Step]; how != "" {
			ids[m.Number], err = b.comes(ctx, w, g, m, how, arrivals)
		} else {
			err = b.goes(ctx, w, g, m, ids)
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

// stays refuses a line about somebody who on its day is not in the branch where the preview saw him: the power to record the line
// was asked for that branch.
func stays(ctx context.Context, w *journal.Writer, g *register, id int64, m MovementRow) error {
	now, err := state(ctx, w, id)
	if err != nil {
		return err
	}
	if at := now.at(m.On); at != m.At {
		where := "不在本街道的党员名册上"
		if at >= 0 {
			where = "在“" + g.label(at) + "”"
		}
		return journal.Refuse("此人%s%s，不在核对时的“%s”。请重新上传，再核对一遍。", m.On.Chinese(), where, g.label(m.At))
	}
	return nil
}

// goes records a line about somebody who is on a roster.
func (b *MovementBatch) goes(ctx context.Context, w *journal.Writer, g *register, m MovementRow, ids map[string]int64) error {
	id, ok := ids[m.Number]
	if !ok {
		return journal.Refuse("此人不在本街道的党员名册上。")
	}
	if err := stays(ctx, w, g, id, m); err != nil {
		return err
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
		_, err = confirm(ctx, w, g.local, id, TurnFull{Basis: m.Note}, m.On)
	case m.Step == StepMove:
		_, err = transfer(ctx, w, g.local, id, Move{Branch: m.Branch, Reason: m.Note}, m.On)
	case m.Step == StepAway:
		_, err = Travel(ctx, w, id, Float{Away: true, Place: m.place(), Note: m.Note}, m.On)
	case m.Step == StepBack:
		_, err = Travel(ctx, w, id, Float{Note: m.Note}, m.On)
	}
	return err
}
