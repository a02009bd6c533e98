package people

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Person is the state of a person.
type Person struct {
	Enrol
	Erased bool
}

func foldEnrol(p *Person, st *journal.Step, b *Enrol) error {
	p.Enrol, p.Erased = *b, st.Erased
	return nil
}

func foldChange(p *Person, st *journal.Step, b *Change) error {
	if p.Erased || st.Erased {
		return nil
	}
	set(&p.Name, b.Name)
	set(&p.Sex, b.Sex)
	set(&p.Birth, b.Birth)
	set(&p.Ethnicity, b.Ethnicity)
	set(&p.Education, b.Education)
	set(&p.Degree, b.Degree)
	set(&p.Registered, b.Registered)
	set(&p.ID, b.ID)
	set(&p.Phone, b.Phone)
	set(&p.Address, b.Address)
	return nil
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// Household is the state of a household.
type Household struct {
	Number  string
	Unit    int64
	Key     int64
	Address Sealed
	Life    journal.Span
	Act     int64
	Stays   []Stay // in order of act
}

// Stay is one person's time in a household.
type Stay struct {
	journal.Span
	Resident
	Act int64
}

func foldFound(h *Household, st *journal.Step, b *Found) error {
	h.Number, h.Unit, h.Key, h.Address, h.Act = b.Number, b.Unit, b.Key, b.Address, st.N
	h.Life = journal.Span{From: st.Effective, To: calendar.Forever}
	for _, r := range b.Residents {
		h.Stays = append(h.Stays, Stay{h.Life, r, st.N})
	}
	return nil
}

// stay returns the open stay of a person.
func (h *Household) stay(person int64) *Stay {
	for i := range h.Stays {
		if h.Stays[i].Person == person && h.Stays[i].To == calendar.Forever {
			return &h.Stays[i]
		}
	}
	return nil
}

func foldJoin(h *Household, st *journal.Step, b *Join) error {
	if h.stay(b.Person) != nil {
		return fmt.Errorf("此人已在该户")
	}
	if b.Relation == Head {
		for _, s := range h.Stays {
			if s.Relation == Head && s.To == calendar.Forever {
				return fmt.Errorf("该户已有户主")
			}
		}
	}
	h.Stays = append(h.Stays, Stay{journal.Span{From: st.Effective, To: calendar.Forever}, b.Resident, st.N})
	return nil
}

func foldPart(h *Household, st *journal.Step, b *Part) error {
	s := h.stay(b.Person)
	if s == nil {
		return fmt.Errorf("此人不在该户")
	}
	s.To = st.Effective
	return nil
}

// foldLead ends the stays under the old relations and goes on under the new ones, so that any day shows the relations of its
// head.
func foldLead(h *Household, st *journal.Step, b *Lead) error {
	to := map[int64]string{b.Person: Head}
	for _, r := range b.Relations {
		to[r.Person] = r.Relation
	}
	if h.stay(b.Person) == nil {
		return fmt.Errorf("新户主不在该户")
	}
	for _, s := range h.Stays {
		if s.To == calendar.Forever && s.Relation == Head && to[s.Person] == "" {
			return fmt.Errorf("没有写明原户主与新户主的关系")
		}
	}
	if h.stay(b.Person).Relation == Head {
		return fmt.Errorf("此人已是户主")
	}
	for _, r := range b.Relations {
		if h.stay(r.Person) == nil {
			return fmt.Errorf("第 %d 号人员不在该户", r.Person)
		}
	}
	for i := range h.Stays {
		s := h.Stays[i]
		relation := to[s.Person]
		if s.To != calendar.Forever || relation == "" || relation == s.Relation {
			continue
		}
		h.Stays[i].To = st.Effective
		h.Stays = append(h.Stays, Stay{journal.Span{From: st.Effective, To: calendar.Forever}, Resident{s.Person, relation}, st.N})
	}
	h.Key, h.Address = b.Key, b.Address
	return nil
}
