package org

import (
	"context"
	"errors"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/sheet"
)

// UnitPlan is what recording a register of units would establish: the rows without errors, parents before children.
type UnitPlan struct {
	On   calendar.Date `json:"on"` // for units whose founding day is not given
	Rows []UnitEntry   `json:"rows"`
}

// PreviewParty reads a list of Party organisations (党组织信息采集表) and says what is wrong with each cell. Nothing is recorded.
func PreviewParty(ctx context.Context, q db.Querier, town string, book *sheet.Book, on calendar.Date) (*sheet.Preview, *UnitPlan, error) {
	return previewUnits(ctx, q, town, book, on, partyLayout(), partyEntry, "organisation", "parent")
}

// PreviewInstitutions reads a list of places and bodies (区域和机构一览表).
func PreviewInstitutions(ctx context.Context, q db.Querier, town string, book *sheet.Book, on calendar.Date) (*sheet.Preview, *UnitPlan, error) {
	return previewUnits(ctx, q, town, book, on, institutionLayout(), institutionEntry, "name", "parent")
}

func previewUnits(ctx context.Context, q db.Querier, town string, book *sheet.Book, on calendar.Date, l *sheet.Layout,
	entry func(sheet.Record) UnitEntry, name, parent string) (*sheet.Preview, *UnitPlan, error) {
	names, err := LoadNames(ctx, q, town, on)
	if err != nil {
		return nil, nil, err
	}
	c := unitCheck{town: town, on: on, names: names, entry: entry, name: name, parent: parent}
	l.Check = c.table
	p, err := sheet.Read(ctx, book, l, sheet.ReadOptions{})
	if err != nil {
		return nil, nil, err
	}
	plan := &UnitPlan{On: on}
	for _, r := range p.Records() {
		plan.Rows = append(plan.Rows, entry(r))
	}
	plan.Rows = parentsFirst(plan.Rows)
	return p, plan, nil
}

// unitCheck holds a register of units against itself and against the units that exist.
type unitCheck struct {
	town         string
	on           calendar.Date
	names        *Names
	entry        func(sheet.Record) UnitEntry
	name, parent string         // column keys
	file         map[string]int // record by plain name, full and short
}

func (c *unitCheck) table(t *sheet.Table) {
	c.file = map[string]int{}
	entries := make([]UnitEntry, t.Len())
	for i := range entries {
		entries[i] = c.entry(t.Record(i))
		for _, n := range []string{entries[i].Unit.Name, entries[i].Unit.Short} {
			if n != "" {
				c.file[plainName(n)] = i
			}
		}
	}
	for i, e := range entries {
		c.row(t.Record(i), e, entries)
	}
}

// code is the column that the sheet has for codes.
func (c *unitCheck) code() string {
	if c.name == "name" {
		return "division"
	}
	return "code"
}

func (c *unitCheck) row(r sheet.Record, e UnitEntry, entries []UnitEntry) {
	if e.Unit.Kind == "" && r.Text("kind") != "" {
		r.Report("kind", sheet.Error, "", "没有“"+r.Text("kind")+"”这种组织类别，请照填写说明改选")
		return
	}
	if same := c.names.Find(e.Unit.Name, func(u UnitRow) bool { return u.Name == e.Unit.Name }); len(same) > 0 {
		r.Report(c.name, sheet.Error, "", fmt.Sprintf("已有名为“%s”的组织（第 %d 号），不要重复登记", e.Unit.Name, same[0].ID))
	}
	if err := checkEstablish(&e.Unit); err != nil && e.Unit.Kind != "" && e.Unit.Name != "" {
		var refusal *journal.Refusal
		key := c.name
		if errors.As(err, &refusal) && refusal.Field == "code" {
			key = c.code()
		}
		r.Report(key, sheet.Error, "", err.Error())
	}
	if v := divisionVerdict(c.town, e.Unit, c.on); v.Outcome == law.Warn {
		r.Report(c.code(), sheet.Warning, v.Rule, v.Given+"。"+v.Need+"。"+v.Remedy)
	}
	if len(e.Parents) == 0 && e.Unit.Kind != "town" && e.Unit.Kind != "" {
		r.Report(c.parent, sheet.Error, "", "没有填上级组织，请补填")
	}
	for line, name := range e.Parents {
		key := c.parent
		if line == Area && c.name == "organisation" {
			key = "area"
		}
		if message := c.parentFault(line, name, e, entries); message != "" {
			r.Report(key, sheet.Error, "", message)
		}
	}
}

// parentFault says why a unit cannot hang on a name.
func (c *unitCheck) parentFault(line Line, name string, e UnitEntry, entries []UnitEntry) string {
	fitting := func(u UnitRow) bool { return line == Party && u.IsParty() || line != Party && u.IsPlace() }
	if i, ok := c.file[plainName(name)]; ok {
		if entries[i].Row == e.Row {
			return "上级组织填的是自己，请核对"
		}
		if !fitting(UnitRow{Kind: entries[i].Unit.Kind}) {
			return "“" + name + "”的类别不能作这里的上级，请核对"
		}
		seen := map[int]bool{}
		for ok && !seen[i] { // walk up within the file
			seen[i] = true
			if i, ok = c.file[plainName(entries[i].Parents[line])]; ok && entries[i].Row == e.Row {
				return "上级组织绕回了自己，请核对"
			}
		}
		return ""
	}
	switch found := c.names.Find(name, fitting); len(found) {
	case 1:
		return ""
	case 0:
		return "没有名为“" + name + "”的上级" + Suggest(c.names.Nearest(name, 3, fitting)) + "。请核对名称，或把它也填进表里"
	}
	return "有几个名为“" + name + "”的组织，请写全称"
}

// parentsFirst puts every unit behind the units of the file that it hangs on. The preview has refused circles.
func parentsFirst(rows []UnitEntry) []UnitEntry {
	at := map[string]int{}
	for i, e := range rows {
		at[plainName(e.Unit.Short)] = i
		at[plainName(e.Unit.Name)] = i
	}
	delete(at, "")
	out := make([]UnitEntry, 0, len(rows))
	done := make([]bool, len(rows))
	var visit func(i int)
	visit = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		for _, line := range []Line{Area, Party, Collective} {
			if p, ok := at[plainName(rows[i].Parents[line])]; ok {
				visit(p)
			}
		}
		out = append(out, rows[i])
	}
	for i := range rows {
		visit(i)
	}
	return out
}

// Record is the Decide of a request: it establishes every chosen row (nil for all), all or none. A unit is established on its
// founding day; when that is before its superior existed in this record, on the superior's first day, and the founding day goes
// into the note.
func (p *UnitPlan) Record(ctx context.Context, w *journal.Writer, chosen func(row int) bool) error {
	names, err := LoadNames(ctx, w, w.Town, w.Today())
	if err != nil {
		return err
	}
	for _, e := range p.Rows {
		if chosen != nil && !chosen(e.Row) {
			continue
		}
		w.Row(e.Row)
		u := e.Unit
		u.Parents = map[Line]int64{}
		on := e.Founded
		if on == "" {
			on = p.On
		}
		for line, name := range e.Parents {
			found := names.Find(name, func(u UnitRow) bool { return line == Party && u.IsParty() || line != Party && u.IsPlace() })
			if len(found) != 1 {
				return journal.Refuse("第 %d 行：上级“%s”找不到或不止一个。整批没有登记。", e.Row, name)
			}
			u.Parents[line] = found[0].ID
			on = max(on, found[0].From)
		}
		if e.Founded != "" && on > e.Founded {
			u.Note = joined(u.Note, "成立于"+e.Founded.Chinese())
		}
		id, err := SetUp(ctx, w, u, on)
		if err != nil {
			return AtRow(e.Row, err)
		}
		row := UnitRow{ID: id, Kind: u.Kind, Code: u.Code, Name: u.Name, Short: u.Short, From: on, To: calendar.Forever, Parent: -1}
		names.all = append(names.all, row)
		names.add(row)
	}
	return nil
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}
