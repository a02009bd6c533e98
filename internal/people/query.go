package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/people/keyring"
	"cunju/internal/people/search"
)

// Row is a person as lists and pages read it; the sealed fields are opened by a [Vault].
type Row struct {
	ID         int64
	Key        int64
	Name       string
	Sex        string
	Birth      calendar.Date
	Ethnicity  string
	Education  string
	Degree     string
	Registered string
	IDNumber   string // sealed
	Phone      string // sealed
	Address    string // sealed
	Erased     int64
}

const personColumns = `p.id, p.handle, p.name, p.sex, p.birth, p.ethnicity, p.education, p.degree, p.registered, p.idnumber, p.phone, p.address, p.erased`

// Find returns one person.
func Find(ctx context.Context, q db.Querier, town string, id int64) (Row, error) {
	return db.One[Row](ctx, q, `SELECT `+personColumns+` FROM people_person p WHERE p.town = $1 AND p.id = $2`, town, id)
}

// FindAll reads many persons in few statements.
func FindAll(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]Row, error) {
	out := make(map[int64]Row, len(ids))
	for part := range slices.Chunk(ids, 500) { // well under what one statement takes
		list, args := db.In(2, part)
		rows, err := db.All[Row](ctx, q, `SELECT `+personColumns+` FROM people_person p WHERE p.town = $1 AND p.id IN (`+list+`)`, append([]any{town}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r
		}
	}
	return out, nil
}

// Name returns a person's name, or words that say that it was erased.
func Name(ctx context.Context, q db.Querier, town string, id int64) (string, error) {
	r, err := Find(ctx, q, town, id)
	if db.Kind(err) == db.NotFound {
		return "", nil
	}
	if r.Erased != 0 {
		return "（个人信息已依法删除）", err
	}
	return r.Name, err
}

// ByBlind finds persons by the blind index of a field: "id", "id-tail", "phone", "phone-tail".
func ByBlind(ctx context.Context, q db.Querier, town, field, blind string) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT id FROM people_blind WHERE town = $1 AND field = $2 AND blind = $3 ORDER BY id`, town, field, blind)
}

// BlindIndex reads the whole index of ID numbers: for an import of thousands of rows one read is cheaper than as many look-ups.
func BlindIndex(ctx context.Context, q db.Querier, town string) (map[string]int64, error) {
	m := map[string]int64{}
	err := db.Each(ctx, q, `SELECT blind, id FROM people_blind WHERE town = $1 AND field = 'id'`, func(r struct {
		Blind string
		ID    int64
	}) error {
		m[r.Blind] = r.ID
		return nil
	}, town)
	return m, err
}

// Search finds at most limit persons by what someone typed: a name or a part of it, pinyin initials, a whole number or its
// last four digits.
func (v Vault) Search(ctx context.Context, q db.Querier, typed string, limit int) ([]Row, error) {
	plan := search.Plan(typed)
	if plan.Empty() {
		return nil, nil
	}
	args := []any{v.Town}
	arg := func(a any) string {
		args = append(args, a)
		return "$" + strconv.Itoa(len(args))
	}
	var found []string // each a query for ids; joined to the persons only at the end
	blind := func(name string, field keyring.Field, value string) {
		if value != "" {
			found = append(found, `SELECT id FROM people_blind WHERE town = $1 AND field = `+arg(name)+` AND blind = `+arg(v.Ring.Blind(v.Town, field, value)))
		}
	}
	blind("id", keyring.IDNumber, plan.ID)
	blind("id-tail", keyring.IDTail, plan.IDTail)
	blind("phone", keyring.Phone, plan.Phone)
	blind("phone-tail", keyring.PhoneTail, plan.PhoneEnd)
	for column, prefix := range map[string]string{"initials": plan.Initials, "sortkey": plan.Pinyin} {
		if prefix != "" {
			found = append(found, `SELECT id FROM (SELECT id FROM people_person WHERE town = $1 AND `+column+` >= `+arg(prefix)+` AND `+column+` < `+arg(prefix+"\uffff")+
				` ORDER BY `+column+`, id LIMIT `+arg(candidates)+`) x`)
		}
	}
	if plan.First != "" {
		found = append(found, gramQuery([]string{plan.First}, arg))
	}
	if len(plan.Grams) > 0 {
		found = append(found, gramQuery(plan.Grams, arg))
	}
	rows, err := db.All[Row](ctx, q, `SELECT `+personColumns+` FROM (`+strings.Join(found, " UNION ")+`) f CROSS JOIN people_person p
		WHERE p.town = $1 AND p.id = f.id AND p.erased = 0 ORDER BY p.sortkey, p.id LIMIT `+arg(int64(limit)), args...)
	if len(plan.Grams) > 0 { // pieces may stand in a name without the whole word
		rows = slices.DeleteFunc(rows, func(r Row) bool { return !strings.Contains(search.Normal(r.Name), plan.Text) })
	}
	return rows, err
}

// candidates bounds what a short prefix can bring up; more letters bring up fewer.
const candidates = int64(1000)

// gramQuery asks for the persons whose names hold all pieces.
func gramQuery(pieces []string, arg func(any) string) string {
	from, where := "people_gram g0", `g0.town = $1 AND g0.gram = `+arg(pieces[0])
	for i, piece := range pieces[1:] {
		g := "g" + strconv.Itoa(i+1)
		from += " CROSS JOIN people_gram " + g
		where += ` AND ` + g + `.town = $1 AND ` + g + `.gram = ` + arg(piece) + ` AND ` + g + `.id = g0.id`
	}
	return `SELECT id FROM (SELECT g0.id FROM ` + from + ` WHERE ` + where + ` ORDER BY g0.id LIMIT ` + arg(candidates) + `) x`
}

// HouseholdRow is a household as lists read it.
type HouseholdRow struct {
	ID      int64
	Number  string
	Unit    int64
	Head    int64
	Size    int64
	Key     int64
	Address string // sealed
	From    calendar.Date
	To      calendar.Date
}

// HouseholdOf returns the household in which a person lives today.
func HouseholdOf(ctx context.Context, q db.Querier, town string, person int64) (HouseholdRow, error) {
	return db.One[HouseholdRow](ctx, q, `SELECT h.id, h.number, h.unit, h.head, h.size, h.handle, h.address, h.from_day, h.to_day
		FROM people_resident r JOIN people_household h ON h.town = $1 AND h.id = r.household
		WHERE r.town = $1 AND r.person = $2 AND r.to_day = '9999-12-31' LIMIT 1`, town, person)
}

// formerHome is a household in which a person lived, and the day from which no more.
type formerHome struct {
	ID     int64
	Number string
	Until  calendar.Date
}

// formerHomes are the last households that a person left, the latest first.
func formerHomes(ctx context.Context, q db.Querier, town string, person int64) ([]formerHome, error) {
	return db.All[formerHome](ctx, q, `SELECT h.id, h.number, r.to_day
		FROM people_resident r JOIN people_household h ON h.town = $1 AND h.id = r.household
		WHERE r.town = $1 AND r.person = $2 AND r.to_day < '9999-12-31' ORDER BY r.to_day DESC, h.id LIMIT 5`, town, person)
}

// householdsByNumber finds the households of a unit that bear a number on a day or later.
func householdsByNumber(ctx context.Context, q db.Querier, town string, unit int64, number string, on calendar.Date) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT id FROM people_household WHERE town = $1 AND unit = $2 AND number = $3 AND to_day > $4`, town, unit, number, string(on))
}

// HouseholdLine is a household in a list, with its head's name.
type HouseholdLine struct {
	ID       int64
	Number   string
	Unit     int64
	UnitName string
	Head     string
	Size     int64
}

// Households lists the households of a unit and all below it in order of unit and number, after a cursor ("unit/number").
func Households(ctx context.Context, q db.Querier, town string, unit int64, after string, limit int) ([]HouseholdLine, error) {
	u, number, _ := strings.Cut(after, "/")
	at, err := strconv.ParseInt(u, 10, 64)
	if err != nil {
		at = -1
	}
	return db.All[HouseholdLine](ctx, q, `SELECT h.id, h.number, h.unit, u.name, COALESCE(p.name, ''), h.size FROM (
			SELECT h.* FROM org_closure c CROSS JOIN people_household h
			WHERE c.town = $1 AND c.line = 'any' AND c.ancestor = $2 AND c.to_day = '9999-12-31' AND h.town = $1 AND h.unit = c.descendant
				AND h.to_day = '9999-12-31' AND (h.unit, h.number) > ($3, $4) ORDER BY h.unit, h.number LIMIT $5) h
		JOIN org_unit u ON u.town = $1 AND u.id = h.unit LEFT JOIN people_person p ON p.town = $1 AND p.id = h.head
		ORDER BY h.unit, h.number`, town, unit, at, number, int64(limit))
}

// cursor is where a page of households ended.
func cursor(h HouseholdLine) string { return strconv.FormatInt(h.Unit, 10) + "/" + h.Number }

// FindHousehold returns one household.
func FindHousehold(ctx context.Context, q db.Querier, town string, id int64) (HouseholdRow, error) {
	return db.One[HouseholdRow](ctx, q, `SELECT h.id, h.number, h.unit, h.head, h.size, h.handle, h.address, h.from_day, h.to_day
		FROM people_household h WHERE h.town = $1 AND h.id = $2`, town, id)
}

// StayRow is one person's time in a household.
type StayRow struct {
	Person   int64
	Name     string
	Sex      string
	Birth    calendar.Date
	Relation string
	From     calendar.Date
	To       calendar.Date
}

// Residents lists everyone who lives or lived in a household.
func Residents(ctx context.Context, q db.Querier, town string, household int64) ([]StayRow, error) {
	return db.All[StayRow](ctx, q, `SELECT r.person, p.name, p.sex, p.birth, r.relation, r.from_day, r.to_day
		FROM people_resident r JOIN people_person p ON p.town = $1 AND p.id = r.person
		WHERE r.town = $1 AND r.household = $2 ORDER BY r.to_day DESC, CASE WHEN r.relation = '户主' THEN 0 ELSE 1 END, p.birth, r.person`, town, household)
}

// settled is a household that an import finds under a number; Head is negative while it has none.
type settled struct{ ID, Head int64 }

// householdNumbers reads the numbers of all households that exist on a day or later.
func householdNumbers(ctx context.Context, q db.Querier, town string, on calendar.Date) (map[householdKey]settled, error) {
	m := map[householdKey]settled{}
	err := db.Each(ctx, q, `SELECT unit, number, id, head FROM people_household WHERE town = $1 AND to_day > $2`, func(r struct {
		Unit   int64
		Number string
		ID     int64
		Head   int64
	}) error {
		m[householdKey{r.Unit, r.Number}] = settled{r.ID, r.Head}
		return nil
	}, town, string(on))
	return m, err
}

// abode is the household in which somebody lives.
type abode struct {
	Person, Household int64
	Number, Place     string
}

// abodes finds where persons live on a day or from a later one, by person.
func abodes(ctx context.Context, q db.Querier, town string, persons []int64, on calendar.Date) (map[int64]abode, error) {
	out := map[int64]abode{}
	for len(persons) > 0 {
		part := persons[:min(len(persons), lookUps)]
		persons = persons[len(part):]
		args := []any{town, string(on)}
		in := make([]string, len(part))
		for i, p := range part {
			in[i] = "$" + strconv.Itoa(i+3)
			args = append(args, p)
		}
		err := db.Each(ctx, q, `SELECT r.person, h.id, h.number, u.name FROM people_resident r CROSS JOIN people_household h CROSS JOIN org_unit u
			WHERE r.town = $1 AND r.person IN (`+strings.Join(in, ", ")+`) AND r.to_day > $2
				AND h.town = $1 AND h.id = r.household AND u.town = $1 AND u.id = h.unit`, func(d abode) error {
			out[d.Person] = d
			return nil
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
