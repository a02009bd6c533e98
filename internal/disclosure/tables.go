package disclosure

import (
	"strings"

	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

var notices = db.Table{Name: "disclosure_notice", Key: 2, Columns: []db.Column{
	{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "unit", Type: db.Int}, {Name: "body", Type: db.Text},
	{Name: "subject", Type: db.Text}, {Name: "item", Type: db.Text}, {Name: "title", Type: db.Text}, {Name: "number", Type: db.Text},
	{Name: "period_from", Type: db.Date}, {Name: "period_to", Type: db.Date}, {Name: "author", Type: db.Int}, {Name: "next", Type: db.Text},
	{Name: "published", Type: db.Date}, {Name: "publish_act", Type: db.Int}, {Name: "posted", Type: db.Date}, {Name: "place", Type: db.Text},
	{Name: "last_day", Type: db.Date}, {Name: "reckoning", Type: db.Text}, {Name: "taken_down", Type: db.Date}, {Name: "replaces", Type: db.Int}, {Name: "income", Type: db.Int}, {Name: "spending", Type: db.Int},
	{Name: "closing", Type: db.Int}, {Name: "scope", Type: db.Text}, {Name: "shown_act", Type: db.Int}, {Name: "covered", Type: db.Date},
	{Name: "standing", Type: db.Text}, {Name: "confirm_by", Type: db.Date}, {Name: "opinions", Type: db.Int}, {Name: "unanswered", Type: db.Int},
	{Name: "list_until", Type: db.Date}, {Name: "file_number", Type: db.Text}, {Name: "file_place", Type: db.Text}, {Name: "file_volume", Type: db.Text},
	{Name: "file_holds", Type: db.Text}, {Name: "filed", Type: db.Date},
	{Name: "money", Type: db.Int}},
	Indexes: []db.Index{{Name: "disclosure_notice_board", Columns: []string{"town", "unit", "published"}},
		{Name: "disclosure_notice_published", Columns: []string{"town", "published", "unit", "scope", "subject"}}, {Name: "disclosure_notice_number", Columns: []string{"town", "number"}},
		{Name: "disclosure_notice_replaces", Columns: []string{"town", "replaces", "published"}}}}

// What published notices are searched by: their words, and the pairs of characters in them.
var (
	texts   = db.Table{Name: "disclosure_text", Key: 2, Columns: []db.Column{{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "words", Type: db.Text}}}
	pairsOf = db.Table{Name: "disclosure_pair", Key: 3, Columns: []db.Column{{Name: "town", Type: db.Text}, {Name: "pair", Type: db.Text}, {Name: "id", Type: db.Int}}}
)

// Slice is what disclosure brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "disclosure", Version: 11, Types: append(catalogue.Types(),
		journal.Define(journal.Entity[Notice]{Name: "disclosure.notice", Tables: []*db.Table{&notices, &texts, &pairsOf}, Print: printNotice,
			Folds: []journal.Fold[Notice]{
				journal.Creates(KindDraft, foldDraft), journal.On(KindRevise, foldRevise), journal.On(KindSubmit, foldSubmit),
				journal.On(KindCheck, foldCheck), journal.On(KindApprove, foldApprove), journal.On(KindPublish, foldPublish),
				journal.On(KindPost, foldPost), journal.On(KindTakeDown, foldTakeDown), journal.On(KindWithdraw, foldWithdraw),
				journal.On(KindRelease, foldPublish), journal.On(KindPostIn, foldPost), journal.On(KindTakeIn, foldTakeDown),
				journal.On(KindVouch, foldVouch), journal.On(KindAnswer, foldAnswer), journal.On(KindConfirm, foldConfirm),
				journal.On(KindCorrected, foldCorrected), journal.On(KindFile, foldFile), journal.On(KindPropose, foldPropose),
				journal.On(KindRedact, foldRedact), journal.On(KindRedactIn, foldRedact), journal.On(KindKeep, foldKeep),
				matter.FoldLapsed(progress)}}))}
}

func printNotice(id int64, n *Notice) journal.Print {
	var published, posted string
	publishAct, shown := int64(-1), int64(-1)
	if n.Published != nil {
		shown = n.ShownAct
		published, publishAct = string(n.Published.On), n.Published.Act
	}
	if n.Posted != nil {
		posted = string(n.Posted.On)
	}
	replaces := int64(-1)
	if n.Replaces != 0 {
		replaces = n.Replaces
	}
	var income, spending, closing, money int64
	if f := n.Content.Finance; f != nil {
		money = 1
		income, spending = f.Sums()
		closing = f.Closing
	}
	var confirmBy, listUntil, filed string
	if n.Urgent != nil {
		confirmBy = string(n.Urgent.Due)
	}
	if a := n.Content.Aid; a != nil && a.Covered == 0 {
		listUntil = string(a.Last)
	}
	var file Filed
	if n.Filed != nil {
		file, filed = *n.Filed, string(n.Closed)
	}
	out := journal.Print{Life: n.Life,
		Uses: []journal.Use{{Entity: n.Unit, Act: n.Act, Span: journal.Span{From: n.Life.From, To: n.Life.From.AddDays(1)}}},
		Rows: append(n.Progress.Print(id), journal.Row{Table: &notices, Values: []any{id, n.Unit, string(n.Body), n.Content.Subject, n.Content.Item,
			n.Content.Title, n.Number, string(n.Content.From), string(n.Content.To), n.Author, n.Next, published, publishAct, posted, n.Place,
			string(n.Term.Last), n.Term.Text, string(n.TakenDown), replaces, income, spending, closing,
			string(n.Content.Reach()), shown, string(n.Covered), string(n.standing()), confirmBy, int64(len(n.Opinions)), int64(n.unanswered()), listUntil,
			file.Number, file.Place, file.Volume, strings.Join(file.Holds, ","), filed, money}})}
	if n.Published != nil && n.Content.Reach() == ScopePublic {
		out.Rows = append(out.Rows, printWords(id, n)...)
	}
	return out
}

// printWords are the rows by which a published notice is found.
func printWords(id int64, n *Notice) []journal.Row {
	words := n.words()
	rows := []journal.Row{{Table: &texts, Values: []any{id, words}}}
	for _, p := range pairs(words) {
		rows = append(rows, journal.Row{Table: &pairsOf, Values: []any{p, id}})
	}
	return rows
}
