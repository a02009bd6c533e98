package demotown

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"cunju/demo"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/disclosure/posting"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/ledger"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/account"
)

// town is the demo, built once for all tests of the package.
type town struct {
	Deps
	facts demo.Facts
	took  time.Duration
}

func build(t *testing.T) *town {
	t.Helper()
	ctx := context.Background()
	d := dbtest.SQLite(t)
	keys, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "keys.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keys.Close() })
	ring, err := keyring.Open(ctx, keys, keyring.Master{4, 5, 6})
	if err != nil {
		t.Fatal(err)
	}
	if err := account.Migrate(ctx, d); err != nil {
		t.Fatal(err)
	}
	book, err := journal.NewBook(org.Slice(), people.Slice(), member.Slice(), matter.Slice(), disclosure.Slice(), posting.Slice(), oversight.Slice())
	if err != nil {
		t.Fatal(err)
	}
	facts, err := demo.LoadFacts()
	if err != nil {
		t.Fatal(err)
	}
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	clock := NewClock(Opening)
	j, err := journal.Open(ctx, d, book, journal.Options{Clock: clock.Now, Salt: Salt})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	if err := j.Found(ctx, facts.Town.Code, "demo.example/log/"+facts.Town.Code); err != nil {
		t.Fatal(err)
	}
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 64, 1 // fourteen log-ins at full strength take longer than the town
	y := &town{facts: facts, Deps: Deps{DB: d, Journal: j, Vault: people.Vault{Ring: ring, Town: facts.Town.Code}, Files: store, Clock: clock, Town: facts.Town.Code,
		Accounts: account.NewStore(account.Config{DB: d, Town: facts.Town.Code, Settings: set, Clock: clock.Now})}}
	start := time.Now()
	if err := Build(ctx, y.Deps, func(done, total int64, what string) {
		if done == 0 {
			t.Logf("%6d ms %s", time.Since(start).Milliseconds(), what)
		}
	}); err != nil {
		t.Fatal(err)
	}
	y.took = time.Since(start)
	return y
}

func TestTheDemoTown(t *testing.T) {
	y := build(t)
	n, err := journal.Size(t.Context(), y.DB, y.Town)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d acts in %v", n, y.took)
	t.Run("units", y.units)
	t.Run("members", y.members)
	t.Run("arrivals from the enterprises", y.arrivals)
	t.Run("committees of Dujiang", y.committees)
	t.Run("households and hamlets", y.homes)
	t.Run("notices", y.notices)
	t.Run("powers", y.powers)
	t.Run("other faces of notices", y.faces)
	t.Run("times of recording", y.times)
	t.Run("log-ins", y.logins)
	t.Run("rosters to try out", y.rosters)
	t.Run("sound", y.sound)
}

// Two builds are the same act by act, but for what encryption draws at random: keys and ciphertexts.
func TestTheDemoTownIsTheSameEachTime(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the town twice")
	}
	a, b := skeleton(t, build(t)), skeleton(t, build(t))
	if len(a) != len(b) {
		t.Fatalf("%d acts and %d acts", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("act %d differs:\n%s\n%s", i, a[i], b[i])
		}
	}
}

var random = regexp.MustCompile(`"key":\d+|"t":"[^"]*"`)

// skeleton is every act without what is drawn at random.
func skeleton(t *testing.T, y *town) []string {
	t.Helper()
	acts, err := journal.Since(t.Context(), y.DB, y.Town, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(acts))
	for i, a := range acts {
		out[i] = fmt.Sprintln(a.Kind, a.Recorded, a.Effective, a.By, a.On, random.ReplaceAllString(string(a.Body), ""), a.Verdicts)
	}
	return out
}

// unit finds a unit by its name.
func (y *town) unit(t *testing.T, name string) org.UnitRow {
	t.Helper()
	found, err := org.ByName(t.Context(), y.DB, y.Town, name, Present)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %+v, %v", name, found, err)
	}
	return found[0]
}

func (y *town) count(t *testing.T, unit int64, on calendar.Date) (all, probationary int64) {
	t.Helper()
	full, probationary, err := member.Count(t.Context(), y.DB, y.Town, unit, on)
	if err != nil {
		t.Fatal(err)
	}
	return full + probationary, probationary
}

func (y *town) units(t *testing.T) {
	all, err := org.Tree(t.Context(), y.DB, y.Town, org.Party, Present)
	if err != nil {
		t.Fatal(err)
	}
	party := 0
	for _, u := range all {
		if u.IsParty() {
			party++
		}
	}
	if party != 60 || party != y.facts.Town.PartyUnits || len(all) != 60+95 {
		t.Errorf("%d Party units of %d units", party, len(all))
	}
	under, err := org.Under(t.Context(), y.DB, y.Town, org.Party, y.unit(t, y.facts.Town.PartyUnit).ID, Present)
	if err != nil || len(under) != 60 {
		t.Errorf("%d units under the working committee, %v", len(under), err)
	}
}

func (y *town) members(t *testing.T) {
	street := y.unit(t, y.facts.Town.Name)
	opening, _ := y.count(t, street.ID, Opening)
	present, _ := y.count(t, street.ID, Present)
	if opening != 2101 || present != 2143 || int(present) != y.facts.Town.Members {
		t.Errorf("%d members at the opening, %d at present", opening, present)
	}
	for _, p := range y.facts.Places {
		u := y.unit(t, p.PartyUnit)
		opened, _ := y.count(t, u.ID, Opening)
		all, probation := y.count(t, u.ID, Present)
		if int(opened) != p.Opened || int(all) != p.Members || int(probation) != p.Probation {
			t.Errorf("%s: %d, then %d with %d on probation; the facts say %d, %d, %d", p.PartyUnit, opened, all, probation, p.Opened, p.Members, p.Probation)
		}
		// The roster as of the day has as many lines as the ledger has heads.
		rows, err := member.AsOf(t.Context(), y.DB, y.Town, u.ID, Present)
		if err != nil || len(rows) != p.Members {
			t.Errorf("%s: roster of %d, %v", p.PartyUnit, len(rows), err)
		}
	}
	list, err := member.Review(t.Context(), y.DB, y.Town, Present)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		for _, v := range s.Verdicts {
			t.Errorf("%s: %s", s.Name, v.Text())
		}
	}
}

// On one day 42 members came from three enterprises into the general branch of Wenfeng.
func (y *town) arrivals(t *testing.T) {
	a := y.facts.Arrivals
	on := calendar.Date(a.On)
	u := y.unit(t, a.Into)
	before, _ := y.count(t, u.ID, on.AddDays(-1))
	after, _ := y.count(t, u.ID, on)
	moved := int64(0)
	branches, err := org.Under(t.Context(), y.DB, y.Town, org.Party, u.ID, on)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range branches {
		moves, err := ledger.Movements(t.Context(), y.DB, y.Town, member.Head, member.Account(b.ID, member.Full), on.AddDays(-1), on)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves {
			if m.Contra == string(member.In) {
				moved += m.In
			}
		}
	}
	if moved != 42 || int64(a.Count) != moved || after-before != moved {
		t.Errorf("%d came in, %d before, %d after", moved, before, after)
	}
	from, err := db.All[string](t.Context(), y.DB, `SELECT account FROM ledger_line WHERE town = $1 AND effective = $2 AND account = $3`, y.Town, string(on), string(member.In))
	if err != nil || len(from) != 42 {
		t.Errorf("%d lines leave %s, %v", len(from), member.In, err)
	}
}

// The two committees of Dujiang have ten members, seven of whom run the market.
func (y *town) committees(t *testing.T) {
	seated, running := map[int64]bool{}, map[int64]bool{}
	for _, name := range []string{"渡江村党总支", "渡江村村民委员会"} {
		offices, err := org.OfficesIn(t.Context(), y.DB, y.Town, y.unit(t, name).ID, Present)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range offices {
			seated[o.Person] = true
			if o.Duty == y.facts.Market.Duty {
				running[o.Person] = true
			}
		}
	}
	if len(seated) != 10 || len(running) != 7 || len(y.facts.Market.Members) != 10 || len(y.facts.Market.Running) != 7 {
		t.Errorf("%d members of the two committees, %d run the market", len(seated), len(running))
	}
	for _, name := range y.facts.Market.Running {
		found := false
		for id := range running {
			n, err := people.Name(t.Context(), y.DB, y.Town, id)
			if err != nil {
				t.Fatal(err)
			}
			found = found || n == name
		}
		if !found {
			t.Errorf("%s does not run the market", name)
		}
	}
	// Nobody lost an office on the day the term changed without somebody taking it.
	for _, on := range []calendar.Date{"2025-12-19", "2025-12-20", "2026-01-19", "2026-01-20", Present} {
		for _, p := range y.facts.Places {
			offices, err := org.OfficesIn(t.Context(), y.DB, y.Town, y.unit(t, p.PartyUnit).ID, on)
			if err != nil {
				t.Fatal(err)
			}
			heads := 0
			for _, o := range offices {
				if o.Role == "general-branch-secretary" || o.Role == "committee-secretary" {
					heads++
				}
			}
			if heads != 1 {
				t.Errorf("%s had %d secretaries on %s", p.PartyUnit, heads, on)
			}
		}
	}
}

// Two hamlets of 97 households were cleared; they are in the register, and the notices tell of them.
func (y *town) homes(t *testing.T) {
	count := func(q string, args ...any) int64 {
		t.Helper()
		n, err := db.One[int64](t.Context(), y.DB, q, append([]any{y.Town}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(`SELECT count(*) FROM people_household WHERE town = $1`); n != 6000 {
		t.Errorf("%d households", n)
	}
	if n := count(`SELECT count(*) FROM people_resident WHERE town = $1`); int(n) != y.facts.Town.Persons {
		t.Errorf("%d residents, the facts say %d", n, y.facts.Town.Persons)
	}
	cleared := int64(0)
	for _, h := range y.facts.Clearing.Hamlets {
		n := count(`SELECT count(*) FROM people_household WHERE town = $1 AND number >= $2 AND number <= $3`, h.First, h.Last)
		if int(n) != h.Households {
			t.Errorf("%s: %d households", h.Name, n)
		}
		cleared += n
	}
	told, err := db.All[string](t.Context(), y.DB, `SELECT payload FROM journal_act WHERE town = $1 AND kind = $2 AND payload LIKE '%412.6%' AND payload LIKE '%97%'`, y.Town, disclosure.KindPublish.Name)
	if err != nil || cleared != 97 || len(told) == 0 {
		t.Errorf("%d households cleared, %d notices tell of them and of 412.6 mu, %v", cleared, len(told), err)
	}
}

func (y *town) notices(t *testing.T) {
	events, err := demo.LoadEvents()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{}
	for _, n := range events.Notices {
		for kind, s := range map[string]*demo.Step{disclosure.KindDraft.Name: n.Drafted, disclosure.KindCheck.Name: n.Checked, disclosure.KindApprove.Name: n.Approved,
			disclosure.KindPublish.Name: n.Published, disclosure.KindTakeDown.Name: n.TakenDown} {
			if s != nil {
				want[kind]++
			}
		}
	}
	for kind := range want {
		want[kind]++ // the correction
	}
	for _, kind := range []string{disclosure.KindDraft.Name, disclosure.KindCheck.Name, disclosure.KindApprove.Name} {
		want[kind] += 2 // for members only, and the list whose days are over
	}
	want[disclosure.KindDraft.Name]++      // what could not wait
	want[disclosure.KindPublish.Name] += 2 // the list, and what could not wait
	want[disclosure.KindRelease.Name] = 1
	want[disclosure.KindTakeDown.Name]++ // the list
	if len(events.Notices) != 92 {
		t.Errorf("%d notices in the file", len(events.Notices))
	}
	for kind, n := range want {
		got, err := db.One[int64](t.Context(), y.DB, `SELECT count(*) FROM journal_act WHERE town = $1 AND kind = $2`, y.Town, kind)
		if err != nil || got != n {
			t.Errorf("%s: %d acts, %d steps in the file, %v", kind, got, n, err)
		}
	}
	// By the street's own rule one village was a month late with its money, once.
	acts, err := db.All[int64](t.Context(), y.DB, `SELECT n FROM journal_act WHERE town = $1 AND kind = $2 ORDER BY n`, y.Town, disclosure.KindPublish.Name)
	if err != nil {
		t.Fatal(err)
	}
	var late []string
	for _, n := range acts {
		a, err := journal.Read(t.Context(), y.DB, y.Town, n)
		if err != nil {
			t.Fatal(err)
		}
		if a.Erased {
			continue // a part was covered
		}
		var p disclosure.Publish
		if err := json.Unmarshal(a.Body, &p); err != nil {
			t.Fatal(err)
		}
		for _, v := range a.Verdicts {
			if v.Rule == "DS-02" && v.Outcome == law.Warn && p.Content.Subject == "finance" {
				late = append(late, p.Content.Title)
			}
		}
	}
	if !slices.Equal(late, []string{"文峰村2026年4月财务收支公开表"}) {
		t.Errorf("late: %q", late)
	}
}

// What happened in the eighteen months was recorded on its day; the registers of the opening on the opening day.
func (y *town) times(t *testing.T) {
	acts, err := journal.Since(t.Context(), y.DB, y.Town, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	last, bad := int64(0), 0
	for _, a := range acts {
		day := calendar.On(time.UnixMilli(a.Recorded))
		if a.Recorded < last || day < a.Effective && bad < 5 || a.Effective > Opening && day != a.Effective && bad < 5 {
			bad++
			t.Errorf("act %d %s, effective %s, was recorded on %s", a.N, a.Kind, a.Effective, day)
		}
		last = a.Recorded
	}
	if day := calendar.On(time.UnixMilli(last)); day > Present {
		t.Errorf("the last act was recorded on %s", day)
	}
}

func (y *town) logins(t *testing.T) {
	for _, l := range y.facts.Logins {
		a, err := y.Accounts.ByLogin(t.Context(), l.Login)
		if err != nil || a.Person == 0 || a.MustChange {
			t.Errorf("%s: %+v, %v", l.Login, a, err)
			continue
		}
		who, err := org.Actor(t.Context(), y.DB, y.Town, a.Person, Present)
		if err != nil || (l.Office == "") != (len(who.Offices) == 0) {
			t.Errorf("%s (%s) holds %+v, %v", l.Login, l.Title, who.Offices, err)
		}
	}
}

// The files that the tour imports find in this town what the tour says.
func (y *town) rosters(t *testing.T) {
	for name, errors := range map[string]int{"damaged-roster.xlsx": len(y.facts.Damaged), "repaired-roster.xlsx": 0} {
		book, err := openSheet(name)
		if err != nil {
			t.Fatal(err)
		}
		p, plan, err := member.PreviewRoster(t.Context(), y.DB, y.Vault, book, member.RosterOptions{On: Present, How: member.In})
		if err != nil || p.Errors != errors || len(plan.Rows) != 40-errors {
			t.Errorf("%s: %d errors, %d rows to record, %v", name, p.Errors, len(plan.Rows), err)
		}
	}
	book, err := openSheet("village-roster.csv")
	if err != nil {
		t.Fatal(err)
	}
	p, plan, err := member.PreviewVillage(t.Context(), y.DB, y.Vault, book, member.RosterOptions{On: Present})
	if err != nil || p.Errors != 0 || len(p.Rows) != 187 || len(plan.Cells) != 0 {
		t.Errorf("the village's own roster: %d rows, %+v, differences %+v, %v", len(p.Rows), p.Problems, plan.Cells, err)
	}
}

func (y *town) sound(t *testing.T) {
	ctx := t.Context()
	rep, err := y.Journal.Verify(ctx, y.Town, nil, nil)
	if err != nil || !rep.OK() {
		t.Fatalf("%+v, %v", rep, err)
	}
	_, diffs, err := y.Journal.CheckProjections(ctx, y.Town, nil)
	if err != nil || len(diffs) > 0 {
		t.Errorf("a reprint differs: %+v, %v", diffs, err)
	}
	for _, audit := range []func(context.Context, db.Querier, string) ([]ledger.Imbalance, error){ledger.Audit, member.Audit} {
		if bad, err := audit(ctx, y.DB, y.Town); err != nil || len(bad) > 0 {
			t.Errorf("%+v, %v", bad, err)
		}
	}
	refused, err := db.One[int64](ctx, y.DB, `SELECT count(*) FROM journal_act WHERE town = $1 AND payload LIKE $2`, y.Town, `%"outcome":"`+string(law.Refuse)+`"%`)
	if err != nil || refused != 0 {
		t.Errorf("%d acts carry a refusal, %v", refused, err)
	}
}
