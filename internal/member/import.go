package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

// RosterOptions say what a roster that comes in means.
type RosterOptions struct {
	On       calendar.Date  // the day from which the members are on the roster
	How      How            // found there when the register was handed over, come from elsewhere, …
	Progress func(rows int) // told how many rows were read, now and then; may be nil
}

// RosterPlan is what recording a roster would enter: the rows without errors. It can be kept as JSON between preview and
// commit, with the same care as the upload itself.
type RosterPlan struct {
	On   calendar.Date `json:"on"`
	How  How           `json:"how"`
	Rows []RosterRow   `json:"rows"`
}

// PreviewRoster reads a 29-column roster and says what is wrong with each cell: form and check digits, the branch, whether the
// number or the person is there already, and what the Party constitution of the time says about the dates. Nothing is recorded.
// The error is a *sheet.Refusal when the file is no such roster.
func PreviewRoster(ctx context.Context, q db.Querier, v people.Vault, book *sheet.Book, opt RosterOptions) (*sheet.Preview, *RosterPlan, error) {
	plan := &RosterPlan{On: opt.On, How: opt.How}
	var g *register
	var failed error
	p, err := sheet.Read(ctx, book, rosterLayout(opt.On, func(t *sheet.Table) {
		numbers := make([]string, t.Len())
		for i := range numbers {
			numbers[i] = t.Record(i).Text("id_number")
		}
		if g, failed = lookUp(ctx, q, v, numbers, opt.On); failed != nil {
			return
		}
		for i := range t.Len() {
			checkRosterRow(g, t, t.Record(i), opt)
		}
	}), sheet.ReadOptions{Progress: opt.Progress})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, nil, err
	}
	plan.fill(p, g)
	return p, plan, nil
}

// checkRosterRow reports what is wrong with a row, by cell.
func checkRosterRow(g *register, t *sheet.Table, r sheet.Record, opt RosterOptions) {
	row := rosterRow(r, opt.How)
	if id, p := codes.IDNumber(row.Details.IDNumber); p == nil {
		checkAgainstNumber(r, id)
	}
	if name := r.Text("branch"); name != "" {
		if _, message := g.branch(name); message != "" {
			r.Report("branch", sheet.Error, "", message)
		}
	}
	checkPerson(g, r, row)
	checkRosterDates(g, t, r, row, opt)
	for _, k := range recordKeys {
		if found := codes.FindPersonal(row.Enter.Record[k]); len(found) > 0 {
			r.Report(k, sheet.Error, "", "这一格里有"+found[0].Kind.Chinese()+"。这类号码只能填在自己的栏里加密保存，请从这里删去")
		}
	}
}

// checkAgainstNumber compares birthday and sex with what the identity number says.
func checkAgainstNumber(r sheet.Record, id codes.IDInfo) {
	if b := r.Date("birth"); b != "" && b != id.Birth {
		r.Report("birth", sheet.Error, "SE-16", "与公民身份号码里的出生日期"+id.Birth.Chinese()+"不一致。填错的请改正，或者留空，按号码登记")
	}
	if s := r.Text("sex"); s != "" && s != id.Sex {
		r.Report("sex", sheet.Error, "SE-16", "与公民身份号码里的性别（"+id.Sex+"）不一致。请照证件核对")
	}
	if id.Doubt != "" {
		r.Report("id_number", sheet.Warning, "SE-16", id.Doubt)
	}
}

// checkPerson looks whether the number belongs to somebody. Whose it is, and on which roster, is told only to who knows the name.
func checkPerson(g *register, r sheet.Record, row RosterRow) {
	known, ok := g.known[row.Details.IDNumber]
	if !ok {
		return
	}
	if known.Name != row.Details.Name {
		r.Report("name", sheet.Error, "", people.WrongName)
		return
	}
	if m, ok := g.members[known.ID]; ok {
		r.Report("id_number", sheet.Error, "PM-20-one", "此人已在“"+g.label(m.Branch)+"”的名册上（自"+m.From.Chinese()+"起）。转支部请办理组织关系转接，不要重复登记")
	}
}

// checkRosterDates asks the rules about age and probation, and compares dates and category.
func checkRosterDates(g *register, t *sheet.Table, r sheet.Record, row RosterRow, opt RosterOptions) {
	e := row.Enter
	if x := wrongEntry(e, row.Details.Birth, opt.On); x != nil {
		report(r, x)
		return
	}
	if e.Category == Full && e.Full == "" && r.Text("full") == "" && t.Has("full") {
		r.Report("full", sheet.Warning, "", "正式党员没有转正日期，党龄无法计算，请补填")
	}
	checkPartyAge(r, e, opt.On)
	reportVerdicts(r, entryVerdicts(e, row.Details.Birth, opt.On, g.local.Entered(opt.On)), "admitted", "full")
}

// fill adds the rows without errors to the plan.
func (p *RosterPlan) fill(preview *sheet.Preview, g *register) {
	for _, r := range preview.Records() {
		row := rosterRow(r, p.How)
		row.Enter.Branch, _ = g.branch(r.Text("branch"))
		row.Person = g.known[row.Details.IDNumber].ID
		p.Rows = append(p.Rows, row)
	}
}

// RosterBatch is a roster ready to be recorded: numbers are sealed, keys stored.
type RosterBatch struct {
	On    calendar.Date
	vault people.Vault
	rows  []RosterRow
	fresh map[int]people.Enrol // sealed particulars by row, of persons who were not registered at the preview
}

// Seal makes keys for the persons who are new and seals their particulars. It comes before the request to the journal: a key
// without a person is harmless, a person without a key would be unreadable. chosen says which rows (by number in the file)
// are wanted; nil for all.
func (p *RosterPlan) Seal(ctx context.Context, v people.Vault, chosen func(row int) bool) (*RosterBatch, error) {
	b := &RosterBatch{On: p.On, vault: v, fresh: map[int]people.Enrol{}}
	var list []people.Details
	var at []int
	for _, r := range p.Rows {
		if chosen != nil && !chosen(r.Row) {
			continue
		}
		b.rows = append(b.rows, r)
		if r.Person == 0 {
			list, at = append(list, r.Details), append(at, r.Row)
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
func (b *RosterBatch) Len() int { return len(b.rows) }

// Record is the Decide of a request: it enters every row, all or none. What was registered since the preview is noticed and
// named by row.
func (b *RosterBatch) Record(ctx context.Context, w *journal.Writer) error {
	numbers := make([]string, len(b.rows))
	for i, r := range b.rows {
		numbers[i] = r.Details.IDNumber
	}
	g, err := lookUp(ctx, w, b.vault, numbers, b.On)
	if err != nil {
		return err
	}
	for i, r := range b.rows {
		w.Row(r.Row)
		if _, err := b.enter(ctx, w, g, r, b.On); err != nil {
			return org.AtRow(r.Row, err)
		}
		if i%flushRows == flushRows-1 { // so that a batch's rows do not all lie in memory until its end
			if err := w.Flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// flushRows is how many rows of a roster are written together.
const flushRows = 1000

// enter records one row: the person if new, what the register lacks of a known one, and the membership.
func (b *RosterBatch) enter(ctx context.Context, w *journal.Writer, g *register, r RosterRow, on calendar.Date) (int64, error) {
	known, ok := g.known[r.Details.IDNumber]
	e := r.Enter
	switch {
	case ok && known.Name != r.Details.Name:
		return 0, journal.RefuseField("name", people.WrongName)
	case ok:
		change, err := b.vault.Complete(ctx, known, r.Details)
		if err != nil {
			return 0, err
		}
		if change != nil {
			if _, err := people.Amend(ctx, w, known.ID, *change, on); err != nil {
				return 0, err
			}
		}
		e.Person = known.ID
	default:
		sealed, have := b.fresh[r.Row]
		if !have { // registered at the preview, no more: somebody voided the registration
			return 0, journal.Refuse("此人的登记在预览之后有变动，请重新上传")
		}
		var err error
		if e.Person, err = people.RegisterNew(ctx, w, sealed, on); err != nil {
			return 0, err
		}
	}
	_, already := g.members[e.Person]
	return join(ctx, w, g.local, e, on, r.Details.Birth, already)
}
