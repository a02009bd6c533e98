package desk

import (
	"slices"

	"cunju/internal/access"
	"cunju/internal/web"
)

// Need is a power over a unit that something takes; Person is whom it concerns, 0 for nobody.
type Need struct {
	Act    string
	Unit   int64
	Person int64
}

// Powers answers many questions about what one person may do, as the rows of a sheet and the choices of a list ask them: the
// units are read together, and what was asked once is not asked again.
type Powers struct {
	policy *access.Policy
	who    access.Actor
	units  map[int64]access.Target
	known  map[asked]access.Decision
}

// asked is a question about one of the person's offices, by its place.
type asked struct {
	office int
	Need
}

// Powers reads the units that questions will be about, each once.
func (h *House) Powers(r *web.Request, units []int64) (*Powers, error) {
	units = slices.Compact(slices.Sorted(slices.Values(units)))
	p := &Powers{policy: h.Policy, who: r.Who, known: map[asked]access.Decision{}}
	if len(units) == 0 {
		return p, nil
	}
	var err error
	p.units, err = h.Targets(r.Context(), h.DB, units, h.Today())
	return p, err
}

// Offices are those of the person's offices of which each carries all the needs by itself, in their order: an act is done in one
// office, so what two offices could do only together nobody may.
func (p *Powers) Offices(needs ...Need) []access.Decision {
	var out []access.Decision
	for i, o := range p.who.Offices {
		d := access.Decision{Allowed: true, Via: o}
		for _, n := range needs {
			if d = p.ask(i, n); !d.Allowed {
				break
			}
		}
		if d.Allowed {
			out = append(out, d)
		}
	}
	return out
}

// Any reports whether one of the person's offices carries a power over one of the units.
func (p *Powers) Any(act string, units []int64) bool {
	for _, u := range units {
		for i := range p.who.Offices {
			if p.ask(i, Need{Act: act, Unit: u}).Allowed {
				return true
			}
		}
	}
	return false
}

func (p *Powers) ask(office int, n Need) access.Decision {
	d, ok := p.known[asked{office, n}]
	if !ok {
		t, read := p.units[n.Unit]
		if !read {
			t = access.Target{Unit: n.Unit}
		}
		t.Person = n.Person
		one := p.who
		one.Offices = one.Offices[office : office+1]
		d = p.policy.May(one, n.Act, t)
		p.known[asked{office, n}] = d
	}
	return d
}
