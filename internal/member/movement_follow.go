package member

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

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
	before map[int]int64  // branch before a line, by row
	faulty map[string]int // first line with an error, by number
}

// at is where a number's owner is before the next line.
func (f *follower) at(number string) whereabouts {
	if w, ok := f.places[number]; ok {
		return w
	}
	if p, ok := f.known[number]; ok {
		if m, ok := f.members[p.ID]; ok {
			return whereabouts{branch: m.Branch, category: m.Category, away: m.Floating != 0, admitted: m.Admitted, since: m.Since, on: true}
		}
	}
	return whereabouts{}
}

// line follows one line. Where a line is at fault, nobody knows where the later ones of the same member begin, and they wait for it.
func (f *follower) line(r sheet.Record) {
	f.check(r)
	number := r.Text("id_number")
	first, ok := f.faulty[number]
	switch {
	case number == "":
	case ok && !r.Faulty():
		r.Report("id_number", sheet.Error, "", fmt.Sprintf("此人的第 %d 行有错，这一行接在它后面，要等它改好", first))
	case !ok && r.Faulty():
		f.faulty[number] = r.Row()
	}
}

// check checks one line against where the member is, and moves him.
func (f *follower) check(r sheet.Record) {
	m := movementRow(r)
	if m.Step == "" || m.Number == "" || m.On == "" {
		return // the cell itself is reported already
	}
	if m.On > f.today {
		r.Report("on", sheet.Error, "", "日期晚于今天，请核对")
		return
	}
	if p, ok := f.known[m.Number]; ok && p.Name != m.Name {
		r.Report("name", sheet.Error, "", people.WrongName)
		return
	}
	w := f.at(m.Number)
	f.before[m.Row] = w.branch
	if how := entering[m.Step]; how != "" {
		f.comes(r, m, how, w)
		return
	}
	if !w.on {
		r.Report("id_number", sheet.Error, "", "此人这一天不在本街道的党员名册上，请核对")
		return
	}
	if m.On < w.since {
		r.Report("on", sheet.Error, "", "日期早于此人来到“"+f.label(w.branch)+"”或上一次变动的日期"+w.since.Chinese()+"，请核对。补记以前的事，请到党员的页面办理")
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
	person, known := f.known[m.Number]
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
	birth := person.Birth
	if given {
		birth = row.Details.Birth
	}
	if x := wrongDates(birth, admitted, "", m.On); x != nil {
		r.Report("on", sheet.Error, "", x.what+"。请核对")
		return
	}
	if how == Admitted {
		reportVerdicts(r, datesVerdicts(birth, admitted, "", f.local.Entered(m.On)), "on", "on")
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
		if x := wrongDates("", w.admitted, m.On, m.On); x != nil {
			r.Report("on", sheet.Error, "", x.what+"。请核对")
		}
		reportVerdicts(r, fullVerdicts(w.admitted, m.On, f.local.Entered(m.On)), "on", "on")
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
