package people

import (
	"context"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// WrongName is what a register's reader is told of a number under another name: not whose it is, for who types numbers would
// learn the names that belong to them.
const WrongName = "这个公民身份号码已登记，姓名与表中不一致，请核对证件"

// lookUps is how many values one statement asks for.
const lookUps = 200

// Known finds the persons to whom blind indexes of ID numbers belong, by index. A register of ten thousand rows asks once.
func Known(ctx context.Context, q db.Querier, town string, blinds []string) (map[string]Row, error) {
	out := make(map[string]Row, len(blinds))
	for len(blinds) > 0 {
		part := blinds[:min(len(blinds), lookUps)]
		blinds = blinds[len(part):]
		args := []any{town}
		var in strings.Builder
		for i, b := range part {
			if i > 0 {
				in.WriteString(", ")
			}
			in.WriteString("$" + strconv.Itoa(i+2))
			args = append(args, b)
		}
		where := `WHERE b.town = $1 AND b.field = 'id' AND b.blind IN (` + in.String() + `)`
		blindOf := map[int64]string{}
		err := db.Each(ctx, q, `SELECT b.id, b.blind FROM people_blind b `+where, func(r struct {
			ID    int64
			Blind string
		}) error {
			blindOf[r.ID] = r.Blind
			return nil
		}, args...)
		if err != nil {
			return nil, err
		}
		if len(blindOf) == 0 {
			continue
		}
		err = db.Each(ctx, q, `SELECT `+personColumns+` FROM people_blind b CROSS JOIN people_person p `+where+` AND p.town = $1 AND p.id = b.id`, func(r Row) error {
			out[blindOf[r.ID]] = r
			return nil
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RegisterNew records a person of whom the caller knows that the number is not registered yet: importers look all numbers of
// a sheet up at once, in the same transaction.
func RegisterNew(ctx context.Context, w *journal.Writer, e Enrol, on calendar.Date) (int64, error) {
	return journal.Add(ctx, w, KindEnrol, on, nil, e)
}

// Complete is the change that fills in what the register does not know of a person and a sheet does; nil when there is
// nothing. What the register knows is never replaced by an import: that takes a change of its own.
func (v Vault) Complete(ctx context.Context, r Row, d Details) (*Change, error) {
	var c Change
	some := false
	fill := func(to **string, have, given string) {
		if have == "" && given != "" {
			*to, some = &given, true
		}
	}
	fill(&c.Sex, r.Sex, d.Sex)
	fill(&c.Ethnicity, r.Ethnicity, d.Ethnicity)
	fill(&c.Education, r.Education, d.Education)
	fill(&c.Degree, r.Degree, d.Degree)
	fill(&c.Registered, r.Registered, d.Registered)
	if r.Birth == "" && d.Birth != "" {
		c.Birth, some = &d.Birth, true
	}
	seal := func(to **Sealed, have, given string, f func(context.Context, int64, string) (Sealed, error)) error {
		if have != "" || given == "" {
			return nil
		}
		s, err := f(ctx, r.Key, given)
		*to, some = &s, true
		return err
	}
	if err := seal(&c.Phone, r.Phone, d.Phone, v.Phone); err != nil {
		return nil, err
	}
	if err := seal(&c.Address, r.Address, d.Address, v.Address); err != nil {
		return nil, err
	}
	if !some {
		return nil, nil
	}
	return &c, nil
}

// Persons finds the registered persons among many identity numbers, by number.
func (v Vault) Persons(ctx context.Context, q db.Querier, numbers []string) (map[string]Row, error) {
	number := make(map[string]string, len(numbers))
	blinds := make([]string, 0, len(numbers))
	for _, n := range numbers {
		if b := v.BlindID(n); b != "" && number[b] == "" {
			number[b] = n
			blinds = append(blinds, b)
		}
	}
	rows, err := Known(ctx, q, v.Town, blinds)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Row, len(rows))
	for b, r := range rows {
		out[number[b]] = r
	}
	return out, nil
}

// Find is [Vault.Persons] as registers of other slices ask it.
func (v Vault) Find(ctx context.Context, q db.Querier, numbers []string) (map[string]org.Found, error) {
	rows, err := v.Persons(ctx, q, numbers)
	if err != nil {
		return nil, err
	}
	out := make(map[string]org.Found, len(rows))
	for n, r := range rows {
		out[n] = org.Found{ID: r.ID, Name: r.Name}
	}
	return out, nil
}
