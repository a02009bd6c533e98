package demotown

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"cunju/demo"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web/account"
)

// Deps is what a town is built with. The journal runs on the clock given.
type Deps struct {
	DB       *db.DB
	Journal  *journal.Journal
	Vault    people.Vault
	Files    *files.Store // attachments
	Accounts *account.Store
	Clock    *Clock
	Town     string // 9-digit code; its journal is founded and empty
}

// Opening is the day as of which the registers were handed over; Present the last day of the demo's acts.
const (
	Opening calendar.Date = "2025-05-31"
	Present calendar.Date = "2026-11-20"
)

// Progress is told what is being done; total 0 when the end is not known.
type Progress func(done, total int64, what string)

type builder struct {
	Deps
	facts    demo.Facts
	tell     Progress
	byLabel  map[string]int64 // unit by full or short name
	units    []org.UnitRow
	persons  map[string]int64 // person by ID number, as needed
	tenures  *org.OfficePlan
	notices  map[string]int64 // notice by title
	told     []demo.Notice    // as events.yaml tells of them
	filed    int              // notices put into the volumes
	question int64            // about a line of the co-operative's table
	gone     int64            // the check-in that found a sheet gone
}

// event is something that happened on a day.
type event struct {
	on calendar.Date
	by who
	do func(ctx context.Context, w *journal.Writer) error
}

// who names a person in an office: ID number, unit and post as in offices.xlsx. The zero value is the system.
type who struct {
	id, unit, post string
	named          bool // a villager whose act names him
}

// Build builds the whole town into an empty journal. The clock is left at the demo's present day; release it afterwards.
func Build(ctx context.Context, d Deps, tell Progress) error {
	facts, err := demo.LoadFacts()
	if err != nil {
		return err
	}
	if tell == nil {
		tell = func(int64, int64, string) {}
	}
	b := &builder{Deps: d, facts: facts, tell: tell, persons: map[string]int64{}, notices: map[string]int64{}}
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"设立组织和机构", b.institutions},
		{"登记党组织", b.partyUnits},
		{"登记住户和居民", b.households},
		{"登记党员花名册", b.roster},
		{"登记任职", b.readOffices},
		{"登记本地规定", b.settings},
		{"十八个月的变动和公开", b.months},
		{"开通演示账号", b.logins},
	} {
		tell(0, 0, step.what)
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	d.Clock.To(Present)
	return nil
}

// record hands a deed to the journal as the person in office did it, on its day.
func (b *builder) record(ctx context.Context, on calendar.Date, by who, do func(context.Context, *journal.Writer) error) (journal.Receipt, error) {
	b.Clock.To(on)
	stamp, err := b.stamp(ctx, by, on)
	if err != nil {
		return journal.Receipt{}, err
	}
	return b.Journal.Record(ctx, b.Town, journal.Request{By: stamp, Decide: do})
}

// stamp finds the person and the office.
func (b *builder) stamp(ctx context.Context, by who, on calendar.Date) (journal.By, error) {
	if by == (who{}) {
		return journal.By{System: true}, nil
	}
	person, err := b.person(ctx, by.id)
	if err != nil {
		return journal.By{}, err
	}
	if by.named {
		return journal.By{Person: person}, nil
	}
	if by.post == "" { // a villager, for himself: the act says so, its envelope names nobody
		return journal.By{}, nil
	}
	held, err := org.OfficesOf(ctx, b.DB, b.Town, person, on)
	if err != nil {
		return journal.By{}, err
	}
	for _, o := range held {
		if o.Unit == b.byLabel[by.unit] {
			return journal.By{Person: person, Office: o.ID}, nil
		}
	}
	return journal.By{}, fmt.Errorf("%s holds no office in %s on %s", by.post, by.unit, on)
}

// person finds a person by ID number.
func (b *builder) person(ctx context.Context, number string) (int64, error) {
	if id, ok := b.persons[number]; ok {
		return id, nil
	}
	found, err := people.ByBlind(ctx, b.DB, b.Town, "id", b.Vault.BlindID(number))
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, fmt.Errorf("%d persons have the ID number ending in %s", len(found), number[len(number)-4:])
	}
	b.persons[number] = found[0]
	return found[0], nil
}

// readUnits reads the tree as it stands at the demo's present day.
func (b *builder) readUnits(ctx context.Context) (err error) {
	b.units, err = org.Tree(ctx, b.DB, b.Town, org.Area, Present)
	b.byLabel = map[string]int64{}
	for _, u := range b.units {
		b.byLabel[u.Name] = u.ID
		if u.Short != "" {
			b.byLabel[u.Short] = u.ID
		}
	}
	return err
}

// under lists the units directly below a place on the area line.
func (b *builder) under(place string) []org.UnitRow {
	id, ok := b.byLabel[place]
	if !ok {
		return nil
	}
	var out []org.UnitRow
	for _, u := range b.units {
		if u.Parent == id {
			out = append(out, u)
		}
	}
	return out
}

// months records movements and notices day by day, as they came.
func (b *builder) months(ctx context.Context) error {
	notices, err := b.noticeEvents(ctx)
	if err != nil {
		return err
	}
	moves, err := b.movementEvents(ctx)
	if err != nil {
		return err
	}
	for _, l := range b.facts.Logins { // whom the story knows by name
		if _, err := b.person(ctx, l.ID); err != nil {
			return fmt.Errorf("%s: %w", l.Login, err)
		}
	}
	// On one day, offices are taken before those who hold them act.
	all := slices.Concat(b.officeEvents(), b.catalogueEvents(), moves, notices, b.boardEvents(), b.noticeStory(), b.faceStory(), b.oversightEvents())
	sort.SliceStable(all, func(i, j int) bool { return all[i].on < all[j].on })
	day := Opening
	for i, e := range all {
		for ; day < e.on; day = day.AddDays(1) {
			if err := b.evening(ctx, day); err != nil {
				return fmt.Errorf("%s: %w", day, err)
			}
		}
		if _, err := b.record(ctx, e.on, e.by, e.do); err != nil {
			return fmt.Errorf("%s, %s: %w", e.on, e.by.unit, err)
		}
		b.tell(int64(i+1), int64(len(all)), "十八个月的变动和公开")
	}
	for ; day <= Present; day = day.AddDays(1) {
		if err := b.evening(ctx, day); err != nil {
			return fmt.Errorf("%s: %w", day, err)
		}
	}
	return nil
}

// logins opens the accounts of facts.yaml.
func (b *builder) logins(ctx context.Context) error {
	for _, l := range b.facts.Logins {
		person, err := b.person(ctx, l.ID)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Login, err)
		}
		if _, err := b.Accounts.Create(ctx, account.New{Login: l.Login, Name: l.Name, Person: person, Password: l.Password, Keep: true}); err != nil {
			return fmt.Errorf("%s: %w", l.Login, err)
		}
	}
	return nil
}
