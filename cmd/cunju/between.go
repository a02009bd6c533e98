package main

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
)

// What one slice's pages show of another goes through the functions of this file: slices do not know each other's pages.

// related is what other slices know of a person: offices held today, and memberships.
func (h *house) related(r *web.Request, person int64) (out []people.Related, err error) {
	offices, err := org.OfficesOf(r.Context(), h.db, h.town, person, h.journal.Today())
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		role, _ := access.RoleOf(o.Role)
		out = append(out, people.Related{Key: "任职", Value: o.UnitName + role.Post, Href: fmt.Sprintf("/desk/org/%d", o.Unit)})
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

// procedures are all that may be under way, each with the address of its matters' pages.
func procedures() map[*matter.Procedure]func(matter int64) string {
	return map[*matter.Procedure]func(int64) string{
		disclosure.Procedure: func(id int64) string { return fmt.Sprintf("/desk/disclosure/%d", id) },
	}
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
