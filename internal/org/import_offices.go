package org

import (
	"context"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/control"
	"cunju/internal/sheet"
)

// Found is a person whom a number belongs to.
type Found struct {
	ID   int64
	Name string
}

// Finder finds registered persons by identity number; numbers that nobody has are left out. Package people offers one.
type Finder func(ctx context.Context, q db.Querier, numbers []string) (map[string]Found, error)

// OfficePlan is what recording a register of offices would enter: appointments and leavings, in order of date.
type OfficePlan struct {
	Rows []OfficeEntry `json:"rows"`
}

// PreviewOffices reads a list of office holders (任职情况表): the unit, the post in it, the person by number, the dates. What
// does not go together by law is found when the rows are recorded or rehearsed, because it depends on the order of dates.
func PreviewOffices(ctx context.Context, q db.Querier, town string, find Finder, book *sheet.Book, today calendar.Date) (*sheet.Preview, *OfficePlan, error) {
	names, err := LoadNames(ctx, q, town, today)
	if err != nil {
		return nil, nil, err
	}
	l := officeLayout(idCheck(today))
	var failed error
	var persons map[string]Found
	l.Check = func(t *sheet.Table) {
		numbers := make([]string, t.Len())
		for i := range numbers {
			numbers[i] = t.Record(i).Text("id_number")
		}
		if persons, failed = find(ctx, q, numbers); failed != nil {
			return
		}
		for i := range t.Len() {
			checkOffice(names, persons, t.Record(i))
		}
	}
	p, err := sheet.Read(ctx, book, l, sheet.ReadOptions{})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan := &OfficePlan{}
	for _, r := range p.Records() {
		e := officeEntry(r)
		e.Office.Unit, e.Office.Person = names.Find(r.Text("unit"), nil)[0].ID, persons[e.Number].ID
		plan.Rows = append(plan.Rows, e)
	}
	slices.SortStableFunc(plan.Rows, func(a, b OfficeEntry) int { return compareDates(a.From, b.From) })
	return p, plan, nil
}

func compareDates(a, b calendar.Date) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func checkOffice(names *Names, persons map[string]Found, r sheet.Record) {
	e := officeEntry(r)
	role, _ := access.RoleOf(e.Office.Role)
	switch found := names.Find(r.Text("unit"), nil); {
	case r.Text("unit") == "":
	case len(found) == 0:
		r.Report("unit", sheet.Error, "", "没有名为“"+r.Text("unit")+"”的单位"+Suggest(names.Nearest(r.Text("unit"), 3, nil))+"。请核对名称，或先登记单位")
	case len(found) > 1:
		r.Report("unit", sheet.Error, "", "有几个名为“"+r.Text("unit")+"”的单位，请写全称")
	case e.Office.Role != "" && !seatedIn(e.Office.Role, found[0].Kind):
		r.Report("role", sheet.Error, "", "“"+found[0].Label()+"”不设“"+role.Title+"”，请核对单位和职务类别")
	case e.From != "" && e.From < found[0].From:
		r.Report("from", sheet.Error, "", "任职日期早于单位成立日期"+found[0].From.Chinese()+"，请核对")
	}
	if e.Number != "" {
		switch p, ok := persons[e.Number]; {
		case !ok:
			r.Report("id_number", sheet.Error, "", "没有登记过此人。请先导入党员花名册或住户册")
		case p.Name != e.Name && e.Name != "":
			r.Report("name", sheet.Error, "", "这个公民身份号码已登记，姓名与表中不一致，请核对证件")
		}
		if id, p := codes.IDNumber(e.Number); p == nil && e.From != "" {
			if v := control.Adult.Judge(control.Holder{Birth: law.Some(id.Birth), Died: law.Some(calendar.Date(""))}, e.From, law.Settings{}); v.Outcome == law.Refuse {
				r.Report("from", sheet.Error, v.Rule, v.Given+"。"+v.Need+"（"+v.Cite()+"），请核对")
			}
		}
	}
	if e.Office.Until != "" && e.Office.Until <= e.From {
		r.Report("until", sheet.Error, "", "任期届满日期早于任职日期，请核对")
	}
	if e.Left != "" && e.Left <= e.From {
		r.Report("left", sheet.Error, "", "离任日期应晚于任职日期，请核对")
	}
}

// Record is the Decide of a request. It records the appointments and leavings whose day lies in the period, both ends
// included, in order of day; "" leaves an end open. So a register that was handed over can be entered as of its day, and what
// it says of later days when they come.
func (p *OfficePlan) Record(ctx context.Context, w *journal.Writer, find Finder, from, until calendar.Date) error {
	in := func(d calendar.Date) bool { return d != "" && (from == "" || d >= from) && (until == "" || d <= until) }
	type deed struct {
		on    calendar.Date
		entry OfficeEntry
		leave bool
	}
	var deeds []deed
	var numbers []string
	for _, e := range p.Rows {
		if in(e.From) {
			deeds = append(deeds, deed{e.From, e, false})
		}
		if in(e.Left) {
			deeds = append(deeds, deed{e.Left, e, true})
		}
		numbers = append(numbers, e.Number)
	}
	// On one day, who leaves makes room for who comes.
	slices.SortStableFunc(deeds, func(a, b deed) int {
		if c := compareDates(a.on, b.on); c != 0 || a.leave == b.leave {
			return c
		}
		if a.leave {
			return -1
		}
		return 1
	})
	// Asked before the first row is recorded: a town's first register brings its secretary together with the others.
	for _, d := range deeds {
		if err := entrusted(ctx, w, d.entry.Office.Role); err != nil {
			return AtRow(d.entry.Row, err)
		}
	}
	persons, err := find(ctx, w, numbers)
	if err != nil {
		return err
	}
	for _, d := range deeds {
		a := d.entry.Office
		a.Person = persons[d.entry.Number].ID
		w.Row(d.entry.Row)
		if d.leave {
			err = p.leave(ctx, w, a, d.entry)
		} else {
			_, err = install(ctx, w, a, d.entry.From)
		}
		if err != nil {
			return AtRow(d.entry.Row, err)
		}
	}
	return nil
}

// leave finds the office that a row entered and ends it.
func (p *OfficePlan) leave(ctx context.Context, w *journal.Writer, a Appoint, e OfficeEntry) error {
	if err := w.Flush(ctx); err != nil {
		return err
	}
	held, err := OfficesOf(ctx, w, w.Town, a.Person, e.From)
	if err != nil {
		return err
	}
	for _, o := range held {
		if o.Unit == a.Unit && o.Role == a.Role && o.From == e.From && o.To == calendar.Forever {
			_, err := release(ctx, w, o.ID, Leave{Reason: e.Why}, e.Left)
			return err
		}
	}
	return journal.Refuse("没有找到%s起任的这项职务，不能办理离任。", e.From.Chinese())
}
