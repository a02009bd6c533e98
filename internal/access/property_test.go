package access

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawTree makes a closure of 2 to 26 units, the first with the number 0: each below one earlier unit and, sometimes, below a second one on another
// line. It returns for every unit the unit itself and all its ancestors, nearest first.
func drawTree(t *rapid.T) map[int64][]int64 {
	closure := map[int64][]int64{0: {0}}
	for id := int64(1); id <= rapid.Int64Range(1, 25).Draw(t, "units"); id++ {
		path := []int64{id}
		for range rapid.IntRange(1, 2).Draw(t, "lines") {
			for _, a := range closure[rapid.Int64Range(0, id-1).Draw(t, "parent")] {
				if !slices.Contains(path, a) {
					path = append(path, a)
				}
			}
		}
		closure[id] = path
	}
	return closure
}

func drawActor(t *rapid.T, closure map[int64][]int64) Actor {
	units := int64(len(closure))
	actor := Actor{Person: rapid.Int64Range(1, 3).Draw(t, "person")}
	for i := range rapid.IntRange(0, 4).Draw(t, "offices") {
		r := rapid.SampledFrom(roles).Draw(t, "role")
		o := Office{
			ID: int64(i + 1), Unit: rapid.Int64Range(0, units-1).Draw(t, "unit"), Role: r.Code, Title: r.Title,
			Line:  rapid.SampledFrom([]string{r.Line, LineParty, LineVillage, LineCollective, LineSupervision}).Draw(t, "line"),
			Power: rapid.SampledFrom([]string{r.Power, PowerDecide, PowerExecute, PowerSupervise, PowerNone}).Draw(t, "power"),
		}
		o.Path = closure[o.Unit]
		if rapid.Bool().Draw(t, "serves an area") {
			o.Area = rapid.SampledFrom(o.Path).Draw(t, "area")
		}
		actor.Offices = append(actor.Offices, o)
	}
	return actor
}

// What a list shows is what a decision on every row would allow, no more and no less.
func TestListEqualsDecisions(t *testing.T) {
	p := load(t)
	rapid.Check(t, func(t *rapid.T) {
		closure := drawTree(t)
		actor := drawActor(t, closure)
		act := rapid.SampledFrom(acts).Draw(t, "act").Code
		anchors := p.Anchors(actor, act)
		for unit, path := range closure {
			listed := slices.ContainsFunc(anchors, func(a int64) bool { return slices.Contains(path, a) })
			if d := p.May(actor, act, Target{Unit: unit, Path: path}); d.Allowed != listed {
				t.Fatalf("unit %d %v: listed %v (anchors %v), decision %+v", unit, path, listed, anchors, d)
			}
		}
	})
}

// Whatever the offices: no own entry is approved, no supervisor writes, no administrator sees a person; and the facts
// of a single row only ever take away.
func TestSafeguardsHoldForAllOffices(t *testing.T) {
	p := load(t)
	rapid.Check(t, func(t *rapid.T) {
		closure := drawTree(t)
		actor := drawActor(t, closure)
		info := rapid.SampledFrom(acts).Draw(t, "act")
		unit := rapid.Int64Range(0, int64(len(closure))-1).Draw(t, "target")
		plain := Target{Unit: unit, Path: closure[unit]}
		target := plain
		target.Author = rapid.Int64Range(0, 3).Draw(t, "author")
		target.Person = rapid.Int64Range(0, 3).Draw(t, "subject")
		target.Facts.Relative = rapid.Bool().Draw(t, "relative")
		d := p.May(actor, info.Code, target)
		if !d.Allowed {
			if d.Reason == "" {
				t.Fatalf("refused in silence: %+v", d)
			}
			return
		}
		switch {
		case (info.Code == DisclosureCheck || info.Code == DisclosureApprove) && target.Author == actor.Person:
			t.Fatalf("own entry: %+v", d)
		case info.Writes && !slices.Contains(supervising, info.Code) && d.Via.Power == PowerSupervise:
			t.Fatalf("supervision writes: %+v", d)
		case info.Logged && d.Via.Role == "system-admin":
			t.Fatalf("the administrator sees a person: %+v", d)
		case !p.May(actor, info.Code, plain).Allowed:
			t.Fatalf("a fact gave a power: %+v", d)
		}
	})
}
