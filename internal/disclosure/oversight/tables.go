package oversight

import (
	"cmp"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// street is the unit that the town's first act establishes: the street itself.
const street = 0

var cases = db.Table{Name: "oversight_case", Key: 2, Columns: []db.Column{
	{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "sort", Type: db.Text}, {Name: "unit", Type: db.Int},
	{Name: "notice", Type: db.Int}, {Name: "line", Type: db.Int}, {Name: "title", Type: db.Text}, {Name: "private", Type: db.Bool},
	{Name: "channel", Type: db.Text}, {Name: "asker", Type: db.Int}, {Name: "opened", Type: db.Date}, {Name: "next", Type: db.Text},
	{Name: "due", Type: db.Date}, {Name: "closed", Type: db.Date}, {Name: "outcome", Type: db.Text}, {Name: "doubted", Type: db.Date},
	{Name: "public_act", Type: db.Int}, {Name: "related", Type: db.Int}, {Name: "item", Type: db.Int}},
	Indexes: []db.Index{{Name: "oversight_case_notice", Columns: []string{"town", "notice"}}, {Name: "oversight_case_unit", Columns: []string{"town", "unit", "sort"}},
		{Name: "oversight_case_asker", Columns: []string{"town", "asker"}}, {Name: "oversight_case_sort", Columns: []string{"town", "sort", "id"}},
		{Name: "oversight_case_related", Columns: []string{"town", "related"}}, {Name: "oversight_case_item", Columns: []string{"town", "item"}}}}

// Slice is what this room brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "oversight", Version: 3, Shared: []*db.Table{&cases}, Types: []*journal.Type{
		journal.Define(journal.Entity[Question]{Name: "disclosure.question", Print: printQuestion, Folds: []journal.Fold[Question]{
			journal.Creates(KindAsk, foldAsk), journal.On(KindReply, foldReply), journal.On(KindAnswer, foldAnswer), journal.On(KindDoubt, foldDoubt),
			matter.FoldLapsed(func(q *Question) *matter.Progress { return &q.Progress })}}),
		journal.Define(journal.Entity[Found]{Name: "disclosure.finding", Print: printFound, Folds: []journal.Fold[Found]{
			journal.Creates(KindFinding, foldFinding), journal.On(KindLook, foldLook), journal.On(KindRespond, foldRespond), journal.On(KindSettle, foldSettle),
			journal.On(KindStreet, foldStreet), journal.On(KindSummary, foldSummary), matter.FoldLapsed(func(f *Found) *matter.Progress { return &f.Progress })}}),
		journal.Define(journal.Entity[Asked]{Name: "disclosure.audit", Print: printAsked, Folds: []journal.Fold[Asked]{
			journal.Creates(KindCall, foldCall), journal.On(KindAccept, foldAccept), journal.On(KindArrange, foldArrange), journal.On(KindReport, foldReport),
			journal.On(KindOutcome, foldOutcome)}}),
		journal.Define(journal.Entity[Complaint]{Name: "disclosure.complaint", Print: printComplaint, Folds: []journal.Fold[Complaint]{
			journal.Creates(KindComplain, foldComplain), journal.On(KindExamine, foldExamine), journal.On(KindInstruct, foldInstruct),
			journal.On(KindCarried, foldCarried), journal.On(KindTell, foldTell), matter.FoldLapsed(func(c *Complaint) *matter.Progress { return &c.Progress })}}),
		journal.Define(journal.Entity[Ordered]{Name: "disclosure.order", Print: printOrdered, Folds: []journal.Fold[Ordered]{
			journal.Creates(KindOrder, foldOrder), journal.On(KindCarry, foldCarry), journal.On(KindConfirm, foldConfirm),
			matter.FoldLapsed(func(o *Ordered) *matter.Progress { return &o.Progress })}}),
	}}
}

// print is a case's rows. A date by which the whole case is due stays when it is closed. owner is the unit whose powers reach its acts, unit the one that it is about.
func (b begun) print(id int64, m *matter.Progress, owner int64, c Row) journal.Print {
	first := journal.Span{From: b.Life.From, To: b.Life.From.AddDays(1)}
	private := int64(0)
	if c.Private {
		private = 1
	}
	return journal.Print{Life: b.Life, Uses: []journal.Use{{Entity: owner, Act: b.Act, Span: first}},
		Rows: append(m.Print(id), journal.Row{Table: &cases, Values: []any{id, c.Sort, c.Unit, c.Notice, c.Line, c.Title, private, c.Channel, c.Asker,
			string(m.Opened), m.Next, string(cmp.Or(c.Due, m.Due)), string(m.Closed), m.Outcome, string(c.Doubted), c.PublicAct, c.Related, c.Item}})}
}

func printQuestion(id int64, q *Question) journal.Print {
	c := Row{Sort: SortQuestion, Unit: q.Ask.Unit, Notice: q.Notice, Line: q.Line, Title: q.Ask.Title, Private: q.Private, Channel: q.Channel, Asker: q.Person, Doubted: q.Doubted, Due: q.Ask.Due}
	if q.Public {
		c.PublicAct = q.By
	}
	return q.print(id, &q.Progress, q.Ask.Unit, c)
}

func printFound(id int64, f *Found) journal.Print {
	return f.print(id, &f.Progress, f.Finding.Unit, Row{Sort: SortFinding, Unit: f.Finding.Unit, Notice: f.Notice, Title: f.Finding.Title, PublicAct: f.Summary, Related: f.Question, Item: f.Item})
}

func printAsked(id int64, a *Asked) journal.Print {
	return a.print(id, &a.Progress, a.Call.Unit, Row{Sort: SortAudit, Unit: a.Call.Unit, Notice: a.Notice, Title: a.Call.Title})
}

func printComplaint(id int64, c *Complaint) journal.Print {
	return c.print(id, &c.Progress, street, Row{Sort: SortComplaint, Unit: c.Complain.Unit, Notice: c.Notice, Title: c.Complain.Title, Channel: c.Channel, Asker: c.Person, Private: true, Related: c.Order, Due: c.Complain.Due})
}

func printOrdered(id int64, o *Ordered) journal.Print {
	return o.print(id, &o.Progress, o.Order.Unit, Row{Sort: SortOrder, Unit: o.Order.Unit, Notice: o.Notice, Title: o.Order.Title})
}

// Row is a case as lists read it.
type Row struct {
	ID        int64
	Sort      string
	Unit      int64 // that it is about
	Notice    int64 // 0 for none
	Line      int64 // 0 for none
	Title     string
	Private   bool
	Channel   string
	Asker     int64 // 0 when not registered, or not asked by a person
	Opened    calendar.Date
	Next      string
	Due       calendar.Date
	Closed    calendar.Date
	Outcome   string
	Doubted   calendar.Date
	PublicAct int64 // of the reply, or of the summary; 0 for none
	Related   int64 // of a finding the question, of a complaint the order; 0 for none
	Item      int64 // due item that a finding is about, 0 for none
}
