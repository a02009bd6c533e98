package member

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/constitution"
	"cunju/internal/law/control"
	"cunju/internal/org"
	"cunju/internal/people"
)

// Guards joins to a book of the spine what units and persons cannot know of each other: offices are held by the living and
// grown, and a birthday must fit the memberships and offices that are recorded.
func Guards(b *journal.Book) {
	journal.Guard(b, org.KindAppoint, holder)
	journal.Guard(b, people.KindEnrol, func(ctx context.Context, w *journal.Writer, r journal.Reading[people.Enrol]) ([]law.Verdict, error) {
		if r.Act == w.Next() { // nothing is recorded yet of who is new
			return nil, nil
		}
		return bornOn(ctx, w, r.Act, r.Body.Birth, w.Today())
	})
	journal.Guard(b, people.KindChange, func(ctx context.Context, w *journal.Writer, r journal.Reading[people.Change]) ([]law.Verdict, error) {
		if r.Body.Birth == nil {
			return nil, nil
		}
		return bornOn(ctx, w, r.On[0], *r.Body.Birth, w.Today())
	})
}

// holder judges whoever takes an office, by whatever way it is filled (IC-07).
func holder(ctx context.Context, w *journal.Writer, r journal.Reading[org.Appoint]) ([]law.Verdict, error) {
	birth, err := birthday(ctx, w, r.Body.Person)
	if err != nil {
		return nil, err
	}
	died, err := DiedOn(ctx, w, w.Town, r.Body.Person)
	return kept([]law.Verdict{control.Adult.Judge(control.Holder{Birth: law.Some(birth), Died: law.Some(died)}, r.Effective, law.Settings{})}), err
}

// bornOn judges a birthday against the memberships and offices that are recorded of the person. One that is not known is held
// against nothing.
func bornOn(ctx context.Context, w *journal.Writer, person int64, birth, on calendar.Date) ([]law.Verdict, error) {
	if birth == "" {
		return nil, nil
	}
	ids, err := Of(ctx, w, w.Town, person)
	if err != nil {
		return nil, err
	}
	local := law.Settings{}
	if len(ids) > 0 {
		if local, err = org.Settings(ctx, w, w.Town); err != nil {
			return nil, err
		}
	}
	var out []law.Verdict
	for _, id := range ids {
		m, err := state(ctx, w, id)
		if err != nil {
			return nil, err
		}
		e, _ := m.with(Change{})
		if x := wrongEntry(e, birth, w.Today()); x != nil {
			r := journal.RefuseField("birth", "出生日期与第 %d 号党籍对不上：%s。没有登记，请核对。", id, x.what)
			r.Act = id
			return nil, r
		}
		if m.Admitted != "" {
			out = append(out, constitution.Age.Judge(constitution.Admission{Birth: law.Some(birth)}, m.Admitted, local.Entered(on)))
		}
	}
	offices, err := org.OfficesSince(ctx, w, w.Town, person, "")
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		out = append(out, control.Adult.Judge(control.Holder{Birth: law.Some(birth), Died: law.Some(calendar.Date(""))}, o.From, law.Settings{}))
	}
	return slices.Clip(kept(out)), nil
}
