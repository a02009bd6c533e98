package people

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/sheet"
)

// HouseholdOptions say what a register of households that comes in means.
type HouseholdOptions struct {
	On       calendar.Date  // the register is as of this day
	Unit     int64          // village or community of rows that name none; −1 when every row must
	Progress func(rows int) // may be nil
}

// HouseholdPlan is what recording a register of households would enter: persons who are new, and the households.
type HouseholdPlan struct {
	On   calendar.Date   `json:"on"`
	Rows []ResidentEntry `json:"rows"`
}

// PreviewHouseholds reads a register of households, one person a row, and says what is wrong with each cell: form, the number
// and who has it already, the village and the group, a household number that exists. Nothing is recorded.
func PreviewHouseholds(ctx context.Context, q db.Querier, v Vault, book *sheet.Book, opt HouseholdOptions) (*sheet.Preview, *HouseholdPlan, error) {
	c := householdCheck{opt: opt}
	var err error
	if c.names, err = org.LoadNames(ctx, q, v.Town, opt.On); err != nil {
		return nil, nil, err
	}
	if c.taken, err = householdNumbers(ctx, q, v.Town, opt.On); err != nil {
		return nil, nil, err
	}
	var failed error
	p, err := sheet.Read(ctx, book, householdLayout(opt.On, func(t *sheet.Table) {
		numbers := make([]string, t.Len())
		for i := range numbers {
			numbers[i] = t.Record(i).Text("id_number")
		}
		if c.known, failed = v.Persons(ctx, q, numbers); failed != nil {
			return
		}
		if c.lives, failed = abodes(ctx, q, v.Town, ids(c.known), opt.On); failed != nil {
			return
		}
		for i := range t.Len() {
			c.row(t.Record(i))
		}
	}), sheet.ReadOptions{Progress: opt.Progress})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan := &HouseholdPlan{On: opt.On}
	for _, r := range p.Records() {
		e := residentEntry(r)
		e.Unit, _, _ = c.unit(r)
		e.Person = c.known[e.Details.IDNumber].ID
		e.Home = c.taken[householdKey{e.Unit, e.Household}].ID
		plan.Rows = append(plan.Rows, e)
	}
	return p, plan, nil
}

// householdCheck holds a register against what is recorded.
type householdCheck struct {
	opt   HouseholdOptions
	names *org.Names
	known map[string]Row
	lives map[int64]abode // by person
	taken map[householdKey]settled
	units map[[2]string]unitFound
}

type householdKey struct {
	unit   int64
	number string
}

type unitFound struct {
	id           int64
	key, message string
}

// unit finds the group, village or community of a row; the message is empty when there is exactly one, and key is the column
// at fault otherwise.
func (c *householdCheck) unit(r sheet.Record) (id int64, key, message string) {
	place, group := r.Text("place"), r.Text("group")
	if f, ok := c.units[[2]string{place, group}]; ok {
		return f.id, f.key, f.message
	}
	id, key, message = c.findUnit(place, group)
	if c.units == nil {
		c.units = map[[2]string]unitFound{}
	}
	c.units[[2]string{place, group}] = unitFound{id, key, message}
	return id, key, message
}

func (c *householdCheck) findUnit(place, group string) (id int64, key, message string) {
	village := func(u org.UnitRow) bool { return u.Kind == "village" || u.Kind == "community" }
	at := c.opt.Unit
	if place != "" {
		found := c.names.Find(place, village)
		if len(found) != 1 {
			return 0, "place", "没有名为“" + place + "”的村或社区" + org.Suggest(c.names.Nearest(place, 3, village))
		}
		at, place = found[0].ID, found[0].Name
	}
	if at < 0 {
		return 0, "place", "没有写明属于哪个村或社区，请补填，或导入时选定"
	}
	if group == "" {
		return at, "", ""
	}
	if place == "" {
		for _, u := range c.names.All() {
			if u.ID == at {
				place = u.Name
			}
		}
	}
	cell := func(u org.UnitRow) bool { return u.Kind == "villagers-group" || u.Kind == "residents-group" }
	for _, name := range []string{place + group, group} {
		if found := c.names.Find(name, cell); len(found) == 1 {
			return found[0].ID, "", ""
		}
	}
	return 0, "group", "“" + place + "”没有“" + group + "”" + org.Suggest(c.names.Nearest(place+group, 3, cell)) + "。请核对，或先登记小组"
}

func (c *householdCheck) row(r sheet.Record) {
	e := residentEntry(r)
	unit, key, message := c.unit(r)
	if message != "" {
		r.Report(key, sheet.Error, "", message)
	}
	known, ok := c.known[e.Details.IDNumber]
	if ok && known.Name != e.Details.Name {
		r.Report("name", sheet.Error, "", WrongName)
		return
	}
	home, exists := c.taken[householdKey{unit, e.Household}]
	exists = exists && message == ""
	at, lives := c.lives[known.ID]
	lives = lives && ok
	switch {
	case lives && exists && at.Household == home.ID:
		r.Report("household", sheet.Error, "", fmt.Sprintf("户号 %s 已经登记（第 %d 号），此人已在其中，不要重复导入", e.Household, home.ID))
	case lives:
		r.Report("id_number", sheet.Error, "", at.taken())
	case exists && e.Relation == Head && home.Head >= 0:
		r.Report("household", sheet.Error, "", fmt.Sprintf("户号 %s 已经登记（第 %d 号），已有户主。请核对户号；换户主请到这一户的页面办理", e.Household, home.ID))
	case exists:
		r.Report("household", sheet.Warning, "", fmt.Sprintf("户号 %s 已经登记（第 %d 号），此人将补入这一户，请核对", e.Household, home.ID))
	}
}

// taken says where somebody lives who was to be registered elsewhere.
func (d abode) taken() string {
	return fmt.Sprintf("此人现住“%s”户号 %s（第 %d 号）。一人只登记在一户：先办理迁出，或者从表中删去", d.Place, d.Number, d.Household)
}

func ids(known map[string]Row) []int64 {
	out := make([]int64, 0, len(known))
	for _, r := range known {
		out = append(out, r.ID)
	}
	return out
}

// HouseholdBatch is a register ready to be recorded: numbers are sealed, keys stored.
type HouseholdBatch struct {
	On    calendar.Date
	vault Vault
	rows  []ResidentEntry
	fresh map[int]Enrol
}

// Seal makes keys for the persons who are new and seals their particulars; see package keyring on why this comes before the
// request. chosen says which rows are wanted; nil for all. A household of which only some rows are chosen is entered with those;
// the others join it when they are recorded later.
func (p *HouseholdPlan) Seal(ctx context.Context, v Vault, chosen func(row int) bool) (*HouseholdBatch, error) {
	b := &HouseholdBatch{On: p.On, vault: v, fresh: map[int]Enrol{}}
	var list []Details
	var at []int
	for _, r := range p.Rows {
		if chosen != nil && !chosen(r.Row) {
			continue
		}
		b.rows = append(b.rows, r)
		if r.Person == 0 {
			d := r.Details
			d.Address = "" // the household's
			list, at = append(list, d), append(at, r.Row)
		}
	}
	sealed, err := v.Enrolments(ctx, list)
	if err != nil {
		return nil, err
	}
	for i, e := range sealed {
		b.fresh[at[i]] = e
	}
	return b, nil
}

// Len is the number of rows to be recorded.
func (b *HouseholdBatch) Len() int { return len(b.rows) }

// Record is the Decide of a request: it enters the persons who are new and every household, all or none.
func (b *HouseholdBatch) Record(ctx context.Context, w *journal.Writer) error {
	numbers := make([]string, len(b.rows))
	for i, r := range b.rows {
		numbers[i] = r.Details.IDNumber
	}
	known, err := b.vault.Persons(ctx, w, numbers)
	if err != nil {
		return err
	}
	taken, err := householdNumbers(ctx, w, w.Town, b.On)
	if err != nil {
		return err
	}
	lives, err := abodes(ctx, w, w.Town, ids(known), b.On)
	if err != nil {
		return err
	}
	var order []householdKey
	homes := map[householdKey][]ResidentEntry{}
	seen := map[string]bool{}
	for _, r := range b.rows {
		at, ok := lives[known[r.Details.IDNumber].ID]
		switch {
		case ok:
			return journal.Refuse("第 %d 行：%s。整批没有登记。", r.Row, at.taken())
		case seen[r.Details.IDNumber]:
			return journal.Refuse("第 %d 行：此人在表里出现了两次。整批没有登记。", r.Row)
		}
		seen[r.Details.IDNumber] = true
		k := householdKey{r.Unit, r.Household}
		if homes[k] == nil {
			order = append(order, k)
		}
		homes[k] = append(homes[k], r)
	}
	for _, k := range order {
		if home, ok := taken[k]; ok {
			err = b.join(ctx, w, known, home.ID, homes[k])
		} else {
			err = b.settle(ctx, w, known, homes[k])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// join brings further persons into a household that is registered.
func (b *HouseholdBatch) join(ctx context.Context, w *journal.Writer, known map[string]Row, home int64, rows []ResidentEntry) error {
	for _, r := range rows {
		id, _, err := b.person(ctx, w, known, r)
		if err == nil {
			_, err = journal.Add(ctx, w, KindJoin, b.On, []int64{home}, Join{Resident: Resident{Person: id, Relation: r.Relation}, Reason: "补登住户登记表"})
		}
		if err != nil {
			return org.AtRow(r.Row, err)
		}
	}
	return nil
}

// settle records one household: its persons, then itself. The address is sealed under the head's key.
func (b *HouseholdBatch) settle(ctx context.Context, w *journal.Writer, known map[string]Row, rows []ResidentEntry) error {
	f := Found{Number: rows[0].Household, Unit: rows[0].Unit}
	address := ""
	for _, r := range rows {
		w.Row(r.Row)
		id, key, err := b.person(ctx, w, known, r)
		if err != nil {
			return org.AtRow(r.Row, err)
		}
		f.Residents = append(f.Residents, Resident{Person: id, Relation: r.Relation})
		if f.Key == 0 || r.Relation == Head {
			f.Key = key
		}
		if address == "" || r.Relation == Head && r.Details.Address != "" {
			address = r.Details.Address
		}
	}
	var err error
	if f.Address, err = b.vault.Address(ctx, f.Key, address); err != nil {
		return err
	}
	w.Row(rows[0].Row)
	if _, err := journal.Add(ctx, w, KindFound, b.On, nil, f); err != nil {
		return org.AtRow(rows[0].Row, err)
	}
	return nil
}

// person records a resident who is new, or fills in what the register lacks of one who is known.
func (b *HouseholdBatch) person(ctx context.Context, w *journal.Writer, known map[string]Row, r ResidentEntry) (id, key int64, err error) {
	if k, ok := known[r.Details.IDNumber]; ok {
		if k.Name != r.Details.Name {
			return 0, 0, journal.RefuseField("name", WrongName)
		}
		d := r.Details
		d.Address = ""
		change, err := b.vault.Complete(ctx, k, d)
		if err == nil && change != nil {
			_, err = Amend(ctx, w, k.ID, *change, b.On)
		}
		return k.ID, k.Key, err
	}
	e, ok := b.fresh[r.Row]
	if !ok {
		return 0, 0, journal.Refuse("此人的登记在预览之后有变动，请重新上传。")
	}
	id, err = RegisterNew(ctx, w, e, b.On)
	return id, e.Key, err
}
