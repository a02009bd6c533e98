package member

import (
	"context"
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// PreviewVillage reads the short roster that a village keeps and matches its rows with the members on record: by name and
// branch, and where several bear the name, by sex, day of admission, birth or telephone. It has no identity numbers, so it
// enters nobody; what it proposes are telephones and days of admission that differ. A row that fits nobody, or more than one,
// is an error that says what to add.
func PreviewVillage(ctx context.Context, q db.Querier, v people.Vault, book *sheet.Book, opt RosterOptions) (*sheet.Preview, *ChangePlan, error) {
	l := layouts.VillageRoster(layouts.Checks{IDNumber: idCheck(opt.On)})
	l.Column("branch").Required = true
	c := villageCheck{v: v, byBranch: map[int64][]*exported{}, ofRow: map[int]*exported{}, phones: map[int64]string{}, numbers: map[int64]string{}}
	form := l.Check
	var failed error
	l.Check = func(t *sheet.Table) {
		form(t)
		if failed = c.load(ctx, q, t); failed != nil {
			return
		}
		for i := range t.Len() {
			c.row(t.Record(i))
		}
	}
	p, err := sheet.Read(ctx, book, l, sheet.ReadOptions{Progress: opt.Progress})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan := &ChangePlan{Full: true, Seen: map[int64]int64{}}
	for _, r := range p.Records() {
		if x := c.ofRow[r.Row()]; x != nil {
			c.propose(p, plan, r, x)
		}
	}
	byID := map[int64]*exported{}
	for _, x := range c.ofRow {
		byID[x.id] = x
	}
	if err := plan.judge(p, c.names.local, opt.On, func(id int64) (*Member, calendar.Date, error) { return &byID[id].member, byID[id].person.Birth, nil }); err != nil {
		return nil, nil, err
	}
	for id := range plan.Seen {
		if plan.Seen[id], err = journal.LastAct(ctx, q, v.Town, id); err != nil {
			return nil, nil, err
		}
	}
	return p, plan, nil
}

// villageCheck matches rows with members.
type villageCheck struct {
	v        people.Vault
	names    *register
	byBranch map[int64][]*exported
	ofRow    map[int]*exported
	phones   map[int64]string // by membership
	numbers  map[int64]string // likewise
}

// load reads the members of the branches that the sheet names.
func (c *villageCheck) load(ctx context.Context, q db.Querier, t *sheet.Table) error {
	var err error
	if c.names, err = lookUp(ctx, q, c.v, nil, openEnded); err != nil {
		return err
	}
	for i := range t.Len() {
		id, message := c.names.branch(t.Record(i).Text("branch"))
		if message != "" || c.byBranch[id] != nil {
			continue
		}
		list, err := rosterToday(ctx, q, c.v.Town, id)
		if err != nil {
			return err
		}
		c.byBranch[id] = append([]*exported{}, list...)
		handles := make([]keyring.Handle, len(list))
		for i, x := range list {
			handles[i] = keyring.Handle(x.person.Key)
		}
		if err := c.v.Ring.Load(ctx, c.v.Town, handles); err != nil {
			return err
		}
		for _, x := range list {
			if c.phones[x.id], err = c.v.Ring.Open(ctx, c.v.Town, keyring.Handle(x.person.Key), keyring.Phone, x.person.Phone); err != nil {
				return err
			}
			if c.numbers[x.id], err = c.v.Ring.Open(ctx, c.v.Town, keyring.Handle(x.person.Key), keyring.IDNumber, x.person.IDNumber); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *villageCheck) row(r sheet.Record) {
	name := r.Text("branch")
	if name == "" {
		return
	}
	branch, message := c.names.branch(name)
	if message != "" {
		r.Report("branch", sheet.Error, "", message)
		return
	}
	var found []*exported
	for _, x := range c.byBranch[branch] {
		if x.person.Name == r.Text("name") {
			found = append(found, x)
		}
	}
	for _, tell := range []func(*exported) bool{
		func(x *exported) bool { return r.Text("sex") == x.person.Sex },
		func(x *exported) bool { return c.numbers[x.id] != "" && c.numbers[x.id] == r.Text("id_number") },
		func(x *exported) bool {
			return r.Text("birth") != "" && strings.HasPrefix(string(x.person.Birth), r.Text("birth"))
		},
		func(x *exported) bool { return strings.HasPrefix(string(x.member.Admitted), r.Text("admitted")) },
		func(x *exported) bool { return r.Text("phone") != "" && c.phones[x.id] == r.Text("phone") },
	} {
		if len(found) < 2 {
			break
		}
		var fewer []*exported
		for _, x := range found {
			if tell(x) {
				fewer = append(fewer, x)
			}
		}
		if len(fewer) > 0 {
			found = fewer
		}
	}
	switch len(found) {
	case 0:
		r.Report("name", sheet.Error, "", "“"+name+"”的名册上没有此人。新来的党员请用有公民身份号码的花名册导入；转过支部的请核对支部")
	case 1:
		c.ofRow[r.Row()] = found[0]
	default:
		r.Report("name", sheet.Error, "", fmt.Sprintf("“%s”有 %d 位同名的党员，分不清是哪一位。请加填出生年月或公民身份号码", name, len(found)))
	}
}

// propose adds what differs to the plan.
func (c *villageCheck) propose(p *sheet.Preview, plan *ChangePlan, r sheet.Record, x *exported) {
	add := func(key, title, now, value string) {
		at := ""
		for _, m := range p.Match.Columns {
			if m.Key == key {
				at = sheet.Address(r.Row(), m.Col)
			}
		}
		plan.Cells = append(plan.Cells, CellChange{Row: r.Row(), Address: at, Member: x.id, Person: x.person.ID, Name: x.person.Name, Column: key,
			Title: title, Base: now, Now: now, Value: value})
		plan.Seen[x.id] = 0
	}
	if phone := r.Text("phone"); phone != "" && phone != c.phones[x.id] {
		add("phone", "联系电话", c.phones[x.id], phone)
	}
	if day := r.Date("admitted"); day != "" && day != x.member.Admitted {
		add("admitted", "入党时间", string(x.member.Admitted), string(day))
	}
}
