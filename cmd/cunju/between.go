package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/account"
	"cunju/internal/web/ui"
)

// What one slice's pages show of another goes through the functions of this file: slices do not know each other's pages.

// findMost is how many persons are offered for a typed name.
const findMost = 20

// outside is what the pages of units show of members and persons.
func (h *house) outside() org.Outside {
	return org.Outside{Counts: h.memberCounts, FullSince: h.fullSince,
		Affected: func(ctx context.Context, q db.Querier, units []int64, from calendar.Date) (open, published int64, err error) {
			if open, err = matter.OpenIn(ctx, q, h.town, units); err != nil {
				return 0, 0, err
			}
			published, err = disclosure.PublishedSince(ctx, q, h.town, units, from)
			return open, published, err
		}, Numbers: h.vault.Find, Mask: people.MaskCell,
		Find: func(r *web.Request, typed string) ([]ui.Option, error) { return h.find(r, typed, access.PeopleRead) }}
}

// names are what the pages of accounts show of persons: names and offices, found by name alone. Who manages accounts sees no
// numbers, and none can be guessed by asking.
func (h *house) names() account.Outside {
	return account.Outside{
		Find: func(r *web.Request, typed string) ([]ui.Option, error) {
			if strings.ContainsFunc(typed, unicode.IsDigit) {
				return nil, nil
			}
			return h.find(r, typed, access.AccountManage)
		},
		Offices: func(ctx context.Context, person int64) ([]string, error) {
			held, err := org.OfficesOf(ctx, h.db, h.town, person, h.journal.Today())
			titles := make([]string, len(held))
			for i, o := range held {
				titles[i] = title(o)
			}
			return titles, err
		}}
}

// find searches persons for a page that must choose one, and notes the look under the power that led to it.
func (h *house) find(r *web.Request, typed, act string) ([]ui.Option, error) {
	rows, err := h.vault.Search(r.Context(), h.db, typed, findMost)
	if err != nil {
		return nil, err
	}
	out := make([]ui.Option, len(rows))
	for i, p := range rows {
		out[i] = ui.Option{Value: strconv.FormatInt(p.ID, 10), Text: p.Name, Help: person(p)}
	}
	view := access.View{Viewer: r.Who.Person, Act: act, What: "检索结果（只有姓名、性别、出生年份）", Page: r.URL.Path, Persons: int64(len(rows))}
	return out, h.db.Update(r.Context(), func(tx *db.Tx) error { return h.views.Record(r.Context(), tx, view) })
}

// title is an office as people call it: 文峰村党总支书记.
func title(o org.OfficeRow) string {
	role, _ := access.RoleOf(o.Role)
	return o.UnitName + role.Post
}

// person tells namesakes apart without any number.
func person(p people.Row) string {
	s := p.Sex
	if p.Birth.Valid() {
		s += fmt.Sprintf(" %d年生", p.Birth.Year())
	}
	return s
}

// memberCounts gives the members of every unit with all below it. Today's come from the carried balances in one query; a past
// day's are asked for unit by unit.
func (h *house) memberCounts(ctx context.Context, on calendar.Date) (map[int64]int64, error) {
	if on == h.journal.Today() {
		return member.Counts(ctx, h.db, h.town)
	}
	units, err := org.Tree(ctx, h.db, h.town, org.Any, on)
	if err != nil {
		return nil, err
	}
	counts := make(map[int64]int64, len(units))
	for _, u := range units {
		full, probationary, err := member.Count(ctx, h.db, h.town, u.ID, on)
		if err != nil {
			return nil, err
		}
		counts[u.ID] = full + probationary
	}
	return counts, nil
}

// fullSince is the day from which a person is a full member, "" when he is none.
func (h *house) fullSince(ctx context.Context, person int64) (calendar.Date, error) {
	ids, err := member.Of(ctx, h.db, h.town, person)
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		m, ok, err := journal.StateOf[member.Member](ctx, h.db, h.journal.Book(), h.town, id, journal.Now)
		if err != nil {
			return "", err
		}
		if ok && m.Ended == "" && m.Now().Category == member.Full {
			return m.Full, nil
		}
	}
	return "", nil
}

// related is what other slices know of a person: offices held today, and memberships.
func (h *house) related(r *web.Request, person int64) (out []people.Related, err error) {
	offices, err := org.OfficesOf(r.Context(), h.db, h.town, person, h.journal.Today())
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		out = append(out, people.Related{Key: "任职", Value: title(o), Href: fmt.Sprintf("/desk/org/%d", o.Unit)})
	}
	logins, err := account.OfPerson(r.Context(), h.db, h.town, person)
	if err != nil {
		return nil, err
	}
	if len(offices) == 0 && len(logins) == 0 && len(h.policy.Anchors(r.Who, access.PeopleEdit)) > 0 {
		out = append(out, people.Related{Key: "登录账号", Value: "还没有，打印开通单", Href: fmt.Sprintf("/desk/slips/%d", person)})
	}
	ids, err := member.Of(r.Context(), h.db, h.town, person)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		out = append(out, people.Related{Key: "党员登记", Value: fmt.Sprintf("第 %d 号", id), Href: fmt.Sprintf("/desk/members/%d", id)})
	}
	return out, nil
}

// holds are the duties for which a person's data must still be kept: who is in office or appointed to one, in the Party, at home here, has a log-in or
// is in the middle of a matter. The request that erases asks again, so that nothing can change between.
func (h *house) holds(ctx context.Context, q db.Querier, person int64) ([]string, error) {
	out, err := people.StillHome(ctx, q, h.town, person)
	if err != nil {
		return nil, err
	}
	today := h.journal.Today()
	offices, err := org.OfficesSince(ctx, q, h.town, person, today)
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		if o.From > today {
			out = append(out, "已任命为"+title(o)+"（自"+o.From.Chinese()+"起），先撤销任命")
		} else {
			out = append(out, "现任"+title(o)+"，先办理离任")
		}
	}
	on, err := member.OnRoster(ctx, q, h.town, person)
	if err != nil {
		return nil, err
	}
	if on {
		out = append(out, "在党员名册上，党籍和组织关系须继续登记")
	}
	logins, err := account.OfPerson(ctx, q, h.town, person)
	if err != nil {
		return nil, err
	}
	for _, login := range logins {
		out = append(out, "有可以登录的账号“"+login+"”，先停用")
	}
	busy, err := matter.Acting(ctx, q, h.town, person)
	if err != nil {
		return nil, err
	}
	for _, m := range busy {
		out = append(out, "经手的“"+m.Title+"”还没有办结")
	}
	return out, nil
}

// told are the acts of other slices that tell of a person, which are erased with the person's own.
func told(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
	memberships, err := member.Told(ctx, w, person)
	if err != nil {
		return nil, err
	}
	offices, err := org.Told(ctx, w, person)
	if err != nil {
		return nil, err
	}
	asked, err := oversight.Told(ctx, w, person)
	return slices.Concat(memberships, offices, asked), err
}

// procedures are all that may be under way, each with the address of its matters' pages.
func procedures() map[*matter.Procedure]func(matter int64) string {
	all := map[*matter.Procedure]func(int64) string{
		disclosure.Procedure:       func(id int64) string { return fmt.Sprintf("/desk/disclosure/%d", id) },
		disclosure.UrgentProcedure: func(id int64) string { return fmt.Sprintf("/desk/disclosure/%d", id) },
		posting.Renewals:           func(id int64) string { return fmt.Sprintf("/desk/rehang/%d", id) },
		posting.Procedure:          func(id int64) string { return fmt.Sprintf("/desk/rehang/%d", id) },
		catalogue.Procedure:        catalogue.Href,
		catalogue.PartyProcedure:   catalogue.Href,
		people.ErasureProcedure:    func(id int64) string { return fmt.Sprintf("/desk/erasures/%d", id) },
	}
	maps.Copy(all, oversight.Procedures())
	return all
}

// steps names what waits in each procedure and leads to its page.
func steps() map[string]desk.StepTitle {
	m := map[string]desk.StepTitle{}
	for p, href := range procedures() {
		for _, s := range p.Steps {
			m[p.Code+"/"+s.Code] = desk.StepTitle{Title: s.Title, Href: href}
		}
	}
	return m
}

// badgeMost is up to how many waiting matters are counted.
const badgeMost = 99

// badges counts, for the navigation, what waits for a person.
func (h *house) badges(ctx context.Context, who access.Actor) (map[string]int, error) {
	powers := map[string]bool{}
	waiting := 0
	for p := range procedures() {
		for _, s := range p.Steps {
			if powers[s.Power] {
				continue
			}
			powers[s.Power] = true
			rows, err := matter.Todo(ctx, h.db, h.town, s.Power, h.policy.Anchors(who, s.Power), badgeMost)
			if err != nil {
				return nil, err
			}
			waiting += len(rows)
		}
	}
	return map[string]int{"/desk": min(waiting, badgeMost)}, nil
}
