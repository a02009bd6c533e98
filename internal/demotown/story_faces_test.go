package demotown

import (
	"slices"
	"testing"

	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/posting"
	"cunju/internal/member"
)

// There is one notice for Party members, one that still waits for its confirmation, one list whose days are over, and one table with a plan and
// with vouchers, which a villager and representatives saw before the board.
func (y *town) faces(t *testing.T) {
	ctx := t.Context()
	row := func(title string) disclosure.Row {
		t.Helper()
		ids, err := db.All[int64](ctx, y.DB, `SELECT id FROM disclosure_notice WHERE town = $1 AND title = $2`, y.Town, title)
		if err != nil || len(ids) != 1 {
			t.Fatalf("%s: %v, %v", title, ids, err)
		}
		r, err := disclosure.Find(ctx, y.DB, y.Town, ids[0])
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	reader, err := y.Accounts.ByLogin(ctx, "lixiuying")
	if err != nil {
		t.Fatal(err)
	}
	inside := row(forMembers)
	if may, err := member.Within(ctx, y.DB, y.Town, inside.Unit, reader.Person, Present); err != nil || !may || inside.Scope != disclosure.ScopeParty || inside.Posted == "" {
		t.Errorf("%+v is read by a member of the village: %v, %v", inside, may, err)
	}
	if r := row(burst); r.Confirm != disclosure.Awaiting || r.Next != disclosure.StepCheck || r.ConfirmBy <= Present {
		t.Errorf("%+v", r)
	}
	list := row(relieved)
	said, _, err := disclosure.Published(ctx, y.DB, y.Town, list)
	if err != nil || list.Covered != "2026-10-01" || list.Filed == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	if a := said.Content.Aid; a.Covered != 3 || a.Rows != nil {
		t.Errorf("the list is still open: %+v", a)
	}
	table := row(lastMonth)
	if said, _, err = disclosure.Published(ctx, y.DB, y.Town, table); err != nil || len(said.Content.Finance.Plan) != 5 || said.Content.Finance.Last == nil || len(said.Content.Vouchers) != 2 {
		t.Fatalf("%+v, %v", said.Content, err)
	}
	for _, v := range said.Content.Vouchers {
		if n, err := y.Files.Check(v.File.Hash); err != nil || v.File.Type != "application/pdf" {
			t.Errorf("%s: %v, %v", v.File.Name, n, err)
		}
	}
	r, err := posting.Of(ctx, y.DB, y.Town, table, Present)
	if err != nil {
		t.Fatal(err)
	}
	says := func(day int, w posting.Witness) bool {
		return slices.ContainsFunc(r.Days[day].Words, func(x posting.Word) bool { return x.Witness == w && x.Answer == posting.There })
	}
	if !says(1, posting.Villager) || !says(1, posting.Paper) || !says(3, posting.Paper) {
		t.Errorf("a villager and a signed list are missing: %+v", r.Days[:4])
	}
}
