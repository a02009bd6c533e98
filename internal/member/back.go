package member

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

// CellChange is one cell of an exported roster that somebody changed.
type CellChange struct {
	Row     int    `json:"row"`
	Address string `json:"address"`
	Member  int64  `json:"member"`
	Person  int64  `json:"person"`
	Name    string `json:"name"`
	Column  string `json:"column"` // key
	Title   string `json:"title"`
	Base    string `json:"base"`  // as exported
	Now     string `json:"now"`   // as the record has it today
	Value   string `json:"value"` // as the file has it
	// Conflict says that the record changed too, and otherwise: both are shown and somebody decides.
	Conflict bool `json:"conflict,omitempty"`
}

// ChangePlan is what an edited export proposes: the cells that differ and nothing else.
type ChangePlan struct {
	Full  bool            `json:"full"`
	Cells []CellChange    `json:"cells"`
	Seen  map[int64]int64 `json:"seen"` // membership → last act known when the plan was made
}

// moved are columns that say where and what a member is: they change by acts of their own, not by editing a list.
var moved = map[string]string{
	"branch": "转支部请办理组织关系转接", "category": "转正请办理预备党员转正", "floating": "请办理流动党员登记", "village": "随支部变动，不在这里改",
	"party_age": "由转正日期算出，不在这里改",
}

// ReadBack compares an exported roster that came back with what was exported, and with the record of today, on which the
// proposed days are judged. The error is a
// *sheet.Refusal when the file is no such export.
func ReadBack(ctx context.Context, q db.Querier, b *journal.Book, v people.Vault, book *sheet.Book, secret []byte, today calendar.Date) (*sheet.Back, *ChangePlan, error) {
	meta, ok := sheet.IsExport(book)
	opt, known := parseKind(meta.Kind)
	if !ok || !known || meta.Town != v.Town {
		return nil, nil, &sheet.Refusal{Code: "not-export", Message: "这不是从本街道党员名册导出的表，不能按修改导入。请用普通导入。"}
	}
	l := exportLayout(opt.Form, opt.Full, opt.On)
	var failed error
	values := func(id int64, at journal.At) ([]string, int64, string, bool) {
		x, ok, err := exportedAt(ctx, q, b, v.Town, id, at)
		if err == nil && ok {
			var out []string
			if out, err = x.values(ctx, v, l, opt.Full, opt.On); err == nil {
				return out, x.person.ID, x.person.Name, true
			}
		}
		if err != nil && failed == nil {
			failed = err
		}
		return nil, 0, "", false
	}
	back, err := sheet.ReadBack(ctx, book, l, secret, func(id int64) ([]string, bool) {
		out, _, _, ok := values(id, journal.At{Known: meta.Position - 1})
		return out, ok
	}, sheet.ReadOptions{})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan := &ChangePlan{Full: opt.Full, Seen: map[int64]int64{}}
	for _, c := range back.Changes {
		cell := CellChange{Row: c.Row, Address: c.Address, Member: c.Key, Column: c.Column, Title: l.Column(c.Column).Title, Base: c.Base, Value: c.Value}
		now, person, name, ok := values(c.Key, journal.Now)
		if failed != nil {
			return nil, nil, failed
		}
		if message := refused(c.Column, opt.Full); message != "" || !ok {
			fault(back.Preview, cell, "", sheet.Error, cmp.Or(message, "此人的登记已撤销，没有读取"))
			continue
		}
		cell.Person, cell.Name = person, name
		cell.Now = now[slices.Index(l.Keys(), c.Column)]
		if cell.Now == cell.Value {
			continue // done meanwhile
		}
		cell.Conflict = cell.Now != cell.Base
		plan.Cells = append(plan.Cells, cell)
		if plan.Seen[c.Key], err = journal.LastAct(ctx, q, v.Town, c.Key); err != nil {
			return nil, nil, err
		}
	}
	local, err := org.Settings(ctx, q, v.Town)
	if err != nil {
		return nil, nil, err
	}
	return back, plan, plan.judge(back.Preview, local, today, func(id int64) (*Member, calendar.Date, error) {
		x, _, err := exportedAt(ctx, q, b, v.Town, id, journal.Now)
		if err != nil {
			return nil, "", err
		}
		return &x.member, x.person.Birth, nil
	})
}

// refused says why a column cannot be changed by editing a list, "" when it can.
func refused(column string, full bool) string {
	if !full && slices.Contains(sealedColumns, column) {
		return "导出时号码和地址已隐去，改动没有读取。请在人员页面修改，或重新导出完整名册"
	}
	if m := moved[column]; m != "" {
		return m + "，这一格的改动没有读取"
	}
	return ""
}

// exportedAt is a member as known at an act, in the terms of the forms.
func exportedAt(ctx context.Context, q db.Querier, b *journal.Book, town string, id int64, at journal.At) (*exported, bool, error) {
	m, ok, err := journal.StateOf[Member](ctx, q, b, town, id, at)
	if err != nil || !ok {
		return nil, false, err
	}
	p, ok, err := journal.StateOf[people.Person](ctx, q, b, town, m.Person, at)
	if err != nil || !ok || p.Erased {
		return nil, false, err
	}
	u, ok, err := journal.StateOf[org.Unit](ctx, q, b, town, m.Now().Branch, at)
	if err != nil || !ok {
		return nil, false, err
	}
	places, err := placesOf(ctx, q, town, openEnded)
	return &exported{id: id, branch: cmp.Or(u.Name().Short, u.Name().Name), place: places[m.Now().Branch], member: *m,
		person: people.Row{ID: m.Person, Key: p.Key, Name: p.Name, Sex: p.Sex, Birth: p.Birth, Ethnicity: p.Ethnicity, Education: p.Education,
			Degree: p.Degree, Registered: p.Registered, IDNumber: p.ID.Text, Phone: p.Phone.Text, Address: p.Address.Text}}, true, err
}

// Record records the chosen cells (by address; nil for all but conflicts) as one change of each person and each membership
// concerned, all or none.
func (p *ChangePlan) Record(ctx context.Context, w *journal.Writer, v people.Vault, on calendar.Date, chosen func(CellChange) bool) error {
	type pair struct {
		row    int
		member Change
		person people.Change
		m, p   bool
		who    int64
	}
	var order []int64
	all := map[int64]*pair{}
	for _, c := range p.Cells {
		if chosen == nil && c.Conflict || chosen != nil && !chosen(c) {
			continue
		}
		x := all[c.Member]
		if x == nil {
			x = &pair{row: c.Row, who: c.Person}
			all[c.Member] = x
			order = append(order, c.Member)
		}
		if c.memberColumn() {
			x.m = true
			c.putMember(&x.member)
			continue
		}
		x.p = true
		if err := c.putPerson(ctx, w, v, &x.person); err != nil {
			return org.AtRow(c.Row, err)
		}
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return err
	}
	for _, id := range order {
		x := all[id]
		w.Row(x.row)
		if err := w.Expect(ctx, id, p.Seen[id]); err != nil {
			return err
		}
		if x.p {
			if _, err := people.Amend(ctx, w, x.who, x.person, on); err != nil {
				return org.AtRow(x.row, err)
			}
		}
		if x.m {
			if _, err := amend(ctx, w, local, id, x.member, on); err != nil {
				return org.AtRow(x.row, err)
			}
		}
	}
	return nil
}

func (c CellChange) memberColumn() bool {
	return c.Column == "admitted" || c.Column == "full" || c.Column == "lost" || slices.Contains(recordKeys, c.Column)
}

func (c CellChange) putMember(to *Change) {
	day := calendar.Date(c.Value)
	switch c.Column {
	case "admitted":
		to.Admitted = &day
	case "full":
		to.Full = &day
	case "lost":
		lost := c.Value == "是"
		to.Lost = &lost
	default:
		if to.Record == nil {
			to.Record = map[string]string{}
		}
		to.Record[c.Column] = c.Value
	}
}

func (c CellChange) putPerson(ctx context.Context, w *journal.Writer, v people.Vault, to *people.Change) error {
	value := c.Value
	p, ok, err := journal.State[people.Person](ctx, w, c.Person)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("membership %d is of person %d, who is not recorded", c.Member, c.Person)
	}
	var sealed people.Sealed
	switch c.Column {
	case "name":
		to.Name = &value
	case "sex":
		to.Sex = &value
	case "birth":
		birth := calendar.Date(value)
		to.Birth = &birth
	case "nation":
		to.Ethnicity = &value
	case "education":
		to.Education = &value
	case "degree":
		to.Degree = &value
	case "hukou":
		value = people.Coarse(value)
		to.Registered = &value
	case "id_number":
		sealed, err = v.ID(ctx, p.Key, value)
		to.ID = &sealed
	case "phone":
		sealed, err = v.Phone(ctx, p.Key, value)
		to.Phone = &sealed
	case "residence":
		sealed, err = v.Address(ctx, p.Key, value)
		to.Address = &sealed
	default:
		return journal.Refuse("“%s”这一栏不能在名册上改。", c.Title)
	}
	return err
}
